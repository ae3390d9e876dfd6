import { describe, expect, it } from 'vitest';
import { answers, dependency, manifest, mapOf } from './fixture.js';

describe('what a call talks to', () => {
  it('is the host of its address, with the path', async () => {
    const map = await mapOf({ 'src/a.ts': 'export const load = (id: string) => fetch(`https://api.acme.com/orders/${id}?full=1`);' });
    expect(dependency(map, 'host:api.acme.com').operations).toMatchObject([{ name: 'fetch', target: '/orders/{}', effect: 'read', within: 'load', timeout: { answer: 'no' }, state: 'unbounded' }]);
  });

  it('is the variable that holds its address', async () => {
    const map = await mapOf({ 'src/a.ts': "const base = process.env.ORDERS_URL ?? 'http://localhost:3000';\nexport const load = () => fetch(`${base}/orders`, { signal: AbortSignal.timeout(2500) });" });
    expect(dependency(map, 'ORDERS_URL').operations[0]!.target).toBe('/orders');
    expect(map.downstreams).toMatchObject([{ id: 'env:ORDERS_URL', is: 'env', label: '$ORDERS_URL', kinds: ['http'] }]);
    expect(dependency(map, 'ORDERS_URL').timeout).toEqual({ answer: 'yes', detail: '2.5 s, by its signal', at: 'src/a.ts:2' });
  });

  it('is not known where each call says it', async () => {
    const map = await mapOf({ 'src/a.ts': 'export const load = (url: string) => fetch(url, { signal: AbortSignal.timeout(100) });' });
    expect(map.downstreams).toMatchObject([{ id: 'varies:globalThis', is: 'varies' }]);
  });

  it('is the service that a client is made for, and no variable that holds its key', async () => {
    const map = await mapOf({
      'package.json': manifest('files', { '@aws-sdk/client-s3': '^3.0.0', stripe: '^17.0.0' }),
      'src/a.ts': "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\nexport const load = (Key: string) => s3.send(new GetObjectCommand({ Bucket: 'b', Key }));",
      'src/b.ts': "import Stripe from 'stripe';\nconst stripe = new Stripe(process.env.STRIPE_KEY!);\nexport const find = (id: string) => stripe.customers.retrieve(id);",
    });
    expect(map.downstreams.map(({ id }) => id)).toEqual(['service:S3', 'service:stripe']);
  });
});

describe('a client that is no service by itself', () => {
  const mailer = (host: string) => `import { createTransport } from 'nodemailer';\ndeclare const settings: { host: string };\nconst transport = createTransport({ host: ${host}, port: 587 });\nexport const send = (to: string) => transport.sendMail({ to });`;

  it.each([
    ["'smtp.acme.com'", 'host:smtp.acme.com', 'smtp.acme.com'],
    ['process.env.SMTP_HOST', 'env:SMTP_HOST', '$SMTP_HOST'],
    ['hostOf(settings)', 'unknown:nodemailer', 'Nodemailer, not known where'],
  ])('is found where it is told: %s', async (host, id, label) => {
    const map = await mapOf({ 'package.json': manifest('orders', { nodemailer: '^6.10.0' }), 'src/a.ts': mailer(host) });
    expect(map.downstreams.map((one) => [one.id, one.label])).toEqual([[id, label]]);
  });
});

describe('what a client is made with', () => {
  it('names the variable of a checked environment', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { axios: '^1.7.0', '@t3-oss/env-core': '^0.13.0' }),
      'src/env.ts': "import { createEnv } from '@t3-oss/env-core';\nexport const env = createEnv({ server: {}, runtimeEnv: process.env });",
      'src/a.ts': "import axios from 'axios';\nimport { env } from './env.js';\nconst rates = axios.create({ baseURL: env.RATES_URL });\nexport const load = () => rates.get('/rates');",
    });
    expect(map.downstreams.map(({ id }) => id)).toEqual(['env:RATES_URL']);
  });

  it('says who sends its calls: a transport of its own may try again', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { '@trpc/client': '^11.0.0', '@acme/fetch': '^1.0.0' }),
      'src/a.ts': "import { createTRPCClient, httpLink } from '@trpc/client';\nimport { fetch } from '@acme/fetch';\nconst api = createTRPCClient<any>({ links: [httpLink({ url: 'https://api.acme.com/trpc', fetch })] });\nexport const load = () => api.orders.list.query();",
    });
    expect(answers(map)).toEqual([expect.stringMatching(/ unknown unknown unknown unknown$/)]);
  });

  it('is one service for all uploads, and a stream is neither guarded nor at fault', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { '@aws-sdk/client-s3': '^3.0.0', '@aws-sdk/lib-storage': '^3.0.0' }),
      'src/a.ts': "import { S3Client } from '@aws-sdk/client-s3';\nimport { Upload } from '@aws-sdk/lib-storage';\nconst client = new S3Client({});\nexport const save = (Body: Buffer) => new Upload({ client, params: { Bucket: 'b', Key: 'k', Body } }).done();",
    });
    expect(map.downstreams.map(({ id }) => id)).toEqual(['service:S3']);
    expect(answers(map)).toEqual([expect.stringMatching(/ not-asked not-asked not-asked unknown$/)]);
  });
});

describe('a queue', () => {
  it('is not found where its keys begin', async () => {
    const map = await mapOf({ 'package.json': manifest('orders', { bullmq: '^5.0.0' }), 'src/a.ts': "import { Queue } from 'bullmq';\nconst queue = new Queue('jobs', { prefix: process.env.KEYS, connection: { host: process.env.REDIS_HOST } });\nexport const add = () => queue.add('one', {});" });
    expect(map.downstreams.map(({ id }) => id)).toEqual(['env:REDIS_HOST']);
  });
});

describe('a client of another package', () => {
  it('brings its base URL, its timeout and the place where it is made', async () => {
    const map = await mapOf({
      'package.json': manifest('root', {}, { workspaces: ['packages/*'] }),
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'packages/http/package.json': manifest('@x/http', { axios: '^1.7.0' }, { exports: './src/index.ts' }),
      'packages/http/src/index.ts': "import axios from 'axios';\nexport const users = axios.create({ baseURL: 'https://users.internal', timeout: 3000 });",
      'packages/web/package.json': manifest('@x/web', { '@x/http': '*' }),
      'packages/web/src/a.ts': "import { users } from '@x/http';\nexport const load = (id: string) => users.get(`/users/${id}`);",
    });
    const found = dependency(map, 'users.internal');
    expect(found).toMatchObject({ package: '@x/web', client: { package: 'axios', madeAt: 'packages/http/src/index.ts:2' }, timeout: { answer: 'yes', detail: '3 s, of the client', at: 'packages/http/src/index.ts:2' } });
    expect(map.packages.find(({ name }) => name === '@x/web')!.dependsOn).toEqual(['@x/http']);
  });
});

describe('a wrapper that hands options on', () => {
  it('is judged where it is called, and its call is told once', async () => {
    const map = await mapOf({
      'src/get.ts': 'export function get(path: string, init?: RequestInit) {\n  return fetch(`https://api.acme.com${path}`, init);\n}',
      'src/a.ts': "import { get } from './get.js';\nexport const one = () => get('/one');\nexport const two = () => get('/two', { signal: AbortSignal.timeout(1000) });",
    });
    expect(map.dependencies.flatMap(({ operations }) => operations.map(({ file, line, target, timeout }) => `${file}:${line} ${target} ${timeout.answer}`))).toEqual(['src/a.ts:2 /one no', 'src/a.ts:3 /two yes']);
    expect(map.downstreams.map(({ id }) => id)).toEqual(['host:api.acme.com']);
  });

  it('is told as not known where nobody is seen to call it', async () => {
    const map = await mapOf({ 'src/get.ts': "export const get = (init?: RequestInit) => fetch('https://api.acme.com', init);" });
    expect(map.dependencies.flatMap(({ operations }) => operations.map(({ timeout }) => timeout.answer))).toEqual(['unknown']);
    expect(map.totals.unbounded).toBe(0);
  });
});

describe('what tries again and what breaks the circuit', () => {
  it('is a policy of cockatiel', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { cockatiel: '^3.2.0' }),
      'src/a.ts': "import { circuitBreaker, handleAll, ConsecutiveBreaker } from 'cockatiel';\nconst policy = circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(5) });\nexport const load = () => policy.execute(() => fetch('https://api.acme.com', { signal: AbortSignal.timeout(1000) }));",
    });
    expect(dependency(map, 'acme')).toMatchObject({ breaker: { answer: 'yes', at: 'src/a.ts:3' }, state: 'protected' });
  });

  it('is what got does by itself, for reads', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { got: '^14.0.0' }),
      'src/a.ts': "import got from 'got';\nconst api = got.extend({ prefixUrl: 'https://api.acme.com', timeout: { request: 2000 } });\nexport const load = () => api.get('a');\nexport const save = () => api.post('a', { json: {} });",
    });
    const [read, write] = dependency(map, 'acme').operations;
    expect(read!.retry).toMatchObject({ answer: 'yes', detail: '2 retries by got, its default' });
    expect(write!.retry.answer).toBe('not-asked');
    expect([read!.state, write!.state]).toEqual(['protected', 'unprotected']);
  });

  it('is a loop of the project around a function that calls', async () => {
    const map = await mapOf({
      'src/a.ts': "const once = () => fetch('https://api.acme.com/a', { signal: AbortSignal.timeout(1000) });\nexport async function load() {\n  for (let attempt = 0; attempt < 3; attempt++) {\n    try {\n      return await once();\n    } catch (error) {\n      if (attempt === 2) throw error;\n    }\n  }\n}",
    });
    expect(dependency(map, 'acme').retry).toMatchObject({ answer: 'yes', at: 'src/a.ts:3' });
  });

  it('is shown to be missing where nothing speaks of it, and not known where something does', async () => {
    const bare = await mapOf({ 'src/a.ts': "export const load = () => fetch('https://api.acme.com', { signal: AbortSignal.timeout(1000) });" });
    expect(answers(bare)).toEqual(['fetch yes no no unprotected']);
    const spoken = await mapOf({ 'src/a.ts': "import { withRetries } from './elsewhere.js';\nexport const load = () => withRetries(() => fetch('https://api.acme.com', { signal: AbortSignal.timeout(1000) }));" });
    expect(answers(spoken)).toEqual(['fetch yes unknown no unknown']);
  });

  it('is not known of what a queue may hand in again', async () => {
    const map = await mapOf({
      'package.json': manifest('orders', { bullmq: '^5.0.0' }),
      'src/a.ts': "import { Worker } from 'bullmq';\nconst charge = (id: string) => fetch(`https://pay.acme.com/${id}`, { signal: AbortSignal.timeout(1000) });\nexport const worker = new Worker('charges', async (job) => charge(job.data.id), { connection: { host: 'redis.internal' } });",
    });
    expect(dependency(map, 'pay.acme').retry).toMatchObject({ answer: 'unknown' });
  });
});

describe('a pool', () => {
  const pool = (options: string): Record<string, string> => ({
    'package.json': manifest('orders', { pg: '^8.0.0' }),
    'src/db.ts': `import { Pool } from 'pg';\nexport const pool = new Pool({ host: 'db.internal', ${options} });\nexport const all = () => pool.query('SELECT 1');`,
  });

  it('has limits, or has none', async () => {
    const limited = dependency(await mapOf(pool('max: 20, connectionTimeoutMillis: 1000, query_timeout: 5000')), 'db.internal');
    expect(limited).toMatchObject({ pool: { answer: 'yes', detail: 'at most 20', at: 'src/db.ts:2' }, timeout: { answer: 'yes' }, state: 'protected' });
    const bare = dependency(await mapOf(pool('')), 'db.internal');
    expect(bare).toMatchObject({ pool: { answer: 'no' }, timeout: { answer: 'no' }, state: 'unbounded' });
  });
});

describe('a client that nobody is seen to call', () => {
  it('stands for its calls', async () => {
    const map = await mapOf({ 'package.json': manifest('orders', { pg: '^8.0.0' }), 'src/db.ts': "import { Pool } from 'pg';\nexport const pool = new Pool({ host: 'db.internal' });" });
    expect(dependency(map, 'db.internal').operations).toMatchObject([{ name: 'new Pool', line: 2, timeout: { answer: 'no' } }]);
  });
});

describe('what is left out', () => {
  it('is code for browsers, and dead code', async () => {
    const map = await mapOf({
      'web/package.json': JSON.stringify({ name: 'web', dependencies: { react: '^18.0.0', vite: '^6.0.0' } }),
      'web/src/a.tsx': "import { useState } from 'react';\nexport const Page = () => <p>{useState(0)[0]}</p>;\nexport const load = () => fetch('https://api.acme.com');",
      'src/a.ts': "function gone() {\n  return fetch('https://gone.acme.com');\n}\nexport const one = 1;",
    });
    expect(map.dependencies).toEqual([]);
  });

  it('is told of files that cannot be read', async () => {
    const map = await mapOf({ 'src/a.ts': 'export const = ;' });
    expect(map.unread).toMatchObject([{ file: 'src/a.ts' }]);
  });
});
