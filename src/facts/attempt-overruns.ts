import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { isFunction, unwrap } from '../analysis/syntax.js';
import { clientAttempts } from './client-attempts.js';
import { callLimits } from './call-limits.js';
import { enclosingBound } from './enclosing-bounds.js';
import { callsAmong, callsOf, type IoCall } from './io-calls.js';
import { causesOf } from './retry-causes.js';
import { retryRegions } from './retries.js';
import { attemptsAt, retryRuns } from './retry-runs.js';
import { waitsBy, waitsOfLibrary, waitsOfRegion } from './retry-waits.js';

type Node = TSESTree.Node;

/** A limit around something: by whom, and how long. */
export interface Around {
  readonly by: string;
  readonly ms: number;
  /** What gives up, where it stands in this file. */
  readonly node: Node | null;
}

export interface AttemptOverrun {
  readonly is: 'attempts';
  readonly node: Node;
  /** Who tries: `pRetry`, `got`, `this loop`. */
  readonly who: string;
  readonly attempts: number;
  /** What one attempt may take; 0: not known, or not tried again. */
  readonly each: number;
  /** All waits before the last attempt; 0: none, or not known. */
  readonly waits: number;
  readonly around: Around;
}

/**
 * Retries whose last attempt cannot even begin before the limit around them: that the limit cuts the last
 * attempt short may be wanted, an attempt that is never made is not.
 */
export function attemptOverruns(file: SourceFile): readonly AttemptOverrun[] {
  return [...ofClients(file), ...ofRegions(file), ...ofRuns(file)];
}

function judged(node: Node, who: string, attempts: number, each: number, waits: number, around: Around | null): readonly AttemptOverrun[] {
  if (around === null || attempts < 2) return [];
  return (attempts - 1) * each + waits >= around.ms ? [{ is: 'attempts', node: around.node ?? node, who, attempts, each, waits, around }] : [];
}

/** The limit around an expression, where it is one number. */
function around(file: SourceFile, node: Node): Around | null {
  const found = enclosingBound(file, node);
  return found?.is === 'bounded' && found.ms !== null ? { by: found.by, ms: found.ms, node: found.place.file === file ? found.place.node : null } : null;
}

/** A client that tries again, as somebody wrote, under a limit of the whole call or one around it. */
function ofClients(file: SourceFile): readonly AttemptOverrun[] {
  return callsOf(file).io.flatMap((call) => {
    const found = clientAttempts(call);
    // What nobody wrote is no budget.
    if (found === null || found.byDefault || found.attached) return [];
    const limits = callLimits(call);
    const whole = limits.filter((one) => one.covers === 'total').sort((a, b) => a.ms - b.ms)[0];
    const bound = whole === undefined ? around(file, call.node) : { by: `\`${whole.name}\``, ms: whole.ms, node: null };
    const each = found.retry.retriesTimeouts === true ? attemptLimit(call) : 0;
    const layers = call.operation.instance?.layers.map((layer) => layer.value) ?? [];
    const read = (path: string) => {
      const own = readOption(call.options, path);
      return own.is === 'absent' ? readLayers(layers, path, null) : own;
    };
    return judged(call.node, found.title, found.attempts, each, waitsBy(found.retry, found.attempts, read) ?? 0, bound);
  });
}

/** What one attempt of a call may take before it is given up; 0 where that is not known. */
function attemptLimit(call: IoCall): number {
  const limits = callLimits(call).filter((one) => one.covers === 'attempt' || one.covers === 'headers' || one.covers === 'idle');
  return limits.length === 0 ? 0 : Math.min(...limits.map((one) => one.ms));
}

function ofRegions(file: SourceFile): readonly AttemptOverrun[] {
  return retryRegions(file).flatMap((region) => {
    const attempts = region.kind === 'loop' ? attemptsAt(file, region, null) : region.attempts;
    if (typeof attempts !== 'number' || region.polls || region.excuse !== null || causesOf(file, region.fn, region.retry) === 'unknown') return [];
    const each = Math.max(0, ...region.retry.calls.map((call) => longestIn(file, call, region.node)));
    return judged(region.node, 'this loop', attempts, each, waitsOfRegion(region, attempts) ?? 0, around(file, region.node));
  });
}

function ofRuns(file: SourceFile): readonly AttemptOverrun[] {
  return retryRuns(file).flatMap((run) => {
    if (typeof run.attempts !== 'number' || run.waits || run.causes === 'unknown') return [];
    if (run.library !== null && !run.library.retry.attemptsSet) return [];
    const each = longestIn(file, run.subject, run.subject);
    const waits = run.library !== null ? waitsOfLibrary(run.library.file, run.library.retry) : run.region !== null ? waitsOfRegion(run.region.region, run.attempts) : null;
    return judged(run.node, `\`${run.name}\``, run.attempts, each, waits ?? 0, around(file, run.node));
  });
}

/** The longest that one call of an attempt may take, where that is known. */
function longestIn(file: SourceFile, tried: Node, within: Node, depth = 0): number {
  const inner = unwrap(tried);
  const named = isFunction(inner) || inner.type === 'CallExpression' ? null : presentAlternatives(evaluate(file, inner)).find((value) => value.kind === 'function');
  if (named?.kind === 'function') return depth > 2 ? 0 : longestIn(named.file, named.node.body ?? named.node, named.node, depth + 1);
  const { io, project } = callsAmong(file, file.index.calls.filter((call) => isInside(call, inner)));
  const lengths = io.map((call) => limitOfCall(file, call, within));
  for (const { callee } of project) if (depth < 2 && callee.node.body != null) lengths.push(longestIn(callee.file, callee.node.body, callee.node, depth + 1));
  return Math.max(0, ...lengths);
}

/** The limit of a call that makes it fail: its own, or one around it within the attempt. */
function limitOfCall(file: SourceFile, call: IoCall, within: Node): number {
  const limits = callLimits(call).filter((one) => one.covers !== 'connect' && one.covers !== 'queue' && one.covers !== 'server');
  const found = enclosingBound(file, call.node);
  const inside = found?.is === 'bounded' && found.ms !== null && found.place.file === file && isInside(found.place.node, within) && found.place.node !== within ? [found.ms] : [];
  const all = [...limits.map((one) => one.ms), ...inside];
  return all.length === 0 ? 0 : Math.min(...all);
}
