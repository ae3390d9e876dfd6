import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-retry-backoff.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({
  'src/main.ts': 'export {};',
  'src/sleep.ts': 'export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n',
  'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ timeout: 5000 });\n",
  'src/index.ts': "export { http } from './http.js';\n",
});
const filename = `${project.root}/src/main.ts`;
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const STRICT = [{ growth: true, jitter: true }];

const SLEEP = "import { sleep } from './sleep.js';\n";
const OWN_SLEEP = 'const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n';
const IMPORT = "import { setTimeout as sleep } from 'node:timers/promises';\n";
const FULL = 'Math.random() * Math.min(10_000, 200 * 2 ** i)';

/** A loop of four rounds around `await call`. */
const loop = (call: string, handler = '', head = 'for (let i = 0; i < 4; i++)'): string =>
  `export async function load(url: string) {\n  ${head} {\n    try {\n      return await ${call};\n    } catch (error) {${handler}\n    }\n  }\n}\n`;
const waiting = (call: string, ms = FULL): string => loop(call, `\n      await sleep(${ms});`);
/** The same as it is suggested: no wait behind the last failure. */
const mended = (call: string): string => loop(call, `\n      if (i < 3) await sleep(${FULL});`);

const report = (messageId: string, line: number, column: number, ...outputs: string[]) => ({
  messageId,
  line,
  column,
  suggestions: outputs.map((output) => ({ messageId: 'suggestBackoff', output })),
});

tester.run('require-retry-backoff', subject, {
  valid: [
    { name: 'a sleep of a project file', code: SLEEP + waiting('fetch(url)'), filename },
    { name: 'an inline timer', code: loop('fetch(url)', '\n      await new Promise((resolve) => setTimeout(resolve, 100));'), filename },
    { name: 'timers/promises', code: IMPORT + waiting('fetch(url)'), filename },
    { name: 'a sleep that an abort ends early', code: "const hold = (ms: number, stop?: AbortController) => new Promise<void>((resolve) => {\n  let timer: NodeJS.Timeout | undefined;\n  const done = () => { stop?.signal.removeEventListener('abort', done); clearTimeout(timer); resolve(); };\n  timer = setTimeout(done, ms);\n  stop?.signal.addEventListener('abort', done);\n});\n" + loop('fetch(url)', '\n      await hold(100);'), filename },
    { name: 'one immediate retry', code: loop('fetch(url)', '', 'for (let i = 0; i < 2; i++)'), filename },
    { name: 'one immediate retry by a library', code: "import axiosRetry from 'axios-retry';\naxiosRetry(axios, { retries: 1 });", filename },
    { name: 'an await that cannot be read', code: loop('fetch(url)', '\n      await this.recover(error);'), filename },
    { name: 'another mirror each time', code: loop('fetch(mirrors[i])'), filename },
    { name: 'another replica each time', code: "export async function load(sql: string) {\n  for (let i = 0; i < 4; i++) {\n    const replica = pickReplica();\n    try { return await replica.query(sql); } catch {}\n  }\n}", filename },
    { name: 'a unique constraint', code: loop('prisma.order.create(url)', "\n      if (error.code !== 'P2002') throw error;"), filename },
    { name: 'a serialisation failure', code: loop('tx.run(url)', "\n      if (error.code !== '40001') throw error;"), filename },
    { name: 'HTTP 409', code: loop('fetch(url)', '\n      if (error.status !== 409) throw error;'), filename },
    { name: 'a conditional write of DynamoDB', code: loop('table.put(url)', "\n      if (error.name !== 'ConditionalCheckFailedException') throw error;"), filename },
    { name: 'the next item', code: 'export async function all(urls: string[]) {\n  for (const url of urls) { try { await fetch(url); } catch {} }\n}', filename },
    { name: 'pagination', code: 'export async function all() {\n  let page = 0;\n  while (true) { const rows = await load(page++); if (rows.length < 100) break; }\n}', filename },
    { name: 'a SCAN cursor', code: "export async function all(redis) {\n  let cursor = '0';\n  do { const [next] = await redis.scan(cursor); cursor = next; } while (cursor !== '0');\n}", filename },
    { name: 'a stream reader', code: 'export async function all(reader) {\n  while (true) { const { done } = await reader.read(); if (done) break; }\n}', filename },
    { name: 'a consumer', code: 'export async function run(queue) {\n  while (true) { try { await work(await queue.take()); } catch (error) { console.error(error); } }\n}', filename },
    { name: 'polling a value', code: "export async function done(id) {\n  for (let i = 0; i < 9; i++) { const job = await getJob(id); if (job.status === 'done') return job; }\n}", filename },
    { name: 'a person answers between', code: "import { confirm } from '@inquirer/prompts';\nexport async function ask(url) {\n  while (true) { try { return await fetch(url); } catch { if (!(await confirm({ message: 'Again?' }))) throw new Error('no'); } }\n}", filename },
    { name: 'axios-retry with a delay', code: "import axiosRetry from 'axios-retry';\naxiosRetry(axios, { retries: 3, retryDelay: axiosRetry.exponentialDelay });", filename },
    { name: 'axios-retry with options nobody knows', code: "import axiosRetry from 'axios-retry';\nimport { options } from '@acme/http';\naxiosRetry(axios, options);\naxiosRetry(axios, { ...options });", filename },
    { name: 'a job with backoff', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: 5, backoff: { type: 'exponential', delay: 1000 } });", filename },
    { name: 'a job whose queue has backoff', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail', { defaultJobOptions: { backoff: { type: 'exponential', delay: 1000 } } });\nqueue.add('send', data, { attempts: 5 });", filename },
    { name: 'a job that runs once', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data);", filename },
    { name: 'cockatiel with backoff', code: "import { ExponentialBackoff, handleAll, retry } from 'cockatiel';\nexport const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });", filename },
    { name: 'p-retry waits by itself', code: "import pRetry from 'p-retry';\nawait pRetry(load);", filename },
    { name: 'a look-alike package', code: "import axiosRetry from '@acme/axios-retry';\naxiosRetry(axios, { retries: 3 });", filename },
    { name: 'a local function of the same name', code: 'const retry = (times: number) => times;\nretry(3);', filename },
    { name: 'a fixed delay, by default', code: SLEEP + waiting('fetch(url)', '1000'), filename },
    { name: 'strict: growth and jitter', code: SLEEP + waiting('fetch(url)'), filename, options: STRICT },
    { name: 'strict: a wait at boot', code: SLEEP + waiting('fetch(url)', '500').replace('function load', 'function waitForHealth'), filename, options: STRICT },
    { name: 'strict: a delay that the server names', code: SLEEP + loop('fetch(url)', '\n      await sleep(error.retryAfter);'), filename, options: STRICT },
    { name: 'strict: p-retry with chance', code: "import pRetry from 'p-retry';\nawait pRetry(load, { randomize: true });", filename, options: STRICT },
    { name: 'strict: BullMQ before it could add chance', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: 5, backoff: { type: 'exponential', delay: 1000 } });", filename: `${tempProject({ 'src/main.ts': 'export {};' }, { bullmq: '5.1.0' }).root}/src/main.ts`, options: STRICT },
    { name: 'strict: a strategy of ioredis, linear and capped', code: "import Redis from 'ioredis';\nexport const redis = new Redis({ maxRetriesPerRequest: 5, retryStrategy: (times) => Math.min(times * 500, 3000) });", filename, options: STRICT },
    { name: 'strict: exponential-backoff with chance', code: "import { backOff } from 'exponential-backoff';\nawait backOff(load, { numOfAttempts: 5, jitter: 'full' });", filename, options: STRICT },
    { name: 'strict: the word in options, types and names of jobs', code: "export interface Retry { retries: number; attempts?: number }\nexport const jobs = { retryPayment: 'retry-payment', maxRetries: 3 };\nexport const onRetry = (attempt: number) => console.log('attempt', attempt);", filename, options: STRICT },
    { name: 'strict: a poller that goes on after success', code: 'export class Poller { async poll() { try { await fetch(this.url); setTimeout(() => this.poll(), 5000); } catch { setTimeout(() => this.poll(), 5000); } } }', filename, options: STRICT },
    { name: 'strict: a delay that stays, with chance', code: SLEEP + waiting('fetch(url)', '500 + Math.random() * 500'), filename, options: STRICT },
    { name: 'a client that backs off by itself', code: loop('got(url)').replace('export', "import got from 'got';\nexport"), filename },
    { name: 'a producer of a client that backs off by itself', code: "import { Kafka } from 'kafkajs';\nconst producer = new Kafka({ brokers }).producer();\n" + loop('producer.send({ topic: url, messages: [] })'), filename },
    { name: 'a client that backs off as often as nobody knows', code: "import got from 'got';\nimport { limit } from '@acme/limits';\n" + loop('got(url, { retry: { limit } })'), filename },
    { name: 'a channel that answers by callbacks', code: "import * as amqp from 'amqplib/callback_api';\nexport class Events {\n  private channel: amqp.Channel | null = null;\n  open(connection: amqp.Connection) {\n    connection.createChannel((error, channel: amqp.Channel) => { this.channel = channel; });\n  }\n  async emit(name: string) {\n    for (let i = 0; i < 4; i++) {\n      try { await this.channel.assertExchange(name); await this.channel.publish(name, '', body); break; } catch (error) { console.error(error); }\n    }\n  }\n}", filename },
    { name: 'a channel that is handed in and answers by callbacks', code: "import type { Channel } from 'amqplib/callback_api';\nexport async function emit(channel: Channel, name: string) {\n  for (let i = 0; i < 4; i++) {\n    try { await channel.assertQueue(name); break; } catch {}\n  }\n}", filename },
    { name: 'new credentials', code: 'export async function load(url: string, left = 5) {\n  try {\n    return await fetch(url);\n  } catch (error) {\n    if (error.status === 401 && left > 0) { forget(); return load(url, left - 1); }\n    throw error;\n  }\n}', filename },
    { name: 'a queue of Nest whose factory sets backoff', code: "import { BullModule } from '@nestjs/bullmq';\nexport const mails = BullModule.registerQueueAsync({ name: 'mails', useFactory: (config) => ({ defaultJobOptions: { attempts: config.get('n'), backoff: config.get('backoff') } }) });", filename },
    { name: 'a queue of Nest that a class configures', code: "import { BullModule } from '@nestjs/bullmq';\nexport const attempts = BullModule.registerQueueAsync({ name: 'mails', useClass: MailsConfig });", filename },
    { name: 'files by a package', code: "import fs from 'fs-extra';\n" + loop("fs.readFile(url, 'utf8')"), filename },
    { name: 'a browser', code: "import { useEffect } from 'react';\n" + loop('fetch(url)'), filename: `${browser.root}/src/main.tsx` },
  ],
  invalid: [
    { name: 'a loop around fetch', code: loop('fetch(url)'), filename, errors: [report('noDelay', 2, 3, IMPORT + '\n' + mended('fetch(url)'))] },
    { name: 'a helper of the file is used', code: SLEEP + loop('fetch(url)'), filename, errors: [report('noDelay', 3, 3, SLEEP + mended('fetch(url)'))] },
    { name: 'an import is added behind the last one', code: "import axios from 'axios';\n" + loop('axios.get(url)'), filename, errors: [report('noDelay', 3, 3, "import axios from 'axios';\n" + IMPORT + mended('axios.get(url)'))] },
    { name: 'an instance of another file', code: "import { http } from './index.js';\n" + loop("http.get('/orders')"), filename, errors: [report('noDelay', 3, 3, "import { http } from './index.js';\n" + IMPORT + mended("http.get('/orders')"))] },
    { name: 'a handler that only logs', code: SLEEP + loop('fetch(url)', '\n      console.error(error);'), filename, errors: [report('noDelay', 3, 3, SLEEP + loop('fetch(url)', `\n      console.error(error);\n      if (i < 3) await sleep(${FULL});`))] },
    { name: 'a handler that ends after the last', code: SLEEP + loop('fetch(url)', '\n      if (i === 3) throw error;'), filename, errors: [report('noDelay', 3, 3, SLEEP + loop('fetch(url)', `\n      if (i === 3) throw error;\n      await sleep(${FULL});`))] },
    { name: 'a handler that continues', code: SLEEP + loop('fetch(url)', '\n      continue;'), filename, errors: [report('noDelay', 3, 3, SLEEP + loop('fetch(url)', `\n      if (i < 3) await sleep(${FULL});\n      continue;`))] },
    { name: 'a name that is taken', code: 'const sleep = 1;\nimport x from "x";\n' + loop('fetch(url)'), filename, errors: [report('noDelay', 4, 3, 'const sleep = 1;\nimport x from "x";\nimport { setTimeout as delay } from "node:timers/promises";\n' + mended('fetch(url)').replace('sleep(', 'delay('))] },
    { name: 'CommonJS', code: "const axios = require('axios');\nasync function load(url) {\n  for (let i = 0; i < 4; i++) {\n    try { return await axios.get(url); } catch {}\n  }\n}", filename: `${project.root}/src/main.cjs`, errors: [report('noDelay', 3, 3, `const axios = require('axios');\nconst { setTimeout: sleep } = require('node:timers/promises');\nasync function load(url) {\n  for (let i = 0; i < 4; i++) {\n    try { return await axios.get(url); } catch { if (i < 3) await sleep(${FULL}); }\n  }\n}`)] },
    { name: 'while with no counter', code: SLEEP + loop('fetch(url)', '', 'while (true)'), filename, errors: [report('noDelay', 3, 3, SLEEP + loop('fetch(url)', `\n      await sleep(${FULL.replace('** i', '** attempt++')});`, 'let attempt = 0;\n  while (true)'))] },
    { name: 'a helper that is handed the function', code: SLEEP + 'export async function retry<T>(run: () => Promise<T>, times: number) {\n  for (let i = 0; i < times; i++) {\n    try {\n      return await run();\n    } catch {\n    }\n  }\n}', filename, errors: [report('noDelay', 3, 3, SLEEP + `export async function retry<T>(run: () => Promise<T>, times: number) {\n  for (let i = 0; i < times; i++) {\n    try {\n      return await run();\n    } catch {\n      if (i < times - 1) await sleep(${FULL});\n    }\n  }\n}`)] },
    { name: 'a reply that says it failed', code: SLEEP + 'export async function load(url: string) {\n  for (let i = 0; i < 4; i++) {\n    const reply = await fetch(url);\n    if (reply.ok) return reply;\n  }\n}', filename, errors: [report('noDelay', 3, 3, SLEEP + `export async function load(url: string) {\n  for (let i = 0; i < 4; i++) {\n    const reply = await fetch(url);\n    if (reply.ok) return reply;\n    if (i < 3) await sleep(${FULL});\n  }\n}`)] },
    { name: 'a function that calls itself', code: SLEEP + 'export async function load(url: string, left = 5) {\n  try {\n    return await fetch(url);\n  } catch (error) {\n    if (left === 0) throw error;\n    return load(url, left - 1);\n  }\n}', filename, errors: [report('noDelay', 7, 12, SLEEP + 'export async function load(url: string, left = 5) {\n  try {\n    return await fetch(url);\n  } catch (error) {\n    if (left === 0) throw error;\n    await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (5 - left)));\n    return load(url, left - 1);\n  }\n}')] },
    { name: 'in .catch()', code: 'export function load(url: string): Promise<Response> {\n  return fetch(url).catch(() => load(url));\n}', filename, errors: [report('noDelay', 2, 33)] },
    { name: 'a reconnect', code: "export class Link { connect() { this.socket = make(); this.socket.on('close', () => this.connect()); } }", filename, errors: [report('noDelay', 1, 85)] },
    { name: 'a producer that was not modelled', code: SLEEP + loop('this.producer.send(url)'), filename, errors: [report('noDelay', 3, 3, SLEEP + mended('this.producer.send(url)'))] },
    { name: 'a nested function', code: SLEEP + 'export const make = () => ({\n  async load(url: string) {\n    let i = 0;\n    while (i++ < 5) {\n      try {\n        return await fetch(url);\n      } catch {\n      }\n    }\n  },\n});', filename, errors: [report('noDelay', 5, 5, SLEEP + `export const make = () => ({\n  async load(url: string) {\n    let i = 0;\n    while (i++ < 5) {\n      try {\n        return await fetch(url);\n      } catch {\n        if (i < 5) await sleep(${FULL.replace('** i', '** (i - 1)')});\n      }\n    }\n  },\n});`)] },
    { name: 'axios-retry', code: "import axiosRetry from 'axios-retry';\naxiosRetry(axios, { retries: 3 });", filename, errors: [report('noDelay', 2, 1, "import axiosRetry from 'axios-retry';\naxiosRetry(axios, { retries: 3, retryDelay: axiosRetry.exponentialDelay });")] },
    { name: 'axios-retry with no options', code: "import withRetry from 'axios-retry';\nwithRetry(axios);", filename, errors: [report('noDelay', 2, 1, "import withRetry from 'axios-retry';\nwithRetry(axios, { retryDelay: withRetry.exponentialDelay });")] },
    { name: 'attempts of a job', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: job.retries });", filename, errors: [report('noDelay', 3, 1, "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: job.retries, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } });")] },
    { name: 'attempts of a queue', code: "import { Queue } from 'bullmq';\nexport const queue = new Queue('mail', { defaultJobOptions: { attempts: 3 } });", filename, errors: [report('noDelay', 2, 22, "import { Queue } from 'bullmq';\nexport const queue = new Queue('mail', { defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } } });")] },
    { name: 'a queue of Nest whose factory sets attempts alone', code: "import { BullModule } from '@nestjs/bullmq';\nexport const mails = BullModule.registerQueueAsync({\n  name: 'mails',\n  useFactory: (config) => ({\n    defaultJobOptions: {\n      attempts: config.get('n'),\n    },\n  }),\n});", filename, errors: [report('noDelay', 6, 7)] },
    { name: 'a client whose own retries are off', code: "import got from 'got';\n" + loop('got(url, { retry: { limit: 0 } })'), filename, errors: [{ messageId: 'noDelay', line: 3, column: 3, suggestions: 1 }] },
    { name: 'an instance whose own retries are off', code: "import got from 'got';\nconst http = got.extend({ retry: { limit: 0 } });\n" + loop('http(url)'), filename, errors: [{ messageId: 'noDelay', line: 4, column: 3, suggestions: 1 }] },
    { name: 'a client whose own retries are off by a number', code: "import ky from 'ky';\n" + loop('ky(url, { retry: 0 })'), filename, errors: [{ messageId: 'noDelay', line: 3, column: 3, suggestions: 1 }] },
    { name: 'a producer whose own retries are off', code: "import { Kafka } from 'kafkajs';\nconst producer = new Kafka({ brokers, retry: { retries: 0 } }).producer();\n" + loop('producer.send({ topic: url, messages: [] })'), filename, errors: [{ messageId: 'noDelay', line: 4, column: 3, suggestions: 1 }] },
    { name: 'a channel that answers by promises', code: "import type { Channel } from 'amqplib';\nexport async function emit(channel: Channel, name: string) {\n  for (let i = 0; i < 4; i++) {\n    try { await channel.assertQueue(name); break; } catch {}\n  }\n}", filename, errors: [{ messageId: 'noDelay', line: 3, column: 3, suggestions: 1 }] },
    { name: 'a function that calls itself behind a reply', code: 'export async function load(url: string, n = 0) {\n  try {\n    const reply = await fetch(url);\n    if (!reply.ok) {\n      if (n < 3) return load(url, n + 1);\n      throw new Error(url);\n    }\n    return reply;\n  } catch (error) {\n    if (n >= 3) throw error;\n    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** n));\n    return load(url, n + 1);\n  }\n}', filename, errors: [{ messageId: 'noDelay', line: 5, column: 25, suggestions: 1 }] },
    { name: 'a promise in a variable', code: 'export async function load(url: string) {\n  for (let i = 0; i < 4; i++) {\n    const pending = fetch(url);\n    try {\n      const reply = await pending;\n      if (reply.ok) return reply;\n    } catch (error) {\n      console.error(error);\n    }\n  }\n}', filename, errors: [report('noDelay', 2, 3, IMPORT + '\nexport async function load(url: string) {\n  for (let i = 0; i < 4; i++) {\n    const pending = fetch(url);\n    try {\n      const reply = await pending;\n      if (reply.ok) return reply;\n    } catch (error) {\n      console.error(error);\n    }\n    if (i < 3) await sleep(' + FULL + ');\n  }\n}')] },
    { name: 'success by several tests of the status', code: 'export async function load(url: string) {\n  for (let i = 0; i < 4; i++) {\n    try {\n      const reply = await fetch(url);\n      if ((reply.status < 500 && reply.status !== 429) || i === 3) return reply;\n    } catch (error) {\n      if (i === 3) throw error;\n    }\n  }\n}', filename, errors: [{ messageId: 'noDelay', line: 2, column: 3, suggestions: 1 }] },
    { name: 'cockatiel', code: "import { handleAll, retry } from 'cockatiel';\nexport const policy = retry(handleAll, { maxAttempts: 3 });", filename, errors: [report('noDelay', 2, 23, "import { handleAll, retry, ExponentialBackoff } from 'cockatiel';\nexport const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 10_000 }) });")] },
    { name: 'rxjs', code: "import { retry, timer } from 'rxjs';\nsource.pipe(retry(3));", filename, errors: [report('noDelay', 2, 13, "import { retry, timer } from 'rxjs';\nsource.pipe(retry({ count: 3, delay: (_error, count) => timer(Math.random() * Math.min(10_000, 200 * 2 ** (count - 1))) }));")] },
    { name: 'a delay that is switched off', code: "import pRetry from 'p-retry';\nawait pRetry(load, { minTimeout: 0 });", filename, errors: [report('noDelay', 2, 7)] },
    { name: 'strict: a fixed delay', code: SLEEP + waiting('fetch(url)', '1000'), filename, options: STRICT, errors: [report('fixedDelay', 3, 3, SLEEP + waiting('fetch(url)', 'Math.random() * Math.min(10_000, 1000 * 2 ** i)'))] },
    { name: 'strict: a random id is no random part', code: OWN_SLEEP + loop('fetch(url)', '\n      console.error(Math.random().toString(36), error);\n      await sleep(100 * 2 ** i);'), filename, options: STRICT, errors: [{ messageId: 'noJitter', line: 3, column: 3, suggestions: 1 }] },
    { name: 'strict: growth with no chance', code: OWN_SLEEP + waiting('fetch(url)', '100 * 2 ** i'), filename, options: STRICT, errors: [report('noJitter', 3, 3, OWN_SLEEP + waiting('fetch(url)', 'Math.random() * Math.min(10_000, 100 * 2 ** i)'))] },
    { name: 'strict: p-retry', code: "import pRetry from 'p-retry';\nawait pRetry(load, { retries: 4 });", filename, options: STRICT, errors: [report('noJitter', 2, 7, "import pRetry from 'p-retry';\nawait pRetry(load, { retries: 4, randomize: true, maxTimeout: 10_000 });")] },
    { name: 'strict: a job after a fixed time', code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: 5, backoff: 1000 });", filename, options: STRICT, errors: [report('fixedDelay', 3, 1, "import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nqueue.add('send', data, { attempts: 5, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } });")] },
  ],
});

describe('known limitation', () => {
  const linter = new Linter({ cwd: project.root });
  const lint = (code: string) =>
    linter.verify(code, { files: ['**/*.ts'], languageOptions: { parser: typescriptParser as unknown as Linter.Parser }, plugins: { resilience: { rules: { 'require-retry-backoff': subject } } }, rules: { 'resilience/require-retry-backoff': 'error' } }, { filename }).length;
  it.each([
    ['a queue that is injected: its defaults are not known', "import type { Queue } from 'bullmq';\nexport class Mail { constructor(private readonly queue: Queue) {}\n  send(data) { return this.queue.add('send', data, { attempts: 5 }); } }"],
    ['a loop at the top of a module', 'for (let i = 0; i < 4; i++) { try { await fetch(url); break; } catch {} }'],
    ['success that a value of the reply tells: it may be polling', 'export async function up(client) { for (let i = 0; i < 9; i++) { try { const reply = await client.ping(); if (reply.body) return; } catch (error) { console.error(error); } } }'],
    ['an attempt that takes a lock: it may hold back by itself', loop('this.redlock.acquire([url])')],
    ['a poller that calls itself at once after a failure', 'export class Poller { async poll() { try { this.take(await fetch(this.url)); await this.pause(); this.next = this.poll(); } catch (error) { this.next = this.poll(); } } }'],
    ['a handler that awaits something unknown', loop('fetch(url)', '\n      await report(error);')],
    ['strict or not, a retry configuration that is handed out', 'export const config = { retries: 3, retryDelay: () => 0 };'],
  ])('%s', (_name, code) => expect(lint(code)).toBe(0));
});

describe('whatever parses the file', () => {
  const code = loop('fetch(url)').replace(': string', '');
  it.each([
    ['@typescript-eslint/parser', typescriptParser],
    ['espree', espree],
    ['oxc-parser', oxcParser],
  ])('%s', (_name, parser) => {
    const linter = new Linter({ cwd: project.root });
    const messages = linter.verify(code, { files: ['**/*.ts', '**/*.js'], languageOptions: { parser: parser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' }, plugins: { resilience: { rules: { 'require-retry-backoff': subject } } }, rules: { 'resilience/require-retry-backoff': 'error' } }, { filename: `${project.root}/src/main.js` });
    expect(messages.map(({ ruleId, line, endLine, message }) => ({ ruleId, line, endLine, message }))).toEqual([
      { ruleId: 'resilience/require-retry-backoff', line: 2, endLine: 2, message: '`fetch` is tried 4 times with no delay between: all attempts are over before a short outage is, and each caller puts that many times the load on what is failing. Wait before the next attempt, longer after each failure, with a random part.' },
    ]);
    const { fix } = messages[0]!.suggestions![0]!;
    expect(parse('a.js', code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])).ok).toBe(true);
  });
});
