import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { Place, Reason } from '../analysis/value.js';
import type { ChainedBound } from '../models/types.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

export type Chained = { readonly is: 'bounded'; readonly by: string; readonly place: Place } | { readonly is: 'unknown'; readonly reason: Reason } | null;

/**
 * Bounds that are written after the call: `.timeout(ms)` of superagent, `req.setTimeout(ms, () =>
 * req.destroy())` and `req.on('timeout', …)` of node:http, `.pipe(timeout(ms))` of an Observable.
 */
export function chainedBound(call: IoCall): Chained {
  const { operation } = call.operation;
  const { chained, ends } = operation;
  if (chained === undefined && ends === undefined && operation.lazy !== 'subscribe') return null;
  const { file } = call;
  const handle = handleOf(file, call.node);
  for (const method of methodCalls(file, call.node, handle)) {
    const found = boundByMethod(file, call, method);
    if (found !== null) return found;
  }
  if (ends === undefined) return handle.escapes ? { is: 'unknown', reason: { code: 'wrapper', detail: 'the request object is handed on' } } : null;
  // A timer of one's own that destroys the request.
  for (const use of handle.uses) {
    const member = use.parent;
    if (member?.type !== 'MemberExpression' || !ENDS_REQUEST.test(memberName(member) ?? '')) continue;
    if (standsInTimer(member)) return { is: 'bounded', by: 'a timer that destroys the request', place: { file, node: member } };
  }
  return handle.escapes ? { is: 'unknown', reason: { code: 'wrapper', detail: 'the request object is handed on' } } : null;
}

const ENDS_REQUEST = /^(?:destroy|abort|end)$/;

interface Handle {
  readonly uses: readonly Node[];
  readonly escapes: boolean;
}

/** Where the object that the call gives is named, and whether it leaves our sight. */
function handleOf(file: SourceFile, node: Node): Handle {
  let holder = outermost(node);
  // `http.get(…).on(…)`: the chain gives the same object.
  while (holder.parent?.type === 'MemberExpression' && holder.parent.object === holder) {
    const call = outermost(holder.parent).parent;
    if (call?.type !== 'CallExpression') break;
    holder = outermost(call);
  }
  const parent = holder.parent;
  if (parent?.type === 'AssignmentExpression' && parent.right === holder && parent.left.type === 'Identifier') return named(file, parent.left);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return named(file, parent.id);
  const isDropped = parent?.type === 'ExpressionStatement' || parent?.type === 'AwaitExpression' || parent?.type === 'MemberExpression';
  return { uses: [], escapes: !isDropped };
}

function named(file: SourceFile, identifier: TSESTree.Identifier): Handle {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global') return { uses: [], escapes: true };
  const uses = variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
  const escapes = uses.some((use) => {
    const parent = outermost(use).parent;
    return parent?.type !== 'MemberExpression' && parent?.type !== 'AwaitExpression' && parent?.type !== 'ExpressionStatement' && !isCondition(parent);
  });
  return { uses, escapes };
}

function isCondition(node: Node | undefined): boolean {
  return node?.type === 'IfStatement' || node?.type === 'UnaryExpression' || node?.type === 'LogicalExpression' || node?.type === 'BinaryExpression';
}

/** Method calls in the chain after the call, and on the variable that holds its result. */
function methodCalls(file: SourceFile, node: Node, handle: Handle): TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = [];
  const chain = (start: Node): void => {
    let holder = outermost(start);
    while (holder.parent?.type === 'MemberExpression' && unwrap(holder.parent.object) === unwrap(holder)) {
      const call = outermost(holder.parent).parent;
      if (call?.type !== 'CallExpression' || unwrap(call.callee) !== unwrap(holder.parent)) return;
      found.push(call);
      holder = outermost(call);
    }
  };
  chain(node);
  for (const use of handle.uses) chain(use);
  void file;
  return found;
}

function boundByMethod(file: SourceFile, call: IoCall, method: TSESTree.CallExpression): Chained {
  const callee = unwrap(method.callee);
  if (callee.type !== 'MemberExpression') return null;
  const name = memberName(callee);
  const place: Place = { file, node: method };
  for (const bound of call.operation.operation.chained ?? []) {
    if (bound.method === name && setsBound(file, method, bound)) return { is: 'bounded', by: `\`.${name}()\``, place };
  }
  if (name === 'pipe' && call.operation.operation.lazy === 'subscribe' && method.arguments.some((argument) => isTimeoutOperator(file, argument))) {
    return { is: 'bounded', by: 'the `timeout` operator', place };
  }
  const event = method.arguments[0];
  if ((name === 'on' || name === 'once') && event?.type === 'Literal' && call.operation.operation.ends?.includes(String(event.value)) === true) {
    const handler = method.arguments[1];
    if (handler !== undefined && handlerEnds(file, handler)) return { is: 'bounded', by: `its '${String(event.value)}' handler`, place };
  }
  return null;
}

function setsBound(file: SourceFile, method: TSESTree.CallExpression, bound: ChainedBound): boolean {
  const argument = method.arguments[0];
  if (argument === undefined || argument.type === 'SpreadElement') return argument !== undefined;
  if (bound.endsBy !== undefined) {
    const handler = method.arguments[1];
    return handler !== undefined && handlerEnds(file, handler);
  }
  if (bound.covers === 'connect' || bound.covers === 'queue') return false;
  const value = evaluate(file, argument);
  if (bound.path === '') return value.kind !== 'object' && !(value.kind === 'literal' && (value.value === 0 || value.value == null));
  return readOption(value, bound.path).is !== 'absent';
}

/** Does this handler end the request: `req.destroy()`, or any function we cannot read? */
function handlerEnds(file: SourceFile, handler: Node): boolean {
  const node = unwrap(handler);
  const value = isFunction(node) ? { kind: 'function' as const, file, node } : evaluate(file, node);
  if (value.kind !== 'function') return true;
  const text = value.file.text.slice(value.node.range[0], value.node.range[1]);
  return /\.(?:destroy|abort)\s*\(|\breject\s*\(|\bthrow\b/.test(text);
}

/** A function between here and the next timer call. */
function standsInTimer(node: Node): boolean {
  for (let current: Node | undefined = node; current != null; current = current.parent) {
    const parent: Node | undefined = current.parent;
    if (parent?.type === 'CallExpression' && parent.arguments[0] === current) {
      const callee = unwrap(parent.callee);
      if (callee.type === 'Identifier' && callee.name === 'setTimeout') return true;
    }
  }
  return false;
}

/** `timeout(ms)` of rxjs, which ends the Observable with an error. */
function isTimeoutOperator(file: SourceFile, argument: Node): boolean {
  const node = unwrap(argument);
  if (node.type !== 'CallExpression') return node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression' && node.type === 'SpreadElement';
  const callee = evaluate(file, node.callee);
  if (callee.kind === 'policy-export') return callee.model.exports[callee.path]?.does === 'bounds-stream';
  return false;
}
