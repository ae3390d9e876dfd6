import type { OperationModel } from './types.js';

// What each Redis command does and answers when the key is missing: it is the protocol's doing, so the
// clients share it. Written out, not computed: loading the models runs no code.

const READ_OR_NULL = { effect: 'read', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const READ_OR_EMPTY_OBJECT = { effect: 'read', empty: { path: '', value: '{}' } } as const satisfies OperationModel;
const READ_OR_EMPTY_LIST = { effect: 'read', empty: { path: '', value: '[]' } } as const satisfies OperationModel;
const READ_OR_EMPTY_TEXT = { effect: 'read', empty: { path: '', value: "''" } } as const satisfies OperationModel;
const READ = { effect: 'read' } as const satisfies OperationModel;
const WRITE_OR_NULL = { effect: 'write', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const WRITE = { effect: 'write' } as const satisfies OperationModel;
const BLOCKING_POP = { effect: 'write', mode: 'blocking', empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const BLOCKING = { effect: 'none', mode: 'blocking' } as const satisfies OperationModel;
const READ_STREAM = { effect: 'read', blockingWhen: { argument: 'BLOCK' }, empty: { path: '', value: 'null' } } as const satisfies OperationModel;
const READ_GROUP = { effect: 'write', blockingWhen: { argument: 'BLOCK' }, empty: { path: '', value: 'null' } } as const satisfies OperationModel;

/** By the names of ioredis: `hgetall`. */
export const LOWERCASE_COMMANDS: Readonly<Record<string, OperationModel>> = {
  get: READ_OR_NULL, getrange: READ_OR_EMPTY_TEXT, hget: READ_OR_NULL, hrandfield: READ_OR_NULL, lindex: READ_OR_NULL, lpos: READ_OR_NULL,
  zscore: READ_OR_NULL, zrank: READ_OR_NULL, zrevrank: READ_OR_NULL, srandmember: READ_OR_NULL, randomkey: READ_OR_NULL,
  geodist: READ_OR_NULL,
  hgetall: READ_OR_EMPTY_OBJECT,
  hkeys: READ_OR_EMPTY_LIST, hvals: READ_OR_EMPTY_LIST, smembers: READ_OR_EMPTY_LIST, sinter: READ_OR_EMPTY_LIST,
  sunion: READ_OR_EMPTY_LIST, sdiff: READ_OR_EMPTY_LIST, lrange: READ_OR_EMPTY_LIST, zrange: READ_OR_EMPTY_LIST,
  zrangebyscore: READ_OR_EMPTY_LIST, zrangebylex: READ_OR_EMPTY_LIST, xrange: READ_OR_EMPTY_LIST, xrevrange: READ_OR_EMPTY_LIST,
  keys: READ_OR_EMPTY_LIST,
  mget: READ, hmget: READ, smismember: READ, zmscore: READ, geopos: READ, geohash: READ, exists: READ, hexists: READ, hlen: READ,
  hstrlen: READ, sismember: READ, scard: READ, sintercard: READ, llen: READ, zcard: READ, zcount: READ, zlexcount: READ, xlen: READ,
  strlen: READ, bitcount: READ, bitpos: READ, getbit: READ, pfcount: READ, ttl: READ, pttl: READ, type: READ, dbsize: READ, lastsave: READ,
  time: READ, ping: READ, echo: READ, info: READ, scan: READ, hscan: READ, sscan: READ, zscan: READ, xinfo: READ, xpending: READ,
  dump: READ, touch: READ, lcs: READ,
  getdel: WRITE_OR_NULL, getex: WRITE_OR_NULL, getset: WRITE_OR_NULL, lpop: WRITE_OR_NULL, rpop: WRITE_OR_NULL, spop: WRITE_OR_NULL,
  rpoplpush: WRITE_OR_NULL, lmove: WRITE_OR_NULL, lmpop: WRITE_OR_NULL,
  zpopmin: WRITE, zpopmax: WRITE, set: WRITE, setex: WRITE, setnx: WRITE, psetex: WRITE, mset: WRITE, msetnx: WRITE, append: WRITE,
  incr: WRITE, incrby: WRITE, incrbyfloat: WRITE, decr: WRITE, decrby: WRITE, setrange: WRITE, setbit: WRITE, del: WRITE, unlink: WRITE,
  expire: WRITE, expireat: WRITE, pexpire: WRITE, pexpireat: WRITE, persist: WRITE, rename: WRITE, renamenx: WRITE, copy: WRITE,
  move: WRITE, restore: WRITE, sort: WRITE, hset: WRITE, hsetnx: WRITE, hmset: WRITE, hdel: WRITE, hincrby: WRITE, hincrbyfloat: WRITE,
  lpush: WRITE, lpushx: WRITE, rpush: WRITE, rpushx: WRITE, lset: WRITE, linsert: WRITE, lrem: WRITE, ltrim: WRITE, sadd: WRITE,
  srem: WRITE, smove: WRITE, sinterstore: WRITE, sunionstore: WRITE, sdiffstore: WRITE, zadd: WRITE, zrem: WRITE, zincrby: WRITE,
  zremrangebyscore: WRITE, zremrangebyrank: WRITE, zremrangebylex: WRITE, zunionstore: WRITE, zinterstore: WRITE, zrangestore: WRITE,
  xadd: WRITE, xack: WRITE, xdel: WRITE, xtrim: WRITE, xclaim: WRITE, xautoclaim: WRITE, xgroup: WRITE, geoadd: WRITE, pfadd: WRITE,
  pfmerge: WRITE, publish: WRITE, spublish: WRITE, flushall: WRITE, flushdb: WRITE, eval: WRITE, evalsha: WRITE, fcall: WRITE,
  blpop: BLOCKING_POP, brpop: BLOCKING_POP, brpoplpush: BLOCKING_POP, blmove: BLOCKING_POP, blmpop: BLOCKING_POP, bzpopmin: BLOCKING_POP,
  bzpopmax: BLOCKING_POP, bzmpop: BLOCKING_POP,
  wait: BLOCKING, monitor: BLOCKING, subscribe: BLOCKING, psubscribe: BLOCKING, ssubscribe: BLOCKING,
  xread: READ_STREAM,
  xreadgroup: READ_GROUP,
};

/** By the names of node-redis: `hGetAll`, and `HGETALL` for the same. */
export const CAMELCASE_COMMANDS: Readonly<Record<string, OperationModel>> = {
  get: READ_OR_NULL, GET: READ_OR_NULL, getRange: READ_OR_EMPTY_TEXT, GETRANGE: READ_OR_EMPTY_TEXT, hGet: READ_OR_NULL, HGET: READ_OR_NULL,
  hRandField: READ_OR_NULL, HRANDFIELD: READ_OR_NULL, lIndex: READ_OR_NULL, LINDEX: READ_OR_NULL, lPos: READ_OR_NULL, LPOS: READ_OR_NULL,
  zScore: READ_OR_NULL, ZSCORE: READ_OR_NULL, zRank: READ_OR_NULL, ZRANK: READ_OR_NULL, zRevRank: READ_OR_NULL, ZREVRANK: READ_OR_NULL,
  sRandMember: READ_OR_NULL, SRANDMEMBER: READ_OR_NULL, randomKey: READ_OR_NULL, RANDOMKEY: READ_OR_NULL, geoDist: READ_OR_NULL,
  GEODIST: READ_OR_NULL,
  hGetAll: READ_OR_EMPTY_OBJECT, HGETALL: READ_OR_EMPTY_OBJECT,
  hKeys: READ_OR_EMPTY_LIST, HKEYS: READ_OR_EMPTY_LIST, hVals: READ_OR_EMPTY_LIST, HVALS: READ_OR_EMPTY_LIST, sMembers: READ_OR_EMPTY_LIST,
  SMEMBERS: READ_OR_EMPTY_LIST, sInter: READ_OR_EMPTY_LIST, SINTER: READ_OR_EMPTY_LIST, sUnion: READ_OR_EMPTY_LIST,
  SUNION: READ_OR_EMPTY_LIST, sDiff: READ_OR_EMPTY_LIST, SDIFF: READ_OR_EMPTY_LIST, lRange: READ_OR_EMPTY_LIST, LRANGE: READ_OR_EMPTY_LIST,
  zRange: READ_OR_EMPTY_LIST, ZRANGE: READ_OR_EMPTY_LIST, zRangeByScore: READ_OR_EMPTY_LIST, ZRANGEBYSCORE: READ_OR_EMPTY_LIST,
  zRangeByLex: READ_OR_EMPTY_LIST, ZRANGEBYLEX: READ_OR_EMPTY_LIST, xRange: READ_OR_EMPTY_LIST, XRANGE: READ_OR_EMPTY_LIST,
  xRevRange: READ_OR_EMPTY_LIST, XREVRANGE: READ_OR_EMPTY_LIST, keys: READ_OR_EMPTY_LIST, KEYS: READ_OR_EMPTY_LIST,
  mGet: READ, MGET: READ, hmGet: READ, HMGET: READ, smIsMember: READ, SMISMEMBER: READ, zmScore: READ, ZMSCORE: READ, geoPos: READ,
  GEOPOS: READ, geoHash: READ, GEOHASH: READ, exists: READ, EXISTS: READ, hExists: READ, HEXISTS: READ, hLen: READ, HLEN: READ,
  hStrLen: READ, HSTRLEN: READ, sIsMember: READ, SISMEMBER: READ, sCard: READ, SCARD: READ, sInterCard: READ, SINTERCARD: READ, lLen: READ,
  LLEN: READ, zCard: READ, ZCARD: READ, zCount: READ, ZCOUNT: READ, zLexCount: READ, ZLEXCOUNT: READ, xLen: READ, XLEN: READ, strLen: READ,
  STRLEN: READ, bitCount: READ, BITCOUNT: READ, bitPos: READ, BITPOS: READ, getBit: READ, GETBIT: READ, pfCount: READ, PFCOUNT: READ,
  ttl: READ, TTL: READ, pTTL: READ, PTTL: READ, type: READ, TYPE: READ, dbSize: READ, DBSIZE: READ, lastSave: READ, LASTSAVE: READ,
  time: READ, TIME: READ, ping: READ, PING: READ, echo: READ, ECHO: READ, info: READ, INFO: READ, scan: READ, SCAN: READ, hScan: READ,
  HSCAN: READ, sScan: READ, SSCAN: READ, zScan: READ, ZSCAN: READ, xInfoStream: READ, XINFO_STREAM: READ, xPending: READ, XPENDING: READ,
  dump: READ, DUMP: READ, touch: READ, TOUCH: READ, lcs: READ, LCS: READ,
  getDel: WRITE_OR_NULL, GETDEL: WRITE_OR_NULL, getEx: WRITE_OR_NULL, GETEX: WRITE_OR_NULL, getSet: WRITE_OR_NULL, GETSET: WRITE_OR_NULL,
  lPop: WRITE_OR_NULL, LPOP: WRITE_OR_NULL, rPop: WRITE_OR_NULL, RPOP: WRITE_OR_NULL, sPop: WRITE_OR_NULL, SPOP: WRITE_OR_NULL,
  rPopLPush: WRITE_OR_NULL, RPOPLPUSH: WRITE_OR_NULL, lMove: WRITE_OR_NULL, LMOVE: WRITE_OR_NULL, lmPop: WRITE_OR_NULL,
  LMPOP: WRITE_OR_NULL,
  zPopMin: WRITE, ZPOPMIN: WRITE, zPopMax: WRITE, ZPOPMAX: WRITE, set: WRITE, SET: WRITE, setEx: WRITE, SETEX: WRITE, setNX: WRITE,
  SETNX: WRITE, pSetEx: WRITE, PSETEX: WRITE, mSet: WRITE, MSET: WRITE, mSetNX: WRITE, MSETNX: WRITE, append: WRITE, APPEND: WRITE,
  incr: WRITE, INCR: WRITE, incrBy: WRITE, INCRBY: WRITE, incrByFloat: WRITE, INCRBYFLOAT: WRITE, decr: WRITE, DECR: WRITE, decrBy: WRITE,
  DECRBY: WRITE, setRange: WRITE, SETRANGE: WRITE, setBit: WRITE, SETBIT: WRITE, del: WRITE, DEL: WRITE, unlink: WRITE, UNLINK: WRITE,
  expire: WRITE, EXPIRE: WRITE, expireAt: WRITE, EXPIREAT: WRITE, pExpire: WRITE, PEXPIRE: WRITE, pExpireAt: WRITE, PEXPIREAT: WRITE,
  persist: WRITE, PERSIST: WRITE, rename: WRITE, RENAME: WRITE, renameNX: WRITE, RENAMENX: WRITE, copy: WRITE, COPY: WRITE, move: WRITE,
  MOVE: WRITE, restore: WRITE, RESTORE: WRITE, sort: WRITE, SORT: WRITE, hSet: WRITE, HSET: WRITE, hSetNX: WRITE, HSETNX: WRITE,
  hDel: WRITE, HDEL: WRITE, hIncrBy: WRITE, HINCRBY: WRITE, hIncrByFloat: WRITE, HINCRBYFLOAT: WRITE,
  lPush: WRITE, LPUSH: WRITE, lPushX: WRITE, LPUSHX: WRITE, rPush: WRITE, RPUSH: WRITE, rPushX: WRITE, RPUSHX: WRITE, lSet: WRITE,
  LSET: WRITE, lInsert: WRITE, LINSERT: WRITE, lRem: WRITE, LREM: WRITE, lTrim: WRITE, LTRIM: WRITE, sAdd: WRITE, SADD: WRITE, sRem: WRITE,
  SREM: WRITE, sMove: WRITE, SMOVE: WRITE, sInterStore: WRITE, SINTERSTORE: WRITE, sUnionStore: WRITE, SUNIONSTORE: WRITE,
  sDiffStore: WRITE, SDIFFSTORE: WRITE, zAdd: WRITE, ZADD: WRITE, zRem: WRITE, ZREM: WRITE, zIncrBy: WRITE, ZINCRBY: WRITE,
  zRemRangeByScore: WRITE, ZREMRANGEBYSCORE: WRITE, zRemRangeByRank: WRITE, ZREMRANGEBYRANK: WRITE, zRemRangeByLex: WRITE,
  ZREMRANGEBYLEX: WRITE, zUnionStore: WRITE, ZUNIONSTORE: WRITE, zInterStore: WRITE, ZINTERSTORE: WRITE, zRangeStore: WRITE,
  ZRANGESTORE: WRITE, xAdd: WRITE, XADD: WRITE, xAck: WRITE, XACK: WRITE, xDel: WRITE, XDEL: WRITE, xTrim: WRITE, XTRIM: WRITE,
  xClaim: WRITE, XCLAIM: WRITE, xAutoClaim: WRITE, XAUTOCLAIM: WRITE, xGroupCreate: WRITE, XGROUP_CREATE: WRITE, geoAdd: WRITE,
  GEOADD: WRITE, pfAdd: WRITE, PFADD: WRITE, pfMerge: WRITE, PFMERGE: WRITE, publish: WRITE, PUBLISH: WRITE, sPublish: WRITE,
  SPUBLISH: WRITE, flushAll: WRITE, FLUSHALL: WRITE, flushDb: WRITE, FLUSHDB: WRITE, eval: WRITE, EVAL: WRITE, evalSha: WRITE,
  EVALSHA: WRITE, fCall: WRITE, FCALL: WRITE,
  blPop: BLOCKING_POP, BLPOP: BLOCKING_POP, brPop: BLOCKING_POP, BRPOP: BLOCKING_POP, brPopLPush: BLOCKING_POP, BRPOPLPUSH: BLOCKING_POP,
  blMove: BLOCKING_POP, BLMOVE: BLOCKING_POP, blmPop: BLOCKING_POP, BLMPOP: BLOCKING_POP, bzPopMin: BLOCKING_POP, BZPOPMIN: BLOCKING_POP,
  bzPopMax: BLOCKING_POP, BZPOPMAX: BLOCKING_POP, bzmPop: BLOCKING_POP, BZMPOP: BLOCKING_POP,
  wait: BLOCKING, WAIT: BLOCKING, monitor: BLOCKING, MONITOR: BLOCKING, subscribe: BLOCKING, SUBSCRIBE: BLOCKING, pSubscribe: BLOCKING,
  PSUBSCRIBE: BLOCKING, sSubscribe: BLOCKING, SSUBSCRIBE: BLOCKING,
  xRead: READ_STREAM, XREAD: READ_STREAM,
  xReadGroup: READ_GROUP, XREADGROUP: READ_GROUP,
};
