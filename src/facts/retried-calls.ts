import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { dependsOn, substitute } from '../analysis/substitute.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import { isInside } from '../analysis/summarize-body.js';
import { retriesIn, type Retry } from '../analysis/summarize-retries.js';
import { describe, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import { UNDEFINED, alternatives, join, type FunctionNode, type Value } from '../analysis/value.js';
import { callsIn, callsOf, type IoCall, type ProjectCall } from './io-calls.js';
import { libraryRetries, type LibraryRetry } from './library-retries.js';
import type { Decider } from './retried-errors.js';
import { mayRetry, retryRegions, type RetryRegion } from './retries.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What tries a call again. */
export interface RetriedBy {
  /** `region`: a loop or a call of itself; `helper`: a function of the project; `library`: a library's. */
  readonly is: 'region' | 'helper' | 'library';
  /** Where it stands: the loop, the call of the helper or of the library; in `file`. */
  readonly file: SourceFile;
  readonly node: Node;
  /** The same, or the loop inside of the function that is called. */
  readonly root: Node;
  /** `withRetry`, `pRetry`; `null` for a loop. */
  readonly name: string | null;
  readonly attempts: Attempts;
  readonly region: RetryRegion | null;
  readonly library: LibraryRetry | null;
  /** What decides after which failures it goes on. */
  readonly deciders: readonly Decider[];
}

/** An I/O call that is made again when it failed. */
export interface RetriedCall {
  readonly io: IoCall;
  /** What stands for it in the file that is asked: the call itself, or the one that leads to it. */
  readonly node: Node;
  /** What runs again with each attempt; what is made in it is new each time. */
  readonly attempt: Node;
  /** The function through which it is reached, where it is not called here. */
  readonly through: string | null;
  readonly by: RetriedBy;
  /** What its caller hands in decides: `io.through.inner` is the same call as the function itself sees it. */
  readonly byCaller?: true;
}

const MEMO = Symbol('retried calls');
const LATENT = Symbol('retried calls of functions');
const MAX_DEPTH = 3;

/** The I/O calls of a file that something tries again: its loops, helpers of the project, libraries. In source order. */
export function retriedCalls(file: SourceFile): readonly RetriedCall[] {
  return file.memo(MEMO, () => {
    const found = [...ofRegions(file), ...ofLibraries(file), ...helperCalls(file).flatMap(ofHelper), ...callsOf(file).project.flatMap(ofWrapper)];
    return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
  });
}

/** What a call leads to: its own operation, what its arguments do, what the functions of the project that it calls do. */
function behind(file: SourceFile, around: Node, depth = 0): readonly { io: IoCall; node: Node; home: Node; through: string | null }[] {
  const { io, project } = callsIn(file, around);
  const found: { io: IoCall; node: Node; home: Node; through: string | null }[] = io.filter((call) => !call.uncertain && !isInTransaction(call.node, around)).map((call) => ({ io: call, node: call.node, home: around, through: null }));
  if (depth >= MAX_DEPTH) return found;
  for (const { node, callee } of project) {
    if (callee.node === around || isInTransaction(node, around) || isInside(around, callee.node)) continue;
    for (const inner of behind(callee.file, callee.node, depth + 1)) {
      found.push({ io: handedOn(inner.io, callee.node, node, file), node, home: callee.node, through: describe(node.callee) });
    }
  }
  return found;
}

/** A call inside a function, with what it takes from its parameters put in. It still stands where it stands. */
function handedOn(io: IoCall, owner: FunctionNode, call: TSESTree.CallExpression, from: SourceFile): IoCall {
  const { instance } = io.operation;
  const options = io.options === null ? null : withGivenMethod(io.options, substitute(io.options, owner, call.arguments, from));
  const client = instance === null ? null : substitute(instance, owner, call.arguments, from);
  return { ...io, options, operation: { ...io.operation, instance: client?.kind === 'instance' ? client : instance }, through: { callee: owner, name: describe(call.callee), inner: io, byClient: false } };
}

/** `method = 'GET'` of a wrapper: where its caller gives another, the default does not hold. */
function withGivenMethod(before: Value, after: Value): Value {
  const entry = after.kind === 'object' ? after.entries.get('method') : undefined;
  if (after.kind !== 'object' || entry === undefined) return after;
  const was = readOption(before, 'method');
  const members = was.is === 'set' ? alternatives(was.value) : before.kind === 'object' ? alternatives(before.entries.get('method')?.value() ?? UNDEFINED) : [];
  const fallback = members.find((member) => member.kind === 'literal' && member.value !== undefined);
  const now = alternatives(entry.value());
  if (fallback === undefined || !members.some(({ kind }) => kind === 'parameter') || now.length < 2 || !now.every(({ kind }) => kind === 'literal')) return after;
  const given = now.filter((member) => member.kind === 'literal' && fallback.kind === 'literal' && member.value !== fallback.value && member.value !== undefined);
  return given.length === 0 ? after : { ...after, entries: new Map(after.entries).set('method', { place: entry.place, value: () => join(given) }) };
}

/** What fails in a transaction is taken back, so that it is not done twice. */
function isInTransaction(node: Node, around: Node): boolean {
  for (let current = node.parent; current != null && current !== around.parent; current = current.parent) {
    if (current.type === 'CallExpression' && /transaction|\btrx?\b|atomic/i.test(describe(current.callee))) return true;
  }
  return false;
}

function ofRegions(file: SourceFile): RetriedCall[] {
  return retryRegions(file).flatMap((region) => {
    if (region.retry.runs !== null) return [];
    const by: RetriedBy = { is: 'region', file, node: region.node, root: region.node, name: null, attempts: region.attempts, region, library: null, deciders: decidersOf(file, region.fn, region.retry) };
    return tried(file, region.fn, region.retry).map(({ io, node, home, through }) => ({ io, node, attempt: through === null ? attemptOf(region.fn, region.retry) : home, through, by }));
  });
}

/** What a region tries. Of a function that calls itself: all that it does. */
function tried(file: SourceFile, fn: FunctionNode, retry: Retry): ReturnType<typeof behind> {
  const places: readonly Node[] = retry.calls.length > 0 ? retry.calls : [retry.attempt?.block ?? fn];
  return places.flatMap((place) => behind(file, place)).filter(({ node }) => node !== retry.node && (retry.handler == null || !isInside(node, retry.handler)));
}

const attemptOf = (fn: FunctionNode, retry: Retry): Node => (retry.node.type === 'CallExpression' ? fn : retry.node);

function decidersOf(file: SourceFile, fn: FunctionNode, retry: Retry): Decider[] {
  const deciders: Decider[] = [];
  const loop = attemptOf(fn, retry);
  // Replies are judged where the attempt stands, errors in the handler.
  deciders.push({ file, node: isFunction(loop) ? (loop.body ?? loop) : (loop as { body?: Node }).body ?? loop, as: 'handler' });
  if (retry.handler != null && !isInside(retry.handler, loop)) deciders.push({ file, node: retry.handler, as: 'handler' });
  const test = 'test' in loop ? (loop.test as Node | null) : null;
  if (test !== null) deciders.push({ file, node: test, as: 'test' });
  return deciders;
}

/** Words of functions that run what they are handed with care: `withRetry`, `this.execute`. */
const RUNS_WITH_CARE = /retr|attempt|back_?off|resilien|again|robust|execute|^with[A-Z]|^run|^call|^do[A-Z]/i;

/** Calls of project functions that are handed a function: those that may be a helper are few, and lead to no client by themselves. */
function helperCalls(file: SourceFile): readonly ProjectCall[] {
  return file.index.calls.flatMap((node) => {
    if (node.type !== 'CallExpression' || !node.arguments.some((argument) => isFunction(unwrap(argument)) || argument.type === 'Identifier')) return [];
    const callee = unwrap(node.callee);
    const isMember = callee.type === 'MemberExpression';
    if (isMember ? !RUNS_WITH_CARE.test(memberName(callee) ?? '') : callee.type !== 'Identifier') return [];
    return presentAlternatives(evaluate(file, callee)).flatMap((value) => (value.kind === 'function' ? [{ file, node, callee: value }] : []));
  });
}

/** `withRetry(() => api.post(…))`: a function of the project that tries what it is handed again. */
function ofHelper({ file, node, callee }: ProjectCall): RetriedCall[] {
  if (!mayRetry(callee.file.text)) return [];
  const retry = retriesIn(callee.file, callee.node).find(({ runs }) => runs !== null);
  const handed = retry === undefined ? undefined : node.arguments[retry.runs!];
  if (retry === undefined || handed === undefined || handed.type === 'SpreadElement') return [];
  const deciders: Decider[] = [...decidersOf(callee.file, callee.node, retry), { file, node, as: 'options' }, { file, node: handed, as: 'handler' }];
  const by: RetriedBy = { is: 'helper', file, node, root: node, name: describe(node.callee), attempts: retry.attempts, region: null, library: null, deciders };
  return ofFunction(file, handed, by);
}

/** What a function that is handed over does, written there or named. */
function ofFunction(file: SourceFile, handed: Node, by: RetriedBy): RetriedCall[] {
  const inner = unwrap(handed);
  if (isFunction(inner)) return behind(file, inner).map(({ io, node, home, through }) => ({ io, node, attempt: through === null ? inner : home, through, by }));
  return presentAlternatives(evaluate(file, inner)).flatMap((value) =>
    value.kind === 'function' ? behind(value.file, value.node).map(({ io, home, through }) => ({ io, node: inner, attempt: through === null ? value.node : home, through: through ?? describe(inner), by })) : [],
  );
}

function ofLibraries(file: SourceFile): RetriedCall[] {
  const retries = libraryRetries(file);
  return [...retries.flatMap((retry) => ofLibrary(file, retry)), ...ofPolicies(file, retries)];
}

function ofLibrary(file: SourceFile, library: LibraryRetry): RetriedCall[] {
  const { node } = library;
  const by: RetriedBy = { is: 'library', file, node, root: node, name: library.name, attempts: library.attempts, region: null, library, deciders: [{ file, node, as: 'options' }] };
  const subject = subjectOf(file, library);
  if (subject !== null) return ofFunction(file, subject, { ...by, deciders: [...by.deciders, { file, node: subject, as: 'handler' }] });
  // `http.post(…).pipe(retry(3))`: what is piped is subscribed to again, with the arguments it was given once.
  const pipe = node.parent;
  if (pipe?.type !== 'CallExpression' || unwrap(pipe.callee).type !== 'MemberExpression') return [];
  const callee = unwrap(pipe.callee) as TSESTree.MemberExpression;
  if (memberName(callee) !== 'pipe') return [];
  return callsIn(file, callee.object).io.map((io) => ({ io, node: io.node, attempt: node, through: null, by }));
}

/** The argument that holds what is tried. */
function subjectOf(file: SourceFile, { node, model }: LibraryRetry): TSESTree.Expression | null {
  for (const value of presentAlternatives(evaluate(file, unwrap(node.callee)))) {
    const path = value.kind === 'policy-export' ? value.path : value.kind === 'export' ? 'default' : null;
    const made = path === null ? undefined : model.exports[path];
    if (made?.subject === undefined || made.retries !== true) continue;
    for (const at of made.subject.at === 'last' ? [node.arguments.length - 1] : made.subject.at) {
      const argument = node.arguments[at];
      if (argument !== undefined && argument.type !== 'SpreadElement' && presentAlternatives(evaluate(file, argument)).some(({ kind }) => kind === 'function')) return argument;
    }
  }
  return null;
}

/** `policy.execute(() => api.post(…))`, where the policy is, or holds, one that tries again. */
function ofPolicies(file: SourceFile, known: readonly LibraryRetry[]): RetriedCall[] {
  return file.index.calls.flatMap((node) => {
    const callee = unwrap(node.callee);
    if (node.type !== 'CallExpression' || callee.type !== 'MemberExpression' || node.arguments.length === 0) return [];
    const [subject] = node.arguments;
    if (subject === undefined || subject.type === 'SpreadElement' || (!isFunction(unwrap(subject)) && unwrap(subject).type !== 'Identifier')) return [];
    const method = memberName(callee) ?? '';
    if (!/^(?:execute|fire|call|run)$/.test(method)) return [];
    return presentAlternatives(evaluate(file, callee.object)).flatMap((value) => {
      const makes = value.kind === 'policy' ? retryPolicies(value).find((policy) => policy.model.exports[policy.path]?.runs?.methods.includes(method) === true) : undefined;
      if (makes === undefined) return [];
      const { file: home, node: made } = makes.place;
      const library = (home === file ? known : libraryRetries(home)).find((retry) => retry.node === made) ?? null;
      const by: RetriedBy = { is: 'library', file, node, root: node, name: describe(callee), attempts: library?.attempts ?? null, region: null, library, deciders: [{ file: home, node: made, as: 'options' }] };
      return ofFunction(file, subject, by);
    });
  });
}

/** A policy that tries again, or those that one combines. */
function retryPolicies(policy: Extract<Value, { kind: 'policy' }>, depth = 0): readonly Extract<Value, { kind: 'policy' }>[] {
  const made = policy.model.exports[policy.path];
  if (made?.retries === true) return [policy];
  if (made?.does !== 'combines' || depth >= MAX_DEPTH) return [];
  return (policy.place.node as Call).arguments.flatMap((part) =>
    presentAlternatives(evaluate(policy.place.file, part.type === 'SpreadElement' ? part.argument : part)).flatMap((inner) => (inner.kind === 'policy' ? retryPolicies(inner, depth + 1) : [])),
  );
}

/** A retried request of a function whose options its callers hand in: judged at the call that does. */
interface Latent {
  readonly io: IoCall;
  readonly by: RetriedBy;
}

/** `fetchWithRetry(url, { method: 'POST' })`. */
function ofWrapper(call: ProjectCall): RetriedCall[] {
  return latentIn(call.callee.file, call.callee.node, 0).flatMap((latent) => {
    const io = handedOn(latent.io, call.callee.node, call.node, call.file);
    if (io.options === latent.io.options && io.operation.instance === latent.io.operation.instance) return [];
    const name = describe(call.node.callee);
    const by: RetriedBy = { ...latent.by, is: 'helper', file: call.file, node: call.node, name, deciders: [...latent.by.deciders, { file: call.file, node: call.node, as: 'options' }] };
    // Its arguments are worked out once, before the first attempt.
    return [{ io: { ...io, file: call.file, node: call.node }, node: call.node, attempt: call.node.callee, through: name, by, byCaller: true }];
  });
}

function latentIn(file: SourceFile, fn: FunctionNode, depth: number): readonly Latent[] {
  if (depth >= MAX_DEPTH) return [];
  const memo = file.memo(LATENT, () => new WeakMap<FunctionNode, readonly Latent[]>());
  const known = memo.get(fn);
  if (known !== undefined) return known;
  // A function that calls itself sees nothing of itself.
  memo.set(fn, []);
  const found: Latent[] = [];
  if (mayRetry(file.text)) {
    for (const retry of retriesIn(file, fn)) {
      if (retry.runs !== null) continue;
      const by: RetriedBy = { is: 'region', file, node: retry.node, root: retry.node, name: null, attempts: retry.attempts, region: null, library: null, deciders: decidersOf(file, fn, retry) };
      for (const { io } of tried(file, fn, retry)) if (isLeftToCallers(io, fn)) found.push({ io, by });
    }
    for (const retried of [...ofLibraries(file)].filter(({ by }) => isInside(by.node, fn))) if (isLeftToCallers(retried.io, fn)) found.push({ io: retried.io, by: retried.by });
  }
  for (const call of callsIn(file, fn).project) {
    if (found.some(({ by }) => isInside(call.node, by.node))) continue;
    if (mayRetry(call.callee.file.text)) for (const retried of ofHelper(call)) if (isLeftToCallers(retried.io, fn)) found.push({ io: retried.io, by: retried.by });
    for (const inner of latentIn(call.callee.file, call.callee.node, depth + 1)) {
      const io = handedOn(inner.io, call.callee.node, call.node, file);
      if (isLeftToCallers(io, fn)) found.push({ io, by: inner.by });
    }
  }
  memo.set(fn, found);
  return found;
}

function isLeftToCallers({ options, operation }: IoCall, fn: FunctionNode): boolean {
  return (options !== null && dependsOn(options, fn)) || (operation.instance !== null && dependsOn(operation.instance, fn));
}
