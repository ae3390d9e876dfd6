import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { attemptOverruns, type Around, type AttemptOverrun } from './attempt-overruns.js';
import { callLimits, type CallLimit } from './call-limits.js';
import { enclosingBound } from './enclosing-bounds.js';
import { callsOf, type IoCall } from './io-calls.js';
import { openCircuitRetries, type OpenCircuitRetry } from './open-circuit-retries.js';

type Node = TSESTree.Node;

/**
 * A budget that cannot hold.
 * - `phase`: of two limits of one call, the one of a part is longer than the one of the whole
 * - `inner`: the limit of a call is longer than the one around it
 * - `attempts`: the last attempt cannot even begin before the limit around all of them
 * - `circuit`: an open circuit is tried again
 */
export type Overrun =
  | { readonly is: 'phase'; readonly node: Node; readonly call: IoCall; readonly part: CallLimit; readonly whole: CallLimit }
  | { readonly is: 'inner'; readonly node: Node; readonly call: IoCall; readonly part: CallLimit; readonly around: Around; readonly cancels: boolean }
  | AttemptOverrun
  | ({ readonly is: 'circuit' } & OpenCircuitRetry);

const MEMO = Symbol('overruns');
const LIMIT_WORDS = /time_?out|deadline|abort|\brace\b|breaker|circuit/i;

/** May this text hold limits in time? */
export function mayOverrun(text: string): boolean {
  return LIMIT_WORDS.test(text);
}

/** The budgets of a file that cannot hold, in source order. Only where all numbers are known. */
export function overruns(file: SourceFile): readonly Overrun[] {
  return file.memo(MEMO, () => {
    const found: Overrun[] = [...attemptOverruns(file), ...openCircuitRetries(file).map((one) => ({ is: 'circuit', ...one }) as const)];
    for (const call of callsOf(file).io) found.push(...ofCall(file, call));
    return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
  });
}

/** A part of a call cannot take longer than the call. */
const PARTS: Readonly<Record<CallLimit['covers'], readonly CallLimit['covers'][]>> = {
  queue: [], connect: [], server: [], headers: [], idle: [],
  attempt: ['headers', 'idle'],
  total: ['headers', 'idle', 'attempt'],
};

function ofCall(file: SourceFile, call: IoCall): readonly Overrun[] {
  const limits = callLimits(call);
  if (limits.length === 0) return [];
  for (const whole of limits) {
    // What a client has for all calls may be longer than what one of them allows.
    const part = limits.find((one) => PARTS[whole.covers].includes(one.covers) && one.ms > whole.ms && (one.where === 'call' || whole.where === 'client'));
    if (part !== undefined) return [{ is: 'phase', node: nodeOf(file, part, call), call, part, whole }];
  }
  const part = limits.filter((one) => one.where === 'call' && one.covers !== 'connect' && one.covers !== 'queue' && one.covers !== 'server');
  const around = part.length === 0 ? null : enclosingBound(file, call.node);
  if (around?.is !== 'bounded' || around.ms === null) return [];
  const { ms } = around;
  // The shortest of them ends the call.
  const least = part.reduce((shortest, one) => (one.ms < shortest.ms ? one : shortest));
  return least.ms > ms ? [{ is: 'inner', node: nodeOf(file, least, call), call, part: least, around: { by: around.by, ms, node: around.place.file === file ? around.place.node : null }, cancels: around.cooperative !== null }] : [];
}

/** The option, where it stands in this file; else the call. */
function nodeOf(file: SourceFile, limit: CallLimit, call: IoCall): Node {
  return limit.place?.file === file && limit.where === 'call' ? limit.place.node : call.node;
}
