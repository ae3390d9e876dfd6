import { afterAll, describe, expect, it } from 'vitest';
import { policySites } from '../../src/facts/policy-sites.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram } from './support.js';

afterAll(removeTempProjects);

/** The verdicts on the calls of a program: `retryUnsent postgres`, `callback`. */
function sites(main: string): readonly string[] {
  return policySites(openProgram({ main })).map(({ verdict }) => (verdict.is === 'wrap' ? `${verdict.repeats} ${verdict.downstream.name}` : verdict.reason));
}

const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const IOREDIS = "import { Redis } from 'ioredis';\nconst redis = new Redis();\n";
const REDIS = "import { createClient } from 'redis';\nconst redis = createClient();\n";
const PRISMA = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n";

describe('calls of stores that a policy can go around', () => {
  it('a query of a pool', () => expect(sites(`${PG}export const one = () => pool.query('SELECT 1');`)).toEqual(['retryUnsent postgres']));
  it('a query of unknown text', () => expect(sites(`${PG}export const run = (text) => pool.query(text, []);`)).toEqual(['retryUnsent postgres']));
  it('a query of a pool that a class holds', () => expect(sites(`${PG}export class Orders { #pool = pool; find() { return this.#pool.query('SELECT 1'); } }`)).toEqual(['retryUnsent postgres']));
  it('a query that a loop tries again', () => expect(sites(`${PG}export async function run() { for (let tried = 0; tried < 3; tried++) { try { return await pool.query('SELECT 1'); } catch (error) { if (tried === 2) throw error; } } }`)).toEqual(['once postgres']));
  it('a command of ioredis', () => expect(sites(`${IOREDIS}export const get = () => redis.get('a');`)).toEqual(['retryUnsent redis']));
  it('a read of a stream that does not wait', () => expect(sites(`${IOREDIS}export const read = () => redis.xread('COUNT', 1, 'STREAMS', 'log', '0');`)).toEqual(['retryUnsent redis']));
  it('a command of node-redis', () => expect(sites(`${REDIS}export const get = () => redis.get('a');`)).toEqual(['retryUnsent redis']));
  it('a query of Prisma that is awaited', () => expect(sites(`${PRISMA}export async function users() { return await prisma.user.findMany(); }`)).toEqual(['retryUnsent database']));
  it('a call on the event of something else', () => expect(sites(`${PG}process.on('SIGUSR2', () => { pool.query('SELECT 1'); });`)).toEqual(['retryUnsent postgres']));
});

describe('calls of stores that are left alone', () => {
  it('of a client that the pool lent', () => expect(sites(`${PG}export async function run() { const client = await pool.connect(); try { await client.query('SELECT 1'); } finally { client.release(); } }`)).toEqual(['lent-connection']));
  it('of a client of a type that is lent', () => expect(sites("import type { PoolClient } from 'pg';\nexport const run = (client: PoolClient) => client.query('SELECT 1');")).toEqual(['lent-connection']));
  it('of a connection of its own, which may be in a transaction', () => expect(sites("import { Client } from 'pg';\nconst client = new Client();\nexport const run = () => client.query('LISTEN orders');")).toEqual(['lent-connection']));
  it('with a callback', () => expect(sites(`${PG}export const run = (done) => { pool.query('SELECT 1', (error) => done(error)); };`)).toEqual(['callback']));
  it('with a callback that has a name', () => expect(sites(`${PG}function done() {}\nexport const run = () => { pool.query('SELECT 1', done); };`)).toEqual(['callback']));
  it('with a cursor', () => expect(sites(`${PG}import Cursor from 'pg-cursor';\nexport const run = () => pool.query(new Cursor('SELECT 1'));`)).toEqual(['stream']));
  it('with a stream that a variable holds', () => expect(sites(`${PG}import QueryStream from 'pg-query-stream';\nexport const run = () => { const rows = new QueryStream('SELECT 1'); return pool.query(rows); };`)).toEqual(['stream']));
  it('on an event of its own pool', () => expect(sites(`${PG}pool.on('connect', () => { pool.query('SELECT 1'); });`)).toEqual(['in-own-event']));
  it('that wait for work', () => expect(sites(`${IOREDIS}export const next = () => redis.blpop('jobs', 0);`)).toEqual(['waits-on-purpose']));
  it('that wait for a stream', () => expect(sites(`${IOREDIS}export const next = () => redis.xread('BLOCK', 0, 'STREAMS', 'log', '$');`)).toEqual(['waits-on-purpose']));
  it('that wait for work in node-redis', () => expect(sites(`${REDIS}export const next = () => redis.blPop('jobs', 0);`)).toEqual(['waits-on-purpose']));
  it('of a pipeline', () => expect(sites(`${IOREDIS}export const both = () => redis.pipeline().get('a').get('b').exec();`)).toEqual(['lent-connection']));
  it('of a transaction of node-redis', () => expect(sites(`${REDIS}export const both = () => redis.multi().incr('a').exec();`)).toEqual(['lent-connection']));
  it('of Prisma in a transaction', () => expect(sites(`${PRISMA}export const run = () => prisma.$transaction(async (tx) => { await tx.user.deleteMany(); });`)).toContain('in-transaction'));
  it('of Prisma with the client of a transaction', () => expect(sites("import type { Prisma } from '@prisma/client';\nexport async function run(tx: Prisma.TransactionClient) { await tx.user.deleteMany(); }")).toEqual(['lent-connection']));
  it('of Prisma that are handed on before they run', () => expect(sites(`${PRISMA}export const run = () => prisma.$transaction([prisma.user.deleteMany()]);`)).toEqual(['not-awaited', 'not-awaited']));
  it('that connect', () => expect(sites(`${PG}export const open = () => pool.connect();\n${REDIS.replace('redis =', 'other =')}export const ready = () => other.connect();`)).toEqual([]));
});
