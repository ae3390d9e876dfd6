import { afterAll, describe, expect, it } from 'vitest';
import { NULL, UNDEFINED } from '../../src/analysis/narrowing.js';
import { cacheAccesses, sameEntry, type CacheAccess } from '../../src/facts/cache-access.js';
import { factsOfFile } from '../../src/facts/file-facts.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram, type Program } from './support.js';

afterAll(removeTempProjects);

const accesses = (program: Program): readonly CacheAccess[] => cacheAccesses(openProgram({ installed: { ioredis: '5.11.1', 'node-cache': '5.1.2' }, ...program }));
const roles = (program: Program): string[] => accesses(program).map((access) => `${access.role} ${access.operation.model.id}`);
const lines = (program: Program): string[] => {
  const file = openProgram(program);
  return factsOfFile(file).errorFills().map((fill) => `${fill.kind} ${file.lines.locate(fill.write.node.range[0]).line}`);
};

const PORT = "export const CacheToken = Symbol('ICache');\nexport interface ICache {\n  get(key: string): Promise<string | null>;\n  set(key: string, value: string): Promise<void>;\n}\n";
const REDIS_CACHE =
  "import type { Redis } from 'ioredis';\nimport type { ICache } from './port.js';\nexport class RedisCache implements ICache {\n  constructor(private readonly redis: Redis, private readonly prefix: string) {}\n  async get(key: string) { return await this.redis.get(this.keyOf(key)); }\n  async set(key: string, value: string) { await this.redis.set(this.keyOf(key), value, 'EX', 60); }\n  private keyOf(key: string) { return `${this.prefix}:${key}`; }\n}\n";
const LOCAL_CACHE =
  "import NodeCache from 'node-cache';\nimport type { ICache } from './port.js';\nexport class LocalCache implements ICache {\n  private readonly entries = new NodeCache();\n  async get(key: string) { return this.entries.get(key); }\n  async set(key: string, value: string) { this.entries.set(key, value); }\n}\n";
const FILES = { 'src/port.ts': PORT, 'src/redis-cache.ts': REDIS_CACHE };
/** A read and a write of one entry; the write is on line 7. */
const service = (declared: string, receiver = 'this.cache', from = "import { CacheToken, type ICache } from './port.js';"): string =>
  `${from}\nexport class Users {\n  ${declared}\n  async load(id: string) {\n    const hit = await ${receiver}.get(id).catch(() => null);\n    if (hit) return hit;\n    const name = await nameOf(id); await ${receiver}.set(id, name);\n    return name;\n  }\n}\n`;
const injected = service('constructor(@Inject(CacheToken) private readonly cache: ICache) {}');

describe('a cache behind an interface', () => {
  const reached: [sentence: string, program: Program][] = [
    ['that is injected', { main: injected, files: FILES }],
    ['in a field', { main: service('private readonly cache: ICache | null = null;'), files: FILES }],
    ['in a private field', { main: service('readonly #cache: ICache;', 'this.#cache'), files: FILES }],
    ['in a parameter', { main: service('', 'cache').replace('load(id: string)', 'load(cache: ICache, id: string)'), files: FILES }],
    ['in an object of dependencies', { main: `interface Deps { cache: ICache }\n${service('constructor(private readonly deps: Deps) {}', 'this.deps.cache')}`, files: FILES }],
    ['in a destructured parameter', { main: service('', 'cache').replace('load(id: string)', 'load({ cache }: { cache: ICache }, id: string)'), files: FILES }],
    ['in a local', { main: service('constructor(private readonly own: ICache) {}', 'cache').replace('const hit', 'const cache = this.own; const hit'), files: FILES }],
    ['that is renamed where it is imported', { main: injected.replace('type ICache', 'type ICache as IUserCache').replace('cache: ICache', 'cache: IUserCache'), files: FILES }],
    ['that is handed on by another file', { main: injected.replace('./port.js', './index.js'), files: { ...FILES, 'src/index.ts': "export * from './port.js';\n" } }],
    ['that is an abstract class', { main: injected, files: { 'src/port.ts': PORT.replace('export interface', 'export abstract class').replace(/(get|set)\(/g, 'abstract $1('), 'src/redis-cache.ts': REDIS_CACHE.replace('implements ICache {', 'extends ICache {').replace('import type { ICache }', 'import { ICache }') } }],
    ['with an abstract class between', { main: injected, files: { ...FILES, 'src/base.ts': "import type { ICache } from './port.js';\nexport abstract class BaseCache implements ICache { abstract get(key: string): Promise<string | null>; abstract set(key: string, value: string): Promise<void>; }\n", 'src/redis-cache.ts': REDIS_CACHE.replace('implements ICache', 'extends BaseCache').replace("import type { ICache } from './port.js'", "import { BaseCache } from './base.js'") } }],
    ['with a client of a type of the project', { main: injected, files: { ...FILES, 'src/client.ts': "import { createClient } from 'redis';\nexport type RedisClientType = ReturnType<typeof createClient>;\n", 'src/redis-cache.ts': REDIS_CACHE.replace("import type { Redis } from 'ioredis'", "import type { RedisClientType } from './client.js'").replace('redis: Redis,', 'redis: RedisClientType,').replace("'EX', 60", '{ EX: 60 }') } }],
    ['with a client of an imported type', { main: injected, files: { ...FILES, 'src/redis-cache.ts': REDIS_CACHE.replace('redis: Redis,', "redis: import('ioredis').Redis,") } }],
    ['that a class of the project delegates to', { main: injected.replace('cache: ICache', 'cache: CacheService').replace('{ CacheToken, type ICache }', '{ CacheToken }').replace("'./port.js';", "'./port.js'; import { CacheService } from './service.js';"), files: { ...FILES, 'src/service.ts': "import type { ICache } from './port.js';\nexport class CacheService {\n  constructor(private readonly cache: ICache) {}\n  async get(key: string) { if (!this.cache) return; return this.cache.get(key); }\n  async set(key: string, value: string) { if (!this.cache) return; this.cache.set(key, value); }\n}\n" } }],
  ];
  it.each(reached)('%s', (_sentence, program) => {
    const found = accesses(program).filter((access) => access.through.length > 0);
    expect(found.map((access) => access.role)).toEqual(['read', 'write']);
    expect(found.every((access) => /redis/.test(access.operation.model.id))).toBe(true);
    expect(sameEntry(found[0]!, found[1]!)).toBe(true);
  });

  const none: [sentence: string, program: Program][] = [
    ['that no class implements', { main: injected, files: { 'src/port.ts': PORT } }],
    ['that only tests implement', { main: injected, files: { 'src/port.ts': PORT, 'src/__tests__/redis-cache.ts': REDIS_CACHE.replace('./port.js', '../port.js'), 'src/redis-cache.test.ts': REDIS_CACHE } }],
    ['that only a stand-in implements', { main: injected, files: { 'src/port.ts': PORT, 'src/fake.ts': REDIS_CACHE.replace('class RedisCache', 'class FakeCache') } }],
    ['of a package', { main: injected.replace('./port.js', '@acme/caches'), files: FILES }],
    ['of a name that two types have', { main: injected.replace('./port.js', './missing.js'), files: { ...FILES, 'src/other.ts': 'export interface ICache { load(key: string): string }\n' } }],
    ['whose class means another interface of that name', { main: injected, files: { 'src/port.ts': PORT, 'src/other.ts': PORT, 'src/redis-cache.ts': REDIS_CACHE.replace('./port.js', './other.js') } }],
    ['whose class keeps nothing', { main: injected, files: { 'src/port.ts': PORT, 'src/noop.ts': "import type { ICache } from './port.js';\nexport class NoCache implements ICache { async get() { return null; } async set() {} }\n" } }],
  ];
  it.each(none)('is none %s', (_sentence, program) => {
    expect(roles(program)).toEqual([]);
  });

  it('is not looked for with other files off', () => {
    expect(cacheAccesses(openProgram(injected))).toEqual([]);
  });
});

describe('several classes', () => {
  const files = { ...FILES, 'src/local-cache.ts': LOCAL_CACHE };
  it('each count, and what they do not agree on is not known', () => {
    const found = accesses({ main: injected, files });
    expect(found.map((access) => `${access.role} ${access.operation.model.id.replace(/-\d+$/, '')}`).sort()).toEqual(['read ioredis', 'read node-cache', 'write ioredis', 'write node-cache']);
    expect(found.every((access) => access.missing === null && access.holds === 'json')).toBe(true);
  });
  it('are reported for the one that can fail', () => {
    expect(lines({ main: injected, files })).toEqual(['failed-read 7']);
  });
  it('agree where both are alike', () => {
    const found = accesses({ main: injected, files: { ...FILES, 'src/second.ts': REDIS_CACHE.replace('class RedisCache', 'class SecondCache') } });
    expect(found.find((access) => access.role === 'read')?.missing).toEqual({ nullish: NULL, instead: null });
  });
});

describe('a fill on error behind an interface', () => {
  it('is reported', () => {
    expect(lines({ main: injected, files: FILES })).toEqual(['failed-read 7']);
  });
  it('is not where the failure reaches the caller', () => {
    expect(lines({ main: injected.replace('.catch(() => null)', ''), files: FILES })).toEqual([]);
  });
  it('is one of the class that hides its failures, once a file', () => {
    const hiding = REDIS_CACHE.replace('{ return await this.redis.get(this.keyOf(key)); }', '{ try { return await this.redis.get(this.keyOf(key)); } catch (error) { console.error(error); } }');
    const main = injected.replace('.catch(() => null)', '').replace(/\}\n$/, '  async again(id: string) {\n    const hit = await this.cache.get(id);\n    if (hit) return hit;\n    await this.cache.set(id, await nameOf(id));\n  }\n}\n');
    expect(lines({ main, files: { ...FILES, 'src/redis-cache.ts': hiding } })).toEqual(['hidden-failure 7']);
  });
  it('is not one of the other of two caches of the same interface', () => {
    const main = service('constructor(private readonly near: ICache, private readonly far: ICache) {}').replace('this.cache.get', 'this.far.get').replace('this.cache.set', 'this.near.set');
    expect(lines({ main, files: FILES })).toEqual([]);
  });
  it.each([
    ['of a key that a function makes', 'const dir = keys.user({ id });', 'dir', 'dir', ['failed-read 7']],
    ['of a part of a parameter', '', 'id.dir', 'id.dir', ['failed-read 7']],
    ['of other keys', 'const dir = keys.user({ id }); const other = keys.team({ id });', 'dir', 'other', []],
  ])('%s', (_sentence, before, read, write, expected) => {
    const main = injected.replace('const hit', `${before} const hit`).replace('get(id)', `get(${read})`).replace('set(id,', `set(${write},`);
    expect(lines({ main, files: FILES })).toEqual(expected);
  });
});

describe('the way of a miss', () => {
  const fill = (body: string): string[] => lines({ main: `import { Redis } from 'ioredis';\nconst redis = new Redis();\nexport async function f(ids: string[], id: string, fresh: boolean) {\n${body}\n}`, installed: { ioredis: '5.11.1' } });
  const read = 'const hit = await redis.get(id).catch(() => null);';
  it.each([
    ['where a hit may be refreshed', `${read} if (hit && !fresh) return hit;\n await redis.set(id, await query(id));`, ['failed-read 5']],
    ['where a hit that cannot be parsed is loaded again', `${read} if (hit) { try { return JSON.parse(hit); } catch (error) { log(error); } }\n await redis.set(id, await query(id));`, ['failed-read 5']],
    ['where what is stored was made of it', `${read} let count = 0; if (hit) count = Number(hit) + 1; else count = 1;\n await redis.set(id, count);`, ['failed-read 5']],
    ['of a loop', `for (const one of ids) { const hit = await redis.get(one).catch(() => null); if (hit && !fresh) continue;\n await redis.set(one, await query(one)); }`, ['failed-read 5']],
    ['is none where the write runs either way', `${read} if (hit) log(hit);\n await redis.set(id, await query(id));`, []],
    ['is none where both stop alike', `${read} if (hit) log(hit); if (fresh) return;\n await redis.set(id, await query(id));`, []],
    ['is none where only a failure keeps a hit from it', `${read} try { if (hit) await log(hit); } catch (error) { return; }\n await redis.set(id, await query(id));`, []],
  ])('%s', (_sentence, body, expected) => {
    expect(fill(body)).toEqual(expected);
  });
});

describe('a cache that may be in the process', () => {
  const user = "import { CACHE_MANAGER } from '@nestjs/cache-manager';\nimport type { Cache } from 'cache-manager';\nexport class Users {\n  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}\n  async load(id: string) {\n    const hit = await this.cache.get(id).catch(() => null);\n    if (hit) return hit;\n    const name = await nameOf(id);\n    await this.cache.set(id, name);\n    return name;\n  }\n}\n";
  const registered = (call: string): string[] => lines({ main: user, files: { 'src/module.ts': `import { CacheModule } from '@nestjs/cache-manager';\nimport KeyvRedis from '@keyv/redis';\nexport const imports = [${call}];\n` }, installed: { 'cache-manager': '7.2.9', '@nestjs/cache-manager': '3.0.0' } });
  it.each([
    ['registered without a store', 'CacheModule.register({ isGlobal: true })', []],
    ['registered with nothing', 'CacheModule.register()', []],
    ['registered with a store', "CacheModule.register({ stores: [new KeyvRedis('redis://cache')] })", ['failed-read 9']],
    ['registered by a function', 'CacheModule.registerAsync({ useFactory: options })', ['failed-read 9']],
    ['registered nowhere', '', ['failed-read 9']],
  ])('%s', (_sentence, call, expected) => {
    expect(registered(call)).toEqual(expected);
  });
  it.each([
    ['made without a store', 'createCache()', []],
    ['made with a time only', 'createCache({ ttl: 1000 })', []],
    ['made with a store', 'createCache({ stores: [store] })', ['failed-read 5']],
    ['made of options that are not known', 'createCache(options)', ['failed-read 5']],
  ])('%s', (_sentence, made, expected) => {
    expect(lines({ main: `import { createCache } from 'cache-manager';\nconst cache = ${made};\nexport async function f(id: string) {\n  const hit = await cache.get(id).catch(() => null); if (hit) return hit;\n  await cache.set(id, await query(id)); }`, installed: { 'cache-manager': '7.2.9' } })).toEqual(expected);
  });
});

describe('a class around a Map', () => {
  const TTL = 'export class TtlCache<V> {\n  readonly #entries = new Map<string, { value: V; until: number }>();\n  get(key: string): V | undefined {\n    const entry = this.#entries.get(key);\n    if (!entry) return undefined;\n    if (entry.until > Date.now()) return entry.value;\n    this.#entries.delete(key);\n    return undefined;\n  }\n  set(key: string, value: V) { this.#entries.set(key, { value, until: Date.now() + 1000 }); }\n}\n';
  const main = "import { TtlCache } from './ttl-cache.js';\nexport class Runs {\n  readonly #cache = new TtlCache<object | null>();\n  async load(id: string) {\n    const hit = this.#cache.get(id);\n    if (hit) return hit;\n    const row = await this.#find(id).finally(() => log(id));\n    this.#cache.set(id, row);\n    return row;\n  }\n  async #find(id: string): Promise<object | null> { return (await rows(id)) ?? null; }\n}\n";
  const hits = (program: Program): string[] => factsOfFile(openProgram(program)).ambiguousHits().map((hit) => `${hit.kind} ${hit.is}`);
  it('is read and written', () => {
    const [read, write] = accesses({ main, files: { 'src/ttl-cache.ts': TTL } });
    expect(read).toMatchObject({ role: 'read', missing: { nullish: UNDEFINED, instead: null }, holds: 'reference' });
    expect(write).toMatchObject({ role: 'write', holds: 'reference' });
    expect(sameEntry(read!, write!)).toBe(true);
  });
  it.each([
    ['null that is taken for a miss', main, TTL, ['falsy null']],
    ['null that is told from a miss', main.replace('if (hit)', 'if (hit !== undefined)'), TTL, []],
    ['a miss that is null', main, TTL.replaceAll('return undefined', 'return null'), ['falsy null']],
    ['the Map handed out as it is', main, TTL.replace(/const entry[\s\S]*return undefined;\n/, 'return this.#entries.get(key)?.value;\n'), ['falsy null']],
    ['a class that loads by itself', main, TTL.replace('return entry.value', 'return load(entry.value)'), []],
    ['a class of another name', main.replaceAll('TtlCache', 'Registry'), TTL.replace('TtlCache', 'Registry'), []],
    ['something else than a Map', main, TTL.replace('new Map<string, { value: V; until: number }>()', 'makeEntries()'), []],
    ['two of them', main.replace('this.#cache.set', 'this.#other.set').replace('readonly #cache', 'readonly #other = new TtlCache<object | null>();\n  readonly #cache'), TTL, []],
  ])('%s', (_sentence, code, cache, expected) => {
    expect(hits({ main: code, files: { 'src/ttl-cache.ts': cache } })).toEqual(expected);
  });
  it('is never filled because a read failed', () => {
    expect(lines({ main: main.replace('this.#cache.get(id)', 'await this.#cache.get(id).catch(() => null)'), files: { 'src/ttl-cache.ts': TTL } })).toEqual([]);
  });
});

describe('an item of an empty list', () => {
  const hits = (answer: string): string[] => factsOfFile(openProgram(`import { Redis } from 'ioredis';\nconst redis = new Redis();\nexport async function f(id: string) { const found = await redis.zrange(id, 0, 0, 'WITHSCORES'); if (!found) return; const score = Number(found[1]); ${answer} }`)).ambiguousHits().map((hit) => `${hit.kind} ${hit.is}`);
  it('that is given back is no answer', () => {
    expect(hits('return score;')).toEqual(['empty []']);
  });
  it('that is only used is left to the caller', () => {
    expect(hits('log(score);')).toEqual([]);
  });
});

describe('known limitation', () => {
  it('an interface whose name says nothing of a cache is not followed', () => {
    expect(roles({ main: injected.replaceAll('ICache', 'IPersistence'), files: { 'src/port.ts': PORT.replaceAll('ICache', 'IPersistence'), 'src/redis-cache.ts': REDIS_CACHE.replaceAll('ICache', 'IPersistence') } })).toEqual([]);
  });
  it('nor an object that implements one', () => {
    expect(roles({ main: injected, files: { 'src/port.ts': PORT, 'src/redis-cache.ts': "import { Redis } from 'ioredis';\nimport type { ICache } from './port.js';\nconst redis = new Redis();\nexport const cache: ICache = { get: (key) => redis.get(key), set: async (key, value) => { await redis.set(key, value); } };\n" } })).toEqual([]);
  });
  it('nor what JavaScript hands on without a type', () => {
    expect(roles({ main: injected.replace(': ICache', ''), files: FILES })).toEqual([]);
  });
});
