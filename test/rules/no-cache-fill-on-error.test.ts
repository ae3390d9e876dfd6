import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import ambiguous from '../../rules/no-ambiguous-cache-hit.js';
import rule from '../../rules/no-cache-fill-on-error.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({
  'src/main.ts': 'export {};',
  'src/redis.ts': "import { Redis } from 'ioredis';\nexport const redis = new Redis({ commandTimeout: 500 });\n",
  'src/index.ts': "export { redis as store } from './redis.js';\n",
  'src/orders.ts': 'export async function orders(id: string) {\n  try {\n    return await (await fetch(id)).json();\n  } catch (error) {\n    console.error(error);\n    return [];\n  }\n}\n',
  'src/cache-service.ts':
    "import type { Redis } from 'ioredis';\nexport class CacheService {\n  constructor(private readonly redis: Redis) {}\n  async get<T>(key: string): Promise<T | null> {\n    try {\n      const raw = await this.redis.get(key);\n      return raw ? (JSON.parse(raw) as T) : null;\n    } catch (error) {\n      console.error(error);\n      return null;\n    }\n  }\n  async set(key: string, value: unknown, ttl = 60) {\n    await this.redis.set(key, JSON.stringify(value), 'EX', ttl);\n  }\n}\n",
}, { ioredis: '5.11.1', 'cache-manager': '7.2.9', 'lru-cache': '11.5.3' });
const filename = `${project.root}/src/main.ts`;
const inFile = (name: string): string => `${project.root}/${name}`;
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });

const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const NODE_REDIS = "import { createClient } from 'redis';\nconst redis = createClient();\n";
const LRU = "import { LRUCache } from 'lru-cache';\nconst cache = new LRUCache({ max: 500 });\n";
const MANAGER = "import { createCache } from 'cache-manager';\nconst cache = createCache();\n";
const QUERY = 'async function query(id: string) { return (await fetch(id)).json(); }\n';
const WRITE = "await redis.set(id, JSON.stringify(value), 'EX', 60);";
/** A read whose failure is caught in the call; the write is on the sixth line. */
const inCall = (handler: string, write = WRITE, declare = ''): string =>
  `export async function load(id: string) {\n${declare}  const cached = await redis.get(id).catch(${handler});\n  if (cached) return JSON.parse(cached);\n  const value = { id: await query(id) };\n  ${write}\n  return value;\n}`;
const inClause = (handler: string, write = WRITE, declare = ''): string =>
  `export async function load(id: string) {\n  let cached: string | null = null;\n${declare}  try {\n    cached = await redis.get(id);\n  } catch (error) {${handler}}\n  if (cached) return JSON.parse(cached);\n  const value = { id: await query(id) };\n  ${write}\n  return value;\n}`;
const stored = (load: string, write = WRITE): string => `export async function refresh(id: string) {\n  const value = ${load};\n  ${write}\n  return value;\n}`;
const promised = (after = ''): string => `export function load(id: string) {\n  const hit = cache.get(id);\n  if (hit) return hit;\n  const value = query(id);\n  cache.set(id, value);${after}\n  return value;\n}`;

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const report = (line: number, column: number, ...outputs: string[]) => ({ messageId: 'filled', line, column, suggestions: outputs.map((output) => ({ messageId: 'suggestKeepOut', output })) });
const some = (line: number, column: number, suggestions: number) => ({ messageId: 'filled', line, column, suggestions });
const strict = [{ checkWrappers: true }];
const SERVICE = "import { CacheService } from './cache-service.js';\nexport class Users {\n  constructor(private readonly cache: CacheService) {}\n  async load(id: string) {\n    const hit = await this.cache.get(id);\n    if (hit) return hit;\n    const user = { id: await query(id) };\n    await this.cache.set(id, user);\n    return user;\n  }\n}";

tester.run('no-cache-fill-on-error', subject, {
  valid: [
    { name: 'a read whose failure reaches the caller', code: `${REDIS}export async function load(id: string) {\n  const cached = await redis.get(id);\n  if (cached) return JSON.parse(cached);\n  const value = { id: await query(id) };\n  ${WRITE}\n  return value;\n}`, filename },
    { name: 'a handler that throws', code: REDIS + inCall('(error) => { throw new CacheError(error); }'), filename },
    { name: 'a catch that throws', code: REDIS + inClause(' throw new CacheError(error); '), filename },
    { name: 'a catch that returns from the source', code: REDIS + inClause(' return query(id); '), filename },
    { name: 'a catch that remembers', code: REDIS + inClause(' failed = true; ', `if (!failed) ${WRITE}`, '  let failed = false;\n'), filename },
    { name: 'a handler that remembers', code: REDIS + inCall('() => { failed = true; return null; }', `if (!failed) ${WRITE}`, '  let failed = false;\n'), filename },
    { name: 'a write of another key', code: REDIS + inCall('() => null', 'await redis.set(`other:${id}`, JSON.stringify(value));'), filename },
    { name: 'a write to another cache', code: `${REDIS}const other = new Redis();\n${inCall('() => null', 'await other.set(id, JSON.stringify(value));')}`, filename },
    { name: 'a mark that something was seen, which is no value that was loaded', code: REDIS + inCall('() => null', "await redis.set(id, 'seen');"), filename },
    { name: 'a write that is only sent while the client is connected', code: REDIS + inCall('() => null', `if (redis.status === 'ready') ${WRITE}`), filename },
    { name: 'a function that only writes while the client is connected', code: `${REDIS}async function store(id: string, value: object) {\n  if (redis.status !== 'ready') return;\n  await redis.pipeline().set(id, JSON.stringify(value)).exec();\n}\n${inCall('() => null', 'await store(id, value);')}`, filename },
    { name: 'no write', code: REDIS + inCall('() => null', 'log(value);'), filename },
    { name: 'a cache in the process, whose reads do not fail', code: `${LRU}export async function load(id: string) {\n  let hit;\n  try {\n    hit = cache.get(id);\n  } catch (error) {}\n  if (hit) return hit;\n  const value = { id: await query(id) };\n  cache.set(id, value);\n  return value;\n}`, filename },
    { name: 'a loop that reads again', code: `${REDIS}export async function all(ids: string[]) {\n  for (const id of ids) {\n    try {\n      if (await redis.get(id)) continue;\n    } catch (error) {\n      continue;\n    }\n    await redis.set(id, '1', 'EX', 60);\n  }\n}`, filename },
    { name: 'a result that is stored', code: REDIS + stored('await query(id)'), filename },
    { name: 'a default that is not stored', code: REDIS + stored('await query(id).catch(() => null)', `if (value !== null) ${WRITE}`), filename },
    { name: 'a default whose length is asked for', code: REDIS + stored('await query(id).catch(() => [])', `if (value.length > 0) ${WRITE}`), filename },
    { name: 'a handler that tells errors apart', code: REDIS + stored('await query(id).catch((error) => { if (error.status === 404) return null; throw error; })'), filename },
    { name: 'a catch that tells errors apart', code: `${REDIS}async function find(id: string) {\n  try {\n    return await query(id);\n  } catch (error) {\n    if (error.status === 404) return null;\n    throw error;\n  }\n}\n${stored('await find(id)')}`, filename },
    { name: 'a default that is a miss to its reader', code: `${MANAGER}export async function load(id: string) {\n  const hit = await cache.get(id);\n  if (hit) return hit;\n  const value = await query(id).catch(() => null);\n  await cache.set(id, value);\n  return value;\n}`, filename },
    { name: 'a default of which nobody knows the readers', code: MANAGER + stored('await query(id).catch(() => null)', 'await cache.set(id, value);'), filename },
    { name: 'a promise that is waited for', code: LRU + QUERY + promised().replace('= query', '= await query').replace('export function', 'export async function'), filename },
    { name: 'a promise that removes itself', code: LRU + QUERY + promised('\n  value.catch(() => cache.delete(id));'), filename },
    { name: 'a promise that never fails', code: `${LRU}async function query(id: string) { return 1; }\n${promised()}`, filename },
    { name: 'a promise of which nothing is known', code: LRU + promised(), filename },
    { name: 'a Map', code: `const cache = new Map();\n${QUERY}${promised()}`, filename },
    { name: 'a look-alike package', code: "import { Redis } from '@acme/ioredis';\nconst redis = new Redis();\n" + inCall('() => null'), filename },
    { name: 'a receiver of any', code: 'export async function load(redis: any, id: string) {\n  const cached = await redis.get(id).catch(() => null);\n  if (!cached) await redis.set(id, await query(id));\n}', filename },
    { name: "a class of one's own", code: 'class Redis { async get(key: string) { return null; } async set(key: string, value: string) {} }\nconst redis = new Redis();\n' + inCall('() => null'), filename },
    { name: 'a browser', code: `import { useEffect } from 'react';\n${LRU}${QUERY}${promised()}`, filename: `${browser.root}/src/main.tsx` },
    { name: 'wrap of a loader that may fail', code: `${MANAGER}export const load = (id: string) => cache.wrap(id, () => query(id));`, filename },
    { name: 'a service that hides failures, by default', code: SERVICE, filename },
    { name: 'trap: a read that is deleted after an error', code: REDIS + inClause(' await redis.del(id); throw error; '), filename },
  ],
  invalid: [
    { name: 'the state of another client is asked for', code: REDIS + inCall('() => null', `if (other.status === 'ready') ${WRITE}`), filename, errors: [{ messageId: 'filled', line: 7, column: 39 }] },
    { name: 'a read that is caught in the call', code: REDIS + inCall('() => null'), filename, errors: [report(7, 9, REDIS + inCall('() => { cacheFailed = true; return null; }', `if (!cacheFailed) ${WRITE}`, '  let cacheFailed = false;\n'))] },
    { name: 'a read that is caught with a log', code: REDIS + inCall('(error) => { log(error); return null; }'), filename, errors: [report(7, 9, REDIS + inCall('(error) => { cacheFailed = true; log(error); return null; }', `if (!cacheFailed) ${WRITE}`, '  let cacheFailed = false;\n'))] },
    { name: 'a handler without parameters in the old style', code: REDIS + inCall('function () { return null; }'), filename, errors: [some(7, 9, 1)] },
    { name: 'a read in a try', code: REDIS + inClause(' log(error); '), filename, errors: [report(10, 9, REDIS + inClause(' cacheFailed = true; log(error); ', `if (!cacheFailed) ${WRITE}`, '  let cacheFailed = false;\n'))] },
    { name: 'an empty catch', code: REDIS + inClause(''), filename, errors: [some(10, 9, 1)] },
    { name: 'node-redis', code: NODE_REDIS + inCall('() => null', 'await redis.set(id, JSON.stringify(value), { EX: 60 });'), filename, errors: [some(7, 9, 1)] },
    { name: 'setex', code: REDIS + inCall('() => null', 'await redis.setex(id, 60, JSON.stringify(value));'), filename, errors: [some(7, 9, 1)] },
    { name: 'a pipeline', code: REDIS + inCall('() => null', "await redis.pipeline().setex(id, 60, JSON.stringify(value)).expire('x', 1).exec();"), filename, errors: [some(7, 9, 1)] },
    { name: 'the set in the catch of its own get', code: `${REDIS}export async function load(id: string) {\n  try {\n    return await redis.get(id);\n  } catch (error) {\n    const value = await query(id);\n    await redis.set(id, value);\n    return value;\n  }\n}`, filename, errors: [report(8, 11, `${REDIS}export async function load(id: string) {\n  try {\n    return await redis.get(id);\n  } catch (error) {\n    const value = await query(id);\n    \n    return value;\n  }\n}`)] },
    { name: 'a key in two spellings', code: REDIS + inCall('() => null', 'await redis.set("" + id, JSON.stringify(value));').replace('redis.get(id)', 'redis.get(key)').replace('{\n  const', '{\n  const key = "" + id;\n  const'), filename, errors: [some(8, 9, 1)] },
    { name: 'a default of the promise', code: REDIS + stored('await query(id).catch(() => [])'), filename, errors: [report(5, 9, REDIS + stored('await query(id)'), REDIS + stored('await query(id).catch(() => [])', `if (value.length > 0) ${WRITE}`))] },
    { name: 'null as text', code: REDIS + stored('await query(id).catch(() => null)'), filename, errors: [report(5, 9, REDIS + stored('await query(id)'), REDIS + stored('await query(id).catch(() => null)', `if (value != null) ${WRITE}`))] },
    { name: 'a default that is stored at once', code: `${REDIS}export const refresh = async (id: string) => redis.set(id, JSON.stringify(await query(id).catch(() => ({}))));`, filename, errors: [report(3, 46, `${REDIS}export const refresh = async (id: string) => redis.set(id, JSON.stringify(await query(id)));`)] },
    { name: 'parentheses around the promise', code: REDIS + stored('await (query(id)).catch(() => [])'), filename, errors: [report(5, 9, REDIS + stored('await (query(id))'), REDIS + stored('await (query(id)).catch(() => [])', `if (value.length > 0) ${WRITE}`))] },
    { name: 'a local that keeps its default', code: `${REDIS}export async function refresh(id: string) {\n  let value = [];\n  try {\n    value = await query(id);\n  } catch (error) {\n    log(error);\n  }\n  ${WRITE}\n}`, filename, errors: [some(10, 9, 1)] },
    { name: 'a local that is given a default', code: `${REDIS}export async function refresh(id: string) {\n  let value;\n  try {\n    value = await query(id);\n  } catch (error) {\n    value = {};\n  }\n  ${WRITE}\n}`, filename, errors: [some(10, 9, 1)] },
    { name: 'a loader of the same file that hides its failure', code: `${REDIS}async function list(id: string) {\n  try {\n    return await query(id);\n  } catch {\n    return [];\n  }\n}\n${stored('await list(id)')}`, filename, errors: [some(12, 9, 1)] },
    { name: 'a loader of another file that hides its failure', code: `import { orders } from './orders.js';\n${REDIS}${stored('await orders(id)')}`, filename, errors: [some(6, 9, 1)] },
    { name: 'one loader and two writes, once', code: `import { orders } from './orders.js';\n${REDIS}${stored('await orders(id)')}\nexport async function again(id: string) {\n  const value = await orders(id);\n  ${WRITE}\n}`, filename, errors: [some(6, 9, 1)] },
    { name: 'wrap of a loader with a default', code: `${MANAGER}export const load = (id: string) => cache.wrap(id, () => query(id).catch(() => []));`, filename, errors: [report(3, 37, `${MANAGER}export const load = (id: string) => cache.wrap(id, () => query(id));`)] },
    { name: 'null in a cache whose reader asks for undefined', code: `${LRU}export async function load(id: string) {\n  const hit = cache.get(id);\n  if (hit !== undefined) return hit;\n  const value = await query(id).catch(() => null);\n  cache.set(id, value);\n  return value;\n}`, filename, errors: [some(7, 3, 2)] },
    { name: 'a promise', code: LRU + QUERY + promised(), filename, errors: [report(8, 3, LRU + QUERY + promised('\n  value.catch(() => cache.delete(id));'))] },
    { name: 'a client of another file', code: "import { redis } from './redis.js';\n" + inCall('() => null'), filename, errors: [some(6, 9, 1)] },
    { name: 'a client that another file hands on', code: "import { store as redis } from './index.js';\n" + inCall('() => null'), filename, errors: [some(6, 9, 1)] },
    { name: 'an aliased import', code: "import { Redis as Store } from 'ioredis';\nconst redis = new Store();\n" + inCall('() => null'), filename, errors: [some(7, 9, 1)] },
    { name: 'a namespace import', code: "import * as io from 'ioredis';\nconst redis = new io.Redis();\n" + inCall('() => null'), filename, errors: [some(7, 9, 1)] },
    { name: 'a require, in JavaScript', code: "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = async (id) => {\n  const cached = await redis.get(id).catch(() => null);\n  if (cached) return cached;\n  const value = await query(id);\n  await redis.set(id, value);\n  return value;\n};", filename: inFile('src/main.cjs'), errors: [some(7, 9, 1)] },
    { name: 'an injected field', code: "import type { Redis } from 'ioredis';\nexport class Users {\n  constructor(private readonly redis: Redis) {}\n  async load(id: string) {\n    const cached = await this.redis.get(id).catch(() => null);\n    if (cached) return cached;\n    const value = await query(id);\n    await this.redis.set(id, value);\n    return value;\n  }\n}", filename, errors: [some(8, 11, 1)] },
    { name: 'a parameter with a type', code: `import type { Redis } from 'ioredis';\n${inCall('() => null').replace('load(id', 'load(redis: Redis, id')}`, filename, errors: [some(6, 9, 1)] },
    { name: 'a service that hides failures, in strict', code: SERVICE, filename, options: strict, errors: [some(8, 11, 0)] },
    { name: 'a write by a function of the file', code: `${REDIS}const keep = (key: string, value: unknown) => redis.set(key, JSON.stringify(value), 'EX', 60);\n${inCall('() => null', 'await keep(id, value);')}`, filename, errors: [some(8, 9, 1)] },
  ],
});

function messagesWith(parser: unknown, code: string, name = filename, options: unknown[] = [], both = false): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  const plugin = { rules: { 'no-cache-fill-on-error': subject, 'no-ambiguous-cache-hit': ambiguous as unknown as Rule.RuleModule } } as ESLint.Plugin;
  const config: Linter.Config = {
    files: ['**/*.*'],
    plugins: { resilience: plugin },
    languageOptions: { parser: parser as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' },
    rules: { 'resilience/no-cache-fill-on-error': ['error', ...options] as ['error'], ...(both && { 'resilience/no-ambiguous-cache-hit': ['error', { checkUnknown: true }] as ['error', object] }) },
  };
  return linter.verify(code, [config], { filename: name });
}

it('reports an error default once between the two rules', () => {
  const code = `${REDIS}export async function load(id: string) {\n  const cached = await redis.get(id);\n  if (cached) return JSON.parse(cached);\n  const value = await query(id).catch(() => null);\n  ${WRITE}\n  return value;\n}`;
  expect(messagesWith(oxcParser, code, filename, [], true).map(({ ruleId, line }) => `${ruleId} ${line}`)).toEqual(['resilience/no-cache-fill-on-error 7']);
});

describe('known limitation', () => {
  const silent: [sentence: string, code: string][] = [
    ['a handler behind a name', `${REDIS}const toNull = () => null;\n${inCall('toNull')}`],
    ['a fill in a function that loads too', `${REDIS}async function fill(id: string) { const value = await query(id); const items: Record<string, string> = { [id]: value }; for (const key of Object.keys(items)) await redis.set(key, items[key]); return value; }\nexport async function load(id: string) { const cached = await redis.get(id).catch(() => null); return cached ?? fill(id); }`],
    ['a library that takes a failed read for a miss by itself', `${MANAGER}export async function load(id: string) { const hit = await cache.get(id); if (hit) return hit; const value = { id: await query(id) }; await cache.set(id, value); return value; }`],
  ];
  it.each(silent)('%s is not reported', (_sentence, code) => {
    expect(messagesWith(oxcParser, code)).toEqual([]);
  });
});

describe('the same is reported', () => {
  const code = (REDIS + inCall('() => null')).replace(/: string/g, '');
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endColumn, suggestions }) => ({ messageId, line, column, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([7]);
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
    ['for a handler that gives an object', REDIS + inCall('() => ({ value: null })')],
    ['for a handler of one parameter without parentheses', REDIS + inCall('error => (log(error), null)')],
    ['for an empty catch', REDIS + inClause('')],
    ['for a set in the catch', `${REDIS}export async function load(id: string) {\n  try { return await redis.get(id); } catch { await redis.set(id, await query(id)); }\n}`],
    ['for a default', REDIS + stored('await query(id).catch(() => [])')],
    ['for wrap', `${MANAGER}export const load = (id: string) => cache.wrap(id, async () => await query(id).catch(() => []), 60_000);`],
    ['for a promise', LRU + QUERY + promised()],
  ];
  it.each(programs)('%s parses, and ends the report', (_sentence, code) => {
    const messages = messagesWith(oxcParser, code);
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) {
      for (const { fix } of message.suggestions ?? []) {
        const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
        expect(parse(filename, output), output).toMatchObject({ ok: true });
        expect(messagesWith(oxcParser, output), output).toEqual([]);
      }
    }
  });
});

describe('options', () => {
  it.each([['an option that does not exist', [{ checkAll: true }]], ['a value that is no boolean', [{ checkWrappers: 'yes' }]]])('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/no-cache-fill-on-error/);
  });
});
