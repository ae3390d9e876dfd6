import type { SourceFile } from '../analysis/source-file.js';
import { isWithinRange } from '../models/version-range.js';
import { isRecord } from '../project/json.js';
import { manifestIn, packageOfFile, workspaceRootOfFile } from '../project/workspace.js';

/** Does the package of a file, or else its workspace, declare that it runs on these versions of Node alone? */
export function runsOnlyOn(file: SourceFile, range: string): boolean {
  const engines = enginesOf(file.path);
  return engines !== null && isWithinRange(engines, range);
}

/** The versions of Node that the package of a file, or else its workspace, declares to run on. */
export function enginesOf(path: string): string | null {
  return declared(packageOfFile(path)?.json ?? null) ?? declared(manifestIn(workspaceRootOfFile(path))?.json ?? null);
}

function declared(json: Readonly<Record<string, unknown>> | null): string | null {
  const engines = json?.['engines'];
  const node = isRecord(engines) ? engines['node'] : undefined;
  return typeof node === 'string' ? node : null;
}
