import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-unsafe-retry.js';
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
    'src/retry.ts': 'export async function withRetry<T>(run: () => Promise<T>, times = 4): Promise<T> {\n  for (let i = 0; ; i++) {\n    try { return await run(); } catch (error) { if (i >= times) throw error; }\n  }\n}\n',
    'src/limited.ts': 'export async function retryLimited<T>(run: () => Promise<T>): Promise<T> {\n  for (let i = 0; ; i++) {\n    try { return await run(); } catch (error) { if (i > 3 || error.status !== 429) throw error; }\n  }\n}\n',
    'src/send.ts': "export async function send(url: string, init: RequestInit) {\n  for (let i = 0; i < 3; i++) {\n    try { return await fetch(url, init); } catch (error) { console.error(error); }\n  }\n}\n",
    'src/request.ts': "import axios from 'axios';\nexport class Api {\n  async request(path: string, method: string = 'GET', data: unknown = null) {\n    for (let i = 0; i < 3; i++) {\n      try { return await axios({ method, url: 'http://crm' + path, data }); } catch (error) { console.error(error); }\n    }\n  }\n}\n",
    'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ timeout: 5000 });\n",
    'src/index.ts': "export { http } from './http.js';\n",
    'src/lookalike.ts': "export const axios = { post: async (url: string, data: unknown) => data };\n",
  },
  { axios: '1.6.0', 'p-retry': '7.1.1', stripe: '17.7.0', 'axios-retry': '4.5.0', got: '14.6.6', superagent: '10.4.2' },
);
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const filename = `${project.root}/src/main.ts`;
const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 'latest', sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;

const AXIOS = "import axios from 'axios';\n";
const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const PRISMA = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n";
const STRIPE = "import Stripe from 'stripe';\nconst stripe = new Stripe(key);\n";
const REDIS = "import Redis from 'ioredis';\nconst redis = new Redis();\n";
const P_RETRY = "import pRetry from 'p-retry';\n";
const HELPER = "import { withRetry } from './retry.js';\n";

/** A loop of three attempts; the call stands in line 4 below the imports. */
const loop = (call: string, handler = 'console.error(error);', before = ''): string =>
  `export async function pay(order) {\n  ${before}for (let attempt = 0; attempt < 3; attempt++) {\n    try {\n      return await ${call};\n    } catch (error) { ${handler} }\n  }\n}\n`;
const lines = (head: string): number => head.split('\n').length - 1;

const valid = (name: string, code: string, file = filename) => ({ name, code, filename: file });
const invalid = (name: string, code: string, line: number, messageId = 'noKey') => ({ name, code, filename, errors: [{ messageId, line }] });
/** A loop below some imports. */
const inLoop = (name: string, head: string, call: string, messageId = 'noKey', handler?: string, before?: string) => invalid(name, head + loop(call, handler, before), lines(head) + 4, messageId);

const CHARGE = "fetch('http://ledger/charges', { method: 'POST', body: JSON.stringify({ total }) })";

tester.run('no-unsafe-retry', subject, {
  valid: [
    valid('a read', loop("fetch('http://ledger/charges')")),
    valid('a PUT', loop("fetch('http://ledger/charges/1', { method: 'PUT', body })")),
    valid('a DELETE', AXIOS + loop("axios.delete('http://ledger/charges/1')")),
    valid('a POST with a key of the order', AXIOS + loop("axios.post('http://ledger/charges', order, { headers: { 'Idempotency-Key': order.id } })")),
    valid('a POST with a key made before the attempts', AXIOS + loop("axios.post('http://ledger/charges', order, { headers: { 'Idempotency-Key': made } })", '', 'const made = crypto.randomUUID(); ')),
    valid('a POST that is made once', "export const pay = (order) => fetch('http://ledger/charges', { method: 'POST', body: order });"),
    valid('a search', AXIOS + loop("axios.post('http://es/orders/_search', { match: {} })")),
    valid('GraphQL', loop("fetch('http://shop/graphql', { method: 'POST', body })")),
    valid('a token', loop("fetch('http://id/oauth/token', { method: 'POST', body })")),
    valid('a prompt', loop("fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body })")),
    valid('an upsert by its path', AXIOS + loop("axios.post('http://crm/users/create_or_update', order)")),
    valid('a webhook, which its receiver tells apart', loop("fetch(order.webhookUrl, { method: 'POST', body })")),
    valid('only after 429', loop(CHARGE, 'if (error.status !== 429) throw error;')),
    valid('only after a refused connection', loop(CHARGE, "if (!['ECONNREFUSED', 'ENOTFOUND'].includes(error.code)) throw error;")),
    valid('only after what a function of the file lists', `const turnedAway = (error) => error.status === 429 || error.status === 503;\n${loop(CHARGE, 'if (!turnedAway(error)) throw error;')}`),
    valid('only while a reply says 429', `export async function pay() {\n  for (let i = 0; i < 3; i++) {\n    const reply = await ${CHARGE};\n    if (reply.status !== 429) return reply;\n  }\n}`),
    valid('a condition that was not read', loop(CHARGE, 'if (!isRetryable(error)) throw error;')),
    valid('after 401, with new credentials', "export async function pay(order, again = true) {\n  try {\n    return await fetch('http://ledger/charges', { method: 'POST', body: order });\n  } catch (error) {\n    if (error.status === 401 && again) return pay(order, false);\n    throw error;\n  }\n}"),
    valid('an INSERT with ON CONFLICT', PG + loop("pool.query('insert into charges (total) values ($1) on conflict do nothing', [1])")),
    valid('an INSERT that names its row', PG + loop("pool.query('insert into charges (id, total) values ($1, $2)', [1, 2])")),
    valid('an UPDATE that sets', PG + loop("pool.query('update charges set paid = true where id = $1', [1])")),
    valid('an upsert', PRISMA + loop('prisma.charge.upsert({ where, create, update })')),
    valid('a new name where one is taken', PRISMA + loop("prisma.charge.create({ data: { total: 1 } })", "if (error.code !== 'P2002') throw error;")),
    valid('an attempt that looks first', PRISMA + "export async function pay() {\n  for (let i = 0; i < 3; i++) {\n    try {\n      const known = await prisma.charge.findFirst();\n      return known ?? (await prisma.charge.create({ data: { total: 1 } }));\n    } catch (error) { console.error(error); }\n  }\n}"),
    valid('a transaction', PRISMA + loop('prisma.$transaction(async (tx) => tx.charge.create({ data: { total: 1 } }))')),
    valid('a charge with its key', STRIPE + loop('stripe.charges.create({ amount }, { idempotencyKey: order.id })')),
    valid('SET', REDIS + loop("redis.set('a', 1)")),
    valid('a helper that only goes on after 429', `import { retryLimited } from './limited.js';\nexport const pay = () => retryLimited(() => ${CHARGE});`),
    valid('a library that is told to go on after 429 only', `${P_RETRY}export const pay = () => pRetry(() => ${CHARGE}, { retries: 3, shouldRetry: ({ error }) => error.status === 429 });`),
    valid('a key made around a library', `${P_RETRY}export async function pay() {\n  const key = crypto.randomUUID();\n  return pRetry(() => fetch('http://ledger/charges', { method: 'POST', headers: { 'Idempotency-Key': key } }), { retries: 3 });\n}`),
    valid('a function of the same name', "import { axios } from './lookalike.js';\n" + loop("axios.post('http://ledger/charges', order)")),
    valid('another axios', "import axios from 'axios-lookalike';\n" + loop("axios.post('http://ledger/charges', order)")),
    valid('a parameter that is anything', `export async function pay(axios: any, order) {\n  for (let i = 0; i < 3; i++) { try { return await axios.post('http://ledger/charges', order); } catch (error) { console.error(error); } }\n}`),
    valid('options that a caller hands in', "export async function pay(url: string, init: RequestInit) {\n  for (let i = 0; i < 3; i++) { try { return await fetch(url, init); } catch (error) { console.error(error); } }\n}"),
    valid('a wrapper that is asked to read', "import { send } from './send.js';\nexport const pay = () => send('http://ledger/charges', { method: 'GET' });"),
    valid('a wrapper whose default is to read', "import { Api } from './request.js';\nconst api = new Api();\nexport const pay = () => api.request('/charges');"),
    valid('axios-retry that asks for the method', "import axios from 'axios';\nimport axiosRetry from 'axios-retry';\naxiosRetry(axios, { retryCondition: axiosRetry.isIdempotentRequestError });\nexport const pay = (order) => axios.post('http://ledger/charges', order);"),
    valid('got with its own methods', "import got from 'got';\nexport const pay = (order) => got.post('http://ledger/charges', { json: { total: order.total } });"),
    valid('the next item', "export async function payAll(orders) {\n  for (const order of orders) { try { await fetch('http://ledger/charges', { method: 'POST', body: order }); } catch (error) { console.error(error); } }\n}"),
    valid('code of a browser', "import { useEffect } from 'react';\n" + loop(CHARGE), `${browser.root}/src/main.tsx`),
    valid('no retry and no client', 'export const attempt = 1;'),
  ],
  invalid: [
    inLoop('a POST', '', CHARGE),
    inLoop('a POST by name', AXIOS, "axios.post('http://ledger/charges', order)"),
    inLoop('an alias', "import { default as web } from 'axios';\n", "web.post('http://ledger/charges', order)"),
    inLoop('a namespace', "import * as axios from 'axios';\n", "axios.default.post('http://ledger/charges', order)"),
    inLoop('require', "const axios = require('axios');\n", "axios.post('http://ledger/charges', order)"),
    inLoop('an instance', `${AXIOS}const api = axios.create({ timeout: 1000 });\n`, "api.post('http://ledger/charges', order)"),
    inLoop('an instance of another file, handed on', "import { http } from './index.js';\n", "http.post('http://ledger/charges', order)"),
    inLoop('options in a variable', '', "fetch('http://ledger/charges', init)", 'noKey', undefined, "const init = { method: 'POST', body: order }; "),
    inLoop('options that are spread', '', "fetch('http://ledger/charges', { ...common, method: 'POST' })", 'noKey', undefined, 'const common = { body: order }; '),
    invalid('an injected field', `import type { AxiosInstance } from 'axios';\nexport class Ledger {\n  constructor(private readonly http: AxiosInstance) {}\n  async pay(order) {\n    for (let i = 0; i < 3; i++) {\n      try { return await this.http.post('http://ledger/charges', { total: order.total }, { headers: {} }); } catch (error) { console.error(error); }\n    }\n  }\n}`.replace('import type { AxiosInstance } from \'axios\';\n', "import axios from 'axios';\n").replace('constructor(private readonly http: AxiosInstance) {}', 'private readonly http = axios.create({ timeout: 1000 });'), 6),
    invalid('a function that calls itself', "export async function pay(order, left = 3) {\n  try {\n    return await fetch('http://ledger/charges', { method: 'POST', body: order });\n  } catch (error) {\n    if (left === 0) throw error;\n    return pay(order, left - 1);\n  }\n}", 3),
    invalid('a reply that says it failed', `export async function pay() {\n  for (let i = 0; i < 3; i++) {\n    const reply = await ${CHARGE};\n    if (reply.ok) return reply;\n  }\n}`, 3),
    inLoop('after 429 and after a timeout', '', CHARGE, 'noKey', "if (error.status !== 429 && error.code !== 'ETIMEDOUT') throw error;"),
    inLoop('after all but 404', '', CHARGE, 'noKey', 'if (error.status === 404) throw error;'),
    inLoop('after what a function lists, a 500 among it', 'const again = (error) => error.status === 429 || error.status >= 500;\n', CHARGE, 'noKey', 'if (!again(error)) throw error;'),
    inLoop('a key that each attempt makes', AXIOS, "axios.post('http://ledger/charges', order, { headers: { 'Idempotency-Key': crypto.randomUUID() } })", 'newKey'),
    inLoop('a key with the attempt in it', AXIOS, "axios.post('http://ledger/charges', order, { headers: { 'Idempotency-Key': `${order.id}-${attempt}` } })", 'newKey'),
    inLoop('an INSERT', PG, "pool.query('insert into charges (total) values ($1)', [1])"),
    inLoop('an UPDATE that counts', PG, "pool.query('update accounts set balance = balance - $1 where owner = $2', [1, 2])"),
    inLoop('a new row', PRISMA, 'prisma.charge.create({ data: { total: 1 } })'),
    inLoop('a charge', STRIPE, 'stripe.charges.create({ amount })'),
    inLoop('a charge with a key that each attempt makes', STRIPE, 'stripe.charges.create({ amount }, { idempotencyKey: crypto.randomUUID() })', 'newKey'),
    inLoop('INCR', REDIS, "redis.incr('paid')"),
    inLoop('a message', "import { Kafka } from 'kafkajs';\nconst producer = new Kafka({ brokers: ['a'] }).producer();\n", "producer.send({ topic: 'paid', messages: [] })"),
    invalid('a helper of the project', `${HELPER}export const pay = () => withRetry(() => ${CHARGE});`, 2),
    invalid('a helper that is handed a named function', `${HELPER}async function charge() { return ${CHARGE}; }\nexport const pay = () => withRetry(charge);`, 3),
    invalid('a function that the attempt calls', `async function charge() { return ${CHARGE}; }\n${loop('charge()')}`, 5),
    invalid('a library', `${P_RETRY}export const pay = () => pRetry(() => ${CHARGE}, { retries: 3 });`, 2),
    invalid('a key made in what a library runs', `${P_RETRY}export const pay = () => pRetry(() => fetch('http://ledger/charges', { method: 'POST', headers: { 'Idempotency-Key': crypto.randomUUID() } }), { retries: 3 });`, 2, 'newKey'),
    invalid('a policy', `import { handleAll, retry } from 'cockatiel';\nconst policy = retry(handleAll, { maxAttempts: 3 });\nexport const pay = () => policy.execute(() => ${CHARGE});`, 3),
    invalid('a wrapper that sends what it is handed', "import { send } from './send.js';\nexport const pay = () => send('http://ledger/charges', { method: 'POST', body: 'a' });", 2),
    invalid('a wrapper that takes the method', "import { Api } from './request.js';\nconst api = new Api();\nexport const pay = () => api.request('/charges', 'POST', { total: 1 });", 3),
    invalid('several writes of one wrapper, once', "import { send } from './send.js';\nexport const pay = () => send('http://ledger/charges', { method: 'POST', body: 'a' });\nexport const bill = () => send('http://ledger/bills', { method: 'POST', body: 'a' });", 2),
    invalid('axios-retry by its default', "import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nconst api = axios.create();\naxiosRetry(api, { retries: 3 });\nexport const pay = (order) => api.post('http://ledger/charges', { total: order.total });", 5),
    invalid('axios-retry in a class', "import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nexport class Ledger {\n  private api;\n  constructor() {\n    this.api = axios.create();\n    axiosRetry(this.api as any, { retries: 3, retryCondition: (error) => axiosRetry.isNetworkOrIdempotentRequestError(error) || error.response?.status === 429 });\n  }\n  pay(total: number) {\n    return this.api.post('http://ledger/charges', { total });\n  }\n}", 10),
    invalid('got that is told to repeat POST', "import got from 'got';\nexport const pay = (total) => got.post('http://ledger/charges', { json: { total }, retry: { limit: 3, methods: ['POST'] } });", 2),
    invalid('a helper that answers with the last reply', "export async function send(run: () => Promise<Response>) {\n  let reply = await run();\n  for (let i = 0; i < 2; i++) {\n    if (reply.status >= 500) reply = await run();\n    else break;\n  }\n  return reply;\n}\nexport const pay = () => send(() => fetch('http://ledger/charges', { method: 'POST', body: 'a' }));", 9),
    invalid('superagent', "import request from 'superagent';\nexport const pay = (total) => request.post('http://ledger/charges').send({ total }).retry(3);", 2),
  ],
});

const linter = new Linter({ configType: 'flat', cwd: '/' });
function messages(code: string, parser: Linter.Parser = typescriptParser as unknown as Linter.Parser): string[] {
  const config: Linter.Config = { files: ['**/*.ts'], plugins: { resilience: { rules: { 'no-unsafe-retry': subject } } as ESLint.Plugin }, rules: { 'resilience/no-unsafe-retry': 'error' }, languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' } };
  return linter.verify(code, [config], filename).map(({ message }) => message);
}

describe('messages', () => {
  it('say what is sent, how often, and what to do', () => {
    expect(messages(loop(CHARGE))).toEqual([
      'The POST of `fetch` is tried again, up to 3 times, after a failure with no idempotency key: a POST that timed out may have been carried out, and the next one is carried out again. Send an `Idempotency-Key` that is made before the first attempt, or try again only after what proves that nothing was done (ECONNREFUSED, 429).',
    ]);
  });
  it('say that a key is new each time', () => {
    expect(messages(STRIPE + loop('stripe.charges.create({ amount }, { idempotencyKey: crypto.randomUUID() })'))[0]).toMatch(/^`idempotencyKey` of `stripe\.charges\.create`|^`idempotencyKey` of .* is made anew by each attempt: the other side takes each for a request of its own/);
  });
  it('say what the library does by itself', () => {
    expect(messages(STRIPE + loop('stripe.charges.create({ amount })'))[0]).toContain('with no `idempotencyKey`: the key that stripe makes by itself is another for each call: a call that timed out may have gone through, and the next one moves the money again');
  });
  it('count the other writes of the same cause', () => {
    expect(messages("import { send } from './send.js';\nexport const pay = () => send('http://ledger/charges', { method: 'POST', body: 'a' });\nexport const bill = () => send('http://ledger/bills', { method: 'POST', body: 'a' });")[0]).toContain('(and 1 more in this file)');
  });
  it('speak of rows, counters and messages', () => {
    expect(messages(PG + loop("pool.query('insert into charges (total) values ($1)', [1])"))[0]).toMatch(/^`INSERT` by `.*query` is tried again, up to 3 times, after a failure: a row whose answer was lost stands there already/);
    expect(messages(REDIS + loop("redis.incr('paid')"))[0]).toContain('INCR acts on what is there, so it counts twice');
    expect(messages("import { Kafka } from 'kafkajs';\nconst producer = new Kafka({ brokers: ['a'] }).producer();\n" + loop("producer.send({ topic: 'paid', messages: [] })"))[0]).toContain('its consumer acts on it twice');
  });
});

describe('parsers', () => {
  it.each([
    ['espree', espree as unknown as Linter.Parser],
    ['oxc', oxcParser as unknown as Linter.Parser],
  ])('%s gives the same report', (_, parser) => expect(messages(loop(CHARGE), parser)).toEqual(messages(loop(CHARGE))));
});

describe('known limitation', () => {
  it.each([
    ['a PATCH that adds', loop("fetch('http://ledger/charges/1', { method: 'PATCH', body })")],
    ['a row that is handed in', PRISMA + 'export async function pay(data) {\n  for (let i = 0; i < 3; i++) { try { return await prisma.charge.create({ data }); } catch (error) { console.error(error); } }\n}'],
    ['a read that has nothing to do with the write', AXIOS + "export async function pay(order) {\n  for (let i = 0; i < 3; i++) {\n    try {\n      await axios.get('http://rates');\n      return await axios.post('http://ledger/charges', order);\n    } catch (error) { console.error(error); }\n  }\n}"],
    ['a create whose path ends in a word that asks', loop("fetch('http://crm/lists/check', { method: 'POST', body })")],
    ['a queue that runs a failed job again', "import { Worker } from 'bullmq';\nnew Worker('pay', async (job) => { await fetch('http://ledger/charges', { method: 'POST', body: job.data }); });"],
  ])('%s is not seen', (_, code) => expect(messages(code)).toEqual([]));
});

it('does not take a method that is written after the call for the one that is sent', () => {
  const decisions: Decision[] = [];
  const stop = collectDecisions((decision) => decisions.push(decision));
  messages(`${AXIOS}async function follow(config, left = 5) {\n  let current = { ...config, maxRedirects: 0 };\n  while (left-- > 0) {\n    const reply = await axios(current);\n    if (reply.status < 300) return reply;\n    current.method = 'GET';\n  }\n}\n${loop("follow({ method: 'POST', url: 'http://ledger/charges', data: order })")}`);
  stop();
  expect(decisions.map(({ reason }) => reason)).toEqual(['effect-unknown']);
});

it('decides for each write that is tried again', () => {
  const decisions: Decision[] = [];
  const stop = collectDecisions((decision) => decisions.push(decision));
  messages(loop(CHARGE));
  messages(AXIOS + loop("axios.post('http://ledger/charges', order, { headers: { 'Idempotency-Key': order.id } })"));
  messages(loop(CHARGE, 'if (!isRetryable(error)) throw error;'));
  stop();
  expect(decisions.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(['absent twice', 'set key', 'unknown errors-unknown']);
});
