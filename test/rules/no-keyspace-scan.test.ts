import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-keyspace-scan.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({ 'src/main.ts': 'export {};', 'src/redis.ts': "import { Redis } from 'ioredis';\nexport const redis = new Redis();\n" }, { ioredis: '5.11.1', redis: '5.12.1' });
const old = tempProject({ 'src/main.ts': 'export {};' }, { redis: '4.7.1' });
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0' } }), 'src/main.ts': 'export {};' });
const filename = `${project.root}/src/main.ts`;

const REDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const CLUSTER = "import { Cluster } from 'ioredis';\nconst redis = new Cluster([]);\n";
const NODE_REDIS = "import { createClient } from 'redis';\nconst client = createClient();\n";
const UPSTASH = "import { Redis } from '@upstash/redis';\nconst redis = Redis.fromEnv();\n";
const asked = (body: string): string => `export async function answer(prefix: string, cursor: string, args: string[]) {\n  ${body}\n}`;
const listed = (call: string): string => `export async function answer(prefix: string) {\n  const keys = await ${call};\n  return keys.length;\n}`;
const walked = (before: string): string => `export async function answer(prefix: string) {\n  ${before}\n  const keys = [...foundKeys];\n  return keys.length;\n}`;

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const at = (line: number, column: number, ...outputs: string[]) => ({ messageId: 'found', line, column, suggestions: outputs.map((output) => ({ messageId: 'suggestWalk', output })) });
const PAGES = "const foundKeys = new Set<string>();\n  for await (const page of redis.scanStream({ match: `${prefix}*`, count: 1000 })) for (const key of page) foundKeys.add(key);";

tester.run('no-keyspace-scan', subject, {
  valid: [
    { name: 'a read of one key', code: REDIS + asked('return redis.get(prefix);'), filename },
    { name: 'SCAN with MATCH', code: REDIS + asked("return redis.scan(cursor, 'MATCH', prefix, 'COUNT', 100);"), filename },
    { name: 'SCAN with a word in small letters', code: REDIS + asked("return redis.scan(cursor, 'match', prefix);"), filename },
    { name: 'SCAN of one type', code: REDIS + asked("return redis.scan(cursor, 'TYPE', 'hash');"), filename },
    { name: 'SCAN with arguments that are not known', code: REDIS + asked('return redis.scan(cursor, ...args);'), filename },
    { name: 'SCAN with words that are not known', code: REDIS + asked('return redis.scan(cursor, args[0], args[1]);'), filename },
    { name: 'SCAN with options', code: NODE_REDIS + asked('return client.scan(cursor, { MATCH: prefix });'), filename },
    { name: 'SCAN with options of a caller', code: `${NODE_REDIS}export const page = (cursor: string, options: object) => client.scan(cursor, options);`, filename },
    { name: 'a stream that matches', code: REDIS + asked('for await (const page of redis.scanStream({ match: prefix })) use(page);'), filename },
    { name: 'an iterator that matches', code: NODE_REDIS + asked('for await (const page of client.scanIterator({ MATCH: prefix })) use(page);'), filename },
    { name: 'the fields of a hash', code: REDIS + asked('return redis.hkeys(prefix);'), filename },
    { name: 'the members of a set, in steps', code: REDIS + asked("return redis.sscan(prefix, cursor);"), filename },
    { name: 'keys of a Map', code: asked('return [...new Map<string, string>([[prefix, cursor]]).keys()];'), filename },
    { name: 'keys of an object', code: asked('return Object.keys({ [prefix]: cursor });'), filename },
    { name: 'keys of a cache in the process', code: `import NodeCache from 'node-cache';\nconst cache = new NodeCache();\n${asked('return cache.keys();')}`, filename },
    { name: 'a look-alike package', code: `import { Redis } from '@acme/ioredis';\nconst redis = new Redis();\n${asked("return redis.keys('*');")}`, filename },
    { name: 'a receiver of any', code: "export const answer = (redis: any) => redis.keys('*');", filename },
    { name: "a class of one's own", code: `class Redis { keys(pattern: string) { return [pattern]; } }\nconst redis = new Redis();\n${asked("return redis.keys('*');")}`, filename },
    { name: 'another command by its name', code: NODE_REDIS + asked("return client.sendCommand(['GET', prefix]);"), filename },
    { name: 'a command that is not known', code: NODE_REDIS + asked('return client.sendCommand(args);'), filename },
    { name: 'a command-line tool', code: REDIS + asked("return redis.keys('*');"), filename: `${script.root}/src/main.ts` },
    { name: 'a test', code: `import { it } from 'vitest';\n${REDIS}it('is empty', async () => { await redis.flushall(); });`, filename },
  ],
  invalid: [
    { name: 'KEYS of ioredis', code: REDIS + listed('redis.keys(`${prefix}*`)'), filename, errors: [at(4, 22, REDIS + walked(PAGES))] },
    { name: 'KEYS of node-redis, which gives pages', code: NODE_REDIS + listed('client.keys(prefix)'), filename, errors: [at(4, 22, NODE_REDIS + walked('const foundKeys = new Set<string>();\n  for await (const page of client.scanIterator({ MATCH: prefix, COUNT: 1000 })) for (const key of page) foundKeys.add(key);'))] },
    { name: 'KEYS of node-redis 4, which gives keys', code: NODE_REDIS + listed('client.keys(prefix)'), filename: `${old.root}/src/main.ts`, errors: [at(4, 22, NODE_REDIS + walked('const foundKeys = new Set<string>();\n  for await (const key of client.scanIterator({ MATCH: prefix, COUNT: 1000 })) foundKeys.add(key);'))] },
    { name: 'KEYS in capitals', code: NODE_REDIS + asked('return client.KEYS(prefix);'), filename, errors: [at(4, 10)] },
    { name: 'KEYS of a cluster, which has no one stream', code: CLUSTER + listed('redis.keys(prefix)'), filename, errors: [at(4, 22)] },
    { name: 'KEYS of Upstash', code: UPSTASH + listed('redis.keys(prefix)'), filename, errors: [at(4, 22)] },
    { name: 'KEYS whose promise is returned', code: REDIS + asked('return redis.keys(prefix);'), filename, errors: [at(4, 10)] },
    { name: 'KEYS through call', code: REDIS + asked("return redis.call('KEYS', prefix);"), filename, errors: [at(4, 10)] },
    { name: 'KEYS through sendCommand', code: NODE_REDIS + asked("return client.sendCommand(['KEYS', prefix]);"), filename, errors: [at(4, 10)] },
    { name: 'a list through sendCommand behind a name', code: NODE_REDIS + asked("const command = ['keys', prefix];\n  return client.sendCommand(command);"), filename, errors: [at(5, 10)] },
    { name: 'KEYS in a pipeline', code: REDIS + asked('return redis.pipeline().keys(prefix).exec();'), filename, errors: [at(4, 10)] },
    { name: 'FLUSHALL', code: REDIS + asked('await redis.flushall();'), filename, errors: [at(4, 9)] },
    { name: 'FLUSHDB', code: REDIS + asked('await redis.flushdb();'), filename, errors: [at(4, 9)] },
    { name: 'FLUSHDB of node-redis', code: NODE_REDIS + asked('await client.flushDb();'), filename, errors: [at(4, 9)] },
    { name: 'FLUSHDB through sendCommand', code: NODE_REDIS + asked("await client.sendCommand(['FLUSHDB']);"), filename, errors: [at(4, 9)] },
    { name: 'FLUSHALL in a transaction', code: NODE_REDIS + asked('await client.multi().flushAll().exec();'), filename, errors: [at(4, 9)] },
    { name: 'all of memcached', code: `import { Client } from 'memjs';\nconst cache = Client.create();\n${asked('await cache.flush();')}`, filename, errors: [at(4, 9)] },
    { name: 'MONITOR', code: REDIS + asked('await redis.monitor();'), filename, errors: [at(4, 9)] },
    { name: 'SCAN without MATCH', code: REDIS + asked('return redis.scan(cursor);'), filename, errors: [at(4, 10)] },
    { name: 'SCAN with COUNT alone', code: REDIS + asked("return redis.scan(cursor, 'COUNT', 100);"), filename, errors: [at(4, 10)] },
    { name: 'SCAN with options, without MATCH', code: NODE_REDIS + asked('return client.scan(cursor, { COUNT: 100 });'), filename, errors: [at(4, 10)] },
    { name: 'a stream of all keys', code: REDIS + asked('for await (const page of redis.scanStream()) use(page);'), filename, errors: [at(4, 28)] },
    { name: 'an iterator over all keys', code: NODE_REDIS + asked('for await (const page of client.scanIterator({ COUNT: 100 })) use(page);'), filename, errors: [at(4, 28)] },
    { name: 'a client of another file', code: `import { redis } from './redis.js';\n${asked("return redis.keys('*');")}`, filename, errors: [at(3, 10)] },
    { name: 'a field of one client or a cluster', code: "import { Redis, Cluster } from 'ioredis';\nexport class Index {\n  private redis: Redis | Cluster;\n  async all(prefix: string) {\n    const keys = await this.redis.keys(prefix);\n    return keys;\n  }\n}", filename, errors: [at(5, 24)] },
  ],
});

function messagesWith(parser: unknown, code: string, name = filename): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  return linter.verify(code, [{ files: ['**/*.*'], plugins: { resilience: { rules: { 'no-keyspace-scan': subject } } as ESLint.Plugin }, languageOptions: { parser: parser as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' }, rules: { 'resilience/no-keyspace-scan': 'error' } }], { filename: name });
}

describe('known limitation', () => {
  const silent: [sentence: string, code: string][] = [
    ['KEYS in a script of Lua', REDIS + asked("return redis.eval(\"return redis.call('keys', ARGV[1])\", 0, prefix);")],
    ['a command object', `import { Redis, Command } from 'ioredis';\nconst redis = new Redis();\n${asked("return redis.sendCommand(new Command('keys', [prefix]));")}`],
    ['a pattern that matches everything', REDIS + asked("return redis.scan(cursor, 'MATCH', '*');")],
    ['a client behind an interface', 'interface Store { keys(pattern: string): Promise<string[]> }\nexport const all = (store: Store) => store.keys("*");'],
  ];
  it.each(silent)('%s is not reported', (_sentence, code) => {
    expect(messagesWith(oxcParser, code)).toEqual([]);
  });
});

describe('the same is reported', () => {
  const code = (REDIS + listed('redis.keys(prefix)')).replace(/: string/g, '');
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endColumn, suggestions }) => ({ messageId, line, column, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code, `${project.root}/src/main.js`));

  it('at all, with a suggestion that parses and ends the report', () => {
    expect(expected.map(({ line }) => line)).toEqual([4]);
    for (const { fixes } of expected) {
      const [fix] = fixes!;
      const output = code.slice(0, fix!.range[0]) + fix!.text + code.slice(fix!.range[1]);
      expect(parse(filename, output), output).toMatchObject({ ok: true });
      expect(messagesWith(oxcParser, output)).toEqual([]);
    }
  });
  it('with the parser of ESLint', () => {
    expect(places(messagesWith(espree, code, `${project.root}/src/main.js`))).toEqual(expected);
  });
  it('with oxc', () => {
    expect(places(messagesWith(oxcParser, code, `${project.root}/src/main.js`))).toEqual(expected);
  });
});

it('says what each command does', () => {
  const [message] = messagesWith(oxcParser, REDIS + asked('await redis.flushdb();'));
  expect(message?.message).toBe('`redis.flushdb` sends FLUSHDB: it removes the entries of every program that shares the database, locks and queues too, and all of them load anew at once. Delete the entries of this cache by their prefix, or change the prefix.');
});
