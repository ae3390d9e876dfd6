import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-unguarded-null.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const tsconfig = (options: object): string => JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', skipLibCheck: true, types: [], ...options }, include: ['src'] });
/** One back-end package with strict null checks; the cases are files of it. */
const project = tempProject({
  'tsconfig.json': tsconfig({ strict: true }),
  'src/main.ts': 'export {};',
  'src/main.js': '',
  'src/db.ts': "import pg from 'pg';\nexport const pool = new pg.Pool();\n",
  'src/index.ts': "export { pool as db } from './db.js';\n",
  'src/found.ts': "export function assertFound(x: unknown): void { if (x == null) throw new Error('not found'); }\n",
});
const filename = `${project.root}/src/main.ts`;
const js = `${project.root}/src/main.js`;
const loose = tempProject({ 'tsconfig.json': tsconfig({ strict: false }), 'src/main.ts': 'export {};' });
const indexed = tempProject({ 'tsconfig.json': tsconfig({ strict: true, noUncheckedIndexedAccess: true }), 'src/main.ts': 'export {};' });
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;

const PG = "import pg from 'pg';\nconst pool = new pg.Pool();\n";
const ONE = "'SELECT a FROM t WHERE id = $1', [id]";
const AXIOS = "import axios from 'axios';\n";
const REDIS = "import Redis from 'ioredis';\nconst redis = new Redis();\n";
const STRICT = [{ sources: ['row', 'record', 'response', 'chain', 'member', 'lookup', 'match', 'env', 'web', 'function'], checkAssertions: true, checkTested: true }];
const only = (...sources: string[]) => [{ sources }];
const load = (body: string): string => `${PG}export async function load(id, deep) { const { rows, rowCount } = await pool.query(${ONE}); ${body} }`;
/** One report in a line, with as many suggestions. */
const report = (line: number, suggestions: number) => ({ messageId: 'unguarded', line, suggestions });

const DRIZZLE = "import { drizzle } from 'drizzle-orm/libsql'; import { eq } from 'drizzle-orm'; import { users } from './schema.js';\nconst db = drizzle(url);\n";
tester.run('no-unguarded-null', subject, {
  valid: [
    { name: 'a row that is tested', code: load('if (!rows[0]) return null; return rows[0].a;'), filename },
    { name: 'a row whose number is tested', code: load('if (rows.length === 0) return null; return rows[0].a;'), filename },
    { name: 'a row whose count is tested', code: load('if (rowCount !== 1) throw new Error(); return rows[0].a;'), filename },
    { name: 'an optional read', code: load('return rows[0]?.a;'), filename },
    { name: 'a default', code: load('return (rows[0] ?? { a: 1 }).a;'), filename },
    { name: 'a pool of another file, tested', code: `import { db } from './index.js';\nexport const load = async (id: string) => { const { rows } = await db.query(${ONE}); return rows.length ? rows[0].a : null; };`, filename },
    { name: 'an assertion of another file', code: `import { assertFound } from './found.js';\n${load('const row = rows[0]; assertFound(row); return row.a;')}`, filename },
    { name: 'a namespace import', code: `import * as pg from 'pg';\nconst pool = new pg.Pool();\nexport const load = async (id) => (await pool.query(${ONE})).rows[0]?.a;`, filename },
    { name: 'a require', code: `const { Pool } = require('pg');\nconst pool = new Pool();\nexports.load = async (id) => (await pool.query(${ONE})).rows[0]?.a;`, filename: js },
    { name: 'a nested function that tests', code: load('return () => { if (rows.length) return rows[0].a; };'), filename },
    { name: 'a look-alike package', code: `import { Pool } from 'pg-lookalike';\nconst pool = new Pool();\nexport const load = async (id) => (await pool.query(${ONE})).rows[0].a;`, filename },
    { name: 'a local class of the same name', code: `class Pool { query() { return { rows: [{ a: 1 }] }; } }\nconst pool = new Pool();\nexport const load = async (id) => (await pool.query(${ONE})).rows[0].a;`, filename },
    { name: 'a receiver of any', code: `export const load = async (pool: any, id: string) => (await pool.query(${ONE})).rows[0].a;`, filename },
    { name: 'a statement that is not known', code: `${PG}export const load = async (sql) => (await pool.query(sql)).rows[0].a;`, filename },
    { name: 'a browser', code: "import { useEffect } from 'react';\nexport const Orders = (a) => { useEffect(() => { document.title = a?.list?.[0].name; }, []); return null; };", filename: `${browser.root}/src/main.tsx` },
    { name: 'a claim, by default', code: load('return rows[0]!.a;'), filename },
    { name: 'a test elsewhere, by default', code: load('if (deep) log(rows.length); return rows[0].a;'), filename },
    { name: 'a lookup, by default', code: 'export const f = (list) => list.find((x) => x.id).name;', filename: js },
    { name: 'a row that is selected, which a strict compiler reports', code: `${DRIZZLE}export const f = async (name: string) => (await db.select().from(users).where(eq(users.name, name)).get()).email;`, filename },
    { name: 'a row that is changed after it was read', code: `${DRIZZLE}export async function f(name: string) {\n  const user = await db.select().from(users).where(eq(users.name, name)).get();\n  if (!user) throw new Error('gone');\n  const changed = await db.update(users).set({ name }).where(eq(users.name, user.name)).returning().get();\n  return changed.email;\n}`, filename, options: STRICT },
    { name: 'what a strict compiler reports', code: `${REDIS}export const f = async () => (await redis.get('a')).length;`, filename },
    { name: 'what a strict compiler reports, asked for', code: "export const hosts = process.env.HOSTS.split(',');", filename, options: STRICT },
    { name: 'a record whose option throws instead', code: "import { User } from './models.js';\nexport const f = async () => (await User.findOne({ rejectOnEmpty: true })).name;", filename: js },
    { name: 'an index that the compiler checks', code: 'export const f = (a?: { list: { name: string }[] }) => a?.list?.[0].name;', filename: `${indexed.root}/src/main.ts` },
    { name: 'a chain that doubts another link', code: 'export const f = (a) => a?.list[0].name;', filename: js },
    { name: 'a record by a key of the caller', code: "import { PrismaClient } from '@prisma/client';\nconst db = new PrismaClient();\nexport async function f(id) { const user = await db.user.findUnique({ where: { id } }); return user.name; }", filename: js },
    { name: 'a catch that answers a constant', code: load("try { return rows[0].a; } catch { return ''; }"), filename },
    { name: 'a lookup whose list was asked around it', code: 'export function f(list, ids) { if (ids.some((i) => !list.some((x) => x.id === i.id))) return []; return ids.map((i) => list.find((x) => x.id === i.id).name); }', filename: js, options: only('lookup') },
    { name: 'a pattern that cuts in pieces', code: 'export const f = (s) => s.match(/.{1,64}/g).join();', filename: js, options: only('match') },
    { name: 'a member that a predicate asks about', code: 'export const f = (a) => { log(a?.at?.low); return Long.isLong(a?.at) ? a?.at.toNumber() : 0; };', filename: js, options: only('member') },
    { name: 'a test file by what it imports', code: `import { it } from 'vitest';\n${load('return rows[0].a;')}`, filename },
    // Traps of real code.
    { name: 'trap: count', code: `${PG}export const f = async (id) => (await pool.query('SELECT count(*) FROM t WHERE id = $1', [id])).rows[0].count;`, filename },
    { name: 'trap: exists', code: `${PG}export const f = async (id) => (await pool.query('SELECT exists (SELECT 1 FROM t WHERE id = $1)', [id])).rows[0].exists;`, filename },
    { name: 'trap: max', code: `${PG}export const f = async (id) => (await pool.query('SELECT max(a) AS a FROM t WHERE id = $1', [id])).rows[0].a;`, filename },
    { name: 'trap: insert returning', code: `${PG}export const f = async (id) => (await pool.query('INSERT INTO t (id) VALUES ($1) RETURNING id', [id])).rows[0].id;`, filename },
    { name: 'trap: a test of the same expression', code: 'export const f = (s) => (s.match(/a(b)/) ? s.match(/a(b)/)[1] : null);', filename: js, options: only('match') },
    { name: 'trap: early exit by length', code: load('if (!rows.length) return; return rows[0].a;'), filename },
    { name: 'trap: a && a[0] && a[0].b', code: 'export const f = (a) => a?.list && a?.list?.[0] && a?.list?.[0].b;', filename: js },
    { name: 'trap: assert', code: `import { ok } from 'node:assert';\n${load('const row = rows[0]; ok(row); return row.a;')}`, filename },
    { name: 'trap: an assertion that is not known', code: `import { expect } from '@acme/check';\n${load('const row = rows[0]; expect(row); return row.a;')}`, filename },
    { name: 'trap: every of an empty list', code: load("if (rows.every((row) => row.a)) throw rows[0].reason; return 1;"), filename },
    { name: 'trap: (m || [])[1]', code: 'export const f = (s) => (s.match(/a(b)/) || [])[1];', filename: js, options: only('match') },
    { name: 'trap: a pattern that cannot fail', code: 'export const f = (name) => name.match(/^_*/)[0];', filename: js, options: only('match') },
    { name: 'trap: includes before match', code: "export const f = (s) => { if (!s.includes('a')) return; return s.match(/a(.*)/)[1]; };", filename: js, options: only('match') },
    { name: 'trap: a dynamic import', code: "export const f = async (x) => (await import(x)).default;", filename: js, options: STRICT },
    { name: 'trap: Promise.all', code: 'export const f = async (xs) => (await Promise.all(xs.map(load))).flat();', filename: js, options: STRICT },
    { name: 'trap: what lists', code: 'export const f = async () => (await list()).map((x) => x.id);', filename: js, options: STRICT },
    { name: 'trap: find of a page', code: "export const f = ($) => $('table').find('tr').text();", filename: js, options: STRICT },
    { name: 'trap: find of a collection', code: "import { MongoClient } from 'mongodb';\nconst orders = new MongoClient('').db().collection('orders');\nexport const f = () => orders.find({ a: 1 }).toArray();", filename: js, options: STRICT },
    { name: 'trap: split()[0]', code: "export const f = (req) => req.headers['x-forwarded-for']?.split(',')[0].trim();", filename: js, options: STRICT },
    { name: 'trap: a code generator', code: "export const deployed = 'process.env.HOSTS.split(\",\")';", filename: js, options: STRICT },
    { name: 'trap: the issues of a schema', code: 'export const f = (parsed) => parsed.error?.issues[0].message;', filename: js },
    { name: 'trap: success and data of a schema', code: "import { z } from 'zod';\nconst schema = z.object({ a: z.string() });\nexport const f = (x) => { const parsed = schema.safeParse(x); return parsed.success ? parsed.data.a : null; };", filename: js, options: STRICT },
    { name: 'trap: while the queue holds something', code: 'export const f = (xs) => { const queue = [...xs]; while (queue.length > 0) { queue.shift().run(); } };', filename: js, options: STRICT },
  ],
  invalid: [
    { name: 'a row', code: load('return rows[0].a;'), filename, errors: [report(3, 2)] },
    { name: 'a row at once', code: `${PG}export async function f(id) { return (await pool.query(${ONE})).rows[0].a; }`, filename, errors: [{ messageId: 'unguarded', line: 3, column: 38, suggestions: [
      { messageId: 'suggestGuard', output: `${PG}export async function f(id) { const row = (await pool.query(${ONE})).rows[0]; if (row == null) throw new Error('no row found'); return row.a; }` },
      { messageId: 'suggestGuard', output: `${PG}export async function f(id) { return (await pool.query(${ONE})).rows[0]?.a; }` },
    ] }] },
    { name: 'a row that is taken apart', code: `${PG}export async function f(id) { const { rows: [{ a }] } = await pool.query(${ONE}); return a; }`, filename, errors: [report(3, 0)] },
    { name: 'an aliased import', code: `import { Pool as Database } from 'pg';\nconst db = new Database();\nexport const f = async (id) => (await db.query(${ONE})).rows[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'a namespace import', code: `import * as pg from 'pg';\nconst pool = new pg.Pool();\nexport const f = async (id) => (await pool.query(${ONE})).rows[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'a require', code: `const { Pool } = require('pg');\nconst pool = new Pool();\nexports.f = async (id) => (await pool.query(${ONE})).rows[0].a;`, filename: js, errors: [report(3, 1)] },
    { name: 'a re-export through a project file', code: `import { db } from './index.js';\nexport const f = async (id: string) => (await db.query(${ONE})).rows[0].a;`, filename, errors: [report(2, 1)] },
    { name: 'an injected field', code: `import type { Pool } from 'pg';\nexport class Orders { constructor(private readonly pool: Pool) {}\n  async load(id: string) { const { rows } = await this.pool.query(${ONE}); return rows[0].a; } }`, filename, errors: [report(3, 2)] },
    { name: 'a typed parameter', code: `import type { Pool } from 'pg';\nexport const load = async (pool: Pool, id: string) => (await pool.query(${ONE})).rows[0].a;`, filename, errors: [report(2, 1)] },
    { name: 'a statement in a variable', code: `${PG}const SQL = 'SELECT a FROM t WHERE id = $1';\nexport const f = async (id) => (await pool.query(SQL, [id])).rows[0].a;`, filename, errors: [report(4, 1)] },
    { name: 'a statement in a template', code: `${PG}export const f = async (table, id) => (await pool.query(\`SELECT a FROM \${table} WHERE id = \${id}\`)).rows[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'a statement in an object', code: `${PG}export const f = async (id) => (await pool.query({ text: 'SELECT a FROM t WHERE id = $1', values: [id] })).rows[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'an insert that may do nothing', code: `${PG}export const f = async (id) => (await pool.query('INSERT INTO t (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id', [id])).rows[0].id;`, filename, errors: [report(3, 1)] },
    { name: 'an update', code: `${PG}export const f = async (id) => (await pool.query('UPDATE t SET a = 1 WHERE id = $1 RETURNING a', [id])).rows[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'a count by group', code: `${PG}export const f = async (id) => (await pool.query('SELECT count(*) FROM t WHERE id = $1 GROUP BY a', [id])).rows[0].count;`, filename, errors: [report(3, 1)] },
    { name: 'a nested function', code: `${PG}export const outer = () => async (id) => { const { rows } = await pool.query(${ONE}); return rows[0].a; };`, filename, errors: [report(3, 2)] },
    { name: 'a callback of then', code: `${PG}export const f = (id) => pool.query(${ONE}).then((result) => result.rows[0].a);`, filename, errors: [report(3, 1)] },
    { name: 'a guard whose other half was written since', code: `${PG}export const f = async (id) => { let { rows } = await pool.query(${ONE}); if (!rows.length) return; rows = (await pool.query(${ONE})).rows; return rows[0].a; };`, filename, options: STRICT, errors: [report(3, 2)] },
    { name: 'a guard on one path', code: load('if (deep && !rows.length) return; return rows[0].a;'), filename, options: STRICT, errors: [report(3, 2)] },
    { name: 'a claim, asked for', code: load('return rows[0]!.a;'), filename, options: [{ checkAssertions: true }], errors: [report(3, 2)] },
    { name: 'a list that is cast says nothing about its items', code: `${PG}export const f = async (id) => ((await pool.query(${ONE})).rows as { a: string }[])[0].a;`, filename, errors: [report(3, 1)] },
    { name: 'a text of a cache that is parsed', code: `${REDIS}export async function f() { const order = JSON.parse(await redis.get('a')); return order.id; }`, filename: js, errors: [report(3, 2)] },
    { name: 'a row that may meet another, whatever was read before', code: `${DRIZZLE}export async function f(name: string) {\n  const known = await db.select().from(users).where(eq(users.name, name)).all();\n  const [made] = await db.insert(users).values({ name }).onConflictDoNothing().returning();\n  return { id: made.id, known };\n}`, filename, errors: [report(6, 2)] },
    { name: 'a row that is changed, which the library types as a row whatever happens', code: `${DRIZZLE}export const f = async (name: string) => (await db.update(users).set({ name }).where(eq(users.name, name)).returning().get()).email;`, filename, errors: [report(3, 1)] },
    { name: 'the same in a transaction of a function of the project', code: `${DRIZZLE}type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];\nconst within = <T>(run: (tx: typeof db | Tx) => Promise<T>) => db.transaction(run);\nexport const f = (name: string) => within(async (tx) => (await tx.update(users).set({ name }).where(eq(users.name, name)).returning().get()).email);`, filename, errors: [report(5, 1)] },
    { name: 'a record without strict null checks', code: `${REDIS}export const f = async () => (await redis.get('a')).length;`, filename: `${loose.root}/src/main.ts`, errors: [report(3, 1)] },
    { name: 'a record, claimed, with strict null checks', code: `${REDIS}export const f = async () => (await redis.get('a'))!.length;`, filename, options: STRICT, errors: [report(3, 1)] },
    { name: 'an item of DynamoDB', code: "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nconst db = new DynamoDBClient({});\nexport const f = async (key) => (await db.send(new GetItemCommand({ Key: key }))).Item.name;", filename: js, errors: [report(3, 1)] },
    { name: 'messages of a queue', code: "import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';\nconst sqs = new SQSClient({});\nexport async function f() { const { Messages } = await sqs.send(new ReceiveMessageCommand({})); for (const message of Messages) handle(message); }", filename: js, errors: [report(3, 2)] },
    { name: 'the response of an error', code: `${AXIOS}export async function f(url) {\n  try {\n    return await axios.get(url);\n  } catch (error) {\n    return error.response.data;\n  }\n}`, filename, errors: [report(6, 2)] },
    { name: 'trap: isAxiosError alone is no guard', code: `${AXIOS}export async function f(url) {\n  try {\n    return await axios.get(url);\n  } catch (error) {\n    if (axios.isAxiosError(error) && error.response.data) return error.response.data;\n  }\n}`, filename, errors: [report(6, 1)] },
    { name: 'the response in a handler', code: `${AXIOS}export const f = (url) => axios.get(url).catch((error) => error.response.status);`, filename, errors: [report(2, 1)] },
    { name: 'half a chain', code: 'export const f = (reply) => reply.errors?.[0].message;', filename, errors: [{ messageId: 'unguarded', line: 1, column: 29, suggestions: [{ messageId: 'suggestGuard', output: 'export const f = (reply) => reply.errors?.[0]?.message;' }] }] },
    { name: 'half a chain, one link on', code: 'export const f = (reply) => reply.data?.result?.[0].values;', filename, errors: [report(1, 1)] },
    { name: 'one report for one list', code: 'export function f(reply) {\n  log(reply.data?.result?.[0].a);\n  log(reply.data?.result?.[0].b);\n}', filename, errors: [report(2, 2)] },
    { name: 'a lookup, asked for', code: 'export const f = (list) => list.find((x) => x.id).name;', filename: js, options: only('lookup'), errors: [report(1, 1)] },
    { name: 'a match, asked for', code: 'export const f = (url) => url.match(/:(.*)@/)[1];', filename: js, options: only('match'), errors: [report(1, 2)] },
    { name: 'an environment variable, asked for', code: "export const hosts = process.env.HOSTS.split(',');", filename: js, options: only('env'), errors: [report(1, 3)] },
    { name: 'reduce, asked for', code: 'export const f = (xs) => xs.reduce((a, b) => (a > b ? a : b));', filename: js, options: only('reduce'), errors: [report(1, 0)] },
    { name: 'a function of the project, asked for', code: `${PG}const find = (x) => { if (!x) return null; return pool.query('SELECT 1'); };\nexport const f = (x) => find(x).then(log);`, filename: js, options: only('function'), errors: [report(4, 1)] },
    { name: 'the words of a report', code: load('return rows[0].a.b;'), filename, errors: [{ messageId: 'unguarded', data: { missing: '`pg Pool .query` answers no row (`rows[0]` is undefined) when no row matches', fails: 'reading `.a` of it then throws a TypeError' }, suggestions: 2 }] },
    { name: 'the words of a report on a response', code: `${AXIOS}export const f = (url) => axios.get(url).catch((e) => e.response.status);`, filename, errors: [{ messageId: 'unguarded', data: { missing: '`e.response` is undefined when no reply came (connection refused, DNS, timeout)', fails: 'reading `.status` of it then throws a TypeError' }, suggestions: 1 }] },
  ],
});

describe('known limitation', () => {
  tester.run('no-unguarded-null', subject, {
    valid: [
      { name: 'a value that is handed to another function is not followed', code: load('return nameOf(rows[0]);'), filename },
      { name: 'a record by index, by a key from elsewhere', code: 'const labels = { a: { text: 1 } };\nexport const f = (key) => labels[key].text;', filename },
      { name: 'an item of a list that nobody called optional', code: 'export const f = (line) => line.items[0].price;', filename },
      { name: 'a variable that some path leaves unset', code: "export function f(type) { let name; if (type) name = type.split('/')[1]; return name.trim(); }", filename: js },
      { name: 'a query whose columns are not known', code: `${PG}export const f = async (columns, id) => (await pool.query(\`SELECT \${columns} FROM t WHERE id = \${id}\`)).rows[0].a;`, filename },
    ],
    invalid: [
      { name: 'a row that an earlier query has shown to be there', code: `${PG}export async function f(id) { if (!(await pool.query('SELECT exists (SELECT 1 FROM t WHERE id = $1)', [id])).rows[0].exists) return; return (await pool.query(${ONE})).rows[0].a; }`, filename, errors: [report(3, 2)] },
    ],
  });
});

/** The messages of one text, as a user of this parser gets them. */
function messagesWith(parser: unknown, code: string, path = filename, options: unknown[] = [], parserOptions: Linter.ParserOptions = {}): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  return linter.verify(
    code,
    [{
      files: ['**/*.*'],
      plugins: { resilience: { rules: { 'no-unguarded-null': subject } } as ESLint.Plugin },
      languageOptions: { parser: parser as Linter.Parser, parserOptions, ecmaVersion: 2024, sourceType: 'module' },
      rules: { 'resilience/no-unguarded-null': ['error', ...options] as ['error'] },
    }],
    { filename: path },
  );
}

describe('the same is reported', () => {
  const code = `${PG}export async function f(id, a) {\n  const { rows } = await pool.query(${ONE});\n  log(a?.list?.[0].b);\n  return rows[0].a;\n}\n`;
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endLine, endColumn, suggestions }) => ({ messageId, line, column, endLine, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code, js));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([5, 6]);
  });
  it('with the parser of ESLint', () => {
    expect(places(messagesWith(espree, code, js))).toEqual(expected);
  });
  it('with oxc', () => {
    expect(places(messagesWith(oxcParser, code, js))).toEqual(expected);
  });
  it('behind a byte order mark', () => {
    expect(places(messagesWith(typescriptParser, `\uFEFF${code}`, js)).map(({ line, column }) => [line, column])).toEqual(expected.map(({ line, column }) => [line, column]));
  });
});

describe('with types', () => {
  const typed = { project: `${project.root}/tsconfig.json`, tsconfigRootDir: project.root };
  const lines = (code: string, options: unknown[] = []) => messagesWith(typescriptParser, code, filename, options, typed).map(({ line }) => line);

  it('is silent where the compiler reports', () => {
    expect(lines('export const f = (s: string) => s.match(/a(b)/)[1];', STRICT)).toEqual([]);
    expect(lines('export const f = (xs: { id: number; name: string }[]) => xs.find((x) => x.id === 1).name;', STRICT)).toEqual([]);
  });
  it('reports an index, which the compiler takes to be there', () => {
    expect(lines('export const f = (a?: { list: { name: string }[] }) => a?.list?.[0].name;')).toEqual([1]);
  });
  it('reports what is any', () => {
    expect(lines('export const f = (xs: any) => xs.find((x: any) => x.id === 1).name;', STRICT)).toEqual([1]);
  });
});

describe('a suggestion', () => {
  it.each([
    ['for a row', load('return rows[0].a;')],
    ['for a row with comments', load('return /* first */ rows[0] /* row */ . /* its */ a; // done')],
    ['for a row in a template', load('return `${rows[0].a}`;')],
    ['for a row in a condition', load('if (rows[0].a) { return 1; }')],
    ['for a row in a return over lines', load('return {\n  a: rows[0]\n    .a,\n};')],
    ['for a response', `${AXIOS}export const f = (url) => axios.get(url).catch((e) => { log(e.response.data); });`],
    ['for a chain', 'export const f = (a) => a?.list?.[0].name.first;'],
  ])('%s parses', (_sentence, code) => {
    const messages = messagesWith(oxcParser, code, js);
    expect(messages).toHaveLength(1);
    for (const { fix } of messages[0]!.suggestions ?? []) {
      const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
      expect(parse(js, output)).toMatchObject({ ok: true });
      for (const comment of code.match(/\/\*.*?\*\/|\/\/.*/g) ?? []) expect(output).toContain(comment);
    }
  });
});

describe('options', () => {
  it('names what is not one', () => {
    expect(() => messagesWith(oxcParser, '', filename, [{ sourcse: ['row'] }])).toThrow(/sourcse/);
  });
});

describe('what is declared, and what is handed on', () => {
  const settings = 'class Settings { text?: string; name: string; }\nclass Repo { async find(id): Promise<Settings> { return JSON.parse(await read(id)); } }\n';
  const inLoose = `${loose.root}/src/main.ts`;
  const member = only('member');
  const handed = only('function');
  const USERS = `${REDIS}class Users { async find(id) { return await redis.get(id); } async all(id) { return await redis.lrange(id, 0, -1); } async need(id) { const one = await redis.get(id); if (one === null) throw new Error(id); return one; } }\n`;
  tester.run('no-unguarded-null', subject, {
    valid: [
      { name: 'a member that is declared as always there', code: `${settings}export async function run(repo: Repo, id) { const settings = await repo.find(id); return settings?.name.trim(); }`, filename: inLoose, options: member },
      { name: 'an optional member that is read with care', code: `${settings}export async function run(repo: Repo, id) { const settings = await repo.find(id); return settings?.text?.trim(); }`, filename: inLoose, options: member },
      { name: 'an optional member of a chain that is not optional', code: `${settings}export async function run(repo: Repo, id) { const settings = await repo.find(id); return settings.text.trim(); }`, filename: inLoose, options: member },
      { name: 'a type that nobody declares', code: 'export async function run(repo, id) { const settings = await repo.find(id); return settings?.text.trim(); }', filename: inLoose, options: member },
      { name: 'one of two values', code: `${settings}export async function run(repo: Repo, id) { let settings = await repo.find(id); if (!settings) settings = DEFAULTS; return settings?.text.trim(); }`, filename: inLoose, options: member },
      { name: 'the compiler reports it', code: `${settings}export async function run(repo: Repo, id) { const settings = await repo.find(id); return settings?.text.trim(); }`, filename, options: member },
      { name: 'a function that throws where nothing is found', code: `${USERS}export async function run(id) { const one = await new Users().need(id); return one.length; }`, filename: js, options: handed },
      { name: 'a function that hands a list on', code: `${USERS}export async function run(id) { const all = await new Users().all(id); return all.length; }`, filename: js, options: handed },
      { name: 'what is handed on is tested', code: `${USERS}export async function run(id) { const one = await new Users().find(id); return one === null ? 0 : one.length; }`, filename: js, options: handed },
    ],
    invalid: [
      { name: 'a member that its class declares as optional', code: `${settings}export async function run(repo: Repo, id) { const settings = await repo.find(id); return settings?.text.trim(); }`, filename: inLoose, options: member, errors: [{ messageId: 'unguarded', suggestions: 2 }] },
      { name: 'the same, through a method that hands it on', code: `${settings}class Service { constructor(private readonly repo: Repo) {} async settings(id) { const data = await this.repo.find(id); if (!data) { return null; } return data; } async run(id) { const settings = await this.settings(id); return settings?.text.trim(); } }\nexport { Service };`, filename: inLoose, options: member, errors: [{ messageId: 'unguarded', suggestions: 2 }] },
      { name: 'the same, of an annotated variable', code: `${settings}export async function run(repo, id) { const settings: Settings = await repo.find(id); return settings?.text.trim(); }`, filename: inLoose, options: member, errors: [{ messageId: 'unguarded', suggestions: 2 }] },
    ],
  });
});
