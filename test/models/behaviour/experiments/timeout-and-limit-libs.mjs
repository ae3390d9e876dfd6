import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const never = () => new Promise(() => undefined);

export default experiments({
  record: 'timeout-and-limit-libs',
  runs: [{ 'p-timeout': '8.0.0' }],
  experiments: [
    {
      name: 'p-timeout',
      runs: [{ 'p-timeout': '8.0.0' }, { 'p-timeout': '6.1.4' }],
      says: '`{ milliseconds: 300 }` rejects with TimeoutError after 300 ms, and the request that was waited for stays open; `Infinity` leaves a promise pending after 3 s, and a missing limit is refused',
      async run({ load, http, fails, hangs }) {
        const { default: pTimeout } = await load('p-timeout');
        const silent = await http('silent');
        await Promise.all([
          fails(() => pTimeout(fetch(silent.url), { milliseconds: 300 }), { after: 300, error: 'TimeoutError' }),
          hangs(() => pTimeout(never(), { milliseconds: Infinity }), 3000),
          fails(() => pTimeout(never(), { milliseconds: undefined }), { after: 0, late: 300, error: 'TypeError' }),
        ]);
        assert.equal(silent.open, 1);
      },
    },
    {
      name: 'p-timeout-5',
      runs: [{ 'p-timeout': '5.1.0' }, { 'p-timeout': '4.1.0' }],
      says: '`pTimeout(promise, 300)` rejects with TimeoutError after 300 ms, and the request that was waited for stays open; `Infinity` leaves it pending after 3 s',
      async run({ load, http, fails, hangs }) {
        const { default: pTimeout } = await load('p-timeout');
        const silent = await http('silent');
        await Promise.all([
          fails(() => pTimeout(fetch(silent.url), 300), { after: 300, error: 'TimeoutError' }),
          hangs(() => pTimeout(never(), Infinity), 3000),
        ]);
        assert.equal(silent.open, 1);
      },
    },
    {
      name: 'zero',
      runs: [{ 'p-timeout': '8.0.0' }, { 'p-timeout': '6.1.4' }, { 'p-timeout': '5.1.0' }, { 'p-timeout': '4.1.0' }],
      says: 'a limit of 0 rejects at once: with a TimeoutError in 4, and with a TypeError from 5 on',
      async run({ load, fails, major }) {
        const { default: pTimeout } = await load('p-timeout');
        const limit = major('p-timeout') >= 6 ? { milliseconds: 0 } : 0;
        const { error } = await fails(() => pTimeout(never(), limit), { after: 0, late: 300 });
        assert.equal(error.name, major('p-timeout') >= 5 ? 'TypeError' : 'TimeoutError');
      },
    },
    {
      name: 'p-limit',
      runs: [{ 'p-limit': '7.3.3' }, { 'p-limit': '3.1.0' }],
      says: '`pLimit(2)` runs two at once and lets the rest wait without end: behind two that hang, a third is not called within 3 s; each is called once though it fails',
      async run({ load, fails, hangs }) {
        const { default: pLimit } = await load('p-limit');
        const limit = pLimit(2);
        const failing = pLimit(1);
        let third = 0;
        let calls = 0;
        await Promise.all([
          hangs(() => limit(never), 3000),
          hangs(() => limit(never), 3000),
          hangs(() => limit(async () => (third += 1)), 3000),
          fails(() => failing(async () => {
            calls += 1;
            throw new Error('down');
          }), { after: 0, error: /down/ }),
        ]);
        assert.deepEqual([limit.activeCount, limit.pendingCount, third, calls], [2, 1, 0, 1]);
      },
    },
  ],
});
