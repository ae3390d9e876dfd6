import type { ArgumentRef, ClientModel, ClientShape, ConstructModel, EmptyResult, ExportModel, OperationModel } from '../types.js';

const none = { path: '', value: 'null' } as const satisfies EmptyResult;
const read: OperationModel = { effect: 'read' };
const found: OperationModel = { effect: 'read', empty: none };

const READS = {
  'get*': read, call: read, estimateGas: read, resolveName: found, lookupAddress: found,
  getBlock: found, getTransaction: found, getTransactionReceipt: found,
} as const satisfies ClientShape['operations'];

/** Until something is mined; a limit is its second argument, a number. */
const waits: OperationModel = { effect: 'read', mode: 'blocking' };

/** What one major calls it, and the other not. */
interface Dialect {
  readonly operations: ClientShape['operations'];
  readonly ofSigner: ClientShape['operations'];
  readonly types: readonly string[];
  readonly signs: string;
}

const clientsOf = ({ operations, ofSigner, types, signs }: Dialect): Readonly<Record<string, ClientShape>> => ({
  provider: {
    title: 'ethers provider',
    operations: {
      ...READS,
      send: { effect: 'unknown' },
      waitForTransaction: waits, ...operations,
    },
    members: { getSigner: { is: 'chain', client: 'signer' } },
    perCall: false,
    harmless: ['on', 'once', 'off', 'destroy', 'getUncheckedSigner', 'getResolver'],
    types,
  },
  signer: {
    title: 'ethers signer',
    operations: { ...ofSigner, call: read, estimateGas: read, resolveName: found, sendTransaction: { effect: 'write' }, sendUncheckedTransaction: { effect: 'write' } },
    members: { connect: { is: 'factory', makes: 'signer', from: { at: [0] } } },
    perCall: false,
    harmless: ['signMessage', 'signTransaction', signs, 'getAddress', 'encrypt'],
    types: ['Wallet'],
  },
});

const SIX = clientsOf({ operations: { broadcastTransaction: { effect: 'write' }, waitForBlock: waits }, ofSigner: { getNonce: read }, types: ['JsonRpcProvider'], signs: 'signTypedData' });
const FIVE = clientsOf({
  operations: { sendTransaction: { effect: 'write' } },
  ofSigner: { getBalance: read, getTransactionCount: read, getChainId: read, getGasPrice: read, getFeeData: read },
  types: ['JsonRpcProvider', 'StaticJsonRpcProvider'], signs: '_signTypedData',
});

const connection: ArgumentRef = { at: [0] };
const provider: ConstructModel = { makes: 'provider', options: connection };
const wallet: ConstructModel = { makes: 'signer', from: { at: [1] } };

/** Names with and without the namespace under which they are found too. */
const under = (entries: Readonly<Record<string, ExportModel>>, prefixes: readonly string[]): ClientModel['exports'] =>
  Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(entries).map(([name, entry]) => [`${prefix}${name}`, entry])));

const shared = {
  title: 'ethers',
  // It speaks HTTP, but to a node of a chain, from scripts as often as from services.
  kind: 'sdk',
  service: false,
  packages: ['ethers'],
  seam: { kind: 'call', tried: false },
  retry: {
    retries: 11, methods: 'all', backoff: 'exponential', jitter: true,
    note: 'each call is sent up to 12 times while the answer is 429, a transaction too; other failures are not tried again', source: 'retry',
  },
  repeat: { again: ['sendTransaction', 'sendUncheckedTransaction'], same: ['broadcastTransaction'], source: 'run with ethers@6.17.0: a signed transaction carries its nonce, one that is signed anew a new one' },
  errors: { timeout: ['TIMEOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  movesMoney: true,
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const six: Readonly<Record<string, ExportModel>> = { JsonRpcProvider: { is: 'class', ...provider }, Wallet: { is: 'class', ...wallet } };
const five: Readonly<Record<string, ExportModel>> = { 'providers.JsonRpcProvider': { is: 'class', ...provider }, 'providers.StaticJsonRpcProvider': { is: 'class', ...provider }, Wallet: { is: 'class', ...wallet } };

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'ethers',
    versions: '>=6',
    checked: ['6.17.0'],
    exports: under(six, ['', 'ethers.']),
    clients: SIX,
    bounds: [
      // Set on a FetchRequest, which is handed in; one that is handed in is not read.
      { path: 'timeout', at: ['client'], covers: 'idle', unit: 'ms', default: 300_000, clients: ['provider', 'signer'], note: 'is a property of FetchRequest, and ends silence on the socket', source: 'timeout' },
    ],
    edits: [],
    unbounded: 'gives up only after 300 s without a byte, and never while an answer drips',
    mend: 'make the provider from `const request = new FetchRequest(url)` instead of the URL, with `request.timeout = ms`',
    sources: {
      timeout: 'ethers@6.17.0 lib.commonjs/utils/fetch.js:402,420-424, lib.commonjs/utils/geturl.js (request.setTimeout); run: a body that drips passes it',
      wait: 'ethers@6.17.0 lib.commonjs/providers/provider.js:1048-1050; run',
      retry: 'ethers@6.17.0 lib.commonjs/utils/fetch.js:27-30,463-473; run: 429 is asked for 12 times, 503 and a reset connection once',
    },
  },
  {
    ...shared,
    id: 'ethers-5',
    versions: '>=5 <6',
    checked: ['5.8.0'],
    exports: under(five, ['', 'ethers.']),
    clients: FIVE,
    bounds: [
      { path: 'timeout', at: ['client'], covers: 'total', unit: 'ms', default: 120_000, clients: ['provider', 'signer'], zero: 'default', note: 'bounds the call with its attempts, as part of `{ url, timeout }`', source: 'timeout' },
    ],
    edits: [],
    unbounded: 'is given up after 120 s',
    mend: 'make the provider from `{ url, timeout: ms }` instead of the URL',
    sources: {
      timeout: '@ethersproject/web@5.8.0 lib/index.js:98-108,178-204; run: a body that drips is ended too',
      wait: 'ethers@5.8.0, @ethersproject/providers lib/base-provider.js (wait); run',
      retry: '@ethersproject/web@5.8.0 lib/index.js:84-89,214-327; run: 429 is asked for 12 times',
    },
  },
];
