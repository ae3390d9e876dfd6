import type { SourceFile } from '../analysis/source-file.js';
import type { NullableUse } from '../facts/nullable-values.js';
import type { Mend } from './edit.js';

export function guardNull(_file: SourceFile, _use: NullableUse): readonly Mend[] {
  return [];
}
