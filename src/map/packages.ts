import { manifestIn, workspaceOf } from '../project/workspace.js';
import type { MapDependency, MapPackage } from './types.js';

export interface Members {
  /** Folders whose files were read, with those that they import. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly root: string;
  /** Name of the member in a folder. */
  readonly nameOf: (directory: string) => string;
  readonly pathOf: (path: string) => string;
}

/** The members that were read, and what they lead to. */
export function packagesOf({ imports, root, nameOf, pathOf }: Members, dependencies: readonly MapDependency[]): readonly MapPackage[] {
  const { packages } = workspaceOf(root);
  const read = [...imports.keys()];
  const found = read.map((directory): MapPackage => {
    const name = nameOf(directory);
    const declared = [...(manifestIn(directory)?.dependencies.keys() ?? [])].flatMap((dependency) => packages.get(dependency) ?? []);
    const others = [...declared, ...imports.get(directory)!].filter((other) => other !== directory).map(nameOf);
    return {
      name,
      folder: pathOf(directory) || '.',
      dependsOn: [...new Set(others)].filter((other) => other !== name).sort(),
      dependencies: dependencies.filter((dependency) => dependency.package === name).map(({ id }) => id),
      reaches: dependencies.filter((dependency) => dependency.package !== name && dependency.reachedFrom.includes(name)).map(({ id }) => id),
    };
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
