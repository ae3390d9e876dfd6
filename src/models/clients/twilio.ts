import type { BoundModel, ClientModel, ClientShape, ConstructModel, ExportModel } from '../types.js';

// `client.messages.create(…)`, `client.messages(sid).fetch()`, `client.verify.v2.services(sid).verifications.create(…)`.
const OPERATIONS = {
  '**.create': { effect: 'write' },
  '**.update': { effect: 'write' },
  '**.remove': { effect: 'write' },
  '**.list': { effect: 'read' },
  '**.page': { effect: 'read' },
  '**.getPage': { effect: 'read' },
  '**.fetch': { effect: 'read' },
  // Pages are asked for one by one, and handed to a function.
  '**.each': { effect: 'read', mode: 'stream' },
} as const satisfies ClientShape['operations'];

/** `client.messages(sid).fetch()` */
const OF_RESOURCE = { create: { effect: 'write' }, update: { effect: 'write' }, remove: { effect: 'write' }, list: { effect: 'read' }, fetch: { effect: 'read' } } as const satisfies ClientShape['operations'];

const shape: ClientShape = {
  title: 'Twilio client',
  operations: OPERATIONS,
  members: { '**': { is: 'chain', client: 'resource' } },
  perCall: false,
  types: ['Twilio'],
};

const construct = { makes: 'client', options: { at: [2] } } as const satisfies ConstructModel;
const twilioClass: ExportModel = { is: 'class', ...construct };
const requests: ExportModel = { is: 'options', options: { at: [0] } };

const TIMEOUT = { at: ['client'], unit: 'ms', default: 30_000, zero: 'default', source: 'timeout' } as const satisfies Partial<BoundModel>;
const limits = (path: string): readonly BoundModel[] => [
  { ...TIMEOUT, path, covers: 'headers', note: 'bounds the wait for the reply' },
  { ...TIMEOUT, path, covers: 'idle', note: 'ends silence on the socket; a dripping body passes it' },
];

const shared = {
  title: 'twilio',
  kind: 'sdk',
  packages: ['twilio'],
  exports: {
    default: { is: 'factory', ...construct }, Twilio: twilioClass, 'default.Twilio': twilioClass, RequestClient: requests, 'default.RequestClient': requests,
  },
  clients: { client: shape, resource: { ...shape, operations: { ...OPERATIONS, ...OF_RESOURCE }, title: 'Twilio resource', types: [] } },
  seam: { kind: 'call', tried: false },
  retry: {
    retries: 0, option: 'maxRetries', at: ['client'], methods: 'all', afterReply: [], backoff: 'exponential', jitter: true, retriesTimeouts: false,
    note: 'only with `autoRetry: true`, and then only what was answered by 429', source: 'retry',
  },
  repeat: {
    again: ['**.messages.create', '**.calls.create', '**.faxes.create', '**.verifications.create', '**.executions.create', '**.notifications.create'],
    same: ['**.update', '**.remove', 'update', 'remove', '**.verificationChecks.create', '**.tokens.create'],
    source: 'www.twilio.com/docs/messaging/api/message-resource: a message is sent for every request, which takes no key; twilio@6.2.0 lib/rest/api/v2010/account/message.js sends none',
  },
  errors: { timeout: ['ECONNABORTED'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  unbounded: 'waits up to 30 s for the reply',
} as const satisfies Partial<ClientModel>;

const RETRY = 'twilio@6.2.0 lib/base/RequestClient.js:55-75,127, twilio@4.23.0 lib/base/RequestClient.js:42-51; run: a message was sent once on 503 and on a reset';

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'twilio',
    versions: '>=5.4',
    checked: ['5.4.0', '5.13.1', '6.2.0'],
    bounds: [...limits('timeout'), ...limits('httpClient.timeout')],
    edits: [{ at: 'client', path: 'timeout', value: 'ms' }],
    pool: [{ limits: 'size', path: 'maxSockets', default: 20, source: 'sockets' }],
    mend: 'set `timeout` in the options of the client, its third argument',
    sources: {
      timeout: 'twilio@6.2.0 and twilio@5.13.1 lib/base/RequestClient.js:92,173 (`opts.timeout || 30000`), lib/base/BaseTwilio.js:100; run: 0 is 30 s too',
      retry: `${RETRY}, 4 times on 429 with \`autoRetry: true\``,
      sockets: 'twilio@6.2.0 and twilio@5.4.0 lib/base/RequestClient.js:40,102 (`maxSockets` 20)',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'twilio-5.3',
    versions: '>=4 <5.4',
    checked: ['4.23.0', '5.0.0', '5.3.0'],
    bounds: [
      { path: 'timeout', at: ['client'], covers: 'headers', unit: 'ms', default: null, rejects: false, note: 'is not handed on to the request: 30 s stay', source: 'timeout' },
      ...limits('httpClient.timeout'),
    ],
    mend: 'give the client a `httpClient: new RequestClient({ timeout })`, or update to 5.4',
    sources: {
      timeout: 'twilio@4.23.0 lib/base/BaseTwilio.js:76, lib/base/RequestClient.js:48,124, twilio@5.3.0 lib/base/BaseTwilio.js (the request client is made without `timeout`); run: a call with `timeout: 300` ends after 30 s, one with a request client of 300 ms after those',
      retry: RETRY,
    },
    verified: 'source+test',
  },
];
