import type { ClientModel, ClientShape, OperationModel } from '../types.js';

// Answers come to callbacks, and `lifetime` has to be given: 0 is for ever, more than 30 days a date in seconds.
const store = (value: number, lifetime: number) => ({
  effect: 'write',
  cache: { role: 'write', value: { at: [value] }, holds: 'json', ttl: [{ argument: { at: [lifetime] }, unit: 's' }] },
}) as const satisfies OperationModel;

const PUT = store(1, 2);
const READ = { effect: 'read' } as const;
const WRITE = { effect: 'write' } as const;

const CLIENT: ClientShape = {
  title: 'memcached client',
  operations: {
    get: READ, gets: READ, getMulti: READ, version: READ, stats: READ, settings: READ, slabs: READ, items: READ, cachedump: READ,
    set: PUT, add: PUT, replace: PUT,
    // (key, value, cas, lifetime, callback)
    cas: store(1, 3),
    append: WRITE, prepend: WRITE, incr: WRITE, increment: WRITE, decr: WRITE, decrement: WRITE,
    touch: { effect: 'write', cache: { role: 'expire', holds: 'json', ttl: [{ argument: { at: [1] }, unit: 's' }] } },
    del: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    flush: { effect: 'write', keyspace: { does: 'empties', command: 'flush_all' } },
    flushAll: { effect: 'write', keyspace: { does: 'empties', command: 'flush_all' } },
  },
  perCall: false,
  harmless: ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'end'],
  types: ['default', 'Memcached'],
};

export const models: readonly ClientModel[] = [
  {
    id: 'memcached',
    title: 'memcached',
    kind: 'cache',
    packages: ['memcached'],
    checked: ['2.2.2'],
    exports: { default: { is: 'class', makes: 'client', options: { at: [1] } } },
    clients: { client: CLIENT },
    bounds: [{ path: 'timeout', at: ['client'], covers: 'connect', unit: 'ms', default: 5_000, zero: 'unlimited', note: 'bounds connecting, six times over by default', source: 'options' }],
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'tries to connect 5 times more, after 1 to 60 s; a command that was sent is not sent again', source: 'options',
    },
    repeat: { again: ['append', 'prepend', 'incr', 'increment', 'decr', 'decrement'], same: ['set', 'del', 'touch', 'flush', 'flushAll'], source: 'the protocol: memcached@2.2.2 lib/memcached.js sends these commands as they are' },
    seam: { kind: 'none', note: 'commands answer to callbacks: wrap them in a function of your own', tried: false },
    errors: { timeout: ['Timed out while trying to establish connection'], nothingSent: ['Timed out while trying to establish connection', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'never calls back on a silent server, as nothing bounds the wait for an answer, and `idle` drops the connection together with what waits on it',
    mend: 'race the callback against a timer, or move to a client that bounds the answer, such as memjs',
    unmendable: true,
    sources: {
      options: 'memcached@2.2.2 lib/memcached.js:67-96 (defaults), 168-208 (`timeout` gives way to `idle` once connected), node_modules/jackpot/index.js:116-131; run: with `timeout: 300` and `idle: 300` no callback came within 8 s from a silent server',
      ttl: 'memcached@2.2.2 lib/memcached.js:812-1008 (seconds)',
    },
    verified: 'source+test',
  },
];
