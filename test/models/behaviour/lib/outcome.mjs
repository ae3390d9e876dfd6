/** How a call ended, and claims about it. Times are ms. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** A call's time may be late by this much on a machine that is busy, and is never early by more than a timer's grain. */
const LATE = 1500;
const EARLY = 30;

/**
 * @param {() => unknown} call
 * @returns {Promise<{ value?: unknown, error?: any, ms: number }>}
 */
async function settled(call) {
  const began = performance.now();
  try {
    const value = await call();
    return { value, ms: performance.now() - began };
  } catch (error) {
    return { error, ms: performance.now() - began };
  }
}

const PENDING = Symbol('pending');

async function within(call, ms) {
  const outcome = settled(call);
  const patience = new AbortController();
  const result = await Promise.race([outcome, sleep(ms, PENDING, { signal: patience.signal }).catch(() => PENDING)]);
  patience.abort();
  return result;
}

/** What went wrong, in a line: for messages of failed experiments. */
export function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}${error.code === undefined ? '' : ` ${error.code}`}: ${error.message}`.split('\n')[0];
}

/**
 * The call fails about `after` ms from now, no earlier and not much later.
 * @param {() => unknown} call
 * @param {{ after: number, late?: number, error?: string | RegExp }} wanted `error`: its name, its code, or a pattern of its message
 * @returns {Promise<{ error: any, ms: number }>}
 */
export async function fails(call, { after, late = LATE, error: wanted }) {
  const outcome = await within(call, after + late);
  assert.notEqual(outcome, PENDING, `still pending after ${after + late} ms`);
  assert.ok('error' in outcome, `gave ${JSON.stringify(outcome.value)} after ${Math.round(outcome.ms)} ms, where it was to fail`);
  assert.ok(outcome.ms >= after - EARLY, `failed after ${Math.round(outcome.ms)} ms, before its ${after} ms: ${describeError(outcome.error)}`);
  if (wanted !== undefined) assertError(outcome.error, wanted);
  return outcome;
}

function assertError(error, wanted) {
  const said = [error?.name, error?.code, error?.cause?.code, error?.cause?.name, error?.constructor?.name];
  const fits = typeof wanted === 'string' ? said.includes(wanted) : wanted.test(String(error?.message));
  assert.ok(fits, `failed otherwise than by ${String(wanted)}: ${describeError(error)}`);
}

/**
 * The call gives something within `before` ms (10,000 where nothing is said).
 * @returns what it gave
 */
export async function gives(call, { before = 10_000, after = 0 } = {}) {
  const outcome = await within(call, before);
  assert.notEqual(outcome, PENDING, `still pending after ${before} ms`);
  if ('error' in outcome) throw new Error(`failed after ${Math.round(outcome.ms)} ms: ${describeError(outcome.error)}`, { cause: outcome.error });
  assert.ok(outcome.ms >= after - EARLY, `gave its answer after ${Math.round(outcome.ms)} ms already`);
  return outcome.value;
}

/** The call is still pending after `ms`. */
export async function hangs(call, ms) {
  const outcome = await within(call, ms);
  if (outcome === PENDING) return;
  const what = 'error' in outcome ? `failed by ${describeError(outcome.error)}` : `gave ${JSON.stringify(outcome.value)}`;
  assert.fail(`${what} after ${Math.round(outcome.ms)} ms, where it was to hang`);
}
