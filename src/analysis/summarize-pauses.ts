import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { UNKNOWN_WAIT_NAMES } from '../models/retry-names.js';
import { controlFlow, type ControlFlow } from './control-flow.js';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { isInside, ownNodes } from './summarize-body.js';
import { countersOf, mentions, type Loop } from './summarize-loop.js';
import { isTimeout } from './summarize-names.js';
import { waits } from './summarize-sleeps.js';
import { nodesInside } from './sorted-nodes.js';
import { describe, isFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** What lies between a failure and the next attempt. */
export interface Pauses {
  /** Does every way wait by a timer? `no`: none does, `unknown`: some do, or one waits for something that was not read. */
  readonly delayed: 'yes' | 'no' | 'unknown';
  /** What certainly waits, on some way: the awaited expressions, and calls of `setTimeout` that start the next attempt. */
  readonly pauses: readonly Node[];
  /** What may wait, on some way: awaited expressions that were not read. */
  readonly unread: readonly Node[];
}

/** An attempt in a function: where it failed, and what is tried. */
export interface AttemptPlace {
  /** Where control is after a failure: a handler, or the awaited attempt whose reply says that it failed. */
  readonly from: Node;
  /** The awaited attempts. */
  readonly attempts: readonly Node[];
  /** What is certainly done again: the `try`, or the one attempt. */
  readonly again: Node;
}

/** Does every way from a failure to the next attempt wait? */
export function pausesIn(file: SourceFile, fn: FunctionNode, flow: ControlFlow, around: Node, { from, attempts, again }: AttemptPlace): Pauses {
  const isLoop = around.type !== 'CallExpression';
  const counters = isLoop ? countersOf(file, around as Loop) : [];
  const awaits = ownNodes(file, fn, 'AwaitExpression');
  // The pause of an outer loop comes when all attempts are over.
  const waiting = (isLoop ? nodesInside(awaits, around) : awaits).flatMap((node) => {
    const { is } = waits(file, node.argument);
    // Of what is tried itself, only a helper that may hold it back counts: a limiter, a scheduler.
    if (attempts.includes(node) || (is === 'unknown' && again.type === 'TryStatement' && isInside(node, again.block))) {
      return mayHoldBack(node) ? [{ node, sure: false }] : [];
    }
    return is === 'no' ? [] : [{ node, sure: is === 'yes' }];
  });
  const through = (kinds: typeof waiting) => (node: Node): boolean =>
    kinds.some((pause) => pause.node === node) || (node.type === 'IfStatement' && isFirstOrLast(node, counters) && kinds.some((pause) => isInside(pause.node, node)));
  const sure = waiting.filter((pause) => pause.sure);
  const onTheWay = waiting.filter((pause) => flow.canReach(from, pause.node) && flow.canReach(pause.node, again));
  const pauses = onTheWay.filter((pause) => pause.sure).map((pause) => pause.node.argument);
  const unread = onTheWay.filter((pause) => !pause.sure).map((pause) => pause.node.argument);
  const targets = attempts.length === 0 ? [again] : attempts;
  if (sure.length > 0 && targets.every((target) => isBarred(flow.everyPath(from, target, through(sure))))) return { delayed: 'yes', pauses, unread };
  return { delayed: onTheWay.length > 0 ? 'unknown' : 'no', pauses, unread };
}

function isBarred(answer: ReturnType<ControlFlow['everyPath']>): boolean {
  return answer === 'yes' || answer === 'unreachable';
}

/** `await limiter.schedule(() => load())`: the name says that it may wait for its turn. */
function mayHoldBack(node: TSESTree.AwaitExpression): boolean {
  const inner = unwrap(node.argument);
  return inner.type === 'CallExpression' && UNKNOWN_WAIT_NAMES.test(describe(inner.callee));
}

/** `if (attempt > 0) await sleep()`: passed over only where there is no next attempt, or none before. */
function isFirstOrLast(node: TSESTree.IfStatement, counters: readonly Variable[]): boolean {
  return counters.some((counter) => mentions(node.test, counter));
}

/** What a function that calls itself after a failure waits for, before it does. */
export function pausesBeforeCall(file: SourceFile, fn: FunctionNode, from: Node, call: TSESTree.CallExpression): Pauses {
  let owner: FunctionNode = fn;
  for (let current: Node | undefined = call.parent; current != null && current !== fn; current = current.parent) {
    if (isFunction(current) && owner === fn) owner = current;
    const timer = timerOf(file, current);
    if (timer !== null) return { delayed: 'yes', pauses: [timer], unread: [] };
    // `sleep(100).then(() => load(id))`
    if (current.type === 'CallExpression' && current.callee.type === 'MemberExpression' && memberName(current.callee) === 'then' && !isInside(call, current.callee) && waits(file, current.callee.object).is === 'yes') {
      return { delayed: 'yes', pauses: [current.callee.object], unread: [] };
    }
  }
  const flow = controlFlow(file, owner);
  if (owner === fn) return pausesIn(file, fn, flow, call, { from, attempts: [], again: call });
  // The closure is called by something that may wait.
  if (owner !== from) return { delayed: 'unknown', pauses: [], unread: [owner] };
  const waiting = ownNodes(file, owner, 'AwaitExpression').flatMap((node) => {
    const { is } = waits(file, node.argument);
    return is === 'no' || node.argument === call ? [] : [{ node, sure: is === 'yes' }];
  });
  const sure = waiting.filter((pause) => pause.sure).map((pause) => pause.node as Node);
  const every = sure.length > 0 && flow.everyPath('entry', call, (node) => sure.includes(node)) === 'yes';
  return { delayed: every ? 'yes' : waiting.length > 0 ? 'unknown' : 'no', pauses: sure.map((node) => (node as TSESTree.AwaitExpression).argument), unread: waiting.filter((pause) => !pause.sure).map((pause) => pause.node.argument) };
}

/** `setTimeout(() => …, ms)` and `setTimeout(f, ms)`: a timer that takes time. */
function timerOf(file: SourceFile, node: Node): TSESTree.CallExpression | null {
  if (node.type !== 'CallExpression' || !isTimeout(evaluate(file, node.callee))) return null;
  const delay = node.arguments[1];
  if (delay === undefined) return null;
  const value = evaluate(file, delay);
  return value.kind === 'literal' && !(Number(value.value) > 0) ? null : node;
}
