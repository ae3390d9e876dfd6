import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { RetryRegion } from '../facts/retries.js';
import type { BackoffFault } from '../facts/retry-faults.js';
import { backOff, type NoBackoff } from './add-backoff.js';
import { limitAttempts, type NoLimit } from './add-retry-limit.js';
import type { Edit, Mend } from './edit.js';
import type { RetryNumbers } from './retry-numbers.js';

/** What is wrong with a region. */
export interface RegionFaults {
  readonly backoff: BackoffFault | null;
  readonly endless: boolean;
}

/** A limit, a wait, or both at once: then the limit's counter says how long to wait. */
export function hardenRegion(file: SourceFile, region: RetryRegion, { backoff, endless }: RegionFaults, numbers: RetryNumbers): Mend | NoBackoff | NoLimit {
  const limit = endless ? limitAttempts(file, region, numbers.attempts) : null;
  if (typeof limit === 'string') return limit;
  const wait = backoff === null ? null : backOff(file, region, backoff, numbers, { own: limit?.counter ?? null });
  if (typeof wait === 'string') return wait;
  const stop = limit === null ? null : `give up after ${numbers.attempts} attempts`;
  return {
    edits: limit === null ? wait!.edits : wait === null ? limit.edits : together(region, limit.edits, wait.edits),
    title: [stop, wait?.title].filter((title) => title != null).join(', '),
    safety: 'behaviour',
  };
}

/** Both in the order of the text; in an empty handler of one line they share its space. */
function together({ retry }: RetryRegion, limit: readonly Edit[], wait: readonly Edit[]): readonly Edit[] {
  const body = (retry.handler as TSESTree.CatchClause).body;
  const open = body.range[0] + 1;
  const stop = limit.find(({ range }) => range[0] === open && range[1] === open);
  const first = wait.find(({ range }) => range[0] === open);
  const edits = stop !== undefined && first !== undefined ? [...limit.filter((edit) => edit !== stop), ...wait.filter((edit) => edit !== first), { range: first.range, text: `${stop.text.trimEnd()}${first.text}` }] : [...limit, ...wait];
  return edits.sort((a, b) => a.range[0] - b.range[0]);
}
