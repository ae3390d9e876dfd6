import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { modelsForPackage, policiesForPackage } from '../../models/lookup.js';
import { FUNCTION_FILES, FUNCTION_PACKAGES } from '../../models/serverless-names.js';
import type { ClientKind } from '../../models/types.js';
import { recordAt } from '../../project/json.js';
import { BUNDLERS } from '../../project/runtime.js';
import { packageSignals } from '../../project/runtime-signals.js';
import { isWithin, manifestIn, workspaceOf } from '../../project/workspace.js';
import { fromRoot } from '../find-files.js';

/** What the manifest of a package says of it. */
export interface PackageUse {
  /** From the folder of the configuration; empty for that folder. */
  readonly folder: string;
  /** Packages that it depends on and whose calls are modelled. */
  readonly clients: readonly { readonly name: string; readonly kind: ClientKind; readonly pooled: boolean }[];
  /** Libraries that retry, bound or break. */
  readonly policies: readonly string[];
  /** Runs in browsers alone, as this dependency says. */
  readonly browser: string | null;
  /** Runs as a function, as this dependency or file says. */
  readonly functions: string | null;
}

const FIELDS = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** The packages below the folder of a configuration, that folder first. */
export function packagesBelow(folder: string): readonly PackageUse[] {
  const members = [...workspaceOf(folder).packages.values()].filter((directory) => directory !== folder && isWithin(folder, directory)).sort();
  return [folder, ...members].flatMap((directory) => {
    const manifest = manifestIn(directory);
    if (manifest === null) return [];
    // What is there for development alone makes no calls in production.
    const needed = [...new Set(FIELDS.flatMap((field) => Object.keys(recordAt(manifest.json, field))))];
    const clients = needed.flatMap((name) => {
      const [model] = modelsForPackage(name);
      return model === undefined ? [] : [{ name, kind: model.kind, pooled: model.pool !== undefined }];
    });
    const all = packageSignals(manifest.dependencies.keys());
    // The types of Node tell of a server, unless they are there for the configuration of a bundler. In doubt a package
    // is kept: the rules know code for browsers file by file.
    const bundled = BUNDLERS.some((name) => manifest.dependencies.has(name));
    const onServer = all.server !== null || all.worker !== null || all.mixed !== null || (all.nodeTypes && !bundled);
    return [
      {
        folder: fromRoot(folder, directory),
        clients,
        policies: needed.filter((name) => policiesForPackage(name).length > 0),
        browser: onServer ? null : all.browser,
        functions: needed.find((name) => FUNCTION_PACKAGES.includes(name)) ?? FUNCTION_FILES.find((name) => existsSync(join(directory, name))) ?? null,
      },
    ];
  });
}

/** Folders that a configuration of servers leaves out: packages for browsers, where others are not for them. */
export function browserFolders(packages: readonly PackageUse[]): readonly string[] {
  const below = packages.filter(({ folder }) => folder !== '');
  return below.some(({ browser }) => browser === null) ? below.filter(({ browser }) => browser !== null).map(({ folder }) => folder) : [];
}
