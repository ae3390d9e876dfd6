import type { ClientModel, ClientShape } from '../types.js';

const KEYV: ClientShape = {
  title: 'Keyv',
  perCall: false,
  types: ['Keyv', 'default'],
  operations: {
    get: { effect: 'read', empty: { path: '', value: 'undefined' }, cache: { role: 'read', holds: 'json' } },
    set: { effect: 'write', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2] }, unit: 'ms' }] } },
    clear: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    delete: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
  },
};

export const models: readonly ClientModel[] = [
  {
    id: 'keyv',
    title: 'keyv',
    kind: 'cache',
    packages: ['keyv'],
    checked: ['6.1.0', '5.6.0', '4.5.4'],
    exports: { default: { is: 'class', makes: 'keyv', options: { at: 'last' } }, Keyv: { is: 'class', makes: 'keyv', options: { at: 'last' } } },
    clients: { keyv: KEYV },
    bounds: [],
    expiry: { options: ['ttl', 'store'], source: 'expiry' },
    inProcess: 'by-store',
    storeOptions: ['store', 'uri', 'adapter'],
    unmendable: true,
    unbounded: 'waits as long as its store does',
    mend: 'bound the client of the store',
    sources: {
      expiry: 'keyv@6.1.0 README.md:1040: without a ttl of its own and of the constructor an entry never expires',
      ttl: 'keyv@6.1.0 README.md:464, keyv@5.6.0 README.md:638-649 (ms); run: get of a missing key gives undefined',
    },
    verified: 'source+test',
  },
];
