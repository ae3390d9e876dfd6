import type { BoundModel, ClientModel, ClientShape, EmptyResult, ExportModel, OperationModel, ShapeMember } from '../types.js';

const noneOfMany = { path: '[0]', value: 'undefined' } as const satisfies EmptyResult;

const read = { effect: 'read' } as const satisfies OperationModel;
const many = { effect: 'read', empty: noneOfMany } as const satisfies OperationModel;
const write = { effect: 'write' } as const satisfies OperationModel;
const sql = { effect: 'by-sql', empty: { ...noneOfMany, sql: { at: [0] } } } as const satisfies OperationModel;

/** By the methods of a repository; a manager takes the entity before them, an entity has them itself. */
const finders = (none: EmptyResult): ClientShape['operations'] => {
  const one: OperationModel = { effect: 'read', empty: none };
  return {
    findOne: one, findOneBy: one, findOneById: one, preload: one,
    findOneOrFail: read, findOneByOrFail: read,
    find: many, findBy: many, findByIds: many,
    findAndCount: { effect: 'read', empty: { path: '[0][0]', value: 'undefined' } }, findAndCountBy: { effect: 'read', empty: { path: '[0][0]', value: 'undefined' } },
    count: read, countBy: read, exists: read, existsBy: read, sum: read, average: read, minimum: read, maximum: read,
    save: write, insert: write, update: write, upsert: write, delete: write, remove: write, softRemove: write, clear: write,
  };
};
const OF_MANAGER: ClientShape['operations'] = { softDelete: write, restore: write, recover: write, increment: write, decrement: write, updateAll: write, deleteAll: write };
const OF_REPOSITORY: ClientShape['operations'] = {
  ...OF_MANAGER, exist: read,
  findTrees: many, findRoots: many, findDescendants: read, findAncestors: read, findDescendantsTree: read, findAncestorsTree: read, countDescendants: read, countAncestors: read,
};

/** A builder does nothing before one of these. */
const builder = (none: EmptyResult): ClientShape => ({
  title: 'TypeORM query builder',
  operations: {
    getOne: { effect: 'read', empty: none },
    getOneOrFail: read, getMany: many, getRawMany: many,
    // Mostly of aggregates, which answer a row for nothing too.
    getRawOne: read, getCount: read, getExists: read,
    getManyAndCount: { effect: 'read', empty: { path: '[0][0]', value: 'undefined' } },
    getRawAndEntities: { effect: 'read', empty: { path: 'entities[0]', value: 'undefined' } },
    stream: { effect: 'read', mode: 'stream' },
    execute: { effect: 'write' },
  },
  members: { '*': { is: 'chain', client: 'builder' } },
  perCall: false,
  harmless: ['getSql', 'getQuery', 'getQueryAndParameters', 'getParameters', 'printSql', 'subQuery', 'hasParameter'],
  types: ['*QueryBuilder'],
});

const queryBuilder: ShapeMember = { is: 'chain', client: 'builder' };
const repository: ShapeMember = { is: 'chain', client: 'repository' };
const REPOSITORIES = { getRepository: repository, getTreeRepository: repository, getMongoRepository: repository, getCustomRepository: repository };
const transaction = (argument: number): OperationModel => ({ effect: 'unknown', hands: { argument, client: 'manager' } });

const clients = (none: EmptyResult): ClientModel['clients'] => ({
  dataSource: {
    title: 'TypeORM data source',
    operations: {
      query: sql, sql: { effect: 'by-sql' }, transaction: transaction(0), initialize: { effect: 'none', waits: ['connect'] }, connect: { effect: 'none', waits: ['connect'] },
      runMigrations: write, undoLastMigration: write, synchronize: write, dropDatabase: write,
    },
    members: { manager: { is: 'client', client: 'manager' }, ...REPOSITORIES, createQueryBuilder: queryBuilder, createQueryRunner: { is: 'chain', client: 'runner' } },
    perCall: false,
    harmless: ['destroy', 'close'],
    types: ['DataSource', 'Connection'],
  },
  manager: {
    title: 'TypeORM entity manager',
    operations: { ...finders(none), ...OF_MANAGER, query: sql, sql: { effect: 'by-sql' }, transaction: transaction(0) },
    members: { ...REPOSITORIES, withRepository: repository, createQueryBuilder: queryBuilder, connection: { is: 'client', client: 'dataSource' }, dataSource: { is: 'client', client: 'dataSource' } },
    perCall: false,
    harmless: ['create', 'merge', 'release', 'getId', 'hasId'],
    types: ['EntityManager', 'MongoEntityManager'],
  },
  repository: {
    title: 'TypeORM repository',
    operations: { ...finders(none), ...OF_REPOSITORY, query: sql, sql: { effect: 'by-sql' } },
    members: { manager: { is: 'client', client: 'manager' }, createQueryBuilder: queryBuilder, extend: repository },
    perCall: false,
    harmless: ['create', 'merge', 'getId', 'hasId'],
    types: ['Repository', 'TreeRepository', 'MongoRepository'],
  },
  runner: {
    title: 'TypeORM query runner',
    operations: { query: sql, connect: { effect: 'none', waits: ['queue', 'connect'] }, startTransaction: { effect: 'none' }, commitTransaction: write, rollbackTransaction: write, stream: { effect: 'read', mode: 'stream' } },
    members: { manager: { is: 'client', client: 'manager' } },
    perCall: false,
    harmless: ['release'],
    types: ['QueryRunner'],
  },
  builder: builder(none),
  /** `class User extends BaseEntity`: the class reads, its objects are saved. */
  entities: { title: 'TypeORM entity', operations: { ...finders(none), query: sql }, members: { createQueryBuilder: queryBuilder, getRepository: repository }, perCall: false, harmless: ['create', 'merge', 'useDataSource'] },
  entity: { title: 'TypeORM entity', operations: { save: write, remove: write, softRemove: write, recover: write, reload: read }, perCall: false, types: ['BaseEntity'] },
});

const dataSource: ExportModel = { is: 'class', makes: 'dataSource', options: { at: [0] }, url: { path: 'url' } };

const driver = (path: string, bound: Pick<BoundModel, 'covers' | 'note'>): BoundModel => ({ path, at: ['client'], unit: 'ms', default: null, zero: 'unlimited', source: 'options', ...bound });

const bounds: readonly BoundModel[] = [
  { ...driver('extra.query_timeout', { covers: 'total', note: 'the caller stops waiting, the server goes on with the query' }), urlParameter: 'query_timeout' },
  { ...driver('extra.statement_timeout', { covers: 'server', note: 'the server ends the statement; a dead connection is not noticed' }), urlParameter: 'statement_timeout' },
  driver('connectTimeoutMS', { covers: 'connect', note: 'bounds connecting and the wait for a connection' }),
  { path: 'maxQueryExecutionTime', at: ['client'], covers: 'total', unit: 'ms', default: null, rejects: false, note: 'only logs slow queries', source: 'options' },
];

const shared = {
  title: 'TypeORM',
  kind: 'db',
  packages: ['typeorm'],
  exports: {
    DataSource: dataSource,
    Connection: dataSource,
    createConnection: { is: 'factory', makes: 'dataSource', options: { at: [0] }, url: { path: 'url' } },
    getConnection: { is: 'factory', makes: 'dataSource' },
    getManager: { is: 'factory', makes: 'manager' },
    getRepository: { is: 'factory', makes: 'repository' },
    Repository: { is: 'class', makes: 'repository', from: { at: [1] } },
    TreeRepository: { is: 'class', makes: 'repository', from: { at: [1] } },
    BaseEntity: { is: 'class', makes: 'entity', statics: 'entities' },
  },
  bounds,
  driver: { chosenBy: 'type', known: ['postgres'] },
  edits: [{ at: 'client', path: 'extra.query_timeout', value: 'ms', clients: ['dataSource'] }],
  seam: { kind: 'none', note: 'queries run on the driver', tried: false },
  // `save` looks for the row first.
  repeat: {
    again: ['insert', 'increment', 'decrement'],
    same: ['upsert', 'delete', 'softDelete', 'clear'],
    guards: ['orIgnore', 'orUpdate', 'onConflict'],
    identities: { argument: { at: [0] } },
    source: 'typeorm@1.1.1 repository/Repository.d.ts, query-builder/InsertQueryBuilder.d.ts',
  },
  errors: { timeout: ['QueryFailedError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  pool: [
    { limits: 'size', path: 'poolSize', default: 10, or: ['extra.max'], clients: ['dataSource'], source: 'options' },
    { limits: 'wait', path: 'connectTimeoutMS', default: 'unlimited', zero: 'unlimited', or: ['extra.connectionTimeoutMillis'], byDriver: true, clients: ['dataSource'], source: 'options' },
  ],
  lends: [
    {
      client: 'dataSource', call: 'createQueryRunner', lent: 'connection', title: 'TypeORM query runner', returned: [{ by: 'method', name: 'release' }],
      atOnce: true, opens: ['connect', 'startTransaction'], endedBy: ['destroy', 'close'], source: 'runner',
    },
  ],
  unbounded: 'waits for ever on a silent server, as TypeORM sets no limit and its driver bounds no query',
  mend: 'set `query_timeout` and `statement_timeout` in `extra`',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const sources = {
  options: 'run with 1.1.1 and 0.3.31 on pg and mysql2; typeorm@1.1.1 data-source/BaseDataSourceOptions.d.ts:67-76,112-115,175-179, driver/postgres/PostgresDataSourceOptions.d.ts:50-53',
  runner: 'typeorm@1.1.1 query-runner/QueryRunner.d.ts (release); typeorm.io/docs, "Query Runner": release is mandatory',
  results: 'typeorm@1.1.1 repository/Repository.d.ts:331-345; getOne by typeorm.io/docs, "Select using Query Builder"',
} as const;

export const models: readonly ClientModel[] = [
  { ...shared, id: 'typeorm', versions: '>=0.3', checked: ['1.1.1', '0.3.31'], clients: clients({ path: '', value: 'null' }), sources },
  { ...shared, id: 'typeorm-0.2', versions: '<0.3', checked: ['0.2.45 (documentation)'], clients: clients({ path: '', value: 'undefined' }), sources },
];
