import type { ClientModel, ClientShape } from '../types.js';

const GET = { effect: 'none', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'reference' } } as const;

const CACHE: ClientShape = {
  title: 'NodeCache',
  perCall: false,
  types: ['NodeCache', 'default'],
  operations: {
    get: GET,
    take: GET,
    set: { effect: 'none', cache: { role: 'write', value: { at: [1] }, holds: 'reference', ttl: [{ argument: { at: [2] }, unit: 's' }] } },
    // An object without the keys that are missing.
    mget: { effect: 'none', empty: { path: '', value: '{}' }, cache: { role: 'read', holds: 'reference' } },
    flushAll: { effect: 'none', cache: { role: 'delete', holds: 'reference' } },
    del: { effect: 'none', cache: { role: 'delete', holds: 'reference' } },
    ttl: { effect: 'none', cache: { role: 'expire', holds: 'reference', ttl: [{ argument: { at: [1] }, unit: 's' }] } },
  },
};

export const models: readonly ClientModel[] = [
  {
    id: 'node-cache',
    title: 'node-cache',
    kind: 'cache',
    packages: ['node-cache'],
    checked: ['5.1.2'],
    exports: { default: { is: 'class', makes: 'cache', options: { at: [0] } } },
    clients: { cache: CACHE },
    bounds: [],
    expiry: { options: ['stdTTL', 'maxKeys'], source: 'expiry' },
    inProcess: 'always',
    unmendable: true,
    unbounded: 'never leaves the process',
    mend: 'ask no time limit of it',
    sources: {
      expiry: 'node-cache@5.1.2 lib/node_cache.js:306,316 (stdTTL 0 is for ever, maxKeys -1 is without limit)',
      ttl: 'node-cache@5.1.2 README.md:48-92,202 (seconds; 0 is unlimited); run: get of a missing key gives undefined, mget leaves it out',
    },
    verified: 'source+test',
  },
];
