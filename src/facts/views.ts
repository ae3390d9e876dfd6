import type { SourceFile } from '../analysis/source-file.js';
import { packageSignals } from '../project/runtime-signals.js';
import { recordAt } from '../project/json.js';
import { packageOfFile } from '../project/workspace.js';

/** May a file be rendered in a browser as well: is it a view, or of a package that others put into theirs? */
export function mayBeView(file: SourceFile): boolean {
  if (/\.[cm]?[jt]sx$/.test(file.path)) return true;
  const manifest = packageOfFile(file.path);
  return manifest !== null && packageSignals(Object.keys(recordAt(manifest.json, 'peerDependencies'))).browser !== null;
}
