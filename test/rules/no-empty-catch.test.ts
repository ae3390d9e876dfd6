import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-empty-catch.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

/** One back-end package; the cases are files of it. */
const project = tempProject({
  'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: [] }, include: ['src'] }),
  'src/main.ts': 'export {};',
  'src/db.ts': "import { Pool } from 'pg';\nexport const pool = new Pool();\n",
  'src/index.ts': "export { pool as db } from './db.js';\n",
  'src/orders.ts': "import { pool } from './db.js';\nexport const saveOrder = (id: string) => pool.query('INSERT INTO orders VALUES ($1)', [id]);\nexport const loadOrders = async () => (await pool.query('SELECT * FROM orders')).rows;\n",
  'src/quiet.ts': "export async function warm() {\n  try { await fetch('https://a.example'); } catch (error) { console.error(error); }\n}\n",
});
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const filename = `${project.root}/src/main.ts`;
const inFile = (name: string): string => `${project.root}/${name}`;

const languageOptions = { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } as const;
const subject = rule as unknown as Rule.RuleModule;
const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const inside = (body: string, name = 'sync'): string => `export async function ${name}(id: string) {\n${body}\n}`;
const tester = new RuleTester({ languageOptions });
/** One report at a place, with the code after its suggestions, or their number. */
const report = (line: number, column: number, ...outputs: [number] | string[]) => ({
  messageId: 'empty',
  line,
  column,
  suggestions: typeof outputs[0] === 'number' ? outputs[0] : outputs.length === 0 ? 3 : outputs.map((output) => ({ messageId: 'suggestHandling', output: String(output) })),
});
const SAY = 'TODO: say why this failure may be ignored';

tester.run('no-empty-catch', subject, {
  valid: [
    { name: 'an error that is logged', code: inside('try { await orders.save(id); } catch (error) { console.error(error); }'), filename },
    { name: 'an error that is thrown again', code: inside('try { await orders.save(id); } catch (error) { throw new Error("save", { cause: error }); }'), filename },
    { name: 'a comment of any words', code: inside('try { await orders.save(id); } catch { /* ignore */ }'), filename },
    { name: 'a comment on the line before', code: inside('// the nightly job writes it again\nawait orders.save(id).catch(() => {});'), filename },
    { name: 'a comment in front of a try that speaks of failure', code: inside('// Best effort: the nightly job writes it again.\ntry { await orders.save(id); } catch {}'), filename },
    { name: 'an empty handler after a question of which nothing is known', code: inside('try { await reach(id); return true; } catch {}'), filename },
    { name: 'a log behind what answers yes', code: inside('try { await orders.save(id); return true; } catch (error) { console.error(error); }'), filename },
    { name: 'a call that is not waited for, by default', code: inside('try { render(id); } catch {}'), filename },
    { name: 'a reason, where one is asked for', code: inside('try { await orders.save(id); } catch { /* the nightly job writes it again */ }'), filename, options: [{ comments: 'reason' }] },
    { name: 'a local function of the project that cannot fail', code: `const twice = async (id: string) => [id, id];\n${inside('try { await twice(id); } catch {}')}`, filename },
    { name: 'a function of another file that handles its own errors', code: `import { warm } from './quiet.js';\n${inside('await warm().catch(() => {});')}`, filename },
    { name: 'a browser', code: `import { useEffect } from 'react';\n${inside('try { await orders.save(id); } catch {}')}`, filename: `${browser.root}/src/main.tsx` },
    { name: 'JavaScript that is handled', code: 'exports.sync = () => db.save().catch(console.error);', filename: inFile('src/main.cjs') },
    { name: 'a schema with a default', code: "import { z } from 'zod';\nexport const name = z.string().catch(() => '');", filename },
    { name: "an 'error' listener, which is another rule's", code: "socket.on('error', () => {});", filename },
    { name: 'a constant default, which is another rule\'s', code: inside('try { return await orders.load(id); } catch {}\nreturn [];'), filename },
    { name: 'a value in place of the result, which is another rule\'s', code: inside('const order = await orders.load(id).catch(() => {});\nreturn order;'), filename },
    { name: 'a file without a handler', code: 'export const a = 1;', filename },
    // Traps of real code.
    { name: 'trap: a question that ends with its answer', code: inside('try { return (await orders.find(id)) !== null; } catch {}', 'hasOrder'), filename },
    { name: 'trap: a result, and words for its lack', code: inside('try { return await orders.load(id); } catch { /* not there yet */ }'), filename },
    { name: 'trap: a result, and another way behind it', code: inside('try { return await orders.load(id); } catch {}\nreturn archive.load(id);'), filename },
    { name: 'trap: a line in a log', code: inside('try { await runs.writeLog(id); } catch {}'), filename },
    { name: 'trap: a parse', code: 'let body = {};\ntry { body = JSON.parse(text); } catch {}\nuse(body);', filename, options: [{ calls: 'any', comments: 'reason' }] },
    { name: 'trap: a URL', code: 'try { new URL(text); } catch {}', filename, options: [{ calls: 'any' }] },
    { name: 'trap: decoding', code: 'try { name = decodeURIComponent(name); } catch {}', filename, options: [{ calls: 'any' }] },
    { name: 'trap: a time zone', code: "try { new Intl.DateTimeFormat('en', { timeZone }); } catch {}", filename, options: [{ calls: 'any' }] },
    { name: 'trap: an optional file', code: "import fs from 'node:fs';\nlet stats;\ntry { stats = fs.statSync(path); } catch {}\nuse(stats);", filename, options: [{ calls: 'any' }] },
    { name: 'trap: an optional package', code: "let sharp;\ntry { sharp = require('sharp'); } catch {}\nmodule.exports = sharp;", filename: inFile('src/main.cjs'), options: [{ calls: 'any' }] },
    { name: 'trap: an import of an optional package', code: "try { await import('sharp'); } catch {}", filename, options: [{ calls: 'any' }] },
    { name: 'trap: a predicate', code: inside('try { await assertPaid(id); return true; } catch {}\nreturn false;', 'isPaid'), filename },
    { name: 'trap: a health check whose false is the report', code: inside('try { await db.ping(); return true; } catch {}\nreturn false;', 'checkDatabase'), filename },
    { name: 'trap: unlink', code: "import { unlink } from 'node:fs/promises';\nawait unlink(path).catch(() => {});", filename },
    { name: 'trap: kill', code: 'try { process.kill(pid); } catch {}', filename, options: [{ calls: 'any' }] },
    { name: 'trap: cancel of a reader', code: 'await reader.cancel().catch(() => {});', filename },
    { name: 'trap: quit', code: "import Redis from 'ioredis';\nconst redis = new Redis();\nawait redis.quit().catch(() => {});", filename },
    { name: 'trap: clean-up in a finally', code: inside('try { await run(id); } finally { await handle.cleanup().catch(() => {}); await orders.save(id).catch(() => {}); }'), filename },
    { name: 'trap: a diagnostics guard before a rethrow', code: inside('try { await run(id); } catch (error) { try { await audit.write(error); } catch {} throw error; }'), filename },
    { name: 'trap: a promise that is only marked as handled', code: inside('const job = orders.save(id);\njob.catch(() => {});\nreturn job;'), filename },
    { name: 'trap: a promise in a field, marked as handled', code: 'class A { constructor() { this.ready = this.open();\nthis.ready.catch(() => {}); } }', filename },
    { name: 'trap: a lock on the promise before', code: 'class A { next() { const p = this.lock.then(() => this.load());\nthis.lock = p.catch(() => {});\nreturn p; } }', filename },
    { name: 'trap: an error that is kept', code: inside('let last;\nfor (const url of urls) { try { await send(url); } catch (e) { last = e; } }\nthrow last;'), filename },
    { name: 'trap: an error that is answered', code: 'app.get("/", async (req, res) => { try { await orders.save(1); } catch { res.status(500).end(); } });', filename },
    { name: 'trap: an expected code', code: "import { mkdir } from 'node:fs/promises';\ntry { await mkdir(path); } catch (e) { if (e.code !== 'EEXIST') throw e; }", filename },
    { name: 'trap: a fallback assigned before', code: inside('let rate = 1;\ntry { rate = await rates.load(id); } catch {}\nreturn rate;'), filename },
    { name: 'trap: polling', code: 'while (Date.now() < deadline) { try { const r = await fetch(url); if (r.ok) break; } catch {} await sleep(500); }', filename },
    { name: 'trap: teardown by the function', code: 'class Server { async stop() { await this.queue.flush().catch(() => {}); } }', filename },
    { name: 'trap: teardown after a signal', code: "signal.addEventListener('abort', () => { api.sendStop().catch(() => {}); });", filename },
    { name: 'trap: telemetry', code: inside('axios.post(url, { id }).catch(() => {});', 'sendTelemetry'), filename },
    { name: 'trap: a cache that answers its errors', code: "import { createCache } from '@unkey/cache';\nconst cache = createCache({});\nexport const forget = (id) => { cache.users.remove(id).catch(() => {}); };", filename },
    { name: 'trap: a helper that catches all', code: inside('const flush = async () => { const [error] = await tryCatch(send()); if (error) console.error(error); };\nsetInterval(() => flush().catch(() => {}), 1000);'), filename },
    { name: 'trap: signing out', code: inside('try { await api.deleteSession(id); } catch {}'), filename },
    { name: 'trap: a finally that does the work', code: inside('try { await orders.save(id); } catch {} finally { forget(id); }'), filename },
    { name: 'trap: a greeting on a socket', code: 'try { socket.write(banner); } catch {}', filename, options: [{ calls: 'any' }] },
    { name: 'trap: the code of others', code: inside('try { await orders.save(id); } catch {}'), filename: inFile('vendor/orders/index.js') },
    { name: 'trap: the body of a reply that is drained', code: 'await response.text().catch(() => {});', filename },
    { name: 'trap: errors that a stream delivers elsewhere', code: "import { pipeline } from 'node:stream/promises';\nvoid pipeline(a, b).catch(() => {});", filename },
  ],
  invalid: [
    { name: 'a comment in front of a try that says what is done there', code: inside('// Clear the old rows.\ntry { await orders.deleteAll(id); } catch {}'), filename, errors: [report(3, 37, 3)] },
    { name: 'what was to be done answers yes, or nothing', code: inside('try { await orders.save(id); return true; } catch {}'), filename, errors: [report(2, 45, 3)] },
    { name: 'success leaves out of two tries, and nothing follows either', code: inside('try {\ntry { await orders.save(id); return load(id); } catch {}\n} catch (error) { throw error; }'), filename, errors: [report(3, 49, 3)] },
    { name: 'an empty catch', code: inside('try { await orders.save(id); } catch {}'), filename, errors: [{ ...report(2, 32, inside("try { await orders.save(id); } catch (error) { console.error('orders.save failed', error); }"), inside('try { await orders.save(id); } catch (error) { throw error; }'), inside(`try { await orders.save(id); } catch { /* ${SAY} */ }`)), endLine: 2, endColumn: 40 }] },
    { name: 'a result that ends the function, and nothing behind it', code: "import axios from 'axios';\nexport async function load() {\n  try { return await axios.get('/a'); } catch {}\n}", filename, errors: [report(3, 41)] },
    { name: 'an answer of a request that is never given', code: 'app.get("/", async (req, res) => {\n  try { return res.json(await orders.load(1)); } catch (error) {}\n});', filename, errors: [report(2, 50)] },
    { name: 'a method that ends with its result', code: 'export class Orders {\n  async load(id: string) {\n    try { const reply = await this.client.get(id); return reply.data; } catch (error) {}\n  }\n}', filename, errors: [report(3, 73)] },
    { name: 'logs that are data', code: inside('try { await runs.deleteTriggerLogs(id); } catch {}'), filename, errors: [report(2, 43)] },
    { name: 'an empty catch with a name', code: inside('try { await orders.save(id); } catch (e) {}'), filename, errors: [report(2, 32)] },
    { name: 'an empty handler of a promise', code: inside('await orders.save(id).catch(() => {});'), filename, errors: [report(2, 29, inside("await orders.save(id).catch((error) => { console.error('orders.save failed', error); });"), inside('await orders.save(id);'), inside(`await orders.save(id).catch(() => { /* ${SAY} */ });`))] },
    { name: 'a noop', code: `import noop from 'lodash/noop';\n${inside('await orders.save(id).catch(noop);')}`, filename, errors: [report(3, 29, 1)] },
    { name: 'a null that nobody reads', code: inside('await orders.save(id).catch(() => null);'), filename, errors: [report(2, 29)] },
    { name: 'a callback', code: 'import { db } from "./any.js";\ndb.save(order, (err) => { if (err) {} });', filename, errors: [report(2, 27, 2)] },
    { name: 'an instance of a client', code: `${PG}${inside("try { await pool.query('UPDATE a SET b = 1'); } catch {}")}`, filename, errors: [report(4, 49)] },
    { name: 'an aliased import', code: `import { db as store } from './index.js';\n${inside("try { await store.query('COMMIT'); } catch {}")}`, filename, errors: [report(3, 38)] },
    { name: 'a namespace import', code: `import * as orders from './orders.js';\n${inside('orders.saveOrder(id).catch(() => {});')}`, filename, errors: [report(3, 28, 2)] },
    { name: 'a require', code: "const axios = require('axios');\nexports.send = (a) => { axios.post(url, a).catch(() => {}); };", filename: inFile('src/main.cjs'), errors: [report(2, 50, 2)] },
    { name: 'a function of another file that writes', code: `import { saveOrder } from './orders.js';\n${inside('try { await saveOrder(id); } catch {}')}`, filename, errors: [report(3, 30)] },
    { name: 'an injected field', code: "import type { Pool } from 'pg';\nexport class Orders { constructor(private readonly pool: Pool) {}\n  async save() { try { await this.pool.query('DELETE FROM a'); } catch {} } }", filename, errors: [report(3, 66)] },
    { name: 'a nested function', code: 'export function outer() {\n  return async () => {\n    await orders.save(1).catch(() => {});\n  };\n}', filename, errors: [report(3, 32)] },
    { name: 'JavaScript', code: 'export const sync = async () => { try { await orders.save(1); } catch (e) { } };', filename: inFile('src/main.js'), errors: [report(1, 65)] },
    { name: 'any call, where that is asked for', code: inside('try { render(id); } catch {}'), filename, options: [{ calls: 'any' }], errors: [report(2, 21)] },
    { name: 'a comment without a reason, where one is asked for', code: inside('try { await orders.save(id); } catch { /* ignore errors */ }'), filename, options: [{ comments: 'reason' }], errors: [report(2, 32)] },
    { name: 'a comment, where none helps', code: inside('try { await orders.save(id); } catch { /* the nightly job writes it again */ }'), filename, options: [{ comments: 'never' }], errors: [report(2, 32, 2)] },
    { name: 'a directive is no reason', code: inside('try { await orders.save(id); } catch { /* eslint-disable-line no-empty */ }'), filename, errors: [report(2, 32)] },
    { name: 'a lock that is not given back', code: inside('await mutex.release(id).catch(() => {});'), filename, errors: [report(2, 31)] },
    { name: 'an ack', code: inside('try { await channel.ack(id); } catch {}'), filename, errors: [report(2, 32)] },
    { name: 'a timer that drops its work', code: 'setInterval(() => queue.drain().catch(() => {}), 1000);', filename, errors: [report(1, 39, 2)] },
    { name: 'a return of nothing', code: inside('try { await orders.save(id); } catch { return; }'), filename, errors: [{ messageId: 'empty', data: { form: 'This catch does nothing but return', call: '`orders.save`', consequence: 'the program goes on as if it had been done' }, suggestions: 3 }] },
    { name: 'the words of a comment', code: inside('try { await orders.save(id); } catch { /* ignore */ }'), filename, options: [{ comments: 'reason' }], errors: [{ messageId: 'empty', data: { form: 'This catch holds a comment that gives no reason', call: '`orders.save`', consequence: 'the program goes on as if it had been done' }, suggestions: 3 }] },
    { name: 'the words of a report', code: `${PG}${inside("try { await pool.query('INSERT INTO a VALUES (1)'); await orders.save(id); } catch {}")}`, filename, errors: [{ messageId: 'empty', data: { form: 'This catch is empty', call: '`pool.query` (or another call here)', consequence: 'the program goes on as if it had been done' }, suggestions: 3 }] },
    { name: 'the words of a payment', code: "import Stripe from 'stripe';\nconst stripe = new Stripe(key);\nawait stripe.refunds.create({ charge }).catch(() => {});", filename, errors: [{ messageId: 'empty', data: { form: 'This `.catch` handler does nothing', call: '`stripe.refunds.create`', consequence: 'nobody learns that the payment did not go through' }, suggestions: 3 }] },
  ],
});

describe('known limitation', () => {
  new RuleTester({ languageOptions }).run('no-empty-catch', subject, {
    valid: [
      { name: 'a write that fails in a handler is taken to be compensation', code: inside("try { await run(id); } catch { await jobs.update({ id, status: 'failed' }).catch(() => {}); }"), filename },
      { name: 'a fallback that is then written back', code: inside('let old = {};\ntry { old = await state.get(id); } catch {}\nawait state.set({ ...old, id });'), filename },
      { name: 'a promise that is stored, and never waited for', code: inside('const job = orders.save(id);\njob.catch(() => {});'), filename },
      { name: 'a list that silently lacks what could not be loaded', code: inside('const all = [];\nfor (const one of id) { try { all.push(await load(one)); } catch {} }\nreturn all;'), filename },
    ],
    invalid: [],
  });
});

/** The messages of one text, as a user of this parser gets them. */
function messagesWith(parser: unknown, code: string, path = filename, options: unknown[] = [], parserOptions: Linter.ParserOptions = {}): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  return linter.verify(
    code,
    [{
      files: ['**/*.*'],
      plugins: { resilience: { rules: { 'no-empty-catch': subject } } as ESLint.Plugin },
      languageOptions: { parser: parser as Linter.Parser, parserOptions, ecmaVersion: 2024, sourceType: 'module' },
      rules: { 'resilience/no-empty-catch': ['error', ...options] as ['error'] },
    }],
    { filename: path },
  );
}

describe('the same is reported', () => {
  const code = "import axios from 'axios';\nexport const a = async () => {\n  try { await axios.post('/a'); } catch {}\n  await axios.put('/b').catch(() => {});\n  db.save(1, (err) => { if (err) {} });\n};\n";
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endLine, endColumn, suggestions }) => ({ messageId, line, column, endLine, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([3, 4, 5]);
  });

  it('with the parser of ESLint', () => {
    expect(places(messagesWith(espree, code, inFile('src/main.js')))).toEqual(expected);
  });

  it('with oxc', () => {
    expect(places(messagesWith(oxcParser, code))).toEqual(expected);
  });

  it('with types', () => {
    expect(places(messagesWith(typescriptParser, code, filename, [], { project: `${project.root}/tsconfig.json`, tsconfigRootDir: project.root }))).toEqual(expected);
  });

  it('behind a byte order mark', () => {
    expect(places(messagesWith(typescriptParser, `\uFEFF${code}`)).map(({ line, column }) => [line, column])).toEqual(expected.map(({ line, column }) => [line, column]));
  });
});

describe('a suggestion', () => {
  it('parses, and ends the report', () => {
    for (const code of ["try { await a.save(); } catch {}", 'try {\n  await a.save();\n} catch (e) {\n}', 'await a.save().catch(() => {});', 'await a.save().catch(() => null);', 'db.save(1, (err) => { if (err) {} });']) {
      const messages = messagesWith(oxcParser, code);
      expect(messages, code).toHaveLength(1);
      expect(messages[0]!.suggestions!.length, code).toBeGreaterThanOrEqual(2);
      for (const { fix } of messages[0]!.suggestions!) {
        const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
        expect(parse(filename, output)).toMatchObject({ ok: true });
        expect(messagesWith(oxcParser, output), output).toEqual([]);
      }
    }
  });
});

describe('options', () => {
  const bad: [sentence: string, options: unknown[]][] = [
    ['a kind of comment that does not exist', [{ comments: 'some' }]],
    ['calls that do not exist', [{ calls: 'all' }]],
    ['an option that does not exist', [{ allowEmpty: true }]],
    ['two objects', [{}, {}]],
  ];

  it.each(bad)('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/no-empty-catch/);
  });
});

describe('a promise that is kept', () => {
  const strict = [{ comments: 'reason', calls: 'any' }];
  new RuleTester({ languageOptions }).run('no-empty-catch', subject, {
    valid: [
      { name: 'a constant stands for the result', code: inside('let limited = false;\ntry { limited = await limits.ask(id); } catch {}\nreturn limited;'), filename, options: strict },
      { name: 'a comment that only says that nothing is done', code: inside('let limited = false;\ntry { limited = await limits.ask(id); } catch (e) {\n// nothing to do here\n}\nreturn limited;'), filename, options: strict },
      { name: 'two constants', code: inside('let a = 0;\nlet b = [];\ntry { const all = await limits.ask(id); a = all.a; b = all.b; } catch {}\nreturn { a, b };'), filename, options: strict },
      { name: 'another reader waits for it afterwards', code: inside('const job = orders.save(id);\nawait job.catch(() => {});\nawait job;'), filename },
      { name: 'another reader has waited for it before', code: inside('const job = orders.save(id);\nawait step(job);\nawait job.catch(() => {});'), filename },
      { name: 'another reader in a function that may run then', code: inside('const job = orders.save(id);\nlater(() => job);\nawait job.catch(() => {});'), filename },
      { name: 'it is only marked as handled', code: inside('const job = orders.save(id);\njob.catch(() => {});\nif (id) return job;'), filename },
      { name: 'a promise that is handed in', code: 'export async function sync(job: Promise<void>) {\n  await job.catch(() => {});\n}', filename },
      { name: 'a promise that is not always the same', code: inside('let job = orders.save(id);\nif (!id) job = orders.drop(id);\nawait job.catch(() => {});'), filename },
      { name: 'a reason is given', code: inside('const job = orders.save(id);\nif (id) return job;\n// The caller is told of the timeout that came first.\nawait job.catch(() => {});'), filename },
    ],
    invalid: [
      { name: 'the other reader is on the other branch', code: inside('const job = orders.save(id);\nif (id) return await job;\nawait job.catch(() => {});'), filename, errors: [{ messageId: 'empty', line: 4, suggestions: 3 }] },
      { name: 'nobody else reads it', code: inside('const job = orders.save(id);\nawait job.catch(() => {});'), filename, errors: [{ messageId: 'empty', line: 3, suggestions: 3 }] },
      { name: 'the readers are the bodies of tries of a library', code: "export const sync = (client) => run(function* () {\n  const job = client.transaction(write);\n  if (yield* step()) { yield* wait({ try: () => job }); return; }\n  yield* wait({ try: () => job.catch(() => {}) });\n});", filename, errors: [{ messageId: 'empty', line: 4, suggestions: 2 }] },
    ],
  });
  new RuleTester({ languageOptions }).run('no-empty-catch', subject, {
    valid: [
      { name: 'a constant that stands for the result, without `calls: any`', code: inside('let limited = false;\ntry { limited = await limits.ask(id); } catch {}\nreturn limited;'), filename },
      { name: 'a reason why the constant may stand', code: inside('let limited = false;\ntry { limited = await limits.ask(id); } catch {\n// Fail open: the gateway has limits of its own.\n}\nreturn limited;'), filename, options: strict },
      { name: 'a variable that starts with nothing shows the failure', code: inside('let limits = null;\ntry { limits = await limits.ask(id); } catch {}\nreturn limits;'), filename, options: strict },
      { name: 'a variable without a value shows the failure', code: inside('let limits;\ntry { limits = await limits.ask(id); } catch {}\nreturn limits;'), filename, options: strict },
      { name: 'a value that was asked for before', code: inside('let limits = await cache.get(id);\ntry { limits = await limits.ask(id); } catch {}\nreturn limits;'), filename, options: strict },
      { name: 'a variable that is written elsewhere too', code: inside('let limited = false;\nif (id) limited = true;\ntry { limited = await limits.ask(id); } catch {}\nreturn limited;'), filename, options: strict },
      { name: 'a parse', code: inside('let limits = {};\ntry { limits = JSON.parse(id); } catch {}\nreturn limits;'), filename, options: strict },
    ],
    invalid: [
    ],
  });
});
