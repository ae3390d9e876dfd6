import type { ClientModel, ClientShape, OperationModel } from '../types.js';

const at = { options: { at: [1, 0] }, url: { at: [0] } } as const satisfies Partial<OperationModel>;
const read = { ...at, effect: 'read' } as const;
const write = { ...at, effect: 'write' } as const;

const REQUEST: ClientShape = {
  title: 'request',
  operations: { '': { ...at, effect: 'by-http-method' }, get: read, head: read, options: read, post: write, put: write, patch: write, del: write, delete: write },
  members: {
    defaults: { is: 'factory', makes: 'request', options: { at: [0] } },
    forever: { is: 'factory', makes: 'request', options: { at: [1] } },
  },
  perCall: true,
  harmless: ['jar', 'cookie'],
};

/** Deprecated, and still in many back ends. */
export const models: readonly ClientModel[] = [
  {
    id: 'request',
    title: 'request',
    kind: 'http',
    packages: ['request', 'request-promise', 'request-promise-native'],
    checked: ['request 2.79.0', 'request 2.88.2', 'request-promise-native 1.0.9'],
    exports: { default: { is: 'client', client: 'request' } },
    clients: { request: REQUEST },
    bounds: [
      {
        path: 'timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited',
        note: 'bounds the wait for response headers', source: 'timeout',
      },
      {
        path: 'timeout', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited',
        note: 'ends silence while the body is read', source: 'timeout',
      },
    ],
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['ETIMEDOUT', 'ESOCKETTIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as request has no timeout by default',
    mend: 'set `timeout: ms` in the options of the call',
    sources: { timeout: 'request@2.88.2 request.js:745-852, index.js; request-promise-native@1.0.9 lib/rp.js (exports the same functions); run: ends a server that is silent and a body that stalls, and lets one drip for 2.5 s' },
    verified: 'source+test',
  },
];
