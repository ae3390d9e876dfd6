import type { ClientModel, ClientShape, EmptyResult, OperationModel, ShapeMember } from '../types.js';

const noneOfMany = { path: '[0]', value: 'undefined' } as const satisfies EmptyResult;
const none = { path: '', value: 'undefined' } as const satisfies EmptyResult;

const chained = [{ method: 'timeout', path: '', covers: 'total' }] as const;

// Order is free in a chain: `first().where(…)` is `where(…).first()`.
const many: OperationModel = { effect: 'read', lazy: 'then', chained, empty: noneOfMany };
const one: OperationModel = { effect: 'read', lazy: 'then', chained, empty: none };
/** Counts and sums, and columns that are computed: they answer a row for nothing too. */
const sure: OperationModel = { effect: 'read', lazy: 'then', chained };
const inserted: OperationModel = { effect: 'write', lazy: 'then', chained };
/** `returning` answers the rows that were changed. */
const changed: OperationModel = { effect: 'write', lazy: 'then', chained, empty: noneOfMany };

const to = (client: string, computed?: string): ShapeMember => (computed === undefined ? { is: 'chain', client } : { is: 'chain', client, computed });

const AGGREGATES = { count: to('sure'), countDistinct: to('sure'), min: to('sure'), max: to('sure'), sum: to('sure'), sumDistinct: to('sure'), avg: to('sure'), avgDistinct: to('sure') };

const WRITES = {
  insert: to('inserted'), upsert: to('inserted'), update: to('changed'), del: to('changed'), delete: to('changed'), truncate: to('changed'),
  increment: to('changed'), decrement: to('changed'), batchInsert: to('inserted'),
};

const NOT_RUN = ['toSQL', 'toQuery', 'toString', 'toNative', 'as', 'columnInfo', 'pipe'];

function builder(awaited: OperationModel, next: string): ClientShape {
  return {
    title: 'knex query',
    operations: { stream: { effect: awaited.effect, mode: 'stream' } },
    members: { ...AGGREGATES, ...WRITES, first: to(next === 'sure' ? 'sure' : 'one', 'sure'), pluck: to(next), select: to(next, 'sure'), column: to(next, 'sure'), columns: to(next, 'sure'), '*': to(next) },
    awaited,
    perCall: false,
    harmless: NOT_RUN,
  };
}

/** After a write, `select` and `first` say nothing more of what it gives. */
const written = (awaited: OperationModel, next: string): ClientShape => ({
  title: 'knex query',
  operations: {},
  members: { '*': to(next) },
  awaited,
  perCall: false,
  harmless: NOT_RUN,
});

const QUERIES = {
  '': to('many'),
  from: to('many'), table: to('many'), into: to('many'), queryBuilder: to('many'), with: to('many'), withSchema: to('many'), select: to('many', 'sure'), where: to('many'),
  first: to('one', 'sure'), ...AGGREGATES, ...WRITES,
  raw: to('raw'),
};

const schema: ShapeMember = { is: 'client', client: 'schema' };

const OPERATIONS = {
  transaction: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } },
  'migrate.*': { effect: 'write' },
  'seed.*': { effect: 'write' },
} as const satisfies ClientShape['operations'];

export const models: readonly ClientModel[] = [
  {
    id: 'knex',
    title: 'knex',
    kind: 'db',
    packages: ['knex'],
    checked: ['knex 3.3.0', 'knex 2.5.1', 'tarn 3.1.2'],
    exports: {
      default: { is: 'factory', makes: 'knex', options: { at: [0] } },
      knex: { is: 'factory', makes: 'knex', options: { at: [0] } },
    },
    clients: {
      knex: {
        title: 'knex client',
        operations: OPERATIONS,
        members: { ...QUERIES, schema },
        perCall: false,
        harmless: ['ref', 'fn', 'client', 'destroy', 'initialize'],
        types: ['Knex'],
      },
      transaction: {
        title: 'knex transaction',
        operations: { ...OPERATIONS, commit: { effect: 'write' }, rollback: { effect: 'write' }, savepoint: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } } },
        members: { ...QUERIES, schema },
        perCall: false,
        harmless: ['ref', 'fn', 'isCompleted'],
        types: ['Transaction'],
      },
      many: builder(many, 'many'),
      one: builder(one, 'one'),
      sure: builder(sure, 'sure'),
      // What it yields is the driver's own result.
      raw: written({ effect: 'by-sql', lazy: 'then', chained }, 'raw'),
      inserted: written(inserted, 'inserted'),
      changed: written(changed, 'changed'),
      schema: {
        title: 'knex schema',
        operations: { hasTable: { effect: 'read', lazy: 'then' }, hasColumn: { effect: 'read', lazy: 'then' }, '*': { effect: 'write', lazy: 'then' } },
        members: { withSchema: { is: 'chain', client: 'schema' } },
        perCall: false,
        types: ['SchemaBuilder'],
      },
    },
    bounds: [
      {
        path: 'connection.query_timeout', at: ['client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited',
        note: 'the caller stops waiting, the server goes on with the query', source: 'driver',
      },
      {
        path: 'connection.statement_timeout', at: ['client'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited',
        note: 'the server ends the statement; a dead connection is not noticed', source: 'driver',
      },
      { path: 'acquireConnectionTimeout', at: ['client'], covers: 'queue', unit: 'ms', default: 60_000, note: 'bounds the queue of the pool', source: 'pool' },
      { path: 'pool.acquireTimeoutMillis', at: ['client'], covers: 'queue', unit: 'ms', default: 60_000, note: 'bounds the queue of the pool', source: 'pool' },
      { path: 'pool.createTimeoutMillis', at: ['client'], covers: 'connect', unit: 'ms', default: 30_000, note: 'bounds making a connection', source: 'pool' },
    ],
    driver: { chosenBy: 'client', known: ['pg', 'postgres', 'postgresql'] },
    edits: [{ at: 'client', path: 'connection.query_timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    repeat: {
      again: ['insert', 'batchInsert', 'increment', 'decrement'],
      same: ['del', 'delete', 'upsert', 'truncate'],
      guards: ['onConflict'],
      identities: { argument: { at: [0] } },
      source: 'knexjs.org/guide/query-builder.html, `insert` and `onConflict`',
    },
    errors: { timeout: ['KnexTimeoutError'], nothingSent: ['Knex: Timeout acquiring a connection'] },
    pool: [{ limits: 'size', path: 'pool.max', default: 10, zero: 'invalid', clients: ['knex'], source: 'pool' }],
    lends: [
      {
        client: 'knex', call: 'transaction', lent: 'transaction', title: 'knex transaction',
        returned: [{ by: 'method', name: 'commit' }, { by: 'method', name: 'rollback' }], byOutcome: true, runsFunction: true, source: 'transaction',
      },
    ],
    unbounded: 'waits for ever on a silent server, as knex bounds only the wait for a connection',
    mend: 'set `query_timeout` in `connection`, and `statement_timeout` so that the server stops too, or end the query with `.timeout(ms)`',
    sources: {
      transaction: 'knex@3.3.0 lib/execution/transaction.js:255-275,400-403 (the connection goes back once it is committed or rolled back)',
      pool: 'knex@3.3.0 lib/client.js:106,230,253-265,493; tarn@3.1.2 dist/Pool.js:72-76',
      timeout: 'knex@3.3.0 lib/query/querybuilder.js:110, lib/execution/runner.js:149-217',
      driver: 'knex@3.3.0 lib/dialects/postgres/index.js (`connection` goes to pg as it is), pg@8.23.1 lib/client.js:702-735',
      results: 'knex@3.3.0 by knexjs.org/guide/query-builder.html: `first` gives undefined where no row matches',
    },
    verified: 'source+test',
  },
];
