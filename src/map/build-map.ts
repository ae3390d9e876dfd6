import { basename } from 'node:path';
import { joinCalls } from '../facts/call-graph.js';
import { memberOfFile } from '../project/member.js';
import { manifestIn, packageOfFile } from '../project/workspace.js';
import { dependenciesOf } from './dependencies.js';
import { judgeOperations } from './judge-operations.js';
import type { FoundOperation } from './operations.js';
import { packagesOf } from './packages.js';
import { placesFrom } from './places.js';
import { readFiles, type FilesToRead } from './read-files.js';
import type { FailureMap, MapDependency, MapDownstream, MapTotals } from './types.js';

export interface MapInput extends Omit<FilesToRead, 'places'> {
  /** Absolute, with links followed. */
  readonly root: string;
  readonly pluginVersion: string;
}

/** The failure map of some files. */
export function buildMap(input: MapInput): FailureMap {
  const { root } = input;
  const places = placesFrom(root);
  const nameOf = (directory: string): string => manifestIn(directory)?.name ?? (places.pathOf(directory) || basename(root));
  const packageOf = (path: string): string => {
    const member = memberOfFile(path);
    return member === null ? basename(root) : member.name !== '' ? member.name : nameOf(packageOfFile(path)?.directory ?? root);
  };
  const read = readFiles({ ...input, places });
  const graph = joinCalls(read.calls);
  const judged = judgeOperations(read.operations, read.retried, graph);
  const dependencies = dependenciesOf(judged, graph, packageOf, places.pathOf);
  const members = { imports: read.imports, root, nameOf: (directory: string) => packageOf(`${directory}/package.json`), pathOf: places.pathOf };
  return {
    version: 1,
    pluginVersion: input.pluginVersion,
    workspace: manifestIn(root)?.name ?? basename(root),
    packages: packagesOf(members, dependencies),
    downstreams: downstreamsOf(judged.map(({ found }) => found)),
    dependencies,
    totals: totalsOf(dependencies),
    unread: read.unread,
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
