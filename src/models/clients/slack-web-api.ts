import type { BoundModel, ClientModel, ClientShape } from '../types.js';

const CLIENT: ClientShape = {
  title: 'Slack client',
  operations: {
    '**': { effect: 'write' },
    apiCall: { effect: 'unknown' },
    // Pages are asked for one by one, each with the limits of the client.
    paginate: { effect: 'read', mode: 'stream' },
    // It only collects until `append` has enough.
    chatStream: { effect: 'none' },
    'api.test': { effect: 'read' },
    'auth.test': { effect: 'read' },
    'users.lookupByEmail': { effect: 'read' },
    'search.*': { effect: 'read' },
    '**.list': { effect: 'read' },
    '**.list*': { effect: 'read' },
    '**.info': { effect: 'read' },
    '**.history': { effect: 'read' },
    '**.replies': { effect: 'read' },
    '**.members': { effect: 'read' },
    '**.conversations': { effect: 'read' },
    '**.get': { effect: 'read' },
    '**.get*': { effect: 'read' },
  },
  perCall: false,
  harmless: ['on', 'once', 'off', 'emit', 'addListener', 'removeListener', 'removeAllListeners'],
  types: ['WebClient'],
};

const TIMEOUT = { path: 'timeout', at: ['client'], unit: 'ms', default: null, zero: 'unlimited', source: 'timeout' } as const satisfies Partial<BoundModel>;

const shared = {
  title: '@slack/web-api',
  kind: 'sdk',
  packages: ['@slack/web-api'],
  exports: { WebClient: { is: 'class', makes: 'client', options: { at: [1] } } },
  clients: { client: CLIENT },
  edits: [{ at: 'client', path: 'timeout', value: 'ms' }],
  retry: {
    retries: 10, option: 'retryConfig.retries', at: ['client'], methods: 'all', backoff: 'exponential', jitter: true, retriesTimeouts: true,
    note: 'goes on for about 30 minutes, for every method: a message whose answer was lost is posted again', source: 'retry',
  },
  repeat: {
    again: ['chat.postMessage', 'chat.postEphemeral', 'chat.meMessage', 'chat.scheduleMessage', 'files.upload', 'files.uploadV2', 'filesUploadV2', 'reminders.add'],
    same: ['chat.update', 'chat.delete', 'chat.deleteScheduledMessage', 'chat.unfurl', 'conversations.*', 'reactions.*', 'pins.*', 'stars.*', 'views.update', 'views.publish', 'usergroups.users.update', 'users.profile.set'],
    source: 'docs.slack.dev/reference/methods: `chat.postMessage` has no key; a channel, a reaction or a pin that is there is refused the second time',
  },
  errors: { timeout: ['slack_webapi_request_error'], nothingSent: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'] },
  mend: 'set `timeout` in the client, and `retryConfig` with fewer retries',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'slack-web-api',
    versions: '>=8',
    checked: ['8.2.0'],
    bounds: [{ ...TIMEOUT, covers: 'attempt', note: 'bounds one attempt, its body included' }],
    seam: { kind: 'fetch-option', path: 'fetch', tried: false },
    unbounded: 'waits 300 s, until the fetch of Node gives up, for each of 11 attempts, as the Slack client sets no timeout',
    unboundedElsewhere: 'waits as long as fetch does for each of 11 attempts, as the Slack client sets no timeout',
    sources: {
      timeout: '@slack/web-api@8.2.0 dist/WebClient.js:123,421-475 (AbortSignal.timeout, 0 is none); run: a stalled body ends too',
      retry: '@slack/web-api@8.2.0 dist/retry-policies.js, dist/WebClient.js:475; run: a message was posted 4 times with `retries: 3`, 11 times with the numbers of the default and no waits',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'slack-web-api-7',
    versions: '<8',
    checked: ['6.13.0', '7.19.0'],
    bounds: [
      { ...TIMEOUT, covers: 'headers', note: 'bounds the wait for the reply of one attempt' },
      { ...TIMEOUT, covers: 'idle', note: 'ends silence while the body is read; a dripping body passes it' },
    ],
    seam: { kind: 'call', tried: false },
    unbounded: 'waits for ever on a silent server, as the Slack client sets no timeout',
    sources: {
      timeout: '@slack/web-api@7.19.0 dist/WebClient.js:128,157, @slack/web-api@6.13.0 dist/WebClient.js:88,112 (`timeout` of axios); run: a dripping body passes it',
      retry: '@slack/web-api@7.19.0 dist/retry-policies.js, dist/WebClient.js:521, @slack/web-api@6.13.0 dist/WebClient.js:438; run: a message was posted 4 times with `retries: 3`',
    },
    verified: 'source+test',
  },
];
