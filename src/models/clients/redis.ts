import { asCommands, CAMELCASE_COMMANDS, CAMELCASE_PIPELINE } from '../redis-commands.js';
import { REDIS_REPEAT } from '../repeat-names.js';
import type { BoundModel, ClientModel, ClientShape, EditModel, ExportModel, OperationModel } from '../types.js';

const OPERATIONS = {
  '*': { effect: 'unknown' },
  ...CAMELCASE_COMMANDS,
  connect: { effect: 'none', waits: ['connect'] },
  sendCommand: { effect: 'unknown', byCommand: { argument: { at: [0], path: '0' }, commands: asCommands(CAMELCASE_COMMANDS) } },
  scanIterator: { effect: 'read', mode: 'stream', keyspace: { does: 'walks', command: 'SCAN', narrowedBy: [{ argument: { at: [0], path: 'MATCH' } }, { argument: { at: [0], path: 'TYPE' } }] } },
  hScanIterator: { effect: 'read', mode: 'stream' },
  sScanIterator: { effect: 'read', mode: 'stream' },
  zScanIterator: { effect: 'read', mode: 'stream' },
} as const satisfies ClientShape['operations'];

const HARMLESS = [
  'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'setMaxListeners', 'emit', 'ref', 'unref',
  'quit', 'disconnect', 'close', 'destroy', 'unsubscribe', 'pUnsubscribe', 'sUnsubscribe', 'UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE',
];

const MULTI: ClientShape = {
  title: 'redis multi',
  operations: { ...CAMELCASE_PIPELINE, exec: { effect: 'unknown' }, execTyped: { effect: 'unknown' }, execAsPipeline: { effect: 'unknown' } },
  perCall: false,
};

const shape = (title: string, types: readonly string[], self: string): ClientShape => ({
  title,
  operations: OPERATIONS,
  members: {
    multi: { is: 'factory', makes: 'multi' },
    MULTI: { is: 'factory', makes: 'multi' },
    duplicate: { is: 'factory', makes: self, options: { at: [0] } },
    // Clients that carry other command options; what these cover ends when the command is written.
    withCommandOptions: { is: 'factory', makes: self },
    withAbortSignal: { is: 'factory', makes: self },
    withTypeMapping: { is: 'factory', makes: self },
    asap: { is: 'factory', makes: self },
    legacy: { is: 'factory', makes: self },
  },
  perCall: false,
  harmless: HARMLESS,
  types,
});

const CLIENT = shape('redis client', ['RedisClientType'], 'client');
const CLUSTER = shape('redis cluster', ['RedisClusterType'], 'cluster');

// The URL carries host, credentials and database; no option travels in it.
const createClient: ExportModel = { is: 'factory', makes: 'client', options: { at: [0] }, url: { path: 'url' } };
const createCluster: ExportModel = { is: 'factory', makes: 'cluster', options: { at: [0] } };

const connect = (prefix: string, clients: readonly string[]): BoundModel => ({
  path: `${prefix}socket.connectTimeout`, at: ['client'], covers: 'connect', unit: 'ms', default: 5_000, zero: 'unlimited',
  clients: [...clients, 'multi'], note: 'bounds one attempt to connect', source: 'socket',
});

const modern = (queueDefault: number | null): readonly BoundModel[] => [
  ...(['', 'defaults.'] as const).flatMap((prefix): readonly BoundModel[] => {
    const clients = prefix === '' ? ['client', 'pool', 'sentinel', 'multi'] : ['cluster', 'multi'];
    return [
      {
        path: `${prefix}socket.socketTimeout`, at: ['client'], covers: 'idle', unit: 'ms', default: null, zero: 'unlimited', clients,
        note: 'is the only option that ends the wait for a reply; it closes the connection, an idle one too, and unless `reconnectStrategy` is set the client for good', source: 'socket',
      },
      {
        // A cluster takes the options of its commands beside `defaults`, not in them.
        path: 'commandOptions.timeout', at: ['client'], covers: 'queue', unit: 'ms', default: queueDefault, zero: 'unlimited', clients,
        note: 'counts only until the command is written', source: 'queue',
      },
      connect(prefix, clients.filter((name) => name !== 'multi')),
    ];
  }),
  {
    path: 'acquireTimeout', at: ['client'], covers: 'queue', unit: 'ms', default: 3_000, zero: 'unlimited', clients: ['pool'],
    note: 'bounds the wait for a free client', source: 'pool',
  },
];

const POOL_LIMITS: NonNullable<ClientModel['pool']> = [
  { limits: 'size', path: 'maximum', default: 100, clients: ['pool'], source: 'pool' },
  { limits: 'wait', path: 'acquireTimeout', default: 3_000, zero: 'unlimited', clients: ['pool'], source: 'pool' },
];

const shared = {
  title: 'redis',
  kind: 'cache',
  packages: ['redis', '@redis/client'],
  seam: { kind: 'call', note: 'commands are methods of the client', outcomes: 'redis', client: 'redis', on: ['client', 'cluster', 'pool', 'sentinel'], service: 'redis', takesSignal: false, policies: 'unsent', tried: true },
  expiry: { options: [], source: 'expiry' },
  repeat: REDIS_REPEAT,
  errors: {
    timeout: ['TimeoutError', 'SocketTimeoutError', 'ConnectionTimeoutError'],
    nothingSent: ['ClientOfflineError', 'TimeoutError', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'],
  },
  verified: 'source+test',
} as const satisfies Partial<ClientModel>;

const modernExports: ClientModel['exports'] = {
  createClient,
  createCluster,
  createClientPool: { is: 'factory', makes: 'pool', options: { at: [0] }, more: { at: [1] }, url: { path: 'url' } },
  createSentinel: { is: 'factory', makes: 'sentinel', options: { at: [0] } },
};

const modernClients: ClientModel['clients'] = {
  client: CLIENT,
  cluster: CLUSTER,
  pool: shape('redis client pool', ['RedisClientPoolType'], 'pool'),
  sentinel: shape('redis sentinel', ['RedisSentinelType'], 'sentinel'),
  multi: MULTI,
};

const EXPIRY = 'SET without EX or PX keeps the key until it is deleted: the command reference, redis.io/commands/set; scanIterator gives pages in @redis/client@6.3.1 and 5.12.1 dist/lib/client/index.js, keys in 1.6.1';

const reconnects = 'reconnects for ever; commands issued while offline wait in a queue without limit, those already sent fail';

// An idle socket is silent too, and the strategy of its own gives up a client whose socket was: so it is
// asked in time, and connects anew as it does after other failures.
const bounded = (prefix: string, clients: readonly string[]): EditModel => ({
  at: 'client', path: `${prefix}socket.socketTimeout`, value: 'ms', clients,
  beside: [
    { path: `${prefix}socket.reconnectStrategy`, text: '(retries) => Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200' },
    { path: `${prefix}pingInterval`, text: '{half}' },
  ],
});

const modernEdits: readonly EditModel[] = [bounded('', ['client']), bounded('defaults.', ['cluster'])];

const walk = (yields: 'key' | 'keys'): NonNullable<ClientModel['keyWalk']> => ({ client: { text: '{client}.scanIterator({ MATCH: {pattern}, COUNT: 1000 })', yields } });

const modernMend = 'set `socket: { socketTimeout: ms, reconnectStrategy }` and a shorter `pingInterval` where the client is made (`socketTimeout` alone closes an idle client for good); give blocking commands a client of their own';

/** Version 4 knows no `expiration`: what is written with it stays. */
const SET_4 = {
  effect: 'write',
  cache: {
    role: 'write', value: { at: [1] }, holds: 'text',
    ttl: [
      { argument: { at: [2], path: 'EX' }, unit: 's' }, { argument: { at: [2], path: 'PX' }, unit: 'ms' },
      { argument: { at: [2], path: 'EXAT' }, unit: 'epoch-s' }, { argument: { at: [2], path: 'PXAT' }, unit: 'epoch-ms' },
    ],
    keepsTtl: [{ argument: { at: [2], path: 'KEEPTTL' } }],
    unlessThere: [{ argument: { at: [2], path: 'NX' } }],
  },
} as const satisfies OperationModel;
/** It has no `monitor`; its cluster no command without a key, and no iterator. */
const NOT_IN_4 = ['monitor', 'MONITOR'];
const NOT_IN_CLUSTER_4 = [
  'scanIterator', 'hScanIterator', 'sScanIterator', 'zScanIterator', 'randomKey', 'RANDOMKEY', 'keys', 'KEYS', 'dbSize', 'DBSIZE', 'lastSave', 'LASTSAVE',
  'time', 'TIME', 'ping', 'PING', 'echo', 'ECHO', 'info', 'INFO', 'scan', 'SCAN', 'move', 'MOVE', 'flushAll', 'FLUSHALL', 'flushDb', 'FLUSHDB', 'wait', 'WAIT',
];
const CLIENT_4 = shapeOf4(CLIENT, NOT_IN_4, ['close', 'destroy']);
const CLUSTER_4 = shapeOf4(CLUSTER, [...NOT_IN_4, ...NOT_IN_CLUSTER_4], ['close', 'destroy', 'ref', 'unref']);
const SET_4_COLLECTED = { ...SET_4, effect: 'none', collected: true } as const satisfies OperationModel;

function shapeOf4(of: ClientShape, gone: readonly string[], harmlessGone: readonly string[]): ClientShape {
  const { multi, MULTI: same, duplicate } = of.members!;
  return {
    ...of,
    operations: Object.fromEntries(Object.entries({ ...of.operations, set: SET_4, SET: SET_4 }).filter(([name]) => !gone.includes(name))),
    members: { multi: multi!, MULTI: same!, duplicate: duplicate! },
    harmless: HARMLESS.filter((name) => !harmlessGone.includes(name)),
  };
}

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'redis',
    // `@redis/client` has the same majors from 5 on.
    versions: '>=6',
    checked: ['redis 6.3.1', '@redis/client 6.3.1'],
    exports: modernExports,
    clients: { ...modernClients, client: { ...CLIENT, types: ['RedisClientType', 'RedisClient'] } },
    bounds: modern(5_000),
    edits: modernEdits,
    keyWalk: walk('keys'),
    signal: { path: 'commandOptions.abortSignal', at: ['client'], bounds: false, source: 'queue' },
    retry: { retries: 0, option: 'socket.reconnectStrategy', methods: [], backoff: 'exponential', jitter: true, note: reconnects, source: 'socket' },
    pool: POOL_LIMITS,
    unbounded: 'waits for ever on a silent server, as the default limit of 5 s ends when the command is written',
    mend: modernMend,
    sources: {
      expiry: EXPIRY,
      socket: '@redis/client@6.3.1 dist/lib/client/socket.js:45-48,291-310; run: socketTimeout 300 ended a GET on a silent server, and closed an idle client, which then rejects with ClientClosedError; with reconnectStrategy it came back, with a shorter pingInterval it stayed',
      queue: '@redis/client@6.3.1 dist/lib/defaults.js, dist/lib/client/commands-queue.js:217-229,426-431; run: a GET on a silent server was pending after 7 s by default and with 300, which ended one that waited to be written',
      pool: '@redis/client@6.3.1 dist/lib/client/pool.js:80-82,293-311',
      url: '@redis/client@6.3.1 dist/lib/client/index.js parseURL',
    },
  },
  {
    ...shared,
    id: 'redis-5',
    versions: '>=5 <6',
    checked: ['redis 5.12.1', '@redis/client 5.12.1'],
    exports: modernExports,
    clients: modernClients,
    bounds: modern(null),
    edits: modernEdits,
    keyWalk: walk('keys'),
    signal: { path: 'commandOptions.abortSignal', at: ['client'], bounds: false, source: 'queue' },
    retry: { retries: 0, option: 'socket.reconnectStrategy', methods: [], backoff: 'exponential', jitter: true, note: reconnects, source: 'socket' },
    pool: POOL_LIMITS,
    unbounded: 'waits for ever on a silent server, as a command has no timeout by default',
    mend: modernMend,
    sources: {
      expiry: EXPIRY,
      socket: '@redis/client@5.12.1 dist/lib/client/socket.js:44-47,224-243; run: as of 6',
      queue: '@redis/client@5.12.1 dist/lib/client/commands-queue.js:178-196,392-394',
      pool: '@redis/client@5.12.1 dist/lib/client/pool.js:78-80,249-253',
    },
    verified: 'source+test',
  },
  {
    ...shared,
    id: 'redis-4',
    versions: '<5',
    checked: ['redis 4.7.1', '@redis/client 1.6.1'],
    exports: { createClient, createCluster },
    clients: {
      client: CLIENT_4,
      cluster: CLUSTER_4,
      multi: { ...MULTI, operations: { ...MULTI.operations, set: SET_4_COLLECTED, SET: SET_4_COLLECTED } },
    },
    seam: { ...shared.seam, on: ['client', 'cluster'] },
    keyWalk: walk('key'),
    bounds: [connect('', ['client']), connect('defaults.', ['cluster'])],
    retry: { retries: 0, option: 'socket.reconnectStrategy', methods: [], backoff: 'fixed', jitter: false, note: reconnects, source: 'socket' },
    unbounded: 'waits for ever on a silent server, as redis 4 has no limit for the reply to a command',
    mend: 'race the command against a timer, or move to redis 5 and set `socket: { socketTimeout: ms, reconnectStrategy }` and `pingInterval`',
    unmendable: true,
    sources: { expiry: EXPIRY, socket: '@redis/client@1.6.1 dist/lib/client/socket.js:104,129,176-177 (no other limit in it); run: a GET on a silent server was pending after 3 s', expiration: '@redis/client@1.6.1 dist/lib/commands/SET.js; run: set with `expiration` left a key without a time to live', names: '@redis/client@1.6.1 dist/lib/client/index.js, dist/lib/client/commands.js, dist/lib/cluster/index.js, dist/lib/cluster/commands.js' },
    verified: 'source+test',
  },
];
