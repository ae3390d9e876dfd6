import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { UNKNOWN_WAIT_NAMES } from '../models/retry-names.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import { childrenOf } from './node-children.js';
import type { SourceFile } from './source-file.js';
import { isInside } from './summarize-body.js';
import { mentions } from './summarize-loop.js';
import { describe, rootOf, unwrap } from './syntax.js';
import type { Value } from './value.js';

type Node = TSESTree.Node;

/**
 * Does what is awaited between attempts take no longer from one to the next? It is a call that has no
 * name of waiting and is handed neither the error nor a counter: of a function of the project that counts
 * nothing, or of something imported that is asked the same each time. That it waits for a reply makes it
 * no delay.
 */
export function keepsItsPace(file: SourceFile, awaited: Node, counters: readonly Variable[]): boolean {
  const call = unwrap(awaited);
  if (call.type !== 'CallExpression' || UNKNOWN_WAIT_NAMES.test(describe(call.callee))) return false;
  if (call.arguments.some((argument) => counters.some((counter) => mentions(argument, counter)))) return false;
  const callees = presentAlternatives(evaluate(file, call.callee));
  if (callees.length > 0 && callees.every(countsNothing)) return true;
  return call.arguments.length > 0 && isImported(file, rootOf(call.callee)) && !call.arguments.some((argument) => readsError(file, argument));
}

function isImported(file: SourceFile, root: Node): boolean {
  const variable = root.type === 'Identifier' ? file.bindings.variableOf(root) : null;
  return variable !== null && variable !== 'global' && variable.defs.some((definition) => (definition.type as string) === 'ImportBinding');
}

/** Is the error of a handler in an expression? Who is given it may decide that it was the last. */
function readsError(file: SourceFile, expression: Node): boolean {
  const stack: Node[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const variable = node.type === 'Identifier' ? file.bindings.variableOf(node) : null;
    if (variable !== null && variable !== 'global' && variable.defs.some((definition) => (definition.type as string) === 'CatchClause')) return true;
    stack.push(...childrenOf(node));
  }
  return false;
}

function countsNothing(value: Value): boolean {
  if (value.kind !== 'function' || value.node.body == null) return false;
  const { file, node } = value;
  const isWithin = (inner: Node): boolean => isInside(inner, node);
  if (file.index.assignments.some((write) => isWithin(write) && (write.type === 'UpdateExpression' || /^[+\-*]/.test(write.operator)))) return false;
  return !file.index.calls.some((call) => isWithin(call) && call.callee.type !== 'Super' && UNKNOWN_WAIT_NAMES.test(describe(call.callee)));
}
