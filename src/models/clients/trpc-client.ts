import type { ClientModel } from '../types.js';

// A link stands for its options. One that is not listed here may bound a call, or send it elsewhere.
const link = { is: 'options', options: { at: [0] } } as const;

export const models: readonly ClientModel[] = [
  {
    id: 'trpc-client',
    title: 'tRPC client',
    kind: 'rpc',
    packages: ['@trpc/client'],
    versions: '>=10',
    checked: ['11.25.2', '10.45.4'],
    exports: {
      createTRPCClient: { is: 'factory', makes: 'client', options: { at: [0] } },
      createTRPCProxyClient: { is: 'factory', makes: 'client', options: { at: [0] } },
      httpLink: link,
      httpBatchLink: link,
      httpBatchStreamLink: link,
      unstable_httpBatchStreamLink: link,
      loggerLink: link,
    },
    clients: {
      client: {
        title: 'tRPC client',
        operations: {
          '**.query': { options: { at: [1] }, effect: 'read' },
          '**.mutate': { options: { at: [1] }, effect: 'write' },
          '**.subscribe': { options: { at: [1] }, effect: 'none', mode: 'stream' },
        },
        perCall: true,
        types: ['TRPCClient', 'CreateTRPCClient', 'CreateTRPCProxyClient'],
      },
    },
    bounds: [],
    replacedBy: ['links.*.fetch'],
    signal: { path: 'signal', at: ['call'], source: 'signal' },
    edits: [{ at: 'call', path: 'signal', value: 'signal' }],
    seam: { kind: 'fetch-option', path: 'links.*.fetch', tried: false },
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'a `retryLink` tries what its `retry` says again, at once unless `retryDelayMs` is set', source: 'retry',
    },
    errors: { timeout: ['TRPCClientError'] },
    unbounded: 'waits as long as global fetch does, up to 300 s for response headers in Node and as long again between body chunks',
    unboundedElsewhere: 'waits until the platform gives up, as tRPC sets no limit of its own',
    mend: 'pass `{ signal: AbortSignal.timeout(ms) }` as the second argument of the call',
    sources: {
      signal: '@trpc/client@11.25.2 dist/index.d.mts; @trpc/client@10.45.4 dist/index.js; run: the call ended by the signal',
      retry: '@trpc/client@11.25.2 dist/index.d.mts:317-348; run: the second request came at once',
    },
    verified: 'source+test',
  },
];
