import type { ChainModel, ClientModel, ClientShape, OperationModel } from '../types.js';

const read: OperationModel = { effect: 'read' };
const write: OperationModel = { effect: 'write' };
const stream: OperationModel = { effect: 'unknown', mode: 'stream' };
const to = (client: string): ChainModel => ({ is: 'chain', client });

// `exists` gives `[false]`: a list, which is no empty result.
const COMMON = { exists: read, get: read, getMetadata: read, setMetadata: write, delete: write } as const satisfies ClientShape['operations'];

const CLIENTS: Readonly<Record<string, ClientShape>> = {
  storage: {
    title: 'Cloud Storage client',
    operations: { getBuckets: read, getHmacKeys: read, getServiceAccount: read, createBucket: write, createHmacKey: write },
    members: { bucket: to('bucket') },
    perCall: false,
    harmless: ['getBucketsStream', 'hmacKey'],
    types: ['Storage'],
  },
  bucket: {
    title: 'Cloud Storage bucket',
    operations: { ...COMMON, getFiles: read, getLabels: read, getNotifications: read, create: write, upload: write, combine: write, deleteFiles: write, deleteLabels: write, setLabels: write, makePublic: write, makePrivate: write, lock: write },
    members: { file: to('file') },
    perCall: false,
    harmless: ['getFilesStream', 'getSignedUrl', 'notification', 'cloudStorageURI'],
    types: ['Bucket'],
  },
  file: {
    title: 'Cloud Storage file',
    operations: {
      ...COMMON, isPublic: read, download: read,
      save: write, copy: write, move: write, rename: write, makePublic: write, makePrivate: write, rotateEncryptionKey: write, setStorageClass: write, restore: write,
      createReadStream: { ...stream, effect: 'read' }, createWriteStream: { ...stream, effect: 'write' },
    },
    perCall: false,
    harmless: ['publicUrl', 'getSignedUrl', 'generateSignedPostPolicyV4', 'setEncryptionKey', 'on', 'once'],
    types: ['File'],
  },
};

const made = { is: 'class', makes: 'storage', options: { at: [0] } } as const;

const shared = {
  title: 'Google Cloud Storage',
  kind: 'sdk',
  packages: ['@google-cloud/storage'],
  exports: { Storage: made },
  clients: CLIENTS,
  seam: { kind: 'call', tried: false },
  retry: {
    retries: 3, option: 'retryOptions.maxRetries', at: ['client'], backoff: 'exponential', jitter: true,
    methods: ['exists', 'get', 'getMetadata', 'getFiles', 'getBuckets', 'download', 'isPublic', 'getLabels', 'getNotifications'],
    waits: { first: { byDefault: 2000 }, factor: { path: 'retryOptions.retryDelayMultiplier', byDefault: 2 }, most: { path: 'retryOptions.maxRetryDelay', byDefault: 64_000 } },
    note: 'writes are tried again only where `ifGenerationMatch` or `ifMetagenerationMatch` is set', source: 'retry',
  },
  repeat: { same: ['save', 'upload', 'delete', 'copy', 'setMetadata', 'move', 'rename', 'makePublic', 'makePrivate', 'deleteFiles', 'setLabels'], source: 'run with @google-cloud/storage@8.4.0: the name of the object is the caller\'s own' },
  errors: { timeout: ['FetchError', 'network timeout'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  unbounded: 'waits for ever on a silent server, as its own default of 60 s does not reach the request',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const RETRY = '@google-cloud/storage@8.4.0 build/cjs/src/storage.js:61-80,477-497, retry-request@8 index.js:195-290 (a call whose `totalTimeout` is over never settles); run with 8.4.0 and 7.22.0';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'google-cloud-storage',
    versions: '>=8.1',
    checked: ['8.4.0'],
    bounds: [{ path: 'timeout', at: ['client'], covers: 'attempt', unit: 'ms', default: null, rejects: false, note: 'reaches no request on Node from version 8.1 on', source: 'timeout' }],
    edits: [],
    mend: 'race the call against a timer, as no option of the library bounds it',
    unmendable: true,
    sources: {
      timeout: '@google-cloud/storage@8.4.0 build/cjs/src/nodejs-common/service.js:41,110; teeny-request@11.1.1 build/src/index.js:117-145 (for Bun alone); run with 8.4.0: pending with `timeout: 300`',
      retry: RETRY,
    },
  },
  {
    ...shared,
    id: 'google-cloud-storage-7',
    exports: { Storage: made, 'default.Storage': made },
    versions: '>=6 <8.1',
    checked: ['7.22.0', '6.12.0'],
    bounds: [{ path: 'timeout', at: ['client'], covers: 'attempt', unit: 'ms', default: null, zero: 'unlimited', note: 'bounds one attempt, but not a download under way', source: 'timeout' }],
    edits: [{ at: 'client', path: 'timeout', value: 'ms', clients: ['storage'] }],
    mend: 'set `timeout` where the client is made',
    sources: {
      timeout: '@google-cloud/storage@7.22.0 build/cjs/src/nodejs-common/service.js (request_), util.js:80; teeny-request@9.0.0 build/src/index.js:38; run with 7.22.0 and 6.12.0: pending after 65 s without it',
      retry: RETRY,
    },
  },
];
