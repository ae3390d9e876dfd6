import { readOption } from '../analysis/options.js';
import { describe, enclosingFunction, isFunction } from '../analysis/syntax.js';
import { alternatives } from '../analysis/value.js';
import { TRANSFER_NAMES, TRANSFER_REPLIES } from '../models/transfer-names.js';
import { functionName } from './handler-place.js';
import type { IoCall } from './io-calls.js';

/**
 * Does a call move a file or another large body, by what it asks for or by the names around it? A
 * request and a transfer want different limits.
 */
export function isTransfer(call: IoCall): boolean {
  const answer = readOption(call.options, 'responseType');
  if (answer.is === 'set' && alternatives(answer.value).some((value) => value.kind === 'literal' && TRANSFER_REPLIES.has(String(value.value)))) return true;
  if (TRANSFER_NAMES.test(describe(call.node.type === 'TaggedTemplateExpression' ? call.node.tag : call.node.callee))) return true;
  const owner = enclosingFunction(call.node);
  return isFunction(owner) && TRANSFER_NAMES.test(functionName(owner) ?? '');
}
