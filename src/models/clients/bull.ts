import type { BoundModel, ClientModel, ClientShape } from '../types.js';

const READ = { effect: 'read' } as const;
const WRITE = { effect: 'write' } as const;

const QUEUE: ClientShape = {
  title: 'Bull queue',
  operations: {
    add: WRITE, addBulk: WRITE, pause: WRITE, resume: WRITE, empty: WRITE, clean: WRITE, obliterate: WRITE, removeJobs: WRITE, retryJobs: WRITE,
    removeRepeatable: WRITE, removeRepeatableByKey: WRITE,
    getJob: { effect: 'read', empty: { path: '', value: 'null' } },
    'get*': READ, count: READ, isPaused: READ,
    isReady: { effect: 'none', waits: ['connect'] },
    // It takes jobs for as long as the program lives.
    process: { effect: 'none', mode: 'blocking' },
  },
  perCall: false,
  types: ['Queue'],
};

const bounds: readonly BoundModel[] = [
  {
    path: 'redis.commandTimeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'immediate',
    note: 'bounds each command, those with which the queue waits for jobs too', source: 'redis',
  },
  // What it makes has limits of its own, or none.
  { path: 'createClient', at: ['client'], covers: 'total', unit: 'ms', default: null, note: 'makes the clients, with limits of their own', source: 'redis' },
  { path: 'redis.connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', note: 'bounds connecting; commands wait on', source: 'redis' },
];

export const models: readonly ClientModel[] = [
  {
    id: 'bull-client',
    title: 'Bull',
    kind: 'queue',
    packages: ['bull'],
    checked: ['4.16.5'],
    // (name), (name, options), (name, url) or (name, url, options)
    exports: { default: { is: 'class', makes: 'queue', options: { at: 'last', after: 1 } } },
    clients: { queue: QUEUE },
    bounds,
    seam: { kind: 'none', note: 'wrap `queue.add` and the processor', tried: false },
    repeat: { again: ['add', 'addBulk'], same: ['pause', 'resume', 'empty', 'obliterate', 'removeJobs'], keys: [{ path: 'jobId', at: 'call' }], source: 'bull@4.16.5 lib/job.js; run: add with a jobId that is there made no second job' },
    errors: { timeout: ['Command timed out'], nothingSent: [] },
    unbounded: 'waits for ever on a silent server, as its commands to Redis have no timeout by default',
    mend: 'give it a `createClient` that sets `commandTimeout` for the client of type "client" alone, as the others block on purpose',
    sources: {
      redis: 'bull@4.16.5 lib/queue.js:290-330: the options are those of ioredis, for all three clients; run: add was pending after 3 s on a silent Redis, a `createClient` with `commandTimeout: 300` ended it',
      results: 'run: getJob of an id that is not there gave null in 4.16.5',
    },
    verified: 'source+test',
  },
];
