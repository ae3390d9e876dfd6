import type { CallGraph } from '../facts/call-graph.js';
import type { JudgedOperation } from './judge-operations.js';
import type { Guard, MapDependency, MapOperation, MapReach, MapState } from './types.js';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Groups calls by package, client and downstream: each client that is made is one.
 * @param packageOf name of the member that a path belongs to
 * @param pathOf a path from the root
 */
export function dependenciesOf(operations: readonly JudgedOperation[], graph: CallGraph, packageOf: (path: string) => string, pathOf: (path: string) => string): readonly MapDependency[] {
  const groups = new Map<string, JudgedOperation[]>();
  for (const one of operations) {
    const { downstream, client, path } = one.found;
    const key = [packageOf(path), client.package, downstream.id, client.madeAt ?? ''].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const found = [...groups.values()].map((group) => dependencyOf(group, graph, packageOf, pathOf));
  found.sort((a, b) => compare(a.package, b.package) || compare(a.client.package, b.client.package) || compare(a.downstream, b.downstream) || comparePlaces(a.client.madeAt, b.client.madeAt));
  return withIds(found);
}

function dependencyOf(group: readonly JudgedOperation[], graph: CallGraph, packageOf: (path: string) => string, pathOf: (path: string) => string): MapDependency {
  const sorted = [...group].sort((a, b) => compare(a.operation.file, b.operation.file) || a.found.offset - b.found.offset);
  const operations = sorted.map(({ operation }) => operation);
  const [first] = sorted;
  const own = packageOf(first!.found.path);
  const reachedBy: readonly MapReach[] = graph
    .reach(sorted.flatMap(({ owner }) => owner ?? []))
    .functions.map(({ fn, steps, entry }) => ({ function: fn.name, package: packageOf(fn.path), file: pathOf(fn.path), line: fn.line, steps, entry }));
  return {
    id: '',
    package: own,
    client: first!.found.client,
    downstream: first!.found.downstream.id,
    timeout: worst(operations, ({ timeout }) => timeout),
    retry: worst(operations, ({ retry }) => retry),
    breaker: worst(operations, ({ breaker }) => breaker),
    pool: sorted.map(({ found }) => found.pool).reduce(worse),
    state: operations.map(({ state }) => state).reduce((a, b) => (STATES.indexOf(b) < STATES.indexOf(a) ? b : a)),
    operations,
    reachedBy,
    reachedFrom: [...new Set(reachedBy.map((reach) => reach.package))].filter((name) => name !== own).sort(),
  };
}

/** The worst first. */
const STATES: readonly MapState[] = ['unbounded', 'unprotected', 'unknown', 'protected'];
const ANSWERS: readonly Guard['answer'][] = ['no', 'unknown', 'yes', 'not-asked'];

const worse = (a: Guard, b: Guard): Guard => (ANSWERS.indexOf(b.answer) < ANSWERS.indexOf(a.answer) ? b : a);

/** The worst of its calls speaks; where only some are so, how many. */
function worst(operations: readonly MapOperation[], of: (operation: MapOperation) => Guard): Guard {
  const guard = operations.map(of).reduce(worse);
  const alike = operations.filter((operation) => of(operation).answer === guard.answer).length;
  return alike === operations.length || guard.answer === 'yes' ? guard : { ...guard, detail: `${guard.detail} (${alike} of ${operations.length} calls)` };
}

/** Lines move, so none is in an id; the file that makes a client is. */
function withIds(sorted: readonly MapDependency[]): readonly MapDependency[] {
  const taken = new Map<string, number>();
  return sorted.map((dependency) => {
    const { madeAt } = dependency.client;
    const id = `${dependency.package} > ${dependency.client.package} > ${dependency.downstream}${madeAt === null ? '' : ` (${madeAt.slice(0, madeAt.lastIndexOf(':'))})`}`;
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    return { ...dependency, id: count === 1 ? id : `${id} #${count}` };
  });
}

/** `src/a.ts:9` before `src/a.ts:10`. */
function comparePlaces(a: string | null, b: string | null): number {
  const [left, right] = [a ?? '', b ?? ''];
  const cut = (at: string): [string, number] => [at.slice(0, at.lastIndexOf(':')), Number(at.slice(at.lastIndexOf(':') + 1))];
  return compare(cut(left)[0], cut(right)[0]) || cut(left)[1] - cut(right)[1];
}
