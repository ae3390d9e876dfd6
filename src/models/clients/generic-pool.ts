import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'generic-pool',
    title: 'generic-pool',
    // What it keeps are mostly connections of databases and brokers.
    kind: 'db',
    packages: ['generic-pool'],
    versions: '>=3',
    checked: ['3.9.0'],
    exports: { createPool: { is: 'factory', makes: 'pool', options: { at: [1] } } },
    clients: {
      pool: {
        title: 'generic-pool',
        operations: { acquire: { effect: 'none', waits: ['queue', 'connect'] }, use: { effect: 'none', waits: ['queue', 'connect'] } },
        perCall: false,
        harmless: ['release', 'destroy', 'drain', 'clear', 'start', 'ready', 'isBorrowedResource', 'on', 'once', 'off'],
        types: ['Pool'],
      },
    },
    bounds: [],
    pool: [
      { limits: 'size', path: 'max', default: 1, zero: 'default', clients: ['pool'], source: 'options' },
      { limits: 'wait', path: 'acquireTimeoutMillis', default: 'unlimited', zero: 'unlimited', clients: ['pool'], source: 'options' },
      { limits: 'waiters', path: 'maxWaitingClients', default: 'unlimited', zero: 'immediate', clients: ['pool'], source: 'options' },
    ],
    lends: [
      {
        client: 'pool', call: 'acquire', lent: 'resource', title: 'resource of generic-pool',
        returned: [{ by: 'argument', name: 'release' }, { by: 'argument', name: 'destroy' }], source: 'release',
      },
    ],
    inProcess: 'always',
    unmendable: true,
    unbounded: 'waits for ever when all are in use',
    mend: 'set `acquireTimeoutMillis`',
    sources: { options: 'generic-pool@3.9.0 lib/PoolOptions.js:80-110 (max becomes 1 where it is absent or less), lib/Pool.js:455-464', release: 'generic-pool@3.9.0 README.md, "pool.release"' },
    verified: 'source',
  },
];
