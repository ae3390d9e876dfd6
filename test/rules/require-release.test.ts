import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-release.js';
import { collectDecisions, type Decision } from '../../src/eslint/decisions.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject(
  {
    'src/main.ts': 'export {};',
    'src/db.ts': "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 4 });\n",
  },
  { pg: '8.23.1', mysql2: '3.24.6', mongodb: '7.9.0', mongoose: '9.12.1', knex: '3.3.0', typeorm: '1.1.1', sequelize: '6.37.8', postgres: '3.4.9', 'generic-pool': '3.9.0' },
);
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0', pg: '8.23.1' } }), 'src/main.ts': 'export {};' });
const filename = `${project.root}/src/main.ts`;

const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const TYPEORM = "import { DataSource } from 'typeorm';\nconst dataSource = new DataSource({ type: 'postgres' });\n";
const MONGO = "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://a');\n";
const KNEX = "import createKnex from 'knex';\nconst knex = createKnex({ client: 'pg' });\n";
const PLAYWRIGHT = "import { chromium } from 'playwright';\n";
const TAKE = 'const client = await pool.connect();';

/** A function of pg whose body follows the taking of a client. */
const pg = (body: string, head = 'export async function f(id, other)'): string => `${PG}${head} {\n${TAKE}\n${body}\n}`;

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 'latest', sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const linter = new Linter({ configType: 'flat', cwd: '/' });

/** What is found, how, and which line is named. */
function messages(code: string, file = filename, parser: Linter.Parser = typescriptParser as unknown as Linter.Parser): string[] {
  return linter.verify(code, [configFor(parser)], file).map(({ ruleId, message }) => {
    expect(ruleId, message).toBe('resilience/require-release');
    return message;
  });
}

function configFor(parser: Linter.Parser): Linter.Config {
  return {
    files: ['**/*.ts', '**/*.js'],
    plugins: { resilience: { rules: { 'require-release': subject } } as ESLint.Plugin },
    rules: { 'resilience/require-release': 'error' },
    languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' },
  };
}

/** Where it is found. */
const linesOf = (code: string): number[] => linter.verify(code, [configFor(typescriptParser as unknown as Linter.Parser)], filename).map(({ line }) => line);

const valid = (name: string, code: string, file = filename) => ({ name, code, filename: file });
const invalid = (name: string, code: string, line = 4) => ({ name, code, filename, errors: [{ messageId: 'leak', line }] });

describe('silent', () => {
  it.each(
    [
      valid('given back in a finally', pg("try { await client.query('SELECT 1'); } finally { client.release(); }")),
      valid('given back in a finally, if there is one', pg("try { await client.query('SELECT 1'); } finally { if (client) client.release(); }")),
      valid('given back in a finally, by an optional call', pg("try { await client.query('SELECT 1'); } finally { client?.release(); }")),
      valid('given back in a finally by a function that waits and reports', pg("try { await client.query('SELECT 1'); } finally { await client.release().catch(() => undefined); }")),
      valid('given back in the catch and behind it', pg("try { await client.query('SELECT 1'); } catch (error) { client.release(error); throw error; }\nclient.release();")),
      valid('a transaction that is ended either way', `${KNEX}export async function f() {\nconst trx = await knex.transaction();\ntry { await trx('a').insert({}); await trx.commit(); } catch (error) { await trx.rollback(); throw error; }\n}`),
      valid('nothing that can fail in between', pg('client.release();')),
      valid('only plain calls in between', pg('client.setTypeParser(1, String); client.release();')),
      valid('only waiting that cannot fail in between', pg('await new Promise((resolve) => setTimeout(resolve, 10)); client.release();')),
      valid('a failure that is caught at once', pg("await client.query('SELECT 1').catch(() => undefined); client.release();")),
      valid('returned', pg("await client.query('SET a = 1'); return client;")),
      valid('returned in an object', pg("await client.query('SET a = 1'); return { client };")),
      valid('stored in a field', `${PG}class A {\n async f() {\n${TAKE}\nawait client.query('SELECT 1'); this.client = client;\n}\n}`),
      valid('stored in a list', pg("await client.query('SELECT 1'); other.list = [client];")),
      valid('handed to another function, and never given back here', pg('await other.use(client);')),
      valid('handed on in a way that ends there', pg("if (id) return other.stream(client);\nawait client.query('SELECT 1');\nclient.release();".replace("await client.query('SELECT 1');\n", ''))),
      valid('handed to a function that cleans up after a failure', pg("try { await client.query('SELECT 1'); client.release(); } catch (error) { await other.giveUp(client); throw error; }")),
      valid('given back by a listener', pg("other.on('close', () => client.release()); await client.query('SELECT 1');")),
      valid('given back by somebody who gets the method', pg("other.on('close', client.release); await client.query('SELECT 1');")),
      valid('given back by the promise', pg("return client.query('SELECT 1').finally(() => client.release());")),
      valid('kept on purpose for notifications', pg("client.on('notification', () => undefined); await client.query('LISTEN orders');")),
      valid('taken by a using declaration', `import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({ host: 'a' });\nexport async function f() {\nawait using connection = await pool.getConnection();\nawait connection.query('SELECT 1');\n}`),
      valid('taken under a condition, and given back under one', `${PG}export async function f(id) {\nlet client;\nif (id) client = await pool.connect();\ntry { await pool.query('SELECT 1'); } finally { if (client !== undefined) client.release(); }\n}`),
      valid('a flag that says whether it was given back', pg("let done = false;\ntry { await client.query('SELECT 1'); client.release(); done = true; } finally { if (!done) client.release(); }")),
      valid('a choice of clients: it may be the caller\'s', `${PG}export async function f(given) {\nconst client = given ?? await pool.connect();\nawait client.query('SELECT 1');\nclient.release();\n}`),
      valid('the process ends', pg("try { await client.query('SELECT 1'); } catch { process.exit(1); }\nclient.release();")),
      valid('a handler that gets it', `${PG}export function f() { pool.connect((error, client, release) => { client.query('SELECT 1', () => release()); }); }`),
      valid('a transaction with a handler', `${KNEX}export async function f(work) {\nconst result = await knex.transaction(async (trx) => trx('a').insert({}));\nawait work(result);\n}`),
      valid('a transaction with a handler that is named', `${KNEX}export async function f(work) {\nconst result = await knex.transaction(work);\nawait result.commit();\n}`),
      valid('a runner that fails to connect', `${TYPEORM}export async function f() {\nconst runner = dataSource.createQueryRunner();\nawait runner.connect();\nawait runner.startTransaction();\ntry { await runner.query('SELECT 1'); } finally { await runner.release(); }\n}`),
      valid('a runner that is not in use yet', `${TYPEORM}export async function f(read) {\nconst runner = dataSource.createQueryRunner();\nawait read();\ntry { await runner.query('SELECT 1'); } finally { await runner.release(); }\n}`),
      valid('a data source that is closed in a finally', `${TYPEORM}export async function f() {\nconst runner = dataSource.createQueryRunner();\ntry { await runner.query('SELECT 1'); await runner.release(); } finally { await dataSource.destroy(); }\n}`),
      valid('a page of a browser that is closed', `${PLAYWRIGHT}export async function f(url) {\nconst browser = await chromium.launch();\ntry { const page = await browser.newPage(); await page.goto(url); } finally { await browser.close(); }\n}`),
      valid('a browser that runs on for others', `import puppeteer from 'puppeteer';\nexport async function f() {\nconst browser = await puppeteer.launch();\nreturn browser.wsEndpoint();\n}`),
      valid('one that a worker keeps for its loop', pg("for (;;) { await client.query('SELECT 1'); await other.pause(); }")),
      valid('what a handler of rxjs gives back', pg("await client.query('BEGIN'); return other.pipe(tap(() => client.release()));")),
      valid('what a helper gives back in the finally', pg("try { await client.query('SELECT 1'); } finally { await other.giveUp(client); }")),
      valid('what is handed to a constructor', pg("await client.query('SELECT 1'); return new Session(client);")),
      valid('a list of two, given back together', pg("const two = await pool.connect();\ntry { await client.query('SELECT 1'); } finally { for (const one of [client, two]) one.release(); }")),
      valid('a module variable that is made once', `${PG}let client;\nexport async function get() { if (!client) client = await pool.connect(); return client; }`),
      valid('a file whose stream closes it', "import { open } from 'node:fs/promises';\nexport async function f(path, out) {\nconst file = await open(path);\nawait file.stat();\nfile.createReadStream().pipe(out);\n}"),
      valid('a lock that another method opens', "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function lock() { await mutex.acquire(); }\nexport function unlock() { mutex.release(); }"),
      valid('a lock that ends by itself', "import Redlock from 'redlock';\nconst redlock = new Redlock([]);\nexport async function f(work) {\nconst lock = await redlock.acquire(['a'], 1000);\nawait work();\nlock.extend(1000);\n}"),
      valid('a method of that name of something else', 'export async function f(pool) {\nconst client = await pool.connect();\nawait client.query();\nclient.release();\n}'),
      valid('a class of that name', 'class Mutex { async acquire() { return () => undefined; } }\nconst mutex = new Mutex();\nexport async function f(work) {\nconst release = await mutex.acquire();\nawait work();\nrelease();\n}'),
      valid('a module of its own: it lives as long as the process', `${PG}export const client = await pool.connect();\nawait client.query('SELECT 1');`),
      valid('a script', pg("await client.query('SELECT 1'); client.release();"), `${script.root}/src/main.ts`),
      valid('a test', `import { it } from 'vitest';\n${pg("await client.query('SELECT 1'); client.release();")}\nit('works', f);`, `${project.root}/src/main.test.ts`),
    ].map((one) => [one.name, one] as const),
  )('%s', (_name, one) => {
    expect(messages(one.code, one.filename)).toEqual([]);
  });
});

describe('reports', () => {
  it.each(
    [
      invalid('a release that a failure leaves out', pg("await client.query('SELECT 1');\nclient.release();")),
      invalid('a release at the end of a try with a catch', pg("try { await client.query('SELECT 1'); client.release(); } catch (error) { throw new Error('x', { cause: error }); }")),
      invalid('a release that a swallowed failure leaves out', pg("try { await client.query('SELECT 1'); client.release(); } catch (error) { console.error(error); }")),
      invalid('an error that is thrown in front of it', pg("if (!id) throw new Error('no id');\nclient.release();")),
      invalid('work in front of the try', pg("await client.query('BEGIN');\ntry { await client.query('SELECT 1'); } finally { client.release(); }")),
      invalid('a return that gives nothing back', pg("try { await client.query('SELECT 1'); } catch (error) { client.release(); throw error; }\nif (id) return null;\nclient.release();")),
      invalid('nothing that gives it back', pg("await client.query('SELECT 1');")),
      invalid('nothing that gives it back, and nothing that uses it', pg('return 1;')),
      invalid('what is handed to helpers and given back here', pg('await other.load(client);\nclient.release();')),
      invalid('what functions inside use', pg("const run = (sql) => client.query(sql);\nawait run('SELECT 1');\nclient.release();")),
      invalid('a release in each way, but for a failure', pg("const { rows } = await client.query('SELECT 1');\nif (rows.length === 0) { client.release(); return null; }\nclient.release();\nreturn rows[0];")),
      invalid('a for await loop', pg('for await (const row of other.rows()) console.log(row);\nclient.release();')),
      invalid('a pool of another file', `import { pool } from './db.js';\nexport async function f() {\n\nconst client = await pool.connect();\nawait client.query('SELECT 1');\nclient.release();\n}`),
      invalid('a pool that is handed in', `import type { Pool } from 'pg';\nexport class A { constructor(private readonly pool: Pool) {}\nasync f() {\nconst client = await this.pool.connect();\nawait client.query('SELECT 1');\nclient.release();\n}\n}`),
      invalid('a variable that is declared before', `${PG}export async function f() {\nlet client; client = await pool.connect();\nawait client.query('SELECT 1');\nclient.release();\nclient = undefined;\n}`),
      invalid('a connection of mysql2', "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({ host: 'a' });\nexport async function f() {\nconst connection = await pool.getConnection();\nawait connection.query('SELECT 1');\nconnection.release();\n}"),
      invalid('a runner of TypeORM', `${TYPEORM}export async function f(read) {\nconst runner = dataSource.createQueryRunner();\nawait runner.connect();\nawait read(runner);\ntry { await runner.query('SELECT 1'); } finally { await runner.release(); }\n}`),
      invalid('a session of MongoDB', `${MONGO}export async function f() {\nconst session = client.startSession();\nawait client.db().collection('a').insertOne({}, { session });\nawait session.endSession();\n}`),
      invalid('a session of mongoose', "import mongoose from 'mongoose';\n\nexport async function f(work) {\nconst session = await mongoose.startSession();\nawait work(session);\nawait session.endSession();\n}"),
      invalid('a transaction of knex', `${KNEX}export async function f() {\nconst trx = await knex.transaction();\nawait trx('a').insert({});\nawait trx.commit();\n}`),
      invalid('a transaction of Sequelize', "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize('a');\nexport async function f(save) {\nconst transaction = await sequelize.transaction();\nawait save({ transaction });\nawait transaction.commit();\n}"),
      invalid('a reserved connection of postgres.js', "import postgres from 'postgres';\nconst sql = postgres('postgres://a');\nexport async function f() {\nconst reserved = await sql.reserve();\nawait reserved`SELECT 1`;\nreserved.release();\n}"),
      invalid('a resource of generic-pool', "import { createPool } from 'generic-pool';\nconst pool = createPool({ create, destroy });\nexport async function f() {\nconst channel = await pool.acquire();\nawait channel.send();\nawait pool.release(channel);\n}"),
      invalid('a mutex', "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function f(work) {\nconst release = await mutex.acquire();\nawait work();\nrelease();\n}"),
      invalid('a mutex that is released by itself', "import { Mutex } from 'async-mutex';\nclass A { private readonly mutex = new Mutex();\nasync f(work) {\nawait this.mutex.acquire();\nawait work();\nthis.mutex.release();\n}\n}"),
      invalid('a mutex that a constructor makes', "import { Mutex } from 'async-mutex';\nclass A { mutex; constructor() { this.mutex = new Mutex(); }\nasync f(work) {\nawait this.mutex.acquire();\nawait work();\nthis.mutex.release();\n}\n}"),
      invalid('a semaphore', "import { Semaphore } from 'async-mutex';\nconst few = new Semaphore(2);\nexport async function f(work) {\nconst [value, release] = await few.acquire();\nawait work(value);\nrelease();\n}"),
      invalid('a semaphore of async-sema', "import { Sema } from 'async-sema';\nconst few = new Sema(2);\nexport async function f(work) {\nawait few.acquire();\nawait work();\nfew.release();\n}"),
      invalid('a lock of Redlock', "import Redlock from 'redlock';\nconst redlock = new Redlock([]);\nexport async function f(work) {\nconst lock = await redlock.acquire(['a'], 1000);\nawait work();\nawait lock.release();\n}"),
      invalid('a file', "import fs from 'node:fs';\n\nexport async function f(path) {\nconst file = await fs.promises.open(path);\nconst stat = await file.stat();\nawait file.close();\nreturn stat;\n}"),
      invalid('a browser', `${PLAYWRIGHT}\nexport async function f(url) {\nconst browser = await chromium.launch();\nconst page = await browser.newPage();\nawait page.goto(url);\nawait browser.close();\n}`),
      invalid('a span', "import { trace } from '@opentelemetry/api';\nconst tracer = trace.getTracer('a');\nexport async function f(work) {\nconst span = tracer.startSpan('work');\nawait work();\nspan.end();\n}"),
      invalid('a span of a tracer that is handed in', "import type { Tracer } from '@opentelemetry/api';\n\nexport async function f(tracer: Tracer, work) {\nconst span = tracer.startSpan('work');\nawait work();\nspan.end();\n}"),
      invalid('CommonJS', "const { Pool } = require('pg');\nconst pool = new Pool();\nexports.f = async () => {\nconst client = await pool.connect();\nawait client.query('SELECT 1');\nclient.release();\n};"),
    ].map((one) => [one.name, one] as const),
  )('%s', (_name, one) => {
    expect(linesOf(one.code)).toEqual(one.errors.map(({ line }) => line));
  });

  it.each([
    ['TypeScript', typescriptParser as unknown as Linter.Parser],
    ['espree', espree as unknown as Linter.Parser],
    ['oxc', oxcParser as unknown as Linter.Parser],
  ])('the same with the parser of %s', (_name, parser) => {
    expect(messages(pg("await client.query('SELECT 1');\nclient.release();"), `${project.root}/src/main.js`, parser)).toHaveLength(1);
    expect(messages(pg("try { await client.query('SELECT 1'); } finally { client.release(); }"), `${project.root}/src/main.js`, parser)).toEqual([]);
  });
});

tester.run('require-release', subject, {
  valid: [],
  invalid: [
    {
      name: 'suggests the finally',
      code: `${PG}export async function f() {\n  ${TAKE}\n  await client.query('SELECT 1');\n  client.release();\n}\n`,
      filename,
      errors: [
        {
          messageId: 'leak',
          line: 4,
          column: 24,
          endColumn: 38,
          suggestions: [
            {
              messageId: 'suggestFinally',
              output: `${PG}export async function f() {\n  ${TAKE}\n  try {\n    await client.query('SELECT 1');\n  } finally {\n    client.release();\n  }\n}\n`,
            },
          ],
        },
      ],
    },
    {
      name: 'suggests lines that end as those of the file',
      code: `${PG}export async function f() {\n  ${TAKE}\n  const { rows } = await client.query('SELECT 1');\n  // for others\n  client.release();\n  return rows;\n}\n`.replaceAll('\n', '\r\n'),
      filename,
      errors: [
        {
          messageId: 'leak',
          suggestions: [
            {
              messageId: 'suggestFinally',
              output: `${PG}export async function f() {\n  ${TAKE}\n  try {\n    const { rows } = await client.query('SELECT 1');\n    return rows;\n  } finally {\n    // for others\n    client.release();\n  }\n}\n`.replaceAll('\n', '\r\n'),
            },
          ],
        },
      ],
    },
    {
      name: 'suggests nothing where nothing gives it back',
      code: pg("await client.query('SELECT 1');"),
      filename,
      errors: [{ messageId: 'leak', suggestions: [] }],
    },
  ],
});

describe('says', () => {
  it('what fails, where, and after how many the pool is empty', () => {
    expect(messages(pg("await client.query('SELECT 1');\nclient.release();"))).toEqual([
      'This pg client is given back only when all goes well: `client.query()` can fail (line 5) before `client.release()`: after 10 such calls the pool is empty, and every caller waits. Move `client.release()` into a `finally`.',
    ]);
  });

  it('that an early return gives nothing back', () => {
    expect(messages(pg("try { await client.query('SELECT 1'); } catch (error) { client.release(); throw error; }\nif (id) return null;\nclient.release();"))[0]).toContain(
      'This pg client is not given back where the function returns (line 6) before `client.release()`',
    );
  });

  it('that nothing gives it back', () => {
    expect(messages(pg("await client.query('SELECT 1');"))).toEqual([
      'Nothing gives this pg client back (no `client.release()`): after 10 calls the pool is empty, and every caller waits. Give it back in a `finally`.',
    ]);
  });

  it('that a transaction wants a rollback', () => {
    expect(messages(`${KNEX}export async function f() {\nconst trx = await knex.transaction();\nawait trx('a').insert({});\nawait trx.commit();\n}`)[0]).toMatch(/Catch the error and end it with `trx\.rollback\(\)`\.$/);
  });
});

it('knows what the models of a user lend', () => {
  const model = {
    id: 'acme-db', title: 'acme-db', kind: 'db', packages: ['acme-db'],
    exports: { createPool: { is: 'factory', makes: 'pool' } },
    clients: { pool: { title: 'acme pool', operations: { query: {} } } },
    lends: [{ client: 'pool', call: 'borrow', lent: 'connection', title: 'acme connection', returned: [{ by: 'method', name: 'giveBack' }] }],
  };
  const code = "import { createPool } from 'acme-db';\nconst pool = createPool();\nexport async function f() {\nconst it = await pool.borrow();\nawait it.query();\nit.giveBack();\n}";
  const found = (models: unknown[]) => linter.verify(code, [{ ...configFor(oxcParser as unknown as Linter.Parser), settings: { resilience: { models: models as never } } }], filename).map(({ line, message }) => `${line} ${message.slice(0, 20)}`);
  expect(found([model])).toEqual(['4 This acme connection']);
  expect(found([])).toEqual([]);
});

describe('decisions', () => {
  it('count what is given back, what leaks, and what goes elsewhere', () => {
    const seen: Decision[] = [];
    const stop = collectDecisions((decision) => seen.push(decision));
    messages(`${PG}
export async function a() { ${TAKE} try { await client.query('SELECT 1'); } finally { client.release(); } }
export async function b() { ${TAKE} await client.query('SELECT 1'); client.release(); }
export async function c() { ${TAKE} return client; }`);
    stop();
    expect(seen.map(({ verdict, reason, kind }) => `${verdict} ${reason} ${kind}`)).toEqual(['set released connection', 'absent on-failure connection', 'unknown escapes connection']);
  });
});

describe('known limitation', () => {
  it('a failure of a plain call is not asked about', () => {
    expect(messages(pg('JSON.parse(id); client.release();'))).toEqual([]);
  });

  it('a span of a callback is not followed', () => {
    expect(messages("import { trace } from '@opentelemetry/api';\nexport const f = (work) => trace.getTracer('a').startActiveSpan('work', async (span) => { await work(); span.end(); });")).toEqual([]);
  });

  it('what is taken in a chain of promises is not followed', () => {
    expect(messages(`${PG}export const f = () => pool.connect().then((client) => client.query('SELECT 1').then(() => client.release()));`)).toEqual([]);
  });
});
