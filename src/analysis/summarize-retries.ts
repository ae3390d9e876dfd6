import type { TSESTree } from '@typescript-eslint/types';
import { ROUNDS } from '../models/retry-names.js';
import { controlFlow, placesOf, type ControlFlow } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import type { SourceFile } from './source-file.js';
import { leadsTo } from './summarize-again.js';
import { attemptsOf, type Attempts } from './summarize-attempts.js';
import { isGenerator, isInside, ownNodes } from './summarize-body.js';
import { nodesInside } from './sorted-nodes.js';
import { awaitedCall, isInvariant, mentions, type Loop } from './summarize-loop.js';
import { pausesIn, type AttemptPlace, type Pauses } from './summarize-pauses.js';
import { question } from './summarize-question.js';
import { retriesByRecursion } from './summarize-recursion.js';
import { waits } from './summarize-sleeps.js';
import { statusAttempt } from './summarize-status.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;
type Attempt = TSESTree.CallExpression;

/** The function tries something again when it failed. */
export interface Retry extends Pauses {
  /** How often it tries in all; `null` when it is limited, by how much is not known. */
  readonly attempts: Attempts;
  /** Does it wait by a timer before each further attempt? */
  readonly delayed: 'yes' | 'no' | 'unknown';
  /** The loop, or the call of itself. */
  readonly node: Node;
  /** The calls that are tried; of a function that calls itself, none: all that it does. */
  readonly calls: readonly Attempt[];
  /** The `try`, where there is one. */
  readonly attempt: TSESTree.TryStatement | null;
  /** Where it is after a failure: a catch clause, the function of `.catch` or of an event; `null`: a reply said so. */
  readonly handler: Node | null;
  /** A `try` whose end comes round too, where a reply says that the attempt failed. */
  readonly byReply?: true;
  /** Of a function that calls itself because of a reply: the branch in which it does. */
  readonly branch?: Node;
  /** The parameter that is called: a helper such as `retry(fn)`. */
  readonly runs: number | null;
}

/** Does a function retry by itself: a loop in which success leaves and failure goes on, or a call of itself in its own handler? */
export function retryIn(file: SourceFile, fn: FunctionNode): Retry | null {
  return retriesIn(file, fn)[0] ?? null;
}

/** All places in which a function tries again, inner loops first. */
export const retriesIn = question<readonly Retry[]>(find, [], []);

function find(file: SourceFile, fn: FunctionNode): readonly Retry[] {
  if (fn.body == null || isGenerator(fn)) return [];
  const retries: Retry[] = [];
  const loops = ownNodes(file, fn, 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForOfStatement');
  if (loops.length > 0) {
    const flow = controlFlow(file, fn);
    if (flow.approximate) return [];
    // Outer loops come first; the loop that tries again is the innermost that holds the attempt.
    for (const loop of [...loops].reverse()) {
      if (loop.type === 'ForOfStatement' && (loop.await || !isRangeOrDelays(file, loop.right))) continue;
      const inner = loops.filter((other) => other !== loop && isInside(other, loop));
      const found = inLoop(file, fn, flow, loop, inner);
      if (found !== null) retries.push(found);
    }
  }
  retries.push(...retriesByRecursion(file, fn));
  return retries;
}

/** `[100, 200, 400]`, `Array(3).keys()`, `RETRY_DELAYS`: a list of rounds, not of work. */
function isRangeOrDelays(file: SourceFile, list: Node): boolean {
  const value = evaluate(file, list);
  if (value.kind === 'array' && value.open === null) return value.items.every((item) => { const one = item(); return one.kind === 'literal' && (typeof one.value === 'number' || one.value === undefined); });
  const text = file.text.slice(list.range[0], list.range[1]);
  return /^\[?\s*(?:\.\.\.\s*)?(?:new\s+)?Array\b/.test(text) || ROUNDS.test(text);
}

/** @param inner the loops inside this one: what they try again is theirs */
function inLoop(file: SourceFile, fn: FunctionNode, flow: ControlFlow, loop: Loop, inner: readonly Node[]): Retry | null {
  const isInner = (node: Node): boolean => inner.some((other) => isInside(node, other));
  const byStatus = statusAttempt(file, fn, flow, loop);
  const status = byStatus === null || isInner(byStatus.awaited) ? null : byStatus;
  const retry = (calls: readonly Attempt[], attempt: TSESTree.TryStatement | null, place: AttemptPlace): Retry => ({
    attempts: attemptsOf(file, fn, loop, attempt),
    ...pausesIn(file, fn, flow, loop, place),
    node: loop,
    calls,
    attempt,
    handler: attempt?.handler ?? null,
    runs: parameterCalled(file, fn, calls),
  });
  for (const attempt of nodesInside(ownNodes(file, fn, 'TryStatement'), loop)) {
    if (attempt.handler == null || isInner(attempt)) continue;
    // Without awaits, a `try` in a branch is one way of many: parsers are full of them.
    if (!fn.async && attempt.parent !== loop.body) continue;
    const calls = attemptsIn(file, fn, attempt.block, loop);
    if (calls.length === 0 || !calls.every((call) => isInvariant(file, loop, call))) continue;
    const again = new Set(placesOf(flow, attempt));
    const handler = placesOf(flow, attempt.handler);
    if (!leadsTo(handler, again, loop)) continue;
    const goesOn = leadsTo([...again], again, loop, new Set(handler));
    if (goesOn && status === null && !setsFlag(file, loop, attempt.block)) continue;
    const found = retry(calls, attempt, { from: attempt.handler, attempts: awaitsOf(file, fn, calls, loop), again: attempt });
    return goesOn && status !== null && isInside(status.awaited, attempt.block) ? { ...found, byReply: true } : found;
  }
  if (status === null || !isInvariant(file, loop, status.call)) return null;
  return retry([status.call], null, { from: status.awaited, attempts: [status.awaited], again: status.awaited });
}

/** The awaits of some calls. */
function awaitsOf(file: SourceFile, fn: FunctionNode, calls: readonly Attempt[], loop: Loop): readonly Node[] {
  return nodesInside(ownNodes(file, fn, 'AwaitExpression'), loop).filter((node) => {
    const call = awaitedCall(file, node, loop);
    return call !== null && calls.includes(call);
  });
}

/** The calls that may fail in a block: of an async function those it awaits, since only their failure is seen. */
function attemptsIn(file: SourceFile, fn: FunctionNode, block: Node, loop: Loop): readonly Attempt[] {
  const calls = fn.async
    ? ownNodes(file, fn, 'AwaitExpression').flatMap((node) => {
        const call = isInside(node, block) ? awaitedCall(file, node, loop) : null;
        return call !== null && (waits(file, call).is !== 'yes' || retriesItself(file, call)) ? [call] : [];
      })
    : ownNodes(file, fn, 'CallExpression').filter((call) => isInside(call, block));
  // `(await fetch(url)).json()` is one attempt.
  return calls.filter((call) => !calls.some((other) => other !== call && isInside(other, call) && isInside(other, call.callee)));
}

/** A function that waits between attempts of its own is no pause. */
export function retriesItself(file: SourceFile, call: Attempt): boolean {
  return presentAlternatives(evaluate(file, call.callee)).some((callee) => callee.kind === 'function' && retriesIn(callee.file, callee.node).length > 0);
}

/** `while (!done) { try { …; done = true } catch {} }`: success ends the loop by what its test reads. */
function setsFlag(file: SourceFile, loop: Loop, block: Node): boolean {
  if (loop.type === 'ForOfStatement' || loop.test == null) return false;
  const { test } = loop;
  return file.index.assignments.some((node) => {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=' || !isInside(node, block) || node.left.type !== 'Identifier') return false;
    const variable = file.bindings.variableOf(node.left);
    return variable !== null && variable !== 'global' && mentions(test, variable);
  });
}

function parameterCalled(file: SourceFile, fn: FunctionNode, calls: readonly Attempt[]): number | null {
  for (const call of calls) {
    const callee = evaluate(file, call.callee);
    if (callee.kind === 'parameter' && callee.node === fn && callee.path.length === 0) return callee.index;
  }
  return null;
}

