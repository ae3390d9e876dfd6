import { describe, expect, it } from 'vitest';
import { LEAVES_ARGUMENTS_UNCHANGED, MAY_BOUND, SYNCHRONOUS_CALLBACKS, TEARDOWN_NAMES, TIMERS } from '../../src/models/builtins.js';

describe('MAY_BOUND', () => {
  it.each(['withTimeout', 'promiseTimeout', 'time_out', 'timedOut', 'withDeadline', 'timeBox', 'timeLimit', 'abortAfter', 'raceWithTimer', 'Promise.race', 'withRace', 'REQUEST_TIMEOUT', 'socket.onTimeout', 'breaker.fire', 'policy.execute', 'resilient', 'bounded'])('takes %s', (name) =>
    expect(MAY_BOUND.test(name)).toBe(true),
  );
  it.each(['retry', 'withRetry', 'fetchUser', 'wrap', 'limit', 'asyncHandler', 'measure', 'traceAsync', 'tracer.trace', 'embrace', 'setTimeout', 'clearTimeout', 'timers.setTimeout'])('passes over %s', (name) => expect(MAY_BOUND.test(name)).toBe(false));
});

it('holds what changes nothing, and nothing that does', () => {
  for (const name of ['JSON.stringify', 'console.log', 'Object.keys', 'Object.freeze', 'structuredClone']) expect(LEAVES_ARGUMENTS_UNCHANGED.has(name)).toBe(true);
  for (const name of ['Object.assign', 'Object.defineProperty', 'Object.setPrototypeOf', 'Reflect.set']) expect(LEAVES_ARGUMENTS_UNCHANGED.has(name)).toBe(false);
});

it('tells callbacks that run at once from those that run later', () => {
  expect(SYNCHRONOUS_CALLBACKS.has('map')).toBe(true);
  expect(SYNCHRONOUS_CALLBACKS.has('then')).toBe(false);
  expect([...TIMERS]).toEqual(['setTimeout', 'setInterval', 'setImmediate']);
});

it('knows teardown, and what others wait for', () => {
  for (const name of ['close', 'destroy', 'unlink', 'quit']) expect(TEARDOWN_NAMES.has(name)).toBe(true);
  for (const name of ['release', 'unlock', 'commit', 'rollback', 'ack']) expect(TEARDOWN_NAMES.has(name)).toBe(false);
});
