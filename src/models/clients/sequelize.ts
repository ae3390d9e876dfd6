import type { BoundModel, ClientModel, EmptyResult, ExportModel, OperationModel } from '../types.js';

const none = { path: '', value: 'null', unless: [{ path: 'rejectOnEmpty', equals: true }] } as const satisfies EmptyResult;

/** The last argument can be the options, and names of options tell it from values. */
const last = { options: { at: 'last' } } as const;
const first = { options: { at: [0] } } as const;
const second = { options: { at: [1] } } as const;

const read = { ...last, effect: 'read' } as const satisfies OperationModel;
const write = { ...last, effect: 'write' } as const satisfies OperationModel;

const sequelize: ExportModel = { is: 'class', makes: 'sequelize', options: { at: 'last' }, url: { argument: { at: [0] } } };
const model: ExportModel = { is: 'class', makes: 'instance', statics: 'model' };

const driver = (path: string, bound: Pick<BoundModel, 'covers' | 'note' | 'versions'>): BoundModel => ({ path, at: ['client'], unit: 'ms', default: null, zero: 'unlimited', source: 'driver', ...bound });

export const models: readonly ClientModel[] = [
  {
    id: 'sequelize',
    title: 'Sequelize',
    kind: 'db',
    packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
    checked: ['sequelize 6.37.8', 'sequelize 5.22.5'],
    exports: { Sequelize: sequelize, default: sequelize, Model: model },
    clients: {
      sequelize: {
        title: 'Sequelize client',
        operations: {
          query: { ...second, effect: 'by-sql', empty: { path: '[0][0]', value: 'undefined', sql: { at: [0] }, unless: [{ path: 'type', equals: 'SELECT' }] } },
          authenticate: { effect: 'none', waits: ['queue', 'connect'] },
          sync: { ...first, effect: 'write' }, drop: write, truncate: write, createSchema: write, dropSchema: write,
          transaction: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } },
        },
        members: { define: { is: 'chain', client: 'model' }, model: { is: 'chain', client: 'model' }, 'models.*': { is: 'client', client: 'model' } },
        perCall: false,
        harmless: ['close'],
        types: ['Sequelize'],
      },
      model: {
        title: 'Sequelize model',
        operations: {
          findOne: { ...first, effect: 'read', empty: none },
          findByPk: { ...second, effect: 'read', empty: none },
          findAll: { ...first, effect: 'read', empty: { path: '[0]', value: 'undefined' } },
          findAndCountAll: { ...first, effect: 'read', empty: { path: 'rows[0]', value: 'undefined' } },
          count: read, describe: read, aggregate: read,
          // Of no row they are null.
          max: { ...read, empty: { path: '', value: 'null' } }, min: { ...read, empty: { path: '', value: 'null' } }, sum: { ...read, empty: { path: '', value: 'null' } },
          create: write, bulkCreate: write, update: write, upsert: write, destroy: write, restore: write, increment: write, decrement: write, truncate: write,
          findOrCreate: write, findCreateFind: write, sync: write, drop: write,
        },
        members: {
          '': { is: 'chain', client: 'instance' },
          build: { is: 'chain', client: 'instance' }, scope: { is: 'chain', client: 'model' }, unscoped: { is: 'chain', client: 'model' }, schema: { is: 'chain', client: 'model' },
          withScope: { is: 'chain', client: 'model' }, withoutScope: { is: 'chain', client: 'model' },
        },
        perCall: false,
        types: ['ModelStatic', 'ModelCtor'],
      },
      instance: {
        title: 'Sequelize instance',
        operations: { save: write, update: write, destroy: write, restore: write, increment: write, decrement: write, reload: read },
        perCall: false,
        types: ['Model'],
      },
      transaction: {
        title: 'Sequelize transaction',
        operations: { commit: { effect: 'write' }, rollback: { effect: 'write' } },
        perCall: false,
        types: ['Transaction'],
      },
    },
    bounds: [
      { ...driver('dialectOptions.query_timeout', { covers: 'total', note: 'the caller stops waiting, the server goes on with the query' }), versions: '>=6.8.0' },
      driver('dialectOptions.statement_timeout', { covers: 'server', versions: '<7', note: 'the server ends the statement; a dead connection is not noticed' }),
      { path: 'pool.acquire', at: ['client'], covers: 'queue', unit: 'ms', default: 60_000, note: 'bounds the queue of the pool', source: 'pool' },
    ],
    driver: { chosenBy: 'dialect', known: ['postgres'] },
    edits: [
      { at: 'client', path: 'dialectOptions.query_timeout', value: 'ms', clients: ['sequelize'], versions: '>=6.8.0' },
      { at: 'client', path: 'dialectOptions.statement_timeout', value: 'ms', clients: ['sequelize'], versions: '<6.8.0' },
    ],
    seam: { kind: 'none', note: 'queries run on the driver', tried: false },
    retry: {
      // Nothing of what a network does is tried again: by default `retry.match` names a message of SQLite alone.
      retries: 0, methods: 'all', backoff: 'exponential', jitter: false,
      note: 'it makes up to 5 attempts at what fails with the message of a locked SQLite file; options of `retry` take the place of both, so that `retry: { max: 3 }` without `match` makes 3 attempts at whatever fails, writes too', source: 'retry',
    },
    repeat: {
      again: ['create', 'bulkCreate', 'increment', 'decrement'],
      same: ['upsert', 'destroy', 'truncate', 'findOrCreate', 'findCreateFind'],
      guards: ['ignoreDuplicates', 'updateOnDuplicate'],
      identities: { argument: { at: [0] } },
      source: 'sequelize@6.37.8 lib/model.js',
    },
    errors: { timeout: ['SequelizeConnectionAcquireTimeoutError', 'SequelizeConnectionTimedOutError', 'SequelizeTimeoutError'], nothingSent: ['SequelizeConnectionAcquireTimeoutError', 'SequelizeConnectionRefusedError', 'SequelizeHostNotFoundError'] },
    pool: [{ limits: 'size', path: 'pool.max', default: 5, source: 'defaults' }],
    lends: [
      {
        client: 'sequelize', call: 'transaction', lent: 'transaction', title: 'Sequelize transaction',
        returned: [{ by: 'method', name: 'commit' }, { by: 'method', name: 'rollback' }], byOutcome: true, runsFunction: true, source: 'transaction',
      },
    ],
    unbounded: 'waits for ever on a silent server, as Sequelize bounds only the wait for a connection',
    mend: 'set `query_timeout` and `statement_timeout` in `dialectOptions`',
    sources: {
      transaction: 'sequelize@6.37.8 lib/transaction.js:39-66,117-122 (the connection goes back once it is committed or rolled back)',
      defaults: 'sequelize@6.37.8 lib/sequelize.js:116-126',
      pool: 'sequelize@6.37.8 lib/dialects/abstract/connection-manager.js:20-26',
      driver: 'sequelize@6.37.8 lib/dialects/postgres/connection-manager.js:89-115 (handed to pg); run with 5.22.5, which hands on `statement_timeout` alone; sequelize@6.7.0 has no `query_timeout` there, 6.8.0 has',
      retry: 'sequelize@6.37.8 lib/sequelize.js:116-126,297-322; run: what fails with "SQLITE_BUSY: database is locked" is sent 5 times, and with `retry: { max: 3 }` an INSERT whose reply was lost is done again',
      results: 'sequelize@6.37.8 types/model.d.ts:2198-2219 (findOne and findByPk give null, rejectOnEmpty makes them fail)',
    },
    verified: 'source+test',
  },
];
