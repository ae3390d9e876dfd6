import { afterAll, describe, expect, it } from 'vitest';
import { cacheAccesses, sameEntry, type CacheAccess } from '../../src/facts/cache-access.js';
import { factsOfFile } from '../../src/facts/file-facts.js';
import { hitTestsOf } from '../../src/facts/hit-tests.js';
import { callsOf } from '../../src/facts/io-calls.js';
import { followRead } from '../../src/facts/read-values.js';
import { unboundedSites } from '../../src/facts/unbounded-sites.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram, type Program } from './support.js';

afterAll(removeTempProjects);

const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const accesses = (program: string | Program): readonly CacheAccess[] => cacheAccesses(openProgram(program));
const roles = (program: string | Program): string[] => accesses(program).map((access) => `${access.role} ${access.operation.name.split('.').at(-1)} ${access.holds}`);

describe('an access', () => {
  const cases: [sentence: string, program: string, expected: string[]][] = [
    ['of ioredis', `${REDIS}redis.get('a'); redis.set('a', '1', 'EX', 60); redis.del('a'); redis.expire('a', 60);`, ['read get text', 'write set text', 'delete del text', 'expire expire text']],
    ['of node-redis', "import { createClient } from 'redis';\nconst redis = createClient();\nredis.hGetAll('a'); redis.setEx('a', 60, '1');", ['read hGetAll text', 'write setEx text']],
    ['of a pipeline', `${REDIS}redis.pipeline().set('a', '1').expire('a', 60).get('a').del('b').exec();`, ['delete del text', 'expire expire text', 'write set text']],
    ['of lru-cache', "import { LRUCache } from 'lru-cache';\nconst c = new LRUCache({ max: 1 });\nc.get('a'); c.set('a', 1); c.delete('a');", ['read get reference', 'write set reference', 'delete delete reference']],
    ['of lru-cache 6', "import LRU from 'lru-cache';\nconst c = new LRU({ max: 1 });\nc.get('a');", ['read get reference']],
    ['of node-cache', "import NodeCache from 'node-cache';\nconst c = new NodeCache();\nc.get('a'); c.ttl('a', 5);", ['read get reference', 'expire ttl reference']],
    ['of cache-manager', "import { createCache } from 'cache-manager';\nconst c = createCache();\nc.get('a'); c.wrap('a', load);", ['read get json', 'wrap wrap json']],
    ['of cache-manager 5', "import { caching } from 'cache-manager';\nexport async function f() { const c = await caching('memory', {}); await c.get('a'); }", ['read get json']],
    ['of keyv', "import Keyv from 'keyv';\nconst c = new Keyv();\nc.get('a'); c.set('a', 1, 1000);", ['read get json', 'write set json']],
    ['of memjs', "import { Client } from 'memjs';\nconst c = Client.create();\nc.get('a'); c.set('a', 'b', { expires: 60 });", ['read get text', 'write set text']],
    ['of Upstash', "import { Redis } from '@upstash/redis';\nconst redis = Redis.fromEnv();\nredis.get('a'); redis.set('a', 1, { ex: 60 });", ['read get json', 'write set json']],
    ['of a Map is none', "const cache = new Map();\ncache.get('a'); cache.set('a', 1);", []],
    ['of a command that is no cache entry is none', `${REDIS}redis.publish('a', 'b'); redis.incr('cache');`, []],
  ];
  it.each(cases)('%s', (_sentence, program, expected) => {
    expect(roles(program).sort()).toEqual([...expected].sort());
  });

  it('through a function of the project has the key and value of the call', () => {
    const program = `${REDIS}const put = (id: string, value: unknown) => redis.set(\`user:\${id}\`, JSON.stringify(value), 'EX', 60);\nexport const save = (user: { id: string }) => put(user.id, user);`;
    const [, outer] = accesses(program);
    expect(outer).toMatchObject({ role: 'write', holds: 'json', through: ['put'] });
    expect(outer!.value?.node).toMatchObject({ type: 'Identifier', name: 'user' });
  });

  it('through a service of another file', () => {
    const service = "import type { Redis } from 'ioredis';\nexport class Cache {\n  constructor(private readonly redis: Redis) {}\n  async get(key: string) { const raw = await this.redis.get(key); return raw === null ? undefined : JSON.parse(raw); }\n}\n";
    const [read] = accesses({ main: "import { Cache } from './cache.js';\nexport class Users { constructor(private cache: Cache) {}\n  load(id: string) { return this.cache.get('user:' + id); } }", files: { 'src/cache.ts': service } });
    expect(read).toMatchObject({ role: 'read', parsed: true, holds: 'json', missing: { nullish: 1, instead: null }, hidesFailure: false });
  });

  it('through a function that hides the failure says so', () => {
    const hides = (body: string): boolean | undefined => accesses(`${REDIS}async function read(key: string) { ${body} }\nexport const load = (id: string) => read(id);`).find((access) => access.through.length > 0)?.hidesFailure;
    expect(hides('try { return await redis.get(key); } catch { return null; }')).toBe(true);
    expect(hides('return redis.get(key).catch(() => null);')).toBe(true);
    expect(hides('try { return await redis.get(key); } catch (error) { throw new Error("cache", { cause: error }); }')).toBe(false);
    expect(hides('return await redis.get(key);')).toBe(false);
  });

  it('through a function that gives back something else is none', () => {
    expect(roles(`${REDIS}async function load(key: string) { const raw = await redis.get(key); if (raw) return raw; return query(key); }\nexport const user = (id: string) => load(id);`)).toEqual(['read get text']);
  });

  it('ends in circles and in depth', () => {
    expect(roles(`${REDIS}const a = (k: string) => b(k);\nconst b = (k: string) => a(k) ?? redis.get(k);\nexport const c = () => a('x');`).length).toBeLessThan(10);
  });
});

describe('two accesses', () => {
  const same = (first: string, second: string, before = ''): boolean => {
    const [one, other] = accesses(`${REDIS}const other = new Redis();\nexport async function f(id: string, name: string) { ${before} await ${first}; await ${second}; }`);
    return sameEntry(one!, other!);
  };
  it.each([
    ['the same literal', "redis.get('a')", "redis.del('a')", true],
    ['other literals', "redis.get('a')", "redis.del('b')", false],
    ['the same template', 'redis.get(`a:${id}`)', 'redis.del(`a:${id}`)', true],
    ['a template and a sum', 'redis.get(`a:${id}`)', "redis.del('a:' + id)", true],
    ['other parts', 'redis.get(`a:${id}`)', 'redis.del(`a:${name}`)', false],
    ['the same call', 'redis.get(keyOf(id))', 'redis.del(keyOf(id))', true],
    ['the same field', "redis.hget('a', id)", "redis.hset('a', id, '1')", true],
    ['another field', "redis.hget('a', id)", "redis.hset('a', name, '1')", false],
    ['another client', "redis.get('a')", "other.del('a')", false],
    ['what cannot be named', 'redis.get(id ? id : name)', 'redis.del(id ? id : name)', false],
  ])('of %s', (_sentence, first, second, expected) => {
    expect(same(first, second)).toBe(expected);
  });
  it('of a constant and what it stands for', () => {
    expect(same('redis.get(key)', 'redis.del(`a:${id}`)', 'const key = `a:${id}`;')).toBe(true);
    expect(same('redis.get(key)', 'redis.del(key)', 'let key = id; key += name;')).toBe(true);
  });
});

describe('the value of a read', () => {
  const tests = (body: string): string[] => {
    const file = openProgram(`${REDIS}export async function f(id: string) { ${body} }`);
    const read = cacheAccesses(file).find((access) => access.role === 'read')!;
    const value = followRead(file, read.node, read.missing!.nullish);
    const found = hitTestsOf(read, value);
    return [...found.tests.map((test) => `${test.form} ${test.subject.level} ${test.hit.map((edge) => edge.kind).join()}`), ...(found.looksInside ? ['inside'] : []), ...(value.lost ? ['lost'] : [])];
  };
  it.each([
    ['truthiness', 'const c = await redis.get(id); if (c) return c;', ['truthy raw true']],
    ['its denial', 'const c = await redis.get(id); if (!c) return 1; return c;', ['truthy raw true']],
    ['null', 'const c = await redis.get(id); if (c === null) return 1;', ['null raw false']],
    ['undefined', 'const c = await redis.get(id); if (c !== undefined) return c;', ['undefined raw true']],
    ['typeof', "const c = await redis.get(id); if (typeof c === 'undefined') return 1;", ['undefined raw false']],
    ['either', 'const c = await redis.get(id); if (c != null) return c;', ['nullish raw true']],
    ['Boolean', 'const c = await redis.get(id); if (Boolean(c)) return c;', ['truthy raw true']],
    ['??', 'return (await redis.get(id)) ?? query(id);', ['nullish raw non-nullish']],
    ['||', 'return (await redis.get(id)) || query(id);', ['truthy raw true']],
    ['an assignment in the condition', 'let c; if ((c = await redis.get(id))) return c;', ['truthy raw true']],
    ['what was parsed', 'const c = JSON.parse((await redis.get(id))!); if (c) return c;', ['truthy parsed true']],
    ['what is parsed where it is there', 'const r = await redis.get(id); const c = r ? JSON.parse(r) : null; if (c) return c;', ['truthy raw true', 'truthy parsed true']],
    ['its length', 'const c = await redis.get(id); if (c && c.length > 2) return c;', ['truthy raw true', 'inside']],
    ['a schema', 'const c = await redis.get(id); if (!c) return 1; return schema.parse(c);', ['truthy raw true', 'inside']],
    ['an optional chain', 'const c = await redis.get(id); return c?.length;', []],
    ['nothing by a loop', 'const c = await redis.get(id); for (const x of c) if (x) return x;', ['lost']],
    ['another write of the variable', 'let c = await redis.get(id); c = query(id); if (c) return c;', []],
    ['a name for the condition', 'const c = await redis.get(id); const hit = c !== null; if (hit) return c;', ['null raw true']],
  ])('is tested for %s', (_sentence, body, expected) => {
    expect(tests(body)).toEqual(expected);
  });
});

describe('a cache in the process', () => {
  const program = "import { LRUCache } from 'lru-cache';\nimport NodeCache from 'node-cache';\nimport Keyv from 'keyv';\nimport { createCache } from 'cache-manager';\nexport const a = new LRUCache({ max: 1 }), b = new NodeCache(), c = new Keyv(), d = createCache();\nexport const f = () => [a.get('x'), b.get('x'), c.get('x'), d.get('x')];";
  it('is asked for no time limit', () => {
    const file = openProgram(program);
    expect(unboundedSites(file)).toEqual([]);
    expect(factsOfFile(file).timeBounds()).toEqual([]);
    expect(factsOfFile(file).wholeClients()).toEqual([]);
  });
  it('has its accesses all the same', () => {
    expect(callsOf(openProgram(program)).local).toHaveLength(4);
  });
});
