import type { BoundModel, ClientModel, ClientShape, EmptyResult, ExportModel, OperationModel } from '../types.js';

const none = { path: '', value: 'null' } as const satisfies EmptyResult;
const read: OperationModel = { effect: 'read' };
const found: OperationModel = { effect: 'read', empty: none };

const CLIENT: ClientShape = {
  title: 'web3 client',
  operations: {
    'eth.get*': read, 'eth.call': read, 'eth.estimateGas': read, 'eth.isSyncing': read, 'eth.net.*': read,
    'eth.getTransaction': found, 'eth.getTransactionReceipt': found,
    // Until the transaction is mined, which web3 gives up by itself.
    'eth.sendTransaction': { effect: 'write' }, 'eth.sendSignedTransaction': { effect: 'write' },
  },
  perCall: false,
  harmless: ['eth.accounts', 'setProvider'],
  types: ['Web3'],
};

const web3: ExportModel = { is: 'class', makes: 'client', options: { at: [0] } };
const http: ExportModel = { is: 'options', options: { at: [1] } };

const shared = {
  title: 'web3',
  kind: 'sdk',
  service: false,
  packages: ['web3'],
  exports: { default: web3, Web3: web3, HttpProvider: http, 'default.providers.HttpProvider': http, 'Web3.providers.HttpProvider': http },
  clients: { client: CLIENT },
  edits: [],
  seam: { kind: 'call', tried: false },
  retry: { retries: 0, methods: [], backoff: 'none', jitter: false, source: 'retry' },
  repeat: { again: ['sendTransaction'], same: ['sendSignedTransaction'], source: 'run with web3@4.16.0: a signed transaction carries its nonce' },
  errors: { timeout: ['FetchError', 'AbortError', 'CONNECTION TIMEOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  movesMoney: true,
  unbounded: 'waits for ever on a silent server, as web3 sets no timeout by default',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const bound = (path: string, more: Pick<BoundModel, 'covers' | 'note'>): BoundModel => ({ path, at: ['client'], unit: 'ms', default: null, zero: 'unlimited', source: 'timeout', ...more });

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'web3',
    versions: '>=4',
    checked: ['4.16.0'],
    bounds: [bound('providerOptions.timeout', { covers: 'total', note: 'goes to node-fetch, so it holds on Node alone' })],
    mend: 'make the client from `new HttpProvider(url, { providerOptions: { timeout: ms } })`',
    sources: {
      timeout: 'web3-providers-http@4.2.0 lib/commonjs/index.js:58-66 (cross-fetch); run with web3@4.16.0: pending without it, ended after 300 ms with it',
      retry: 'run with web3@4.16.0: 503, 429 and a reset connection are asked for once',
    },
  },
  {
    ...shared,
    id: 'web3-1',
    versions: '>=1 <4',
    checked: ['1.10.4'],
    exports: { default: web3, 'default.providers.HttpProvider': http },
    bounds: [bound('timeout', { covers: 'headers', note: 'covers the wait until the reply begins' })],
    mend: 'make the client from `new Web3.providers.HttpProvider(url, { timeout: ms })`',
    sources: {
      timeout: 'web3-providers-http@1.10.4 lib/index.js:41,118-147; run with web3@1.10.4: a body that drips passes it',
      retry: 'run with web3@1.10.4: 503, 429 and a reset connection are asked for once',
    },
  },
];
