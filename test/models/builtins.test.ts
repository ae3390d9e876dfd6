import { describe, expect, it } from 'vitest';
import { KEEPS_RESULT, MAY_BOUND, SYNCHRONOUS_CALLBACKS, TEARDOWN_NAMES, TIMERS, leavesArgumentsAlone } from '../../src/models/builtins.js';

describe('MAY_BOUND', () => {
  it.each(['withTimeout', 'promiseTimeout', 'time_out', 'timedOut', 'withDeadline', 'timeBox', 'timeLimit', 'abortAfter', 'raceWithTimer', 'Promise.race', 'withRace', 'REQUEST_TIMEOUT', 'socket.onTimeout', 'breaker.fire', 'policy.execute', 'resilient', 'bounded'])('takes %s', (name) =>
    expect(MAY_BOUND.test(name)).toBe(true),
  );
  it.each(['retry', 'withRetry', 'fetchUser', 'wrap', 'limit', 'asyncHandler', 'measure', 'traceAsync', 'tracer.trace', 'embrace', 'setTimeout', 'clearTimeout', 'timers.setTimeout'])('passes over %s', (name) => expect(MAY_BOUND.test(name)).toBe(false));
});

describe('leavesArgumentsAlone', () => {
  it.each(['JSON.stringify', 'console.log', 'Object.keys', 'Object.freeze', 'structuredClone', 'fetch', 'globalThis.fetch', 'axios', 'axios.post', 'got.extend', 'https.get', 'logger.info', 'this.log.warn', 'new Map', 'new Request'])('%s does', (name) =>
    expect(leavesArgumentsAlone(name)).toBe(true),
  );
  it.each(['Object.assign', 'Object.defineProperty', 'Object.setPrototypeOf', 'Reflect.set', 'Map', 'Promise.resolve', 'Array.from', 'prefetch', 'axios.get.call', 'catalogger', 'new Pool', 'customise'])('%s is not known to', (name) =>
    expect(leavesArgumentsAlone(name)).toBe(false),
  );
});

it('tells helpers that hand a result out from those that hand a function out', () => {
  for (const name of ['singleton', 'remember', 'globalSingleton', 'getSingleton']) expect(KEEPS_RESULT.test(name)).toBe(true);
  for (const name of ['once', 'memoize', 'cache', 'lazy', 'isSingleton', 'rememberMe']) expect(KEEPS_RESULT.test(name)).toBe(false);
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
