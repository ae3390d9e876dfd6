import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { Place, Reason } from '../analysis/value.js';
import { ENDED_BY_ANOTHER, OPERATOR_PACKAGES } from '../models/builtins.js';
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
  if (ends === undefined && chained?.every(({ before }) => before === true) === true) return firstBound(file, call, stepsBefore(call.node));
  const handle = handleOf(file, call.node);
  let unclear: Chained = null;
  for (const method of [...stepsBefore(call.node), ...methodCalls(call.node, handle)]) {
    const found = boundByMethod(file, call, method);
    if (found?.is === 'bounded') return found;
    unclear ??= found;
  }
  if (unclear !== null) return unclear;
  if (ends === undefined) return handle.escapes ? { is: 'unknown', reason: { code: 'wrapper', detail: 'the request object is handed on' } } : null;
  // A timer of one's own that destroys the request.
  for (const use of handle.uses) {
    const member = use.parent;
    if (member?.type !== 'MemberExpression' || !ENDS_REQUEST.test(memberName(member) ?? '')) continue;
    if (standsInTimer(member)) return { is: 'bounded', by: 'a timer that destroys the request', place: { file, node: member } };
  }
  return handle.escapes ? { is: 'unknown', reason: { code: 'wrapper', detail: 'the request object is handed on' } } : null;
}

function firstBound(file: SourceFile, call: IoCall, steps: readonly TSESTree.CallExpression[]): Chained {
  for (const step of steps) {
    const found = boundByMethod(file, call, step);
    if (found !== null) return found;
  }
  return null;
}

const ENDS_REQUEST = /^(?:destroy|abort|end)$/;

/** What these methods give is no request and no Observable any more. */
const USES_UP: ReadonlySet<string> = new Set(['toPromise', 'subscribe', 'then', 'catch', 'finally']);

interface Handle {
  readonly uses: readonly Node[];
  readonly escapes: boolean;
}

/** Where the object that the call gives is named, and whether it leaves our sight. */
function handleOf(file: SourceFile, node: Node): Handle {
  const end = chainEnd(file, node);
  const parent = end?.parent;
  if (parent?.type === 'AssignmentExpression' && parent.right === end && parent.left.type === 'Identifier') return named(file, parent.left);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return named(file, parent.id);
  return { uses: [], escapes: end !== null && !staysHere(end) };
}

/** The end of a chain on the object, which gives the object again; `null` where it is used up on the way. */
function chainEnd(file: SourceFile, node: Node): Node | null {
  let holder = outermost(node);
  while (holder.parent?.type === 'MemberExpression' && holder.parent.object === holder) {
    const call = outermost(holder.parent).parent;
    if (call?.type !== 'CallExpression') break;
    if (USES_UP.has(memberName(holder.parent) ?? '')) return null;
    holder = outermost(call);
  }
  return isUsedUp(file, holder) ? null : holder;
}

function staysHere(end: Node): boolean {
  const { parent } = end;
  // What an executor returns is thrown away.
  if (isFunction(parent) && parent.body === end) return parent.parent?.type === 'NewExpression' && unwrap(parent.parent.callee).type === 'Identifier' && (unwrap(parent.parent.callee) as TSESTree.Identifier).name === 'Promise';
  return parent?.type === 'ExpressionStatement' || parent?.type === 'AwaitExpression' || parent?.type === 'MemberExpression' || isCondition(parent);
}

function named(file: SourceFile, identifier: TSESTree.Identifier): Handle {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global') return { uses: [], escapes: true };
  const uses = variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
  const escapes = uses.some((use) => {
    const end = chainEnd(file, use);
    return end !== null && !staysHere(end);
  });
  return { uses, escapes };
}

function isCondition(node: Node | undefined): boolean {
  return node?.type === 'IfStatement' || node?.type === 'UnaryExpression' || node?.type === 'LogicalExpression' || node?.type === 'BinaryExpression';
}

/** The call itself and the steps that led to it: a query builder is one operation at its last step. */
function stepsBefore(node: Node): TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = [];
  let current = unwrap(node);
  while (current.type === 'CallExpression') {
    found.push(current);
    const callee = unwrap(current.callee);
    if (callee.type !== 'MemberExpression') break;
    current = unwrap(callee.object);
  }
  return found;
}

/** Method calls in the chain after the call, and on the variable that holds its result. */
function methodCalls(node: Node, handle: Handle): TSESTree.CallExpression[] {
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
  if (name === 'pipe' && call.operation.operation.lazy === 'subscribe') {
    const does = method.arguments.map((argument) => operatorDoes(file, argument));
    if (does.includes('bounds')) return { is: 'bounded', by: 'the `timeout` operator', place };
    if (does.includes('unknown')) return { is: 'unknown', reason: { code: 'wrapper', detail: 'an operator that is not followed' } };
  }
  const event = method.arguments[0];
  if ((name === 'on' || name === 'once') && event?.type === 'Literal' && call.operation.operation.ends?.includes(String(event.value)) === true) {
    const handler = method.arguments[1];
    if (handler !== undefined && handlerEnds(file, handler)) return { is: 'bounded', by: `its '${String(event.value)}' handler`, place };
  }
  return null;
}

function setsBound(file: SourceFile, method: TSESTree.CallExpression, bound: ChainedBound): boolean {
  const at = bound.argument ?? 0;
  if (method.arguments.slice(0, at).some((each) => each.type === 'SpreadElement')) return true;
  const argument = method.arguments[at];
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

/** Also a helper that is named for it, `fail(new Error('late'))`: what it does is not followed. */
const ENDS_WAIT = /\.(?:destroy|abort)\s*\(|\breject\s*\(|\bthrow\b|\.emit\(\s*['"]error['"]|\b(?:fail|abort|cancel|done|finish|cb|callback|cleanup|on(?:Error|Timeout|Fail\w*)|handle(?:Error|Timeout))\s*\(/;

/** Does this handler end the request: `req.destroy()`, or any function we cannot read? */
function handlerEnds(file: SourceFile, handler: Node): boolean {
  const node = unwrap(handler);
  const value = isFunction(node) ? { kind: 'function' as const, file, node } : evaluate(file, node);
  if (value.kind !== 'function') return true;
  const text = value.file.text.slice(value.node.range[0], value.node.range[1]);
  return ENDS_WAIT.test(text);
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

/** What an operator in `.pipe(…)` does: ends the Observable in time, or not, or nobody knows. */
function operatorDoes(file: SourceFile, argument: Node): 'bounds' | 'nothing' | 'unknown' {
  const node = unwrap(argument);
  if (node.type === 'Identifier') {
    const made = initialiser(file, node);
    return made === null ? 'unknown' : operatorDoes(file, made);
  }
  if (node.type !== 'CallExpression') return 'unknown';
  const callee = evaluate(file, node.callee);
  if (callee.kind === 'policy-export') {
    const does = callee.model.exports[callee.path]?.does;
    return does === 'bounds-stream' ? 'bounds' : does === 'passes' ? 'nothing' : 'unknown';
  }
  return callee.kind === 'export' && OPERATOR_PACKAGES.has(callee.package) && !ENDED_BY_ANOTHER.has(callee.path.at(-1) ?? '') ? 'nothing' : 'unknown';
}

function initialiser(file: SourceFile, identifier: TSESTree.Identifier): Node | null {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global') return null;
  const definition = variable.defs[0]?.node as Node | undefined;
  return definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' && definition.parent.kind === 'const' ? definition.init : null;
}

/** `firstValueFrom(source)`: the Observable is used up here, nobody can add an operator to it. */
function isUsedUp(file: SourceFile, holder: Node): boolean {
  const call = holder.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== holder) return false;
  const callee = evaluate(file, call.callee);
  return callee.kind === 'export' && callee.package === 'rxjs' && /^(?:first|last)ValueFrom$/.test(callee.path.at(-1) ?? '');
}
