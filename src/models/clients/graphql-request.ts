import type { ClientModel, OperationModel } from '../types.js';

// (document, variables, headers) takes no signal; the object form does.
const call = { options: { at: [0] }, effect: 'unknown' } as const satisfies OperationModel;

const shared = {
  title: 'graphql-request',
  kind: 'http',
  packages: ['graphql-request'],
  exports: {
    GraphQLClient: { is: 'class', makes: 'client', options: { at: [1] } },
    request: { is: 'operation', ...call, url: { at: [0] } },
    rawRequest: { is: 'operation', ...call, url: { at: [0] } },
    batchRequests: { is: 'operation', ...call, url: { at: [0] } },
    default: { is: 'operation', ...call, url: { at: [0] } },
  },
  clients: {
    client: {
      title: 'GraphQL client',
      operations: { request: call, rawRequest: call, batchRequests: call },
      perCall: true,
      harmless: ['setHeaders', 'setHeader', 'setEndpoint'],
      types: ['GraphQLClient'],
    },
  },
  // An AbortSignal.timeout given to the client starts once and then aborts every later call.
  signal: { path: 'signal', at: ['call', 'client'], source: 'signal' },
  // Only the object form of a call has room for it.
  edits: [{ at: 'call', path: 'signal', value: 'signal' }],
  seam: { kind: 'fetch-option', path: 'fetch', tried: false },
  mend: 'use the object form of the call, and pass `signal: AbortSignal.timeout(ms)` in it beside `document`',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'graphql-request',
    versions: '>=7',
    checked: ['7.4.0'],
    bounds: [],
    errors: { timeout: ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'] },
    unbounded: 'waits as long as global fetch does, up to 300 s for response headers in Node and as long again between body chunks',
    unboundedElsewhere: 'waits until the platform gives up, as graphql-request sets no limit of its own',
    sources: { signal: 'graphql-request@7.4.0 build/legacy/classes/GraphQLClient.js, build/legacy/functions/request.js; run: a silent server is waited for 300 s, with `timeout: 300` in the client too' },
  },
  {
    ...shared,
    id: 'graphql-request-6',
    versions: '<7',
    checked: ['6.1.0'],
    bounds: [
      {
        path: 'timeout', at: ['client'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited',
        note: 'goes to node-fetch 2 with all options of the client, though the types do not have it', source: 'timeout',
      },
    ],
    errors: { timeout: ['AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as it sends through cross-fetch, which has no timeout by default',
    unboundedElsewhere: 'waits until the platform gives up, as graphql-request sets no limit of its own',
    sources: {
      signal: 'graphql-request@6.1.0 build/cjs/index.js:33,145-218',
      timeout: 'graphql-request@6.1.0 build/cjs/index.js:115,143,180 (options of the client go to fetch as they are); run: silent server and stalled body end',
    },
  },
];
