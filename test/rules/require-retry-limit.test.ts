import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-retry-limit.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const project = tempProject({ 'src/main.ts': 'export {};' });
const filename = `${project.root}/src/main.ts`;
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;

const NAP = 'const nap = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n';
const FIXED = '\n      await nap(1000);';

const loop = (handler = '', head = 'while (true)', { before = '', param = ' (error)', call = 'fetch(url)', name = 'load' } = {}): string =>
  `${NAP}export async function ${name}(url: string, signal: AbortSignal) {${before}\n  ${head} {\n    try {\n      return await ${call};\n    } catch${param} {${handler}\n    }\n  }\n}\n`;

const report = (line: number, column: number, ...outputs: string[]) => ({
  messageId: 'endless',
  line,
  column,
  suggestions: outputs.map((output) => ({ messageId: 'suggestLimit', output })),
});

/** The two mends of a loop: a count, a deadline. */
const mended = (handler: string, head?: string, options: Parameters<typeof loop>[2] = {}): [string, string] => {
  const { before = '' } = options;
  const made = (declaration: string, test: string): string => loop(`\n      if (${test}) throw error;${handler}`, head, { ...options, param: ' (error)', before: `${before}\n  ${declaration};` });
  return [made('let attempts = 0', '++attempts >= 3'), made('const deadline = Date.now() + 60_000', 'Date.now() >= deadline')];
};

tester.run('require-retry-limit', subject, {
  valid: [
    { name: 'a counter in the head', code: loop(FIXED, 'for (let i = 0; i < 5; i++)'), filename },
    { name: 'a counter in the handler', code: loop(`\n      if (++n > 5) throw error;${FIXED}`, 'while (true)', { before: '\n  let n = 0;' }), filename },
    { name: 'a counter that lets go on', code: loop(`\n      if (n++ < 5) { await nap(9); continue; }\n      throw error;`, 'while (true)', { before: '\n  let n = 0;' }), filename },
    { name: 'a counter in a name', code: loop(`\n      const again = n++ < 5 && isRetryable(error);\n      if (!again) throw error;${FIXED}`, 'while (true)', { before: '\n  let n = 0;' }), filename },
    { name: 'a flag that the handler sets', code: loop(`\n      if (n++ > 5) failed = error;${FIXED}`, 'while (!failed)', { before: '\n  let n = 0, failed;' }), filename },
    { name: 'a deadline in the head', code: loop(FIXED, 'while (Date.now() < end)', { before: '\n  const end = Date.now() + 9000;' }), filename },
    { name: 'a deadline in the handler', code: loop(`\n      if (performance.now() > end) throw error;${FIXED}`, 'while (true)', { before: '\n  const end = performance.now() + 9000;' }), filename },
    { name: 'a signal in the head', code: loop(FIXED, 'while (!signal.aborted)'), filename },
    { name: 'a signal that throws', code: loop(`\n      signal.throwIfAborted();${FIXED}`), filename },
    { name: 'a list of delays', code: loop('\n      await nap(ms);', 'for (const ms of [100, 200, 400])'), filename },
    { name: 'a field that others set', code: `${NAP}export class Link { stopped = false;\n  async send(u) { while (!this.stopped) { try { return await fetch(u); } catch { await nap(5); } } } }`, filename },
    { name: 'a field that is asked inside', code: `${NAP}export class Link { stopped = false;\n  async send(u) { while (true) { if (this.stopped) return; try { return await fetch(u); } catch { await nap(5); } } } }`, filename },
    { name: 'a growing delay', code: loop('\n      await nap(ms);\n      ms = Math.min(ms * 2, 30_000);', 'while (true)', { before: '\n  let ms = 100;' }), filename },
    { name: 'a reconnect after a fixed delay', code: loop(FIXED, 'while (true)', { call: 'this.socket.connect()' }), filename },
    { name: 'the wait at boot', code: loop(FIXED, 'while (true)', { name: 'waitForDatabase', call: 'fetch(url)' }), filename },
    { name: 'a reconnect by a timer', code: "export class Link { connect() { this.socket = make(); this.socket.on('close', () => setTimeout(() => this.connect(), 1000)); } }", filename },
    { name: 'a reconnect with no delay: the other rule asks for one', code: "export class Link { connect() { this.socket = make(); this.socket.on('close', () => this.connect()); } }", filename },
    { name: 'a worker that is started again', code: "export class Pool { spawn() { const worker = make(); worker.on('exit', () => this.spawn()); } }", filename },
    { name: 'a consumer', code: 'export async function run(queue) { while (true) { try { await work(await queue.take()); } catch (error) { console.error(error); } } }', filename },
    { name: 'pagination', code: 'export async function all() { let page = 0; while (true) { const rows = await load(page++); if (rows.length < 100) break; } }', filename },
    { name: 'a stream reader', code: 'export async function all(reader) { while (true) { try { const { done } = await reader.read(); if (done) return; } catch { return; } } }', filename },
    { name: 'a function that counts its calls', code: 'export async function load(url, left = 5) { try { return await fetch(url); } catch (error) { if (left === 0) throw error; return load(url, left - 1); } }', filename },
    { name: 'a function that asks a delay of its counter', code: `${NAP}export async function load(url, n = 0) { try { return await fetch(url); } catch (error) { const ms = delayFor(n); if (!ms) throw error; await nap(ms); return load(url, n + 1); } }`, filename },
    { name: 'something imported that is handed the counter', code: "import { hold } from '@acme/pace';\nexport async function load(url, n = 0) { try { return await fetch(url); } catch (error) { await hold(n); return load(url, n + 1); } }", filename },
    { name: 'something imported that is handed the counter of a loop', code: "import { hold } from '@acme/pace';\nexport async function load(url) { for (let n = 0; ; n++) { try { return await fetch(url); } catch (error) { await hold(n); } } }", filename },
    { name: 'a function that is handed the error and may end it', code: loop('\n      await judge(error);').replace('const nap', "import { judge } from '@acme/judge';\nconst nap"), filename },
    { name: 'a function that counts the failures', code: "export class Api { failures = 0;\n  async fail() { if (++this.failures > 9) throw new Error('down'); }\n  async load(url) { while (true) { try { return await fetch(url); } catch (error) { await this.fail(); } } } }", filename },
    { name: 'files by a package', code: "import fs from 'fs-extra';\n" + loop(FIXED, 'while (true)', { call: 'fs.readFile(url)' }), filename },
    { name: 'a SCAN cursor', code: "export async function all(redis) { let cursor = '0'; do { const [next] = await redis.scan(cursor); cursor = next; } while (cursor !== '0'); }", filename },
    { name: 'a strategy of ioredis, linear and capped', code: "import Redis from 'ioredis';\nexport const redis = new Redis({ maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(times * 500, 3000) });", filename },
    { name: 'a main loop', code: `${NAP}export class Worker { async run() { while (true) { try { await this.work(); } catch (error) { console.error(error); } await nap(1000); } } }`, filename },
    { name: 'the word alone', code: 'export const jobs = { retryPayment: "retry-payment", retries: 3 };', filename },
    { name: 'cockatiel with a limit', code: "import { handleAll, retry } from 'cockatiel';\nexport const policy = retry(handleAll, { maxAttempts: 3 });", filename },
    { name: 'cockatiel with options nobody knows', code: "import { handleAll, retry } from 'cockatiel';\nimport { options } from './options.js';\nexport const policy = retry(handleAll, options);", filename },
    { name: 'rxjs with a count', code: "import { retry } from 'rxjs';\nsource.pipe(retry(3), retry({ count: 2 }));", filename },
    { name: 'p-retry', code: "import pRetry from 'p-retry';\nawait pRetry(load);", filename },
    { name: 'a delay that grows, for as long as the process lives', code: "import pRetry from 'p-retry';\nawait pRetry(load, { retries: Infinity });", filename },
    { name: 'a look-alike package', code: "import { handleAll, retry } from '@acme/cockatiel';\nretry(handleAll);", filename },
    { name: 'a local function of the same name', code: 'const retry = () => 1;\nretry();', filename },
    { name: 'a browser', code: "import { useEffect } from 'react';\n" + loop(FIXED), filename: `${browser.root}/src/main.tsx` },
  ],
  invalid: [
    { name: 'while (true)', code: loop(FIXED), filename, errors: [report(3, 3, ...mended(FIXED))] },
    { name: 'for (;;)', code: loop(FIXED, 'for (;;)'), filename, errors: [report(3, 3, ...mended(FIXED, 'for (;;)'))] },
    { name: 'no delay', code: loop(), filename, errors: [report(3, 3, ...mended(''))] },
    { name: 'a handler without a name for the error', code: loop(FIXED, 'while (true)', { param: '' }), filename, errors: [report(3, 3, ...mended(FIXED))] },
    { name: 'up to infinity', code: loop(FIXED, 'for (let i = 0; i < Infinity; i++)'), filename, errors: [report(3, 3, ...mended(FIXED, 'for (let i = 0; i < Infinity; i++)'))] },
    { name: 'only some errors', code: loop(`\n      if (error.status < 500) throw error;${FIXED}`), filename, errors: [report(3, 3, ...mended(`\n      if (error.status < 500) throw error;${FIXED}`))] },
    { name: 'a counter that nobody compares', code: loop(`\n      n++;${FIXED}`, 'while (true)', { before: '\n  let n = 0;' }), filename, errors: [report(4, 3, ...mended(`\n      n++;${FIXED}`, 'while (true)', { before: '\n  let n = 0;' }))] },
    { name: 'a constant test', code: loop(FIXED, 'while (again)', { before: '\n  const again = 1;' }), filename, errors: [report(4, 3, ...mended(FIXED, 'while (again)', { before: '\n  const again = 1;' }))] },
    { name: 'do while', code: `${NAP}export class Jobs { private async again<T>(run: () => Promise<T>, ms: number) {\n  const go = 1;\n  do { try { return await run(); } catch (error) { if (ms) { await nap(ms); } else { return; } } } while (go);\n} }`, filename, errors: 1 },
    { name: 'a flag that success sets', code: `${NAP}export async function load(u) {\n  let done = false;\n  while (!done) { try { await fetch(u); done = true; } catch (error) { await nap(9); } }\n}`, filename, errors: 1 },
    { name: 'a reply that says it failed', code: `${NAP}export async function load(u) {\n  while (true) { const reply = await fetch(u); if (reply.ok) return reply; await nap(9); }\n}`, filename, errors: [report(3, 3)] },
    { name: 'a function that calls itself', code: 'export async function load(url) {\n  try { return await fetch(url); } catch { return load(url); }\n}', filename, errors: [report(2, 51)] },
    { name: 'a counter that is tested for something else', code: 'export async function load(url, n = 0) {\n  if (n === 0) console.log(url);\n  try { return await fetch(url); } catch { return load(url, n + 1); }\n}', filename, errors: [report(3, 51)] },
    { name: 'a token that is renewed each time', code: "import axios from 'axios';\nexport class Api {\n  async renew() { const reply = await axios.post('/token'); await this.store.setState(reply.data); }\n  async load(url, n = 0) {\n    try { return await axios.get(url); } catch (error) {\n      if (error.response?.status === 401) { await this.renew(); return this.load(url, n + 1); }\n      throw error;\n    }\n  }\n}", filename, errors: [report(6, 72)] },
    { name: 'something imported that is asked the same each time', code: "import { db } from '@acme/db';\nexport async function save(url) {\n  for (;;) {\n    const row = await db.orders.find({ url });\n    try { return await db.orders.insert({ url }); } catch (error) { if (!isUniqueViolation(error)) throw error; }\n  }\n}", filename, errors: 1 },
    { name: 'a random delay that does not grow', code: `${NAP}export async function load(run, options) {\n  const random = options.random ?? Math.random;\n  while (true) { try { return await run(); } catch (error) { const low = Math.min(options.low, options.high); await nap(Math.round(low + random() * (options.high - low))); } }\n}`, filename, errors: 1 },
    { name: 'JavaScript', code: 'async function load(url) {\n  for (;;) { try { return await fetch(url); } catch {} }\n}', filename: `${project.root}/src/main.js`, errors: [report(2, 3, 'async function load(url) {\n  let attempts = 0;\n  for (;;) { try { return await fetch(url); } catch (error) { if (++attempts >= 3) throw error; } }\n}', 'async function load(url) {\n  const deadline = Date.now() + 60_000;\n  for (;;) { try { return await fetch(url); } catch (error) { if (Date.now() >= deadline) throw error; } }\n}')] },
    { name: 'cockatiel', code: "import { handleAll, retry } from 'cockatiel';\nexport const policy = retry(handleAll);", filename, errors: [report(2, 23, "import { handleAll, retry } from 'cockatiel';\nexport const policy = retry(handleAll, { maxAttempts: 2 });")] },
    { name: 'rxjs', code: "import { retry } from 'rxjs';\nsource.pipe(retry());", filename, errors: [report(2, 13, "import { retry } from 'rxjs';\nsource.pipe(retry({ count: 2 }));")] },
    { name: 'es-toolkit', code: "import { retry } from 'es-toolkit';\nawait retry(load);", filename, errors: [report(2, 7, "import { retry } from 'es-toolkit';\nawait retry(load, { retries: 2 });")] },
    { name: 'for ever after the same time', code: "import pRetry from 'p-retry';\nawait pRetry(load, { retries: Infinity, factor: 1 });", filename, errors: [report(2, 7)] },
  ],
});

describe('known limitation', () => {
  const linter = new Linter({ cwd: project.root });
  const lint = (code: string) =>
    linter.verify(code, { files: ['**/*.ts'], languageOptions: { parser: typescriptParser as unknown as Linter.Parser }, plugins: { resilience: { rules: { 'require-retry-limit': subject } } }, rules: { 'resilience/require-retry-limit': 'error' } }, { filename }).length;
  it.each([
    ['a cap that is compared with a number from the environment that may be missing', loop(`\n      if (++n >= Number(process.env.MAX)) throw error;${FIXED}`, 'while (true)', { before: '\n  let n = 0;' })],
    ['a handler that awaits something unknown: it may wait longer each time', loop('\n      await this.pause(error);')],
    ['a conflict in a function whose name says that it lasts', "export async function subscribe(url) { for (;;) { try { return await fetch(url); } catch (error) { if (error.status !== 409) throw error; } } }"],
    ['a job that puts itself into a queue again', 'export async function run(job) { try { await work(job); } catch { await queue.add(job); } }'],
  ])('%s', (_name, code) => expect(lint(code)).toBe(0));
});

describe('whatever parses the file', () => {
  const code = 'export async function load(url) {\n  while (true) {\n    try { return await fetch(url); } catch {}\n  }\n}\n';
  it.each([
    ['@typescript-eslint/parser', typescriptParser],
    ['espree', espree],
    ['oxc-parser', oxcParser],
  ])('%s', (_name, parser) => {
    const linter = new Linter({ cwd: project.root });
    const messages = linter.verify(code, { files: ['**/*.js'], languageOptions: { parser: parser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' }, plugins: { resilience: { rules: { 'require-retry-limit': subject } } }, rules: { 'resilience/require-retry-limit': 'error' } }, { filename: `${project.root}/src/main.js` });
    expect(messages.map(({ line, endLine, message }) => ({ line, endLine, message }))).toEqual([
      { line: 2, endLine: 2, message: 'nothing but success ends this loop around `fetch`: while the other side is down it spins, and its caller never gets an answer. Stop after a number of attempts or at a deadline, and throw the last error.' },
    ]);
    expect(messages[0]!.suggestions).toHaveLength(2);
    for (const { fix } of messages[0]!.suggestions!) expect(parse('a.js', code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])).ok).toBe(true);
  });
});
