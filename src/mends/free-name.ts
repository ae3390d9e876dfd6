import type { SourceFile } from '../analysis/source-file.js';
import type { RetryRegion } from '../facts/retries.js';

/** A name that the function of a region does not use. */
export function freeName(file: SourceFile, { fn }: RetryRegion, names: readonly string[]): string | null {
  const text = file.text.slice(...fn.range);
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? null;
}
