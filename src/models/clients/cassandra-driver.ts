import type { ClientModel, EmptyResult, OperationModel } from '../types.js';

const noRow = { path: 'rows[0]', value: 'undefined', sql: { at: [0] } } as const satisfies EmptyResult;
const reading = { options: { at: [2] }, effect: 'by-sql', mode: 'stream' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'cassandra-driver',
    title: 'cassandra-driver',
    kind: 'db',
    packages: ['cassandra-driver'],
    versions: '>=4',
    checked: ['4.10.0', '4.0.0'],
    exports: {
      Client: { is: 'class', makes: 'client', options: { at: [0] } },
      'default.Client': { is: 'class', makes: 'client', options: { at: [0] } },
    },
    clients: {
      client: {
        title: 'Cassandra client',
        operations: {
          connect: { effect: 'none', waits: ['connect'] },
          execute: { options: { at: [2] }, effect: 'by-sql', empty: noRow },
          executeGraph: { options: { at: [2] }, effect: 'unknown' },
          batch: { options: { at: [1] }, effect: 'write' },
          eachRow: reading,
          stream: reading,
        },
        perCall: true,
        harmless: ['shutdown', 'getReplicas', 'getState', 'on', 'once'],
        types: ['Client'],
      },
    },
    bounds: [
      { path: 'readTimeout', at: ['call'], covers: 'attempt', unit: 'ms', default: 12_000, zero: 'unlimited', note: 'bounds the wait for one node; further nodes are asked after it where the query is idempotent', source: 'options' },
      { path: 'socketOptions.readTimeout', at: ['client'], covers: 'attempt', unit: 'ms', default: 12_000, zero: 'unlimited', note: 'bounds the wait for one node; further nodes are asked after it where the query is idempotent', source: 'options' },
      { path: 'socketOptions.connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 5000, zero: 'unlimited', note: 'bounds connecting to one node', source: 'connect' },
    ],
    edits: [{ at: 'call', path: 'readTimeout', value: 'ms' }, { at: 'client', path: 'socketOptions.readTimeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    retry: {
      retries: 1, failover: true, methods: [], backoff: 'none', jitter: false,
      note: 'the next node is asked after "unavailable", and after timeouts and broken connections where `isIdempotent: true`', source: 'retry',
    },
    // INSERT and UPDATE of CQL leave the same row; only counters and lists grow, and their text does not tell.
    repeat: { same: ['execute', 'batch', 'eachRow', 'stream'], source: 'cassandra.apache.org/doc, CQL `INSERT`: it is an upsert, without a look at what is there' },
    errors: { timeout: ['OperationTimedOutError', 'NoHostAvailableError'] },
    unbounded: 'is given up after 12 s for each node',
    mend: 'set `readTimeout` in the call or in `socketOptions`',
    sources: {
      options: 'cassandra-driver@4.10.0 lib/client-options.js:77-85, lib/connection.js:540; cassandra-driver@4.0.0 lib/client-options.js:60-64; run with both: 12 s, 0 hangs',
      connect: 'cassandra-driver@4.10.0 lib/connection.js:206-211; run with 4.10.0 and 4.0.0',
      retry: 'cassandra-driver@4.10.0 lib/request-execution.js:336-362, lib/policies/retry.js:43-120; run with 4.10.0 and 4.0.0 against two nodes',
    },
    verified: 'source+test',
  },
];
