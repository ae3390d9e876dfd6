import { basename, join } from 'node:path';
import { joinCalls, type CallGraph } from '../facts/call-graph.js';
import { memberOfFile } from '../project/member.js';
import { manifestIn } from '../project/workspace.js';
import { dependenciesOf } from './dependencies.js';
import { judgeOperations, type JudgedOperation } from './judge-operations.js';
import type { FoundOperation } from './operations.js';
import { packagesOf } from './packages.js';
import { placesFrom } from './places.js';
import { readFiles, type FilesToRead, type ReadFiles } from './read-files.js';
import type { FailureMap, MapDependency, MapDownstream, MapTotals } from './types.js';

export interface MapInput extends Omit<FilesToRead, 'places'> {
  /** Absolute, with links followed. */
  readonly root: string;
  readonly pluginVersion: string;
}

/** Which member a file belongs to, by name. */
type Naming = (path: string) => string;

/** All calls of some files, judged; what is said of them is joined by `buildMap`. */
export function judgeFiles(input: MapInput): { readonly read: ReadFiles; readonly graph: CallGraph; readonly judged: readonly JudgedOperation[] } {
  const read = readFiles({ ...input, places: placesFrom(input.root) });
  const graph = joinCalls(read.calls);
  return { read, graph, judged: judgeOperations(read.operations, read.retried, graph) };
}

/** The failure map of some files. */
export function buildMap(input: MapInput): FailureMap {
  const { root } = input;
  const { pathOf } = placesFrom(root);
  const { read, graph, judged } = judgeFiles(input);
  const packageOf = naming(root, pathOf);
  const dependencies = dependenciesOf(judged, graph, packageOf, pathOf);
  return {
    version: 1,
    pluginVersion: input.pluginVersion,
    workspace: manifestIn(root)?.name ?? basename(root),
    packages: packagesOf({ imports: read.imports, root, nameOf: (directory) => packageOf(join(directory, 'package.json')), pathOf }, dependencies),
    downstreams: downstreamsOf(judged.map(({ found }) => found)),
    dependencies,
    totals: totalsOf(dependencies),
    unread: read.unread,
  };
}

/** The name of its member, else the folder. */
function naming(root: string, pathOf: (path: string) => string): Naming {
  return (path) => {
    const member = memberOfFile(path);
    return member === null ? basename(root) : member.name !== '' ? member.name : pathOf(member.directory) || basename(root);
  };
}

function downstreamsOf(found: readonly FoundOperation[]): readonly MapDownstream[] {
  const byId = new Map<string, MapDownstream>();
  for (const { downstream, client } of found) {
    const known = byId.get(downstream.id);
    byId.set(downstream.id, { ...downstream, kinds: [...new Set([...(known?.kinds ?? []), client.kind])].sort() });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** States are those of dependencies. */
function totalsOf(dependencies: readonly MapDependency[]): MapTotals {
  const count = (state: MapDependency['state']): number => dependencies.filter((dependency) => dependency.state === state).length;
  return {
    dependencies: dependencies.length,
    operations: dependencies.reduce((sum, { operations }) => sum + operations.length, 0),
    unbounded: count('unbounded'),
    unprotected: count('unprotected'),
    unknown: count('unknown'),
    protected: count('protected'),
  };
}
