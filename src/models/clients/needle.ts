import type { ClientModel, OperationModel } from '../types.js';

const read = { options: { at: [1] }, url: { at: [0] }, effect: 'read' } as const satisfies OperationModel;
const write = { options: { at: [2] }, url: { at: [0] }, effect: 'write' } as const satisfies OperationModel;

export const models: readonly ClientModel[] = [
  {
    id: 'needle',
    title: 'needle',
    kind: 'http',
    packages: ['needle'],
    checked: ['2.9.1', '3.5.0'],
    exports: { default: { is: 'client', client: 'needle' } },
    clients: {
      needle: {
        title: 'needle',
        operations: {
          // (method, url, data?, options?); data may be left out of a read, and the method of all
          '': { noEdit: true, options: { at: [3, 2] }, url: { at: [1] }, effect: 'by-http-method' },
          request: { options: { at: [3] }, url: { at: [1] }, effect: 'by-http-method' },
          get: read,
          head: read,
          post: write,
          put: write,
          patch: write,
          delete: write,
        },
        perCall: true,
        harmless: ['defaults'],
        types: [],
      },
    },
    bounds: [
      {
        path: 'open_timeout', at: ['call', 'client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited',
        note: 'bounds connecting only', source: 'timeout',
      },
      {
        path: 'timeout', at: ['call', 'client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited',
        note: 'is another name of `open_timeout` and bounds connecting only', source: 'timeout',
      },
      {
        path: 'response_timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited',
        note: 'bounds the wait for response headers', source: 'timeout',
      },
      {
        path: 'read_timeout', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited',
        note: 'bounds reading the whole body, from the headers on', source: 'timeout',
      },
    ],
    signal: { path: 'signal', at: ['call', 'client'], versions: '>=3.3.0', source: 'signal' },
    mutators: [{ text: '.defaults(', by: 'call', path: 'default.defaults', options: { at: [0] } }],
    edits: [{ at: 'call', path: 'response_timeout', value: 'ms', beside: { path: 'read_timeout', text: '{ms}' } }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['ECONNRESET', 'read timeout'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as its default limit of 10 s covers connecting only',
    mend: 'set `response_timeout` and `read_timeout`',
    sources: {
      timeout: 'needle@3.5.0 lib/needle.js:94-120,502-523, README.md:310-312; run: `timeout: 600` hangs on a silent server',
      signal: 'needle@3.5.0 lib/needle.js:101,497-512,800-804; needle@3.2.0 lib/needle.js has none, needle@3.3.0 has',
    },
    verified: 'source+test',
  },
];
