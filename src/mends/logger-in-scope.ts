import type { TSESTree } from '@typescript-eslint/types';
import { observerOf } from '../analysis/observers.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isLog } from '../analysis/summarize.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingClass, enclosingFunction, memberName, rootOf, unwrap } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/** A logger that can be called at a place, and how this file calls it. */
export interface ScopedLogger {
  /** `logger`, `this.logger`, `req.log`; `console` where the file shows none. */
  readonly text: string;
  readonly method: 'error' | 'warn';
  /** What comes first in its calls. */
  readonly order: 'message-first' | 'error-first';
  /** Found in this file, and not only assumed. */
  readonly found: boolean;
}

const CONSOLE: ScopedLogger = { text: 'console', method: 'error', order: 'message-first', found: false };

/**
 * The logger to use at a node: one that this file calls elsewhere and that is in scope here, the
 * nearest first; `console` where there is none.
 */
export function loggerAt(file: SourceFile, node: Node): ScopedLogger {
  let best: { logger: ScopedLogger; rank: number } | null = null;
  for (const call of file.index.calls) {
    if (call.type !== 'CallExpression' || !isLog(file, call.callee)) continue;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || !/^(?:error|warn|info|log|debug)$/.test(memberName(callee) ?? '')) continue;
    const receiver = unwrap(callee.object);
    const text = file.text.slice(...receiver.range);
    // `logger.child(…).error(…)`, and what spans lines: not to be written again.
    if (text === 'console' || !/^[\w$.#]+$/.test(text) || !inScope(file, receiver, node)) continue;
    const rank = (enclosingFunction(call) === enclosingFunction(node) ? 4 : 0) + (memberName(callee) === 'error' ? 2 : 0) + (orderOf(call) === null ? 0 : 1);
    if (best === null || rank > best.rank) best = { rank, logger: { text, method: 'error', order: orderOf(call) ?? orderIn(file, text) ?? observerOf(file, receiver)?.shape.order ?? 'message-first', found: true } };
  }
  return best?.logger ?? CONSOLE;
}

function inScope(file: SourceFile, receiver: Node, node: Node): boolean {
  const root = rootOf(receiver);
  if (root.type === 'ThisExpression') return enclosingClass(receiver) !== null && enclosingClass(receiver) === enclosingClass(node);
  if (root.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(root);
  if (variable === null) return false;
  if (variable === 'global') return true;
  const block = variable.scope.block as Node;
  return (block.type === 'Program' || isInside(node, block)) && !isShadowed(file, root.name, variable, node) && declaredBefore(variable.identifiers[0] as Node | undefined, node, block);
}

/** A constant of a function can only be used behind its declaration. */
function declaredBefore(name: Node | undefined, node: Node, block: Node): boolean {
  return name === undefined || block.type === 'Program' || name.range[0] < node.range[0];
}

function isShadowed(file: SourceFile, name: string, variable: unknown, node: Node): boolean {
  return file.scopes.scopes.some((scope) => isInside(node, scope.block as Node) && scope.set.has(name) && scope.set.get(name) !== variable && (scope.set.get(name)?.defs.length ?? 0) > 0 && isInside(scope.block as Node, (variable as { scope: { block: Node } }).scope.block));
}

/** How a call is written: `logger.error({ err }, 'text')`, or `logger.error('text', err)`. */
function orderOf(call: TSESTree.CallExpression): ScopedLogger['order'] | null {
  const [first, second] = call.arguments.map((argument) => unwrap(argument));
  if (first === undefined || second === undefined) return null;
  if (first.type === 'ObjectExpression' || (first.type === 'Identifier' && isText(second))) return isText(second) ? 'error-first' : null;
  return isText(first) ? 'message-first' : null;
}

function orderIn(file: SourceFile, text: string): ScopedLogger['order'] | null {
  for (const call of file.index.calls) {
    const callee = unwrap(call.callee);
    if (call.type !== 'CallExpression' || callee.type !== 'MemberExpression' || file.text.slice(...unwrap(callee.object).range) !== text) continue;
    const order = orderOf(call);
    if (order !== null) return order;
  }
  return null;
}

function isText(node: Node): boolean {
  return (node.type === 'Literal' && typeof node.value === 'string') || node.type === 'TemplateLiteral';
}
