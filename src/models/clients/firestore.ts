import type { BoundModel, ChainModel, ClientModel, ClientShape, OperationModel } from '../types.js';

const read: OperationModel = { effect: 'read' };
const write: OperationModel = { effect: 'write' };
const stream: OperationModel = { effect: 'read', mode: 'stream' };
const to = (client: string): ChainModel => ({ is: 'chain', client });

/** Steps that make another query of a query. */
const STEPS = ['where', 'orderBy', 'limit', 'limitToLast', 'offset', 'startAt', 'startAfter', 'endAt', 'endBefore', 'select', 'withConverter'] as const;
const steps = Object.fromEntries(STEPS.map((name) => [name, to('query')]));

const QUERY: ClientShape = {
  title: 'Firestore query',
  operations: {
    // A list of what was found has its own words for that there is none.
    get: { ...read, empty: { path: 'docs[0]', value: 'undefined', asks: ['empty', 'size', 'length', 'forEach', 'map'] } },
    onSnapshot: stream,
    stream,
  },
  members: { ...steps, count: to('aggregate'), aggregate: to('aggregate') },
  perCall: false,
  harmless: ['isEqual'],
  types: ['Query', 'CollectionGroup'],
};

/** Shapes of Firestore: firebase-admin hands the same ones out. */
export const FIRESTORE_CLIENTS: Readonly<Record<string, ClientShape>> = {
  firestore: {
    title: 'Firestore',
    operations: {
      getAll: read, listCollections: read,
      runTransaction: { effect: 'write', options: { at: [1] }, hands: { argument: 0, client: 'transaction' } },
      recursiveDelete: write,
    },
    members: { collection: to('collection'), collectionGroup: to('query'), doc: to('document'), batch: to('batch'), bulkWriter: to('bulkWriter') },
    perCall: false,
    harmless: ['settings', 'terminate', 'bundle'],
    types: ['Firestore'],
  },
  collection: {
    ...QUERY,
    title: 'Firestore collection',
    operations: { ...QUERY.operations, add: write, listDocuments: read },
    members: { ...QUERY.members, doc: to('document') },
    types: ['CollectionReference'],
  },
  query: QUERY,
  aggregate: { title: 'Firestore aggregation', operations: { get: read }, perCall: false, types: ['AggregateQuery'] },
  document: {
    title: 'Firestore document',
    operations: { get: read, listCollections: read, create: write, set: write, update: write, delete: write, onSnapshot: stream },
    members: { collection: to('collection'), withConverter: to('document'), get: to('snapshot') },
    perCall: false,
    harmless: ['isEqual'],
    types: ['DocumentReference'],
  },
  // Only that of one document: those of a query are there.
  snapshot: {
    title: 'Firestore snapshot',
    operations: { data: { effect: 'none', empty: { path: '', value: 'undefined', atOnce: true, asks: ['exists'] } } },
    perCall: false,
    harmless: ['get', 'isEqual'],
    types: ['DocumentSnapshot'],
  },
  transaction: {
    title: 'Firestore transaction',
    operations: { get: read, getAll: read },
    perCall: false,
    harmless: ['set', 'update', 'create', 'delete'],
    types: ['Transaction'],
  },
  batch: { title: 'Firestore batch', operations: { commit: write }, perCall: false, harmless: ['set', 'update', 'create', 'delete'], types: ['WriteBatch'] },
  bulkWriter: { title: 'Firestore bulk writer', operations: { flush: write, close: write }, perCall: false, harmless: ['set', 'update', 'create', 'delete', 'onWriteError', 'onWriteResult'], types: ['BulkWriter'] },
};

/** Those of them that ask the service. */
const FIRESTORE_SHAPES: readonly string[] = Object.keys(FIRESTORE_CLIENTS);

/** What the configuration of the service gives a request; nothing sets it. */
export const FIRESTORE_BOUNDS: readonly BoundModel[] = [
  { path: 'reading', fixed: true, at: ['client'], clients: FIRESTORE_SHAPES, covers: 'attempt', unit: 'ms', default: 300_000, note: 'ends one attempt of a read; a read of a document is tried 5 times', source: 'firestore' },
  { path: 'writing', fixed: true, at: ['client'], clients: FIRESTORE_SHAPES, effects: ['write'], covers: 'total', unit: 'ms', default: 60_000, note: 'ends a write with its attempts', source: 'firestore' },
];

/** A user's `create` is refused the second time; `update` may hold an increment, so nothing is said of it. */
export const FIRESTORE_REPEAT = { again: ['add'], same: ['set', 'delete', 'create', 'recursiveDelete'] } as const;

export const FIRESTORE_SOURCE =
  '@google-cloud/firestore@7.11.6 build/src/v1/firestore_client_config.json (BatchGetDocuments and RunQuery 300 s, Commit 60 s), build/src/index.js (MAX_REQUEST_RETRIES); run with 9.4.1 and 7.11.6: `set` ends after 60 s, and an attempt of `get` after 300 s';

const made = { is: 'class', makes: 'firestore', options: { at: [0] } } as const;

export const models: readonly ClientModel[] = [
  {
    id: 'firestore',
    title: 'Firestore',
    kind: 'db',
    packages: ['@google-cloud/firestore'],
    versions: '>=7',
    checked: ['9.4.1', '7.11.6'],
    exports: { Firestore: made, 'default.Firestore': made },
    clients: FIRESTORE_CLIENTS,
    bounds: FIRESTORE_BOUNDS,
    edits: [],
    seam: { kind: 'call', tried: false },
    retry: {
      retries: 4, option: 'maxAttempts', counts: 'attempts', at: ['call'], methods: ['runTransaction'], backoff: 'exponential', jitter: true,
      note: 'the function of a transaction is called again where its commit is aborted, so whatever else it does happens again', source: 'retry',
    },
    repeat: { ...FIRESTORE_REPEAT, source: '@google-cloud/firestore@9.4.1 build/src/reference/collection-reference.js (add: a new id a call)' },
    errors: { timeout: ['DEADLINE_EXCEEDED'] },
    unbounded: 'waits 300 s for a read and asks again, up to 5 times for a document',
    mend: 'give the call up from outside: no option bounds it',
    unmendable: true,
    sources: {
      firestore: FIRESTORE_SOURCE,
      retry: '@google-cloud/firestore@9.4.1 build/src/index.js:119, transaction.js:51; run with 9.4.1 and 7.11.6: 5 times where each commit is aborted, twice with `maxAttempts: 2`',
    },
    verified: 'source+test',
  },
];
