import type { BoundModel, ClientModel, ClientShape, OperationModel } from '../types.js';

const at = { options: { at: [1, 0] }, url: { at: [0] }, streamWhen: [{ path: 'isStream', equals: true }] } as const satisfies Partial<OperationModel>;
const write = { ...at, effect: 'write' } as const satisfies OperationModel;
const stream = { options: { at: [1, 0] }, url: { at: [0] }, mode: 'stream' } as const;

const INSTANCE: ClientShape = {
  title: 'got instance',
  operations: {
    '': { ...at, effect: 'by-http-method' },
    get: { ...at, effect: 'read' },
    head: { ...at, effect: 'read' },
    post: write,
    put: write,
    patch: write,
    delete: write,
    stream: { ...stream, effect: 'by-http-method' },
    'stream.get': { ...stream, effect: 'read' },
    'stream.head': { ...stream, effect: 'read' },
    'stream.post': { ...stream, effect: 'write' },
    'stream.put': { ...stream, effect: 'write' },
    'stream.patch': { ...stream, effect: 'write' },
    'stream.delete': { ...stream, effect: 'write' },
    // Many requests behind one iterator: a bound of one of them is what the options set.
    paginate: { ...at, effect: 'read' },
    'paginate.each': { ...at, effect: 'read' },
    'paginate.all': { ...at, effect: 'read' },
  },
  members: { extend: { is: 'factory', makes: 'instance', options: { at: 'last' } } },
  perCall: true,
  types: ['Got'],
};

const phase = (name: string, covers: BoundModel['covers'], note: string): BoundModel => ({
  path: `timeout.${name}`, at: ['call', 'client'], covers, unit: 'ms', default: null, zero: 'immediate', note, source: 'timeout',
});

/** `number`: does a plain `timeout: ms` stand for `timeout.request`? */
const bounds = (number: boolean): readonly BoundModel[] => [
  {
    path: 'timeout.request', at: ['call', 'client'], covers: 'attempt', unit: 'ms', default: null, zero: 'immediate', shorthand: number,
    note: 'bounds one attempt, and got tries again on its own timeout', source: 'timeout',
  },
  phase('response', 'headers', 'ends with the first byte of the reply; the body is not bounded'),
  phase('connect', 'connect', 'covers connecting only'),
  phase('secureConnect', 'connect', 'covers the TLS handshake only'),
  phase('lookup', 'connect', 'covers the DNS lookup only'),
  phase('socket', 'idle', 'ends silence on the socket only'),
  phase('send', 'connect', 'covers sending only'),
];

const retry = (methods: readonly string[]) =>
  ({
    retries: 2,
    option: 'retry.limit',
    methods,
    methodsOption: 'retry.methods',
    at: ['call', 'client'],
    waits: { first: { byDefault: 1000 }, factor: { byDefault: 2 } },
    backoff: 'exponential',
    jitter: true,
    retriesTimeouts: true,
    note: 'waits 1 s, 2 s, …, with up to 100 ms of noise',
    source: 'retry',
  }) as const;

const shared = {
  title: 'got',
  kind: 'http',
  packages: ['got'],
  clients: { instance: INSTANCE },
  edits: [{ at: 'call', path: 'timeout.request', value: 'ms' }, { at: 'client', path: 'timeout.request', value: 'ms' }],
  seam: {
    kind: 'handler', client: 'got', path: 'handlers', note: 'for breaker and deadline; its `next()` is memoised, so the retries stay with got', tried: true, outcomes: 'http',
    readers: ['json', 'text', 'buffer'],
    write: { section: 'gotHandler', form: 'list', path: 'handlers', service: { is: 'option', path: 'prefixUrl' } },
    versions: '>=12 <15',
  },
  errors: { timeout: ['ETIMEDOUT', 'TimeoutError'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'], optional: [{ path: 'response', when: 'no reply came (connection refused, DNS, timeout)' }] },
  unbounded: 'waits for ever on a silent server, as got has no timeout by default',
  verified: 'source+test',
} as const;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'got',
    versions: '>=12',
    checked: ['12.6.1', '14.6.6', '16.1.0'],
    exports: { default: { is: 'client', client: 'instance' }, got: { is: 'client', client: 'instance' } },
    bounds: [
      ...bounds(false),
      phase('read', 'idle', 'covers reading the body only'),
    ],
    signal: { path: 'signal', at: ['call', 'client'], source: 'signal' },
    retry: retry(['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']),
    mend: 'set `timeout: { request: ms }`',
    sources: {
      timeout: 'got@12.6.1 dist/source/core/options.js:515-534 (a number is refused), got@16.1.0 dist/source/core/options.js:303-387; run with got 14: request:600 took 4.9 s with the default retries',
      retry: 'got@16.1.0 dist/source/core/options.js:349-387, calculate-retry-delay.js (16 repeats QUERY too)',
      signal: 'got@12.6.1 dist/source/core/options.js',
      named: 'got@12.6.1 dist/source/index.js:9-10 (16 has the default export only)',
    },
  },
  {
    ...shared,
    id: 'got-11',
    versions: '<12',
    checked: ['11.8.6'],
    exports: { default: { is: 'client', client: 'instance' } },
    bounds: bounds(true),
    retry: retry(['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']),
    mend: 'set `timeout: { request: ms }`, or `timeout: ms`',
    sources: {
      timeout: 'got@11.8.6 dist/source/core/index.js:605 (a number becomes { request })',
      retry: 'got@11.8.6 dist/source/index.js:18-53',
    },
  },
];
