import type { SourceFile } from '../analysis/source-file.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { ASKS_PERSON, NAMES_A_CONFLICT, MAKES_NEW_NAMES } from '../models/builtins.js';

/**
 * Why a retry may do without a delay.
 * - `conflict`: only a conflict is tried again, after reading anew: waiting helps nobody
 * - `new-name`: each attempt makes a new random name or key, and fails where it is taken
 * - `person`: somebody answers between the attempts
 */
export type ReasonForNoDelay = 'conflict' | 'new-name' | 'person';

/** Is there a reason not to wait between the attempts? */
export function reasonForNoDelay(file: SourceFile, fn: FunctionNode, retry: Retry): ReasonForNoDelay | null {
  const { node } = retry;
  const around = node.type === 'CallExpression' ? fn : node;
  const handler = retry.handler ?? retry.branch;
  const handled = handler === undefined ? '' : file.text.slice(handler.range[0], handler.range[1]);
  if (NAMES_A_CONFLICT.test(handled)) return 'conflict';
  for (const call of file.index.calls) {
    if (!isInside(call, around) || call.callee.type === 'Super') continue;
    const name = describe(call.callee);
    if (ASKS_PERSON.test(name)) return 'person';
    if (MAKES_NEW_NAMES.test(name)) return 'new-name';
  }
  return null;
}
