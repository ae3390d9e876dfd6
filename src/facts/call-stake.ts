import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isLog, isReport, summarize } from '../analysis/summarize.js';
import { builtinName } from '../analysis/summarize-names.js';
import { describe, outermost, unwrap } from '../analysis/syntax.js';
import { alternatives, type Value } from '../analysis/value.js';
import type { ClientKind } from '../models/types.js';
import { ENDS_PROCESS, MAY_THROW, NEVER_THROWS, PLAIN_METHODS, STAYS_INSIDE, THROWS_ON_BAD_INPUT } from '../models/builtins.js';
import { BEST_EFFORT_WORDS, ENDS_SESSION, FILE_PACKAGES, FILE_PROBES, FILE_WRITES, LOGS_AS_DATA, NEVER_TEARDOWN_WORDS, PARSE_METHODS, PROCESS_MODULES, PURE_NODE_MODULES, QUIET_UNLESS_AWAITED, TEARDOWN_WORDS, VERBS } from '../models/error-names.js';
import { callsAmong, callsIn, type IoCall } from './io-calls.js';
import { joined, wordsIn } from './name-words.js';
import { answersItsErrors } from './settled-calls.js';

type Node = TSESTree.Node;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * What is lost when a call fails and nobody hears of it, the gravest first.
 * - `payment` … `write`: something that others rely on did not happen
 * - `io`: another call that leaves the process
 * - `awaited`: work that is waited for and that we do not know
 * - `call`: something that can throw
 * - `probe`: asks or parses; failing is one of its answers
 * - `harmless`: cannot fail, or nobody waits for its success
 */
export type Stake = 'payment' | 'commit' | 'lock' | 'ack' | 'publish' | 'write' | 'io' | 'awaited' | 'call' | 'probe' | 'harmless';

const ORDER: readonly Stake[] = ['payment', 'commit', 'lock', 'ack', 'publish', 'write', 'io', 'awaited', 'call', 'probe', 'harmless'];

/** Does the first weigh more than the second? */
export function outweighs(one: Stake, other: Stake): boolean {
  return ORDER.indexOf(one) < ORDER.indexOf(other);
}

/** One call with what is at stake. */
export interface StakedCall {
  readonly node: Call | TSESTree.TaggedTemplateExpression | TSESTree.ImportExpression;
  readonly stake: Stake;
  /** What it talks to, by the model of its client; `file` for the file system. `null` where only its name is known. */
  readonly known: ClientKind | 'file' | null;
  /** It is a call of that client itself, not of a function that makes one. */
  readonly direct: boolean;
  /** The verb in its name, where the call itself is not known. */
  readonly verb: Stake | null;
  /** For people: `orders.save`. */
  readonly name: string;
}

const MEMO = Symbol('io by node');

/** What is at stake in a call. */
export function stakeOf(file: SourceFile, call: Call, awaited: boolean): StakedCall {
  const name = describe(call.callee);
  const last = name.split('.').at(-1)!.replace(/\(\)$/, '');
  const of: Make = (stake, known = null, verb = null) => ({ node: call, stake, known, direct: false, verb, name });
  if (isTeardown(last, name) || isStepOfChain(call, last)) return of('harmless');
  const io = ioAt(file, call);
  if (io !== null) return { ...of(stakeOfIo(io), io.operation.model.kind), direct: true };
  if (call.callee.type === 'Super') return of('call');
  if (isLog(file, call.callee) || isReport(file, call.callee) || isBestEffort(name)) return of('harmless');
  if (call.type === 'CallExpression' && answersItsErrors(file, call)) return of('harmless');
  let gravest: StakedCall | null = null;
  for (const value of presentAlternatives(evaluate(file, call.callee))) {
    const one = stakeOfValue(call, value, awaited, last, of);
    if (gravest === null || outweighs(one.stake, gravest.stake)) gravest = one;
  }
  return gravest ?? unresolved(call, awaited, last, of);
}

type Make = (stake: Stake, known?: StakedCall['known'], verb?: Stake | null) => StakedCall;

function stakeOfValue(call: Call, value: Value, awaited: boolean, last: string, of: Make): StakedCall {
  switch (value.kind) {
    case 'function': {
      const summary = summarize(value.file, value.node);
      if (summary.throws === 'never' && !(awaited && returnsWork(value))) return of('harmless');
      // A wait may be ended by its signal, and no more.
      if (summary.sleeps.is === 'yes' && callsIn(value.file, value.node).io.length === 0 && summary.retries === null && /sleep|wait|delay|pause/i.test(last)) return of('harmless');
      const inner = callsIn(value.file, value.node).io.reduce<IoCall | null>((found, io) => (found === null || outweighs(stakeOfIo(io), stakeOfIo(found)) ? io : found), null);
      if (inner !== null && stakeOfIo(inner) !== 'harmless') return of(stakeOfIo(inner), inner.operation.model.kind, verbOf(last));
      return unresolved(call, awaited || value.node.async, last, of);
    }
    case 'export':
      return stakeOfExport(value, call, awaited, last, of);
    case 'policy-export':
    case 'policy':
      return of('awaited', null, verbOf(last));
    case 'class':
    case 'model-export':
    case 'object-of-class':
    case 'instance':
      return of('call');
    default: {
      const builtin = builtinName(value);
      // A global that nobody knows is a name, and no more.
      const known = builtin === null ? null : stakeOfBuiltin(call, builtin, of);
      if (known !== null) return known;
      return unresolved(call, awaited, last, of);
    }
  }
}

/** A function that hands on a promise it did not wait for. */
function returnsWork(value: Extract<Value, { kind: 'function' }>): boolean {
  return !value.node.async && value.node.body?.type !== 'BlockStatement';
}

function stakeOfBuiltin(call: Call, name: string, of: Make): StakedCall | null {
  if (THROWS_ON_BAD_INPUT.has(call.type === 'NewExpression' ? `new ${name}` : name) ) return of('probe');
  if (NEVER_THROWS.has(name) || STAYS_INSIDE.test(name)) return of('probe');
  if (ENDS_PROCESS.test(name)) return of('harmless');
  return MAY_THROW.test(name) ? of('call') : null;
}

function stakeOfExport(value: Extract<Value, { kind: 'export' }>, call: Call, awaited: boolean, last: string, of: Make): StakedCall {
  const module = value.package.replace(/^node:/, '');
  if (FILE_PACKAGES.has(module)) {
    const plain = last.replace(/Sync$/, '');
    if (FILE_WRITES.has(plain)) return of('write', 'file');
    return FILE_PROBES.has(plain) || plain.startsWith('ensure') || plain.startsWith('path') || plain.startsWith('read') ? of('probe') : unresolved(call, awaited, last, of);
  }
  if (PURE_NODE_MODULES.has(module)) return of('probe');
  if (PROCESS_MODULES.has(module)) return of(awaited || /Sync$/.test(last) ? 'io' : 'call');
  return unresolved(call, awaited, last, of);
}

function unresolved(call: Call, awaited: boolean, last: string, of: Make): StakedCall {
  if (call.type === 'NewExpression') return of('call');
  if (PARSE_METHODS.has(last)) return of('probe');
  if (!awaited) return PLAIN_METHODS.has(last) || QUIET_UNLESS_AWAITED.has(last) ? of('harmless') : of('call', null, verbOf(last));
  return of('awaited', null, verbOf(last));
}

/** `load().then(use)`: what fails is the call in front, or what the callback does. */
function isStepOfChain(call: Call, last: string): boolean {
  const callee = unwrap(call.callee);
  return /^(?:then|catch|finally)$/.test(last) && callee.type === 'MemberExpression' && /^(?:Call|New|Import)Expression$/.test(unwrap(callee.object).type);
}

function verbOf(name: string): Stake | null {
  const word = wordsIn(name)[0] ?? '';
  return Object.hasOwn(VERBS, word) ? VERBS[word]! : null;
}

function isTeardown(last: string, whole: string): boolean {
  const words = joined(wordsIn(last.replace(/^\$/, '')));
  const verb = /^(?:safe|safely|force|forcefully|graceful|gracefully|try|maybe|do|internal|async|hard|soft)$/.test(words[0] ?? '') ? words[1] : words[0];
  if (verb === undefined || words.some((word) => NEVER_TEARDOWN_WORDS.has(word))) return false;
  if (TEARDOWN_WORDS.has(verb) || ENDS_SESSION.test(last) || (words[0] === 'remove' && /listener/i.test(last))) return true;
  // `rm`, `rimraf`, and what is removed below a temporary folder.
  return /^(?:rimraf|rmrf|del|remove)$/i.test(last) && /(?:^|\.)(?:fs|fse|fsp|fsPromises|fsExtra|rimraf|del)\b/.test(whole);
}

/** Does the name, or its receiver's, say that its loss is part of the plan? */
function isBestEffort(name: string): boolean {
  return name.split('.').slice(-2).some((part) => {
    const words = wordsIn(part);
    // `getTriggerLogs` reads logs that are data; it writes none.
    const asksForLogs = words.length > 1 && LOGS_AS_DATA.has(words[0]!);
    return words.some((word) => BEST_EFFORT_WORDS.has(word) && !(asksForLogs && /^logs?$/.test(word)));
  });
}

function ioAt(file: SourceFile, node: Call): IoCall | null {
  const byNode = file.memo(MEMO, () => new Map<Node, IoCall | null>());
  let io = byNode.get(node);
  if (io === undefined) byNode.set(node, (io = callsAmong(file, [node]).io[0] ?? null));
  return io;
}

/** What a modelled call does, by its operation, its method or its statement. */
export function stakeOfIo(call: IoCall): Stake {
  const { operation, model } = call.operation;
  const effect = operation.effect === 'by-http-method' ? effectOfMethod(call) : operation.effect === 'by-sql' ? effectOfSql(call) : operation.effect;
  if (effect === 'none') return 'harmless';
  if (effect === 'commit') return 'commit';
  if (effect === 'write' && model.movesMoney === true) return 'payment';
  if (effect === 'write') return model.kind === 'queue' ? 'publish' : 'write';
  return 'io';
}

function effectOfMethod(call: IoCall): 'read' | 'write' | 'unknown' {
  const answer = readOption(call.options, 'method');
  if (answer.is === 'absent') return 'read';
  if (answer.is === 'unknown') return 'unknown';
  const methods = alternatives(answer.value).map((value) => (value.kind === 'literal' ? String(value.value).toUpperCase() : null));
  return methods.some((method) => method !== null && /^(?:POST|PUT|PATCH|DELETE)$/.test(method)) ? 'write' : methods.every((method) => method !== null) ? 'read' : 'unknown';
}

function effectOfSql(call: IoCall): 'read' | 'write' | 'commit' | 'unknown' {
  const text = call.node.type === 'TaggedTemplateExpression' ? (call.node.quasi.quasis[0]?.value.cooked ?? '') : sqlText(call);
  if (text === null) return 'unknown';
  if (/^\s*(?:commit|rollback)\b/i.test(text)) return 'commit';
  if (/^\s*(?:insert|update|delete|merge|truncate|replace)\b/i.test(text) || /^\s*with\b[\s\S]*\b(?:insert\s+into|update\s+\w+\s+set|delete\s+from)\b/i.test(text)) return 'write';
  return /^\s*(?:select|with|show|values)\b/i.test(text) ? 'read' : 'unknown';
}

function sqlText(call: IoCall): string | null {
  if (call.node.type === 'TaggedTemplateExpression') return null;
  const [first] = call.node.arguments;
  if (first === undefined || first.type === 'SpreadElement') return null;
  const value = evaluate(call.file, first);
  const text = value.kind === 'object' ? value.entries.get('text')?.value() : value;
  if (text?.kind === 'literal') return typeof text.value === 'string' ? text.value : null;
  return text?.kind === 'text' ? (text.parts[0] ?? null) : null;
}

/** Is the result of this expression waited for here: by `await`, or as one of the promises that `await Promise.all` is given? */
export function isAwaited(node: Node): boolean {
  const holder = outermost(node);
  const parent = holder.parent;
  if (parent?.type === 'AwaitExpression') return true;
  // A step of a chain whose end is waited for.
  if (parent?.type === 'MemberExpression' && parent.object === holder && parent.parent?.type === 'CallExpression' && parent.parent.callee === parent) return isAwaited(parent.parent);
  if (parent?.type === 'ArrayExpression') return isCombined(parent);
  // `items.map((item) => save(item))`, the list of which is waited for.
  if (parent?.type === 'ArrowFunctionExpression' && parent.body === holder) {
    const call = outermost(parent).parent;
    return call?.type === 'CallExpression' && unwrap(call.callee).type === 'MemberExpression' && (isCombined(call) || isAwaited(call));
  }
  return false;
}

/** Are these the promises that `Promise.all` and its kind are given? Whoever waits for it waits for them. */
function isCombined(list: Node): boolean {
  const call = outermost(list).parent;
  return call?.type === 'CallExpression' && /^Promise\.(?:all|race|any)$/.test(describe(call.callee));
}
