import { join } from 'node:path';
import type { SourceFile } from '../analysis/source-file.js';
import { FUNCTION_FILES, FUNCTION_PACKAGES } from '../models/serverless-names.js';
import { isFile } from '../project/disk.js';
import { packageOfFile } from '../project/workspace.js';

const MEMO = Symbol('serverless');

/**
 * The platform that runs a file as a function, one instance a request or so; `null` where none is known. What
 * instances count by themselves, such as failures, means little there.
 */
export function runsAsFunction(file: SourceFile): string | null {
  return file.memo(MEMO, () => ({ platform: platformOf(file) })).platform;
}

function platformOf(file: SourceFile): string | null {
  const imported = FUNCTION_PACKAGES.find((name) => file.text.includes(`'${name}`) || file.text.includes(`"${name}`));
  if (imported !== undefined) return imported;
  if (/\bexport\s+const\s+(?:runtime|config)\b[^;]*\bedge\b/.test(file.text)) return 'edge';
  const manifest = packageOfFile(file.path);
  return manifest === null ? null : (FUNCTION_FILES.find((name) => isFile(join(manifest.directory, name))) ?? null);
}
