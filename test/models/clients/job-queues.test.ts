import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callTable } from './call-table.js';

callTable('BullMQ', "import { FlowProducer, Queue, QueueEvents, Worker, type Job } from 'bullmq'; const queue = new Queue('mail', { connection: { host: 'redis' } });", [
  ['a job that is added', "await queue.add('send', { to });", ['write']],
  ['jobs that are added', "await queue.addBulk([{ name: 'send', data: { to } }]);", ['write']],
  ['a job by its id', 'const job = await queue.getJob(id);', ['read undefined']],
  ['counts', "await queue.getJobCounts('waiting'); await queue.count();", ['read', 'read']],
  ['what empties it', 'await queue.obliterate(); await queue.drain();', ['write', 'write']],
  ['the end of a job', "const job = await queue.add('send', {}); await job.waitUntilFinished(events);", ['write', 'read']],
  ['the end of a job that is handed in', 'async function f(job: Job) { await job.waitUntilFinished(events); }', ['read']],
  ['what a processor does with its job is not asked', 'async function f(job: Job) { await job.updateProgress(1); await job.log(text); }', []],
  ['a flow', "const flow = new FlowProducer({ connection }); await flow.add({ name: 'all', queueName: 'mail', children: [] });", ['write']],
  ['a queue that is handed in', "class Mail { constructor(private readonly mail: Queue) {} send(to) { return this.mail.add('send', { to }); } }", ['write']],
  ['a worker takes jobs for ever', "const worker = new Worker('mail', async (job) => send(job.data)); worker.on('failed', log);", []],
  ['listeners and the end', "queue.on('error', log); await queue.close();", []],
]);

callTable('Bull', "import Queue from 'bull'; const queue = new Queue('mail', 'redis://redis');", [
  ['a job that is added', 'await queue.add({ to });', ['write']],
  ['a job of a name', "await queue.add('send', { to }, { jobId });", ['write']],
  ['a job by its id', 'const job = await queue.getJob(id);', ['read null']],
  ['counts', 'await queue.getJobCounts(); await queue.getWaitingCount();', ['read', 'read']],
  ['what takes jobs', 'queue.process(async (job) => send(job.data));', ['none']],
  ['a queue that is handed in', 'class Mail { constructor(private readonly mail: Queue) {} send(to) { return this.mail.add({ to }); } }', ['write']],
  ['a queue that is required', "const Bull = require('bull'); const q = new Bull('mail'); async function f() { await q.add({}); }", ['write']],
  ['listeners', "queue.on('failed', log); await queue.close();", []],
]);

callTable('pg-boss', "import { PgBoss } from 'pg-boss'; const boss = new PgBoss({ connectionString });", [
  ['a job that is sent', "await boss.send('mail', { to });", ['write null']],
  ['jobs that are sent', "await boss.insert('mail', [{ data: { to } }]);", ['write']],
  ['a job that is fetched', "const [job] = await boss.fetch('mail');", ['write [0] undefined']],
  ['a job by its id', "const job = await boss.getJobById('mail', id);", ['read null']],
  ['a start', 'await boss.start();', ['none']],
  ['what takes jobs', "await boss.work('mail', async ([job]) => send(job.data));", ['none']],
  ['an instance that is handed in', "async function f(b: PgBoss) { await b.complete('mail', id); }", ['write']],
  ['listeners and the end', "boss.on('error', log); await boss.stop();", []],
]);

const BULLMQ = "import { Queue, type Job } from 'bullmq'; import Redis from 'ioredis';";
const BULL = "import Queue from 'bull';";
const BOSS = "import { PgBoss } from 'pg-boss';";

describe('a limit of a job queue', () => {
  it.each([
    ['none in BullMQ', `${BULLMQ} const q = /*a*/ new Queue('mail', { connection: { host: 'redis' } }); await q.add('a', {});`, 'unbounded absent'],
    ['none in BullMQ without options', `${BULLMQ} const q = /*a*/ new Queue('mail'); await q.add('a', {});`, 'unbounded absent'],
    ['in its connection', `${BULLMQ} const q = /*a*/ new Queue('mail', { connection: { host: 'redis', commandTimeout: 500 } }); await q.add('a', {});`, 'bounded client-option'],
    ['in a client that it is given', `${BULLMQ} const connection = new Redis({ commandTimeout: 500 }); const q = /*a*/ new Queue('mail', { connection }); await q.add('a', {});`, 'bounded client-option'],
    ['for connecting alone', `${BULLMQ} const q = /*a*/ new Queue('mail', { connection: { connectTimeout: 500 } }); await q.add('a', {});`, 'unbounded absent'],
    ['for the wait for a job', `${BULLMQ} async function f(job: Job) { await /*a*/ job.waitUntilFinished(events, 5000); }`, 'bounded call-option'],
    ['for the wait for a job that was added', `${BULLMQ} const q = new Queue('mail', { connection: { commandTimeout: 500 } }); const job = await q.add('a', {}); await /*a*/ job.waitUntilFinished(events);`, 'unbounded absent'],
    ['not for the wait for a job', `${BULLMQ} async function f(job: Job) { await /*a*/ job.waitUntilFinished(events); }`, 'unbounded absent'],
    ['a wait of 0, which somebody chose', `${BULLMQ} async function f(job: Job) { await /*a*/ job.waitUntilFinished(events, 0); }`, 'bounded no-limit-chosen'],
    ['none in Bull', `${BULL} const q = /*a*/ new Queue('mail', 'redis://redis'); await q.add({});`, 'unbounded absent'],
    ['in the options of Bull', `${BULL} const q = /*a*/ new Queue('mail', 'redis://redis', { redis: { commandTimeout: 500 } }); await q.add({});`, 'bounded client-option'],
    ['by the clients that a function of Bull makes', `${BULL} const q = /*a*/ new Queue('mail', { createClient: (type) => clients[type] }); await q.add({});`, 'bounded client-option'],
    ['none in pg-boss', `${BOSS} const b = /*a*/ new PgBoss({ host: 'db' }); await b.send('mail', {});`, 'unbounded absent'],
    ['in the options of pg-boss', `${BOSS} const b = /*a*/ new PgBoss({ connectionString, query_timeout: 5000 }); await b.send('mail', {});`, 'bounded client-option'],
    ['in the URL of pg-boss', `${BOSS} const b = /*a*/ new PgBoss('postgres://db/jobs?query_timeout=5000'); await b.send('mail', {});`, 'bounded client-option'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it.each([
    ['a connection from elsewhere', `import { connection } from 'settings'; ${BULLMQ} const q = /*a*/ new Queue('mail', { connection }); await q.add('a', {});`],
    ['a connection from a parameter', `${BULLMQ} export function make(connection) { const q = /*a*/ new Queue('mail', { connection }); return q.add('a', {}); }`],
    ['options that are spread', `${BULLMQ} export const make = (options) => /*a*/ new Queue('mail', { ...options }).add('a', {});`],
    ['a wait from a parameter', `${BULLMQ} async function f(job: Job, ttl: number) { await /*a*/ job.waitUntilFinished(events, ttl); }`],
    ['a URL of pg-boss from elsewhere', `${BOSS} const b = /*a*/ new PgBoss({ connectionString: process.env.URL }); await b.send('mail', {});`],
    ['another database of pg-boss', `${BOSS} export const make = (db) => { const b = /*a*/ new PgBoss({ db }); return b.send('mail', {}); };`],
  ])('is not known of %s', (_, code) => expect(verdictAt(code)).toMatch(/^(?:unknown|silent)/));
});
