import type { ClientModel, ClientShape, ExportModel, OperationModel, RetryModel } from '../types.js';

// retrieve(id, params?, options?), create(params, options?), list(params?, options?).
/** Of a call's options: with one of them the SDK itself takes an object for options, and refuses its other keys. */
const keys = ['timeout', 'maxNetworkRetries', 'apiKey', 'idempotencyKey', 'stripeAccount', 'stripeContext', 'apiVersion', 'host', 'headers', 'additionalHeaders'] as const;

const call = (effect: OperationModel['effect']) => ({ options: { at: 'last', after: 1, keys }, effect }) as const satisfies OperationModel;

const CLIENT: ClientShape = {
  title: 'Stripe client',
  operations: {
    '**': call('write'),
    '**.retrieve': call('read'),
    '**.retrieve*': call('read'),
    '**.list': call('read'),
    '**.list*': call('read'),
    '**.search': call('read'),
    rawRequest: { options: { at: [3] }, effect: 'by-http-method' },
  },
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
  bounds: [
    {
      path: 'timeout', at: ['call', 'client'], covers: 'idle', unit: 'ms', default: 80_000, zero: 'unlimited',
      note: 'ends silence on the socket, for each attempt', source: 'timeout',
    },
  ],
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

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'stripe',
    versions: '>=17',
    checked: ['17.7.0', '20.4.1', '21.0.1', '22.6.2', '23.1.0'],
    retry: retry(2, '5 s'),
    unbounded: 'waits up to 80 s of silence for each of 3 attempts',
    sources: {
      timeout: 'stripe@23.1.0 esm/stripe.core.js:99, esm/net/NodeHttpClient.js (req.setTimeout destroys the request), stripe@17.7.0 esm/stripe.core.js:14',
      retry: 'stripe@17.7.0 esm/stripe.core.js:15,77, stripe@23.1.0 esm/platform/PlatformFunctions.js:49, esm/RequestSender.js; run: 3 attempts, 1 key',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'stripe-16',
    versions: '<17',
    checked: ['13.11.0', '14.25.0', '15.12.0', '16.12.0'],
    retry: retry(1, '2 s'),
    unbounded: 'waits up to 80 s of silence for each of 2 attempts',
    sources: {
      timeout: 'stripe@14.25.0 esm/stripe.core.js:14',
      retry: 'stripe@13 esm/stripe.core.js:15,71, stripe@14.25.0, 15 and 16 esm/stripe.core.js:15,76',
    },
    verified: 'source',
  },
];
