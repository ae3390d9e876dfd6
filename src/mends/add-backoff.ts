import type { SourceFile } from '../analysis/source-file.js';
import type { LibraryRetry } from '../facts/library-retries.js';
import type { RetryRegion } from '../facts/retries.js';
import type { BackoffFault } from '../facts/retry-faults.js';
import type { Mend } from './edit.js';

export function addBackoff(_file: SourceFile, _region: RetryRegion, _fault: BackoffFault): readonly Mend[] {
  return [];
}

export function addLibraryBackoff(_file: SourceFile, _retry: LibraryRetry, _fault: BackoffFault): readonly Mend[] {
  return [];
}
