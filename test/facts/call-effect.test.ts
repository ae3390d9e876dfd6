import { describe, expect, it } from 'vitest';
import { effectOf } from '../../src/facts/call-effect.js';
import { callsOf } from '../../src/facts/io-calls.js';
import { sourceOf } from '../support/source.js';

/** `write again absent POST no`: what the first call of a client does, what it does twice, its key, its verb, whether it may be repeated. */
function effectIn(code: string): string {
  const file = sourceOf(code);
  const { io, local } = callsOf(file);
  const [call] = [...io, ...local].sort((a, b) => a.node.range[0] - b.node.range[0]);
  if (call === undefined) return 'no call';
  const loop = file.index.loops[0];
  const { does, twice, key, verb, mayRepeat } = loop === undefined ? effectOf(call) : effectOf(call, loop);
  return [does, twice, key.is, verb, mayRepeat].join(' ');
}

const AXIOS = "import axios from 'axios';\n";
const PG = "import { Pool } from 'pg'; const pool = new Pool();\n";
const sql = (text: string): string => `${PG}pool.query(${JSON.stringify(text)});`;

describe('HTTP', () => {
  it.each([
    ['a GET', "fetch('http://pay/charges')", 'read same absent GET yes'],
    ['a GET by name', `${AXIOS}axios.get(u)`, 'read same absent GET yes'],
    ['a PUT', "fetch(u, { method: 'PUT' })", 'write same absent PUT yes'],
    ['a DELETE', `${AXIOS}axios.delete(u)`, 'write same absent DELETE yes'],
    ['a POST', "fetch('http://pay/charges', { method: 'POST', body: b })", 'write again absent POST no'],
    ['a POST in small letters', "fetch('http://pay/charges', { method: 'post' })", 'write again absent POST no'],
    ['a POST by name', `${AXIOS}axios.post('http://pay/charges', order)`, 'write again absent POST no'],
    ['a POST in one object', `${AXIOS}axios({ url: '/charges', method: 'post', data })`, 'write again absent POST no'],
    ['a PATCH says nothing of twice', `${AXIOS}axios.patch('http://pay/charges/1', change)`, 'write unknown absent PATCH unknown'],
    ['a method that the caller chooses', 'const f = (method) => fetch(u, { method });', 'unknown unknown absent  unknown'],
    ['options that the caller hands in', 'const f = (init) => fetch(u, init);', 'unknown unknown absent  unknown'],
    ['one of two methods', "fetch(u, { method: id ? 'PUT' : 'POST' })", 'unknown unknown absent PUT or POST unknown'],
    ['one of two methods that leave the same', "fetch(u, { method: id ? 'PUT' : 'DELETE' })", 'write same absent PUT or DELETE yes'],
    ['a search', `${AXIOS}axios.post('http://es/orders/_search', q)`, 'unknown unknown absent POST unknown'],
    ['GraphQL', "fetch('https://api/graphql', { method: 'POST', body })", 'unknown unknown absent POST unknown'],
    ['GraphQL by what is sent', "fetch(u, { method: 'POST', body: JSON.stringify({ query, variables }) })", 'unknown unknown absent POST unknown'],
    ['a token', "fetch('https://id/oauth/token', { method: 'POST', body })", 'unknown unknown absent POST unknown'],
    ['a grant', "fetch(u, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) })", 'unknown unknown absent POST unknown'],
    ['a prompt', "fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })", 'unknown unknown absent POST unknown'],
    ['a name of a URL', "fetch(config.tokenUrl, { method: 'POST', body })", 'unknown unknown absent POST unknown'],
    ['a function that asks', "async function findOrders() { return fetch(u, { method: 'POST', body }); }", 'unknown unknown absent POST unknown'],
    ['a method that only begins like one', "async function getaway() { return fetch(u, { method: 'POST', body }); }", 'write again absent POST no'],
    ['headers without a key', "fetch(u, { method: 'POST', headers: { 'Content-Type': 'application/json' } })", 'write again absent POST no'],
    ['headers that are not known', "const f = (headers) => fetch(u, { method: 'POST', headers });", 'write again unknown POST unknown'],
    ['headers with a part that is not known', "const f = (more) => fetch(u, { method: 'POST', headers: { a: 1, ...more } });", 'write again unknown POST unknown'],
    ['headers of the instance that are not known', `${AXIOS}const api = axios.create({ headers: load() }); api.post('/charges', order);`, 'write again unknown POST unknown'],
    ['a header that may serve as one', "fetch(u, { method: 'POST', headers: { 'X-Request-Id': id } })", 'write again unknown POST unknown'],
    ['an id in the body', `${AXIOS}axios.post('http://pay/charges', { orderId: 1, requestId: r })`, 'write again unknown POST unknown'],
    ['an id in a body that is made to text', "fetch(u, { method: 'POST', body: JSON.stringify({ id: order.id, total }) })", 'write again unknown POST unknown'],
    ['a body with no id', "fetch(u, { method: 'POST', body: JSON.stringify({ total, currency }) })", 'write again absent POST no'],
    ['somebody thought of it', "// deduplicated by the ledger\nfetch(u, { method: 'POST', body })", 'write again unknown POST unknown'],
  ])('%s', (_, code, wanted) => expect(effectIn(code)).toBe(wanted));
});

describe('keys', () => {
  const post = (key: string): string => `${AXIOS}async function pay(order) { const made = randomUUID(); for (let attempt = 0; attempt < 3; attempt++) { const mine = randomUUID(); try { return await axios.post(u, order, { headers: { 'Idempotency-Key': ${key} } }); } catch {} } }`;
  it.each([
    ['of the order', 'order.id', 'stable POST yes'],
    ['made before the attempts', 'made', 'stable POST yes'],
    ['made in the call', 'randomUUID()', 'unstable POST no'],
    ['made in the loop', 'mine', 'unstable POST no'],
    ['with the attempt in it', '`${order.id}-${attempt}`', 'unstable POST no'],
    ['with the time in it', '`${order.id}-${Date.now()}`', 'unstable POST no'],
    ['worked out of the order', 'hash(order.id)', 'stable POST yes'],
  ])('%s', (_, key, wanted) => expect(effectIn(post(key))).toBe(`write again ${wanted}`));

  it('headers made before the attempts keep their key', () => {
    const code = `${AXIOS}async function pay(order) { const headers = { 'X-Idempotency-Key': crypto.randomUUID() }; for (;;) { try { return await axios.post(u, order, { headers }); } catch {} } }`;
    expect(effectIn(code)).toBe('write again stable POST yes');
  });
  it('headers made with each attempt do not', () => {
    const code = `${AXIOS}async function pay(order) { for (;;) { const headers = { 'X-Idempotency-Key': crypto.randomUUID() }; try { return await axios.post(u, order, { headers }); } catch {} } }`;
    expect(effectIn(code)).toBe('write again unstable POST no');
  });
});

describe('SQL', () => {
  it.each([
    ['select a from t where b = $1', 'read same absent SELECT yes'],
    ['insert into orders (total, note) values ($1, $2)', 'write again absent INSERT no'],
    ['insert into orders (id, total) values ($1, $2)', 'write unknown absent INSERT unknown'],
    ['insert into orders values ($1, $2)', 'write unknown absent INSERT unknown'],
    ['insert into orders (total) values ($1) on conflict do nothing', 'write same absent INSERT yes'],
    ['insert into orders (total) values (?) on duplicate key update total = 1', 'write same absent INSERT yes'],
    ['insert ignore into orders (total) values (?)', 'write same absent INSERT yes'],
    ['insert or ignore into orders (total) values (?)', 'write same absent INSERT yes'],
    ['insert into orders (total) select 1 where not exists (select 1 from orders)', 'write same absent INSERT yes'],
    ['insert into log (line) select line from other', 'write again absent INSERT no'],
    ['update t set seen = true where b = $1', 'write same absent UPDATE yes'],
    ['update t set seen = seen + 1 where b = $1', 'write again absent UPDATE no'],
    ['update t set version = version + 1 where version = $1', 'write unknown absent UPDATE unknown'],
    ['update t set seen = coalesce(t.seen, 0) + $2 where b = $1', 'write again absent UPDATE no'],
    ['delete from t where b = $1', 'write same absent DELETE yes'],
    ['with made as (insert into t (a) values (1) returning *) select * from made', 'write again absent INSERT no'],
    ['with old as (select 1) select * from old', 'read same absent SELECT yes'],
    ['insert into a (b) values (1); delete from c', 'unknown unknown absent  unknown'],
    ['call charge($1)', 'unknown unknown absent  unknown'],
    ['begin', 'unknown unknown absent  unknown'],
  ])('%s', (text, wanted) => expect(effectIn(sql(text))).toBe(wanted));

  it('a text that is handed in is not known', () => expect(effectIn(`${PG}const run = (text) => pool.query(text);`)).toBe('unknown unknown absent  unknown'));
  it('a template', () => expect(effectIn(`${PG}pool.query(\`insert into \${table} (a, b) values (1, 2)\`);`)).toBe('write again absent INSERT no'));
});

describe('databases', () => {
  const prisma = (call: string): string => `import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();\n${call}`;
  const knex = (call: string): string => `import knex from 'knex'; const db = knex({});\nasync function f(row) { await ${call}; }`;
  const drizzle = (call: string): string => `import { drizzle } from 'drizzle-orm/node-postgres'; const db = drizzle(u);\nasync function f(row) { await ${call}; }`;
  it.each([
    ['a new row', prisma('prisma.order.create({ data: { total: 1 } })'), 'write again absent create no'],
    ['a new row with its id', prisma('prisma.order.create({ data: { id, total: 1 } })'), 'write unknown absent create unknown'],
    ['a row that is handed in', prisma('const f = (data) => prisma.order.create({ data });'), 'write unknown absent create unknown'],
    ['several rows, doubles skipped', prisma('prisma.order.createMany({ data: [{ total: 1 }], skipDuplicates: true })'), 'write same absent createMany yes'],
    ['an upsert', prisma('prisma.order.upsert({ where, create, update })'), 'write same absent upsert yes'],
    ['an update may count', prisma('prisma.order.update({ where, data })'), 'write unknown absent update unknown'],
    ['a look', prisma('prisma.order.findMany()'), 'read same absent findMany yes'],
    ['knex insert', knex("db('orders').insert({ total: 1 }).returning('total')"), 'write again absent insert no'],
    ['knex insert with a guard', knex("db('orders').insert({ total: 1 }).onConflict('a').ignore()"), 'write same absent insert yes'],
    ['knex select', knex("db('orders').where({ a: 1 })"), 'read same absent where yes'],
    ['drizzle insert', drizzle('db.insert(orders).values({ total: 1 })'), 'write again absent insert no'],
    ['drizzle insert with a guard', drizzle('db.insert(orders).values({ total: 1 }).onConflictDoNothing()'), 'write same absent insert yes'],
    ['drizzle insert of a row that names itself', drizzle('db.insert(orders).values({ externalId: 1 })'), 'write unknown absent insert unknown'],
  ])('%s', (_, code, wanted) => expect(effectIn(code)).toBe(wanted));
});

describe('caches, queues and SDKs', () => {
  const redis = (call: string): string => `import Redis from 'ioredis'; const redis = new Redis();\nredis.${call};`;
  const node = (call: string): string => `import { createClient } from 'redis'; const client = createClient();\nclient.${call};`;
  const stripe = (call: string): string => `import Stripe from 'stripe'; const stripe = new Stripe(k);\nstripe.${call};`;
  const kafka = (options: string): string => `import { Kafka } from 'kafkajs'; const producer = new Kafka({}).producer(${options});\nproducer.send({ topic, messages });`;
  const sqs = (more: string): string => `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'; const sqs = new SQSClient({});\nfor (;;) sqs.send(new SendMessageCommand({ QueueUrl${more} }));`;
  it.each([
    ['GET', redis("get('a')"), 'read same absent get yes'],
    ['INCR', redis("incr('a')"), 'write again absent incr no'],
    ['LPUSH in camel case', node("lPush('a', 'b')"), 'write again absent lPush no'],
    ['SET', redis("set('a', 1)"), 'write same absent set yes'],
    ['SADD', node("sAdd('a', 'b')"), 'write same absent sAdd yes'],
    ['a command by name', redis("call('INCR', 'a')"), 'write again absent INCR no'],
    ['a script', redis("eval('return 1', 0)"), 'write unknown absent eval unknown'],
    ['a charge', stripe('charges.create({ amount })'), 'write again absent create no'],
    ['a charge with its key', stripe('paymentIntents.create({ amount }, { idempotencyKey: order.id })'), 'write again stable create yes'],
    ['a charge with a key of its own', stripe('paymentIntents.create({ amount }, { idempotencyKey: randomUUID() })'), 'write again unstable create no'],
    ['a charge with options that are handed in', `import Stripe from 'stripe'; const stripe = new Stripe(k);\nconst f = (options) => stripe.charges.create({ amount }, options);`, 'write again unknown create unknown'],
    ['a page to pay on', stripe('checkout.sessions.create({ mode })'), 'write same absent create yes'],
    ['a customer that is looked up', stripe('customers.retrieve(id)'), 'read same absent retrieve yes'],
    ['a capture is refused the second time', stripe('paymentIntents.capture(id)'), 'write same absent capture yes'],
    ['a message', kafka(''), 'write again absent send no'],
    ['a message of an idempotent producer', kafka('{ idempotent: true }'), 'write again stable send yes'],
    ['a message of a producer whose options are not known', kafka('options()'), 'write again unknown send unknown'],
    ['a queue that delivers more than once anyway', sqs(''), 'write unknown absent SendMessageCommand unknown'],
    ['a mail', `import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'; const ses = new SESClient({});\nses.send(new SendEmailCommand({ Source }));`, 'write again absent SendEmailCommand no'],
    ['an object in a bucket', `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({});\ns3.send(new PutObjectCommand({ Bucket }));`, 'write same absent PutObjectCommand yes'],
    ['an answer of a model', `import OpenAI from 'openai'; const openai = new OpenAI();\nopenai.chat.completions.create({ model });`, 'write same absent create yes'],
    ['a connection', "import { PrismaClient } from '@prisma/client'; new PrismaClient().$connect();", 'none same absent  yes'],
  ])('%s', (_, code, wanted) => expect(effectIn(code)).toBe(wanted));
});
