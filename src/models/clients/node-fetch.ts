import type { ClientModel, ExportModel } from '../types.js';

const fetchOperation: ExportModel = { is: 'operation', options: { at: [1, 0] }, url: { at: [0] }, effect: 'by-http-method', streamBody: 'body' };

const shared = {
  title: 'node-fetch',
  kind: 'http',
  packages: ['node-fetch'],
  exports: { default: fetchOperation, Request: { is: 'options', options: { at: [1, 0] } } },
  clients: {},
  signal: { path: 'signal', at: ['call'], source: 'timeout' },
  seam: { kind: 'call', tried: false },
  unbounded: 'waits for ever on a silent server, as node-fetch has no timeout by default',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'node-fetch',
    versions: '>=3',
    checked: ['3.3.2'],
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'attempt', unit: 'ms', default: null, rejects: false,
        note: 'is ignored by node-fetch 3', source: 'timeout',
      },
    ],
    errors: { timeout: ['TimeoutError', 'AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    mend: 'pass `signal: AbortSignal.timeout(ms)`',
    sources: { timeout: 'node-fetch@3.3.2 src/index.js (no mention of timeout); run: hangs with `timeout`, ends with `signal`' },
  },
  {
    ...shared,
    id: 'node-fetch-2',
    versions: '<3',
    checked: ['2.7.0'],
    bounds: [
      {
        path: 'timeout', at: ['call'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited',
        note: 'starts again at a redirect and for the body', source: 'timeout',
      },
    ],
    errors: { timeout: ['request-timeout', 'body-timeout', 'AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    mend: 'set `timeout`, or pass `signal: AbortSignal.timeout(ms)`',
    sources: { timeout: 'node-fetch@2.7.0 lib/index.js:385,1491, README.md:375' },
  },
];
