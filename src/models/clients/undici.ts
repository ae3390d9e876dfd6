import type { ClientModel, OperationModel } from '../types.js';

const viaUrl = { options: { at: [1] }, url: { at: [0] } } as const;
const stream = { ...viaUrl, effect: 'by-http-method', mode: 'stream' } as const satisfies OperationModel;
const below = { options: { at: [0] }, effect: 'by-http-method' } as const satisfies OperationModel;
const dispatcher = (options: number, url?: number) =>
  ({
    is: 'class',
    makes: 'dispatcher',
    options: { at: [options] },
    ...(url === undefined ? {} : { url: { argument: { at: [url] } } }),
  }) as const;

export const models: readonly ClientModel[] = [
  {
    id: 'undici',
    title: 'undici',
    kind: 'http',
    packages: ['undici'],
    versions: '>=5',
    checked: ['5.29.0', '6.29.1', '7.30.2', '8.12.4'],
    exports: {
      fetch: { is: 'operation', options: { at: [1, 0] }, url: { at: [0] }, effect: 'by-http-method', streamBody: 'body' },
      Request: { is: 'options', options: { at: [1, 0] } },
      request: { is: 'operation', ...viaUrl, effect: 'by-http-method', streamBody: 'body', followsRedirects: false },
      stream: { is: 'operation', ...stream },
      pipeline: { is: 'operation', ...stream },
      connect: { is: 'operation', ...stream },
      upgrade: { is: 'operation', ...stream },
      Agent: dispatcher(0),
      EnvHttpProxyAgent: dispatcher(0),
      ProxyAgent: dispatcher(0),
      Client: dispatcher(1, 0),
      Pool: dispatcher(1, 0),
      BalancedPool: dispatcher(1, 0),
      RoundRobinPool: dispatcher(1, 0),
      H2CClient: dispatcher(1, 0),
      RetryAgent: { is: 'class', makes: 'dispatcher', options: { at: [1] }, from: { at: [0] } },
      getGlobalDispatcher: { is: 'factory', makes: 'dispatcher' },
    },
    clients: {
      dispatcher: {
        title: 'undici dispatcher',
        operations: {
          request: { ...below, streamBody: 'body', followsRedirects: false },
          stream: { ...below, mode: 'stream' },
          pipeline: { ...below, mode: 'stream' },
          connect: { ...below, mode: 'stream' },
          upgrade: { ...below, mode: 'stream' },
          dispatch: { ...below, mode: 'stream' },
        },
        members: { compose: { is: 'factory', makes: 'dispatcher' } },
        perCall: true,
        harmless: ['on', 'once', 'off', 'close', 'destroy'],
        types: ['Dispatcher', 'Agent', 'Client', 'Pool', 'BalancedPool', 'RoundRobinPool', 'ProxyAgent', 'EnvHttpProxyAgent', 'RetryAgent'],
      },
    },
    bounds: [
      {
        path: 'headersTimeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: 300_000, zero: 'unlimited',
        note: 'ends the wait for response headers only', source: 'phases',
      },
      {
        path: 'bodyTimeout', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: 300_000, zero: 'unlimited',
        note: 'starts again with every chunk of the body', source: 'phases',
      },
      { path: 'dispatcher.headersTimeout', at: ['call'], covers: 'headers', unit: 'ms', default: 300_000, zero: 'unlimited', source: 'phases' },
      { path: 'dispatcher.bodyTimeout', at: ['call'], covers: 'idle', unit: 'ms', default: 300_000, zero: 'unlimited', source: 'phases' },
      { path: 'connect.timeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', source: 'connect' },
      { path: 'connectTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 10_000, zero: 'unlimited', source: 'connect' },
    ],
    signal: { path: 'signal', at: ['call'], source: 'signal' },
    edits: [
      { at: 'call', path: 'signal', value: 'signal' },
      { at: 'client', path: 'headersTimeout', value: 'ms', beside: { path: 'bodyTimeout', text: '{ms}' } },
    ],
    mutators: [
      {
        text: 'setGlobalDispatcher', by: 'call', path: 'setGlobalDispatcher', sets: 'dispatcher', options: { at: [0] },
        // Node's own fetch reads the same dispatcher, and so does everything that calls it.
        affects: ['fetch', 'ky', 'ky-2', 'ky-0', 'openai', 'openai-4', 'openai-7', 'graphql-request'],
      },
    ],
    seam: { kind: 'call', client: 'undici', outcomes: 'http', note: 'an interceptor of `compose` sees only whether the dispatch was taken, not the reply', tried: true },
    retry: {
      retries: 0,
      option: 'maxRetries',
      methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'],
      backoff: 'exponential',
      jitter: false,
      retriesTimeouts: false,
      note: 'only through RetryAgent or interceptors.retry, then 5 times (8 repeats QUERY too)',
      source: 'retry',
    },
    errors: {
      timeout: ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'TimeoutError'],
      nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'],
    },
    pool: [{ limits: 'sockets', path: 'connections', default: 'unlimited', source: 'pool' }],
    unbounded: 'waits up to 300 s for response headers, and as long again after every chunk of the body',
    unboundedElsewhere: 'waits until its own limits on headers and body silence are reached, which are minutes',
    mend: 'pass `signal: AbortSignal.timeout(ms)`, or `headersTimeout` and `bodyTimeout`',
    sources: {
      phases: 'undici@5.29.0 lib/client.js:284-285, undici@6.29.1 lib/dispatcher/client.js:240-241, undici@8.12.4 lib/dispatcher/client.js:318-319',
      connect: 'undici@6.29.1 lib/core/connect.js:86, undici@8.12.4 lib/core/connect.js:75 and lib/dispatcher/client.js:291',
      signal: 'undici@7.30.2 docs/docs/api/Dispatcher.md',
      retry: 'run with 6 and 7: 6 requests, 0.5 to 8 s apart; undici@7.30.2 lib/handler/retry-handler.js:104-131,248-300, undici@8.12.4 lib/handler/retry-handler.js:131',
      pool: 'undici@8.12.4 lib/dispatcher/pool.js:99',
      global: 'undici@8.12.4 lib/global.js: sets undici.globalDispatcher.1 as well, which Node reads',
    },
    verified: 'source+test',
  },
];
