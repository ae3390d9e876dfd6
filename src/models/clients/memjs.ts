import type { ClientModel, ClientShape, OperationModel } from '../types.js';

const PUT = { effect: 'write', options: { at: [2] }, cache: { role: 'write', value: { at: [1] }, holds: 'text', ttl: [{ argument: { at: [2], path: 'expires' }, unit: 's' }] } } as const satisfies OperationModel;

const CLIENT: ClientShape = {
  title: 'memjs client',
  perCall: false,
  types: ['Client'],
  harmless: ['close', 'quit'],
  operations: {
    '*': { effect: 'unknown' },
    // The result itself is an object, hit or miss.
    get: { effect: 'read', empty: { path: 'value', value: 'null' }, cache: { role: 'read', holds: 'text' } },
    set: PUT,
    add: PUT,
    replace: PUT,
    delete: { effect: 'write', cache: { role: 'delete', holds: 'text' } },
    flush: { effect: 'write', keyspace: { does: 'empties', command: 'flush_all' } },
  },
};

export const models: readonly ClientModel[] = [
  {
    id: 'memjs',
    title: 'memjs',
    kind: 'cache',
    packages: ['memjs'],
    checked: ['1.3.2'],
    exports: { 'Client.create': { is: 'factory', makes: 'client', options: { at: [1] } } },
    clients: { client: CLIENT },
    bounds: [
      { path: 'timeout', at: ['client'], covers: 'attempt', unit: 's', default: 0.5, note: 'bounds each attempt', source: 'options' },
      { path: 'conntimeout', at: ['client'], covers: 'connect', unit: 's', default: 1, note: 'bounds connecting, by default twice as long as `timeout`', source: 'options' },
    ],
    retry: { retries: 1, option: 'retries', counts: 'attempts', methods: 'all', backoff: 'fixed', jitter: false, retriesTimeouts: true, note: 'sends a command twice in all, 0.2 s apart, increments too', source: 'options' },
    repeat: { again: ['increment', 'decrement', 'append', 'prepend'], same: ['set', 'delete', 'touch', 'flush'], source: 'memjs@1.3.2 lib/memjs/memjs.js:816-857 sends any command again; run: INCREMENT was sent twice' },
    errors: { timeout: ['socket timed out waiting on response', 'socket timed out connecting to server'], nothingSent: ['socket timed out connecting to server', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'is given up after two attempts of 0.5 s each',
    mend: 'set `timeout` where the client is made',
    sources: { options: 'memjs@1.3.2 lib/memjs/memjs.js:18,33-68,199-226,816-857, lib/memjs/server.js:14-31; run: a silent server was asked twice by default, GET and INCREMENT, once with `retries: 1`', get: 'memjs@1.3.2 lib/memjs/memjs.js:159-192: a promise of { value, flags }, both null where the key is missing' },
    verified: 'source+test',
  },
];
