import type { ClientModel, ClientShape } from '../types.js';

// A number counts milliseconds; a text like '1h' is read too.
const TTL = [{ argument: { at: [2] }, unit: 'ms' }, { argument: { at: [2], path: 'ttl' }, unit: 'ms' }] as const;

const CACHE: ClientShape = {
  title: 'Cacheable',
  perCall: false,
  types: ['Cacheable'],
  operations: {
    get: { effect: 'read', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'json' } },
    take: { effect: 'write', empty: { path: '', value: 'undefined' } },
    set: { effect: 'write', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: TTL } },
    getOrSet: { effect: 'read', cache: { role: 'wrap', loader: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2], path: 'ttl' }, unit: 'ms' }] } },
    getMany: { effect: 'read' }, has: { effect: 'read' }, setMany: { effect: 'write' },
    delete: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    deleteMany: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    clear: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
  },
};

const MEMORY: ClientShape = {
  title: 'CacheableMemory',
  perCall: false,
  types: ['CacheableMemory'],
  operations: {
    // It gives clones, unless it is told not to.
    get: { effect: 'none', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'json' } },
    take: { effect: 'none', empty: { path: '', value: 'undefined' } },
    set: { effect: 'none', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: TTL } },
    delete: { effect: 'none', cache: { role: 'delete', holds: 'json' } },
    clear: { effect: 'none', cache: { role: 'delete', holds: 'json' } },
  },
};

export const models: readonly ClientModel[] = [
  {
    id: 'cacheable',
    title: 'cacheable',
    kind: 'cache',
    packages: ['cacheable'],
    checked: ['2.5.0'],
    exports: { Cacheable: { is: 'class', makes: 'cache', options: { at: [0] } }, CacheableMemory: { is: 'class', makes: 'memory', options: { at: [0] } } },
    clients: { cache: CACHE, memory: MEMORY },
    bounds: [],
    // A store of its own, or a limit in number, ends entries too.
    expiry: { options: ['ttl', 'primary', 'secondary', 'lruSize'], source: 'ttl' },
    inProcess: 'by-store',
    storeOptions: ['primary', 'secondary'],
    unmendable: true,
    unbounded: 'waits as long as its store does',
    mend: 'bound the client of the store',
    sources: { ttl: 'cacheable@2.5.0 dist/index.d.mts:545-690, @cacheable/memory dist/index.d.mts; run: get of a missing key gives undefined; 50, `50ms` and `{ ttl: 50 }` were over after 120 ms, nothing given stayed' },
    verified: 'source+test',
  },
];
