import type { BoundModel, ClientModel, ClientShape, ConstructModel, EditModel, ExportModel, MutatorModel, OperationModel } from '../types.js';

const streamWhen = [{ path: 'responseType', equals: 'stream' }] as const;
const bare = { options: { at: [1] }, url: { at: [0] }, streamWhen } as const satisfies Partial<OperationModel>;
const body = { options: { at: [2] }, url: { at: [0] }, streamWhen } as const satisfies Partial<OperationModel>;
const write = { ...body, effect: 'write' } as const;

/** The methods of axios; HttpService of Nest has the same. */
export const AXIOS_OPERATIONS = {
  request: { options: { at: [0] }, effect: 'by-http-method', streamWhen },
  get: { ...bare, effect: 'read' },
  head: { ...bare, effect: 'read' },
  delete: { ...bare, effect: 'write' },
  post: write,
  put: write,
  patch: write,
  postForm: write,
  putForm: write,
  patchForm: write,
  query: { ...body, effect: 'read' },
} as const satisfies Record<string, OperationModel>;

const create = { makes: 'instance', options: { at: [0] } } as const satisfies ConstructModel;

/** A callable instance: the default export, and what `create` makes. */
export const AXIOS_INSTANCE: ClientShape = {
  title: 'axios instance',
  operations: {
    '': { options: { at: [1, 0] }, url: { at: [0] }, effect: 'by-http-method', streamWhen },
    ...AXIOS_OPERATIONS,
    options: { ...bare, effect: 'read' },
  },
  members: { create: { is: 'factory', ...create } },
  perCall: true,
  harmless: ['getUri'],
  types: ['AxiosInstance', 'AxiosStatic', 'Axios'],
};

export const AXIOS_BOUNDS: readonly BoundModel[] = [
  {
    path: 'timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: null, zero: 'unlimited',
    note: 'covers the wait for the reply', source: 'timeout',
  },
  {
    path: 'timeout', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited',
    note: 'while the body is read it only ends silence; with `adapter: "fetch"` it bounds the whole attempt', source: 'timeout',
  },
];

/** `timeout` serves the client and the call; every axios has it. */
export const AXIOS_EDITS: readonly EditModel[] = [{ at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }];

/** Words by which an interceptor can bound a request. */
export const AXIOS_BOUND_WORDS = ['timeout', 'signal', 'cancelToken', 'adapter'] as const;

const mutators: readonly MutatorModel[] = [
  { text: 'defaults.timeout', by: 'assign', path: 'default.defaults.timeout', sets: 'timeout', affects: ['nestjs-axios'] },
  { text: 'defaults.timeout', by: 'assign', path: 'defaults.timeout', onClient: 'instance', sets: 'timeout' },
  { text: 'defaults.signal', by: 'assign', path: 'defaults.signal', onClient: 'instance', sets: 'signal' },
  { text: 'defaults.adapter', by: 'assign', path: 'default.defaults.adapter', sets: 'adapter', affects: ['nestjs-axios'] },
  { text: 'defaults.adapter', by: 'assign', path: 'defaults.adapter', onClient: 'instance', sets: 'adapter' },
  { text: 'axios.defaults', by: 'assign', path: 'default.defaults', affects: ['nestjs-axios'] },
  {
    text: 'interceptors.request.use', by: 'call', path: 'default.interceptors.request.use', options: { at: [0] },
    opaqueUnless: AXIOS_BOUND_WORDS, affects: ['nestjs-axios'],
  },
  { text: 'interceptors.request.use', by: 'call', path: 'interceptors.request.use', onClient: 'instance', options: { at: [0] }, opaqueUnless: AXIOS_BOUND_WORDS },
];

const EXPORTS: Readonly<Record<string, ExportModel>> = {
  default: { is: 'client', client: 'instance' },
  'default.create': { is: 'factory', ...create },
  Axios: { is: 'class', ...create },
};

const { query: _since1, ...BEFORE_1 } = AXIOS_INSTANCE.operations;

const shared = {
  title: 'axios',
  kind: 'http',
  packages: ['axios'],
  clients: { instance: AXIOS_INSTANCE },
  bounds: AXIOS_BOUNDS,
  edits: AXIOS_EDITS,
  mutators,
  seam: {
    kind: 'adapter', client: 'axios', path: 'defaults.adapter', note: 'keeps the instance, its type and its interceptors', tried: true, outcomes: 'http',
    write: { section: 'axiosAdapter', form: 'option', path: 'adapter', service: { is: 'option', path: 'baseURL' }, own: { retries: { paths: [], told: 'once' } } }, versions: '>=1.5',
  },
  unbounded: 'waits for ever on a silent server, as axios has no timeout by default',
  mend: 'set `timeout` where the instance is created or in the call, or pass `signal: AbortSignal.timeout(ms)`',
  mendBare: 'set `timeout` in the call or in `axios.defaults`, or pass `signal: AbortSignal.timeout(ms)`',
  verified: 'source+test',
} as const;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'axios',
    versions: '>=1',
    checked: ['1.21.1', '1.6.0'],
    exports: { ...EXPORTS, create: { is: 'factory', ...create } },
    signal: { path: 'signal', at: ['call', 'client'], source: 'signal' },
    errors: { timeout: ['ECONNABORTED', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'], optional: [{ path: 'response', when: 'no reply came (connection refused, DNS, timeout)' }] },
    sources: {
      timeout: 'axios@1.21.1 lib/defaults/index.js:149, lib/adapters/http.js:1503-1541; run: a body that drips for 2.5 s passes `timeout: 600`',
      signal: 'axios@1.21.1 lib/adapters/http.js; run: AbortSignal.timeout bounds the total, the error is ERR_CANCELED',
      seam: 'axios@1.5.0 index.js exports getAdapter, axios@1.4.0 does not; run with 1.5.0 and 1.21.1',
      methods: 'axios@1.21.1 lib/core/Axios.js:321-357, index.js (named `create`)',
    },
  },
  {
    ...shared,
    id: 'axios-0',
    versions: '<1',
    checked: ['0.35.0'],
    exports: EXPORTS,
    clients: { instance: { ...AXIOS_INSTANCE, operations: BEFORE_1 } },
    signal: { path: 'signal', at: ['call', 'client'], versions: '>=0.22.0', source: 'signal' },
    errors: { timeout: ['ECONNABORTED', 'ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'], optional: [{ path: 'response', when: 'no reply came (connection refused, DNS, timeout)' }] },
    sources: {
      timeout: 'axios@0.35.0 lib/defaults/index.js:147, lib/adapters/http.js',
      signal: 'axios@0.35.0 lib/adapters/http.js:790',
    },
  },
];
