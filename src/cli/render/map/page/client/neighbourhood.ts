import type { PageDependency } from '../page-data.js';
import { map } from './failure-map.js';

/** What a node has to do with others: what fails when it fails, or what it fails with. */
export interface Neighbourhood {
  readonly is: 'package' | 'downstream';
  readonly of: number;
  /** Dependencies through which it reaches a downstream, or is reached. */
  readonly dependencies: ReadonlySet<PageDependency>;
  /** Packages whose functions reach it, or that it reaches: calls are shown. */
  readonly packages: ReadonlySet<number>;
  readonly downstreams: ReadonlySet<number>;
  /** Packages that import one of those above, themselves or through others; no call of theirs was found. */
  readonly importers: ReadonlySet<number>;
}

const usersOf = map.packages.map((): number[] => []);
for (const [of, { dependsOn }] of map.packages.entries()) for (const other of dependsOn) usersOf[other]!.push(of);

export function neighbourhoodOf(selected: string): Neighbourhood | null {
  const at = selected.indexOf(':');
  const name = selected.slice(at + 1);
  if (selected.startsWith('downstream:')) {
    const of = map.downstreams.findIndex(({ id }) => id === name);
    return of < 0 ? null : ofDownstream(of);
  }
  const of = selected.startsWith('package:') ? map.packages.findIndex((member) => member.name === name) : -1;
  return of < 0 ? null : ofPackage(of);
}

/** What breaks when this hangs. */
function ofDownstream(of: number): Neighbourhood {
  const dependencies = new Set(map.dependencies.filter(({ downstream }) => downstream === of));
  const packages = new Set([...dependencies].flatMap((dependency) => [dependency.package, ...dependency.reachedFrom]));
  return { is: 'downstream', of, dependencies, packages, downstreams: new Set([of]), importers: importersOf(packages) };
}

/** What it talks to, itself or through others, and who comes in through it. */
function ofPackage(of: number): Neighbourhood {
  const dependencies = new Set(map.dependencies.filter((dependency) => dependency.package === of || dependency.reachedFrom.includes(of)));
  const packages = new Set([of]);
  for (const dependency of dependencies) {
    packages.add(dependency.package);
    if (dependency.package === of) for (const from of dependency.reachedFrom) packages.add(from);
  }
  return { is: 'package', of, dependencies, packages, downstreams: new Set([...dependencies].map(({ downstream }) => downstream)), importers: importersOf(new Set([of]), packages) };
}

function importersOf(packages: ReadonlySet<number>, without: ReadonlySet<number> = packages): Set<number> {
  const found = new Set(packages);
  for (const of of found) for (const user of usersOf[of]!) found.add(user);
  for (const of of without) found.delete(of);
  return found;
}
