import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';

type Row = readonly [sentence: string, installed: Readonly<Record<string, string>>, code: string, verdict: string];

/** What experiments showed of limits that came or went with a version, or that no option of the client sets. */
const rows: readonly Row[] = [
  ['a limit of a pg query', { pg: '8.23.1' }, "import { Pool } from 'pg'; const pool = new Pool({}); await /*a*/ pool.query({ text: 'SELECT 1', query_timeout: 500 });", 'bounded call-option'],
  ['a limit of a pg query, of which the installed version takes none', { pg: '8.12.0' }, "import { Pool } from 'pg'; const pool = new Pool({}); await /*a*/ pool.query({ text: 'SELECT 1', query_timeout: 500 });", 'unbounded absent'],
  ['a limit of a pg pool in an old version', { pg: '8.5.1' }, "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ query_timeout: 500 });", 'bounded client-option'],
  ['options of a pg query that are handed in', { pg: '8.23.1' }, "import { Pool } from 'pg'; const pool = new Pool({}); export const run = (query) => /*a*/ pool.query(query);", 'unknown parameter'],
  ['a signal of a mongodb call', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.findOne({}, { signal: AbortSignal.timeout(500) });", 'bounded signal'],
  ['a limit of a mongodb call that is taken and ignored', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.findOne({}, { timeoutMS: 500 });", 'unbounded absent'],
  ['a limit of a mongodb call that is honoured', { mongodb: '7.7.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.findOne({}, { timeoutMS: 500 });", 'bounded call-option'],
  ['a mongodb client whose limit is ignored', { mongodb: '6.22.0' }, "import { MongoClient } from 'mongodb'; const client = /*a*/ new MongoClient('mongodb://db', { timeoutMS: 500 });", 'unbounded absent'],
  ['a mongodb client whose limit is honoured', { mongodb: '6.21.0' }, "import { MongoClient } from 'mongodb'; const client = /*a*/ new MongoClient('mongodb://db', { timeoutMS: 500 });", 'bounded client-option'],
  ['a mysql2 query with a limit', { mysql2: '2.3.3' }, "import mysql from 'mysql2/promise'; const pool = mysql.createPool({}); await /*a*/ pool.execute({ sql: 'SELECT 1', timeout: 500 });", 'bounded call-option'],
  ['a mysql2 query whose options are spread', { mysql2: '3.24.6' }, "import mysql from 'mysql2/promise'; const pool = mysql.createPool({}); export const ask = (query) => /*a*/ pool.query({ ...query });", 'unknown parameter'],
  ['a signal of a mongodb cursor', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.find({}, { signal: AbortSignal.timeout(500) }).sort({ a: 1 }).toArray();", 'bounded chained'],
  ['a limit of a mongodb cursor on the server', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.find({}).maxTimeMS(500).toArray();", 'bounded chained'],
  ['a limit of a mongodb aggregation', { mongodb: '6.22.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.aggregate([], { maxTimeMS: 500 }).toArray();", 'bounded chained'],
  ['a mongodb cursor with options that are handed in', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); export const all = async (options) => /*a*/ users.find({}, options).toArray();", 'bounded chained'],
  ['a mongodb cursor without a limit', { mongodb: '7.9.0' }, "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); export const all = () => /*a*/ users.find({}, { sort: { a: 1 } }).toArray();", 'unbounded absent'],
  ['Sequelize with a limit of the driver', { sequelize: '6.37.8' }, "import { Sequelize } from 'sequelize'; const db = /*a*/ new Sequelize({ dialect: 'postgres', dialectOptions: { query_timeout: 500 } });", 'bounded client-option'],
  ['Sequelize with a limit that it does not hand on', { sequelize: '5.22.5' }, "import { Sequelize } from 'sequelize'; const db = /*a*/ new Sequelize({ dialect: 'postgres', dialectOptions: { query_timeout: 500 } });", 'unbounded absent'],
  ['an old Sequelize with a limit on the server', { sequelize: '5.22.5' }, "import { Sequelize } from 'sequelize'; const db = /*a*/ new Sequelize({ dialect: 'postgres', dialectOptions: { statement_timeout: 500 } });", 'bounded client-option'],
  ['Prisma whose transactions have a limit', { '@prisma/client': '7.10.0' }, "import { PrismaClient } from '@prisma/client'; const prisma = /*a*/ new PrismaClient({ transactionOptions: { timeout: 500 } });", 'unknown driver'],
];

describe('limits of databases by version', () => {
  it.each(rows)('%s', (_, installed, main, verdict) => expect(verdictAt({ main, installed })).toBe(verdict));
});

describe('known limitation', () => {
  it('a limit of a mongodb cursor is not read by version: what 7.8 ignores is taken for one', () => {
    const main = "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db('a').collection('users'); await /*a*/ users.find({}, { timeoutMS: 500 }).toArray();";
    expect(verdictAt({ main, installed: { mongodb: '7.9.0' } })).toBe('bounded chained');
  });
});
