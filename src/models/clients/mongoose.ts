import type { ClientModel, ClientShape, EmptyResult, LoanModel, OperationModel } from '../types.js';

const none = { path: '', value: 'null' } as const satisfies EmptyResult;
const noneOfMany = { path: '[0]', value: 'undefined' } as const satisfies EmptyResult;

const last = { options: { at: 'last' } } as const;
const write = { ...last, effect: 'write' } as const satisfies OperationModel;
const read = { ...last, effect: 'read' } as const satisfies OperationModel;

/** A query: every method goes on building it, awaiting or `exec` runs it. */
function query(title: string, ends: OperationModel, next: string): ClientShape {
  return {
    title,
    operations: { exec: ends, explain: { effect: 'read' }, cursor: { effect: 'read', mode: 'stream' } },
    members: {
      // A query that fails instead of answering nothing.
      orFail: { is: 'chain', client: ends.effect === 'read' ? 'sure' : 'update' },
      findOne: { is: 'chain', client: 'one' },
      countDocuments: { is: 'chain', client: 'sure' },
      distinct: { is: 'chain', client: 'sure' },
      updateOne: { is: 'chain', client: 'update' }, updateMany: { is: 'chain', client: 'update' }, replaceOne: { is: 'chain', client: 'update' },
      deleteOne: { is: 'chain', client: 'update' }, deleteMany: { is: 'chain', client: 'update' },
      findOneAndUpdate: { is: 'chain', client: 'changed' }, findOneAndDelete: { is: 'chain', client: 'changed' }, findOneAndReplace: { is: 'chain', client: 'changed' },
      '*': { is: 'chain', client: next },
    },
    awaited: { ...ends, lazy: 'then' },
    perCall: false,
    harmless: ['getFilter', 'getQuery', 'getOptions', 'getUpdate', 'getPopulatedPaths', 'toConstructor'],
  };
}

const MODEL: ClientShape = {
  title: 'Mongoose model',
  operations: {
    create: write, insertOne: write, insertMany: write, bulkWrite: write, bulkSave: write, createCollection: write, createIndexes: write, syncIndexes: write, ensureIndexes: write,
    populate: read, listIndexes: { effect: 'read' },
    watch: { effect: 'none', mode: 'blocking' },
    startSession: { effect: 'none' },
  },
  members: {
    '': { is: 'chain', client: 'document' },
    hydrate: { is: 'chain', client: 'document' },
    findOne: { is: 'chain', client: 'one' }, findById: { is: 'chain', client: 'one' }, exists: { is: 'chain', client: 'one' },
    find: { is: 'chain', client: 'many' }, where: { is: 'chain', client: 'many' }, $where: { is: 'chain', client: 'many' },
    countDocuments: { is: 'chain', client: 'sure' }, estimatedDocumentCount: { is: 'chain', client: 'sure' }, count: { is: 'chain', client: 'sure' }, distinct: { is: 'chain', client: 'sure' },
    // `$count` and `$facet` answer a document for nothing too.
    aggregate: { is: 'chain', client: 'sure' },
    findOneAndUpdate: { is: 'chain', client: 'changed' }, findOneAndDelete: { is: 'chain', client: 'changed' }, findOneAndReplace: { is: 'chain', client: 'changed' }, findOneAndRemove: { is: 'chain', client: 'changed' },
    findByIdAndUpdate: { is: 'chain', client: 'changed' }, findByIdAndDelete: { is: 'chain', client: 'changed' }, findByIdAndRemove: { is: 'chain', client: 'changed' },
    updateOne: { is: 'chain', client: 'update' }, updateMany: { is: 'chain', client: 'update' }, replaceOne: { is: 'chain', client: 'update' },
    deleteOne: { is: 'chain', client: 'update' }, deleteMany: { is: 'chain', client: 'update' },
  },
  perCall: false,
  types: ['Model', 'PaginateModel', 'AccessibleModel'],
};

const SESSION = { lent: 'session', title: 'MongoDB session', returned: [{ by: 'method', name: 'endSession' }], source: 'session' } as const satisfies Partial<LoanModel>;

export const models: readonly ClientModel[] = [
  {
    id: 'mongoose',
    title: 'mongoose',
    kind: 'db',
    packages: ['mongoose'],
    checked: ['9.12.1', '8.24.10'],
    exports: {
      // The document's class: `class User extends Model`.
      Model: { is: 'class', makes: 'document', statics: 'model' },
      model: { is: 'factory', makes: 'model' },
      'models.*': { is: 'client', client: 'model' },
      createConnection: { is: 'factory', makes: 'connection' },
      connection: { is: 'client', client: 'connection' },
      startSession: { is: 'factory', makes: 'session' },
    },
    clients: {
      model: MODEL,
      many: query('Mongoose query', { effect: 'read', empty: noneOfMany }, 'many'),
      one: query('Mongoose query', { effect: 'read', empty: none }, 'one'),
      sure: query('Mongoose query', { effect: 'read' }, 'sure'),
      changed: query('Mongoose query', { effect: 'write', empty: none }, 'changed'),
      update: query('Mongoose query', { effect: 'write' }, 'update'),
      document: {
        title: 'Mongoose document',
        operations: { save: { effect: 'write' }, deleteOne: { effect: 'write' }, remove: { effect: 'write' }, updateOne: { effect: 'write' }, replaceOne: { effect: 'write' }, populate: { effect: 'read' } },
        perCall: false,
        types: ['Document', 'HydratedDocument'],
      },
      connection: {
        title: 'Mongoose connection',
        operations: {
          transaction: { effect: 'unknown', hands: { argument: 0, client: 'session' } },
          dropDatabase: { effect: 'write' }, createCollection: { effect: 'write' }, dropCollection: { effect: 'write' },
        },
        members: { model: { is: 'chain', client: 'model' }, startSession: { is: 'chain', client: 'session' }, useDb: { is: 'chain', client: 'connection' }, 'models.*': { is: 'client', client: 'model' } },
        perCall: false,
        types: ['Connection'],
      },
      session: {
        title: 'MongoDB session',
        operations: { withTransaction: { options: { at: [1] }, effect: 'unknown', hands: { argument: 0, client: 'session' } }, commitTransaction: { effect: 'write' }, abortTransaction: { effect: 'write' } },
        perCall: false,
        harmless: ['endSession', 'startTransaction', 'inTransaction'],
        types: ['ClientSession'],
      },
    },
    bounds: [
      { path: 'maxTimeMS', at: ['call'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', note: 'the server ends the work; a dead connection is not noticed', source: 'options' },
      { path: 'bufferTimeoutMS', at: ['client'], covers: 'queue', unit: 'ms', default: 10_000, note: 'bounds the wait for a connection', source: 'options' },
    ],
    // Models do not know the connection they will use: `mongoose.connect(uri, options)` may stand anywhere.
    driver: { known: [] },
    seam: { kind: 'call', tried: false },
    retry: {
      retries: 1, failover: true, option: 'retryReads', methods: ['find', 'findOne', 'findById', 'aggregate', 'distinct', 'countDocuments'], backoff: 'none', jitter: false, retriesTimeouts: true,
      note: 'the driver does it: writes but `updateMany` and `deleteMany` are tried once more too (`retryWrites`), and the server applies them once', source: 'retry',
    },
    repeat: {
      again: ['create', 'insertMany', 'insertOne'],
      same: ['delete*', 'replaceOne'],
      identities: { argument: { at: [0] } },
      source: 'mongoosejs.com/docs/api/model.html: each call makes documents with new ids',
    },
    errors: { timeout: ['MongooseServerSelectionError', 'MongoNetworkTimeoutError', 'MaxTimeMSExpired'], nothingSent: ['MongooseServerSelectionError'] },
    pool: [{ limits: 'size', path: 'maxPoolSize', default: 100, zero: 'unlimited', source: 'options' }],
    lends: [
      { call: 'startSession', ...SESSION },
      { client: 'connection', call: 'startSession', ...SESSION },
      { client: 'model', call: 'startSession', ...SESSION },
    ],
    unbounded: 'waits on a silent server for as long as the host answers heartbeats, as the driver bounds no operation by default',
    mend: 'set `socketTimeoutMS` and `waitQueueTimeoutMS` in `mongoose.connect(uri, options)`',
    sources: {
      retry: 'run with mongoose@9.12.1 and 8.24.10: replies lost by a reset, and `socketTimeoutMS` of 300 ms',
      session: 'mongoose@9.12.1 lib/connection.js, lib/mongoose.js (startSession gives the session of the driver)',
      options: 'mongoose@9.12.1 lib/connection.js:889,1042; lib/mongoose.js:229; lib/drivers/node-mongodb-native/collection.js:133-146; types/models.d.ts',
    },
    verified: 'source+test',
  },
];
