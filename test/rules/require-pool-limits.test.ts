import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-pool-limits.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { collectDecisions, type Decision } from '../../src/eslint/decisions.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject(
  {
    'src/main.ts': 'export {};',
    'src/limits.ts': 'export const limits = { connectionTimeoutMillis: 2000 };\nexport const plain = { max: 4 };\n',
  },
  { pg: '8.23.1', mysql2: '3.24.6', mysql: '2.18.1', mongodb: '7.9.0', knex: '3.3.0', typeorm: '1.1.1', 'generic-pool': '3.9.0' },
);
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0', pg: '8.23.1' } }), 'src/main.ts': 'export {};' });
const filename = `${project.root}/src/main.ts`;

const PG = "import { Pool } from 'pg';\n";
const MYSQL2 = "import mysql from 'mysql2/promise';\n";
const MYSQL = "import mysql from 'mysql';\n";
const MONGO = "import { MongoClient } from 'mongodb';\n";
const KNEX = "import knex from 'knex';\n";
const TYPEORM = "import { DataSource } from 'typeorm';\n";
const GENERIC = "import { createPool } from 'generic-pool';\n";

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const pool = (column: number, output: string | null, data?: Record<string, string>, line = 2) => ({
  messageId: 'unlimited',
  line,
  column,
  ...(data === undefined ? {} : { data }),
  suggestions: output === null ? [] : [{ messageId: 'suggestLimit', output }],
});

tester.run('require-pool-limits', subject, {
  valid: [
    { name: 'pg with a limit of the wait', code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: 2000 });`, filename },
    { name: 'pg with a limit from the environment', code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: Number(process.env.PG_WAIT) });`, filename },
    { name: 'pg with options of a parameter', code: `${PG}export const make = (options) => new Pool(options);`, filename },
    { name: 'pg with options spread in from a parameter', code: `${PG}export const make = (options) => new Pool({ host: 'a', ...options });`, filename },
    { name: 'pg with options spread in from another file', code: `${PG}import { limits } from './limits.js';\nexport const pool = new Pool({ host: 'a', ...limits });`, filename },
    { name: 'pg with options of a package that is not known', code: `${PG}import { options } from 'platform';\nexport const pool = new Pool(options);`, filename },
    { name: 'pg whose options get the limit later', code: `${PG}const options = { host: 'a' };\noptions.connectionTimeoutMillis = 500;\nexport const pool = new Pool(options);`, filename },
    { name: 'pg with a wait that somebody chose to be endless', code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: Infinity });`, filename },
    { name: 'pg whose max is 0, which is its default of 10', code: `${PG}export const pool = new Pool({ max: 0, connectionTimeoutMillis: 500 });`, filename },
    { name: 'one connection of pg is no pool', code: "import { Client } from 'pg';\nexport const client = new Client({ host: 'a' });", filename },
    { name: 'a pool of another package', code: "import { Pool } from 'tarn';\nexport const pool = new Pool({});", filename },
    { name: 'a class of that name', code: 'class Pool {}\nexport const pool = new Pool({});', filename },
    { name: 'a script', code: `${PG}export const pool = new Pool();`, filename: `${script.root}/src/main.ts` },
    { name: 'a test', code: `${PG}import { it } from 'vitest';\nit('works', () => new Pool());`, filename: `${project.root}/src/main.test.ts` },
    { name: 'mysql2 with a limit of those who wait', code: `${MYSQL2}export const pool = mysql.createPool({ host: 'a', queueLimit: 50 });`, filename },
    { name: 'mysql2 where nobody waits', code: `${MYSQL2}export const pool = mysql.createPool({ host: 'a', waitForConnections: false });`, filename },
    { name: 'mysql2 where it is not known whether anybody waits', code: `${MYSQL2}export const pool = mysql.createPool({ host: 'a', waitForConnections: process.env.WAIT === 'yes' });`, filename },
    { name: 'mysql2 with a URL that may carry the limits', code: `${MYSQL2}export const pool = mysql.createPool(process.env.MYSQL_URL);`, filename },
    { name: 'mysql2 with a URL that carries the limit', code: `${MYSQL2}export const pool = mysql.createPool('mysql://a/b?queueLimit=20');`, filename },
    { name: 'mysql2 with one connection', code: `${MYSQL2}export const connection = await mysql.createConnection({ host: 'a' });`, filename },
    { name: 'mongodb with a URL that may carry the limit', code: `${MONGO}export const client = new MongoClient(process.env.MONGO_URL);`, filename },
    { name: 'mongodb with a URL that carries the limit', code: `${MONGO}export const client = new MongoClient('mongodb://a/b?waitQueueTimeoutMS=500');`, filename },
    { name: 'mongodb with a limit of the wait', code: `${MONGO}export const client = new MongoClient('mongodb://a', { waitQueueTimeoutMS: 500 });`, filename },
    { name: 'mongodb with a limit of everything', code: `${MONGO}export const client = new MongoClient('mongodb://a', { timeoutMS: 500 });`, filename },
    { name: 'knex, which waits 60 s', code: `${KNEX}export const db = knex({ client: 'pg', connection: {} });`, filename },
    { name: 'knex with a size', code: `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0, max: 8 } });`, filename },
    { name: 'TypeORM with a limit of the wait', code: `${TYPEORM}export const source = new DataSource({ type: 'postgres', connectTimeoutMS: 500 });`, filename },
    { name: 'TypeORM with the limit of the driver', code: `${TYPEORM}export const source = new DataSource({ type: 'postgres', extra: { connectionTimeoutMillis: 500 } });`, filename },
    { name: 'TypeORM on a driver whose limits are not known', code: `${TYPEORM}export const source = new DataSource({ type: 'sqlite', database: 'a' });`, filename },
    { name: 'TypeORM with extras that are not known', code: `${TYPEORM}export const make = (extra) => new DataSource({ type: 'postgres', extra });`, filename },
    { name: 'generic-pool with a size and a limit of the wait', code: `${GENERIC}export const pool = createPool({ create, destroy }, { max: 4, acquireTimeoutMillis: 500 });`, filename },
    { name: 'redis with a pool, which waits 3 s', code: "import { createClientPool } from 'redis';\nexport const pool = createClientPool({ socket: { socketTimeout: 500 } });", filename },
    { name: 'an agent of node', code: "import https from 'node:https';\nexport const agent = new https.Agent({ keepAlive: true });", filename },
    { name: 'a pool of undici', code: "import { Pool } from 'undici';\nexport const pool = new Pool('https://a.example');", filename },
  ],
  invalid: [
    {
      name: 'pg with nothing',
      code: `${PG}export const pool = new Pool();`,
      filename,
      errors: [
        pool(21, `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000 });`, {
          finding: 'This pg Pool lets callers wait for ever until one is free (no `connectionTimeoutMillis` is set)',
          consequence: 'while all 10 are in use, by slow statements or by leaks, every request joins the queue and hangs',
          mend: 'Set `connectionTimeoutMillis`, so that they fail in time',
        }),
      ],
    },
    {
      name: 'pg with a size: the message says how many',
      code: `${PG}export const pool = new Pool({ max: 1 });`,
      filename,
      errors: [
        pool(21, `${PG}export const pool = new Pool({ max: 1, connectionTimeoutMillis: 5000 });`, {
          finding: 'This pg Pool lets callers wait for ever until one is free (no `connectionTimeoutMillis` is set)',
          consequence: 'while its one is in use, by slow statements or by leaks, every request joins the queue and hangs',
          mend: 'Set `connectionTimeoutMillis`, so that they fail in time',
        }),
      ],
    },
    { name: 'pg with a zero', code: `${PG}export const pool = new Pool({ host: 'a', connectionTimeoutMillis: 0 });`, filename, errors: [pool(21, `${PG}export const pool = new Pool({ host: 'a', connectionTimeoutMillis: 5000 });`)] },
    { name: 'pg with undefined', code: `${PG}export const pool = new Pool({ connectionTimeoutMillis: undefined });`, filename, errors: [pool(21, `${PG}export const pool = new Pool({ connectionTimeoutMillis: 5000 });`)] },
    { name: 'pg with a URL, which cannot carry it', code: `${PG}export const pool = new Pool({ connectionString: process.env.DATABASE_URL });`, filename, errors: [pool(21, `${PG}export const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5000 });`)] },
    { name: 'pg with a bound for the query', code: `${PG}export const pool = new Pool({ query_timeout: 500 });`, filename, errors: [pool(21, `${PG}export const pool = new Pool({ query_timeout: 500, connectionTimeoutMillis: 5000 });`)] },
    { name: 'pg by its default export', code: "import pg from 'pg';\nexport const pool = new pg.Pool({ max: 5 });", filename, errors: [pool(21, "import pg from 'pg';\nexport const pool = new pg.Pool({ max: 5, connectionTimeoutMillis: 5000 });")] },
    { name: 'pg beside a type of that name', code: "import pg from 'pg';\nconst { Pool: PgPool } = pg; type PgPool = InstanceType<typeof PgPool>;\nexport const pool = new PgPool({ max: 5 });", filename, errors: [pool(21, "import pg from 'pg';\nconst { Pool: PgPool } = pg; type PgPool = InstanceType<typeof PgPool>;\nexport const pool = new PgPool({ max: 5, connectionTimeoutMillis: 5000 });", undefined, 3)] },
    { name: 'pg with options of a constant', code: `${PG}const options = { host: 'a' };\nexport const pool = new Pool(options);`, filename, errors: [pool(21, `${PG}const options = { host: 'a', connectionTimeoutMillis: 5000 };\nexport const pool = new Pool(options);`, undefined, 3)] },
    { name: 'pg with options that another pool has too', code: `${PG}const options = { host: 'a' };\nexport const pools = [new Pool(options), new Pool(options)];`, filename, errors: [pool(23, `${PG}const options = { host: 'a' };\nexport const pools = [new Pool({ ...options, connectionTimeoutMillis: 5000 }), new Pool(options)];`, undefined, 3), pool(42, `${PG}const options = { host: 'a' };\nexport const pools = [new Pool(options), new Pool({ ...options, connectionTimeoutMillis: 5000 })];`, undefined, 3)] },
    { name: 'pg with options of another file', code: `${PG}import { plain } from './limits.js';\nexport const pool = new Pool(plain);`, filename, errors: [pool(21, `${PG}import { plain } from './limits.js';\nexport const pool = new Pool({ ...plain, connectionTimeoutMillis: 5000 });`, undefined, 3)] },
    { name: 'a class that extends the pool', code: `${PG}class Orders extends Pool {}\nexport const orders = new Orders({ max: 5 });`, filename, errors: [pool(23, `${PG}class Orders extends Pool {}\nexport const orders = new Orders({ max: 5, connectionTimeoutMillis: 5000 });`, undefined, 3)] },
    {
      name: 'mysql2 with a queue without end',
      code: `${MYSQL2}export const pool = mysql.createPool({ host: 'a' });`,
      filename,
      errors: [
        pool(21, `${MYSQL2}export const pool = mysql.createPool({ host: 'a', queueLimit: 100 });`, {
          finding: 'This mysql2 pool lets any number of callers wait until one is free, and for ever (no `queueLimit` is set)',
          consequence: 'while all 10 are in use, by slow statements or by leaks, every request joins the queue and hangs',
          mend: 'Set `queueLimit`, so that those beyond it fail at once',
        }),
      ],
    },
    { name: 'mysql2 with the lines of its page', code: `${MYSQL2}export const pool = mysql.createPool({ host: 'a', waitForConnections: true, connectionLimit: 10, queueLimit: 0 });`, filename, errors: [pool(21, `${MYSQL2}export const pool = mysql.createPool({ host: 'a', waitForConnections: true, connectionLimit: 10, queueLimit: 100 });`)] },
    {
      name: 'mysql2 without any limit, in one report',
      code: `${MYSQL2}export const pool = mysql.createPool({ connectionLimit: 0 });`,
      filename,
      errors: [
        pool(21, `${MYSQL2}export const pool = mysql.createPool({ connectionLimit: 10, queueLimit: 100 });`, {
          finding: 'This mysql2 pool opens any number of connections (`connectionLimit` is 0, which means no limit), and lets any number of callers wait until one is free, and for ever (no `queueLimit` is set)',
          consequence: 'a burst of requests takes every connection that the server has, from its other clients too',
          mend: "Set `connectionLimit` to what this process may take of the server's connections, and set `queueLimit`, so that those beyond it fail at once",
        }),
      ],
    },
    { name: 'mysql2 with a URL that is known: no edit', code: `${MYSQL2}export const pool = mysql.createPool('mysql://a/b');`, filename, errors: [pool(21, null)] },
    { name: 'mysql2 with the zero of a constant: no edit', code: `${MYSQL2}const WAITING = 0;\nexport const pool = mysql.createPool({ queueLimit: WAITING });`, filename, errors: [pool(21, null, undefined, 3)] },
    { name: 'mysql', code: `${MYSQL}export const pool = mysql.createPool({ host: 'a' });`, filename, errors: [pool(21, `${MYSQL}export const pool = mysql.createPool({ host: 'a', queueLimit: 100 });`)] },
    { name: 'mongodb', code: `${MONGO}export const client = new MongoClient('mongodb://a');`, filename, errors: [pool(23, `${MONGO}export const client = new MongoClient('mongodb://a', { waitQueueTimeoutMS: 5000 });`)] },
    { name: 'mongodb with a size of 0', code: `${MONGO}export const client = new MongoClient(process.env.MONGO_URL, { maxPoolSize: 0, waitQueueTimeoutMS: 500 });`, filename, errors: [pool(23, `${MONGO}export const client = new MongoClient(process.env.MONGO_URL, { maxPoolSize: 10, waitQueueTimeoutMS: 500 });`)] },
    {
      name: 'knex without a pool',
      code: `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0, max: 0 } });`,
      filename,
      errors: [
        pool(19, `${KNEX}export const db = knex({ client: 'pg', pool: { min: 0, max: 10 } });`, {
          finding: 'This knex client is made without connections (`pool.max` is 0)',
          consequence: 'every query fails',
          mend: 'Set `pool.max` to 1 or more, or leave it out for 10',
        }),
      ],
    },
    { name: 'TypeORM on PostgreSQL', code: `${TYPEORM}export const source = new DataSource({ type: 'postgres', host: 'a' });`, filename, errors: [pool(23, `${TYPEORM}export const source = new DataSource({ type: 'postgres', host: 'a', connectTimeoutMS: 5000 });`)] },
    {
      name: 'generic-pool with nothing',
      code: `${GENERIC}export const pool = createPool({ create, destroy });`,
      filename,
      errors: [
        pool(21, `${GENERIC}export const pool = createPool({ create, destroy }, { max: 10, acquireTimeoutMillis: 5000 });`, {
          finding: 'This generic-pool holds a single one of what it lends (no `max` is set), and lets callers wait for ever until one is free (no `acquireTimeoutMillis` is set)',
          consequence: 'callers get it one after another, and one that is slow stops them all',
          mend: 'Set `max` to how many may be used at once, and set `acquireTimeoutMillis`, so that they fail in time',
        }),
      ],
    },
    { name: 'generic-pool with a limit of those who wait, who wait for ever', code: `${GENERIC}export const pool = createPool({ create, destroy }, { max: 1, maxWaitingClients: 5 });`, filename, errors: [pool(21, `${GENERIC}export const pool = createPool({ create, destroy }, { max: 1, maxWaitingClients: 5, acquireTimeoutMillis: 5000 });`)] },
    { name: 'the numbers that the options name', code: `${MYSQL2}export const pool = mysql.createPool({ connectionLimit: 0 });`, filename, options: [{ suggestedSize: 4, suggestedWaiters: 7 }], errors: [pool(21, `${MYSQL2}export const pool = mysql.createPool({ connectionLimit: 4, queueLimit: 7 });`)] },
    { name: 'a wait that the options name', code: `${PG}export const pool = new Pool();`, filename, options: [{ suggestedWaitMs: 20_000 }], errors: [pool(21, `${PG}export const pool = new Pool({ connectionTimeoutMillis: 20_000 });`)] },
  ],
});

tester.run('require-pool-limits: known limitation', subject, {
  valid: [
    { name: 'a limit from the environment may come out as 0', code: `${MYSQL2}export const pool = mysql.createPool({ connectionLimit: Number(process.env.POOL), queueLimit: 50 });`, filename },
    { name: 'postgres.js has no limit of the wait', code: "import postgres from 'postgres';\nexport const sql = postgres('postgres://a/b');", filename },
    { name: 'a pool that a container makes', code: "import { TypeOrmModule } from '@nestjs/typeorm';\nexport const imports = [TypeOrmModule.forRoot({ type: 'postgres' })];", filename },
    { name: 'a pool that a wrapper of Prisma makes', code: "import { PrismaPg } from '@prisma/adapter-pg';\nexport const adapter = new PrismaPg({ connectionString: 'postgres://a/b' });", filename },
  ],
  invalid: [],
});

const parsers: readonly (readonly [string, unknown])[] = [['oxc', oxcParser], ['typescript-eslint', typescriptParser], ['espree', espree]];

it.each(parsers)('speaks alike with the parser %s', (_, parser) => {
  const linter = new Linter({ cwd: project.root });
  const plugin = { rules: { 'require-pool-limits': subject } } as unknown as ESLint.Plugin;
  const messages = linter.verify(`${PG}export const pool = new Pool({ max: 5 });`, [{ files: ['**/*.*'], languageOptions: { parser: parser as Linter.Parser }, plugins: { r: plugin }, rules: { 'r/require-pool-limits': 'error' } }], { filename });
  expect(messages.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([[2, 21, 41]]);
});

it('counts what it decides', () => {
  const decisions: Decision[] = [];
  const stop = collectDecisions((decision) => decisions.push(decision));
  const linter = new Linter({ cwd: project.root });
  const plugin = { rules: { 'require-pool-limits': subject } } as unknown as ESLint.Plugin;
  const code = `${PG}export const make = (o) => [new Pool(), new Pool(o), new Pool({ connectionTimeoutMillis: 5 })];`;
  linter.verify(code, [{ files: ['**/*.*'], languageOptions: { parser: oxcParser as unknown as Linter.Parser }, plugins: { r: plugin }, rules: { 'r/require-pool-limits': 'error' } }], { filename });
  stop();
  expect(decisions.map(({ verdict, reason }) => [verdict, reason])).toEqual([['absent', 'none'], ['unknown', 'parameter'], ['set', 'limited']]);
});
