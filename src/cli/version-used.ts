import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageVersion } from '../analysis/package-version.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { ClientModel } from '../models/types.js';

/** Which version of a library a judgement rests on. */
export interface VersionUsed {
  readonly package: string | null;
  readonly version: string | null;
  /** `declared`: the oldest that package.json allows. `runtime`: part of the run time, no package. `assumed-newest`: nothing tells, so the newest model serves. */
  readonly from: 'installed' | 'lock-file' | 'declared' | 'assumed-newest' | 'runtime';
}

/**
 * The version by which a model was chosen for a file.
 * @param matched the package by whose name the model was found; `null` for globals
 */
export function versionUsed(model: ClientModel, file: SourceFile, matched: string | null): VersionUsed {
  if (model.packages.length === 0) return { package: null, version: null, from: 'runtime' };
  const name = matched ?? model.packages.find((candidate) => !candidate.includes('*')) ?? model.packages[0]!;
  const { version, declared } = packageVersion(file, name);
  if (version === null) return { package: name, version: null, from: 'assumed-newest' };
  return { package: name, version, from: declared !== null ? 'declared' : isInstalled(dirname(file.path), name) ? 'installed' : 'lock-file' };
}

function isInstalled(directory: string, name: string): boolean {
  if (existsSync(join(directory, 'node_modules', name, 'package.json'))) return true;
  const parent = dirname(directory);
  return parent !== directory && isInstalled(parent, name);
}
