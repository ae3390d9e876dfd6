import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'whatwg-node-fetch',
    title: '@whatwg-node/fetch',
    kind: 'http',
    packages: ['@whatwg-node/fetch'],
    checked: ['0.10.13'],
    exports: {
      fetch: { is: 'operation', options: { at: [1, 0] }, url: { at: [0] }, effect: 'by-http-method', streamBody: 'body' },
      Request: { is: 'options', options: { at: [1, 0] } },
    },
    clients: {},
    bounds: [],
    signal: { path: 'signal', at: ['call'], source: 'signal' },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    seam: { kind: 'call', tried: false },
    errors: { timeout: ['TimeoutError', 'AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as in Node it sends through node:http and sets no limit',
    unboundedElsewhere: 'waits until the platform gives up, as @whatwg-node/fetch sets no limit of its own',
    mend: 'pass `signal: AbortSignal.timeout(ms)`',
    sources: {
      signal: '@whatwg-node/fetch@0.10.13 dist/create-node-ponyfill.js (global fetch only in Deno, Bun and Next.js), @whatwg-node/node-fetch@0.8.6 esm/fetchNodeHttp.js:29-123',
    },
    verified: 'source',
  },
];
