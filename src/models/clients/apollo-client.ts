import type { ClientModel, OperationModel } from '../types.js';

const call = { options: { at: [0] } } as const satisfies Partial<OperationModel>;

// A link stands for its options. What is composed of several (`from`, `concat`, `split`) may bound a call, and is not read.
const link = { is: 'options', options: { at: [0] } } as const;

export const models: readonly ClientModel[] = [
  {
    id: 'apollo-client',
    title: 'Apollo Client',
    kind: 'http',
    packages: ['@apollo/client'],
    versions: '>=3',
    checked: ['4.3.8', '3.14.1'],
    exports: {
      ApolloClient: { is: 'class', makes: 'client', options: { at: [0] } },
      HttpLink: link,
      BatchHttpLink: link,
      createHttpLink: link,
    },
    clients: {
      client: {
        title: 'Apollo client',
        operations: {
          // Its default policy asks the cache first, and the server for what is not there.
          query: { ...call, effect: 'read' },
          mutate: { ...call, effect: 'write' },
          refetchQueries: { effect: 'read', mode: 'stream' },
          // Both give an Observable that stays open.
          watchQuery: { ...call, effect: 'read', mode: 'stream' },
          subscribe: { ...call, effect: 'none', mode: 'stream' },
        },
        perCall: true,
        harmless: ['readQuery', 'readFragment', 'writeQuery', 'writeFragment', 'watchFragment', 'resetStore', 'clearStore', 'setLink', 'extract', 'restore'],
        types: ['ApolloClient'],
      },
    },
    bounds: [],
    replacedBy: ['link.fetch', 'link.fetchOptions.signal', 'defaultOptions.query.context', 'defaultOptions.mutate.context', 'defaultContext'],
    signal: { path: 'context.fetchOptions.signal', at: ['call'], source: 'signal' },
    edits: [{ at: 'call', path: 'context.fetchOptions.signal', value: 'signal' }],
    seam: { kind: 'fetch-option', path: 'link.fetch', tried: false },
    retry: {
      retries: 0, methods: [], backoff: 'none', jitter: false,
      note: 'a `RetryLink` makes 5 attempts at every operation, mutations too, 300 ms apart on average, then doubling, with jitter', source: 'retry',
    },
    errors: { timeout: ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'] },
    unbounded: 'waits as long as global fetch does, up to 300 s for response headers in Node and as long again between body chunks',
    unboundedElsewhere: 'waits until the platform gives up, as Apollo Client sets no limit of its own',
    mend: 'pass `context: { fetchOptions: { signal: AbortSignal.timeout(ms) } }` in the call',
    sources: {
      signal: '@apollo/client@4.3.8 link/http/BaseHttpLink.js:61-105; @apollo/client@3.14.1 link/http/createHttpLink.js; run: the call ended by the signal',
      retry: '@apollo/client@4.3.8 link/retry/delayFunction.js, retryFunction.js; run: 5 requests of a query and of a mutation',
    },
    verified: 'source+test',
  },
];
