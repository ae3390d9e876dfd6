import type { CommandModel, OperationModel } from './types.js';

// What each Redis command does and answers when the key is missing: it is the protocol's doing, so the
// clients share it. Written out, not computed: loading the models runs no code.

const TEXT = { role: 'read', holds: 'text' } as const;
const GET = { effect: 'read', empty: { path: '', value: 'null' }, cache: TEXT } as const satisfies OperationModel;
const GET_AND_WRITE = { effect: 'write', empty: { path: '', value: 'null' }, cache: TEXT } as const satisfies OperationModel;
const GET_FIELD = { effect: 'read', empty: { path: '', value: 'null' }, cache: { ...TEXT, field: { at: [1] } } } as const satisfies OperationModel;
const GET_HASH = { effect: 'read', empty: { path: '', value: '{}' }, cache: TEXT } as const satisfies OperationModel;
const GET_LIST = { effect: 'read', empty: { path: '', value: '[]' }, cache: TEXT } as const satisfies OperationModel;
// One answer a key: null for each that is missing.
const GET_MANY = { effect: 'read', empty: { path: '[0]', value: 'null' }, cache: TEXT } as const satisfies OperationModel;
const PUT = { role: 'write', value: { at: [1] }, holds: 'text' } as const;
const SET = {
  effect: 'write',
  cache: { ...PUT, ttl: [{ word: 'EX', unit: 's' }, { word: 'PX', unit: 'ms' }, { word: 'EXAT', unit: 'epoch-s' }, { word: 'PXAT', unit: 'epoch-ms' }], keepsTtl: [{ word: 'KEEPTTL' }], unlessThere: [{ word: 'NX' }] },
} as const satisfies OperationModel;
const SET_BY_OPTIONS = {
  effect: 'write',
  cache: {
    ...PUT,
    ttl: [
      { argument: { at: [2], path: 'EX' }, unit: 's' }, { argument: { at: [2], path: 'PX' }, unit: 'ms' }, { argument: { at: [2], path: 'EXAT' }, unit: 'epoch-s' },
      { argument: { at: [2], path: 'PXAT' }, unit: 'epoch-ms' }, { argument: { at: [2], path: 'expiration.value' }, unit: 's' },
    ],
    keepsTtl: [{ argument: { at: [2], path: 'KEEPTTL' } }, { argument: { at: [2], path: 'expiration' } }],
    unlessThere: [{ argument: { at: [2], path: 'NX' } }, { argument: { at: [2], path: 'condition' } }],
  },
} as const satisfies OperationModel;
const SET_PLAIN = { effect: 'write', cache: PUT } as const satisfies OperationModel;
const SET_EX = { effect: 'write', cache: { role: 'write', value: { at: [2] }, holds: 'text', ttl: [{ argument: { at: [1] }, unit: 's' }] } } as const satisfies OperationModel;
const SET_PX = { effect: 'write', cache: { role: 'write', value: { at: [2] }, holds: 'text', ttl: [{ argument: { at: [1] }, unit: 'ms' }] } } as const satisfies OperationModel;
const SET_FIELD = { effect: 'write', cache: { role: 'write', field: { at: [1] }, value: { at: [2] }, holds: 'text' } } as const satisfies OperationModel;
const ADD_MEMBERS = { effect: 'write', cache: PUT } as const satisfies OperationModel;
const DELETE = { effect: 'write', cache: { role: 'delete', holds: 'text' } } as const satisfies OperationModel;
const DELETE_FIELD = { effect: 'write', cache: { role: 'delete', field: { at: [1] }, holds: 'text' } } as const satisfies OperationModel;
const EXPIRE = { effect: 'write', cache: { role: 'expire', holds: 'text', ttl: [{ argument: { at: [1] }, unit: 's' }] } } as const satisfies OperationModel;
const PEXPIRE = { effect: 'write', cache: { role: 'expire', holds: 'text', ttl: [{ argument: { at: [1] }, unit: 'ms' }] } } as const satisfies OperationModel;
const EXPIRE_AT = { effect: 'write', cache: { role: 'expire', holds: 'text', ttl: [{ argument: { at: [1] }, unit: 'epoch-s' }] } } as const satisfies OperationModel;
const PEXPIRE_AT = { effect: 'write', cache: { role: 'expire', holds: 'text', ttl: [{ argument: { at: [1] }, unit: 'epoch-ms' }] } } as const satisfies OperationModel;
// It stays, which somebody wants.
const PERSIST = { effect: 'write', cache: { role: 'persist', holds: 'text' } } as const satisfies OperationModel;

const READ_OR_NULL = { effect: 'read', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const READ_OR_EMPTY_LIST = { effect: 'read', empty: { path: '', value: '[]' } } as const satisfies OperationModel;
const READ_OR_EMPTY_TEXT = { effect: 'read', empty: { path: '', value: "''" } } as const satisfies OperationModel;
const READ = { effect: 'read' } as const satisfies OperationModel;
const WRITE_OR_NULL = { effect: 'write', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const WRITE = { effect: 'write' } as const satisfies OperationModel;
const LIST_KEYS = { effect: 'read', empty: { path: '', value: '[]' }, keyspace: { does: 'lists', command: 'KEYS' } } as const satisfies OperationModel;
const SCAN = { effect: 'read', keyspace: { does: 'walks', command: 'SCAN', narrowedBy: [{ word: 'MATCH' }, { word: 'TYPE' }] } } as const satisfies OperationModel;
const SCAN_BY_OPTIONS = {
  effect: 'read',
  keyspace: { does: 'walks', command: 'SCAN', narrowedBy: [{ argument: { at: [1], path: 'MATCH' } }, { argument: { at: [1], path: 'TYPE' } }] },
} as const satisfies OperationModel;
const FLUSH_ALL = { effect: 'write', keyspace: { does: 'empties', command: 'FLUSHALL' } } as const satisfies OperationModel;
const FLUSH_DB = { effect: 'write', keyspace: { does: 'empties', command: 'FLUSHDB' } } as const satisfies OperationModel;
const MONITOR = { effect: 'none', mode: 'blocking', keyspace: { does: 'watches', command: 'MONITOR' } } as const satisfies OperationModel;
const BLOCKING_POP = { effect: 'write', mode: 'blocking', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const BLOCKING = { effect: 'none', mode: 'blocking' } as const satisfies OperationModel;
const READ_STREAM = { effect: 'read', blockingWhen: { argument: 'BLOCK' }, empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const READ_GROUP = { effect: 'write', blockingWhen: { argument: 'BLOCK' }, empty: { path: '', value: 'null' } } as const satisfies OperationModel;

/** By the names of ioredis: `hgetall`. */
export const LOWERCASE_COMMANDS: Readonly<Record<string, OperationModel>> = {
  get: GET, getrange: READ_OR_EMPTY_TEXT, hget: GET_FIELD, hrandfield: READ_OR_NULL, lindex: READ_OR_NULL, lpos: READ_OR_NULL,
  zscore: READ_OR_NULL, zrank: READ_OR_NULL, zrevrank: READ_OR_NULL, srandmember: READ_OR_NULL, randomkey: READ_OR_NULL,
  geodist: READ_OR_NULL,
  hgetall: GET_HASH,
  hkeys: GET_LIST, hvals: GET_LIST, smembers: GET_LIST, sinter: READ_OR_EMPTY_LIST,
  sunion: READ_OR_EMPTY_LIST, sdiff: READ_OR_EMPTY_LIST, lrange: GET_LIST, zrange: GET_LIST,
  zrangebyscore: GET_LIST, zrangebylex: READ_OR_EMPTY_LIST, xrange: READ_OR_EMPTY_LIST, xrevrange: READ_OR_EMPTY_LIST,
  keys: LIST_KEYS,
  mget: GET_MANY, hmget: GET_MANY, smismember: READ, zmscore: READ, geopos: READ, geohash: READ, exists: READ, hexists: READ, hlen: READ,
  hstrlen: READ, sismember: READ, scard: READ, sintercard: READ, llen: READ, zcard: READ, zcount: READ, zlexcount: READ, xlen: READ,
  strlen: READ, bitcount: READ, bitpos: READ, getbit: READ, pfcount: READ, ttl: READ, pttl: READ, type: READ, dbsize: READ, lastsave: READ,
  time: READ, ping: READ, echo: READ, info: READ, scan: SCAN, hscan: READ, sscan: READ, zscan: READ, xinfo: READ, xpending: READ,
  dump: READ, touch: READ, lcs: READ,
  getdel: WRITE_OR_NULL, getex: GET_AND_WRITE, getset: GET_AND_WRITE, lpop: WRITE_OR_NULL, rpop: WRITE_OR_NULL, spop: WRITE_OR_NULL,
  rpoplpush: WRITE_OR_NULL, lmove: WRITE_OR_NULL, lmpop: WRITE_OR_NULL,
  zpopmin: WRITE, zpopmax: WRITE, set: SET, setex: SET_EX, setnx: SET_PLAIN, psetex: SET_PX, mset: WRITE, msetnx: WRITE, append: WRITE,
  incr: WRITE, incrby: WRITE, incrbyfloat: WRITE, decr: WRITE, decrby: WRITE, setrange: WRITE, setbit: WRITE, del: DELETE, unlink: DELETE,
  expire: EXPIRE, expireat: EXPIRE_AT, pexpire: PEXPIRE, pexpireat: PEXPIRE_AT, persist: PERSIST, rename: WRITE, renamenx: WRITE, copy: WRITE,
  move: WRITE, restore: WRITE, sort: WRITE, hset: SET_FIELD, hsetnx: WRITE, hmset: SET_PLAIN, hdel: DELETE_FIELD, hincrby: WRITE, hincrbyfloat: WRITE,
  lpush: ADD_MEMBERS, lpushx: WRITE, rpush: ADD_MEMBERS, rpushx: WRITE, lset: WRITE, linsert: WRITE, lrem: WRITE, ltrim: WRITE, sadd: ADD_MEMBERS,
  srem: WRITE, smove: WRITE, sinterstore: WRITE, sunionstore: WRITE, sdiffstore: WRITE, zadd: WRITE, zrem: WRITE, zincrby: WRITE,
  zremrangebyscore: WRITE, zremrangebyrank: WRITE, zremrangebylex: WRITE, zunionstore: WRITE, zinterstore: WRITE, zrangestore: WRITE,
  xadd: WRITE, xack: WRITE, xdel: WRITE, xtrim: WRITE, xclaim: WRITE, xautoclaim: WRITE, xgroup: WRITE, geoadd: WRITE, pfadd: WRITE,
  pfmerge: WRITE, publish: WRITE, spublish: WRITE, flushall: FLUSH_ALL, flushdb: FLUSH_DB, eval: WRITE, evalsha: WRITE, fcall: WRITE,
  blpop: BLOCKING_POP, brpop: BLOCKING_POP, brpoplpush: BLOCKING_POP, blmove: BLOCKING_POP, blmpop: BLOCKING_POP, bzpopmin: BLOCKING_POP,
  bzpopmax: BLOCKING_POP, bzmpop: BLOCKING_POP,
  wait: BLOCKING, monitor: MONITOR, subscribe: BLOCKING, psubscribe: BLOCKING, ssubscribe: BLOCKING,
  xread: READ_STREAM,
  xreadgroup: READ_GROUP,
};

/** By the names of node-redis: `hGetAll`, and `HGETALL` for the same. */
export const CAMELCASE_COMMANDS: Readonly<Record<string, OperationModel>> = {
  get: GET, GET: GET, getRange: READ_OR_EMPTY_TEXT, GETRANGE: READ_OR_EMPTY_TEXT, hGet: GET_FIELD, HGET: GET_FIELD,
  hRandField: READ_OR_NULL, HRANDFIELD: READ_OR_NULL, lIndex: READ_OR_NULL, LINDEX: READ_OR_NULL, lPos: READ_OR_NULL, LPOS: READ_OR_NULL,
  zScore: READ_OR_NULL, ZSCORE: READ_OR_NULL, zRank: READ_OR_NULL, ZRANK: READ_OR_NULL, zRevRank: READ_OR_NULL, ZREVRANK: READ_OR_NULL,
  sRandMember: READ_OR_NULL, SRANDMEMBER: READ_OR_NULL, randomKey: READ_OR_NULL, RANDOMKEY: READ_OR_NULL, geoDist: READ_OR_NULL,
  GEODIST: READ_OR_NULL,
  hGetAll: GET_HASH, HGETALL: GET_HASH,
  hKeys: GET_LIST, HKEYS: GET_LIST, hVals: GET_LIST, HVALS: GET_LIST, sMembers: GET_LIST,
  SMEMBERS: GET_LIST, sInter: READ_OR_EMPTY_LIST, SINTER: READ_OR_EMPTY_LIST, sUnion: READ_OR_EMPTY_LIST,
  SUNION: READ_OR_EMPTY_LIST, sDiff: READ_OR_EMPTY_LIST, SDIFF: READ_OR_EMPTY_LIST, lRange: GET_LIST, LRANGE: GET_LIST,
  zRange: GET_LIST, ZRANGE: GET_LIST, zRangeByScore: GET_LIST, ZRANGEBYSCORE: GET_LIST,
  zRangeByLex: READ_OR_EMPTY_LIST, ZRANGEBYLEX: READ_OR_EMPTY_LIST, xRange: READ_OR_EMPTY_LIST, XRANGE: READ_OR_EMPTY_LIST,
  xRevRange: READ_OR_EMPTY_LIST, XREVRANGE: READ_OR_EMPTY_LIST, keys: LIST_KEYS, KEYS: LIST_KEYS,
  mGet: GET_MANY, MGET: GET_MANY, hmGet: GET_MANY, HMGET: GET_MANY, smIsMember: READ, SMISMEMBER: READ, zmScore: READ, ZMSCORE: READ, geoPos: READ,
  GEOPOS: READ, geoHash: READ, GEOHASH: READ, exists: READ, EXISTS: READ, hExists: READ, HEXISTS: READ, hLen: READ, HLEN: READ,
  hStrLen: READ, HSTRLEN: READ, sIsMember: READ, SISMEMBER: READ, sCard: READ, SCARD: READ, sInterCard: READ, SINTERCARD: READ, lLen: READ,
  LLEN: READ, zCard: READ, ZCARD: READ, zCount: READ, ZCOUNT: READ, zLexCount: READ, ZLEXCOUNT: READ, xLen: READ, XLEN: READ, strLen: READ,
  STRLEN: READ, bitCount: READ, BITCOUNT: READ, bitPos: READ, BITPOS: READ, getBit: READ, GETBIT: READ, pfCount: READ, PFCOUNT: READ,
  ttl: READ, TTL: READ, pTTL: READ, PTTL: READ, type: READ, TYPE: READ, dbSize: READ, DBSIZE: READ, lastSave: READ, LASTSAVE: READ,
  time: READ, TIME: READ, ping: READ, PING: READ, echo: READ, ECHO: READ, info: READ, INFO: READ, scan: SCAN_BY_OPTIONS, SCAN: SCAN_BY_OPTIONS, hScan: READ,
  HSCAN: READ, sScan: READ, SSCAN: READ, zScan: READ, ZSCAN: READ, xInfoStream: READ, XINFO_STREAM: READ, xPending: READ, XPENDING: READ,
  dump: READ, DUMP: READ, touch: READ, TOUCH: READ, lcs: READ, LCS: READ,
  getDel: WRITE_OR_NULL, GETDEL: WRITE_OR_NULL, getEx: GET_AND_WRITE, GETEX: GET_AND_WRITE, getSet: GET_AND_WRITE, GETSET: GET_AND_WRITE,
  lPop: WRITE_OR_NULL, LPOP: WRITE_OR_NULL, rPop: WRITE_OR_NULL, RPOP: WRITE_OR_NULL, sPop: WRITE_OR_NULL, SPOP: WRITE_OR_NULL,
  rPopLPush: WRITE_OR_NULL, RPOPLPUSH: WRITE_OR_NULL, lMove: WRITE_OR_NULL, LMOVE: WRITE_OR_NULL, lmPop: WRITE_OR_NULL,
  LMPOP: WRITE_OR_NULL,
  zPopMin: WRITE, ZPOPMIN: WRITE, zPopMax: WRITE, ZPOPMAX: WRITE, set: SET_BY_OPTIONS, SET: SET_BY_OPTIONS, setEx: SET_EX, SETEX: SET_EX, setNX: SET_PLAIN,
  SETNX: SET_PLAIN, pSetEx: SET_PX, PSETEX: SET_PX, mSet: WRITE, MSET: WRITE, mSetNX: WRITE, MSETNX: WRITE, append: WRITE, APPEND: WRITE,
  incr: WRITE, INCR: WRITE, incrBy: WRITE, INCRBY: WRITE, incrByFloat: WRITE, INCRBYFLOAT: WRITE, decr: WRITE, DECR: WRITE, decrBy: WRITE,
  DECRBY: WRITE, setRange: WRITE, SETRANGE: WRITE, setBit: WRITE, SETBIT: WRITE, del: DELETE, DEL: DELETE, unlink: DELETE, UNLINK: DELETE,
  expire: EXPIRE, EXPIRE: EXPIRE, expireAt: EXPIRE_AT, EXPIREAT: EXPIRE_AT, pExpire: PEXPIRE, PEXPIRE: PEXPIRE, pExpireAt: PEXPIRE_AT, PEXPIREAT: PEXPIRE_AT,
  persist: PERSIST, PERSIST: PERSIST, rename: WRITE, RENAME: WRITE, renameNX: WRITE, RENAMENX: WRITE, copy: WRITE, COPY: WRITE, move: WRITE,
  MOVE: WRITE, restore: WRITE, RESTORE: WRITE, sort: WRITE, SORT: WRITE, hSet: SET_FIELD, HSET: SET_FIELD, hSetNX: WRITE, HSETNX: WRITE,
  hDel: DELETE_FIELD, HDEL: DELETE_FIELD, hIncrBy: WRITE, HINCRBY: WRITE, hIncrByFloat: WRITE, HINCRBYFLOAT: WRITE,
  lPush: ADD_MEMBERS, LPUSH: ADD_MEMBERS, lPushX: WRITE, LPUSHX: WRITE, rPush: ADD_MEMBERS, RPUSH: ADD_MEMBERS, rPushX: WRITE, RPUSHX: WRITE, lSet: WRITE,
  LSET: WRITE, lInsert: WRITE, LINSERT: WRITE, lRem: WRITE, LREM: WRITE, lTrim: WRITE, LTRIM: WRITE, sAdd: ADD_MEMBERS, SADD: ADD_MEMBERS, sRem: WRITE,
  SREM: WRITE, sMove: WRITE, SMOVE: WRITE, sInterStore: WRITE, SINTERSTORE: WRITE, sUnionStore: WRITE, SUNIONSTORE: WRITE,
  sDiffStore: WRITE, SDIFFSTORE: WRITE, zAdd: WRITE, ZADD: WRITE, zRem: WRITE, ZREM: WRITE, zIncrBy: WRITE, ZINCRBY: WRITE,
  zRemRangeByScore: WRITE, ZREMRANGEBYSCORE: WRITE, zRemRangeByRank: WRITE, ZREMRANGEBYRANK: WRITE, zRemRangeByLex: WRITE,
  ZREMRANGEBYLEX: WRITE, zUnionStore: WRITE, ZUNIONSTORE: WRITE, zInterStore: WRITE, ZINTERSTORE: WRITE, zRangeStore: WRITE,
  ZRANGESTORE: WRITE, xAdd: WRITE, XADD: WRITE, xAck: WRITE, XACK: WRITE, xDel: WRITE, XDEL: WRITE, xTrim: WRITE, XTRIM: WRITE,
  xClaim: WRITE, XCLAIM: WRITE, xAutoClaim: WRITE, XAUTOCLAIM: WRITE, xGroupCreate: WRITE, XGROUP_CREATE: WRITE, geoAdd: WRITE,
  GEOADD: WRITE, pfAdd: WRITE, PFADD: WRITE, pfMerge: WRITE, PFMERGE: WRITE, publish: WRITE, PUBLISH: WRITE, sPublish: WRITE,
  SPUBLISH: WRITE, flushAll: FLUSH_ALL, FLUSHALL: FLUSH_ALL, flushDb: FLUSH_DB, FLUSHDB: FLUSH_DB, eval: WRITE, EVAL: WRITE, evalSha: WRITE,
  EVALSHA: WRITE, fCall: WRITE, FCALL: WRITE,
  blPop: BLOCKING_POP, BLPOP: BLOCKING_POP, brPop: BLOCKING_POP, BRPOP: BLOCKING_POP, brPopLPush: BLOCKING_POP, BRPOPLPUSH: BLOCKING_POP,
  blMove: BLOCKING_POP, BLMOVE: BLOCKING_POP, blmPop: BLOCKING_POP, BLMPOP: BLOCKING_POP, bzPopMin: BLOCKING_POP, BZPOPMIN: BLOCKING_POP,
  bzPopMax: BLOCKING_POP, BZPOPMAX: BLOCKING_POP, bzmPop: BLOCKING_POP, BZMPOP: BLOCKING_POP,
  wait: BLOCKING, WAIT: BLOCKING, monitor: MONITOR, MONITOR: MONITOR, subscribe: BLOCKING, SUBSCRIBE: BLOCKING, pSubscribe: BLOCKING,
  PSUBSCRIBE: BLOCKING, sSubscribe: BLOCKING, SSUBSCRIBE: BLOCKING,
  xRead: READ_STREAM, XREAD: READ_STREAM,
  xReadGroup: READ_GROUP, XREADGROUP: READ_GROUP,
};

const COLLECTED = { effect: 'none', collected: true } as const satisfies OperationModel;

/** Commands of a pipeline: what they write is known, what they read comes with `exec`. */
export const LOWERCASE_PIPELINE: Readonly<Record<string, OperationModel>> = {
  '*': COLLECTED,
  set: { ...SET, ...COLLECTED }, setex: { ...SET_EX, ...COLLECTED }, psetex: { ...SET_PX, ...COLLECTED }, setnx: { ...SET_PLAIN, ...COLLECTED },
  hset: { ...SET_FIELD, ...COLLECTED }, hmset: { ...SET_PLAIN, ...COLLECTED }, sadd: { ...ADD_MEMBERS, ...COLLECTED }, rpush: { ...ADD_MEMBERS, ...COLLECTED },
  lpush: { ...ADD_MEMBERS, ...COLLECTED }, del: { ...DELETE, ...COLLECTED }, unlink: { ...DELETE, ...COLLECTED }, expire: { ...EXPIRE, ...COLLECTED },
  pexpire: { ...PEXPIRE, ...COLLECTED }, expireat: { ...EXPIRE_AT, ...COLLECTED }, pexpireat: { ...PEXPIRE_AT, ...COLLECTED }, persist: { ...PERSIST, ...COLLECTED },
  keys: { keyspace: LIST_KEYS.keyspace, ...COLLECTED }, scan: { ...SCAN, ...COLLECTED }, flushall: { ...FLUSH_ALL, ...COLLECTED }, flushdb: { ...FLUSH_DB, ...COLLECTED },
};

/** The same by the names of node-redis. */
export const CAMELCASE_PIPELINE: Readonly<Record<string, OperationModel>> = {
  '*': COLLECTED,
  set: { ...SET_BY_OPTIONS, ...COLLECTED }, setEx: { ...SET_EX, ...COLLECTED }, pSetEx: { ...SET_PX, ...COLLECTED }, setNX: { ...SET_PLAIN, ...COLLECTED },
  hSet: { ...SET_FIELD, ...COLLECTED }, sAdd: { ...ADD_MEMBERS, ...COLLECTED }, rPush: { ...ADD_MEMBERS, ...COLLECTED }, lPush: { ...ADD_MEMBERS, ...COLLECTED },
  del: { ...DELETE, ...COLLECTED }, unlink: { ...DELETE, ...COLLECTED }, expire: { ...EXPIRE, ...COLLECTED }, pExpire: { ...PEXPIRE, ...COLLECTED },
  expireAt: { ...EXPIRE_AT, ...COLLECTED }, pExpireAt: { ...PEXPIRE_AT, ...COLLECTED }, persist: { ...PERSIST, ...COLLECTED },
  keys: { keyspace: LIST_KEYS.keyspace, ...COLLECTED }, scan: { ...SCAN_BY_OPTIONS, ...COLLECTED }, flushAll: { ...FLUSH_ALL, ...COLLECTED }, flushDb: { ...FLUSH_DB, ...COLLECTED },
};

/** The same commands sent by one method that takes their name: what is said of a command alone. */
export function asCommands(operations: Readonly<Record<string, OperationModel>>): Readonly<Record<string, CommandModel>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, { effect, mode, blockingWhen, empty, keyspace }]): [string, CommandModel] => [
      name,
      { effect, ...(mode === undefined ? {} : { mode }), ...(blockingWhen === undefined ? {} : { blockingWhen }), ...(empty === undefined ? {} : { empty }), ...(keyspace === undefined ? {} : { keyspace }) },
    ]),
  );
}
