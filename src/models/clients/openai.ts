import type { ClientModel, ClientShape, ConstructModel, ExportModel, OperationModel } from '../types.js';

// create(body, options), retrieve(id, options), list(query, options): the first is never the options.
/** Of a call's options; an object without any of them holds parameters of the call. */
const keys = ['timeout', 'signal', 'maxRetries', 'headers', 'idempotencyKey', 'fetchOptions', 'httpAgent', 'defaultBaseURL'] as const;

const streamWhen = [{ argument: { at: [0] }, path: 'stream', equals: true }] as const;
const call = (effect: OperationModel['effect']) => ({ options: { at: 'last', after: 1, keys }, effect, streamWhen }) as const satisfies OperationModel;
const stream = { options: { at: 'last', after: 1, keys }, effect: 'write', mode: 'stream' } as const satisfies OperationModel;

const construct = { makes: 'client', options: { at: [0] } } as const satisfies ConstructModel;
const openai: ExportModel = { is: 'class', ...construct };

const CLIENT: ClientShape = {
  title: 'OpenAI client',
  operations: {
    '**': call('write'),
    '**.retrieve': call('read'),
    '**.list': call('read'),
    '**.list*': call('read'),
    // It takes options only.
    'models.list': { options: { at: [0] }, effect: 'read' },
    '**.content': { ...stream, effect: 'read' },
    '**.stream': stream,
    '**.runTools': stream,
    'chat.completions.create': { ...call('write'), empty: { path: 'choices[0].message.content', value: 'null' } },
  },
  members: { withOptions: { is: 'factory', ...construct } },
  perCall: true,
  harmless: ['buildURL', 'unwrap', 'verifySignature'],
  types: ['OpenAI', 'AzureOpenAI'],
};

const shared = {
  title: 'openai',
  kind: 'sdk',
  packages: ['openai'],
  exports: { default: openai, OpenAI: openai, AzureOpenAI: openai, 'default.OpenAI': openai },
  clients: { client: CLIENT },
  signal: { path: 'signal', at: ['call'], source: 'signal' },
  edits: [{ at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }],
  seam: { kind: 'fetch-option', path: 'fetch', tried: false },
  retry: {
    retries: 2, option: 'maxRetries', methods: 'all', at: ['call', 'client'], backoff: 'exponential', jitter: true, retriesTimeouts: true,
    note: 'POST is repeated too, on 408, 409, 429, 5xx, connection errors and timeouts', source: 'retry',
  },
  // An answer that is made twice costs money and changes nothing.
  repeat: {
    same: ['**.completions.*', '**.responses.*', '**.embeddings.*', '**.moderations.*', '**.images.*', '**.transcriptions.*', '**.translations.*', '**.speech.*'],
    keys: [{ path: 'idempotencyKey', at: 'call' }],
    source: 'platform.openai.com/docs/api-reference: these answer and keep nothing that a second call would double',
  },
  errors: { timeout: ['APIConnectionTimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'] },
  mend: 'set `timeout` and `maxRetries` in the client or the call, or pass `signal: AbortSignal.timeout(ms)`',
} as const satisfies Partial<ClientModel>;

const HEADERS = 'covers one attempt until the reply begins; a body that stalls is not bounded';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'openai-7',
    versions: '>=7',
    checked: ['7.57.0'],
    bounds: [
      {
        path: 'timeout', at: ['call', 'client'], covers: 'attempt', unit: 'ms', default: 600_000, zero: 'immediate',
        note: 'covers one attempt, the parsing of the body included, but not a stream', source: 'timeout',
      },
    ],
    unbounded: 'waits 300 s, until the fetch of Node gives up, for the reply to each of 3 attempts',
    unboundedElsewhere: 'waits as long as fetch does for each of 3 attempts, at most ten minutes',
    sources: {
      timeout: 'openai@7.57.0 client.js:241,606-710,1118,1824; run: a stalled body fails, and a call that sets no limit ends after 300 s on Node 20',
      retry: 'openai@7.57.0 client.js:251,752,1170; run: a POST was sent 3 times',
      signal: 'openai@7.57.0 client.js (makeRequest, options.signal)',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'openai',
    versions: '>=5 <7',
    checked: ['5.23.2', '6.49.0'],
    bounds: [{ path: 'timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: 600_000, zero: 'immediate', note: HEADERS, source: 'timeout' }],
    unbounded: 'waits 300 s, until the fetch of Node gives up, for the reply to each of 3 attempts, and does not bound the body',
    unboundedElsewhere: 'waits as long as fetch does for each of 3 attempts, at most ten minutes',
    sources: {
      timeout: 'openai@6.49.0 client.js:163,556-612,747, openai@5.23.2 client.js:104,340-376,524; run with 6.49: a stalled body is still pending after the timeout, and a call that sets no limit ends after 300 s on Node 20',
      retry: 'openai@6.49.0 client.js:173,373-410; run: a POST was sent 3 times',
      signal: 'openai@5.23.2 client.js (fetchWithTimeout)',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'openai-4',
    versions: '<5',
    checked: ['4.104.0'],
    clients: { client: { ...CLIENT, members: {} } },
    bounds: [{ path: 'timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: 600_000, zero: 'immediate', note: HEADERS, source: 'timeout' }],
    unbounded: 'waits up to 600 s for the reply to each of 3 attempts, and does not bound the body',
    sources: {
      timeout: 'openai@4.104.0 core.js:138,399, index.js:88,136; run: a stalled body is still pending after the timeout, and a call that sets no limit ends after 600 s',
      retry: 'openai@4.104.0 core.js:138-141,309,448; run: a POST was sent 3 times',
      signal: 'openai@4.104.0 core.js (fetchWithTimeout)',
    },
    verified: 'source+test',
  },
];
