import type { BoundModel, ClientModel, ClientShape, ExportModel, OperationModel, RetryModel } from '../types.js';

// retrieve(id, params?, options?), create(params, options?), list(params?, options?).
/** Of a call's options: with one of them the SDK itself takes an object for options, and refuses its other keys. */
const keys = ['timeout', 'maxNetworkRetries', 'apiKey', 'idempotencyKey', 'stripeAccount', 'stripeContext', 'apiVersion', 'host', 'headers', 'additionalHeaders'] as const;

const call = (effect: OperationModel['effect']) => ({ options: { at: 'last', after: 1, keys }, effect }) as const satisfies OperationModel;

const OPERATIONS_16 = {
  '**': call('write'),
  '**.retrieve': call('read'),
  '**.retrieve*': call('read'),
  '**.list': call('read'),
  '**.list*': call('read'),
  '**.search': call('read'),
} as const satisfies ClientShape['operations'];
const OPERATIONS = { ...OPERATIONS_16, rawRequest: { options: { at: [3] }, effect: 'by-http-method' } } as const satisfies ClientShape['operations'];

/** From 22 on the parameters keep their place: in `retrieve(id, options)` the options are parameters, which are sent. */
const afterId = (effect: OperationModel['effect']) => ({ options: { at: 'last', after: 2, keys }, effect }) as const satisfies OperationModel;

const OPERATIONS_22 = {
  ...OPERATIONS,
  '**': afterId('write'),
  '**.create': call('write'),
  '**.createPreview': call('read'),
  '**.retrieve': afterId('read'),
  '**.retrieve*': afterId('read'),
  '**.list*': afterId('read'),
} as const satisfies ClientShape['operations'];

const CLIENT: ClientShape = {
  title: 'Stripe client',
  operations: OPERATIONS,
  perCall: true,
  // Signatures are computed here, nothing is sent.
  harmless: ['on', 'once', 'off', 'constructEvent', 'constructEventAsync', 'generateTestHeaderString', 'verifyHeader', 'verifyHeaderAsync', 'authorizeUrl'],
  types: ['Stripe'],
};

const stripe: ExportModel = { is: 'class', makes: 'client', options: { at: [1] } };

const retry = (retries: number, cap: string): RetryModel => ({
  retries,
  option: 'maxNetworkRetries',
  at: ['call', 'client'],
  methods: 'all',
  backoff: 'exponential',
  jitter: true,
  retriesTimeouts: true,
  note: `waits 0.5 s, 1 s, … up to ${cap}; one idempotency key serves all attempts of a call, a new call has a new one; ECONNRESET and EPIPE are tried once more even with 0`,
  source: 'retry',
});

const shared = {
  title: 'stripe',
  kind: 'sdk',
  packages: ['stripe'],
  movesMoney: true,
  exports: { default: stripe, Stripe: stripe, 'default.Stripe': stripe },
  clients: { client: CLIENT },
  edits: [{ at: 'call', path: 'timeout', value: 'ms' }, { at: 'client', path: 'timeout', value: 'ms' }],
  seam: { kind: 'call', tried: false },
  // Pages and links that are made twice hurt nobody; what moves on a thing that is there is refused the second time.
  repeat: {
    again: ['create', 'create*'],
    same: ['*', '**.sessions.create', '**.accountLinks.create', '**.ephemeralKeys.create', '**.tokens.create', '**.loginLinks.create', '**.accountSessions.create'],
    keys: [{ path: 'idempotencyKey', at: 'call' }],
    note: 'the key that stripe makes by itself is another for each call',
    source: 'docs.stripe.com/api/idempotent_requests; stripe@23.1.0 esm/RequestSender.js makes a key for each call of the SDK that has none, so a call that is made anew has another',
  },
  errors: { timeout: ['StripeConnectionError'] },
  mend: 'set `timeout` and `maxNetworkRetries` in the client or the call',
} as const satisfies Partial<ClientModel>;

const TIMEOUT = { path: 'timeout', at: ['call', 'client'], unit: 'ms', default: 80_000, zero: 'unlimited', source: 'timeout' } as const satisfies Partial<BoundModel>;

const IDLE: BoundModel = { ...TIMEOUT, covers: 'idle', note: 'ends silence on the socket, for each attempt' };
/** The socket is destroyed, which nobody tells the one who reads the body. */
const HEADERS: BoundModel = { ...TIMEOUT, covers: 'headers', note: 'ends silence until the reply begins, for each attempt; a body that stalls is waited for without end' };

const TIMEOUT_BEFORE_22_6 = 'stripe@22.5.0, stripe@17.7.0 and stripe@12.18.0 esm/net/NodeHttpClient.js (toJSON listens for `end` alone); run with 16.12.0: a body that stalls is pending after its timeout, a call without one ends after 80 s';
const RETRY_FROM_17 = 'stripe@17.7.0 esm/stripe.core.js:15,77, stripe@23.1.0 esm/platform/PlatformFunctions.js:49, esm/RequestSender.js; run: 3 attempts, 1 key';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'stripe',
    exports: { default: stripe, Stripe: stripe },
    versions: '>=22.6',
    checked: ['22.6.0', '22.6.2', '23.0.0', '23.1.0'],
    clients: { client: { ...CLIENT, operations: OPERATIONS_22 } },
    bounds: [IDLE],
    retry: retry(2, '5 s'),
    unbounded: 'waits up to 80 s of silence for each of 3 attempts',
    sources: {
      timeout: 'stripe@23.1.0 esm/stripe.core.js:99, esm/net/NodeHttpClient.js (req.setTimeout destroys the request, toJSON rejects on `close`); run: a body that stalls fails, one that drips passes, a call without a limit ends after 80 s',
      retry: RETRY_FROM_17,
      options: 'stripe@22.0.0 and stripe@23.0.0 esm/resources/Customers.js (`retrieve(id, params, options)`); run: a `timeout` in the second place bounds nothing',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'stripe-22.5',
    exports: { default: stripe, Stripe: stripe },
    versions: '>=22 <22.6',
    checked: ['22.0.0', '22.1.1', '22.2.3', '22.3.2', '22.4.0', '22.5.0'],
    clients: { client: { ...CLIENT, operations: OPERATIONS_22 } },
    bounds: [HEADERS],
    retry: retry(2, '5 s'),
    unbounded: 'waits up to 80 s for the reply to each of 3 attempts, and for ever for the rest of its body',
    sources: { timeout: TIMEOUT_BEFORE_22_6, retry: RETRY_FROM_17, options: 'stripe@22.0.0 esm/resources/Customers.js (`retrieve(id, params, options)`)' },
    verified: 'source',
  },
  {
    ...shared,
    id: 'stripe-21',
    versions: '>=17 <22',
    checked: ['17.7.0', '20.4.1', '21.0.1'],
    bounds: [HEADERS],
    retry: retry(2, '5 s'),
    unbounded: 'waits up to 80 s for the reply to each of 3 attempts, and for ever for the rest of its body',
    sources: { timeout: TIMEOUT_BEFORE_22_6, retry: RETRY_FROM_17 },
    verified: 'source',
  },
  {
    ...shared,
    id: 'stripe-16',
    clients: { client: { ...CLIENT, operations: OPERATIONS_16 } },
    versions: '>=13 <17',
    checked: ['13.11.0', '14.25.0', '15.12.0', '16.12.0'],
    bounds: [HEADERS],
    retry: retry(1, '2 s'),
    unbounded: 'waits up to 80 s for the reply to each of 2 attempts, and for ever for the rest of its body',
    sources: {
      timeout: TIMEOUT_BEFORE_22_6,
      retry: 'stripe@13 esm/stripe.core.js:15,71, stripe@14.25.0, 15 and 16 esm/stripe.core.js:15,76; run with 16.12.0: 2 attempts',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'stripe-12',
    clients: { client: { ...CLIENT, operations: OPERATIONS_16 } },
    versions: '<13',
    checked: ['12.18.0'],
    bounds: [HEADERS],
    retry: retry(0, '2 s'),
    unbounded: 'waits up to 80 s for the reply, and for ever for the rest of its body',
    sources: {
      timeout: TIMEOUT_BEFORE_22_6,
      retry: 'stripe@12.18.0 esm/stripe.core.js:15,71; run: 1 attempt, 2 where the connection is reset',
    },
    verified: 'source+test',
  },
];
