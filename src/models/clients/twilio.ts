import type { ClientModel, ClientShape, ConstructModel, ExportModel } from '../types.js';

// `client.messages.create(…)`, `client.messages(sid).fetch()`, `client.verify.v2.services(sid).verifications.create(…)`.
const OPERATIONS = {
  '**.create': { effect: 'write' },
  '**.update': { effect: 'write' },
  '**.remove': { effect: 'write' },
  '**.list': { effect: 'read' },
  '**.page': { effect: 'read' },
  '**.getPage': { effect: 'read' },
  '**.fetch': { effect: 'read' },
  create: { effect: 'write' },
  update: { effect: 'write' },
  remove: { effect: 'write' },
  list: { effect: 'read' },
  fetch: { effect: 'read' },
  // Pages are asked for one by one, and handed to a function.
  '**.each': { effect: 'read', mode: 'stream' },
} as const satisfies ClientShape['operations'];

const shape: ClientShape = {
  title: 'Twilio client',
  operations: OPERATIONS,
  members: { '**': { is: 'chain', client: 'resource' } },
  perCall: false,
  types: ['Twilio'],
};

const construct = { makes: 'client', options: { at: [2] } } as const satisfies ConstructModel;
const twilioClass: ExportModel = { is: 'class', ...construct };

export const models: readonly ClientModel[] = [
  {
    id: 'twilio',
    title: 'twilio',
    kind: 'sdk',
    packages: ['twilio'],
    versions: '>=4',
    checked: ['4.23.0', '5.13.1', '6.2.0'],
    exports: { default: { is: 'factory', ...construct }, Twilio: twilioClass, 'default.Twilio': twilioClass },
    clients: { client: shape, resource: { ...shape, title: 'Twilio resource', types: [] } },
    bounds: [
      { path: 'timeout', at: ['client'], covers: 'headers', unit: 'ms', default: 30_000, zero: 'default', note: 'bounds the wait for the reply', source: 'timeout' },
      { path: 'timeout', at: ['client'], covers: 'idle', unit: 'ms', default: 30_000, zero: 'default', note: 'ends silence on the socket; a dripping body passes it', source: 'timeout' },
    ],
    edits: [{ at: 'client', path: 'timeout', value: 'ms' }],
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
    pool: [{ limits: 'size', path: 'maxSockets', default: 20, source: 'sockets' }],
    unbounded: 'waits up to 30 s for the reply',
    mend: 'set `timeout` in the options of the client, its third argument',
    sources: {
      timeout: 'twilio@6.2.0 lib/base/RequestClient.js:92,173, twilio@4.23.0 lib/base/RequestClient.js:60,136 (`opts.timeout || 30000`); run: 0 is 30 s too',
      retry: 'twilio@6.2.0 lib/base/RequestClient.js:55-75,127; run: a message was sent once on 503 and on a reset, 4 times on 429 with `autoRetry: true`',
      sockets: 'twilio@6.2.0 lib/base/RequestClient.js (`maxSockets` 20)',
    },
    verified: 'source+test',
  },
];
