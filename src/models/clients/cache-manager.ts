import type { ClientModel, ClientShape, OperationModel } from '../types.js';

// Values come back as they were: a store in the process hands out what it was given, one on Redis goes through JSON.
const WRITES = {
  set: { effect: 'write', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2] }, unit: 'ms' }] } },
  del: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
  mdel: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
  clear: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
  wrap: { effect: 'read', cache: { role: 'wrap', loader: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2] }, unit: 'ms' }, { argument: { at: [2], path: 'ttl' }, unit: 'ms' }] } },
} as const satisfies Readonly<Record<string, OperationModel>>;

const GET_OR_UNDEFINED = { effect: 'read', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'json' } } as const;
const GET_OR_NULL = { effect: 'read', empty: { path: '', value: 'null' }, cache: { role: 'read', holds: 'json' } } as const;

/** Where NestJS makes the cache that it hands out. */
const REGISTRATIONS = [
  { call: 'CacheModule.register', package: '@nestjs/cache-manager', options: { at: [0] } },
  { call: 'CacheModule.registerAsync', package: '@nestjs/cache-manager', options: { at: [0] }, opaque: true },
] as const;

const CACHE = { title: 'cache-manager cache', perCall: false, types: ['Cache'], registrations: REGISTRATIONS, operations: { ...WRITES, get: GET_OR_UNDEFINED } } as const satisfies ClientShape;
const CACHE_6: ClientShape = { ...CACHE, operations: { ...WRITES, get: GET_OR_NULL } };
const RESET = { reset: { effect: 'write', cache: { role: 'delete', holds: 'json' } } } as const satisfies ClientShape['operations'];
const CACHE_5: ClientShape = {
  ...CACHE,
  types: ['Cache', 'MemoryCache', 'MultiCache'],
  operations: {
    get: GET_OR_UNDEFINED, set: WRITES.set, del: WRITES.del, mdel: WRITES.mdel, ...RESET,
    wrap: { effect: 'read', cache: { role: 'wrap', loader: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2] }, unit: 'ms' }] } },
  },
};
const CACHE_4: ClientShape = {
  ...CACHE_5,
  types: ['Cache', 'MultiCache'],
  operations: {
    // A store of Redis answers null, the one in memory undefined.
    get: { effect: 'read', cache: { role: 'read', holds: 'json' } },
    set: { effect: 'write', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2] }, unit: 's' }, { argument: { at: [2], path: 'ttl' }, unit: 's' }] } },
    del: WRITES.del,
    wrap: { effect: 'read', cache: { role: 'wrap', loader: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2], path: 'ttl' }, unit: 's' }] } },
  },
};

const shared = {
  title: 'cache-manager',
  kind: 'cache',
  packages: ['cache-manager'],
  bounds: [],
  inProcess: 'by-store',
  storeOptions: ['store'],
  unmendable: true,
  unbounded: 'waits as long as its store does',
  mend: 'bound the client of the store',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'cache-manager',
    storeOptions: ['stores'],
    versions: '>=7',
    checked: ['7.2.9'],
    exports: { createCache: { is: 'factory', makes: 'cache', options: { at: [0] } } },
    clients: { cache: CACHE },
    expiry: { options: ['ttl', 'stores'], source: 'expiry' },
    sources: { expiry: 'cache-manager@7.2.9: set passes `ttl ?? options.ttl` on, and the store of its own is a Keyv over a Map', ttl: 'cache-manager@7.2.9 README.md:252-298,405 (ms); run: get of a missing key gives undefined' },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'cache-manager-6',
    storeOptions: ['stores'],
    versions: '>=6 <7',
    checked: ['6.4.3'],
    exports: { createCache: { is: 'factory', makes: 'cache', options: { at: [0] } } },
    clients: { cache: CACHE_6 },
    expiry: { options: ['ttl', 'stores'], source: 'expiry' },
    sources: { expiry: 'cache-manager@6.4.3: set passes `ttl ?? options.ttl` on, and the store of its own is a Keyv over a Map', ttl: 'cache-manager@6.4.3 dist/index.js createCache: get begins with null and returns it where no store has the key; run: it gives null, and an object in the place of the time leaves an entry that stays' },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'cache-manager-5',
    versions: '>=5 <6',
    checked: ['5.7.6'],
    exports: { caching: { is: 'factory', makes: 'cache', options: { at: [1] } }, multiCaching: { is: 'factory', makes: 'cache' }, createCache: { is: 'factory', makes: 'cache', options: { at: [1] } } },
    clients: { cache: CACHE_5 },
    sources: { ttl: 'cache-manager@5.7.6 README.md:50,175, dist/caching.js (ms); run: get of a missing key gives undefined, an object in the place of the time counts for nothing' },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'cache-manager-4',
    versions: '<5',
    checked: ['4.1.0'],
    exports: { caching: { is: 'factory', makes: 'cache', options: { at: [0] } }, multiCaching: { is: 'factory', makes: 'cache' } },
    clients: { cache: CACHE_4 },
    sources: { ttl: 'cache-manager@4.1.0 README.md:123, lib/stores/memory.js:36-96 (seconds); run: 1 and `{ ttl: 1 }` are over after 1.4 s, not after 0.1 s' },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'nestjs-cache-manager',
    title: '@nestjs/cache-manager',
    packages: ['@nestjs/cache-manager'],
    checked: ['12.0.0'],
    exports: {},
    // It hands on the class of whichever cache-manager is installed: how a miss answers is not known.
    clients: { cache: { ...CACHE, operations: { ...WRITES, ...RESET, get: CACHE_4.operations['get']! } } },
    sources: { types: '@nestjs/cache-manager@12.0.0 dist/index.d.ts' },
    verified: 'docs',
  },
];
