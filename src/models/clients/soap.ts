import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'soap',
    title: 'soap',
    kind: 'http',
    packages: ['soap'],
    versions: '>=1',
    checked: ['1.13.0'],
    exports: { createClientAsync: { is: 'factory', makes: 'client', options: { at: [1] } } },
    clients: {
      client: {
        title: 'SOAP client',
        // The methods of the service, by the names of its description; those with a callback are told from nothing else.
        operations: { '*Async': { options: { at: [1] }, effect: 'unknown' } },
        perCall: true,
        types: ['Client'],
      },
    },
    bounds: [
      { path: 'timeout', at: ['call'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', note: 'is handed to axios', source: 'timeout' },
      { path: 'timeout', at: ['call'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', note: 'is handed to axios', source: 'timeout' },
    ],
    replacedBy: ['httpClient', 'request'],
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    seam: { kind: 'none', note: 'wrap the call', tried: false },
    errors: { timeout: ['ECONNABORTED'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as soap and the axios below it set no limit of their own',
    mend: 'pass `{ timeout: ms }` as the second argument of the method',
    sources: { timeout: 'soap@1.13.0 Readme.md:772-780, lib/http.js, lib/client.js' },
    verified: 'source',
  },
];
