import { REDIS_REPEAT } from '../repeat-names.js';
import type { ClientModel, ClientShape, OperationModel } from '../types.js';

// Answers are read as JSON where they are JSON, so values come back as they were written.
const GET = { effect: 'read', empty: { path: '', value: 'null' }, cache: { role: 'read', holds: 'json' } } as const satisfies OperationModel;
const LIST = { effect: 'read', empty: { path: '', value: '[]' }, cache: { role: 'read', holds: 'json' } } as const satisfies OperationModel;

const REDIS: ClientShape = {
  title: 'Upstash Redis client',
  perCall: false,
  types: ['Redis'],
  harmless: ['use', 'createScript', 'enableTelemetry'],
  operations: {
    '*': { effect: 'unknown' },
    get: GET,
    getex: GET,
    hget: { ...GET, cache: { ...GET.cache, field: { at: [1] } } },
    // Other than the command itself, the client answers null for a hash that is missing.
    hgetall: GET,
    smembers: LIST,
    lrange: LIST,
    mget: { effect: 'read', empty: { path: '[0]', value: 'null' }, cache: { role: 'read', holds: 'json' } },
    set: { effect: 'write', cache: { role: 'write', value: { at: [1] }, holds: 'json', ttl: [{ argument: { at: [2], path: 'ex' }, unit: 's' }, { argument: { at: [2], path: 'px' }, unit: 'ms' }, { argument: { at: [2], path: 'exat' }, unit: 'epoch-s' }, { argument: { at: [2], path: 'pxat' }, unit: 'epoch-ms' }], keepsTtl: [{ argument: { at: [2], path: 'keepTtl' } }], unlessThere: [{ argument: { at: [2], path: 'nx' } }] } },
    setex: { effect: 'write', cache: { role: 'write', value: { at: [2] }, holds: 'json', ttl: [{ argument: { at: [1] }, unit: 's' }] } },
    del: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    unlink: { effect: 'write', cache: { role: 'delete', holds: 'json' } },
    expire: { effect: 'write', cache: { role: 'expire', holds: 'json', ttl: [{ argument: { at: [1] }, unit: 's' }] } },
    pexpire: { effect: 'write', cache: { role: 'expire', holds: 'json', ttl: [{ argument: { at: [1] }, unit: 'ms' }] } },
    expireat: { effect: 'write', cache: { role: 'expire', holds: 'json', ttl: [{ argument: { at: [1] }, unit: 'epoch-s' }] } },
    persist: { effect: 'write', cache: { role: 'persist', holds: 'json' } },
    keys: { effect: 'read', empty: { path: '', value: '[]' }, keyspace: { does: 'lists', command: 'KEYS' } },
    scan: { effect: 'read', keyspace: { does: 'walks', command: 'SCAN', narrowedBy: [{ argument: { at: [1], path: 'match' } }, { argument: { at: [1], path: 'type' } }] } },
    flushall: { effect: 'write', keyspace: { does: 'empties', command: 'FLUSHALL' } },
    flushdb: { effect: 'write', keyspace: { does: 'empties', command: 'FLUSHDB' } },
  },
  members: { pipeline: { is: 'factory', makes: 'pipeline' }, multi: { is: 'factory', makes: 'pipeline' } },
};

const shared = {
  title: '@upstash/redis',
  kind: 'cache',
  packages: ['@upstash/redis'],
  exports: { Redis: { is: 'class', makes: 'redis', options: { at: [0] } }, 'Redis.fromEnv': { is: 'factory', makes: 'redis', options: { at: [0] } } },
  clients: { redis: REDIS, pipeline: { title: 'Upstash pipeline', perCall: false, operations: { exec: { effect: 'unknown' } } } },
  bounds: [],
  expiry: { options: [], source: 'expiry' },
  retry: { retries: 5, option: 'retry.retries', methods: 'all', afterReply: [], backoff: 'exponential', jitter: false, source: 'request' },
  repeat: REDIS_REPEAT,
  unbounded: 'waits as long as fetch does, which in Node is 300 s for the headers, and tries five times more',
  unboundedElsewhere: 'waits as long as fetch does, and tries five times more',
  verified: 'source',
} as const satisfies Partial<ClientModel>;

export const models: readonly ClientModel[] = [
  {
    ...shared,
    id: 'upstash-redis',
    versions: '>=1.35.1',
    checked: ['1.35.1', '1.36.0', '1.39.0'],
    signal: { path: 'signal', at: ['client'], source: 'request' },
    mend: 'give the client a function for `signal` that makes a new one for each request: `signal: () => AbortSignal.timeout(ms)`',
    sources: {
      expiry: 'SET without ex or px keeps the key until it is deleted: the command reference, redis.io/commands/set; @upstash/redis@1.39.0 chunk-4WQYU7T6.mjs:1769 adds no option of its own',
      request: '@upstash/redis@1.39.0 chunk-4WQYU7T6.mjs HttpClient (a signal that is no function makes an aborted request answer its reason as the result)',
      empty: '@upstash/redis@1.39.0 chunk-4WQYU7T6.mjs hgetall and hmget: null where nothing is there; get as Redis',
    },
  },
  {
    ...shared,
    id: 'upstash-redis-1.35',
    versions: '<1.35.1',
    checked: ['1.22.1', '1.34.9', '1.35.0'],
    mend: 'move to @upstash/redis 1.35.1 and give the client a function for `signal` (`signal: () => AbortSignal.timeout(ms)`), or race the command against a timer',
    sources: {
      expiry: 'SET without ex or px keeps the key until it is deleted: the command reference, redis.io/commands/set; @upstash/redis@1.34.9 chunk-TZPYH7UX.mjs adds no option of its own',
      request: '@upstash/redis@1.22.1 script/pkg/http.js:53 (5 repetitions, no signal), @upstash/redis@1.34.9 chunk-TZPYH7UX.mjs:124-152 (one signal for all requests, and an aborted one answers its reason)',
      empty: '@upstash/redis@1.34.9 chunk-TZPYH7UX.mjs hgetall and hmget: null where nothing is there; get as Redis',
    },
    // One signal for the whole life of the client bounds no call of it.
    unmendable: true,
  },
];
