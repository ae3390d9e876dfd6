import type { ClientModel } from '../types.js';

/** Global fetch of Node: undici's, built in. Only a signal bounds a call; the dispatcher bounds its phases. */
export const models: readonly ClientModel[] = [
  {
    id: 'fetch',
    title: 'fetch',
    kind: 'http',
    packages: [],
    checked: ['node@20.20.2 (undici 6.24.1)'],
    globals: {
      fetch: { is: 'operation', options: { at: [1, 0] }, url: { at: [0] }, absoluteUrlOnly: true, effect: 'by-http-method', streamBody: 'body' },
      Request: { is: 'options', options: { at: [1, 0] } },
    },
    exports: {},
    clients: {},
    bounds: [
      {
        path: 'dispatcher.headersTimeout', at: ['call'], covers: 'headers', unit: 'ms', default: 300_000, zero: 'unlimited',
        note: 'ends the wait for response headers only', source: 'phases',
      },
      {
        path: 'dispatcher.bodyTimeout', at: ['call'], covers: 'idle', unit: 'ms', default: 300_000, zero: 'unlimited',
        note: 'starts again with every chunk of the body', source: 'phases',
      },
      { path: 'dispatcher.connect.timeout', at: ['call'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', source: 'connect' },
      {
        path: 'timeout', at: ['call'], covers: 'total', unit: 'ms', default: null, rejects: false,
        note: 'is no option of fetch, which ignores it', source: 'test',
      },
    ],
    signal: { path: 'signal', at: ['call'], source: 'test' },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    mutators: [
      { text: 'globalThis.fetch', by: 'assign', path: 'globalThis.fetch', replaces: true },
      { text: 'global.fetch', by: 'assign', path: 'global.fetch', replaces: true },
    ],
    seam: { kind: 'call', client: 'fetch', outcomes: 'http', note: 'a bare function is wrapped where it is called', tried: true },
    errors: {
      timeout: ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'],
      nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'],
    },
    pool: [{ limits: 'sockets', path: 'dispatcher.connections', default: 'unlimited', source: 'phases' }],
    unbounded: 'waits up to 300 s for response headers in Node, and as long again after every chunk of the body',
    unboundedElsewhere: 'waits until the platform gives up, as fetch sets no limit of its own',
    mend: 'pass `signal: AbortSignal.timeout(ms)`',
    sources: {
      phases: 'undici@6.29.1 lib/dispatcher/client.js:240-241, undici@8.12.4 lib/dispatcher/client.js:318-319',
      connect: 'undici@6.29.1 lib/core/connect.js:86',
      test: 'run on node 20 against a silent and a dripping server: `timeout` ignored, `signal` ends the call and a body read in progress',
    },
    verified: 'source+test',
  },
];
