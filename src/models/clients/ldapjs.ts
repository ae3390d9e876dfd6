import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'ldapjs',
    title: 'ldapjs',
    kind: 'db',
    packages: ['ldapjs'],
    versions: '>=3',
    checked: ['3.0.7'],
    exports: { createClient: { is: 'factory', makes: 'client', options: { at: [0] } } },
    clients: {
      client: {
        title: 'LDAP client',
        operations: {
          bind: { effect: 'none' }, starttls: { effect: 'none' },
          search: { effect: 'read' }, compare: { effect: 'read', empty: { path: '', value: 'false' } },
          add: { effect: 'write' }, modify: { effect: 'write' }, modifyDN: { effect: 'write' }, del: { effect: 'write' }, exop: { effect: 'unknown' },
        },
        perCall: false,
        harmless: ['unbind', 'destroy', 'abandon', 'connect', 'on', 'once'],
        types: ['Client'],
      },
    },
    bounds: [
      { path: 'timeout', at: ['client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', note: 'bounds the wait for the answer, of a search the wait for its first entry', source: 'timeout' },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: null, zero: 'unlimited', note: 'bounds connecting', source: 'timeout' },
    ],
    edits: [{ at: 'client', path: 'timeout', value: 'ms' }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    errors: { timeout: ['TimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as ldapjs sets no limit of its own',
    mend: 'set `timeout` and `connectTimeout` in `createClient`',
    sources: { timeout: 'ldapjs@3.0.7 lib/client/client.js:123-140,809-852,1240-1290' },
    verified: 'source',
  },
];
