import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/analysis/source-file.js';
import { callsOf } from '../../src/facts/io-calls.js';
import { reportsOf, verdictAt } from '../facts/support.js';
import { sourceOf } from '../support/source.js';
import { tempProject } from '../support/temp-project.js';

/** What the calls of a file do: `read null`, `read [0] undefined (sql)`, `write`. */
function calls(file: SourceFile): string[] {
  return callsOf(file).io.map(({ operation: { operation } }) => {
    const { empty } = operation;
    if (empty === undefined) return operation.effect;
    return [operation.effect, empty.path, empty.value, empty.sql === undefined ? '' : '(sql)'].filter((part) => part !== '').join(' ');
  });
}

const callsIn = (code: string): string[] => calls(sourceOf(code));

type Row = readonly [sentence: string, code: string, calls: readonly string[]];

function table(name: string, before: string, rows: readonly Row[]): void {
  describe(name, () => {
    it.each(rows)('%s', (_, code, expected) => expect(callsIn(`${before}\n${code}`)).toEqual(expected));
  });
}

table('mysql2', "import mysql, { type Pool, type PoolConnection } from 'mysql2/promise'; const pool = mysql.createPool({ host: 'db' });", [
  ['a query', "const [rows] = await pool.query('SELECT 1 FROM t WHERE id = ?', [id]);", ['by-sql [0][0] undefined (sql)']],
  ['a statement', "await pool.execute({ sql: 'SELECT 1', timeout: 500 });", ['by-sql [0][0] undefined (sql)']],
  ['a connection of the pool', "const c = await pool.getConnection(); await c.beginTransaction(); await c.query('SELECT 1'); await c.commit(); c.release();", ['none', 'by-sql [0][0] undefined (sql)', 'write']],
  ['a connection that is handed in', "async function f(c: PoolConnection) { await c.query('SELECT 1'); }", ['by-sql [0][0] undefined (sql)']],
  ['promises of a pool of callbacks', "import * as m from 'mysql2'; const p = m.createPool({}).promise(); await p.query('SELECT 1');", ['by-sql [0][0] undefined (sql)']],
  ['nothing but text', "pool.escape('x'); await pool.end();", []],
]);

table('mysql', "const mysql = require('mysql'); const c = mysql.createConnection({});", [
  ['a query', "c.query('SELECT 1', done);", ['by-sql']],
  ['a pool', "mysql.createPool({}).query('SELECT 1', done);", ['by-sql']],
]);

table('postgres.js', "import postgres, { type Sql } from 'postgres'; const sql = postgres(url);", [
  ['a query', 'const [user] = await sql`select * from users where id = ${id}`;', ['by-sql [0] undefined (sql)']],
  ['a part of a query is none', 'await sql`select * from users where ${admin ? sql`admin` : sql`true`} and ${sql`a = 1`}`;', ['by-sql [0] undefined (sql)']],
  ['a part that is kept is none', 'const where = sql`where id = ${id}`; await sql`select 1 ${where}`;', ['by-sql [0] undefined (sql)']],
  ['a helper is none', "await sql`insert into users ${sql(rows, 'name')}`;", ['by-sql [0] undefined (sql)']],
  ['plain text', "await sql.unsafe('select 1');", ['by-sql [0] undefined (sql)']],
  ['a transaction', 'await sql.begin(async (tx) => { await tx`update users set a = 1`; });', ['unknown', 'by-sql [0] undefined (sql)']],
  ['a client that is handed in', 'async function f(db: Sql) { return db`select 1`; }', ['by-sql [0] undefined (sql)']],
  ['a client that is required', "const s = require('postgres')(url); async function g() { await s`select 1`; }", ['by-sql [0] undefined (sql)']],
]);

table('mongodb', "import { MongoClient, type Collection, type Db } from 'mongodb'; const client = new MongoClient(uri);", [
  ['a document', "await client.db('a').collection('users').findOne({ id });", ['read null']],
  ['a list', "await client.db().collection('users').find({}).sort({ a: 1 }).limit(1).toArray();", ['read [0] undefined']],
  ['a cursor alone does nothing', "const cursor = client.db().collection('users').find({});", []],
  ['the next of a cursor', "const cursor = client.db().collection('users').find({}); await cursor.next();", ['read null']],
  ['a change that gives the document', "await client.db().collection('users').findOneAndUpdate({ id }, { $set: {} });", ['write null']],
  ['a write', "const users = client.db().collection<User>('users'); await users.insertOne({}); await users.deleteMany({});", ['write', 'write']],
  ['a count', "await client.db().collection('users').countDocuments({});", ['read']],
  ['a collection that is handed in', 'class Users { constructor(private users: Collection<User>) {} get() { return this.users.findOne({}); } }', ['read null']],
  ['a database that is handed in', "function get(db: Db) { return db.collection('users').findOne({}); }", ['read null']],
  ['a transaction', "await client.withSession(async (session) => { await session.withTransaction(async () => {}); });", ['unknown', 'unknown']],
  ['a connected client', "const c = await MongoClient.connect(uri); await c.db().collection('a').findOne({});", ['read null']],
]);

table('mongoose', "import mongoose, { Schema, model, type Model } from 'mongoose'; const User = model<IUser>('User', new Schema({}));", [
  ['a document', 'await User.findOne({ name });', ['read null']],
  ['a document by its id, built further', "await User.findById(id).populate('team').lean();", ['read null']],
  ['a document by exec', 'await User.findById(id).lean().exec();', ['read null']],
  ['a query that fails instead', 'await User.findById(id).orFail();', ['read']],
  ['a list', 'await User.find({}).sort({ a: 1 }).limit(2);', ['read [0] undefined']],
  ['one of a list', 'await User.find().where({ a: 1 }).findOne();', ['read null']],
  ['a change that gives the document', 'await User.findByIdAndUpdate(id, { a: 1 }, { new: true });', ['write null']],
  ['a change', 'await User.updateOne({ id }, { a: 1 });', ['write']],
  ['a query that is handed on', 'function get() { return User.findOne({}); }', ['read null']],
  ['a query that is never run', 'User.updateOne({ id }, { a: 1 });', []],
  ['a query with then', 'User.findOne({}).then((user) => use(user));', ['read null']],
  ['a query that is kept and run', 'const query = User.find({}); query.limit(5); const users = await query;', ['read [0] undefined']],
  ['a new document', 'const user = new User({}); await user.save();', ['write']],
  ['a document that is made', 'await User.create({});', ['write']],
  ['an aggregation', 'const [result] = await User.aggregate([]);', ['read']],
  ['a model that may be there already', "const M = mongoose.models.User || mongoose.model('User', schema); await M.findOne({});", ['read null']],
  ['a model that is injected', "class Users { constructor(@InjectModel('User') private readonly users: Model<UserDocument>) {} get(id) { return this.users.findById(id).exec(); } }", ['read null']],
  ['a model of a connection', "const c = mongoose.createConnection(uri); await c.model('User', schema).findOne({});", ['read null']],
  ['a count', 'await User.countDocuments({});', ['read']],
]);

table('Prisma', "import { PrismaClient, Prisma } from '@prisma/client'; const prisma = new PrismaClient();", [
  ['a row', 'await prisma.user.findUnique({ where: { id } });', ['read null']],
  ['the first row', 'await prisma.user.findFirst({ where: { id } });', ['read null']],
  ['a row or an error', 'await prisma.user.findUniqueOrThrow({ where: { id } }); await prisma.user.findFirstOrThrow({});', ['read', 'read']],
  ['a list', 'await prisma.user.findMany();', ['read [0] undefined']],
  ['a write', 'await prisma.user.update({ where: { id }, data: {} }); await prisma.order.create({ data: {} });', ['write', 'write']],
  ['a statement', 'await prisma.$queryRaw`SELECT 1`;', ['by-sql [0] undefined (sql)']],
  ['a change by statement', 'await prisma.$executeRaw`UPDATE a SET b = 1`;', ['by-sql']],
  ['a transaction', 'await prisma.$transaction(async (tx) => { await tx.user.findUnique({ where: { id } }); });', ['unknown', 'read null']],
  ['a list of operations', 'await prisma.$transaction([prisma.user.create({ data: {} }), prisma.order.delete({ where: { id } })]);', ['unknown', 'write', 'write']],
  ['an extended client', 'const db = new PrismaClient().$extends(withAccelerate()); await db.user.findFirst();', ['read null']],
  ['a client that is handed in', 'async function get(db: PrismaClient) { return db.user.findFirst(); }', ['read null']],
  ['a transaction that is handed in', 'async function get(tx: Prisma.TransactionClient) { return tx.user.findFirst(); }', ['read null']],
  ['a class of its own', 'class PrismaService extends PrismaClient { async onModuleInit() { await this.$connect(); } } class Users { constructor(private readonly prisma: PrismaService) {} get(id) { return this.prisma.user.findUnique({ where: { id } }); } }', ['none', 'read null']],
  ['a class of its own with a constructor', 'class PrismaService extends PrismaClient { constructor() { super({ log: [] }); } } class Users { constructor(private readonly prisma: PrismaService) {} get(id) { return this.prisma.user.findUnique({ where: { id } }); } }', ['read null']],
  ['a model of its own class', 'class PrismaService extends PrismaClient { get(id) { return this.user.findUnique({ where: { id } }); } }', ['read null']],
  ['a client in a global', 'const db = globalThis.prisma ?? new PrismaClient(); await db.user.findFirst();', ['read null']],
  ['a client or a transaction', "function get(db: PrismaClient | Prisma.TransactionClient) { return db.user.findFirst(); } function other(db: Omit<PrismaClient, '$transaction'>) { return db.user.findFirst(); }", ['read null', 'read null']],
  ['a client that a helper keeps', "import { remember } from '@epic-web/remember'; const db = remember('prisma', () => new PrismaClient()); await db.user.findFirst();", ['read null']],
  ['a client that a helper of the file keeps', "function only<T>(name: string, make: () => T): T { return (kept[name] ??= make()) as T; } const db = only('prisma', makeClient); function makeClient() { return new PrismaClient(); } await db.user.findFirst();", ['read null']],
  ['another helper keeps what it likes', "function only<T>(name: string, make: () => T): string { return kept(name); } const db = only('prisma', () => new PrismaClient()); await db.user.findFirst();", []],
  ['what ends it is no query', 'await prisma.$disconnect();', []],
]);

table('knex', "import knex, { type Knex } from 'knex'; const db = knex({ client: 'pg', connection: {} });", [
  ['a list', "await db('users').where({ id });", ['read [0] undefined']],
  ['a row', "await db('users').where({ id }).first();", ['read undefined']],
  ['a row, in another order', "await db('users').first().where({ id });", ['read undefined']],
  ['a row of the client itself', "await db.select('id').from('users').where({ id }).first();", ['read undefined']],
  ['a row of some columns', "await db('users').first('id', 'name').where({ id });", ['read undefined']],
  ['a count', "await db('users').count('* as n').first();", ['read']],
  ['a count in another order', "await db('users').first().count();", ['read']],
  ['a computed column', "await db('users').select(db.raw('count(*)')).first(); await db('users').first(db.raw('max(id)'));", ['read', 'read']],
  ['a computed column under a name', "await db('users').select({ n: db.raw('count(*)') }).first();", ['read']],
  ['queries side by side', "await Promise.all([db('users').first(), db('orders').where({ id })]);", ['read undefined', 'read [0] undefined']],
  ['a query in a query', "await db('users').whereIn('id', db('admins').select('id')).first();", ['read undefined']],
  ['a write', "await db('users').insert({ id }); await db('users').where({ id }).update({ a: 1 }); await db('users').where({ id }).del();", ['write', 'write [0] undefined', 'write [0] undefined']],
  ['a write that gives rows', "const [row] = await db('users').insert({ id }).returning('*');", ['write']],
  ['a builder that is never run', "const query = db('users'); query.where({ id }); await query.first();", ['read [0] undefined', 'read undefined']],
  ['a statement', "await db.raw('select 1');", ['by-sql']],
  ['a transaction', "await db.transaction(async (trx) => { await trx('users').where({ id }).first(); });", ['unknown', 'read undefined']],
  ['a client that is handed in', "class Users { constructor(private readonly db: Knex) {} get(id) { return this.db('users').where({ id }).first(); } }", ['read undefined']],
  ['a transaction that is handed in', "function get(trx: Knex.Transaction) { return trx('users').first(); }", ['read undefined']],
  ['a change of the schema', "await db.schema.createTable('users', (t) => {}); await db.schema.hasTable('users');", ['write', 'read']],
]);

table('TypeORM', "import { DataSource, Repository, EntityManager, BaseEntity, Entity } from 'typeorm'; const ds = new DataSource({ type: 'postgres' }); class User {}", [
  ['a row', 'await ds.getRepository(User).findOneBy({ id }); await ds.getRepository(User).findOne({ where: { id } });', ['read null', 'read null']],
  ['a row or an error', 'await ds.getRepository(User).findOneOrFail({ where: { id } });', ['read']],
  ['a row of the manager', 'await ds.manager.findOneBy(User, { id });', ['read null']],
  ['a repository that is injected', 'class Users { constructor(@InjectRepository(User) private readonly users: Repository<User>) {} get(id) { return this.users.findOneBy({ id }); } add(u) { return this.users.save(u); } }', ['read null', 'write']],
  ['a repository of its own', 'class Users extends Repository<User> { byName(name) { return this.findOne({ where: { name } }); } } class S { constructor(private users: Users) {} get() { return this.users.findOneBy({}); } }', ['read null', 'read null']],
  ['a builder', "await ds.getRepository(User).createQueryBuilder('u').where('u.id = :id', { id }).getOne();", ['read null']],
  ['a list of a builder', "await ds.createQueryBuilder().select('u').from(User, 'u').getMany();", ['read [0] undefined']],
  ['a sum', "await ds.getRepository(User).createQueryBuilder('u').select('SUM(u.a)', 'sum').getRawOne();", ['read']],
  ['a change by builder', 'await ds.createQueryBuilder().update(User).set({ a: 1 }).where({ id }).execute();', ['write']],
  ['a transaction', 'await ds.transaction(async (manager) => { await manager.save(user); });', ['unknown', 'write']],
  ['a manager that is handed in', 'function add(manager: EntityManager) { return manager.save(user); }', ['write']],
  ['a runner', 'const runner = ds.createQueryRunner(); await runner.connect(); await runner.startTransaction(); await runner.manager.save(user); await runner.commitTransaction(); await runner.release();', ['none', 'none', 'write', 'write']],
  ['an active record', '@Entity() class Order extends BaseEntity {} await Order.findOneBy({ id }); const o = new Order(); await o.save();', ['read null', 'write']],
  ['an object that is only made', 'ds.getRepository(User).create({});', []],
  ['a statement', "await ds.query('SELECT 1');", ['by-sql [0] undefined (sql)']],
]);

table('Sequelize', "import { Sequelize, Model, type ModelStatic } from 'sequelize'; const sequelize = new Sequelize('postgres://db/a'); class User extends Model {}", [
  ['a row', 'await User.findOne({ where: { id } }); await User.findByPk(id);', ['read null', 'read null']],
  ['a list', 'await User.findAll();', ['read [0] undefined']],
  ['a model that is defined', "const Order = sequelize.define('Order', {}); await Order.findByPk(id);", ['read null']],
  ['a model with a scope', "await User.scope('active').findOne({});", ['read null']],
  ['a model that is handed in', 'class Users { constructor(@InjectModel(User) private users: typeof User) {} get(id) { return this.users.findByPk(id); } }', ['read null']],
  ['a model by its type', 'function get(users: ModelStatic<User>) { return users.findByPk(id); }', ['read null']],
  ['an object', 'const user = new User(); await user.save(); const other = User.build({}); await other.save();', ['write', 'write']],
  ['a model of sequelize-typescript', "import { Table, Model as M } from 'sequelize-typescript'; @Table class Dog extends M<Dog> {} await Dog.findOne({});", ['read null']],
  ['a transaction', 'const t = await sequelize.transaction(); await User.create({}, { transaction: t }); ', ['unknown', 'write']],
  ['a method of the class', 'class Cat extends Model { static byName(name) { return this.findOne({ where: { name } }); } rename(name) { return this.update({ name }); } }', ['read null', 'write']],
]);

table('Drizzle', "import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'; import { eq, count, inArray, sql } from 'drizzle-orm'; const db = drizzle(pool, { schema });", [
  ['a list', 'await db.select().from(users).where(eq(users.id, id)).limit(1);', ['read [0] undefined']],
  ['some columns', 'const [user] = await db.select({ id: users.id }).from(users).where(eq(users.id, id));', ['read [0] undefined']],
  ['a count', 'const [{ n }] = await db.select({ n: count() }).from(users);', ['read']],
  ['a count by text', 'const [{ n }] = await db.select({ n: sql`count(*)` }).from(users);', ['read']],
  ['a relation', 'await db.query.users.findFirst({ where: eq(users.id, id) });', ['read undefined']],
  ['rows of a relation', 'await db.query.users.findMany();', ['read [0] undefined']],
  ['a row that is inserted', 'const [user] = await db.insert(users).values({ id }).returning();', ['write']],
  ['a row that is inserted unless it is there', 'const [user] = await db.insert(users).values({ id }).onConflictDoNothing().returning();', ['write [0] undefined']],
  ['a row that is changed', 'const [user] = await db.update(users).set({ a: 1 }).where(eq(users.id, id)).returning();', ['write [0] undefined']],
  ['a row that is deleted', 'await db.delete(users).where(eq(users.id, id));', ['write [0] undefined']],
  ['a query in a query', 'await db.select().from(users).where(inArray(users.id, db.select({ id: admins.id }).from(admins)));', ['read [0] undefined']],
  ['a query in a template', 'await db.execute(sql`select exists (${db.select().from(users)})`);', ['by-sql']],
  ['a query that is part of another', "const sub = db.select().from(users).as('sub'); await db.select().from(sub);", ['read [0] undefined']],
  ['a transaction', 'await db.transaction(async (tx) => { await tx.insert(users).values({ id }); });', ['unknown', 'write']],
  ['a database that is handed in', 'class Users { constructor(private db: NodePgDatabase<typeof schema>) {} get() { return this.db.query.users.findFirst(); } }', ['read undefined']],
  ['a statement', 'await db.execute(sql`select 1`);', ['by-sql']],
  ['what a query answers is no query', 'const rows = await db.select().from(users); const names = rows.map((row) => row.name); const first = (await db.select().from(users)).find(Boolean);', ['read [0] undefined', 'read [0] undefined']],
  ['what a function that queries answers is no query', 'async function load() { return db.select().from(users); } const rows = await load(); const names = rows.map((row) => row.name);', ['read [0] undefined']],
  ['a row of SQLite', 'db.select().from(users).get();', ['read undefined']],
]);

table('KafkaJS', "import { Kafka, type Producer } from 'kafkajs'; const kafka = new Kafka({ brokers });", [
  ['a message', "const producer = kafka.producer(); await producer.connect(); await producer.send({ topic: 'a', messages });", ['none', 'write']],
  ['a consumer', "const consumer = kafka.consumer({ groupId: 'a' }); await consumer.subscribe({ topic: 'a' }); await consumer.run({ eachMessage });", ['none', 'none']],
  ['a transaction', 'const tx = await kafka.producer().transaction(); await tx.send({}); await tx.commit();', ['write', 'write']],
  ['a producer that is handed in', 'function publish(producer: Producer) { return producer.sendBatch({}); }', ['write']],
]);

table('amqplib', "import amqp, { type Channel } from 'amqplib'; const connection = await amqp.connect(url);", [
  ['a message', "const channel = await connection.createChannel(); channel.sendToQueue('a', body); channel.publish('a', 'b', body);", ['write', 'write']],
  ['a message that is fetched', "const channel = await connection.createChannel(); const message = await channel.get('a'); channel.ack(message);", ['read false', 'write']],
  ['confirmed messages', "const channel = await connection.createConfirmChannel(); await channel.waitForConfirms();", ['write']],
  ['a channel that is handed in', "class Queue { channel: Channel; add(body) { this.channel.sendToQueue('a', body); } }", ['write']],
]);

describe('across files', () => {
  const projects: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    ['a Prisma client', { 'src/db.ts': "import { PrismaClient } from '@prisma/client'; export const prisma = new PrismaClient();", 'src/main.ts': "import { prisma } from './db.js'; await prisma.user.findUnique({ where: { id } });" }, ['read null']],
    ['a Prisma service', { 'src/db.ts': "import { PrismaClient } from '@prisma/client'; export class PrismaService extends PrismaClient {}", 'src/main.ts': "import { PrismaService } from './db.js'; export class Users { constructor(private prisma: PrismaService) {} get() { return this.prisma.user.findFirst(); } }" }, ['read null']],
    ['a knex client', { 'src/db.ts': "import knex from 'knex'; export default knex({ client: 'pg' });", 'src/main.ts': "import db from './db.js'; await db('users').where({ id }).first();" }, ['read undefined']],
    ['a Drizzle database', { 'src/db.ts': "import { drizzle } from 'drizzle-orm/postgres-js'; export const db = drizzle(client);", 'src/main.ts': "import { db } from './db.js'; await db.query.users.findFirst();" }, ['read undefined']],
    ['a Mongoose model', { 'src/user.ts': "import { model } from 'mongoose'; export const User = model('User', schema);", 'src/main.ts': "import { User } from './user.js'; await User.findById(id);" }, ['read null']],
    ['a CommonJS Mongoose model', { 'src/user.js': "const mongoose = require('mongoose'); module.exports = mongoose.model('User', schema);", 'src/main.js': "const User = require('./user.js'); async function f() { await User.findById(id); }" }, ['read null']],
    ['a Sequelize model', { 'src/user.ts': "import { Model } from 'sequelize'; export class User extends Model {}", 'src/main.ts': "import { User } from './user.js'; await User.findByPk(id);" }, ['read null']],
    ['a TypeORM data source', { 'src/db.ts': "import { DataSource } from 'typeorm'; export const ds = new DataSource({ type: 'postgres' });", 'src/main.ts': "import { ds } from './db.js'; await ds.getRepository(User).findOneBy({ id });" }, ['read null']],
    ['a postgres.js client', { 'src/db.ts': "import postgres from 'postgres'; export const sql = postgres(url);", 'src/main.ts': "import { sql } from './db.js'; await sql`select 1`;" }, ['by-sql [0] undefined (sql)']],
  ];
  it.each(projects)('%s', (_, files, expected) => {
    const main = Object.keys(files).find((name) => name.includes('main'))!;
    expect(calls(tempProject(files).file(main))).toEqual(expected);
  });

  it('tells the majors of TypeORM and mongodb apart', () => {
    const calledWith = (installed: Record<string, string>, code: string): string[] => calls(tempProject({ 'src/main.ts': code }, installed).file('src/main.ts'));
    const typeorm = "import { Repository } from 'typeorm'; export const get = (users: Repository<User>) => users.findOneBy({ id });";
    expect(calledWith({ typeorm: '0.2.45' }, typeorm)).toEqual(['read undefined']);
    expect(calledWith({ typeorm: '0.3.31' }, typeorm)).toEqual(['read null']);
    const mongodb = "import type { Collection } from 'mongodb'; export const take = (users: Collection) => users.findOneAndDelete({ id });";
    expect(calledWith({ mongodb: '5.9.2' }, mongodb)).toEqual(['write value null']);
    expect(calledWith({ mongodb: '6.20.0' }, mongodb)).toEqual(['write null']);
  });
});

describe('time bounds of clients', () => {
  const verdicts: readonly (readonly [sentence: string, code: string, verdict: string])[] = [
    ['mysql2 has no option for a query', "import mysql from 'mysql2/promise'; const pool = /*a*/ mysql.createPool({ host: 'db', connectTimeout: 500 });", 'unbounded absent'],
    ['postgres.js without a limit', "import postgres from 'postgres'; const sql = /*a*/ postgres({ host: 'db' });", 'unbounded absent'],
    ['postgres.js with a limit on the server', "import postgres from 'postgres'; const sql = /*a*/ postgres({ host: 'db', connection: { statement_timeout: 500 } });", 'bounded client-option'],
    ['postgres.js with a limit in its URL', "import postgres from 'postgres'; const sql = /*a*/ postgres('postgres://db/a?statement_timeout=500');", 'bounded client-option'],
    ['postgres.js with a URL of the environment', "import postgres from 'postgres'; const sql = /*a*/ postgres(process.env.DATABASE_URL);", 'unknown connection-url'],
    ['mongodb without a limit', "import { MongoClient } from 'mongodb'; const client = /*a*/ new MongoClient('mongodb://db');", 'unbounded absent'],
    ['mongodb with a limit', "import { MongoClient } from 'mongodb'; const client = /*a*/ new MongoClient(uri, { socketTimeoutMS: 500 });", 'bounded client-option'],
    ['mongodb with a URL of the environment', "import { MongoClient } from 'mongodb'; const client = /*a*/ new MongoClient(process.env.MONGO_URL);", 'unknown connection-url'],
    ['knex on pg without a limit', "import knex from 'knex'; const db = /*a*/ knex({ client: 'pg', connection: { host: 'db' } });", 'unbounded absent'],
    ['knex on pg with a limit', "import knex from 'knex'; const db = /*a*/ knex({ client: 'pg', connection: { host: 'db', query_timeout: 500 } });", 'bounded client-option'],
    ['knex on another driver', "import knex from 'knex'; const db = /*a*/ knex({ client: 'better-sqlite3', connection: { filename: 'a' } });", 'unknown driver'],
    ['knex with options that are not known', "import knex from 'knex'; import config from './knexfile.js'; const db = /*a*/ knex(config.production);", 'unknown other-file-off'],
    ['a query of knex with a limit', "import knex from 'knex'; const db = knex({ client: 'mysql2', connection: {} }); await /*a*/ db('users').where({ id }).timeout(500);", 'bounded chained'],
    ['a query of knex with a limit on the way', "import knex from 'knex'; const db = knex({ client: 'mysql2', connection: {} }); await /*a*/ db('users').timeout(500, { cancel: true }).where({ id }).first();", 'bounded chained'],
    ['TypeORM on postgres without a limit', "import { DataSource } from 'typeorm'; const ds = /*a*/ new DataSource({ type: 'postgres', maxQueryExecutionTime: 500 });", 'unbounded absent'],
    ['TypeORM on postgres with a limit', "import { DataSource } from 'typeorm'; const ds = /*a*/ new DataSource({ type: 'postgres', extra: { query_timeout: 500 } });", 'bounded client-option'],
    ['TypeORM on SQLite', "import { DataSource } from 'typeorm'; const ds = /*a*/ new DataSource({ type: 'sqlite', database: 'a' });", 'unknown driver'],
    ['Sequelize on SQLite', "import { Sequelize } from 'sequelize'; const s = /*a*/ new Sequelize({ dialect: 'sqlite' });", 'unknown driver'],
    ['Sequelize with a URL', "import { Sequelize } from 'sequelize'; const s = /*a*/ new Sequelize('postgres://db/a');", 'unknown driver'],
    ['Prisma', "import { PrismaClient } from '@prisma/client'; const p = /*a*/ new PrismaClient({ log: [] });", 'unknown driver'],
    ['Drizzle', "import { drizzle } from 'drizzle-orm/node-postgres'; const db = /*a*/ drizzle(pool);", 'unknown driver'],
    ['Mongoose', "import { model } from 'mongoose'; const User = /*a*/ model('User', schema);", 'unknown driver'],
    ['KafkaJS', "import { Kafka } from 'kafkajs'; const kafka = /*a*/ new Kafka({ brokers });", 'bounded library-default'],
    ['amqplib', "import amqp from 'amqplib'; const c = await /*a*/ amqp.connect(url);", 'unknown connection-url'],
    ['amqplib with a URL that is known', "import amqp from 'amqplib'; const c = await /*a*/ amqp.connect('amqp://queue');", 'bounded library-default'],
  ];
  it.each(verdicts)('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  const sites: readonly (readonly [sentence: string, code: string, count: number])[] = [
    ['a pool whose queries all have a limit', "import mysql from 'mysql2/promise'; const pool = mysql.createPool({}); await pool.query({ sql: 'SELECT 1', timeout: 500 });", 0],
    ['a pool of which one query has none', "import mysql from 'mysql2/promise'; const pool = mysql.createPool({}); await pool.query({ sql: 'SELECT 1', timeout: 500 }); await pool.query('SELECT 2');", 1],
    ['a connection that is handed in', "import type { PoolConnection } from 'mysql2/promise'; export async function load(c: PoolConnection) { await c.query('SELECT 1'); await c.query('SELECT 2'); }", 0],
    ['a model that is handed in', "import type { Repository } from 'typeorm'; export class Users { constructor(private users: Repository<User>) {} get() { return this.users.find(); } }", 0],
  ];
  it.each(sites)('%s', (_, code, count) => expect(reportsOf(sourceOf(code))).toHaveLength(count));
});
