import type { PageDependency } from '../page-data.js';
import { map, STATES } from './failure-map.js';
import type { Neighbourhood } from './neighbourhood.js';

/** More boxes than this are no picture any more. */
const MOST_DRAWN = 60;
/** Up to here the rest stays where it is, faded, when a node is selected; beyond, the neighbourhood is drawn alone. */
const MOST_FADED = 40;
/** Packages that only import are drawn up to here in all, and listed beside the graph in any case. */
const MOST_WITH_IMPORTERS = 24;

export interface Drawn {
  /** Places of nodes in the graph. */
  readonly nodes: ReadonlySet<number>;
  /** How many the view would show. */
  readonly of: number;
}

const nodeOf = { package: new Map<number, number>(), downstream: new Map<number, number>() };
for (const [place, node] of map.graph.nodes.entries()) nodeOf[node.is].set(node.of, place);

export const nodeOfPackage = (of: number): number | undefined => nodeOf.package.get(of);
export const nodeOfDownstream = (of: number): number | undefined => nodeOf.downstream.get(of);

/** The nodes that a view speaks of; of too many those with the worst dependencies, and among these with the most calls. */
export function drawnNodes(shown: readonly PageDependency[], selected: Neighbourhood | null, all: boolean): Drawn {
  const wanted = new Set<number>();
  const add = (place: number | undefined): void => {
    if (place !== undefined) wanted.add(place);
  };
  const whole = map.graph.nodes.length <= MOST_FADED && (selected !== null || shown.length === map.dependencies.length);
  if (whole) return { nodes: new Set(map.graph.nodes.keys()), of: map.graph.nodes.length };

  if (selected !== null) add((selected.is === 'package' ? nodeOfPackage : nodeOfDownstream)(selected.of));
  const ranked = shown.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.operations.length - a.operations.length);
  for (const dependency of ranked) {
    add(nodeOfPackage(dependency.package));
    add(nodeOfDownstream(dependency.downstream));
  }
  for (const { reachedFrom } of ranked) for (const of of reachedFrom) if (selected === null || selected.packages.has(of)) add(nodeOfPackage(of));
  if (selected !== null) {
    if (wanted.size + selected.importers.size <= MOST_WITH_IMPORTERS) for (const of of selected.importers) add(nodeOfPackage(of));
  } else if (shown.length === map.dependencies.length) for (const place of map.graph.nodes.keys()) add(place);
  return { nodes: all ? wanted : new Set([...wanted].slice(0, MOST_DRAWN)), of: wanted.size };
}
