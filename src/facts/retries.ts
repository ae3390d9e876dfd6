import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import { mayCallItself } from '../analysis/summarize-recursion.js';
import { retriesIn, type Retry } from '../analysis/summarize-retries.js';
import { isFunction, describe, enclosingFunction } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { RETRY_WORDS } from '../models/retry-names.js';
import { delayBetween, type Delay } from './retry-delays.js';
import { isEndless } from './retry-limits.js';
import { throwsNotYet } from './retry-polls.js';
import { reachOf, type Reach } from './retry-reach.js';
import { reasonForNoDelay, type ReasonForNoDelay } from './retry-reasons.js';

type Node = TSESTree.Node;

/** A place in which the project's own code tries something again. */
export interface RetryRegion {
  readonly kind: 'loop' | 'recursion';
  readonly fn: FunctionNode;
  /** The loop, or the call by which the function calls itself. */
  readonly node: Node;
  /** What a report underlines: the loop's head, the call. */
  readonly range: readonly [number, number];
  readonly retry: Retry;
  /** What is tried, for messages: `axios.get`. */
  readonly subject: string;
  readonly reach: Reach;
  /** How often it tries in all; `null`: limited, by how much is not known. */
  readonly attempts: Attempts;
  /** Does nothing ever end it but success: no counter, no deadline, no signal, no flag of somebody else? */
  readonly endless: boolean;
  readonly delay: Delay;
  /** Why it may do without a delay. */
  readonly excuse: ReasonForNoDelay | null;
  /** It tries until something is there, which fails for nobody else. */
  readonly polls: boolean;
  /** Of a function that calls itself: the other places in which it does. */
  readonly others?: readonly RetryRegion[];
}

const MEMO = Symbol('retry regions');

/** A handler, a test of a reply, a listener, an error callback: a region has one of them. */
const REGION_WORDS = /\bcatch\b|\.(?:ok|status|statusCode)\b|\.on(?:ce|close|error|end)?\b|\.add(?:Event)?Listener\b|\(err(?:or)?\b/;

/** May this text hold a retry, of its own or by a library? Cheap: most files need no more. */
export function mayRetry(text: string): boolean {
  return REGION_WORDS.test(text) || RETRY_WORDS.test(text);
}

/** All retry regions of a file, in source order. Library calls that retry are `libraryRetries`. */
export function retryRegions(file: SourceFile): readonly RetryRegion[] {
  return file.memo(MEMO, () => find(file));
}

function find(file: SourceFile): readonly RetryRegion[] {
  if (!REGION_WORDS.test(file.text)) return [];
  const regions: RetryRegion[] = [];
  for (const fn of functionsThatMayRetry(file)) {
    for (const retry of retriesIn(file, fn)) {
      const region = regionOf(file, fn, retry);
      if (region !== null) regions.push(region);
    }
  }
  regions.sort((a, b) => a.node.range[0] - b.node.range[0]);
  // A function that calls itself in several places is one retry: where it does not wait, if there is one.
  const ofFunction = new Map<FunctionNode, RetryRegion>();
  for (const region of regions) {
    const known = region.kind === 'loop' ? null : ofFunction.get(region.fn);
    if (known === undefined || (known !== null && known.delay.is !== 'none' && region.delay.is === 'none')) ofFunction.set(region.fn, region);
  }
  return regions.flatMap((region) => {
    if (region.kind === 'loop') return [region];
    if (ofFunction.get(region.fn) !== region) return [];
    const others = regions.filter((other) => other !== region && other.kind === 'recursion' && other.fn === region.fn);
    return [others.length === 0 ? region : { ...region, others }];
  });
}

function functionsThatMayRetry(file: SourceFile): ReadonlySet<FunctionNode> {
  const functions = new Set<FunctionNode>();
  for (const loop of file.index.loops) {
    const owner: Node = enclosingFunction(loop);
    // Waiting between attempts is a matter of functions that can wait.
    if (isFunction(owner) && owner.async && loop.type !== 'ForInStatement') functions.add(owner);
  }
  for (const fn of file.index.functions) if (mayCallItself(file, fn)) functions.add(fn);
  return functions;
}

function regionOf(file: SourceFile, fn: FunctionNode, retry: Retry): RetryRegion | null {
  const { node } = retry;
  const kind = node.type === 'CallExpression' ? 'recursion' : 'loop';
  const reach = reachOf(file, fn, retry);
  if (reach.is === 'local') return null;
  const endless = retry.attempts === 'unbounded' && isEndless(file, fn, retry);
  return {
    kind,
    fn,
    node,
    range: headOf(node),
    retry,
    subject: reach.name ?? (retry.calls[0] === undefined ? describe((node as TSESTree.CallExpression).callee) : describe(retry.calls[0].callee)),
    reach,
    // Something else than a counter may end it.
    attempts: retry.attempts === 'unbounded' && !endless ? null : retry.attempts,
    endless,
    delay: delayBetween(file, fn, retry),
    excuse: reasonForNoDelay(file, fn, retry),
    polls: throwsNotYet(file, retry.attempt?.block ?? node),
  };
}

/** From a loop's beginning to its body: a report of twenty lines hides the code. */
function headOf(node: Node): readonly [number, number] {
  if (node.type === 'CallExpression' || !('body' in node)) return node.range;
  const body = (node as TSESTree.WhileStatement).body;
  return [node.range[0], Math.max(body.range[0], node.range[0] + 1)];
}
