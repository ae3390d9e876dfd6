import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const never = () => new Promise(() => undefined);

export default experiments({
  record: 'cockatiel',
  runs: [{ cockatiel: '4.0.0' }, { cockatiel: '3.2.1' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout(300, TimeoutStrategy.Aggressive)` rejects with TaskCancelledError after 300 ms; `Cooperative` aborts the signal then, and is pending after 3 s where the function does not heed it; 0 ends the wait at once',
      proves: ['cockatiel/timeout/1'],
      async run({ load, fails, hangs, http }) {
        const { timeout, TimeoutStrategy } = await load('cockatiel');
        const silent = await http('silent');
        const aborted = [];
        const heard = (name) => ({ signal }) => {
          signal.addEventListener('abort', () => aborted.push(name));
          return never();
        };
        await Promise.all([
          fails(() => timeout(300, TimeoutStrategy.Aggressive).execute(heard('aggressive')), { after: 300, error: 'TaskCancelledError' }),
          hangs(() => timeout(300, TimeoutStrategy.Cooperative).execute(heard('cooperative')), 3000),
          fails(() => timeout(300, TimeoutStrategy.Cooperative).execute(({ signal }) => fetch(silent.url, { signal })), { after: 300, error: 'AbortError' }),
          hangs(() => timeout(300, TimeoutStrategy.Cooperative).execute(() => fetch(silent.url)), 3000),
          fails(() => timeout(0, TimeoutStrategy.Aggressive).execute(never), { after: 0, late: 500, error: 'TaskCancelledError' }),
        ]);
        assert.deepEqual(aborted.sort(), ['aggressive', 'cooperative']);
      },
    },
    {
      name: 'retry-without-end',
      says: '`retry(handleAll, {})` calls a function that fails more than 500 times within 2 s, and goes on; with `maxAttempts: 2` 3 times, without a pause',
      proves: ['cockatiel/retry'],
      async run({ load, fails, gives }) {
        const { retry, handleAll } = await load('cockatiel');
        let calls = 0;
        const began = performance.now();
        await gives(() => retry(handleAll, {}).execute(async () => {
          calls += 1;
          // The pause is a timer of 0 ms: a machine that is busy gets through fewer.
          if (calls <= 500) throw new Error('down');
        }), { before: 2000 });
        assert.ok(performance.now() - began < 2000);
        let limited = 0;
        await fails(() => retry(handleAll, { maxAttempts: 2 }).execute(async () => {
          limited += 1;
          throw new Error('down');
        }), { after: 0, late: 300, error: /down/ });
        assert.equal(limited, 3);
      },
    },
    {
      name: 'exponential-backoff',
      says: '`ExponentialBackoff` with its defaults waits a random time of up to 180 ms first, 20 to 150 ms on average, longer on average the third time, and never more than 30 s',
      proves: ['cockatiel/retry'],
      async run({ load }) {
        const { ExponentialBackoff } = await load('cockatiel');
        const waits = (count) => {
          const durations = [];
          let backoff = new ExponentialBackoff().next();
          while (durations.length < count) {
            durations.push(backoff.duration);
            backoff = backoff.next();
          }
          return durations;
        };
        const runs = Array.from({ length: 300 }, () => waits(20));
        const mean = (index) => runs.reduce((sum, durations) => sum + durations[index], 0) / runs.length;
        const firsts = runs.map(([first]) => first);
        assert.ok(new Set(firsts).size > 100 && Math.max(...firsts) <= 180, `first ${Math.max(...firsts)}`);
        assert.ok(mean(0) > 20 && mean(0) < 150 && mean(2) > mean(0), `means ${mean(0)} ${mean(2)}`);
        assert.equal(Math.max(...runs.flat()), 30_000);
      },
    },
  ],
});
