import { oldestIn } from '../models/version-range.js';
import type { SourceFile } from './source-file.js';

/** Which version of a package serves a file, as far as anything tells. */
export interface PackageVersion {
  /** The installed or locked version, else the oldest that package.json allows; `null` where neither tells. */
  readonly version: string | null;
  /** The declared range, where only that is known. */
  readonly declared: string | null;
}

/** The version by which models, defaults and options of a package are chosen. */
export function packageVersion(file: SourceFile, packageName: string): PackageVersion {
  const installed = file.project.installedVersion(file.path, packageName);
  if (installed !== null) return { version: installed, declared: null };
  const declared = file.project.declaredRange(file.path, packageName);
  return { version: declared === null ? null : oldestIn(declared), declared };
}
