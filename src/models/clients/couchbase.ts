import type { ChainModel, ClientModel, ClientShape, OperationModel } from '../types.js';

const at = (position: number, effect: OperationModel['effect']): OperationModel => ({ options: { at: [position] }, effect });
const to = (client: string): ChainModel => ({ is: 'chain', client });

// The statements are SQL++, of which `FROM` of an array and the like are no SQL.
const query = { query: at(1, 'unknown'), analyticsQuery: at(1, 'unknown'), search: at(2, 'read') } as const;

const CLIENTS: Readonly<Record<string, ClientShape>> = {
  cluster: {
    title: 'Couchbase cluster',
    operations: { ...query, searchQuery: at(2, 'read'), waitUntilReady: { effect: 'none', waits: ['connect'] } },
    members: { bucket: to('bucket') },
    perCall: true,
    harmless: ['close', 'ping', 'diagnostics', 'transactions', 'users', 'buckets', 'queryIndexes', 'analyticsIndexes', 'searchIndexes', 'eventingFunctions'],
    types: ['Cluster'],
  },
  bucket: { title: 'Couchbase bucket', operations: {}, members: { scope: to('scope'), defaultScope: to('scope'), collection: to('collection'), defaultCollection: to('collection') }, perCall: true, harmless: ['ping', 'collections', 'viewIndexes'], types: ['Bucket'] },
  scope: { title: 'Couchbase scope', operations: query, members: { collection: to('collection') }, perCall: true, harmless: ['searchIndexes', 'eventingFunctions'], types: ['Scope'] },
  collection: {
    title: 'Couchbase collection',
    operations: {
      // What is not there is an error, DocumentNotFoundError.
      get: at(1, 'read'), exists: at(1, 'read'), getAnyReplica: at(1, 'read'), getAllReplicas: at(1, 'read'), lookupIn: at(2, 'read'),
      insert: at(2, 'write'), upsert: at(2, 'write'), replace: at(2, 'write'), remove: at(1, 'write'), mutateIn: at(2, 'write'),
      touch: at(2, 'write'), getAndTouch: at(2, 'write'), getAndLock: at(2, 'write'), unlock: at(2, 'write'),
    },
    members: { binary: to('binary') },
    perCall: true,
    harmless: ['scan', 'list', 'queue', 'map', 'set', 'queryIndexes'],
    types: ['Collection'],
  },
  binary: {
    title: 'Couchbase binary collection',
    operations: { increment: at(2, 'write'), decrement: at(2, 'write'), append: at(2, 'write'), prepend: at(2, 'write') },
    perCall: true,
    types: ['BinaryCollection'],
  },
};

const connect = { is: 'factory', makes: 'cluster', options: { at: [1] } } as const;
const KEYS = ['collection', 'binary'] as const;
const QUERIES = ['cluster', 'scope'] as const;

export const models: readonly ClientModel[] = [
  {
    id: 'couchbase',
    title: 'Couchbase',
    kind: 'db',
    packages: ['couchbase'],
    versions: '>=4',
    checked: ['4.7.1', '4.2.11'],
    exports: { connect, 'default.connect': connect, 'Cluster.connect': connect, 'default.Cluster.connect': connect },
    clients: CLIENTS,
    bounds: [
      { path: 'timeout', at: ['call'], clients: KEYS, covers: 'total', unit: 'ms', default: 2500, zero: 'default', note: 'bounds the operation on a key', source: 'timeouts' },
      { path: 'timeout', at: ['call'], clients: QUERIES, covers: 'total', unit: 'ms', default: 75_000, zero: 'default', note: 'bounds the query', source: 'timeouts' },
      { path: 'timeouts.kvTimeout', at: ['client'], clients: KEYS, covers: 'total', unit: 'ms', default: 2500, zero: 'default', note: 'bounds operations on keys', source: 'timeouts' },
      { path: 'timeouts.kvDurableTimeout', at: ['client'], clients: KEYS, covers: 'total', unit: 'ms', default: 10_000, zero: 'default', note: 'bounds writes with a level of durability', source: 'timeouts' },
      { path: 'timeouts.queryTimeout', at: ['client'], clients: QUERIES, covers: 'total', unit: 'ms', default: 75_000, zero: 'default', note: 'bounds queries', source: 'timeouts' },
      { path: 'timeouts.bootstrapTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, note: 'bounds `connect` to a cluster that says nothing', source: 'connect' },
    ],
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    repeat: { again: ['increment', 'decrement', 'append', 'prepend', 'mutateIn'], same: ['upsert', 'insert', 'remove', 'touch', 'getAndTouch'], source: 'couchbase@4.7.1 dist/collection.d.ts (each document has the key that is given)' },
    errors: { timeout: ['TimeoutError', 'UnambiguousTimeoutError', 'AmbiguousTimeoutError'], nothingSent: ['UnambiguousTimeoutError'] },
    unbounded: 'is given up after 2.5 s, a query after 75 s',
    mend: 'set `timeout` in the call',
    sources: {
      timeouts: 'couchbase@4.7.1 dist/cluster.js:159-165, collection.js:194-1700, queryexecutor.js:126; couchbase@4.2.11 dist/cluster.js:126-129, queryexecutor.js:88',
      connect: 'run with couchbase@4.7.1 against a server that takes connections and says nothing: 10 s, and 1 s with `bootstrapTimeout: 1000`, the same with `connectTimeout: 1000` as without it',
    },
    verified: 'source',
  },
];
