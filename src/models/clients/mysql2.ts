import type { ClientModel, ClientShape, EmptyResult, ExportModel, OperationModel } from '../types.js';

// `const [rows] = await pool.query(…)`: the rows are the first of two results.
const noRow = { path: '[0][0]', value: 'undefined', sql: { at: [0] } } as const satisfies EmptyResult;
const query = { options: { at: [0] }, effect: 'by-sql', empty: noRow } as const satisfies OperationModel;

const QUERIES = {
  query,
  execute: query,
  ping: { effect: 'none' },
} as const satisfies ClientShape['operations'];

const CONNECTION: ClientShape = {
  title: 'mysql2 connection',
  operations: {
    ...QUERIES,
    connect: { effect: 'none', waits: ['connect'] },
    beginTransaction: { effect: 'none' },
    commit: { effect: 'write' },
    rollback: { effect: 'write' },
    changeUser: { effect: 'none' },
  },
  members: { promise: { is: 'chain', client: 'connection' } },
  perCall: false,
  harmless: ['release', 'destroy', 'end', 'escape', 'escapeId', 'format', 'unprepare', 'pause', 'resume'],
  types: ['Connection', 'PoolConnection'],
};

const POOL: ClientShape = {
  title: 'mysql2 pool',
  operations: { ...QUERIES, getConnection: { effect: 'none', waits: ['queue', 'connect'] } },
  members: { promise: { is: 'chain', client: 'pool' }, getConnection: { is: 'chain', client: 'connection' }, of: { is: 'chain', client: 'pool' } },
  perCall: false,
  harmless: ['end', 'escape', 'escapeId', 'format', 'releaseConnection'],
  types: ['Pool', 'PoolNamespace', 'PoolCluster'],
};

const pool: ExportModel = { is: 'factory', makes: 'pool', options: { at: [0] }, url: { argument: { at: [0] }, path: 'uri' } };
const connection: ExportModel = { is: 'factory', makes: 'connection', options: { at: [0] }, url: { argument: { at: [0] }, path: 'uri' } };

/** mysql knows a URL by its position alone. */
const POSITION = { argument: { at: [0] } } as const;

export const models: readonly ClientModel[] = [
  {
    id: 'mysql2',
    title: 'mysql2',
    kind: 'db',
    packages: ['mysql2'],
    checked: ['3.24.6', '2.3.3'],
    exports: { createPool: pool, createConnection: connection },
    clients: { pool: POOL, connection: CONNECTION },
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited',
        note: 'the caller stops waiting, the server goes on with the query', source: 'query',
      },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', versions: '>=3', note: 'bounds connecting and the handshake', source: 'connect' },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', versions: '<3', note: 'bounds connecting until the server greets, and no handshake', source: 'connect' },
    ],
    errors: { timeout: ['PROTOCOL_SEQUENCE_TIMEOUT', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ER_CON_COUNT_ERROR'] },
    pool: [
      { limits: 'size', path: 'connectionLimit', default: 10, zero: 'unlimited', urlParameter: 'connectionLimit', clients: ['pool'], source: 'pool' },
      // There is no option for the time of the wait: the pool warns of `acquireTimeout`, and does nothing with it.
      {
        limits: 'waiters', path: 'queueLimit', default: 'unlimited', zero: 'unlimited', urlParameter: 'queueLimit',
        unless: { path: 'waitForConnections', equals: false }, clients: ['pool'], source: 'pool',
      },
    ],
    lends: [
      {
        client: 'pool', call: 'getConnection', lent: 'connection', title: 'mysql2 connection',
        returned: [{ by: 'method', name: 'release' }, { by: 'method', name: 'destroy' }, { by: 'method', name: 'end' }, { by: 'argument', name: 'releaseConnection' }],
        keeps: ['on', 'once', 'addListener'], source: 'release',
      },
    ],
    unbounded: 'waits for ever on a silent server, as mysql2 bounds no query',
    mend: 'pass `timeout` with each query, as in `query({ sql, timeout: 5000 })`; the pool has no option for it',
    sources: {
      query: 'mysql2@3.24.6 lib/commands/query.js:32-90,347-372; run with 3.24.6 and 2.3.3: the connection goes back to the pool with the answer only',
      connect: 'mysql2@3.24.6 lib/connection_config.js:93,115-117; run: with mysql2@2.3.3 a server that greets and says no more holds the caller (lib/connection.js:86-91)',
      pool: 'mysql2@3.24.6 lib/pool_config.js:11-26, lib/base/pool.js:88,107-115 (a string is read as a URL with options; waits for a free connection without limit)',
      release: 'mysql2@3.24.6 lib/pool_connection.js:19-45, lib/promise/pool_connection.js',
    },
    verified: 'source+test',
  },
  {
    id: 'mysql',
    title: 'mysql',
    kind: 'db',
    packages: ['mysql'],
    checked: ['2.18.1'],
    exports: { createPool: { ...pool, url: POSITION }, createConnection: { ...connection, url: POSITION }, createPoolCluster: { is: 'factory', makes: 'cluster' } },
    clients: {
      // Callbacks only: what a query yields reaches nobody who awaits it.
      pool: {
        title: 'mysql pool',
        operations: { query: { options: { at: [0] }, effect: 'by-sql' }, getConnection: { effect: 'none', waits: ['queue', 'connect'] } },
        perCall: false,
        harmless: POOL.harmless!,
        types: ['Pool'],
      },
      // Its pools are made by `add`, each with options of its own.
      cluster: {
        title: 'mysql pool cluster',
        operations: { getConnection: { effect: 'none', waits: ['queue', 'connect'] } },
        members: { of: { is: 'chain', client: 'pool' } },
        perCall: false,
        harmless: ['end'],
        types: ['PoolCluster'],
      },
      connection: {
        title: 'mysql connection',
        operations: {
          query: { options: { at: [0] }, effect: 'by-sql' },
          connect: { effect: 'none', waits: ['connect'] },
          beginTransaction: { effect: 'none' },
          commit: { effect: 'write' },
          rollback: { effect: 'write' },
          ping: { effect: 'none' },
        },
        perCall: false,
        harmless: CONNECTION.harmless!.filter((name) => name !== 'unprepare'),
        types: ['Connection', 'PoolConnection'],
      },
    },
    bounds: [
      { path: 'timeout', at: ['call'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', note: 'the connection is destroyed', source: 'query' },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', note: 'bounds connecting, and no handshake', source: 'connect' },
      {
        path: 'acquireTimeout', at: ['client'], clients: ['pool'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited',
        note: 'bounds the handshake and the check of a connection, not the wait for a free one', source: 'pool',
      },
    ],
    errors: { timeout: ['PROTOCOL_SEQUENCE_TIMEOUT', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'POOL_CLOSED'] },
    pool: [
      { limits: 'size', path: 'connectionLimit', default: 10, zero: 'unlimited', urlParameter: 'connectionLimit', clients: ['pool'], source: 'pool' },
      {
        limits: 'waiters', path: 'queueLimit', default: 'unlimited', zero: 'unlimited', urlParameter: 'queueLimit',
        unless: { path: 'waitForConnections', equals: false }, clients: ['pool'], source: 'pool',
      },
    ],
    unbounded: 'waits for ever on a silent server, as mysql bounds no query',
    mend: 'pass `timeout` with each query, as in `query({ sql, timeout: 5000 }, done)`; the pool has no option for it',
    sources: {
      query: 'mysql@2.18.1 lib/protocol/Protocol.js:156,252-280,353 (the head of an answer begins it anew, a row does not), Readme.md, "Timeouts"',
      connect: 'mysql@2.18.1 lib/ConnectionConfig.js:19, lib/Connection.js:106-113; run: a server that takes the connection and says nothing holds `connect` for ever',
      pool: 'mysql@2.18.1 lib/PoolConfig.js:14-22, lib/Pool.js:42,48,69,116-119,222',
    },
    verified: 'source+test',
  },
];
