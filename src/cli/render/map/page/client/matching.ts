import type { PageDependency } from '../page-data.js';
import { labelOf, map, nameOf } from './failure-map.js';
import type { Neighbourhood } from './neighbourhood.js';
import type { View } from './view-state.js';

/** All that a search looks at, made when it is first asked for. */
const texts = new Map<PageDependency, string>();

function textOf(dependency: PageDependency): string {
  let text = texts.get(dependency);
  if (text === undefined) {
    const { client, operations, reachedBy, reachedFrom, downstream } = dependency;
    const parts = [
      nameOf(dependency.package), map.packages[dependency.package]!.folder, client.package, client.title, client.kind, client.madeAt ?? '', map.downstreams[downstream]!.id, labelOf(downstream),
      ...operations.flatMap(({ file, line, name, target, within }) => [`${map.files[file]}:${line}`, name, target ?? '', within ?? '']),
      ...reachedBy.flatMap((reach) => [reach.function, `${map.files[reach.file]}:${reach.line}`]),
      ...reachedFrom.map(nameOf),
    ];
    texts.set(dependency, (text = parts.join('\n').toLowerCase()));
  }
  return text;
}

/** Dependencies that a view asks for, in the order of the map. Every word of the search has to be somewhere in one. */
export function matching(view: View, selected: Neighbourhood | null): PageDependency[] {
  const words = view.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return map.dependencies.filter(
    (dependency) =>
      (view.states.length === 0 || view.states.includes(dependency.state)) &&
      (view.kind === '' || dependency.client.kind === view.kind) &&
      (view.package === '' || nameOf(dependency.package) === view.package) &&
      (view.lacks === '' || lacks(dependency, view.lacks)) &&
      (selected === null || selected.dependencies.has(dependency)) &&
      (words.length === 0 || words.every((word) => textOf(dependency).includes(word))),
  );
}

/** Of itself or of one of its calls. */
function lacks(dependency: PageDependency, guard: Exclude<View['lacks'], ''>): boolean {
  const answer = (of: number): string => map.guards[of]!.answer;
  return answer(dependency[guard]) === 'no' || (guard !== 'pool' && dependency.operations.some((operation) => answer(operation[guard]) === 'no'));
}
