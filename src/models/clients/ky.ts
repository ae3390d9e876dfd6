import type { ClientModel, ClientShape, OperationModel, RetryModel, SeamModel } from '../types.js';

const at = { options: { at: [1] }, url: { at: [0] } } as const satisfies Partial<OperationModel>;
const read = { ...at, effect: 'read' } as const;
const write = { ...at, effect: 'write' } as const;

const INSTANCE: ClientShape = {
  title: 'ky instance',
  operations: { '': { ...at, effect: 'by-http-method' }, get: read, head: read, post: write, put: write, patch: write, delete: write },
  members: {
    // `create` starts anew, `extend` keeps the options it extends; both are read as inheriting, which only adds bounds.
    create: { is: 'factory', makes: 'instance', options: { at: [0] } },
    extend: { is: 'factory', makes: 'instance', options: { at: [0] } },
  },
  perCall: true,
  types: ['KyInstance'],
};

const retry: RetryModel = {
  retries: 2,
  option: 'retry.limit',
  methods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'],
  methodsOption: 'retry.methods',
  at: ['call', 'client'],
  waits: { first: { byDefault: 300 }, factor: { byDefault: 2 }, most: { path: 'retry.backoffLimit', byDefault: Infinity } },
  backoff: 'exponential',
  jitter: false,
  retriesTimeouts: false,
  note: 'waits 300 ms, 600 ms, …',
  source: 'retry',
};

/** @param base the option below which all calls are */
const seam = (base: string): SeamModel => ({
  kind: 'fetch-option', client: 'ky', path: 'fetch', note: 'keeps the instance and its hooks; one of two layers tries again', tried: true, outcomes: 'http',
  readers: ['json', 'text', 'blob', 'arrayBuffer', 'formData', 'bytes'],
  write: {
    section: 'kyFetch', form: 'option', path: 'fetch', service: { is: 'option', path: base },
    // Around all attempts of the policy, its 10 s would be the end of a call and nobody's failure.
    beside: [{ path: 'retry', text: '0' }, { path: 'timeout', text: 'false' }],
    own: { retries: { paths: ['retry', 'hooks.beforeRetry', 'hooks.afterResponse'], told: 'once' }, bound: { path: 'timeout', told: 'attempt' } },
  },
});

const shared = {
  title: 'ky',
  kind: 'http',
  packages: ['ky'],
  exports: { default: { is: 'client', client: 'instance' } },
  clients: { instance: INSTANCE },
  signal: { path: 'signal', at: ['call', 'client'], source: 'timeout' },
  retry,
  errors: { timeout: ['TimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'], optional: [{ path: 'response', when: 'no reply came (timeout, network error)' }] },
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

/** Before 2, `timeout` leaves the body unbounded. */
const first = {
  seam: { ...seam('prefixUrl'), versions: '>=1' },
  bounds: [
    {
      path: 'timeout', at: ['call', 'client'], covers: 'headers', unit: 'ms', default: 10_000, zero: 'immediate', off: [false],
      note: 'ends when the reply begins; a body that stalls is not bounded', source: 'timeout',
    },
  ],
  // A signal of one call bounds the body too.
  edits: [{ at: 'call', path: 'signal', value: 'signal' }, { at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }],
  unbounded: 'gives up after 10 s without a reply, but waits up to 300 s after every chunk of a body that stalls',
  unboundedElsewhere: 'gives up where no reply begins, but does not bound a body that stalls',
  mend: 'pass `signal: AbortSignal.timeout(ms)`',
  sources: {
    timeout: 'ky@1.14.3 distribution/core/Ky.js:153,372-375, utils/timeout.js; ky@0.33.3 distribution/core/Ky.js:123; run with ky 0.33 and 1.14: a stalled body hangs',
    retry: 'ky@1.14.3 distribution/utils/normalize.js, core/Ky.js:231; ky@1.1.3 distribution/core/Ky.js:176; run: 503 is asked 3 times from 1.2.0 on, twice before',
  },
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'ky-2',
    versions: '>=2',
    checked: ['2.1.0'],
    seam: seam('prefix'),
    bounds: [
      {
        path: 'timeout', at: ['call', 'client'], covers: 'attempt', unit: 'ms', default: 10_000, zero: 'immediate', off: [false],
        note: 'one attempt until the reply begins, and as long again for the body read by `.json()` and the like', source: 'timeout',
      },
      { path: 'totalTimeout', at: ['call', 'client'], covers: 'total', unit: 'ms', default: null, off: [false], source: 'total' },
    ],
    edits: [{ at: 'call', path: 'totalTimeout', value: 'ms' }, { at: 'client', path: 'totalTimeout', value: 'ms' }],
    unbounded: 'gives one attempt 10 s for the reply and 10 s for the body, and makes up to 3 attempts',
    mend: 'set `totalTimeout`',
    sources: {
      timeout: 'ky@2.1.0 distribution/types/options.d.ts:182-189, core/Ky.js:277,529-556',
      total: 'ky@2.1.0 distribution/types/options.d.ts:190-214',
      retry: 'ky@2.1.0 distribution/utils/normalize.js (2 repeats QUERY too)',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    ...first,
    id: 'ky',
    versions: '>=1.2 <2',
    checked: ['1.2.0', '1.14.3'],
  },
  {
    ...shared,
    ...first,
    id: 'ky-0',
    versions: '<1.2',
    checked: ['0.33.3', '1.1.3'],
    seam: { ...first.seam, readers: first.seam.readers!.filter((name) => name !== 'bytes') },
    retry: { ...retry, retries: 1, counts: 'attempts', note: 'waits 300 ms; the first attempt counts too' },
  },
];
