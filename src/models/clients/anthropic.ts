import type { BoundModel, ClientModel, ClientShape, ConstructModel, ExportModel, OperationModel } from '../types.js';

// create(body, options), retrieve(id, params, options), list(query, options): the first is never the options.
/** Of a call's options; an object without any of them holds parameters of the call. */
const keys = ['timeout', 'signal', 'maxRetries', 'headers', 'idempotencyKey', 'fetchOptions', 'httpAgent', 'defaultBaseURL'] as const;

const streamWhen = [{ argument: { at: [0] }, path: 'stream', equals: true }] as const;
const call = (effect: OperationModel['effect']) => ({ options: { at: 'last', after: 1, keys }, effect, streamWhen }) as const satisfies OperationModel;
const stream = { options: { at: 'last', after: 1, keys }, effect: 'write', mode: 'stream' } as const satisfies OperationModel;

const construct = { makes: 'client', options: { at: [0] } } as const satisfies ConstructModel;
const anthropic: ExportModel = { is: 'class', ...construct };

const CLIENT: ClientShape = {
  title: 'Anthropic client',
  operations: {
    '**': call('write'),
    '**.retrieve': call('read'),
    '**.retrieve*': call('read'),
    '**.list': call('read'),
    '**.list*': call('read'),
    '**.countTokens': call('read'),
    '**.download': { ...stream, effect: 'read' },
    '**.results': { ...stream, effect: 'read' },
    '**.stream': stream,
    // A loop of calls, each of them with the limits of the client.
    '**.toolRunner': stream,
    // Sessions are followed, not asked.
    '**.events.*': stream,
  },
  members: { withOptions: { is: 'factory', ...construct } },
  perCall: true,
  harmless: ['buildURL', 'unwrap'],
  types: ['Anthropic'],
};

/** `withOptions` came with 0.50. */
const CLIENT_BEFORE: ClientShape = { ...CLIENT, members: {} };

const HEADERS = 'covers one attempt until the reply begins; a body that stalls is not bounded';
const timeout = (at: BoundModel['at'], note: string): BoundModel => ({ path: 'timeout', at, covers: 'headers', unit: 'ms', default: 600_000, zero: 'immediate', note, source: 'timeout' });

const shared = {
  title: '@anthropic-ai/sdk',
  kind: 'sdk',
  packages: ['@anthropic-ai/sdk'],
  exports: { default: anthropic, Anthropic: anthropic, 'default.Anthropic': anthropic },
  clients: { client: CLIENT },
  bounds: [timeout(['call', 'client'], HEADERS)],
  signal: { path: 'signal', at: ['call'], source: 'signal' },
  edits: [{ at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }],
  seam: { kind: 'fetch-option', path: 'fetch', tried: false },
  retry: {
    retries: 2, option: 'maxRetries', methods: 'all', at: ['call', 'client'], backoff: 'exponential', jitter: true, retriesTimeouts: true,
    note: 'POST is repeated too, on 408, 409, 429, 5xx, connection errors and timeouts', source: 'retry',
  },
  // An answer that is made twice costs money and changes nothing.
  repeat: {
    same: ['**.messages.create', '**.messages.parse', '**.messages.stream', '**.completions.create', '**.countTokens', '**.batches.cancel', '**.delete', '**.archive'],
    keys: [{ path: 'idempotencyKey', at: 'call' }],
    source: '@anthropic-ai/sdk@1.12.0 resources/messages/messages.js: these answer and keep nothing that a second call would double',
  },
  errors: { timeout: ['APIConnectionTimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'] },
  mend: 'set `timeout` and `maxRetries` in the client or the call, or pass `signal: AbortSignal.timeout(ms)`',
} as const satisfies Partial<ClientModel>;

const WITH_NODE_FETCH = 'waits up to 600 s for the reply to each of 3 attempts, and does not bound the body';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'anthropic',
    versions: '>=0.50',
    checked: ['0.137.0', '1.12.0'],
    unbounded: 'waits 300 s, until the fetch of Node gives up, for the reply to each of 3 attempts, and does not bound the body',
    unboundedElsewhere: 'waits as long as fetch does for each of 3 attempts, at most ten minutes',
    sources: {
      timeout: '@anthropic-ai/sdk@1.12.0 client.js:157,795-801, resources/messages/messages.js:251; @anthropic-ai/sdk@0.137.0 client.js:143,743-753; run: a stalled body is still pending after the timeout, and a call that sets no limit ends after 300 s on Node 20',
      retry: '@anthropic-ai/sdk@1.12.0 client.js:169,840-912; run: a POST was sent 3 times',
      signal: '@anthropic-ai/sdk@1.12.0 client.js (fetchWithTimeout)',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'anthropic-0.41',
    clients: { client: CLIENT_BEFORE },
    versions: '>=0.25 <0.50',
    checked: ['0.25.0', '0.25.2', '0.26.1', '0.27.3', '0.29.2', '0.32.1', '0.36.3', '0.41.0'],
    unbounded: WITH_NODE_FETCH,
    sources: {
      timeout: '@anthropic-ai/sdk@0.41.0 core.js (fetchWithTimeout), resources/messages/messages.js:45; @anthropic-ai/sdk@0.26.1 resources/messages.js:13',
      retry: '@anthropic-ai/sdk@0.41.0 core.js (shouldRetry)',
      signal: '@anthropic-ai/sdk@0.41.0 core.js (fetchWithTimeout)',
    },
    verified: 'source',
  },
  {
    ...shared,
    id: 'anthropic-0.24',
    clients: { client: CLIENT_BEFORE },
    versions: '<0.25',
    checked: ['0.9.1', '0.20.9', '0.22.0', '0.24.3'],
    bounds: [timeout(['call'], `${HEADERS}; \`messages.create\` takes no notice of the one of the client`)],
    edits: [{ at: 'call', path: 'timeout', value: 'ms' }],
    mend: 'set `timeout` and `maxRetries` in the call, or pass `signal: AbortSignal.timeout(ms)`',
    unbounded: WITH_NODE_FETCH,
    sources: {
      timeout: '@anthropic-ai/sdk@0.20.9 core.js:124,346, resources/messages.js:13 (600 s stand in the call itself); run: `timeout` of the client bounds no `messages.create`, that of the call does, and a call that sets none ends after 600 s',
      retry: '@anthropic-ai/sdk@0.20.9 core.js:124,365-412; run: a POST was sent 3 times',
      signal: '@anthropic-ai/sdk@0.20.9 core.js (fetchWithTimeout)',
    },
    verified: 'source+test',
  },
];
