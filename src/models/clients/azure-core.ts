import type { ClientModel, ClientShape, OperationModel, RetryModel } from '../types.js';

// A request is made of its options, and is sent by a client or through a pipeline: `pipeline.sendRequest(client, request)`.
const sent = (at: number): OperationModel => ({ options: { at: [at] }, effect: 'by-http-method', noEdit: true });

const HTTP_CLIENT: ClientShape = { title: 'Azure HTTP client', operations: { sendRequest: sent(0) }, perCall: true, types: ['HttpClient'] };
const PIPELINE: ClientShape = {
  title: 'Azure pipeline',
  operations: { sendRequest: sent(1) },
  perCall: true,
  harmless: ['addPolicy', 'removePolicy', 'getOrderedPolicies', 'clone'],
  types: ['Pipeline'],
};

const RETRY: RetryModel = {
  retries: 3, option: 'retryOptions.maxRetries', at: ['client'], methods: 'all', backoff: 'exponential', jitter: true, retriesTimeouts: false,
  note: 'the pipeline that is made from options repeats every method, a POST too, on 408, 5xx, throttling and where the connection breaks', source: 'retry',
};

const COSMOS_ITEM: ClientShape = {
  title: 'Cosmos item',
  operations: {
    // Where nothing is there it gives 404 in `statusCode`, and throws nothing.
    read: { options: { at: [0] }, effect: 'read', empty: { path: 'resource', value: 'undefined' } },
    replace: { options: { at: [1] }, effect: 'write' },
    patch: { options: { at: [1] }, effect: 'write' },
    delete: { options: { at: [0] }, effect: 'write' },
  },
  perCall: true,
};

export const models: readonly ClientModel[] = [
  {
    id: 'azure-core-rest-pipeline',
    title: '@azure/core-rest-pipeline',
    kind: 'http',
    packages: ['@azure/core-rest-pipeline'],
    versions: '>=1',
    checked: ['1.8.1', '1.25.0'],
    exports: {
      createPipelineRequest: { is: 'options', options: { at: [0] } },
      createDefaultHttpClient: { is: 'factory', makes: 'httpClient' },
      createPipelineFromOptions: { is: 'factory', makes: 'pipeline', options: { at: [0] } },
    },
    clients: { httpClient: HTTP_CLIENT, pipeline: PIPELINE },
    bounds: [{ path: 'timeout', at: ['call'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited', note: 'bounds the wait for the reply of one request; later releases do not end a body that stalls', source: 'timeout' }],
    signal: { path: 'abortSignal', at: ['call'], source: 'timeout' },
    seam: { kind: 'call', tried: false },
    retry: RETRY,
    errors: { timeout: ['AbortError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits for ever on a silent server, as the Azure pipeline sets no timeout',
    mend: 'set `timeout: ms`, or `abortSignal: AbortSignal.timeout(ms)`, in `createPipelineRequest`',
    sources: {
      timeout: '@azure/core-rest-pipeline@1.25.0 dist/commonjs/constants.js, dist/commonjs/interfaces.d.ts:127-132; run: a silent server ends at the limit and hangs without it; a body that stalls ends in 1.8.1 and hangs in 1.25.0',
      retry: '@azure/core-rest-pipeline@1.25.0 dist/commonjs/constants.js (DEFAULT_RETRY_POLICY_COUNT 3); run with 1.25.0 and 1.8.1: GET and POST are sent 4 times on 503 and on a reset',
    },
    verified: 'source+test',
  },
  {
    id: 'azure-cosmos',
    title: '@azure/cosmos',
    kind: 'db',
    packages: ['@azure/cosmos'],
    versions: '>=4',
    checked: ['4.10.1'],
    exports: { CosmosClient: { is: 'class', makes: 'client', options: { at: [0] } } },
    // Queries, feeds and bulk writes are other calls, of which nothing is said.
    clients: {
      client: { title: 'Cosmos client', operations: {}, members: { database: { is: 'chain', client: 'database' } }, perCall: true, harmless: ['dispose'], types: ['CosmosClient'] },
      database: { title: 'Cosmos database', operations: {}, members: { container: { is: 'chain', client: 'container' } }, perCall: true, types: ['Database'] },
      container: {
        title: 'Cosmos container',
        operations: { 'items.create': { options: { at: [1] }, effect: 'write' }, 'items.upsert': { options: { at: [1] }, effect: 'write' } },
        members: { item: { is: 'chain', client: 'item' } },
        perCall: true,
        types: ['Container'],
      },
      item: COSMOS_ITEM,
    },
    bounds: [{ path: 'connectionPolicy.requestTimeout', at: ['client'], covers: 'attempt', unit: 'ms', default: 60_000, note: 'bounds one request; a read is made again and again', source: 'timeout' }],
    signal: { path: 'abortSignal', at: ['call'], source: 'timeout' },
    edits: [{ at: 'client', path: 'connectionPolicy.requestTimeout', value: 'ms' }],
    seam: { kind: 'call', tried: false },
    repeat: {
      again: ['items.create'],
      same: ['items.upsert', 'replace', 'delete'],
      identities: { argument: { at: [0] } },
      source: 'learn.microsoft.com/rest/api/cosmos-db/create-a-document (409 where the id is there); @azure/cosmos@4.10.1 dist/commonjs/client/Item/Items.js makes an id where the item has none',
    },
    errors: { timeout: ['TimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
    unbounded: 'waits up to 60 s for each attempt',
    mend: 'set `connectionPolicy: { requestTimeout: ms }` in the client',
    sources: {
      timeout: '@azure/cosmos@4.10.1 dist/commonjs/documents/ConnectionPolicy.js:27, dist/commonjs/request/RequestHandler.js:66-110; run: a write ends by it, a read is made again at least 5 times',
      results: '@azure/cosmos@4.10.1 dist/commonjs/client/Item/Item.js; run: reading what is not there gives `resource` undefined and `statusCode` 404',
    },
    verified: 'source+test',
  },
];
