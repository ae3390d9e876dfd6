import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-ambiguous-cache-hit.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({
  'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: [] }, include: ['src'] }),
  'src/main.ts': 'export {};',
  'src/redis.ts': "import { Redis } from 'ioredis';\nexport const redis = new Redis({ commandTimeout: 500 });\n",
  'src/index.ts': "export { redis as store } from './redis.js';\n",
  'src/cache-service.ts':
    "import type { Redis } from 'ioredis';\nexport class CacheService {\n  constructor(private readonly redis: Redis) {}\n  async get<T>(key: string): Promise<T | null> {\n    const raw = await this.redis.get(`app:${key}`);\n    return raw ? (JSON.parse(raw) as T) : null;\n  }\n  async set(key: string, value: unknown, ttl = 60) {\n    await this.redis.set(`app:${key}`, JSON.stringify(value), 'EX', ttl);\n  }\n}\n",
}, { ioredis: '5.11.1', 'cache-manager': '7.2.9', 'lru-cache': '11.5.3' });
const filename = `${project.root}/src/main.ts`;
const inFile = (name: string): string => `${project.root}/${name}`;
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });

const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const NODE_REDIS = "import { createClient } from 'redis';\nconst redis = createClient();\n";
const LRU = "import { LRUCache } from 'lru-cache';\nconst cache = new LRUCache({ max: 500 });\n";
const NODE_CACHE = "import NodeCache from 'node-cache';\nconst cache = new NodeCache();\n";
const MANAGER = "import { createCache } from 'cache-manager';\nconst cache = createCache();\n";
const FIND = 'async function find(id: string) { return id === "" ? null : { id }; }\n';
const hash = (test: string, then = 'return null;'): string => `export async function load(id: string) {\n  const entry = await redis.hgetall(id);\n  if (${test}) ${then}\n  return new User(entry);\n}`;
/** Read, test, load, write, over six lines: the test is on the third. */
const through = (read: string, test: string, load: string, write: string, hit = 'return JSON.parse(cached);'): string =>
  `export async function load(id: string) {\n  const cached = ${read};\n  if (${test}) ${hit}\n  const value = ${load};\n  ${write}\n  return value;\n}`;
const JSON_WRITE = "await redis.set(id, JSON.stringify(value), 'EX', 60);";

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const report = (line: number, column: number, ...outputs: string[]) => ({ messageId: 'ambiguous', line, column, suggestions: outputs.map((output) => ({ messageId: 'suggestTest', output })) });
const strict = [{ checkUnknown: true }];

tester.run('no-ambiguous-cache-hit', subject, {
  valid: [
    { name: 'a hash that is tested for emptiness', code: REDIS + hash('Object.keys(entry).length === 0'), filename },
    { name: 'a hash that is tested for both', code: REDIS + hash('!entry || Object.keys(entry).length === 0'), filename },
    { name: 'a hash whose property is tested', code: REDIS + hash('!entry.id'), filename },
    { name: 'a hash whose property is tested besides', code: REDIS + hash('!entry || !entry.id'), filename },
    { name: 'a hash that a schema parses', code: `${REDIS}export async function load(id: string) {\n  const entry = await redis.hgetall(id);\n  if (!entry) return null;\n  return userSchema.parse(entry);\n}`, filename },
    { name: 'a list that is tested by its length', code: `${REDIS}export async function load(id: string) {\n  const all = await redis.smembers(id);\n  if (all.length === 0) return null;\n  return all;\n}`, filename },
    { name: 'a list that is gone through', code: `${REDIS}export async function load(id: string) {\n  const all = await redis.smembers(id);\n  if (!all) return [];\n  return all.map(decode);\n}`, filename },
    { name: 'a text that is null when it is missing', code: REDIS + through('await redis.get(id)', 'cached', '{ id }', JSON_WRITE), filename },
    { name: 'the right one of null and undefined', code: LRU + through('cache.get(id)', 'cached !== undefined', 'id.length > 3', 'cache.set(id, value);', 'return cached;').replace('const cached = cache', 'const cached = cache'), filename },
    { name: 'both null and undefined', code: LRU + through('cache.get(id)', 'cached != null', 'id.length > 3', 'cache.set(id, value);', 'return cached;'), filename },
    { name: 'a loader whose null is thrown away', code: REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', `if (value === null) throw new Error('none');\n  ${JSON_WRITE}`), filename },
    { name: 'a write that asks first', code: REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', `if (value != null) ${JSON_WRITE}`), filename },
    { name: 'a loader that always finds', code: `${REDIS}async function find(id: string) { return { id }; }\n${through('await redis.get(id)', 'cached', 'await find(id)', JSON_WRITE)}`, filename, options: strict },
    { name: 'a parsed value that a schema checks', code: REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', JSON_WRITE, 'return userSchema.parse(JSON.parse(cached));'), filename },
    { name: 'a parsed value whose property is asked for', code: REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', JSON_WRITE, '{ const user = JSON.parse(cached); if (user?.id) return user; }'), filename },
    { name: 'another key', code: REDIS + FIND + through('await redis.get(`a:${id}`)', 'cached', 'await find(id)', JSON_WRITE), filename },
    { name: 'another cache', code: `${REDIS}const other = new Redis();\n${FIND}${through('await other.get(id)', 'cached', 'await find(id)', JSON_WRITE)}`, filename },
    { name: 'a boolean that is compared', code: NODE_CACHE + through('cache.get(id)', 'cached !== undefined', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'), filename },
    { name: 'an object, where truthiness is style', code: NODE_CACHE + through('cache.get(id)', 'cached', '{ id }', 'cache.set(id, value);', 'return cached;'), filename },
    { name: 'only true is stored', code: `${LRU}export async function seen(id: string) {\n  if (cache.get(id)) return true;\n  const found = await check(id);\n  if (found) cache.set(id, true);\n  return found;\n}`, filename },
    { name: 'only true is stored, in a cache of booleans', code: "import { LRUCache } from 'lru-cache';\nconst cache = new LRUCache<string, boolean>({ max: 5 });\nexport async function seen(id: string, check: () => Promise<boolean>) {\n  if (cache.get(id)) return true;\n  const found = await check();\n  if (found) cache.set(id, found);\n  return found;\n}", filename },
    { name: 'a boolean as text', code: REDIS + through('await redis.get(id)', 'cached', 'flags.includes(id)', JSON_WRITE), filename },
    { name: 'a Map', code: 'const cache = new Map();\n' + through('cache.get(id)', 'cached', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'), filename },
    { name: "a class of one's own that is called as the library", code: 'class LRUCache { get(key: string) { return null; } set(key: string, value: unknown) {} }\nconst cache = new LRUCache();\n' + through('cache.get(id)', 'cached', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'), filename },
    { name: 'a look-alike package', code: "import { Redis } from '@acme/ioredis';\nconst redis = new Redis();\n" + hash('!entry'), filename },
    { name: 'a receiver of any', code: `export const load = async (redis: any, id: string) => {\n  const entry = await redis.hgetall(id);\n  if (!entry) return null;\n  return entry;\n};`, filename },
    { name: 'a browser', code: "import { useEffect } from 'react';\n" + NODE_CACHE + through('cache.get(id)', 'cached', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'), filename: `${browser.root}/src/main.tsx` },
    { name: 'what nobody knows, by default', code: REDIS + through('await redis.get(id)', 'cached', 'await db.find(id)', JSON_WRITE), filename },
    { name: 'a refresh that is no fill', code: `${NODE_CACHE}export function tick(id: string) {\n  const cached = cache.get(id);\n  if (cached) log(cached);\n  cache.set(id, flags.includes(id));\n}`, filename },
    { name: 'trap: negative caching on purpose', code: LRU + FIND + through('cache.get(id)', 'cached !== undefined', 'await find(id)', 'cache.set(id, value);', 'return cached;'), filename },
    { name: 'trap: a default where the entry is missing', code: `${REDIS}export const limit = async (id: string) => {\n  const value = await redis.get(id);\n  return value ? Number(value) : 100;\n};`, filename, options: strict },
    { name: 'trap: `.keys` of something else', code: `${REDIS}const all = new Map();\nexport function first(id: string) {\n  const keys = all.keys();\n  if (!keys) return null;\n  return keys;\n}`, filename },
    { name: 'trap: an optional chain asks nothing', code: `${REDIS}export async function name(id: string) {\n  const entry = await redis.hgetall(id);\n  return entry?.name;\n}`, filename },
  ],
  invalid: [
    { name: 'a hash and truthiness', code: REDIS + hash('!entry'), filename, errors: [report(5, 8, REDIS + hash('Object.keys(entry).length === 0'))] },
    { name: 'a hash and null', code: REDIS + hash('entry === null'), filename, errors: [report(5, 7, REDIS + hash('Object.keys(entry).length === 0'))] },
    { name: 'a hash and a comment', code: REDIS + hash('!entry /* not there */'), filename, errors: [report(5, 8, REDIS + hash('Object.keys(entry).length === 0 /* not there */'))] },
    { name: 'a hash of node-redis', code: NODE_REDIS + hash('!entry').replace('hgetall', 'hGetAll'), filename, errors: [report(5, 8, NODE_REDIS + hash('Object.keys(entry).length === 0').replace('hgetall', 'hGetAll'))] },
    { name: 'a hash that is thrown for', code: REDIS + hash('entry == undefined', "throw new NotFound('user');"), filename, errors: [report(5, 7, REDIS + hash('Object.keys(entry).length === 0', "throw new NotFound('user');"))] },
    { name: 'a hash and the other branch', code: `${REDIS}export async function load(id: string) {\n  const entry = await redis.hgetall(id);\n  return entry ? new User(entry) : await fromDb(id);\n}`, filename, errors: [report(5, 10, `${REDIS}export async function load(id: string) {\n  const entry = await redis.hgetall(id);\n  return Object.keys(entry).length > 0 ? new User(entry) : await fromDb(id);\n}`)] },
    { name: 'a set that is loaded where it is missing', code: `${REDIS}export async function load(id: string) {\n  const all = await redis.smembers(id);\n  if (!all) return await fromDb(id);\n  return all;\n}`, filename, errors: [report(5, 8, `${REDIS}export async function load(id: string) {\n  const all = await redis.smembers(id);\n  if (all.length === 0) return await fromDb(id);\n  return all;\n}`)] },
    { name: 'several keys at once', code: `${REDIS}export async function load(a: string, b: string) {\n  const both = await redis.mget(a, b);\n  if (!both) return fromDb(a, b);\n  return both;\n}`, filename, errors: [report(5, 8, `${REDIS}export async function load(a: string, b: string) {\n  const both = await redis.mget(a, b);\n  if (both.every((item) => item === null)) return fromDb(a, b);\n  return both;\n}`)] },
    { name: 'memjs, whose result is an object', code: "import { Client } from 'memjs';\nconst cache = Client.create();\nexport async function load(id: string) {\n  const hit = await cache.get(id);\n  if (hit) return hit.value;\n  return fromDb(id);\n}", filename, errors: [report(5, 7, "import { Client } from 'memjs';\nconst cache = Client.create();\nexport async function load(id: string) {\n  const hit = await cache.get(id);\n  if (hit.value !== null) return hit.value;\n  return fromDb(id);\n}")] },
    { name: 'undefined for null', code: REDIS + through('await redis.get(id)', 'cached !== undefined', '{ id }', JSON_WRITE), filename, errors: [report(5, 7, REDIS + through('await redis.get(id)', 'cached !== null', '{ id }', JSON_WRITE), REDIS + through('await redis.get(id)', 'cached != null', '{ id }', JSON_WRITE))] },
    { name: 'null for undefined', code: LRU + through('cache.get(id)', 'cached !== null', '{ id }', 'cache.set(id, value);', 'return cached;'), filename, errors: [report(5, 7, LRU + through('cache.get(id)', 'cached !== undefined', '{ id }', 'cache.set(id, value);', 'return cached;'), LRU + through('cache.get(id)', 'cached != null', '{ id }', 'cache.set(id, value);', 'return cached;'))] },
    { name: 'a loader that may find nothing', code: REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', JSON_WRITE), filename, errors: [report(6, 7, REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', `if (value != null) ${JSON_WRITE}`))] },
    { name: 'the same with a null test', code: REDIS + FIND + through('await redis.get(id)', 'cached !== null', 'await find(id)', JSON_WRITE), filename, errors: [report(6, 7, REDIS + FIND + through('await redis.get(id)', 'cached !== null', 'await find(id)', `if (value != null) ${JSON_WRITE}`))] },
    { name: 'the same with setex and a text in a constant', code: REDIS + FIND + through('await redis.get(`user:${id}`)', 'cached', 'await find(id)', 'const text = JSON.stringify(value);\n  await redis.setex("user:" + id, 60, text);'), filename, errors: [report(6, 7, REDIS + FIND + through('await redis.get(`user:${id}`)', 'cached', 'await find(id)', 'const text = JSON.stringify(value);\n  if (value != null) await redis.setex("user:" + id, 60, text);'))] },
    { name: 'an empty default', code: REDIS + through('await redis.get(id)', 'cached', '(await db.rows(id)) ?? []', JSON_WRITE), filename, errors: [report(5, 7, REDIS + through('await redis.get(id)', 'cached', '(await db.rows(id)) ?? []', `if (value.length > 0) ${JSON_WRITE}`))] },
    { name: 'a boolean and truthiness', code: NODE_CACHE + through('cache.get(id)', 'cached', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'), filename, errors: [report(5, 7, NODE_CACHE + through('cache.get(id)', 'cached !== undefined', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;'))] },
    { name: 'a count and truthiness', code: LRU + through('cache.get(id)', 'cached', 'list.length', 'cache.set(id, value);', 'return cached;'), filename, errors: [report(5, 7, LRU + through('cache.get(id)', 'cached !== undefined', 'list.length', 'cache.set(id, value);', 'return cached;'))] },
    { name: 'a boolean by the type of the read', code: MANAGER + through('await cache.get<boolean>(id)', 'cached', 'await check(id)', 'await cache.set(id, value, 60_000);', 'return cached;'), filename, errors: [report(5, 7, MANAGER + through('await cache.get<boolean>(id)', 'cached !== undefined', 'await check(id)', 'await cache.set(id, value, 60_000);', 'return cached;'))] },
    { name: 'a boolean by the type of the cache', code: "import { LRUCache } from 'lru-cache';\nconst cache = new LRUCache<string, boolean>({ max: 5 });\nexport async function seen(id: string, check: () => Promise<boolean>) {\n  if (cache.get(id)) return true;\n  const found = await check();\n  cache.set(id, found);\n  return found;\n}", filename, errors: [{ messageId: 'ambiguous', line: 4, column: 7, suggestions: 1 }] },
    { name: 'null that is taken for a miss', code: LRU + FIND + through('cache.get(id)', 'cached', 'await find(id)', 'cache.set(id, value);', 'return cached;'), filename, errors: [report(6, 7, LRU + FIND + through('cache.get(id)', 'cached !== undefined', 'await find(id)', 'cache.set(id, value);', 'return cached;'), LRU + FIND + through('cache.get(id)', 'cached', 'await find(id)', 'if (value != null) cache.set(id, value);', 'return cached;'))] },
    { name: 'an injected cache of NestJS', code: "import { CACHE_MANAGER } from '@nestjs/cache-manager';\nimport { Inject } from '@nestjs/common';\nimport type { Cache } from 'cache-manager';\nexport class Flags {\n  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}\n  async on(id: string): Promise<boolean> {\n    const hit = await this.cache.get<boolean>(id);\n    if (hit) return hit;\n    const on = this.flags.includes(id);\n    await this.cache.set(id, on);\n    return on;\n  }\n}", filename, errors: [{ messageId: 'ambiguous', line: 8, column: 9, suggestions: 1 }] },
    { name: 'a client of another file', code: "import { redis } from './redis.js';\n" + hash('!entry'), filename, errors: [report(4, 8, "import { redis } from './redis.js';\n" + hash('Object.keys(entry).length === 0'))] },
    { name: 'a client that another file hands on', code: "import { store as redis } from './index.js';\n" + hash('!entry'), filename, errors: [{ messageId: 'ambiguous', line: 4, column: 8, suggestions: 1 }] },
    { name: 'an aliased import', code: "import { Redis as Store } from 'ioredis';\nconst redis = new Store();\n" + hash('!entry'), filename, errors: [{ messageId: 'ambiguous', line: 5, column: 8, suggestions: 1 }] },
    { name: 'a namespace import', code: "import * as io from 'ioredis';\nconst redis = new io.Redis();\n" + hash('!entry'), filename, errors: [{ messageId: 'ambiguous', line: 5, column: 8, suggestions: 1 }] },
    { name: 'a require, in JavaScript', code: "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = async (id) => {\n  const entry = await redis.hgetall(id);\n  if (!entry) return null;\n  return new User(entry);\n};", filename: inFile('src/main.cjs'), errors: [{ messageId: 'ambiguous', line: 5, column: 8, suggestions: 1 }] },
    { name: 'an injected field', code: "import type { Redis } from 'ioredis';\nexport class Users {\n  constructor(private readonly redis: Redis) {}\n  async load(id: string) {\n    const entry = await this.redis.hgetall(id);\n    if (!entry) return null;\n    return new User(entry);\n  }\n}", filename, errors: [{ messageId: 'ambiguous', line: 6, column: 10, suggestions: 1 }] },
    { name: 'a parameter with a type', code: "import type { Redis } from 'ioredis';\nexport const load = async (redis: Redis, id: string) => {\n  const entry = await redis.hgetall(id);\n  return entry ? new User(entry) : null;\n};", filename, errors: [{ messageId: 'ambiguous', line: 4, column: 10, suggestions: 1 }] },
    { name: "a cache service of the project's own", code: "import { CacheService } from './cache-service.js';\nexport class Flags {\n  constructor(private readonly cache: CacheService) {}\n  async on(id: string) {\n    const hit = await this.cache.get(id);\n    if (hit) return hit;\n    const on = this.flags.includes(id);\n    await this.cache.set(id, on);\n    return on;\n  }\n}", filename, errors: [{ messageId: 'ambiguous', line: 6, column: 9, suggestions: 1 }] },
    { name: 'a function that reads, in the same file', code: `${REDIS}const read = (id: string) => redis.hgetall('user:' + id);\nexport async function load(id: string) {\n  const entry = await read(id);\n  if (!entry) return fromDb(id);\n  return entry;\n}`, filename, errors: [{ messageId: 'ambiguous', line: 6, column: 8, suggestions: 1 }] },
    { name: 'a test behind a name', code: `${REDIS}export async function load(id: string) {\n  const entry = await redis.hgetall(id);\n  const missing = entry === null;\n  if (missing) return null;\n  return new User(entry);\n}`, filename, errors: [{ messageId: 'ambiguous', line: 6, column: 7, suggestions: 0 }] },
    { name: 'an operator for a test', code: `${NODE_CACHE}export function on(id: string) {\n  const cached = cache.get(id);\n  return cached || fill(id);\n  function fill(key: string) { return key; }\n}`.replace('fill(id);', 'keep(id);').replace('  function fill(key: string) { return key; }\n', '') + "\nfunction keep(id: string) {\n  const value = flags.includes(id);\n  cache.set(id, value);\n  return value;\n}", filename, errors: [{ messageId: 'ambiguous', line: 5, column: 10, suggestions: 1 }] },
    { name: 'what nobody looked at, in strict', code: REDIS + through('await redis.get(id)', 'cached', 'await db.find(id)', JSON_WRITE), filename, options: strict, errors: [report(5, 7, REDIS + through('await redis.get(id)', 'cached', 'await db.find(id)', `if (value != null) ${JSON_WRITE}`))] },
  ],
});

describe('known limitation', () => {
  const silent: [sentence: string, code: string][] = [
    ['a Map as a cache', 'const cache = new Map();\nexport function on(id: string) { const c = cache.get(id); if (c) return c; const v = flags.includes(id); cache.set(id, v); return v; }'],
    ['a cache behind an interface', 'interface Cache { get(key: string): Promise<boolean | null>; set(key: string, value: boolean): Promise<void> }\nexport async function on(cache: Cache, id: string) { const c = await cache.get(id); if (c) return c; const v = flags.includes(id); await cache.set(id, v); return v; }'],
    ['a read in a pipeline', `${REDIS}export async function load(id: string) { const [[, entry]] = await redis.pipeline().hgetall(id).exec(); if (!entry) return null; return entry; }`],
    ['a value that is taken apart', `${REDIS}export async function load(id: string) { const { name } = await redis.hgetall(id); if (!name) return null; return name; }`],
  ];
  it.each(silent)('%s is not reported', (_sentence, code) => {
    expect(messagesWith(oxcParser, code)).toEqual([]);
  });
});

function messagesWith(parser: unknown, code: string, name = filename, options: unknown[] = []): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  const plugin = { rules: { 'no-ambiguous-cache-hit': subject } } as ESLint.Plugin;
  const config: Linter.Config = {
    files: ['**/*.*'],
    plugins: { resilience: plugin },
    languageOptions: { parser: parser as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' },
    rules: { 'resilience/no-ambiguous-cache-hit': ['error', ...options] as ['error'] },
  };
  return linter.verify(code, [config], { filename: name });
}

describe('the same is reported', () => {
  const code = "import { Redis } from 'ioredis';\nconst redis = new Redis();\nexport async function load(id) {\n  const entry = await redis.hgetall(id);\n  if (!entry) return null;\n  return entry;\n}\n";
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endColumn, suggestions }) => ({ messageId, line, column, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([5]);
  });
  it('with the parser of ESLint', () => {
    expect(places(messagesWith(espree, code, inFile('src/main.js')))).toEqual(expected);
  });
  it('with oxc', () => {
    expect(places(messagesWith(oxcParser, code))).toEqual(expected);
  });
});

describe('a suggestion', () => {
  const programs: [sentence: string, code: string][] = [
    ['for a hash', REDIS + hash('!entry')],
    ['for a hash that is read in the test', `${REDIS}export const has = async (id: string) => ((await redis.hgetall(id)) ? fromDb(id) : null);`],
    ['for a list', `${REDIS}export async function f(id: string) { const all = await redis.lrange(id, 0, -1); return !!all === false ? fromDb(id) : all; }`],
    ['for a boolean', NODE_CACHE + through('cache.get(id)', '!!cached', 'flags.includes(id)', 'cache.set(id, value);', 'return cached;')],
    ['for the other null', LRU + through('cache.get(id)', '!(cached === null)', '{ id }', 'cache.set(id, value);', 'return cached;')],
    ['for a loader', REDIS + FIND + through('await redis.get(id)', 'cached', 'await find(id)', JSON_WRITE)],
    ['for a compound condition', REDIS + hash('fresh && !entry')],
    ['for a write that is waited for elsewhere', `${REDIS}${FIND}${through('await redis.get(id)', 'cached', 'await find(id)', 'void redis.set(id, JSON.stringify(value)).catch(log);')}`],
  ];
  it.each(programs)('%s parses, and ends the report', (_sentence, code) => {
    for (const message of messagesWith(oxcParser, code)) {
      for (const { fix } of message.suggestions ?? []) {
        const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
        expect(parse(filename, output), output).toMatchObject({ ok: true });
        expect(messagesWith(oxcParser, output), output).toEqual([]);
      }
    }
  });
});

describe('options', () => {
  it.each([['an option that does not exist', [{ checkEverything: true }]], ['a value that is no boolean', [{ checkUnknown: 1 }]]])('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/no-ambiguous-cache-hit/);
  });
});
