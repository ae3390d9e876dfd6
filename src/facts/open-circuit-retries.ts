import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { memberName, unwrap } from '../analysis/syntax.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import type { Value } from '../analysis/value.js';
import { libraryRetries, type LibraryRetry } from './library-retries.js';
import { retryRegions } from './retries.js';
import { causesOf, causesOfLibrary } from './retry-causes.js';
import { attemptsAt, policyParts, retryRuns } from './retry-runs.js';

type Node = TSESTree.Node;

/** A retry around a circuit breaker that goes round for the open circuit, too. */
export interface OpenCircuitRetry {
  /** What combines the two, or the call of the breaker. */
  readonly node: Node;
  readonly who: string;
  readonly attempts: Attempts;
  /** The error of the open circuit. */
  readonly open: string;
  readonly breaker: string;
  /** Where the retry is set up, if that is in this file: its choice of failures can be changed. */
  readonly retry: LibraryRetry | null;
}

const BREAKER_WORDS = /breaker|circuit|\.fire\(/i;

/** The retries of a file that try an open circuit again, and wait in between. */
export function openCircuitRetries(file: SourceFile): readonly OpenCircuitRetry[] {
  if (!BREAKER_WORDS.test(file.text)) return [];
  const found = [...inCombinations(file), ...aroundCalls(file)];
  // A combination that runs several functions is one mistake.
  return found.filter((one, index) => found.findIndex((other) => other.node === one.node) === index);
}

/** `wrap(retry(handleAll, …), circuitBreaker(…))`: what stands in front is around what follows. */
function inCombinations(file: SourceFile): readonly OpenCircuitRetry[] {
  return file.index.calls.flatMap((call): readonly OpenCircuitRetry[] => {
    if (call.callee.type === 'Super') return [];
    for (const callee of presentAlternatives(evaluate(file, call.callee))) {
      if (callee.kind !== 'policy-export' || callee.model.exports[callee.path]?.does !== 'combines') continue;
      const parts = policyParts({ kind: 'policy', model: callee.model, path: callee.path, place: { file, node: call } });
      for (const [index, part] of parts.entries()) {
        const inner = parts.slice(index + 1).find((other) => breakerOf(other) !== null);
        const retry = libraryRetries(part.place.file).find((one) => one.node === part.place.node);
        if (inner === undefined || retry === undefined || !waitsForOpen(part.place.file, retry)) continue;
        const isHere = part.place.file === file;
        return [{ node: call, who: `\`${retry.name}\``, attempts: retry.attempts, open: breakerOf(inner)!, breaker: inner.model.title, retry: isHere ? retry : null }];
      }
    }
    return [];
  });
}

function breakerOf(policy: Extract<Value, { kind: 'policy' }>): string | null {
  return policy.model.exports[policy.path]?.breaker?.open ?? null;
}

/** Without a delay, the attempts on an open circuit are over at once. */
function waitsForOpen(file: SourceFile, retry: LibraryRetry): boolean {
  return (retry.delay.is === 'present' || retry.attempts === 'unbounded') && retry.attempts !== 1 && causesOfLibrary(file, retry) === 'all';
}

/** `pRetry(() => breaker.fire(order))`, and the same in a loop. */
function aroundCalls(file: SourceFile): readonly OpenCircuitRetry[] {
  const found: OpenCircuitRetry[] = [];
  for (const call of file.index.calls) {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') continue;
    for (const value of presentAlternatives(evaluate(file, callee.object))) {
      if (value.kind !== 'policy' || value.model.exports[value.path]?.runs?.methods.includes(memberName(callee) ?? '') !== true) continue;
      const open = policyParts(value).map(breakerOf).find((one) => one !== null);
      if (open === undefined || open === null) continue;
      for (const region of retryRegions(file)) {
        if (!region.retry.calls.some((tried) => isInside(call, tried)) || region.delay.is !== 'present' || region.excuse !== null || causesOf(file, region.fn, region.retry) !== 'all') continue;
        const attempts = attemptsAt(file, region, null);
        if (attempts !== 1 && attempts !== null) found.push({ node: call, who: 'this loop', attempts, open, breaker: value.model.title, retry: null });
      }
      for (const run of retryRuns(file)) {
        if (run.node === call || !isInside(call, run.subject) || run.causes !== 'all' || run.attempts === 1 || run.attempts === null) continue;
        const delay = run.library?.retry.delay ?? run.region?.region.delay;
        if (delay?.is === 'present') found.push({ node: call, who: `\`${run.name}\``, attempts: run.attempts, open, breaker: value.model.title, retry: run.library?.file === file ? run.library.retry : null });
      }
    }
  }
  return found;
}
