import type { BoundModel, ClientModel, ClientShape } from '../types.js';

const READ = { effect: 'read' } as const;
const WRITE = { effect: 'write' } as const;
const ADD = { effect: 'write', options: { at: [2] }, gives: 'job' } as const;

const QUEUE: ClientShape = {
  title: 'BullMQ queue',
  operations: {
    add: ADD, addBulk: WRITE, upsertJobScheduler: WRITE, removeJobScheduler: WRITE, remove: WRITE, drain: WRITE, clean: WRITE, obliterate: WRITE,
    retryJobs: WRITE, promoteJobs: WRITE, pause: WRITE, resume: WRITE, trimEvents: WRITE, updateJobProgress: WRITE, addJobLog: WRITE,
    setGlobalConcurrency: WRITE, removeRepeatableByKey: WRITE, removeDeduplicationKey: WRITE,
    getJob: { effect: 'read', empty: { path: '', value: 'undefined' }, gives: 'job' },
    getJobScheduler: { effect: 'read', empty: { path: '', value: 'undefined' } },
    'get*': READ, count: READ, isPaused: READ,
    waitUntilReady: { effect: 'none', waits: ['connect'] },
  },
  perCall: false,
  types: ['Queue'],
};

const FLOW: ClientShape = {
  title: 'BullMQ flow producer',
  operations: { add: WRITE, addBulk: WRITE, getFlow: READ, waitUntilReady: { effect: 'none', waits: ['connect'] } },
  perCall: false,
  types: ['FlowProducer'],
};

// What else a job does it does over the connection of its queue, whose limits are not seen from here.
const JOB: ClientShape = {
  title: 'BullMQ job',
  operations: { waitUntilFinished: { effect: 'read', options: { at: [1], plain: true } } },
  perCall: true,
  types: ['Job'],
};

const CLIENTS = ['queue', 'flow'] as const;
const bounds: readonly BoundModel[] = [
  {
    path: 'connection.commandTimeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'immediate', clients: CLIENTS,
    note: 'bounds each command of the queue; workers wait in theirs on purpose', source: 'connection',
  },
  // A client of node-redis is taken too.
  {
    path: 'connection.socket.socketTimeout', at: ['client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', clients: CLIENTS, versions: '>=6',
    note: 'ends the wait for a reply; it closes the connection', source: 'driver',
  },
  { path: 'connection.connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', clients: CLIENTS, note: 'bounds connecting; commands wait on', source: 'connection' },
  { path: '', at: ['call'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', clients: ['job'], note: 'bounds the wait for the job, which goes on', source: 'wait' },
];

export const models: readonly ClientModel[] = [
  {
    id: 'bullmq-client',
    title: 'BullMQ',
    kind: 'queue',
    packages: ['bullmq'],
    checked: ['6.7.0', '5.81.5'],
    exports: { Queue: { is: 'class', makes: 'queue', options: { at: [1] } }, FlowProducer: { is: 'class', makes: 'flow', options: { at: [0] } } },
    clients: { queue: QUEUE, flow: FLOW, job: JOB },
    bounds,
    edits: [
      { at: 'client', path: 'connection.commandTimeout', value: 'ms', clients: CLIENTS },
    ],
    seam: { kind: 'none', note: 'wrap `queue.add` and the processor of the worker', tried: false },
    repeat: {
      again: ['add', 'addBulk'], same: ['remove', 'pause', 'resume', 'drain', 'obliterate', 'upsertJobScheduler'],
      keys: [{ path: 'jobId', at: 'call' }, { path: 'deduplication', at: 'call' }], source: 'bullmq@6.7.0, 5.81.5; run: add with a jobId that is there gave the same id and no second job',
    },
    errors: { timeout: ['Command timed out'], nothingSent: [] },
    unbounded: 'waits for ever on a silent server, as neither a command to Redis nor the wait for a job has a limit by default',
    mend: 'set `commandTimeout` in the `connection` of the queue (not of its workers, whose commands block on purpose), and pass `waitUntilFinished` its `ttl`',
    sources: {
      connection: 'bullmq@6.7.0, 5.81.5 dist/cjs/classes/redis-connection.js: the options are those of ioredis; run: `commandTimeout: 300` ended add on a silent Redis, without it add was pending after 3 s',
      driver: 'bullmq@6.7.0, 5.81.5 dist/cjs/classes/redis-connection.js, node-redis-client.js: a client of node-redis is taken as it is',
      wait: 'bullmq@6.7.0 dist/cjs/classes/job.js:739-784; run: ttl 300 ended the wait, without it it was pending after 3 s',
      results: 'run: getJob of an id that is not there gave undefined in 5.81.5 and 6.7.0',
    },
    verified: 'source+test',
  },
];
