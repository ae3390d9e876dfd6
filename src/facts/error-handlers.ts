import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, isFunction, memberName, outermost, rootOf, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { NOOP_NAMES, SCHEMA_NAMES, SCHEMA_PACKAGES } from '../models/error-names.js';

type Node = TSESTree.Node;

/**
 * How an error arrives.
 * - `catch`: the clause of a `try`
 * - `promise`: `.catch(f)`, `.then(_, f)`
 * - `callback`: `if (err)` in a function that gets the error first
 * - `event`: a listener of `'error'`
 */
export type Channel = 'catch' | 'promise' | 'callback' | 'event';

/** What becomes of the value of a promise with its handler: `unused` (also behind `await`), `returned` to a caller, or `used` here. */
export type ResultUse = 'unused' | 'returned' | 'used';

/** A place where a program receives an error. */
export interface ErrorHandler {
  readonly file: SourceFile;
  readonly channel: Channel;
  /** What to point at: the catch clause, the function handed over, the `if` statement. */
  readonly node: Node;
  /** What runs; `null` where it is a function that is not written here (`.catch(noop)`, `.on('error', handler)`). */
  readonly body: TSESTree.BlockStatement | TSESTree.Statement | TSESTree.Expression | null;
  /** The function that is handed over by name, where it is one of the project. */
  readonly named: { readonly file: SourceFile; readonly node: FunctionNode } | null;
  /** Handed over by a name that says it does nothing. */
  readonly noop: boolean;
  /** The name of the error; `null` where it has none, or is taken apart. */
  readonly error: TSESTree.Identifier | null;
  /** What may fail: the block of the try, the promise, the call with the callback, the emitter. */
  readonly guarded: Node;
  readonly statement: TSESTree.TryStatement | null;
  readonly result: ResultUse;
}

const MEMO = Symbol('error-handlers');
const MAY_HANDLE = /\bcatch\b|\.then\s*\(|\bif\s*\(\s*_?e(?:rr(?:or)?)?\s*[)!]|['"]error['"]/;

/** Can a file hold an error handler? Told by its text alone. */
export function mayHandleErrors(text: string): boolean {
  return MAY_HANDLE.test(text);
}

/** Every error handler of a file, in source order. */
export function errorHandlers(file: SourceFile): readonly ErrorHandler[] {
  return file.memo(MEMO, () => {
    if (!mayHandleErrors(file.text)) return [];
    const found = [...clauses(file), ...callHandlers(file), ...callbackTests(file)];
    return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
  });
}

function clauses(file: SourceFile): ErrorHandler[] {
  return file.index.tries.flatMap((statement): ErrorHandler[] => {
    const clause = statement.handler;
    if (clause == null) return [];
    return [{ file, channel: 'catch', node: clause, body: clause.body, named: null, noop: false, error: nameOf(clause.param), guarded: statement.block, statement, result: 'unused' }];
  });
}

function nameOf(param: Node | null | undefined): TSESTree.Identifier | null {
  return param?.type === 'Identifier' ? param : null;
}

function callHandlers(file: SourceFile): ErrorHandler[] {
  const found: ErrorHandler[] = [];
  for (const call of file.index.calls) {
    if (call.type !== 'CallExpression') continue;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') continue;
    const name = memberName(callee);
    const handler = name === 'catch' ? call.arguments[0] : name === 'then' ? call.arguments[1] : isErrorEvent(name, call) ? call.arguments[1] : undefined;
    if (handler === undefined || handler.type === 'SpreadElement') continue;
    if (name === 'catch' && isSchema(file, callee.object)) continue;
    const channel = name === 'catch' || name === 'then' ? 'promise' : 'event';
    found.push({ file, channel, ...handed(file, handler), guarded: callee.object, statement: null, result: channel === 'promise' ? useOf(call) : 'unused' });
  }
  return found;
}

function isErrorEvent(name: string | null, call: TSESTree.CallExpression): boolean {
  if (name !== 'on' && name !== 'once' && name !== 'addListener' && name !== 'prependListener') return false;
  const event = call.arguments[0];
  return event?.type === 'Literal' && event.value === 'error';
}

/** `z.string().catch('')` gives a default to a schema. */
function isSchema(file: SourceFile, receiver: Node): boolean {
  const root = rootOf(receiver);
  if (root.type !== 'Identifier') return false;
  if (SCHEMA_NAMES.has(root.name)) return true;
  const value = evaluate(file, root);
  return value.kind === 'export' && SCHEMA_PACKAGES.has(value.package);
}

type Handed = Pick<ErrorHandler, 'node' | 'body' | 'named' | 'noop' | 'error'>;

function handed(file: SourceFile, handler: TSESTree.Expression): Handed {
  const inner = unwrap(handler);
  if (isFunction(inner)) return { node: inner, body: inner.body ?? null, named: null, noop: false, error: nameOf(inner.params[0]) };
  const value = inner.type === 'Identifier' || inner.type === 'MemberExpression' ? evaluate(file, inner) : null;
  const named = value?.kind === 'function' ? { file: value.file, node: value.node } : null;
  const last = describe(inner).split('.').at(-1)!;
  const empty = named?.node.body?.type === 'BlockStatement' && named.node.body.body.length === 0;
  return { node: inner, body: null, named, noop: empty || (named === null && NOOP_NAMES.test(last)), error: null };
}

function useOf(call: TSESTree.CallExpression): ResultUse {
  let holder = outermost(call);
  if (holder.parent?.type === 'AwaitExpression') holder = outermost(holder.parent);
  const parent = holder.parent;
  switch (parent?.type) {
    case 'ExpressionStatement':
      return 'unused';
    case 'UnaryExpression':
      return parent.operator === 'void' ? 'unused' : 'used';
    case 'ReturnStatement':
      return 'returned';
    case 'ArrowFunctionExpression':
      return parent.body === holder ? 'returned' : 'used';
    case 'MemberExpression': {
      // `.finally(…)` hands the value on.
      const chained = parent.parent;
      return memberName(parent) === 'finally' && chained?.type === 'CallExpression' && chained.callee === parent ? useOf(chained) : 'used';
    }
    default:
      return 'used';
  }
}

const ERROR_NAMES = /^_?e(?:rr(?:or)?)?$/;

/** `read(path, (err, data) => { if (err) { … } })` */
function callbackTests(file: SourceFile): ErrorHandler[] {
  const found: ErrorHandler[] = [];
  for (const fn of file.index.functions) {
    const [error] = fn.params;
    if (error?.type !== 'Identifier' || !ERROR_NAMES.test(error.name) || fn.body?.type !== 'BlockStatement') continue;
    const call = outermost(fn).parent;
    if (call?.type !== 'CallExpression' || !call.arguments.some((argument) => unwrap(argument) === fn)) continue;
    const callee = unwrap(call.callee);
    // The function of `.catch(err => …)` or of an event has its own channel.
    if (callee.type === 'MemberExpression' && /^(?:catch|then|on|once|map|forEach)$/.test(memberName(callee) ?? '')) continue;
    for (const statement of fn.body.body) {
      if (statement.type !== 'IfStatement' || !testsError(statement.test, error.name)) continue;
      found.push({ file, channel: 'callback', node: statement, body: statement.consequent, named: null, noop: false, error, guarded: call, statement: null, result: 'unused' });
    }
  }
  return found;
}

function testsError(test: Node, name: string): boolean {
  const inner = unwrap(test);
  if (inner.type === 'Identifier') return inner.name === name;
  return inner.type === 'BinaryExpression' && /^!==?$/.test(inner.operator) && unwrap(inner.left).type === 'Identifier' && describe(inner.left) === name && inner.right.type === 'Literal' && inner.right.value === null;
}
