import type { ClientModel, ClientShape, ExportModel } from '../types.js';

const GET = { effect: 'none', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'reference' } } as const;
const DELETE = { effect: 'none', cache: { role: 'delete', holds: 'reference' } } as const;

const CACHE = {
  title: 'LRU cache',
  perCall: false,
  types: ['LRUCache', 'default'],
  operations: {
    get: GET,
    peek: GET,
    set: { effect: 'none', cache: { role: 'write', value: { at: [1] }, holds: 'reference', ttl: [{ argument: { at: [2], path: 'ttl' }, unit: 'ms' }] } },
    delete: DELETE,
    fetch: { effect: 'none', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'reference' } },
  },
} as const satisfies ClientShape;

const OLD: ClientShape = {
  ...CACHE,
  types: ['LRU', 'LRUCache', 'default'],
  operations: {
    get: GET,
    peek: GET,
    set: { effect: 'none', cache: { role: 'write', value: { at: [1] }, holds: 'reference', ttl: [{ argument: { at: [2] }, unit: 'ms' }] } },
    del: DELETE,
  },
};

const made: ExportModel = { is: 'class', makes: 'cache', options: { at: [0] } };

const shared = {
  title: 'lru-cache',
  kind: 'cache',
  packages: ['lru-cache'],
  bounds: [],
  inProcess: 'always',
  unmendable: true,
  unbounded: 'never leaves the process',
  mend: 'ask no time limit of it',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'lru-cache',
    versions: '>=7',
    checked: ['11.5.3', '7.18.3'],
    exports: { LRUCache: made, default: made },
    clients: { cache: CACHE },
    sources: { ttl: 'lru-cache@11.5.3 index.d.ts:527-533 (ms; needs max, maxSize or ttl; `maxAge` is read up to 7); run: get of a missing key gives undefined' },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'lru-cache-6',
    versions: '<7',
    checked: ['6.0.0'],
    exports: { default: { is: 'factory', makes: 'cache', options: { at: [0] } } },
    clients: { cache: OLD },
    expiry: { options: ['max', 'maxAge'], source: 'expiry' },
    sources: { expiry: 'lru-cache@6.0.0 index.js: without `max` it is Infinity, without `maxAge` nothing grows old; run: `new LRU({ ttl: 50 })` kept an entry past 120 ms', ttl: 'lru-cache@6.0.0 README.md:54 (maxAge, ms, third argument of set); run: `ttl` counts for nothing, and a cache without any limit is made' },
    verified: 'source+test',
  },
];
