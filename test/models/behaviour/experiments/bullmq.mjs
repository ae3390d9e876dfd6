import assert from 'node:assert/strict';
import { once } from 'node:events';
import { experiments } from '../lib/experiment.mjs';

const quiet = (each) => each.on('error', () => undefined);
let made = 0;

/** A queue of its own on the real server, and what is made for it. */
async function bullmq(lab, port = Number(lab.services.redis)) {
  const { Queue, QueueEvents, UnrecoverableError, Worker } = await lab.load('bullmq');
  const { default: Redis } = await lab.load('ioredis');
  const name = `bullmq-${process.pid}-${(made += 1)}`;
  const connection = { host: '127.0.0.1', port };
  return {
    name,
    UnrecoverableError,
    redis: quiet(new Redis(connection)),
    queue: (options = {}) => quiet(new Queue(name, { connection: { ...connection, ...options } })),
    events: () => quiet(new QueueEvents(name, { connection })),
    worker: (processor, options = {}) => quiet(new Worker(name, processor, { connection: { ...connection, maxRetriesPerRequest: null }, ...options })),
  };
}

const never = () => new Promise(() => undefined);

export default experiments({
  record: 'bullmq',
  runs: [{ bullmq: '6.7.0', ioredis: '5.11.1' }, { bullmq: '5.81.5', ioredis: '5.11.1' }],
  experiments: [
    {
      name: 'no-job-timeout',
      says: 'a processor that never ends is not ended, `timeout: 300` among the options of the job or not: after 4 s, eight times the `lockDuration` of 500, it is active, the next job waits behind it, and it was begun once',
      proves: ['bullmq/timeout/1'],
      needs: ['redis'],
      async run(lab) {
        const own = await bullmq(lab);
        const queue = own.queue();
        let begun = 0;
        own.worker(() => ((begun += 1), never()), { lockDuration: 500, stalledInterval: 300 });
        const job = await queue.add('stuck', {}, { timeout: 300 });
        const next = await queue.add('next', {});
        await lab.sleep(4000);
        assert.equal(await queue.getJob(job.id).then((each) => each.getState()), 'active');
        assert.equal(await queue.getJob(next.id).then((each) => each.getState()), 'waiting');
        assert.equal(begun, 1);
      },
    },
    {
      name: 'lock-duration',
      says: 'the lock of an active job lasts for `lockDuration: 1000`, by default 30 s, and is renewed by half of it: within 3 s it never ran out and was set anew 4 times or more',
      proves: ['bullmq/timeout/2'],
      needs: ['redis'],
      async run(lab) {
        const lock = async (options) => {
          const own = await bullmq(lab);
          const job = await own.queue().add('stuck', {});
          const worker = own.worker(never, options);
          await once(worker, 'active');
          const seen = [];
          for (const end = performance.now() + 3000; performance.now() < end; await lab.sleep(25)) seen.push(await own.redis.pttl(`bull:${own.name}:${job.id}:lock`));
          return seen;
        };
        const [short, usual] = await Promise.all([lock({ lockDuration: 1000 }), lock({})]);
        assert.ok(short.every((ms) => ms > 0 && ms <= 1000), `${Math.min(...short)} to ${Math.max(...short)}`);
        const renewals = short.filter((ms, index) => index > 0 && ms > short[index - 1] + 100).length;
        assert.ok(renewals >= 4, `${renewals} renewals`);
        assert.ok(Math.min(...short) > 250, `it ran down to ${Math.min(...short)} ms`);
        assert.ok(usual.every((ms) => ms > 25_000 && ms <= 30_000), `${Math.min(...usual)} to ${Math.max(...usual)}`);
      },
    },
    {
      name: 'stalled-interval',
      says: 'a job whose lock ran out is told as stalled and begun anew within two turns of `stalledInterval: 500`, and once only (`maxStalledCount` 1): the second time it fails; by the default of 30 s nothing of it is told within 5 s',
      proves: ['bullmq/timeout/3', 'bullmq/retry'],
      needs: ['redis'],
      async run(lab) {
        const watch = async (options) => {
          const own = await bullmq(lab);
          const [queue, events] = [own.queue(), own.events()];
          await events.waitUntilReady();
          let stalled = 0;
          events.on('stalled', () => (stalled += 1));
          let begun = 0;
          own.worker(() => ((begun += 1), never()), { lockDuration: 300, skipLockRenewal: true, concurrency: 3, ...options });
          const job = await queue.add('stuck', {});
          await lab.sleep(5000);
          return { stalled, begun, state: await queue.getJob(job.id).then((each) => each.getState()) };
        };
        const [often, seldom] = await Promise.all([watch({ stalledInterval: 500 }), watch({})]);
        assert.ok(often.stalled >= 1, JSON.stringify(often));
        assert.equal(often.begun, 2);
        assert.equal(often.state, 'failed');
        assert.deepEqual(seldom, { stalled: 0, begun: 1, state: 'active' });
      },
    },
    {
      name: 'wait-until-finished',
      says: '`waitUntilFinished(events, 300)` of a job that nobody finishes fails after 300 ms, and the job goes on; without `ttl`, and with 0, it is pending after 3 s',
      proves: ['bullmq/timeout/4'],
      needs: ['redis'],
      async run(lab) {
        const own = await bullmq(lab);
        const [queue, events] = [own.queue(), own.events()];
        await events.waitUntilReady();
        const job = await queue.add('alone', {});
        await Promise.all([
          lab.fails(() => job.waitUntilFinished(events, 300), { after: 300, error: /timed out before finishing/ }),
          lab.hangs(() => job.waitUntilFinished(events), 3000),
          lab.hangs(() => job.waitUntilFinished(events, 0), 3000),
        ]);
        assert.equal(await job.getState(), 'waiting');
      },
    },
    {
      name: 'attempts',
      says: 'a job that fails is begun once by default; with `attempts: 3` three times at once after one another, with a fixed backoff of 300 three times 300 ms apart, with an exponential one of 200 after 200 and 400 ms, and with UnrecoverableError once',
      proves: ['bullmq/retry'],
      needs: ['redis'],
      async run(lab) {
        const times = async (options, fail = () => new Error('no')) => {
          const own = await bullmq(lab);
          const began = [];
          const worker = own.worker(async () => {
            began.push(performance.now());
            throw fail(own);
          });
          await worker.waitUntilReady();
          await own.queue().add('fails', {}, options);
          await lab.sleep(3000);
          return began.slice(1).map((at, index) => Math.round(at - began[index]));
        };
        const backoff = (type, delay) => ({ attempts: 3, backoff: { type, delay } });
        const [usual, atOnce, fixed, growing, last] = await Promise.all([
          times({}), times({ attempts: 3 }), times(backoff('fixed', 300)), times(backoff('exponential', 200)), times({ attempts: 3 }, ({ UnrecoverableError }) => new UnrecoverableError('no')),
        ]);
        assert.deepEqual(usual, []);
        assert.equal(atOnce.length, 2);
        assert.ok(atOnce.every((gap) => gap < 250), atOnce.join());
        assert.equal(fixed.length, 2);
        assert.ok(fixed.every((gap) => gap >= 290), fixed.join());
        assert.ok(growing.length === 2 && growing[0] >= 190 && growing[1] >= 390, growing.join());
        assert.deepEqual(last, []);
      },
    },
    {
      name: 'silent-redis',
      says: '`add` is pending after 3 s where Redis answers nothing, and fails after 300 ms with `commandTimeout: 300` in the connection; `getJob` of an unknown id gives undefined, and `add` with a `jobId` that is there the same id and no second job; a worker whose connection has `commandTimeout: 300` is told of timeouts and begins no job within 3 s, as its own commands block',
      empty: 'getJob of an id that is not there',
      needs: ['redis'],
      async run(lab) {
        const proxy = await lab.proxy(Number(lab.services.redis));
        const own = await bullmq(lab, proxy.port);
        const [plain, bounded] = [own.queue(), own.queue({ commandTimeout: 300 })];
        assert.equal(await plain.getJob('none'), undefined);
        const first = await bounded.add('a', {}, { jobId: 'one' });
        const second = await plain.add('a', {}, { jobId: 'one' });
        assert.equal(second.id, first.id);
        assert.equal((await plain.getJobCounts('waiting')).waiting, 1);
        const [errors, begun] = [[], []];
        const worker = own.worker(async (job) => void begun.push(job.id), { connection: { host: '127.0.0.1', port: proxy.port, maxRetriesPerRequest: null, commandTimeout: 300 }, autorun: false });
        worker.on('error', (error) => errors.push(error.message));
        await plain.obliterate({ force: true });
        worker.run().catch(() => undefined);
        await lab.sleep(1000);
        await plain.add('c', {});
        await lab.sleep(3000);
        assert.deepEqual(begun, []);
        assert.ok(errors.length >= 2 && errors.every((message) => message === 'Command timed out'), errors.join());
        await proxy.fault({ mode: 'hang' });
        await Promise.all([lab.fails(() => bounded.add('b', {}), { after: 300, error: /^Command timed out$/ }), lab.hangs(() => plain.add('b', {}), 3000)]);
      },
    },
  ],
});
