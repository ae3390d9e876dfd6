import type { BoundModel, ChainModel, ClientModel, ConstructModel, EmptyResult, OperationModel } from '../types.js';

const noRow = { path: 'recordset[0]', value: 'undefined', sql: { at: [0] } } as const satisfies EmptyResult;
const query = { effect: 'by-sql', empty: noRow } as const satisfies OperationModel;
const statements = { query, batch: query } as const;

const request: ChainModel = { is: 'chain', client: 'request' };
const transaction: ChainModel = { is: 'chain', client: 'transaction' };
// Their second argument holds a limit of their own; what it cannot say is that of the pool.
const below = (makes: string): ConstructModel => ({ makes, options: { at: [1] }, from: { at: [0] } });
const connect = { makes: 'pool', options: { at: [0] }, url: { argument: { at: [0] } } } as const satisfies ConstructModel;

const exports: ClientModel['exports'] = {
  ConnectionPool: { is: 'class', ...connect },
  connect: { is: 'factory', ...connect },
  Request: { is: 'class', ...below('request') },
  Transaction: { is: 'class', ...below('transaction') },
  PreparedStatement: { is: 'class', ...below('prepared') },
};

const shared = {
  kind: 'db',
  seam: { kind: 'call', tried: false },
  unbounded: 'is cancelled after 15 s',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const CANCELS = 'cancels on the server, and ends the wait 5 s later (`cancelTimeout`) where the server does not answer that';

const limit = (path: string, more: Partial<BoundModel> = {}): BoundModel => ({ path, at: ['client'], covers: 'total', unit: 'ms', default: 15_000, zero: 'unlimited', note: CANCELS, source: 'request', ...more });

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'mssql',
    title: 'mssql',
    packages: ['mssql'],
    versions: '>=9',
    checked: ['12.7.14', '9.3.3', 'tedious 19.2.2', 'tedious 15.1.3', 'tarn 3.1.2'],
    exports: { ...exports, ...Object.fromEntries(Object.entries(exports).map(([name, found]) => [`default.${name}`, found])) },
    clients: {
      pool: {
        title: 'mssql pool',
        operations: { ...statements, connect: { effect: 'none', waits: ['connect'] } },
        members: { request, transaction, connect: { is: 'chain', client: 'pool' } },
        perCall: false,
        harmless: ['close', 'on', 'once'],
        types: ['ConnectionPool'],
      },
      request: {
        title: 'mssql request',
        operations: { ...statements, execute: { effect: 'unknown' }, bulk: { effect: 'write' } },
        members: { input: request, output: request, replaceInput: request, replaceOutput: request },
        perCall: false,
        harmless: ['on', 'once', 'cancel', 'pause', 'resume', 'toReadableStream', 'pipe'],
        types: ['Request'],
      },
      transaction: {
        title: 'mssql transaction',
        operations: { begin: { effect: 'none' }, commit: { effect: 'write' }, rollback: { effect: 'write' } },
        members: { request },
        perCall: false,
        harmless: ['on', 'once'],
        types: ['Transaction'],
      },
      prepared: {
        title: 'mssql prepared statement',
        operations: { prepare: { effect: 'none' }, execute: { effect: 'unknown' }, unprepare: { effect: 'none' } },
        perCall: false,
        harmless: ['input', 'output', 'on', 'once'],
        types: ['PreparedStatement'],
      },
    },
    bounds: [
      limit('requestTimeout', { urlParameter: 'requestTimeout' }),
      limit('options.requestTimeout'),
      limit('timeout'),
      { path: 'connectionTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 15_000, note: 'bounds connecting, the handshake included', source: 'connect' },
      { path: 'pool.acquireTimeoutMillis', at: ['client'], covers: 'queue', unit: 'ms', default: 30_000, note: 'bounds the wait for a connection of the pool', source: 'pool' },
    ],
    edits: [{ at: 'client', path: 'requestTimeout', value: 'ms', clients: ['pool'] }],
    retry: { retries: 0, methods: [], backoff: 'none', jitter: false, note: 'statements are sent once; connecting is tried again up to 3 times after errors that a server calls transient', source: 'retry' },
    errors: { timeout: ['ETIMEOUT'], nothingSent: ['ESOCKET', 'ELOGIN', 'ENOTOPEN', 'ECONNCLOSED'] },
    pool: [
      { limits: 'size', path: 'pool.max', default: 10, clients: ['pool'], source: 'pool' },
      { limits: 'wait', path: 'pool.acquireTimeoutMillis', default: 30_000, clients: ['pool'], source: 'pool' },
    ],
    mend: 'set `requestTimeout` where the pool is made',
    sources: {
      request: 'mssql@12.7.14 lib/tedious/connection-pool.js:42-54, lib/tedious/request.js:408-409, lib/base/request.js:59; mssql@9.3.3 lib/tedious/connection-pool.js:41-53 (requests have no limit of their own there); run with both: 300 ms on a server that answers the cancelling, 5.3 s on a silent one',
      connect: 'tedious@19.2.2 lib/connection.js:1040-1051; run with mssql@12.7.14 and 9.3.3',
      pool: 'mssql@12.7.14 lib/base/connection-pool.js:521-540, tarn@3.1.2 dist/Pool.js:72-76; run with mssql@12.7.14 and 9.3.3: 30 s',
      retry: 'tedious@19.2.2 lib/connection.js:490,1133,2340-2360 (connecting alone); run with mssql@12.7.14 and 9.3.3',
    },
  },
  {
    ...shared,
    id: 'tedious',
    title: 'tedious',
    packages: ['tedious'],
    versions: '>=15',
    checked: ['19.2.2', '15.1.3'],
    exports: { Connection: { is: 'class', makes: 'connection', options: { at: [0] } }, 'default.Connection': { is: 'class', makes: 'connection', options: { at: [0] } } },
    clients: {
      connection: {
        title: 'tedious connection',
        // What is sent stands in the Request that is handed in, and is not read.
        operations: {
          connect: { effect: 'none', waits: ['connect'] },
          execSql: { effect: 'unknown' }, execSqlBatch: { effect: 'unknown' }, execute: { effect: 'unknown' }, callProcedure: { effect: 'unknown' }, execBulkLoad: { effect: 'write' },
          beginTransaction: { effect: 'none' }, commitTransaction: { effect: 'write' }, rollbackTransaction: { effect: 'write' },
        },
        perCall: false,
        harmless: ['on', 'once', 'close', 'cancel', 'reset', 'newBulkLoad', 'prepare', 'unprepare'],
        types: ['Connection'],
      },
    },
    bounds: [
      limit('options.requestTimeout'),
      { path: 'options.connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 15_000, note: 'bounds connecting, the handshake included', source: 'connect' },
    ],
    edits: [{ at: 'client', path: 'options.requestTimeout', value: 'ms' }],
    retry: { retries: 0, methods: [], backoff: 'none', jitter: false, note: 'statements are sent once; connecting is tried again up to 3 times after errors that a server calls transient', source: 'connect' },
    errors: { timeout: ['ETIMEOUT'], nothingSent: ['ESOCKET', 'ELOGIN'] },
    mend: 'set `options.requestTimeout` where the connection is made',
    sources: {
      request: 'tedious@19.2.2 lib/connection.js:454-495,1285-1325; run below mssql@12.7.14 and 9.3.3 (tedious 15.1.3)',
      connect: 'tedious@19.2.2 lib/connection.js:490,1040-1051,1133; run with tedious@19.2.2 and 15.1.3',
    },
  },
];
