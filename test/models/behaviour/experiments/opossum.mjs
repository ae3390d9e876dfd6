import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const never = () => new Promise(() => undefined);
const down = async () => {
  throw new Error('down');
};

export default experiments({
  record: 'opossum',
  runs: [{ opossum: '10.0.0' }, { opossum: '9.0.0' }, { opossum: '8.5.0' }],
  experiments: [
    {
      name: 'timeout',
      says: 'a function that never ends is given up after 10 s with ETIMEDOUT where nothing is set, after 300 ms with `timeout: 300`, and is pending after 12 s with `false` and with 0; the function runs on: its call is pending after 3 s, unless it uses the signal of `abortController`, which ends it',
      proves: ['opossum/timeout/1'],
      async run({ load, http, fails, hangs, sleep }) {
        const { default: CircuitBreaker } = await load('opossum');
        const { url } = await http('silent');
        const ended = [];
        const heard = (name, call) => () => call().catch((error) => {
          ended.push(name);
          throw error;
        });
        const abortController = new AbortController();
        await Promise.all([
          fails(() => new CircuitBreaker(never).fire(), { after: 10_000, error: 'ETIMEDOUT' }),
          fails(() => new CircuitBreaker(heard('left', () => fetch(url)), { timeout: 300 }).fire(), { after: 300, error: 'ETIMEDOUT' }),
          fails(() => new CircuitBreaker(heard('aborted', () => fetch(url, { signal: abortController.signal })), { timeout: 300, abortController }).fire(), { after: 300, error: 'ETIMEDOUT' }),
          hangs(() => new CircuitBreaker(never, { timeout: false }).fire(), 12_000),
          hangs(() => new CircuitBreaker(never, { timeout: 0 }).fire(), 12_000),
          sleep(3000).then(() => assert.deepEqual(ended, ['aborted'])),
        ]);
      },
    },
    {
      name: 'reset-timeout',
      ms: 40_000,
      says: 'a breaker that opened lets a call through again after 30 s where nothing is set, and after 500 ms with `resetTimeout: 500`; until then calls fail with EOPENBREAKER and the function is not called',
      proves: ['opossum/timeout/2'],
      async run({ load, fails, sleep }) {
        const { default: CircuitBreaker } = await load('opossum');
        const opened = async (options) => {
          let calls = 0;
          const breaker = new CircuitBreaker(() => {
            calls += 1;
            return down();
          }, options);
          await fails(() => breaker.fire(), { after: 0, error: /down/ });
          assert.equal(breaker.opened, true);
          await fails(() => breaker.fire(), { after: 0, error: 'EOPENBREAKER' });
          assert.equal(calls, 1);
          return { breaker, calls: () => calls };
        };
        const [usual, short] = [await opened(), await opened({ resetTimeout: 500 })];
        await sleep(1500);
        assert.equal(short.breaker.halfOpen, true);
        await fails(() => short.breaker.fire(), { after: 0, error: /down/ });
        assert.equal(short.calls(), 2);
        await sleep(27_000);
        await fails(() => usual.breaker.fire(), { after: 0, error: 'EOPENBREAKER' });
        await sleep(3000);
        assert.equal(usual.breaker.halfOpen, true);
        await fails(() => usual.breaker.fire(), { after: 0, error: /down/ });
        assert.equal(usual.calls(), 2);
      },
    },
    {
      name: 'rolling-window',
      says: 'a failure counts for 10 s in 10 buckets where nothing is set, and is forgotten within 2 s with `rollingCountTimeout: 1000`',
      proves: ['opossum/timeout/3'],
      async run({ load, sleep }) {
        const { default: CircuitBreaker } = await load('opossum');
        const failed = async (options) => {
          const breaker = new CircuitBreaker(down, options);
          await breaker.fire().catch(() => undefined);
          assert.equal(breaker.stats.failures, 1);
          return breaker;
        };
        const [usual, short] = [await failed(), await failed({ rollingCountTimeout: 1000 })];
        assert.equal(usual.status.window.length, 10);
        await sleep(2000);
        assert.deepEqual([usual.stats.failures, short.stats.failures], [1, 0]);
        await sleep(5500);
        assert.equal(usual.stats.failures, 1);
        await sleep(4000);
        assert.equal(usual.stats.failures, 0);
      },
    },
    {
      name: 'one-attempt',
      says: 'a function that fails is called once for each `fire`',
      proves: ['opossum/retry'],
      async run({ load, fails, sleep }) {
        const { default: CircuitBreaker } = await load('opossum');
        let calls = 0;
        const breaker = new CircuitBreaker(() => {
          calls += 1;
          return down();
        });
        await fails(() => breaker.fire(), { after: 0, error: /down/ });
        await sleep(1500);
        assert.equal(calls, 1);
      },
    },
  ],
});
