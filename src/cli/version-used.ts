import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../analysis/source-file.js';
import type { ClientModel } from '../models/types.js';

/** Which version of a library a judgement rests on. */
export interface VersionUsed {
  readonly package: string | null;
  readonly version: string | null;
  /** `runtime`: part of the run time, no package. `assumed-newest`: nothing tells, so the newest model serves. */
  readonly from: 'installed' | 'lock-file' | 'assumed-newest' | 'runtime';
}

/** The version by which a model was chosen for a file. */
export function versionUsed(model: ClientModel, file: SourceFile): VersionUsed {
  const names = model.packages.filter((name) => !name.includes('*'));
  if (model.packages.length === 0) return { package: null, version: null, from: 'runtime' };
  for (const name of names) {
    const version = file.project.installedVersion(file.path, name);
    if (version !== null) return { package: name, version, from: isInstalled(dirname(file.path), name) ? 'installed' : 'lock-file' };
  }
  return { package: names[0] ?? model.packages[0] ?? null, version: null, from: 'assumed-newest' };
}

function isInstalled(directory: string, name: string): boolean {
  if (existsSync(join(directory, 'node_modules', name, 'package.json'))) return true;
  const parent = dirname(directory);
  return parent !== directory && isInstalled(parent, name);
}
