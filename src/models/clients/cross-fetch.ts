import type { ClientModel, ExportModel } from '../types.js';

const fetchOperation: ExportModel = { is: 'operation', options: { at: [1, 0] }, url: { at: [0] }, effect: 'by-http-method', streamBody: 'body' };

/** Thin wrappers of node-fetch 2: its `timeout` reaches it, and there is none by default. */
export const models: readonly ClientModel[] = [
  {
    id: 'cross-fetch',
    title: 'cross-fetch',
    kind: 'http',
    packages: ['cross-fetch', 'isomorphic-fetch'],
    checked: ['cross-fetch 4.1.0', 'isomorphic-fetch 3.0.0'],
    exports: { default: fetchOperation, fetch: fetchOperation, Request: { is: 'options', options: { at: [1, 0] } } },
    clients: {},
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited',
        note: 'starts again at a redirect and for the body', source: 'timeout',
      },
    ],
    signal: { path: 'signal', at: ['call'], source: 'timeout' },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['request-timeout', 'body-timeout', 'AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as in Node it is node-fetch 2, which has no timeout by default',
    unboundedElsewhere: 'waits until the platform gives up, as cross-fetch sets no limit of its own',
    mend: 'pass `signal: AbortSignal.timeout(ms)`',
    sources: {
      timeout: 'cross-fetch@4.1.0 dist/node-ponyfill.js, isomorphic-fetch@3.0.0 fetch-npm-node.js (both hand url and options to node-fetch 2), node-fetch@2.7.0 lib/index.js:385,1491',
    },
    verified: 'source',
  },
];
