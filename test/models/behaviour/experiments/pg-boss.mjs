import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

let made = 0;

/** An installation of pg-boss in a schema of its own, and a queue in it. */
async function bossOf(lab, { port = Number(lab.services.postgres), schema = `boss_${process.pid}_${(made += 1)}`, queue = {}, ...options } = {}) {
  const loaded = await lab.load('pg-boss');
  const PgBoss = loaded.PgBoss ?? loaded.default;
  const boss = new PgBoss({ connectionString: `postgres://shop@127.0.0.1:${port}/postgres`, schema, max: 3, ...options });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('work', { name: 'work', ...queue });
  return { boss, schema };
}

export default experiments({
  record: 'pg-boss',
  runs: [{ 'pg-boss': '12.38.0', '@opentelemetry/api': '1.9.0' }, { 'pg-boss': '10.4.2' }],
  experiments: [
    {
      name: 'expire',
      says: 'a handler that does not end is waited for until `expireInSeconds: 1` is over, then its job fails; by default a job may run for 900 s, and is active after 4 s. From version 12 on `job.signal` is aborted too',
      proves: ['pg-boss/timeout/1'],
      needs: ['postgres'],
      ms: 40_000,
      async run(lab) {
        const [{ boss: short }, { boss: usual }] = [await bossOf(lab), await bossOf(lab)];
        let signal;
        const never = ([job]) => {
          signal ??= job.signal;
          return new Promise(() => undefined);
        };
        await short.work('work', { pollingIntervalSeconds: 0.5 }, never);
        await usual.work('work', { pollingIntervalSeconds: 0.5 }, () => new Promise(() => undefined));
        const id = await short.send('work', {}, { expireInSeconds: 1, retryLimit: 0 });
        const other = await usual.send('work', {});
        await lab.sleep(4500);
        assert.equal((await short.getJobById('work', id)).state, 'failed');
        const left = await usual.getJobById('work', other);
        assert.equal(left.state, 'active');
        // Version 10 gives an interval of minutes.
        assert.equal(Number(left.expireInSeconds ?? left.expireIn.minutes * 60), 900);
        if (lab.major('pg-boss') >= 12) assert.equal(signal.aborted, true);
      },
    },
    {
      name: 'retries',
      says: 'a job that fails is begun three times by default, the further two with no delay of their own but the interval of polling; with `retryLimit: 0` once, with `retryDelay: 2` 2 s apart or more',
      proves: ['pg-boss/retry'],
      needs: ['postgres'],
      ms: 40_000,
      async run(lab) {
        const { boss } = await bossOf(lab);
        const times = { usual: [], none: [], late: [] };
        await boss.work('work', { pollingIntervalSeconds: 0.5 }, async ([job]) => {
          times[job.data.which].push(performance.now());
          throw new Error('no');
        });
        await boss.send('work', { which: 'none' }, { retryLimit: 0 });
        await boss.send('work', { which: 'usual' });
        await boss.send('work', { which: 'late' }, { retryLimit: 1, retryDelay: 2 });
        await lab.sleep(9000);
        assert.deepEqual([times.usual.length, times.none.length, times.late.length], [3, 1, 2]);
        assert.ok(times.usual[2] - times.usual[0] < 5500, `${times.usual[2] - times.usual[0]} ms`);
        assert.ok(times.late[1] - times.late[0] >= 1900, `${times.late[1] - times.late[0]} ms`);
      },
    },
    {
      name: 'silent-server',
      says: '`send` is pending after 3 s where the server answers nothing, and fails after 300 ms with `query_timeout: 300`; a second send with the same `singletonKey` within `singletonSeconds` gives null, `getJobById` of an unknown id null, `fetch` of an empty queue `[]`',
      empty: 'send of a job that is there',
      needs: ['postgres'],
      ms: 40_000,
      async run(lab) {
        const proxy = await lab.proxy(Number(lab.services.postgres));
        const { boss, schema } = await bossOf(lab, { port: proxy.port });
        const { boss: bounded } = await bossOf(lab, { port: proxy.port, schema, query_timeout: 300 });
        assert.deepEqual(await boss.fetch('work'), []);
        const one = { singletonKey: 'one', singletonSeconds: 60 };
        assert.equal(typeof (await boss.send('work', {}, one)), 'string');
        assert.equal(await boss.send('work', {}, one), null);
        assert.equal(await boss.getJobById('work', '00000000-0000-0000-0000-000000000000'), null);
        await bounded.send('work', {});
        await proxy.fault({ mode: 'hang' });
        await Promise.all([lab.fails(() => bounded.send('work', {}), { after: 300, error: /timeout/i }), lab.hangs(() => boss.send('work', {}), 3000)]);
      },
    },
  ],
});
