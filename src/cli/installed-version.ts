import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromRoot } from './find-files.js';

/** A package as it is installed for a folder. */
export interface InstalledPackage {
  readonly version: string;
  /** The folder, from the working directory. */
  readonly at: string;
}

/** The version of a package in the nearest `node_modules` of a folder; `null` where there is none. */
export function installedVersion(directory: string, name: string): InstalledPackage | null {
  for (let folder = directory; ; folder = dirname(folder)) {
    const at = join(folder, 'node_modules', name);
    const version = versionIn(join(at, 'package.json'));
    if (version !== null) return { version, at: fromRoot(directory, at) };
    if (dirname(folder) === folder) return null;
  }
}

function versionIn(path: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
