import { readOption } from '../analysis/options.js';
import { alternatives, type Place } from '../analysis/value.js';
import type { Covers } from '../models/types.js';
import { readBounds } from './bound-options.js';
import type { IoCall } from './io-calls.js';

/** A limit of one call that is written as a number. */
export interface CallLimit {
  /** The option: `timeout.request`, `signal`. */
  readonly name: string;
  readonly ms: number;
  readonly covers: Covers;
  readonly where: 'call' | 'client';
  readonly place: Place | null;
}

/** The limits of a call, from its options and those of its client, where each is one number. */
export function callLimits(call: IoCall): readonly CallLimit[] {
  if (call.mode !== 'reply' || call.uncertain) return [];
  const limits: CallLimit[] = [];
  const seen = new Set<string>();
  for (const { bound, says, where, value, place } of readBounds(call, [])) {
    // One option may end the wait for the reply and that for the body, each with its own clock.
    if (says !== 'bounds' || where === null || value?.kind !== 'literal' || typeof value.value !== 'number' || bound.unit === 'epoch-ms' || seen.has(bound.path)) continue;
    seen.add(bound.path);
    limits.push({ name: bound.path, ms: bound.unit === 's' ? value.value * 1000 : value.value, covers: bound.covers, where, place });
  }
  const signal = signalLimit(call);
  return signal === null ? limits : [...limits, signal];
}

/** `signal: AbortSignal.timeout(5000)`: the whole call, attempts included. */
function signalLimit({ operation, options }: IoCall): CallLimit | null {
  const { signal } = operation.model;
  if (signal === undefined || signal.bounds === false || !signal.at.includes('call')) return null;
  const answer = readOption(options, signal.path);
  if (answer.is !== 'set') return null;
  const [value, ...more] = alternatives(answer.value);
  if (more.length > 0 || value?.kind !== 'signal' || value.ms?.kind !== 'literal' || typeof value.ms.value !== 'number') return null;
  return { name: signal.path, ms: value.ms.value, covers: 'total', where: 'call', place: answer.place };
}
