import type { PoolModel } from '../pool-types.js';
import type { BoundModel, ChainedBound, ClientModel, ClientShape, EmptyResult, OperationModel } from '../types.js';

const none = { path: '', value: 'null' } as const satisfies EmptyResult;
/** From 6 on the document itself; with its metadata it is `value` of an object, as before 6. */
const document = { ...none, unless: [{ path: 'includeResultMetadata', equals: true }] } as const satisfies EmptyResult;
const result = { path: 'value', value: 'null' } as const satisfies EmptyResult;

const write = (position: number): OperationModel => ({ options: { at: [position] }, effect: 'write' });
const read = (position: number): OperationModel => ({ options: { at: [position] }, effect: 'read' });

const collection = (found: EmptyResult): ClientShape => ({
  title: 'MongoDB collection',
  operations: {
    findOne: { ...read(1), empty: none },
    countDocuments: read(1), estimatedDocumentCount: read(0), distinct: read(2), indexes: read(0), listIndexes: read(0), indexExists: read(1), options: read(0), isCapped: read(0),
    insertOne: write(1), insertMany: write(1), bulkWrite: write(1), updateOne: write(2), updateMany: write(2), replaceOne: write(2), deleteOne: write(1), deleteMany: write(1),
    findOneAndUpdate: { ...write(2), empty: found },
    findOneAndReplace: { ...write(2), empty: found },
    findOneAndDelete: { ...write(1), empty: found },
    createIndex: write(1), createIndexes: write(1), dropIndex: write(1), dropIndexes: write(0), drop: write(0), rename: write(1),
    watch: { effect: 'none', mode: 'blocking' },
  },
  members: { find: { is: 'chain', client: 'cursor' }, aggregate: { is: 'chain', client: 'cursor' } },
  perCall: false,
  types: ['Collection'],
});

/** What the cursor was made with holds for what is read from it. */
const limits = [
  { method: 'maxTimeMS', path: '', before: true, covers: 'server' },
  ...['find', 'aggregate'].flatMap((method) => [
    { method, argument: 1, path: 'maxTimeMS', before: true, covers: 'server' } as const,
    { method, argument: 1, path: 'timeoutMS', before: true, covers: 'total' } as const,
    { method, argument: 1, path: 'signal', before: true, covers: 'total' } as const,
  ]),
] as const satisfies readonly ChainedBound[];

const fromCursor = { effect: 'read', chained: limits } as const satisfies OperationModel;

const CURSOR: ClientShape = {
  title: 'MongoDB cursor',
  // What an aggregation writes (`$out`) stands in its pipeline.
  operations: {
    toArray: { ...fromCursor, empty: { path: '[0]', value: 'undefined' } },
    next: { ...fromCursor, empty: none },
    tryNext: { ...fromCursor, empty: none },
    hasNext: fromCursor, count: fromCursor, explain: fromCursor,
    forEach: fromCursor,
    stream: { effect: 'read', mode: 'stream' },
  },
  members: { '*': { is: 'chain', client: 'cursor' } },
  perCall: false,
  harmless: ['close', 'rewind', 'bufferedCount', 'readBufferedDocuments', 'isClosed'],
  types: ['FindCursor', 'AggregationCursor', 'AbstractCursor'],
};

const clients = (found: EmptyResult): ClientModel['clients'] => ({
  client: {
    title: 'MongoDB client',
    operations: {
      connect: { effect: 'none', waits: ['connect'] },
      withSession: { effect: 'unknown', hands: { argument: 0, client: 'session' } },
      watch: { effect: 'none', mode: 'blocking' },
      bulkWrite: write(1),
    },
    members: { db: { is: 'chain', client: 'db' }, connect: { is: 'chain', client: 'client' }, startSession: { is: 'chain', client: 'session' } },
    perCall: false,
    harmless: ['close'],
    types: ['MongoClient'],
  },
  db: {
    title: 'MongoDB database',
    operations: {
      command: { options: { at: [1] }, effect: 'unknown' },
      stats: read(0), collections: read(0),
      createCollection: write(1), createIndex: write(2), dropCollection: write(1), dropDatabase: write(0), renameCollection: write(2), removeUser: write(1),
      watch: { effect: 'none', mode: 'blocking' },
    },
    members: {
      collection: { is: 'chain', client: 'collection' }, aggregate: { is: 'chain', client: 'cursor' }, listCollections: { is: 'chain', client: 'cursor' },
      admin: { is: 'chain', client: 'admin' },
    },
    perCall: false,
    types: ['Db'],
  },
  admin: {
    title: 'MongoDB admin',
    operations: { command: { options: { at: [1] }, effect: 'unknown' }, ping: read(0), serverStatus: read(0), listDatabases: read(0), buildInfo: read(0) },
    perCall: false,
    types: ['Admin'],
  },
  collection: collection(found),
  cursor: CURSOR,
  session: {
    title: 'MongoDB session',
    operations: { withTransaction: { options: { at: [1] }, effect: 'unknown', hands: { argument: 0, client: 'session' } }, commitTransaction: { effect: 'write' }, abortTransaction: { effect: 'write' } },
    perCall: false,
    harmless: ['endSession', 'startTransaction', 'inTransaction'],
    types: ['ClientSession'],
  },
});

const bounds: readonly BoundModel[] = [
  { path: 'socketTimeoutMS', at: ['client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'socketTimeoutMS', note: 'bounds silence on the socket', source: 'options' },
  {
    path: 'timeoutMS', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'timeoutMS', versions: '>=6.11.0 <6.22.0 || >=7.0.0 <7.8.0',
    note: 'bounds the whole operation', source: 'csot',
  },
  {
    path: 'timeoutMS', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, urlParameter: 'timeoutMS', versions: '>=6.22.0 <7.0.0 || >=7.8.0', rejects: false,
    note: 'is accepted and ignored', source: 'csot',
  },
  { path: 'maxTimeMS', at: ['call'], covers: 'server', unit: 'ms', default: null, zero: 'unlimited', note: 'the server ends the work; a dead connection is not noticed', source: 'options' },
  { path: 'serverSelectionTimeoutMS', at: ['client'], covers: 'queue', unit: 'ms', default: 30_000, urlParameter: 'serverSelectionTimeoutMS', note: 'bounds the wait for a server that can be used', source: 'options' },
  { path: 'waitQueueTimeoutMS', at: ['client'], covers: 'queue', unit: 'ms', default: null, zero: 'unlimited', urlParameter: 'waitQueueTimeoutMS', note: 'bounds the queue of the pool', source: 'options' },
  { path: 'connectTimeoutMS', at: ['client'], covers: 'connect', unit: 'ms', default: 30_000, zero: 'unlimited', urlParameter: 'connectTimeoutMS', note: 'bounds connecting', source: 'options' },
];

const SIZE: PoolModel = { limits: 'size', path: 'maxPoolSize', default: 100, zero: 'unlimited', urlParameter: 'maxPoolSize', clients: ['client'], source: 'options' };
const WAIT: PoolModel = { limits: 'wait', path: 'waitQueueTimeoutMS', default: 'unlimited', zero: 'unlimited', urlParameter: 'waitQueueTimeoutMS', clients: ['client'], source: 'options' };
const POOL_5: readonly PoolModel[] = [SIZE, WAIT];

/** The client has no `bulkWrite` before 6.9, and a cursor takes no signal before 6.13. */
function before6(all: ClientModel['clients']): ClientModel['clients'] {
  const { client, cursor, ...rest } = all;
  const unsignalled = Object.entries(cursor!.operations).map(([name, operation]) => [
    name,
    operation.chained === undefined ? operation : { ...operation, chained: operation.chained.filter(({ path }) => path === '' || path === 'maxTimeMS') },
  ]);
  return {
    ...rest,
    client: { ...client!, operations: Object.fromEntries(Object.entries(client!.operations).filter(([name]) => name !== 'bulkWrite')) },
    cursor: { ...cursor!, operations: Object.fromEntries(unsignalled) as ClientShape['operations'] },
  };
}

const shared = {
  title: 'mongodb',
  kind: 'db',
  packages: ['mongodb'],
  exports: { MongoClient: { is: 'class', makes: 'client', options: { at: [1] }, url: { argument: { at: [0] } } }, 'MongoClient.connect': { is: 'factory', makes: 'client', options: { at: [1] }, url: { argument: { at: [0] } } } },
  bounds,
  edits: [{ at: 'client', path: 'socketTimeoutMS', value: 'ms' }],
  seam: { kind: 'call', tried: false },
  retry: {
    retries: 1, failover: true, option: 'retryReads', methods: ['find', 'findOne', 'aggregate', 'distinct', 'countDocuments'], backoff: 'none', jitter: false, retriesTimeouts: true,
    note: 'writes but `updateMany` and `deleteMany` are tried once more too (`retryWrites`), and the server applies them once; from 7.2 on a server that says it is overloaded is asked twice more, by any of them', source: 'retry',
  },
  repeat: {
    again: ['insertOne', 'insertMany'],
    same: ['delete*', 'replaceOne', 'createIndex*', 'dropIndex*'],
    identities: { argument: { at: [0] } },
    source: 'mongodb@7.9.0 lib/operations/insert.js, lib/collection.js: the id is put into the document that is passed, so a document made anew has a new one',
  },
  errors: {
    timeout: ['MongoNetworkTimeoutError', 'MongoServerSelectionError', 'MongoWaitQueueTimeoutError', 'MongoOperationTimeoutError', 'MaxTimeMSExpired'],
    nothingSent: ['MongoServerSelectionError', 'MongoWaitQueueTimeoutError'],
  },
  pool: [SIZE, { ...WAIT, or: ['timeoutMS'] }],
  lends: [{ client: 'client', call: 'startSession', lent: 'session', title: 'MongoDB session', returned: [{ by: 'method', name: 'endSession' }], atOnce: true, endedBy: ['close'], source: 'session' }],
  unbounded: 'waits on a silent server for as long as the host answers heartbeats, as mongodb bounds no operation by default',
  mend: 'set `socketTimeoutMS` where the client is made, and `maxTimeMS` so that the server stops too',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const sources = {
  retry: 'run with mongodb@7.9.0, 6.22.0 and 5.9.2: replies lost by a reset, labelled answers and `socketTimeoutMS` of 300 ms; mongodb@7.9.0 lib/operations/execute_operation.js:195-335 (mongodb@7.1.0 knows nothing of overload there)',
  signal: 'run with mongodb@7.9.0, 7.7.0, 6.22.0 and 6.21.0: reads and insertOne end by it; mongodb@6.13.0 mongodb.d.ts (Abortable), of which 6.12.0 has nothing',
  session: 'mongodb@7.9.0 lib/sessions.js:119-151 (endSession ignores errors, and ends a transaction that is open)',
  options: 'mongodb@7.9.0 lib/connection_string.js:679-1076',
  csot: 'mongodb lib/timeout.js "timeoutMS is a no-op": there in mongodb@6.22.0, 7.8.0 and 7.9.0, not in 6.20.0, 6.21.0, 7.0.0 to 7.7.0; release notes of 6.11.0; run with 5.9.2, 6.21.0, 6.22.0, 7.7.0, 7.8.0 and 7.9.0',
} as const;

export const models: readonly ClientModel[] = [
  { ...shared, id: 'mongodb', versions: '>=6', checked: ['7.9.0', '7.8.0', '7.7.0', '7.0.0', '6.22.0', '6.21.0'], clients: clients(document), signal: { path: 'signal', at: ['call'], versions: '>=6.13.0', source: 'signal' }, sources },
  { ...shared, id: 'mongodb-5', versions: '<6', checked: ['5.9.2'], clients: before6(clients(result)), pool: POOL_5, sources },
];
