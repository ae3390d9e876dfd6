import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const QUICK = { minTimeout: 1, maxTimeout: 2 };

/** A function that always fails, and when it was called. */
function failing() {
  const at = [];
  const fn = async () => {
    at.push(performance.now());
    throw new Error('down');
  };
  return Object.assign(fn, { calls: () => at.length, gaps: () => at.slice(1).map((time, index) => Math.round(time - at[index])) });
}

function assertGaps(gaps, least, most = least.map(() => Infinity)) {
  assert.ok(gaps.length >= least.length, `only ${gaps.length} further calls`);
  for (const [index, each] of least.entries()) assert.ok(gaps[index] >= each - 30 && gaps[index] <= most[index], `waited ${gaps}`);
}

const swallowed = (promise) => void Promise.resolve(promise).catch(() => undefined);

export default experiments({
  record: 'retry-libs',
  runs: [{ 'p-retry': '7.1.1' }],
  experiments: [
    {
      name: 'p-retry',
      runs: [{ 'p-retry': '9.0.0' }, { 'p-retry': '7.1.1' }, { 'p-retry': '6.2.1' }, { 'p-retry': '4.6.2' }],
      says: 'a function that fails is called 11 times where nothing but the wait is set, after 1 and 2 s where nothing is; with `retries: 2` 3 times; a TypeError that is none of the network ends it at the first; `forever: true` goes on past 50 calls before 7, and throws from 7 on, where `retries: Infinity` does',
      async run({ load, fails, gives, sleep, major }) {
        const { default: pRetry } = await load('p-retry');
        const [many, few, usual, wrong] = [failing(), failing(), failing(), failing()];
        swallowed(pRetry(usual));
        await fails(() => pRetry(many, QUICK), { after: 0, error: /down/ });
        await fails(() => pRetry(few, { ...QUICK, retries: 2 }), { after: 0, error: /down/ });
        await fails(() => pRetry(async () => {
          await wrong().catch(() => undefined);
          throw new TypeError('x is not a function');
        }, QUICK), { after: 0, error: 'TypeError' });
        const endless = (options) => {
          let calls = 0;
          return pRetry(async () => {
            calls += 1;
            if (calls <= 50) throw new Error('down');
            return calls;
          }, { ...QUICK, ...options });
        };
        if (major('p-retry') >= 7) await fails(() => endless({ forever: true }), { after: 0, error: /no longer supported/ });
        const unlimited = major('p-retry') >= 7 ? { retries: Infinity } : { forever: true };
        assert.equal(await gives(() => endless(unlimited)), 51);
        await sleep(3800);
        assert.deepEqual([many, few, usual, wrong].map(({ calls }) => calls()), [11, 3, 3, 1]);
        assertGaps(usual.gaps(), [1000, 2000], [1900, 2900]);
      },
    },
    {
      name: 'async-retry',
      runs: [{ 'async-retry': '1.3.3' }, { 'async-retry': '1.3.1' }, { 'async-retry': '1.3.0' }, { 'async-retry': '1.2.3' }],
      says: 'a function that fails is called 11 times where nothing but the wait is set, after 1 to 2 s where nothing is (before 1.3.1 after 1 s, without a random part); with `retries: 2` 3 times',
      async run({ load, fails, sleep, versions }) {
        const { default: retry } = await load('async-retry');
        const [many, few] = [failing(), failing()];
        const usual = Array.from({ length: 20 }, failing);
        // 1.3.0 reads its options without asking whether there are any.
        for (const each of usual) swallowed(retry(each, {}));
        await fails(() => retry(many, QUICK), { after: 0, error: /down/ });
        await fails(() => retry(few, { ...QUICK, retries: 2 }), { after: 0, error: /down/ });
        await sleep(2500);
        assert.deepEqual([many.calls(), few.calls()], [11, 3]);
        const firsts = usual.map(({ gaps }) => gaps()[0]);
        for (const gap of firsts) assertGaps([gap], [1000], [2600]);
        // The same wait with a random factor: spread over a second.
        const spread = Math.max(...firsts) - Math.min(...firsts) > 200;
        assert.equal(spread, versions['async-retry'] >= '1.3.1', `waited ${firsts}`);
      },
    },
    {
      name: 'retry',
      runs: [{ retry: '0.13.1' }, { retry: '0.12.0' }],
      says: 'an operation is tried 11 times where nothing but the wait is set, after 1 and 2 s where nothing is; with `retries: 2` 3 times',
      async run({ load, sleep }) {
        const { default: retry } = await load('retry');
        const tried = (options) => {
          const fn = failing();
          const operation = retry.operation(options);
          operation.attempt(() => fn().catch((error) => operation.retry(error)));
          return fn;
        };
        const [usual, many, few] = [tried(), tried(QUICK), tried({ ...QUICK, retries: 2 })];
        await sleep(3800);
        assert.deepEqual([many, few, usual].map(({ calls }) => calls()), [11, 3, 3]);
        assertGaps(usual.gaps(), [1000, 2000], [1900, 2900]);
      },
    },
    {
      name: 'promise-retry',
      runs: [{ 'promise-retry': '2.0.1' }, { 'promise-retry': '1.1.1' }],
      says: 'a function that hands its error to `retry` is called 11 times where nothing but the wait is set, after 1 and 2 s where nothing is, with options first or last; one that only throws is called once',
      async run({ load, fails, sleep }) {
        const { default: promiseRetry } = await load('promise-retry');
        const [usual, last, first, thrown] = [failing(), failing(), failing(), failing()];
        const handing = (fn) => (retry) => fn().catch(retry);
        swallowed(promiseRetry(handing(usual)));
        await fails(() => promiseRetry(handing(last), QUICK), { after: 0, error: /down/ });
        await fails(() => promiseRetry(QUICK, handing(first)), { after: 0, error: /down/ });
        await fails(() => promiseRetry(thrown, QUICK), { after: 0, error: /down/ });
        await sleep(3800);
        assert.deepEqual([last, first, thrown, usual].map(({ calls }) => calls()), [11, 11, 1, 3]);
        assertGaps(usual.gaps(), [1000, 2000], [1900, 2900]);
      },
    },
    {
      name: 'exponential-backoff',
      runs: [{ 'exponential-backoff': '3.1.3' }, { 'exponential-backoff': '2.2.1' }],
      says: 'a function that fails is called 10 times where nothing but the wait is set, after 100, 200, 400 and 800 ms where nothing is; with `numOfAttempts: 3` 3 times, and with 1 or 0 once',
      async run({ load, fails, sleep }) {
        const loaded = await load('exponential-backoff');
        const backOff = loaded.backOff ?? loaded.default.backOff;
        const quick = { startingDelay: 1, timeMultiple: 1 };
        const [many, few, one, none, usual] = [failing(), failing(), failing(), failing(), failing()];
        swallowed(backOff(usual));
        await fails(() => backOff(many, quick), { after: 0, error: /down/ });
        await fails(() => backOff(few, { ...quick, numOfAttempts: 3 }), { after: 0, error: /down/ });
        await fails(() => backOff(one, { ...quick, numOfAttempts: 1 }), { after: 0, error: /down/ });
        await fails(() => backOff(none, { ...quick, numOfAttempts: 0 }), { after: 0, error: /down/ });
        await sleep(2500);
        assert.deepEqual([many, few, one, none].map(({ calls }) => calls()), [10, 3, 1, 1]);
        assertGaps(usual.gaps(), [100, 200, 400, 800]);
      },
    },
    {
      name: 'fetch-retry',
      runs: [{ 'fetch-retry': '6.0.0' }, { 'fetch-retry': '5.0.6' }],
      says: 'a connection that is reset is asked 4 times, GET and POST, 1 s after each other; 503 once, and 4 times with `retryOn: [503]`; a call that its own signal ended 4 times, though nothing is sent any more',
      async run({ load, http, fails, gives }) {
        const { default: wrap } = await load('fetch-retry');
        let calls = 0;
        const own = wrap(fetch);
        const counted = wrap((...args) => {
          calls += 1;
          return fetch(...args);
        });
        const [got, posted, once, chosen, silent] = await Promise.all(['reset', 'reset', 'unavailable', 'unavailable', 'silent'].map((each) => http(each)));
        await Promise.all([
          fails(() => own(got.url), { after: 3000 }),
          fails(() => own(posted.url, { method: 'POST', body: '{}' }), { after: 3000 }),
          gives(() => own(once.url)),
          gives(() => own(chosen.url, { retryOn: [503] }), { after: 3000 }),
          fails(() => counted(silent.url, { signal: AbortSignal.timeout(300) }), { after: 3300, error: 'TimeoutError' }),
        ]);
        assert.deepEqual([got, posted, once, chosen, silent].map(({ requests }) => requests.length), [4, 4, 1, 4, 1]);
        assert.equal(calls, 4);
        for (const { gaps } of [got, posted, chosen]) assertGaps(gaps, [1000, 1000, 1000]);
      },
    },
  ],
});
