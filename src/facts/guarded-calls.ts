import type { TSESTree } from '@typescript-eslint/types';
import { firstFrom } from '../analysis/sorted-nodes.js';
import { enclosingFunction, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import { isInside } from '../analysis/summarize-body.js';
import { errorHandlers, type ErrorHandler } from './error-handlers.js';
import { isAwaited, outweighs, stakeOf, stakeOfIo, type StakedCall } from './call-stake.js';
import { callsAmong } from './io-calls.js';
import { heardOnlyHere } from './stored-promises.js';

type Node = TSESTree.Node;

/** The calls whose errors arrive at a handler, in source order. */
export function guardedCalls(handler: ErrorHandler): readonly StakedCall[] {
  const { file, guarded } = handler;
  if (handler.channel === 'event') return [];
  const promise = unwrap(guarded);
  const stored = handler.channel === 'promise' && promise.type === 'Identifier' ? heardOnlyHere(file, promise) : null;
  if (stored !== null) return [stakeOf(file, stored, true)];
  const inner = handledInside(handler);
  const found: StakedCall[] = [];
  const { calls } = file.index;
  for (let at = firstFrom(calls, guarded.range[0]); at < calls.length && calls[at]!.range[0] < guarded.range[1]; at++) {
    const node = calls[at]!;
    if (!isInside(node, guarded) || inner.some((range) => range !== guarded && isInside(node, range))) continue;
    if (handler.channel === 'callback' ? node !== guarded : !runsWithin(node, guarded)) continue;
    if (isErrorValue(node)) continue;
    // What an argument throws is thrown before there is a promise.
    if (handler.channel === 'promise' && !isLastStep(node, guarded) && !isAwaited(node) && !isInside(enclosingFunction(node), guarded)) continue;
    found.push(stakeOf(file, node, isAwaited(node) || handler.channel === 'callback' || (handler.channel === 'promise' && isLastStep(node, guarded))));
  }
  const tagged = file.index.tagged.filter((node) => isInside(node, guarded) && !inner.some((range) => isInside(node, range)));
  for (const io of callsAmong(file, [], tagged).io) {
    if (io.node.type !== 'TaggedTemplateExpression') continue;
    found.push({ node: io.node, stake: stakeOfIo(io), known: io.operation.model.kind, direct: true, verb: null, name: io.operation.name });
  }
  return found;
}

/** The call that weighs most; of equals the first. `null` for none. */
export function gravestOf(calls: readonly StakedCall[]): StakedCall | null {
  return calls.reduce<StakedCall | null>((gravest, call) => (gravest === null || weighsMore(call, gravest) ? call : gravest), null);
}

/** Of two calls that we do not know, the one whose name says that it changes something. */
function weighsMore(one: StakedCall, other: StakedCall): boolean {
  if (one.stake !== other.stake) return outweighs(one.stake, other.stake);
  return one.verb !== null && (other.verb === null || outweighs(one.verb, other.verb));
}

/** What has a handler of its own inside. */
function handledInside(handler: ErrorHandler): readonly Node[] {
  const { guarded } = handler;
  return errorHandlers(handler.file)
    .filter((other) => other !== handler && other.channel !== 'event' && other.channel !== 'callback' && other.guarded !== guarded && isInside(other.node, guarded) && isInside(other.guarded, guarded))
    .map((other) => other.guarded);
}

const RUNS_AT_ONCE = /^(?:map|forEach|filter|reduce|reduceRight|some|every|find|findIndex|findLast|flatMap|sort|from|replace|replaceAll|then|catch|finally)$/;

/**
 * Does a call inside a function run while the guarded code does? In a callback of a list, or one of a call
 * that is waited for. Listeners, timers and functions that are only made run later: their errors go elsewhere.
 */
function runsWithin(node: Node, guarded: Node): boolean {
  for (let owner: Node = enclosingFunction(node); isFunction(owner) && isInside(owner, guarded) && owner !== guarded; owner = enclosingFunction(owner)) {
    const call = outermost(owner).parent;
    if (call?.type === 'NewExpression') continue;
    if (call?.type !== 'CallExpression') return false;
    const callee = unwrap(call.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    if (callee === owner) continue;
    if (name === null || /^(?:on|once|addListener|addEventListener|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|subscribe)$/.test(name)) return false;
    if (!RUNS_AT_ONCE.test(name) && !isAwaited(call) && !isLastStep(call, guarded)) return false;
  }
  return true;
}

/** `throw new Error(…)` inside a try makes the error, it is not what fails. */
function isErrorValue(node: Node): boolean {
  return node.type === 'NewExpression' && outermost(node).parent?.type === 'ThrowStatement';
}

/** A promise that has a handler is waited for by it: the call at its end, and those in front of it in the chain. */
function isLastStep(node: Node, guarded: Node): boolean {
  let current = unwrap(guarded);
  for (;;) {
    if (current === node) return true;
    if (current.type === 'CallExpression') {
      const callee = unwrap(current.callee);
      if (callee.type !== 'MemberExpression') return false;
      current = unwrap(callee.object);
    } else if (current.type === 'MemberExpression') current = unwrap(current.object);
    else return false;
  }
}
