import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';
import { ASKS_PERSON, MAKES_NEW_NAMES, NAMES_A_CONFLICT, NAMES_OLD_CREDENTIALS } from '../models/retry-names.js';

type Node = TSESTree.Node;

/**
 * Why a retry may do without a delay.
 * - `conflict`: only a conflict is tried again, after reading anew: waiting helps nobody
 * - `new-name`: each attempt makes a new random name or key, and fails where it is taken
 * - `person`: somebody answers between the attempts
 * - `credentials`: it goes again with new ones after a 401
 */
export type ReasonForNoDelay = 'conflict' | 'new-name' | 'person' | 'credentials';

/** Is there a reason not to wait between the attempts? */
export function reasonForNoDelay(file: SourceFile, fn: FunctionNode, retry: Retry): ReasonForNoDelay | null {
  const { node } = retry;
  const around = node.type === 'CallExpression' ? fn : node;
  const handler = retry.handler ?? retry.branch;
  const handled = handler === undefined ? '' : file.text.slice(handler.range[0], handler.range[1]);
  if (NAMES_A_CONFLICT.test(handled) || (handler != null && asksForConflict(file, handler))) return 'conflict';
  if (handler != null && isUnderTestOf(file, node, handler, NAMES_OLD_CREDENTIALS)) return 'credentials';
  for (const call of file.index.calls) {
    if (!isInside(call, around) || call.callee.type === 'Super') continue;
    const name = describe(call.callee);
    if (ASKS_PERSON.test(name)) return 'person';
    if (MAKES_NEW_NAMES.test(name)) return 'new-name';
  }
  return null;
}

/** `if (error.status === 401) return this.load(id, left - 1)`: does a branch in which a function calls itself name one of these? */
function isUnderTestOf(file: SourceFile, call: Node, home: Node, words: RegExp): boolean {
  for (let current = call; current !== home && current.parent != null; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'IfStatement' && parent.consequent === current && words.test(file.text.slice(parent.test.range[0], parent.test.range[1]))) return true;
  }
  return false;
}

/** An error code as a library writes it: `P2034`, `ER_LOCK_DEADLOCK`, `40001`. */
const CODE = /^(?:[A-Z][A-Z_]*\d+|\d{4,5}|[A-Z]{2,}(?:_[A-Z]+)+)$/;

/** `if (!isRetriable(error)) throw error`: a function of the project that names codes of conflicts, and no others. */
function asksForConflict(file: SourceFile, handler: Node): boolean {
  return file.index.calls.some((call) => {
    if (call.type !== 'CallExpression' || !isInside(call, handler) || call.arguments.length === 0) return false;
    return presentAlternatives(evaluate(file, call.callee)).some((callee) => {
      const codes = callee.kind === 'function' ? codesIn(callee.file, callee.node) : [];
      return codes.length > 0 && codes.every((code) => NAMES_A_CONFLICT.test(code));
    });
  });
}

/** The codes that a function names, or a constant list that it reads. */
function codesIn(file: SourceFile, fn: FunctionNode): readonly string[] {
  const codes: string[] = [];
  const take = (value: Value): void => {
    if (value.kind === 'literal' && CODE.test(String(value.value))) codes.push(String(value.value));
    if (value.kind === 'array') for (const item of value.items) take(item());
  };
  const stack: Node[] = [fn];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'Literal' || node.type === 'Identifier') take(evaluate(file, node));
    stack.push(...childrenOf(node));
  }
  return codes;
}
