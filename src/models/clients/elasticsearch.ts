import type { BoundModel, ClientModel, ClientShape, ConstructModel, OperationModel } from '../types.js';

// search(params, options), indices.create(params, options).
const call = (effect: OperationModel['effect']) => ({ options: { at: [1] }, effect, streamWhen: [{ path: 'asStream', equals: true }] }) as const satisfies OperationModel;
const read = call('read');
const write = call('write');

const construct = { makes: 'client', options: { at: [0] } } as const satisfies ConstructModel;

/** @param body where the answer stands: 7 wraps it */
const client = (body: string): ClientShape => ({
  title: 'Elasticsearch client',
  operations: {
    '**': call('unknown'),
    search: { ...read, empty: { path: `${body}hits.hits[0]`, value: 'undefined' } },
    get: read, getSource: read, mget: read, exists: read, existsSource: read, count: read, msearch: read, scroll: read, explain: read, fieldCaps: read,
    termvectors: read, searchTemplate: read, ping: read, info: read, openPointInTime: read,
    index: write, create: write, update: write, delete: write, bulk: write, updateByQuery: write, deleteByQuery: write, reindex: write, putScript: write,
    deleteScript: write, clearScroll: write, closePointInTime: write,
    'cat.*': read,
    '*.get': read,
    '*.get*': read,
    '*.exists': read,
    '*.exists*': read,
    '*.stats': read,
    '*.health': read,
    '*.create': write,
    '*.create*': write,
    '*.put*': write,
    '*.delete': write,
    '*.delete*': write,
    '*.update*': write,
    // Many requests, each with the limits of the client.
    'helpers.*': { effect: 'unknown', mode: 'stream' },
  },
  members: { child: { is: 'factory', ...construct } },
  perCall: true,
  harmless: ['close', 'on', 'once', 'off'],
  types: ['Client'],
});

const TRANSPORT: ClientShape = {
  title: 'Elasticsearch transport',
  operations: { request: call('unknown') },
  perCall: true,
  types: ['Transport'],
};

const timeout = (covers: BoundModel['covers'], ms: number | null, note: string): BoundModel => ({
  path: 'requestTimeout', at: ['call', 'client'], covers, unit: 'ms', default: ms, zero: 'unlimited', note, source: 'timeout',
});

const shared = {
  title: '@elastic/elasticsearch',
  kind: 'db',
  edits: [{ at: 'client', path: 'requestTimeout', value: 'ms' }, { at: 'call', path: 'requestTimeout', value: 'ms' }],
  seam: { kind: 'call', tried: false },
  retry: {
    retries: 3, option: 'maxRetries', at: ['call', 'client'], methods: 'all', backoff: 'exponential', jitter: true, retriesTimeouts: false,
    note: 'every method is repeated on 502, 503, 504 and where the connection breaks, `index` and `bulk` too; its own timeouts are not', source: 'retry',
  },
  // A document without an id gets another one each time; `create` is refused the second time.
  repeat: {
    again: ['index'],
    same: ['create', 'delete', 'deleteByQuery', 'clearScroll', 'closePointInTime', 'putScript', 'deleteScript', '*.put*', '*.delete', '*.delete*', '*.create'],
    identities: { argument: { at: [0] } },
    source: 'www.elastic.co/docs/api/doc/elasticsearch, `index` (an id is made where none is given) and `create` (409 where the id is there)',
  },
  errors: { timeout: ['TimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  mend: 'set `requestTimeout` in the client or the call',
} as const satisfies Partial<ClientModel>;

const SIGNAL = { path: 'signal', at: ['call'], source: 'signal' } as const;
const ELASTIC = { packages: ['@elastic/elasticsearch'], exports: { Client: { is: 'class', ...construct } } } as const satisfies Partial<ClientModel>;
const OF_TRANSPORT = {
  title: '@elastic/transport',
  packages: ['@elastic/transport'],
  exports: { Transport: { is: 'class', makes: 'transport', options: { at: [0] } } },
  clients: { transport: TRANSPORT },
} as const satisfies Partial<ClientModel>;

const FROM_CLIENT = 'in the client ends silence, body included; in the call, and other than there, it ends with the head of the reply';
const NEVER = 'waits for ever on a silent server, as the client of Elasticsearch has no timeout by default from version 9 on';

const sources9 = {
  timeout: '@elastic/elasticsearch@9.5.1 lib/client.js:135 (no requestTimeout), @elastic/transport@9.4.0 lib/Transport.js:247,516, lib/connection/UndiciConnection.js:54-60,107-126; run: a search that sets no limit hangs, a stalled body ends by the limit of the client and not by that of the call',
  retry: '@elastic/transport@9.4.0 lib/Transport.js:245,365,566-660,770; run: GET and POST are sent 4 times on 503 and on a reset; @elastic/elasticsearch@9.5.1 lib/client.js does not hand `retryOnTimeout` on',
  signal: '@elastic/transport@9.4.0 lib/connection/UndiciConnection.js:104',
};
const sources8 = {
  timeout: '@elastic/elasticsearch@8.19.2 lib/client.js:142 (600000), @elastic/transport@8.11.0 lib/Transport.js:253,507, lib/connection/UndiciConnection.js; run: a search that sets no limit ends after 600 s',
  retry: '@elastic/transport@8.11.0 lib/Transport.js:251,360,557-640,804; run: GET and POST are sent 4 times on 503 and on a reset',
  signal: '@elastic/transport@8.11.0 lib/connection/UndiciConnection.js',
};

export const models: readonly ClientModel[] = [
  {
    ...shared,
    ...ELASTIC,
    id: 'elasticsearch',
    versions: '>=9',
    checked: ['9.5.1'],
    clients: { client: client('') },
    bounds: [timeout('idle', null, FROM_CLIENT)],
    signal: SIGNAL,
    unbounded: NEVER,
    sources: sources9,
    verified: 'source+test',
  },
  {
    ...shared,
    ...ELASTIC,
    id: 'elasticsearch-8',
    versions: '>=8 <9',
    checked: ['8.19.2'],
    clients: { client: client('') },
    bounds: [timeout('idle', 600_000, FROM_CLIENT)],
    signal: SIGNAL,
    unbounded: 'waits up to 600 s for the reply',
    sources: sources8,
    verified: 'source+test',
  },
  {
    ...shared,
    ...ELASTIC,
    id: 'elasticsearch-7',
    versions: '<8',
    checked: ['7.17.14'],
    clients: { client: { ...client('body.'), harmless: ['close', 'on', 'once', 'off', 'extend'] } },
    bounds: [{ ...timeout('headers', 30_000, 'ends with the head of the reply; a body that stalls is not bounded'), zero: 'default' }],
    retry: { ...shared.retry, backoff: 'none', jitter: false },
    unbounded: 'waits up to 30 s for the reply',
    sources: {
      timeout: '@elastic/elasticsearch@7.17.14 index.js:95, lib/Transport.js:443 (`||`: 0 is 30 s), lib/Connection.js:100-111,158 (the listener goes with the head of the reply); run: a search that sets no limit ends after 30 s, a stalled body is pending after its limit',
      retry: '@elastic/elasticsearch@7.17.14 lib/Transport.js:166,224-234,358-364; run: GET and POST are sent 4 times on 503 and on a reset, at once',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    ...OF_TRANSPORT,
    id: 'elastic-transport',
    versions: '>=9',
    checked: ['9.4.0'],
    bounds: [timeout('headers', null, 'ends with the head of the reply')],
    signal: SIGNAL,
    unbounded: NEVER,
    sources: sources9,
    verified: 'source',
  },
  {
    ...shared,
    ...OF_TRANSPORT,
    id: 'elastic-transport-8',
    versions: '<9',
    checked: ['8.11.0'],
    bounds: [timeout('headers', 30_000, 'ends with the head of the reply')],
    signal: SIGNAL,
    unbounded: 'waits up to 30 s for the reply',
    sources: sources8,
    verified: 'source',
  },
];
