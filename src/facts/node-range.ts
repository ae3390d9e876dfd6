import type { SourceFile } from '../analysis/source-file.js';
import { isWithinRange } from '../models/version-range.js';
import { isRecord } from '../project/json.js';
import { manifestIn, packageOfFile, workspaceRootOfFile } from '../project/workspace.js';

/** Does the package of a file, or else its workspace, declare that it runs on these versions of Node alone? */
export function runsOnlyOn(file: SourceFile, range: string): boolean {
  const own = declared(packageOfFile(file.path)?.json ?? null);
  const engines = own ?? declared(manifestIn(workspaceRootOfFile(file.path))?.json ?? null);
  return engines !== null && isWithinRange(engines, range);
}

function declared(json: Readonly<Record<string, unknown>> | null): string | null {
  const engines = json?.['engines'];
  const node = isRecord(engines) ? engines['node'] : undefined;
  return typeof node === 'string' ? node : null;
}
