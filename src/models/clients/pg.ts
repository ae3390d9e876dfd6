import type { ClientModel, ClientShape, EmptyResult, ExportModel, OperationModel } from '../types.js';

const noRow = { path: 'rows[0]', value: 'undefined', sql: { at: [0], path: 'text' } } as const satisfies EmptyResult;
const query = { options: { at: [0] }, effect: 'by-sql', empty: noRow } as const satisfies OperationModel;

const CLIENT: ClientShape = {
  title: 'pg Client',
  operations: { query, connect: { effect: 'none', waits: ['connect'] } },
  perCall: false,
  harmless: ['on', 'once', 'off', 'end', 'release', 'escapeIdentifier', 'escapeLiteral'],
  types: ['Client', 'ClientBase', 'PoolClient'],
};

const POOL: ClientShape = {
  title: 'pg Pool',
  operations: { query, connect: { effect: 'none', waits: ['queue', 'connect'] } },
  members: { connect: { is: 'factory', makes: 'client' } },
  perCall: false,
  harmless: ['on', 'once', 'off', 'end'],
  types: ['Pool'],
};

const url = { argument: { at: [0] }, path: 'connectionString' } as const;
const pool: ExportModel = { is: 'class', makes: 'pool', options: { at: [0] }, url };
const client: ExportModel = { is: 'class', makes: 'client', options: { at: [0] }, url };

export const models: readonly ClientModel[] = [
  {
    id: 'pg',
    title: 'pg',
    kind: 'db',
    packages: ['pg', 'pg-pool'],
    checked: ['pg 8.23.1', 'pg 8.13.0', 'pg 8.8.0', 'pg 8.5.1', 'pg-pool 3.14.0', 'pg-connection-string 2.14.1'],
    exports: {
      Pool: pool,
      Client: client,
      'native.Pool': pool,
      'native.Client': client,
      'default.Pool': pool,
      'default.Client': client,
      // pg-pool; the default export of pg itself is never constructed.
      default: pool,
    },
    clients: { pool: POOL, client: CLIENT },
    bounds: [
      {
        path: 'query_timeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', off: [false],
        urlParameter: 'query_timeout', note: 'the caller stops waiting, the server goes on with the query', source: 'query',
      },
      {
        path: 'query_timeout', at: ['call'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', off: [false], versions: '>=8.13.0',
        note: 'the caller stops waiting, the server goes on with the query', source: 'query',
      },
      {
        path: 'statement_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', off: [false],
        urlParameter: 'statement_timeout', env: ['PGOPTIONS'], note: 'the server ends the statement; a dead connection is not noticed', source: 'options',
      },
      {
        path: 'lock_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', off: [false],
        versions: '>=8.8.0', urlParameter: 'lock_timeout', note: 'bounds the wait for a lock only', source: 'options',
      },
      {
        path: 'idle_in_transaction_session_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', off: [false],
        urlParameter: 'idle_in_transaction_session_timeout', note: 'ends transactions in which nothing happens', source: 'options',
      },
      {
        path: 'connectionTimeoutMillis', at: ['client'], clients: ['pool'], covers: 'queue', unit: 'ms', default: null, zero: 'unlimited',
        note: 'bounds the wait for a free client', source: 'pool',
      },
      {
        path: 'connectionTimeoutMillis', at: ['client'], covers: 'connect', unit: 'ms', default: null, zero: 'unlimited',
        note: 'bounds connecting; `connect_timeout` in the URL does not', source: 'connect',
      },
    ],
    // `query_timeout` does not cover connecting; of a pool it is the limit of the wait for a client too, and asked with the pool.
    edits: [
      { at: 'client', path: 'query_timeout', value: 'ms', clients: ['pool'] },
      { at: 'client', path: 'query_timeout', value: 'ms', beside: { path: 'connectionTimeoutMillis', text: '{ms}' }, clients: ['client'] },
    ],
    seam: { kind: 'call', outcomes: 'postgres', client: 'pg', on: ['pool'], service: 'postgres', takesSignal: false, policies: 'unsent', tried: true },
    errors: {
      timeout: ['Query read timeout', '57014', 'timeout exceeded when trying to connect', 'Connection terminated due to connection timeout', 'timeout expired'],
      nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'timeout exceeded when trying to connect'],
    },
    pool: [
      { limits: 'size', path: 'max', default: 10, zero: 'default', clients: ['pool'], source: 'pool' },
      { limits: 'wait', path: 'connectionTimeoutMillis', default: 'unlimited', zero: 'unlimited', clients: ['pool'], source: 'pool' },
    ],
    lends: [
      {
        client: 'pool', call: 'connect', lent: 'connection', title: 'pg client', returned: [{ by: 'method', name: 'release' }, { by: 'method', name: 'end' }],
        keeps: ['on', 'once', 'addListener'], source: 'release',
      },
    ],
    unbounded: 'waits for ever on a silent server, as pg sets no limit to a query',
    mend: 'set `query_timeout`, and `statement_timeout` so that the server stops too',
    sources: {
      query: 'pg@8.23.1 lib/client.js:702-735; run with 8.5.1, whose queries take no limit of their own (pg@8.12.0 lib/client.js reads it of the client alone)',
      options: 'pg@8.23.1 lib/connection-parameters.js:57-62,119-124, lib/client.js:558-568 (options, from PGOPTIONS, go to the server); `lock_timeout` is not sent by pg@8.7.3',
      url: 'run: query parameters of the URL become options and win over the config; `connectionTimeoutMillis` and `connect_timeout` in it left the JS client at 0',
      connect: 'pg@8.23.1 lib/client.js:116,159-170 (taken from the config alone; PGCONNECT_TIMEOUT serves the native binding)',
      pool: 'pg-pool@3.14.0 index.js:91-100,187-260',
      release: 'pg-pool@3.14.0 index.js:342,369-389 (a second release throws)',
    },
    verified: 'source+test',
  },
];
