import type { BoundModel, ClientModel, ClientShape } from '../types.js';

const READ = { effect: 'read' } as const;
const WRITE = { effect: 'write' } as const;
// Nothing is kept where a job like it waits already, or its queue takes no more.
const SEND = { effect: 'write', empty: { path: '', value: 'null' } } as const;

const BOSS: ClientShape = {
  title: 'pg-boss instance',
  operations: {
    send: SEND, sendAfter: SEND, sendThrottled: SEND, sendDebounced: SEND, insert: WRITE, publish: WRITE, schedule: WRITE, unschedule: WRITE, subscribe: WRITE, unsubscribe: WRITE,
    fetch: { effect: 'write', empty: { path: '[0]', value: 'undefined' } },
    complete: WRITE, fail: WRITE, cancel: WRITE, resume: WRITE, retry: WRITE, deleteJob: WRITE,
    createQueue: WRITE, updateQueue: WRITE, deleteQueue: WRITE,
    getJobById: { effect: 'read', empty: { path: '', value: 'null' } },
    getQueue: { effect: 'read', empty: { path: '', value: 'null' } },
    getQueues: READ, getSchedules: READ, isInstalled: READ, schemaVersion: READ,
    start: { effect: 'none', waits: ['connect'] },
    // They take jobs for as long as the program lives.
    work: { effect: 'none', mode: 'blocking' },
  },
  perCall: false,
  harmless: ['on', 'once', 'off', 'removeAllListeners', 'stop', 'offWork', 'notifyWorker', 'getDb'],
  types: ['PgBoss', 'default'],
};

const bounds = (connect: number | null): readonly BoundModel[] => [
  { path: 'query_timeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'query_timeout', note: 'bounds each statement', source: 'pool' },
  { path: 'statement_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'statement_timeout', note: 'the server ends the statement, while it can be reached', source: 'pool' },
  { path: 'connectionTimeoutMillis', at: ['client'], covers: 'connect', unit: 'ms', default: connect, zero: 'unlimited', note: 'bounds the wait for a connection', source: 'pool' },
  // A client of the caller's, with limits of its own or none.
  { path: 'db', at: ['client'], covers: 'total', unit: 'ms', default: null, note: 'runs the statements, with limits of its own', source: 'pool' },
];

const made = { is: 'class', makes: 'boss', options: { at: [0] }, url: { argument: { at: [0] }, path: 'connectionString' } } as const;

const shared = {
  title: 'pg-boss',
  kind: 'queue',
  packages: ['pg-boss'],
  clients: { boss: BOSS },
  edits: [{ at: 'client', path: 'query_timeout', value: 'ms', clients: ['boss'] }],
  seam: { kind: 'none', note: 'wrap the call', tried: false },
  repeat: {
    again: ['send', 'sendAfter', 'insert', 'publish'], same: ['createQueue', 'updateQueue', 'deleteQueue', 'schedule', 'unschedule', 'complete', 'fail', 'cancel'],
    keys: [{ path: 'id', at: 'call' }, { path: 'singletonKey', at: 'call' }], source: 'pg-boss@12.38.0, 10.4.2; run: send of a second job with the same singletonKey in its window gave null',
  },
  errors: { timeout: ['Query read timeout'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  unbounded: 'waits for ever on a silent server, as its pool of pg connections bounds no statement by default',
  mend: 'set `query_timeout` where pg-boss is made, which hands it to its pool',
} as const satisfies Partial<ClientModel>;

const clientsWith = (operations: ClientShape['operations']): ClientModel['clients'] => ({ boss: { ...BOSS, operations: { ...BOSS.operations, ...operations } } });

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'pg-boss',
    versions: '>=11',
    checked: ['12.38.0'],
    exports: { PgBoss: made },
    clients: clientsWith({ deleteQueuedJobs: WRITE, deleteStoredJobs: WRITE, deleteAllJobs: WRITE, getQueueStats: READ }),
    bounds: bounds(10_000),
    sources: {
      pool: 'pg-boss@12.38.0 dist/db.js:28-45 (the options go to the pool of pg, connectionTimeoutMillis is 10 s); run: with `query_timeout: 300` send failed on a silent server, without it it was pending after 3 s',
      results: 'pg-boss@12.38.0 dist/index.d.ts; run: send of a second job with the same singletonKey in its window gave null, getJobById of an unknown id null, fetch of an empty queue []',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'pg-boss-10',
    versions: '<11',
    checked: ['10.4.2'],
    exports: { default: made },
    clients: clientsWith({ purgeQueue: WRITE, clearStorage: WRITE, getQueueSize: READ }),
    bounds: bounds(null),
    sources: {
      pool: 'pg-boss@10.4.2 src/db.js (the options go to the pool of pg); run: with `query_timeout: 300` send failed on a silent server, without it it was pending after 3 s',
      results: 'pg-boss@10.4.2 types.d.ts; run: send of a second job with the same singletonKey in its window gave null, getJobById of an unknown id null, fetch of an empty queue []',
    },
    verified: 'source+test',
  },
];
