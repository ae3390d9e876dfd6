import { asCommands, LOWERCASE_COMMANDS, LOWERCASE_PIPELINE } from '../redis-commands.js';
import { REDIS_REPEAT } from '../repeat-names.js';
import type { BoundModel, ClientModel, ClientShape, ExportModel } from '../types.js';

const OPERATIONS = {
  // Every other command; what it does is not told by the schema.
  '*': { effect: 'unknown' },
  ...LOWERCASE_COMMANDS,
  connect: { effect: 'none', waits: ['connect'] },
  call: { effect: 'unknown', byCommand: { argument: { at: [0] }, commands: asCommands(LOWERCASE_COMMANDS) } },
  scanStream: { effect: 'read', mode: 'stream', keyspace: { does: 'walks', command: 'SCAN', narrowedBy: [{ argument: { at: [0], path: 'match' } }, { argument: { at: [0], path: 'type' } }] } },
  hscanStream: { effect: 'read', mode: 'stream' },
  sscanStream: { effect: 'read', mode: 'stream' },
  zscanStream: { effect: 'read', mode: 'stream' },
} as const satisfies ClientShape['operations'];

const HARMLESS = [
  'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'setMaxListeners', 'emit',
  'quit', 'disconnect', 'end', 'defineCommand', 'nodes', 'createBuiltinCommand', 'addBuiltinCommand',
  'unsubscribe', 'punsubscribe', 'sunsubscribe',
];

/** Commands of a pipeline are collected; `exec` sends them. */
const PIPELINE: ClientShape = {
  title: 'ioredis pipeline',
  operations: { ...LOWERCASE_PIPELINE, exec: { effect: 'unknown', empty: { path: '', value: 'null' } } },
  perCall: false,
  types: ['Pipeline', 'ChainableCommander'],
};

const clients: ClientModel['clients'] = {
  redis: {
    title: 'ioredis client',
    operations: OPERATIONS,
    members: {
      pipeline: { is: 'factory', makes: 'pipeline' },
      multi: { is: 'factory', makes: 'pipeline' },
      duplicate: { is: 'factory', makes: 'redis', options: { at: [0] } },
    },
    perCall: false,
    harmless: HARMLESS,
    types: ['Redis'],
  },
  cluster: {
    title: 'ioredis Cluster',
    operations: Object.fromEntries(Object.entries(OPERATIONS).filter(([name]) => name !== 'monitor' && name !== 'scanStream')),
    members: { pipeline: { is: 'factory', makes: 'pipeline' }, multi: { is: 'factory', makes: 'pipeline' }, duplicate: { is: 'factory', makes: 'cluster', options: { at: [1] } } },
    perCall: false,
    harmless: HARMLESS,
    types: ['Cluster'],
  },
  pipeline: PIPELINE,
};

// (port, host, options), (url, options) or (options): the last object counts.
const redis: ExportModel = { is: 'class', makes: 'redis', options: { at: 'last' }, url: { argument: { at: [0] } } };
// (nodes, options)
const cluster: ExportModel = { is: 'class', makes: 'cluster', options: { at: [1] } };

const exports: ClientModel['exports'] = {
  default: redis,
  Redis: redis,
  'default.Redis': redis,
  Cluster: cluster,
  'default.Cluster': cluster,
};

const perClient = (path: string, bound: Omit<BoundModel, 'path' | 'at' | 'unit' | 'source'>): readonly BoundModel[] => [
  { ...bound, path, at: ['client'], unit: 'ms', source: 'options', clients: ['redis', 'pipeline'] },
  // A cluster hands these on to the connections of its nodes.
  { ...bound, path: `redisOptions.${path}`, at: ['client'], unit: 'ms', source: 'options', clients: ['cluster', 'pipeline'] },
];

const bounds: readonly BoundModel[] = [
  ...perClient('commandTimeout', {
    covers: 'total', default: null, zero: 'immediate',
    note: 'bounds each command, the wait in the offline queue included; a number in the URL is text and is ignored',
  }),
  ...perClient('connectTimeout', { covers: 'connect', default: 10_000, zero: 'unlimited', note: 'bounds connecting; commands wait on' }),
  ...perClient('socketTimeout', {
    covers: 'idle', default: null, zero: 'unlimited', rejects: false,
    note: 'reconnects and sends the pending command again, or with `autoResendUnfulfilledCommands: false` forgets it, so the call goes on',
  }),
  ...perClient('blockingTimeout', { covers: 'total', default: null, zero: 'unlimited', note: 'bounds blocking commands only, which then give null' }),
];

const retryNote =
  'commands in flight are sent again after every reconnect (`autoResendUnfulfilledCommands`), INCR and LPUSH too, and the count starts anew with each connection; `autoResendUnfulfilledCommands: false` leaves them pending for ever';

const shared = {
  title: 'ioredis',
  kind: 'cache',
  packages: ['ioredis'],
  exports,
  clients,
  bounds,
  edits: [
    { at: 'client', path: 'commandTimeout', value: 'ms', clients: ['redis'] },
    { at: 'client', path: 'redisOptions.commandTimeout', value: 'ms', clients: ['cluster'] },
  ],
  // A worker's connection has to wait: BullMQ takes no other, and a limit would end its blocking commands.
  waitsBy: [{ path: 'maxRetriesPerRequest', equals: null }, { path: 'redisOptions.maxRetriesPerRequest', equals: null }],
  // Entries stay, and no option of the client changes that.
  expiry: { options: [], source: 'expiry' },
  // A cluster has no one stream of all its keys.
  keyWalk: { redis: { text: '{client}.scanStream({ match: {pattern}, count: 1000 })', yields: 'keys' } },
  seam: { kind: 'call', note: 'commands are methods of the client', outcomes: 'redis', client: 'ioredis', on: ['redis', 'cluster'], service: 'redis', takesSignal: false, policies: 'unsent', tried: true },
  repeat: REDIS_REPEAT,
  errors: { timeout: ['Command timed out', 'MaxRetriesPerRequestError'], nothingSent: [] },
  mend: 'set `commandTimeout` where the client is made; give blocking commands a client of their own',
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const sources = {
  expiry: 'SET without EX or PX keeps the key until it is deleted: the command reference, redis.io/commands/set; ioredis@5.11.1 adds no option of its own',
  options: 'ioredis@6.0.0 built/redis/RedisOptions.js, built/Redis.js:181-210, ioredis@5.11.1 built/Redis.js:352-353, built/Command.js:192; run (5.11.1, 6.0.0): commandTimeout 300 ended a command on a silent server and in the queue of a client that cannot connect, with none it never settled; maxLoadingRetryTime is the pause between two questions, no limit of the wait',
  url: 'ioredis@5.11.1 and 6.0.0 built/utils/index.js parseURL; run: options in the URL stay text, `commandTimeout` is then ignored (only a number counts) and `connectTimeout` throws ERR_INVALID_ARG_TYPE',
} as const;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'ioredis',
    versions: '>=6',
    checked: ['6.0.0'],
    retry: { retries: 20, option: 'maxRetriesPerRequest', methods: 'all', afterReply: [], backoff: 'exponential', jitter: true, note: retryNote, source: 'retry' },
    unbounded: 'waits for ever on a silent server, as a command has no timeout by default',
    sources: { ...sources, retry: 'ioredis@6.0.0 built/redis/RedisOptions.js, built/redis/event_handler.js:408-424; run: a server that resets after INCR received it again with each connection, for as long as it was looked at; with autoResendUnfulfilledCommands false once, and the call never settled' },
  },
  {
    ...shared,
    id: 'ioredis-5',
    versions: '<6',
    checked: ['5.11.1'],
    retry: { retries: 20, option: 'maxRetriesPerRequest', methods: 'all', afterReply: [], backoff: 'fixed', jitter: false, note: retryNote, source: 'retry' },
    unbounded: 'waits for ever on a silent server, as a command has no timeout by default',
    sources: { ...sources, retry: 'ioredis@5.11.1 built/redis/RedisOptions.js (delay grows by 50 ms to 2 s); run: a server that resets after INCR received it again with each connection, for as long as it was looked at; with autoResendUnfulfilledCommands false once, and the call never settled; with the server down it failed after 21 attempts to connect' },
  },
];
