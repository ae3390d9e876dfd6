import type { TSESTree } from '@typescript-eslint/types';
import { chainedOn } from '../analysis/awaited.js';
import { controlFlow, type ControlFlow } from '../analysis/control-flow.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { completionOf } from '../analysis/summarize-throws.js';
import { enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { cacheAccesses, failureOf, sameEntry, storedAs, type CacheAccess } from './cache-access.js';
import { staysInProcess } from './cache-stores.js';
import { asksForState } from './client-state.js';
import { constantForm } from './constant-form.js';
import { errorDefaultOf, type ErrorDefault } from './error-defaults.js';
import { hitTestsOf, passesBy, runsIn, waysOf, type HitTest, type Ways } from './hit-tests.js';
import { followRead, inlineFunction, type ReadValue } from './read-values.js';
import { callsIn } from './io-calls.js';
import { storedValueOf } from './stored-values.js';

type Node = TSESTree.Node;

/**
 * A cache that is written to because something failed.
 * - `failed-read`: the read failed, was taken for a miss, and the same entry is written at once
 * - `hidden-failure`: the same, where a project function hides the failure from its caller
 * - `error-default`: what is stored stands in for a result that could not be had
 * - `promise`: a promise is stored before it is known whether it holds, and nothing removes it if it does not
 */
export type FillKind = 'failed-read' | 'hidden-failure' | 'error-default' | 'promise';

/** One such write. */
export interface ErrorFill {
  readonly kind: FillKind;
  readonly write: CacheAccess;
  /** The read whose failure leads to the write; `null` where the value is at fault. */
  readonly read: CacheAccess | null;
  /** How the failure of the read is caught. */
  readonly handler: { readonly by: 'catch-clause'; readonly clause: TSESTree.CatchClause; readonly statement: TSESTree.TryStatement } | { readonly by: 'catch-call'; readonly call: TSESTree.CallExpression } | null;
  /** The write stands in the handler itself. */
  readonly inHandler: boolean;
  readonly stands: ErrorDefault | null;
}

const MEMO = Symbol('error-fills');

/** The writes of a file that fill a cache because of an error, each once. */
export function errorFills(file: SourceFile): readonly ErrorFill[] {
  return file.memo(MEMO, () => {
    const accesses = cacheAccesses(file);
    const found = new Map<Node, ErrorFill>();
    for (const write of accesses) {
      if (write.role === 'wrap') {
        const stands = write.loader === null ? null : defaultOfLoader(file, write.loader);
        // What is undefined is loaded again.
        if (stands !== null && stands.text !== 'undefined') found.set(write.node, { kind: 'error-default', write, read: null, handler: null, inHandler: false, stands });
      }
      // What a function stores of its own is its own file's matter.
      if (write.role !== 'write' || write.value === null || write.value.file !== file || !contains(write.node, write.value.node)) continue;
      const fill = byValue(write, accesses);
      if (fill === null || found.has(write.node)) continue;
      // A helper that hides its failures is one cause, however many writes store what it gives.
      const cause = fill.stands?.place.node;
      if (cause !== undefined && [...found.values()].some((other) => other.stands?.place.node === cause)) continue;
      found.set(write.node, fill);
    }
    for (const read of accesses) {
      if (read.role !== 'read' || staysInProcess(read.operation)) continue;
      const fill = byFailedRead(read, accesses);
      if (fill === null || found.has(fill.write.node)) continue;
      // So is a function that gives failed reads back as misses, whoever calls it.
      if (fill.kind === 'hidden-failure' && [...found.values()].some((other) => other.kind === fill.kind && other.read?.inner?.node === read.inner?.node)) continue;
      found.set(fill.write.node, fill);
    }
    return [...found.values()].sort((a, b) => a.write.node.range[0] - b.write.node.range[0]);
  });
}

function byValue(write: CacheAccess, accesses: readonly CacheAccess[]): ErrorFill | null {
  const { file, node } = write.value!;
  const { expression, stringified } = storedAs(file, node);
  const stands = storedValueOf(file, expression).errorDefault;
  if (stands !== null && isServed(stands, write, stringified, accesses)) return { kind: 'error-default', write, read: null, handler: null, inHandler: false, stands };
  // Promises in a Map are common, and mostly removed where we do not look.
  if (!stringified && write.holds === 'reference' && write.operation.instance !== null && keepsPromise(file, node, write, accesses)) {
    return { kind: 'promise', write, read: null, handler: null, inHandler: false, stands: null };
  }
  return null;
}

/** Would a reader take the stored default for a hit? A falsy one is a miss to a truthiness test, and is loaded again. */
function isServed(stands: ErrorDefault, write: CacheAccess, stringified: boolean, accesses: readonly CacheAccess[]): boolean {
  if (stands.text === 'undefined') return false;
  if (!/^(?:null|false|0|''|""|``)$/.test(stands.text)) return true;
  if (stringified && write.operation.operation.cache?.holds === 'text') return true;
  return accesses.some((read) => {
    if (read.role !== 'read' || !sameEntry(read, write)) return false;
    const { tests } = hitTestsOf(read, followRead(read.file, read.node, read.missing?.nullish ?? 0));
    return tests.length > 0 && tests.every((test) => test.form === 'undefined' || (test.form !== 'truthy' && stands.text !== 'null'));
  });
}

/** Of `wrap`: the default that its loader gives where it fails. */
function defaultOfLoader(file: SourceFile, loader: Node): ErrorDefault | null {
  const inner = unwrap(loader);
  const fn = isFunction(inner) ? inner : null;
  if (fn?.body == null || fn.body.type === 'BlockStatement') return null;
  return errorDefaultOf(file, fn.body);
}

/** A promise that is not waited for, in a cache that hands out the very thing, with no removal on failure. */
function keepsPromise(file: SourceFile, stored: Node, write: CacheAccess, accesses: readonly CacheAccess[]): boolean {
  const promise = promiseOf(file, unwrap(stored));
  if (promise === null) return false;
  // Somebody removes entries of this cache: when a promise fails, for all we know.
  return !accesses.some((access) => access.role === 'delete' && access.operation.model === write.operation.model);
}

/** The call of an async function that an expression is the promise of; `null` where it is none, or its failure is dealt with. */
function promiseOf(file: SourceFile, node: Node): TSESTree.CallExpression | null {
  if (node.type === 'Identifier') {
    const { writes, complete } = reachingWrites(file, node);
    const value = complete && writes.length === 1 && writes[0]!.path.length === 0 ? writes[0]!.value : null;
    return value === null || unwrap(value).type === 'Identifier' ? null : promiseOf(file, unwrap(value));
  }
  if (node.type !== 'CallExpression' || chainedOn(node) !== null) return null;
  const callees = presentAlternatives(evaluate(file, node.callee));
  const [callee] = callees;
  if (callees.length !== 1 || callee?.kind !== 'function' || !callee.node.async) return null;
  if (!waitsForAnything(callee.file, callee.node)) return null;
  return completionOf(callee.file, callee.node).throws === 'never' ? null : node;
}

/** Without `await`, a promise handed on or I/O, it computes: what fails once for its arguments fails again. */
function waitsForAnything(file: SourceFile, fn: FunctionNode): boolean {
  const text = file.text.slice(fn.range[0], fn.range[1]);
  if (/\bawait\b|\bPromise\b|\bthen\b/.test(text)) return true;
  const { io, project } = callsIn(file, fn);
  if (io.length > 0) return true;
  return project.some(({ callee }) => callee.node.async || callsIn(callee.file, callee.node).io.length > 0) || returnsUnknownCall(file, fn);
}

/** `return load(key)`: what is not known may be a promise. What goes into another call is waited for by nobody. */
function returnsUnknownCall(file: SourceFile, fn: FunctionNode): boolean {
  const results = fn.body?.type === 'BlockStatement' ? completionOf(file, fn).at.map(({ argument }) => argument) : [fn.body];
  return results.some((result) => {
    const inner = result == null ? null : unwrap(result);
    return inner?.type === 'CallExpression' && presentAlternatives(evaluate(file, inner.callee)).some((value) => value.kind !== 'builtin');
  });
}

function byFailedRead(read: CacheAccess, accesses: readonly CacheAccess[]): ErrorFill | null {
  const value = followRead(read.file, read.node, read.missing?.nullish ?? 0);
  const flow = controlFlow(read.file, enclosingFunction(read.node));
  if (flow.approximate) return null;
  return caughtByCall(read, value, flow, accesses) ?? caughtByClause(read, value, flow, accesses) ?? hidden(read, value, accesses);
}

/** `get(key).catch(() => null)`, and the way of a miss writes. */
function caughtByCall(read: CacheAccess, value: ReadValue, flow: ControlFlow, accesses: readonly CacheAccess[]): ErrorFill | null {
  const [call] = value.caught;
  const handler = inlineFunction(call?.arguments[0]);
  if (call === undefined || handler === null || !completionOf(read.file, handler).returns) return null;
  const write = writtenOnMiss(read, value, flow, accesses);
  return write === null || tellsApart(read.file, flow, handler.body ?? handler, value) ? null : { kind: 'failed-read', write, read, handler: { by: 'catch-call', call }, inHandler: false, stands: null };
}

/** A `catch` from which control comes to a write of the same entry. */
function caughtByClause(read: CacheAccess, value: ReadValue, flow: ControlFlow, accesses: readonly CacheAccess[]): ErrorFill | null {
  const { file, node } = read;
  const statement = file.index.tries.findLast((one) => one.handler != null && contains(one.block, node) && enclosingFunction(one) === enclosingFunction(node));
  const clause = statement?.handler ?? null;
  if (statement === undefined || clause === null || value.caught.length > 0) return null;
  const after = failureOf(file, flow.fn, node);
  const write = accesses.find((access) => isFill(read, access) && runsIn(flow, access.node, after) && !contains(statement.block, access.node));
  if (write === undefined || tellsApart(file, flow, clause.body, value)) return null;
  return { kind: 'failed-read', write, read, handler: { by: 'catch-clause', clause, statement }, inHandler: contains(clause, write.node), stands: null };
}

/** A project function gives a failure back as a miss; its caller writes on a miss. */
function hidden(read: CacheAccess, value: ReadValue, accesses: readonly CacheAccess[]): ErrorFill | null {
  if (!read.hidesFailure) return null;
  const flow = controlFlow(read.file, enclosingFunction(read.node));
  const write = writtenOnMiss(read, value, flow, accesses);
  return write === null ? null : { kind: 'hidden-failure', write, read, handler: null, inHandler: false, stands: null };
}

function writtenOnMiss(read: CacheAccess, value: ReadValue, flow: ControlFlow, accesses: readonly CacheAccess[]): CacheAccess | null {
  for (const test of hitTestsOf(read, value).tests) {
    const ways = waysOf(flow, test, read.node);
    const write = accesses.find((access) => isFill(read, access) && runsIn(flow, access.node, ways.afterMiss) && hangsOn(flow, test, ways, access));
    if (write !== undefined) return write;
  }
  return null;
}

/** Does a write behind a miss hang on the miss: is there a hit that leaves the entry alone, or that stores something else? */
function hangsOn(flow: ControlFlow, test: HitTest, ways: Ways, write: CacheAccess): boolean {
  if (!runsIn(flow, write.node, ways.afterHit)) return true;
  if (passesBy(flow, test, ways, write.node)) return true;
  const stored = write.value?.file === write.file ? storedAs(write.file, write.value.node).expression : null;
  const variable = stored?.type === 'Identifier' ? write.file.bindings.variableOf(stored) : null;
  if (variable === null || variable === 'global') return false;
  return variable.references.some((reference) => {
    if (!reference.isWrite() || reference.init === true) return false;
    const changed = reference.identifier as Node;
    return runsIn(flow, changed, ways.afterHit) !== runsIn(flow, changed, ways.afterMiss);
  });
}

function isFill(read: CacheAccess, access: CacheAccess): boolean {
  if (access.role !== 'write' || access.file !== read.file || access.node === read.node || !sameEntry(read, access)) return false;
  return !isMark(access) && !sparesDeadClient(access);
}

/** A constant is no value that was loaded: it marks that something was seen, and wants to be written whatever the read said. */
function isMark({ value }: CacheAccess): boolean {
  if (value === null) return false;
  const { expression } = storedAs(value.file, value.node);
  return constantForm(value.file, expression) !== null && !(expression.type === 'Identifier');
}

/** The write is only sent while its client is connected. */
function sparesDeadClient(access: CacheAccess): boolean {
  for (let one: CacheAccess | null = access; one !== null; one = one.inner) if (one.node.type !== 'TaggedTemplateExpression' && asksForState(one.file, one.node)) return true;
  return false;
}

/** The handler sets something by which the code after it tells a failure from a miss. */
function tellsApart(file: SourceFile, flow: ControlFlow, handler: Node, value: ReadValue): boolean {
  const own = new Set(value.places.map((place) => place.node));
  const marks = file.index.assignments.filter((one) => contains(handler, one) && one.type === 'AssignmentExpression' && unwrap(one.left).type === 'Identifier');
  return marks.some((one) => {
    const variable = file.bindings.variableOf(unwrap((one as TSESTree.AssignmentExpression).left));
    if (variable === null || variable === 'global') return false;
    const references = variable.references.map((reference) => reference.identifier as Node);
    if (references.some((reference) => own.has(reference))) return false;
    return flow.blocks.some((block) => block.successors.some(({ test }) => test !== null && references.some((reference) => contains(test, reference))));
  });
}

function contains(outer: Node, inner: Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
