import type { ClientModel, ClientShape, EmptyResult } from '../types.js';

// The result is the list of rows itself.
const noRow = { path: '[0]', value: 'undefined', sql: { at: [0] } } as const satisfies EmptyResult;

const QUERIES = {
  '': { effect: 'by-sql', lazy: 'then', tagOnly: true, empty: noRow },
  unsafe: { effect: 'by-sql', lazy: 'then', empty: noRow },
  file: { effect: 'unknown', lazy: 'then' },
} as const satisfies ClientShape['operations'];

/** Made by the client in the text of queries, or on the side: they send nothing. */
const HARMLESS = ['json', 'array', 'typed', 'types', 'options', 'parameters', 'end', 'close'];

export const models: readonly ClientModel[] = [
  {
    id: 'postgres',
    title: 'postgres',
    kind: 'db',
    packages: ['postgres'],
    versions: '>=3',
    checked: ['3.4.9', '3.0.0'],
    exports: { default: { is: 'factory', makes: 'sql', options: { at: 'last' }, url: { argument: { at: [0] } } } },
    clients: {
      sql: {
        title: 'postgres.js client',
        operations: {
          ...QUERIES,
          begin: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } },
          notify: { effect: 'write' },
          listen: { effect: 'none', mode: 'blocking' },
          subscribe: { effect: 'none', mode: 'blocking' },
        },
        members: { reserve: { is: 'chain', client: 'reserved' } },
        perCall: false,
        harmless: HARMLESS,
        types: ['Sql'],
      },
      reserved: { title: 'postgres.js connection', operations: QUERIES, perCall: false, harmless: [...HARMLESS, 'release'], types: ['ReservedSql'] },
      transaction: {
        title: 'postgres.js transaction',
        operations: { ...QUERIES, savepoint: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } } },
        perCall: false,
        harmless: HARMLESS,
        types: ['TransactionSql', 'ISql'],
      },
    },
    bounds: [
      {
        path: 'connection.statement_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'statement_timeout',
        note: 'the server ends the statement; a dead connection is not noticed', source: 'options',
      },
      { path: 'connect_timeout', at: ['client'], covers: 'connect', unit: 's', default: 30, zero: 'unlimited', urlParameter: 'connect_timeout', env: ['PGCONNECT_TIMEOUT'], versions: '>=3.2', note: 'bounds connecting and signing in', source: 'connect' },
      { path: 'connect_timeout', at: ['client'], covers: 'connect', unit: 's', default: 30, zero: 'default', urlParameter: 'connect_timeout', env: ['PGCONNECT_TIMEOUT'], versions: '<3.2', note: 'bounds connecting and signing in', source: 'connect' },
    ],
    edits: [{ at: 'client', path: 'connection.statement_timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['CONNECT_TIMEOUT', '57014'], nothingSent: ['CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    pool: [{ limits: 'size', path: 'max', default: 10, source: 'options' }],
    lends: [{ client: 'sql', call: 'reserve', lent: 'connection', title: 'reserved connection', returned: [{ by: 'method', name: 'release' }], source: 'reserve' }],
    unbounded: 'waits for ever on a silent server, as postgres.js bounds neither a query nor the wait for a connection',
    mend: 'set `connection: { statement_timeout: ms }`, so that the server ends what takes too long, and race the query against a timer for a server that is gone',
    sources: {
      connect: 'run: with `connect_timeout: 0` postgres@3.4.9 waits for ever and 3.0.0 for 30 s; postgres@3.0.0 src/index.js:452, postgres@3.4.9 src/index.js:430-470 (PGCONNECT_TIMEOUT)',
      reserve: 'postgres@3.4.9 README.md:1256-1268',
      options: 'postgres@3.4.9 README.md:992-1019,1097-1104,1333; src/index.js:449-452 (what the URL says beyond the options goes to `connection`)',
    },
    verified: 'source+test',
  },
];
