import type { FailureMap, Guard, MapClient, MapDependency, MapDownstream, MapState, MapTotals } from '../../../../map/types.js';
import type { PageGraph } from './page-graph.js';

/**
 * What the page holds of a map: names, files and guards stand once and are pointed at by their place in a list, since a
 * workspace of hundreds of packages repeats them thousands of times.
 */
export interface PageData {
  readonly pluginVersion: string;
  readonly workspace: string;
  readonly totals: MapTotals;
  readonly unread: FailureMap['unread'];
  readonly packages: readonly PagePackage[];
  readonly downstreams: readonly MapDownstream[];
  readonly guards: readonly Guard[];
  readonly files: readonly string[];
  readonly dependencies: readonly PageDependency[];
  readonly graph: PageGraph;
}

export interface PagePackage {
  readonly name: string;
  readonly folder: string;
  readonly dependsOn: readonly number[];
}

/** Places in `guards`. */
export interface PageGuards {
  readonly timeout: number;
  readonly retry: number;
  readonly breaker: number;
}

export interface PageDependency extends PageGuards {
  readonly id: string;
  readonly package: number;
  readonly downstream: number;
  readonly client: MapClient;
  readonly pool: number;
  readonly state: MapState;
  readonly operations: readonly PageOperation[];
  readonly reachedBy: readonly PageReach[];
  readonly reachedFrom: readonly number[];
}

export interface PageOperation extends PageGuards {
  readonly file: number;
  readonly line: number;
  readonly name: string;
  readonly target: string | null;
  readonly effect: 'read' | 'write' | 'unknown';
  readonly state: MapState;
  readonly within: string | null;
}

export interface PageReach {
  readonly function: string;
  readonly package: number;
  readonly file: number;
  readonly line: number;
  readonly steps: number;
  readonly entry: boolean;
}

/** The map as the page holds it, without its graph. */
export function pageDataOf(map: FailureMap): Omit<PageData, 'graph'> {
  const packages = new Places<string>();
  const downstreams = new Places<string>();
  for (const { name } of map.packages) packages.placeOf(name);
  for (const { id } of map.downstreams) downstreams.placeOf(id);
  const files = new Places<string>();
  const guards = new Places<string>();
  const guard = ({ answer, detail, at }: Guard): number => guards.placeOf(JSON.stringify({ answer, detail, at }));
  const guardsOf = (from: Pick<MapDependency, 'timeout' | 'retry' | 'breaker'>): PageGuards => ({ timeout: guard(from.timeout), retry: guard(from.retry), breaker: guard(from.breaker) });

  const dependencies = map.dependencies.map((dependency): PageDependency => ({
    id: dependency.id,
    package: packages.placeOf(dependency.package),
    downstream: downstreams.placeOf(dependency.downstream),
    client: dependency.client,
    ...guardsOf(dependency),
    pool: guard(dependency.pool),
    state: dependency.state,
    operations: dependency.operations.map((operation) => ({
      file: files.placeOf(operation.file),
      line: operation.line,
      name: operation.name,
      target: operation.target,
      effect: operation.effect,
      ...guardsOf(operation),
      state: operation.state,
      within: operation.within,
    })),
    reachedBy: dependency.reachedBy.map((reach) => ({
      function: reach.function,
      package: packages.placeOf(reach.package),
      file: files.placeOf(reach.file),
      line: reach.line,
      steps: reach.steps,
      entry: reach.entry,
    })),
    reachedFrom: dependency.reachedFrom.map((name) => packages.placeOf(name)),
  }));

  const known = new Map(map.packages.map((member) => [member.name, member]));
  const downstreamOf = new Map(map.downstreams.map((downstream) => [downstream.id, downstream]));
  return {
    pluginVersion: map.pluginVersion,
    workspace: map.workspace,
    totals: map.totals,
    unread: map.unread,
    packages: packages.all().map((name) => ({
      name,
      folder: known.get(name)?.folder ?? '',
      dependsOn: (known.get(name)?.dependsOn ?? []).filter((other) => other !== name && packages.has(other)).map((other) => packages.placeOf(other)),
    })),
    downstreams: downstreams.all().map((id) => downstreamOf.get(id) ?? { id, is: 'unknown', label: id, kinds: [] }),
    guards: guards.all().map((text) => JSON.parse(text) as Guard),
    files: files.all(),
    dependencies,
  };
}

/** Values in the order in which they came, each once. */
class Places<Value> {
  readonly #places = new Map<Value, number>();

  placeOf(value: Value): number {
    let place = this.#places.get(value);
    if (place === undefined) this.#places.set(value, (place = this.#places.size));
    return place;
  }

  has(value: Value): boolean {
    return this.#places.has(value);
  }

  all(): Value[] {
    return [...this.#places.keys()];
  }
}
