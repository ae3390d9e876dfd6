import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { RetryRegion } from '../facts/retries.js';
import type { OwnCounter } from './add-backoff.js';
import type { Edit, Mend } from './edit.js';
import { freeName } from './free-name.js';
import { RETRY_NUMBERS } from './retry-numbers.js';
import { insertBefore, prependStatement } from './statements.js';

const COUNTERS = ['attempts', 'tries', 'failures'] as const;
const DEADLINES = ['deadline', 'giveUpAt'] as const;
const ERRORS = ['error', 'err', 'failure'] as const;

/** Why a loop without an end gets no limit. */
export type NoLimit = 'calls-itself' | 'reply-fails' | 'no-place';

/** What ends a loop after some failures. */
export interface Limit {
  readonly edits: readonly Edit[];
  readonly counter: OwnCounter;
}

/**
 * Edits that end a loop: after some attempts, or at a deadline. Which of the two is meant, only a
 * person can tell. Both throw the last error, as the code around a loop without an end expects no
 * other way out.
 */
export function addRetryLimit(file: SourceFile, region: RetryRegion): readonly Mend[] {
  const limit = limitAttempts(file, region, RETRY_NUMBERS.attempts);
  const deadline = freeName(file, region, DEADLINES);
  const timed = deadline === null ? 'no-place' : endsOf(file, region, `const ${deadline} = Date.now() + 60_000`, `Date.now() >= ${deadline}`);
  return [
    typeof limit === 'string' ? null : mendOf(limit.edits, `give up after ${RETRY_NUMBERS.attempts} attempts`),
    typeof timed === 'string' ? null : mendOf(timed, 'give up after a minute'),
  ].filter((mend) => mend !== null);
}

const mendOf = (edits: readonly Edit[], title: string): Mend => ({ edits, title, safety: 'behaviour' });

/** Edits that count the failures of a loop, and throw the last of so many. */
export function limitAttempts(file: SourceFile, region: RetryRegion, attempts: number): Limit | NoLimit {
  if (region.kind !== 'loop') return 'calls-itself';
  if (region.retry.handler?.type !== 'CatchClause' || region.retry.byReply === true) return 'reply-fails';
  const name = freeName(file, region, COUNTERS);
  const edits = name === null ? 'no-place' : endsOf(file, region, `let ${name} = 0`, `++${name} >= ${attempts}`);
  return typeof edits === 'string' ? edits : { edits, counter: { name: name!, from: region.retry.handler.body.range[0] } };
}

function endsOf(file: SourceFile, region: RetryRegion, declaration: string, test: string): readonly Edit[] | NoLimit {
  const { handler } = region.retry;
  if (region.kind !== 'loop') return 'calls-itself';
  if (handler?.type !== 'CatchClause') return 'reply-fails';
  const declared = insertBefore(file, region.node, declaration);
  const error = errorOf(file, handler);
  if (declared === null || error === null) return 'no-place';
  return [declared, ...error.edits, prependStatement(file, handler.body, `if (${test}) throw ${error.name}`)];
}

/** The name of the caught error; `catch {` is given one. */
function errorOf(file: SourceFile, { param, range, body }: TSESTree.CatchClause): { readonly name: string; readonly edits: readonly Edit[] } | null {
  if (param?.type === 'Identifier') return { name: param.name, edits: [] };
  const text = file.text.slice(...body.range);
  const name = ERRORS.find((one) => !new RegExp(`\\b${one}\\b`).test(text));
  if (param != null || name === undefined) return null;
  const at = range[0] + 'catch'.length;
  return file.text.slice(at, body.range[0]).trim() === '' ? { name, edits: [{ range: [at, at], text: ` (${name})` }] } : null;
}
