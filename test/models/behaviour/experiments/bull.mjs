import assert from 'node:assert/strict';
import { once } from 'node:events';
import { experiments } from '../lib/experiment.mjs';

let made = 0;
const never = () => new Promise(() => undefined);

/** A queue of its own on the real server. */
async function queueOf(lab, options = {}, port = Number(lab.services.redis)) {
  const { default: Queue } = await lab.load('bull');
  return new Queue(`bull-${process.pid}-${(made += 1)}`, { redis: { host: '127.0.0.1', port }, ...options });
}

export default experiments({
  record: 'bull',
  runs: [{ bull: '4.16.5' }],
  experiments: [
    {
      name: 'job-timeout',
      says: 'a job with `timeout: 300` whose processor never ends fails after 300 ms, and is begun once; without it it is active after 3 s',
      proves: ['bull/timeout/1'],
      needs: ['redis'],
      async run(lab) {
        const [short, usual] = [await queueOf(lab), await queueOf(lab)];
        let begun = 0;
        short.process(() => ((begun += 1), never()));
        usual.process(never);
        await Promise.all([short.isReady(), usual.isReady()]);
        const job = await usual.add({});
        await short.add({}, { timeout: 300 });
        await once(short, 'active');
        const [, error] = await lab.gives(() => once(short, 'failed'), { after: 250, before: 2500 });
        assert.match(error.message, /timed out/i);
        await lab.sleep(3000);
        assert.equal(await job.getState(), 'active');
        assert.equal(begun, 1);
      },
    },
    {
      name: 'lock-duration',
      says: 'the lock of an active job lasts for `lockDuration: 1000`, by default 30 s, and is renewed by half of it: within 3 s it never ran out and was set anew 4 times or more',
      proves: ['bull/timeout/2'],
      needs: ['redis'],
      async run(lab) {
        const lock = async (settings) => {
          const queue = await queueOf(lab, { settings });
          queue.process(never);
          await queue.isReady();
          const job = await queue.add({});
          await once(queue, 'active');
          const seen = [];
          for (const end = performance.now() + 3000; performance.now() < end; await lab.sleep(25)) seen.push(await queue.client.pttl(`bull:${queue.name}:${job.id}:lock`));
          return seen;
        };
        const [short, usual] = await Promise.all([lock({ lockDuration: 1000 }), lock({})]);
        assert.ok(short.every((ms) => ms > 0 && ms <= 1000), `${Math.min(...short)} to ${Math.max(...short)}`);
        const renewals = short.filter((ms, index) => index > 0 && ms > short[index - 1] + 100).length;
        assert.ok(renewals >= 4, `${renewals} renewals`);
        assert.ok(usual.every((ms) => ms > 25_000 && ms <= 30_000), `${Math.min(...usual)} to ${Math.max(...usual)}`);
      },
    },
    {
      name: 'stalled-interval',
      says: 'a job whose lock ran out is told as stalled and begun anew within 5 s where `stalledInterval` is 500, once only (`maxStalledCount` 1), then it fails; by the default of 30 s nothing of it is told',
      proves: ['bull/timeout/3', 'bull/retry'],
      needs: ['redis'],
      async run(lab) {
        const watch = async (settings) => {
          const queue = await queueOf(lab, { settings: { lockDuration: 300, lockRenewTime: 60_000, ...settings } });
          let stalled = 0;
          let begun = 0;
          queue.on('stalled', () => (stalled += 1));
          queue.process(3, () => ((begun += 1), never()));
          await queue.isReady();
          const job = await queue.add({});
          await lab.sleep(5000);
          return { stalled, begun, state: await job.getState() };
        };
        const [often, seldom] = await Promise.all([watch({ stalledInterval: 500 }), watch({})]);
        assert.ok(often.stalled >= 1, JSON.stringify(often));
        assert.equal(often.begun, 2);
        assert.equal(often.state, 'failed');
        assert.deepEqual(seldom, { stalled: 0, begun: 1, state: 'active' });
      },
    },
    {
      name: 'attempts',
      says: 'a job that fails is begun once by default; with `attempts: 3` three times, at once after one another, and with a fixed backoff of 300 three times 300 ms apart',
      proves: ['bull/retry'],
      needs: ['redis'],
      async run(lab) {
        const times = async (options) => {
          const queue = await queueOf(lab);
          const began = [];
          queue.process(async () => {
            began.push(performance.now());
            throw new Error('no');
          });
          await queue.isReady();
          await queue.add({}, options);
          await lab.sleep(3000);
          return began.slice(1).map((at, index) => Math.round(at - began[index]));
        };
        const [usual, atOnce, fixed] = await Promise.all([times({}), times({ attempts: 3 }), times({ attempts: 3, backoff: 300 })]);
        assert.deepEqual(usual, []);
        assert.ok(atOnce.length === 2 && atOnce.every((gap) => gap < 250), atOnce.join());
        assert.ok(fixed.length === 2 && fixed.every((gap) => gap >= 290), fixed.join());
      },
    },
    {
      name: 'silent-redis',
      says: '`add` is pending after 3 s where Redis answers nothing, and fails after 300 ms where `createClient` makes the client of type "client" with `commandTimeout: 300`; `getJob` of an unknown id gives null, and `add` with a `jobId` that is there makes no second job',
      empty: 'getJob of an id that is not there',
      needs: ['redis'],
      async run(lab) {
        const { default: Redis } = await lab.load('ioredis');
        const proxy = await lab.proxy(Number(lab.services.redis));
        const plain = await queueOf(lab, {}, proxy.port);
        const bounded = await queueOf(lab, {
          createClient: (type, options) => new Redis({ ...options, ...(type === 'client' ? { commandTimeout: 300 } : { maxRetriesPerRequest: null, enableReadyCheck: false }) }),
        }, proxy.port);
        await bounded.isReady();
        assert.equal(await plain.getJob('none'), null);
        await plain.add({}, { jobId: 'one' });
        await plain.add({}, { jobId: 'one' });
        assert.equal(await plain.getWaitingCount(), 1);
        await proxy.fault({ mode: 'hang' });
        await Promise.all([lab.fails(() => bounded.add({}), { after: 300, error: /^Command timed out$/ }), lab.hangs(() => plain.add({}), 3000)]);
      },
    },
  ],
});
