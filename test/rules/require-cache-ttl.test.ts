import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-cache-ttl.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({
  'src/main.ts': 'export {};',
  'src/redis.ts': "import { Redis } from 'ioredis';\nexport const redis = new Redis();\n",
  'src/admin.ts': "import { redis } from './redis.js';\nexport const forget = (id: string) => redis.del(`account:${id}`);\n",
  'src/words.ts': 'export const TITLE = "invoice:";\n',
  'src/service.ts': "import type { Redis } from 'ioredis';\nexport class Store {\n  constructor(private readonly redis: Redis) {}\n  async get(key: string) {\n    return this.redis.get(key);\n  }\n  async put(key: string, value: string) {\n    await this.redis.set(key, value);\n  }\n}\n",
}, { ioredis: '5.11.1', redis: '5.12.1', 'cache-manager': '7.2.9' });
const filename = `${project.root}/src/main.ts`;
const inFile = (name: string): string => `${project.root}/${name}`;
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0' } }), 'src/main.ts': 'export {};' });

const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const NODE_REDIS = "import { createClient } from 'redis';\nconst redis = createClient();\n";
const UPSTASH = "import { Redis } from '@upstash/redis';\nconst redis = Redis.fromEnv();\n";
const NODE_CACHE = "import NodeCache from 'node-cache';\nconst redis = new NodeCache();\n";
const KEYV = "import Keyv from 'keyv';\nconst redis = new Keyv();\n";
const MANAGER = "import { createCache } from 'cache-manager';\nconst redis = createCache();\n";
const STORED = 'JSON.stringify(value)';
/** A read, a load on the miss, a write on the sixth line. */
const fill = (write: string, key = '`user:${id}`', load = 'await query(id)'): string =>
  `export async function load(id: string, ttl?: number, more: string[] = []) {\n  const hit = await redis.get(${key});\n  if (hit) return hit;\n  const value = ${load};\n  ${write}\n  return value;\n}`;
const set = (...more: string[]): string => `await redis.set(${['`user:${id}`', STORED, ...more].join(', ')});`;
const noted = (write: string): string => `export async function note(id: string, value: string) {\n  ${write}\n}`;

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const at = (line: number, column: number, ...outputs: string[]) => ({ messageId: 'lasts', line, column, suggestions: outputs.map((output) => ({ messageId: 'suggestTtl', output })) });
const each = [{ checkEntries: true }];

tester.run('require-cache-ttl', subject, {
  valid: [
    { name: 'EX', code: REDIS + fill(set("'EX'", '60')), filename },
    { name: 'PX in small letters', code: REDIS + fill(set("'px'", '60_000')), filename },
    { name: 'EX behind NX', code: REDIS + fill(set("'NX'", "'EX'", '60')), filename },
    { name: 'KEEPTTL', code: REDIS + fill(set("'KEEPTTL'")), filename },
    { name: 'words that are not known', code: REDIS + fill(set('more[0]', 'more[1]')), filename },
    { name: 'arguments that are spread', code: REDIS + fill(set('...more')), filename },
    { name: 'setex', code: REDIS + fill(`await redis.setex(\`user:\${id}\`, 60, ${STORED});`), filename },
    { name: 'options with EX', code: NODE_REDIS + fill(set('{ EX: 60 }')), filename },
    { name: 'options with an expiration', code: NODE_REDIS + fill(set("{ expiration: { type: 'EX', value: 60 } }")), filename },
    { name: 'options of a caller', code: `${NODE_REDIS}export async function load(id: string, options: object) {\n  const hit = await redis.get(id);\n  if (hit) return hit;\n  const value = await query(id);\n  await redis.set(id, value, options);\n  return value;\n}`, filename },
    { name: 'the old call with words, on a client whose calls take options', code: NODE_REDIS + fill(set("'EX'", '60')), filename },
    { name: 'options of Upstash', code: UPSTASH + fill(set('{ ex: 60 }')), filename },
    { name: 'expire on the same key', code: REDIS + fill(`${set()}\n  await redis.expire(\`user:\${id}\`, 60);`), filename },
    { name: 'pexpire in a transaction', code: REDIS + fill(`await redis.multi().set(\`user:\${id}\`, ${STORED}).pexpire(\`user:\${id}\`, 60).exec();`), filename },
    { name: 'persist, which says that it stays', code: REDIS + fill(`${set()}\n  await redis.persist(\`user:\${id}\`);`), filename },
    { name: 'expire on a key that is not known, in the same function', code: REDIS + fill(`${set()}\n  await redis.expire(...more);`), filename },
    { name: 'expire by a function of the file', code: `${REDIS}const limit = (key: string) => redis.expire(key, 60);\n${fill(`${set()}\n  await limit(\`user:\${id}\`);`)}`, filename },
    { name: 'a delete of the same key in another function', code: `${REDIS}${fill(set())}\nexport const forget = (user: { id: string }) => redis.del(\`user:\${user.id}\`);`, filename },
    { name: 'a delete of keys that are not known', code: `${REDIS}${fill(set())}\nexport const forget = (keys: string[]) => redis.del(...keys);`, filename },
    { name: 'a delete of the same key in another file', code: REDIS + fill(`await redis.set(\`account:\${id}\`, ${STORED});`, '`account:${id}`'), filename },
    { name: 'a default of the client', code: "import NodeCache from 'node-cache';\nconst redis = new NodeCache({ stdTTL: 60 });\n" + fill('redis.set(`user:${id}`, value);'), filename },
    { name: 'a default of the client that comes from outside', code: "import NodeCache from 'node-cache';\nimport { options } from './options.js';\nconst redis = new NodeCache(options);\n" + fill('redis.set(`user:${id}`, value);'), filename },
    { name: 'a limit of size', code: "import NodeCache from 'node-cache';\nconst redis = new NodeCache({ maxKeys: 500 });\n" + fill('redis.set(`user:${id}`, value);'), filename },
    { name: 'a cache with a bound', code: "import { LRUCache } from 'lru-cache';\nconst redis = new LRUCache({ max: 500 });\n" + fill('redis.set(`user:${id}`, value);'), filename },
    { name: 'Keyv with a default', code: "import Keyv from 'keyv';\nconst redis = new Keyv({ ttl: 60_000 });\n" + fill('await redis.set(`user:${id}`, value);'), filename },
    { name: 'Keyv whose default is set later', code: `${KEYV}redis.ttl = 60_000;\n${fill('await redis.set(`user:${id}`, value);')}`, filename },
    { name: 'Keyv over a store of its own', code: "import Keyv from 'keyv';\nimport { store } from './store.js';\nconst redis = new Keyv({ store });\n" + fill('await redis.set(`user:${id}`, value);'), filename },
    { name: 'cache-manager with a default', code: "import { createCache } from 'cache-manager';\nconst redis = createCache({ ttl: 60_000 });\n" + fill('await redis.set(`user:${id}`, value);'), filename },
    { name: 'a time to live that may be missing', code: MANAGER + fill('await redis.set(`user:${id}`, value, ttl);'), filename },
    { name: 'wrap with a time to live', code: `${MANAGER}export const load = (id: string) => redis.wrap(id, () => query(id), 60_000);`, filename },
    { name: 'a time to live on one of two branches', code: REDIS + fill(`if (ttl === undefined) ${set()}\n  else ${set("'EX'", 'ttl')}\n  await redis.del(\`user:\${id}\`);`), filename },
    { name: 'a value that is made up on the miss', code: REDIS + fill("await redis.set(`user:${id}`, 'started');"), filename },
    { name: 'a write of another key', code: REDIS + fill(`await redis.set(\`other:\${id}\`, ${STORED});`), filename },
    { name: 'a write on a hit', code: `${REDIS}export async function bump(id: string) {\n  const hit = await redis.get(id);\n  if (!hit) return;\n  const value = await query(id);\n  await redis.set(id, value);\n}`, filename },
    { name: 'a field of a hash', code: `${REDIS}export async function load(id: string) {\n  const hit = await redis.hget('users', id);\n  if (hit) return hit;\n  const value = await query(id);\n  await redis.hset('users', id, value);\n  return value;\n}`, filename },
    { name: 'a flag for each id, by default', code: REDIS + noted('await redis.set(`flag:${id}`, value);'), filename },
    { name: 'one entry, not one an id', code: REDIS + noted("await redis.set('cursor', value);"), filename, options: each },
    { name: 'a lock', code: REDIS + noted("await redis.set(`lock:${id}`, value, 'NX');"), filename, options: each },
    { name: 'a counter that is reset', code: `${REDIS}export async function count(id: string) {\n  const key = \`count:\${id}\`;\n  if ((await redis.incr(key)) > 1000) await redis.set(key, '0');\n}`, filename, options: each },
    { name: 'a flag that somebody clears', code: `${REDIS}${noted("await redis.set(`cancel:${id}`, '1');")}\nexport const clear = (job: string) => redis.del(\`cancel:\${job}\`);`, filename, options: each },
    { name: 'a key that is a parameter alone', code: REDIS + noted('await redis.set(id, value);'), filename, options: each },
    { name: 'a Map', code: `const redis = new Map();\n${fill('redis.set(`user:${id}`, value);')}`, filename },
    { name: 'a look-alike package', code: `import { Redis } from '@acme/ioredis';\nconst redis = new Redis();\n${fill(set())}`, filename },
    { name: 'a receiver of any', code: fill(set()).replace('load(id', 'load(redis: any, id'), filename },
    { name: 'a command-line tool', code: REDIS + fill(set()), filename: `${script.root}/src/main.ts` },
  ],
  invalid: [
    { name: 'a fill of ioredis', code: REDIS + fill(set()), filename, errors: [at(7, 9, REDIS + fill(set("'EX'", '3600')))] },
    { name: 'a fill of node-redis', code: NODE_REDIS + fill(set()), filename, errors: [at(7, 9, NODE_REDIS + fill(set('{ EX: 3600 }')))] },
    { name: 'options that say nothing of time', code: NODE_REDIS + fill(set('{ GET: true }')), filename, errors: [at(7, 9, NODE_REDIS + fill(set('{ GET: true, EX: 3600 }')))] },
    { name: 'words that say nothing of time', code: REDIS + fill(set("'XX'")), filename, errors: [at(7, 9, REDIS + fill(set("'EX'", '3600', "'XX'")))] },
    { name: 'a fill of Upstash', code: UPSTASH + fill('await redis.set(`user:${id}`, value);'), filename, errors: [at(7, 9, UPSTASH + fill('await redis.set(`user:${id}`, value, { ex: 3600 });'))] },
    { name: 'a fill of node-cache', code: NODE_CACHE + fill('redis.set(`user:${id}`, value);'), filename, errors: [at(7, 3, NODE_CACHE + fill('redis.set(`user:${id}`, value, 3600);'))] },
    { name: 'node-cache with other options', code: "import NodeCache from 'node-cache';\nconst redis = new NodeCache({ useClones: false });\n" + fill('redis.set(`user:${id}`, value);'), filename, errors: [{ messageId: 'lasts', line: 7, column: 3, suggestions: 1 }] },
    { name: 'a fill of Keyv', code: KEYV + fill('await redis.set(`user:${id}`, value);'), filename, errors: [at(7, 9, KEYV + fill('await redis.set(`user:${id}`, value, 3_600_000);'))] },
    { name: 'a fill of cache-manager', code: MANAGER + fill('await redis.set(`user:${id}`, value);'), filename, errors: [at(7, 9, MANAGER + fill('await redis.set(`user:${id}`, value, 3_600_000);'))] },
    { name: 'wrap', code: `${MANAGER}export const load = (id: string) => redis.wrap(id, () => query(id));`, filename, errors: [at(3, 37, `${MANAGER}export const load = (id: string) => redis.wrap(id, () => query(id), 3_600_000);`)] },
    { name: 'undefined as a time to live', code: MANAGER + fill('await redis.set(`user:${id}`, value, undefined);'), filename, errors: [at(7, 9)] },
    { name: 'a pipeline', code: REDIS + fill(`await redis.pipeline().set(\`user:\${id}\`, ${STORED}).exec();`), filename, errors: [at(7, 9, REDIS + fill(`await redis.pipeline().set(\`user:\${id}\`, ${STORED}, 'EX', 3600).exec();`))] },
    { name: 'expire on another key', code: REDIS + fill(`${set()}\n  await redis.expire(\`session:\${id}\`, 60);`), filename, errors: [{ messageId: 'lasts', line: 7, column: 9, suggestions: 1 }] },
    { name: 'a delete of another key', code: `${REDIS}${fill(set())}\nexport const forget = (id: string) => redis.del(\`session:\${id}\`);`, filename, errors: [{ messageId: 'lasts', line: 7, column: 9, suggestions: 1 }] },
    { name: 'another file that only names the key', code: REDIS + fill(`await redis.set(\`invoice:\${id}\`, ${STORED});`, '`invoice:${id}`'), filename, errors: [{ messageId: 'lasts', line: 7, column: 9, suggestions: 1 }] },
    { name: 'a key behind a name', code: REDIS + fill(`await redis.set(key, ${STORED});`, 'key').replace('{\n  const', '{\n  const key = `user:${id}`;\n  const'), filename, errors: [{ messageId: 'lasts', line: 8, column: 9, suggestions: 1 }] },
    { name: 'a key that a function makes', code: `${REDIS}const userKey = (id: string) => \`user:\${id}\`;\n${fill(`await redis.set(userKey(id), ${STORED});`, 'userKey(id)')}`, filename, errors: [{ messageId: 'lasts', line: 8, column: 9, suggestions: 1 }] },
    { name: 'a part of what was loaded', code: REDIS + fill('await redis.set(`user:${id}`, JSON.stringify({ name: value.name, at: 1 }));'), filename, errors: [{ messageId: 'lasts', line: 7, column: 9, suggestions: 1 }] },
    { name: 'a write by a function of the file', code: `${REDIS}const keep = (key: string, value: unknown) => redis.set(key, ${STORED});\n${fill('await keep(`user:${id}`, value);')}`, filename, errors: [at(8, 9, `${REDIS}const keep = (key: string, value: unknown) => redis.set(key, ${STORED}, 'EX', 3600);\n${fill('await keep(`user:${id}`, value);')}`)] },
    { name: 'two fills by one function, once', code: `${REDIS}const keep = (key: string, value: unknown) => redis.set(key, ${STORED});\n${fill('await keep(`user:${id}`, value);')}\n${fill('await keep(`team:${id}`, value);', '`team:${id}`').replace('load(', 'team(')}`, filename, errors: [{ messageId: 'lasts', line: 8, column: 9, suggestions: 1 }] },
    { name: 'a service of another file', code: "import { Store } from './service.js';\nexport class Users {\n  constructor(private readonly store: Store) {}\n  async load(id: string) {\n    const hit = await this.store.get(`user:${id}`);\n    if (hit) return hit;\n    const value = await query(id);\n    await this.store.put(`user:${id}`, value);\n    return value;\n  }\n}", filename, errors: [at(8, 11)] },
    { name: 'a client of another file', code: `import { redis } from './redis.js';\n${fill(set())}`, filename, errors: [{ messageId: 'lasts', line: 6, column: 9, suggestions: 1 }] },
    { name: 'an entry for each id, in strict', code: REDIS + noted('await redis.set(`flag:${id}`, value);'), filename, options: each, errors: [at(4, 9, REDIS + noted("await redis.set(`flag:${id}`, value, 'EX', 3600);"))] },
    { name: 'a require, in JavaScript', code: "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = async (id) => {\n  const hit = await redis.get(id);\n  if (hit) return hit;\n  const value = await query(id);\n  await redis.set(id, value);\n  return value;\n};", filename: inFile('src/main.cjs'), errors: [{ messageId: 'lasts', line: 7, column: 9, suggestions: 1 }] },
  ],
});

function messagesWith(parser: unknown, code: string, name = filename, options: unknown[] = each): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  return linter.verify(code, [{ files: ['**/*.*'], plugins: { resilience: { rules: { 'require-cache-ttl': subject } } as ESLint.Plugin }, languageOptions: { parser: parser as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' }, rules: { 'resilience/require-cache-ttl': ['error', ...options] as ['error'] } }], { filename: name });
}

describe('known limitation', () => {
  const silent: [sentence: string, code: string][] = [
    ['a hash that is filled as a whole', `${REDIS}export async function load(id: string) { const hit = await redis.hgetall(\`user:\${id}\`); if (Object.keys(hit).length > 0) return hit; const value = await query(id); await redis.hset(\`user:\${id}\`, value); return value; }`],
    ['a fill with mset', REDIS + fill('await redis.mset(`user:${id}`, value);')],
    ['a fill through sendCommand', NODE_REDIS + fill("await redis.sendCommand(['SET', `user:${id}`, value]);")],
    ['a client behind an interface', `interface Store { get(key: string): Promise<string | null>; set(key: string, value: string): Promise<void> }\n${fill(set()).replace('load(id', 'load(redis: Store, id')}`],
    ['another file that names the key and removes something else', REDIS + fill(`await redis.set(\`account:\${id}:name\`, ${STORED});`, '`account:${id}:name`')],
  ];
  it.each(silent)('%s is not reported', (_sentence, code) => {
    expect(messagesWith(oxcParser, code)).toEqual([]);
  });
});

describe('the same is reported', () => {
  const code = (REDIS + fill(set())).replace(/\??: (?:string\[\]|string|number)/g, '');
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endColumn, suggestions }) => ({ messageId, line, column, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code, inFile('src/main.js')));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([7]);
  });
  it('with the parser of ESLint', () => {
    expect(places(messagesWith(espree, code, inFile('src/main.js')))).toEqual(expected);
  });
  it('with oxc', () => {
    expect(places(messagesWith(oxcParser, code, inFile('src/main.js')))).toEqual(expected);
  });
});

describe('a suggestion', () => {
  const programs: [sentence: string, code: string][] = [
    ['for words', REDIS + fill(set())],
    ['for options', NODE_REDIS + fill(set('{ GET: true }'))],
    ['for an argument', MANAGER + fill('await redis.set(`user:${id}`, value);')],
    ['for an entry an id', REDIS + noted('await redis.set(`flag:${id}`, value);')],
  ];
  it.each(programs)('%s parses, and ends the report', (_sentence, code) => {
    const messages = messagesWith(oxcParser, code);
    expect(messages.map(({ suggestions }) => suggestions?.length)).toEqual([1]);
    const { fix } = messages[0]!.suggestions![0]!;
    const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
    expect(parse(filename, output), output).toMatchObject({ ok: true });
    expect(messagesWith(oxcParser, output), output).toEqual([]);
  });
});

describe('options', () => {
  it.each([['an option that does not exist', [{ checkAll: true }]], ['a value that is no boolean', [{ checkEntries: 'yes' }]]])('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/require-cache-ttl/);
  });
});
