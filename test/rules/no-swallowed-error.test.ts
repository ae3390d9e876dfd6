import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-swallowed-error.js';
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
const report = (messageId: 'default' | 'success' | 'logged', line: number, column: number, suggestions = 3) => ({ messageId, line, column, suggestions });

tester.run('no-swallowed-error', subject, {
  valid: [
    { name: 'the end of the function behind an empty block, which is another rule\'s', code: "import axios from 'axios';\nexport async function load() {\n  try { return await axios.get('/a'); } catch {}\n}", filename, options: [{ defaults: 'any' }] },
    { name: 'an error that reaches the caller', code: inside('try { return await orders.load(id); } catch (error) { throw new Error("load", { cause: error }); }'), filename },
    { name: 'an answer that says what happened', code: inside("try { return await orders.load(id); } catch { return { error: 'unavailable' }; }"), filename },
    { name: 'an answer with a success that is false', code: inside('try { await orders.save(id); return { success: true }; } catch { return { success: false }; }'), filename },
    { name: 'a report to telemetry', code: `import * as Sentry from '@sentry/node';\n${inside('try { return await orders.load(id); } catch (error) { Sentry.captureException(error); return []; }')}`, filename, options: [{ defaults: 'any', logged: 'writes' }] },
    { name: 'a metric', code: `import { Counter } from 'prom-client';\nconst failures = new Counter({ name: 'failures', help: 'h' });\n${inside('try { return await orders.load(id); } catch { failures.inc(); return []; }')}`, filename, options: [{ defaults: 'any', logged: 'writes' }] },
    { name: 'a span', code: `import { trace } from '@opentelemetry/api';\n${inside('const s = trace.getActiveSpan();\ntry { return await orders.load(id); } catch (e) { s?.recordException(e); return []; }')}`, filename },
    { name: 'a fatal log line', code: `import pino from 'pino';\nconst p = pino();\n${inside('try { return await orders.load(id); } catch (e) { p.fatal(e); return []; }')}`, filename },
    { name: 'null, by default', code: inside('try { return await orders.load(id); } catch { return null; }'), filename },
    { name: 'null for a call that is not known', code: inside('try { return await orders.load(id); } catch { return null; }'), filename, options: [{ defaults: 'any' }] },
    { name: 'a list in place of a promise, by default', code: inside('const all = await orders.load(id).catch(() => []);\nreturn all;'), filename },
    { name: 'a list in place of a promise that is not known', code: inside('const all = await orders.load(id).catch(() => []);\nreturn all;'), filename, options: [{ defaults: 'any' }] },
    { name: 'a write that is logged, by default', code: `${PG}${inside("try { await pool.query('DELETE FROM a'); } catch (error) { console.error(error); }")}`, filename },
    { name: 'an empty catch, which is another rule\'s', code: inside('try { await orders.save(id); } catch {}'), filename },
    { name: 'a comment', code: inside('try { return await orders.load(id); } catch { return []; /* the page shows the rest */ }'), filename },
    { name: 'a comment of the function', code: `/** Falls back to no orders, so that the page still renders. */\n${inside('try { return await orders.load(id); } catch { return []; }')}`, filename },
    { name: 'defaults switched off', code: inside('try { return await orders.load(id); } catch { return []; }'), filename, options: [{ defaults: 'never' }] },
    { name: 'logging switched off', code: inside('try { await orders.save(id); } catch (e) { console.error(e); }\nreturn { success: true };'), filename, options: [{ logged: 'never' }] },
    { name: 'a browser', code: `import { useEffect } from 'react';\n${inside('try { return await orders.load(id); } catch { return []; }')}`, filename: `${browser.root}/src/main.tsx` },
    { name: 'a file without a handler', code: 'export const a = 1;', filename },
    // Traps of real code.
    { name: 'trap: a parse with a fallback', code: 'export function tags(text: string) { try { return JSON.parse(text); } catch { return []; } }', filename, options: [{ defaults: 'any' }] },
    { name: 'trap: a predicate', code: inside('try { await orders.load(id); return true; } catch { return false; }'), filename, options: [{ defaults: 'any' }] },
    { name: 'trap: a predicate by its name', code: `${PG}${inside("try { return await pool.query('SELECT 1'); } catch { return null; }", 'hasOrder')}`, filename, options: [{ defaults: 'any' }] },
    { name: 'trap: does it exist', code: inside('try { return await s3.head(id); } catch { return 0; }', 'fileExists'), filename },
    { name: 'trap: a name that says so', code: inside('try { return await orders.load(id); } catch { return []; }', 'tryLoadOrders'), filename },
    { name: 'trap: a finally that decides', code: inside('try { await orders.save(id); } catch (e) { console.error(e); } finally { release(id); }\nreturn { success: true };'), filename },
    { name: 'trap: a try inside a catch', code: inside('try { return await orders.load(id); } catch (e) { try { return await copy.load(id); } catch { return []; } }'), filename },
    { name: 'trap: the outcome in a variable', code: inside('let saved = false;\ntry { await orders.save(id); saved = true; } catch (e) { console.error(e); }\nreturn { success: true, saved };'), filename },
    { name: 'trap: success leaves the block', code: inside('try { await orders.save(id); return { success: true }; } catch (e) { console.error(e); }\nreturn { success: false };'), filename },
    { name: 'trap: another way behind the try', code: inside('try { return await cache.load(id); } catch {}\nreturn orders.load(id);'), filename },
    { name: 'trap: a boundary that answers with an error status', code: 'app.get("/", async (req, res) => { try { res.json(await orders.load(1)); } catch (e) { console.error(e); res.status(500).json([]); } });', filename },
    { name: 'trap: a cached copy', code: inside('try { return await store.get(id); } catch { return {}; }', 'getCachedOrders'), filename },
    { name: 'trap: the error in a tuple', code: inside('try { return [await orders.load(id), null]; } catch (e) { return [null, e]; }'), filename },
    { name: 'trap: a callback that gets it', code: 'export const load = (done) => db.load(1, (err, rows) => { if (err) return done(err); done(null, rows); });', filename },
    { name: 'trap: the top of a program', code: 'main().catch(console.error);', filename },
    { name: 'trap: a claim that is true', code: inside('await orders.save(id);\ntry { await chat.send(id); } catch (e) { console.error(e); }\nreturn { success: true };'), filename },
    { name: 'trap: a log line and an empty list where a helper asks a database by the way', code: `import { loadOrders } from './orders.js';\n${inside('try { return await loadOrders(); } catch (e) { console.error(e); return []; }')}`, filename, options: [{ defaults: 'any' }] },
    { name: 'trap: a second net', code: `class Api { async load() { const [error, rows] = await query(); if (error) { console.error(error); return []; } return rows; } }\n${inside('const rows = await new Api().load().catch(() => []);\nreturn rows;')}`, filename, options: [{ defaults: 'everywhere' }] },
    { name: 'trap: a function without a result', code: `${PG}${inside("try { await pool.query('DELETE FROM a'); } catch { return; }")}`, filename, options: [{ defaults: 'any' }] },
    { name: 'trap: the body of a reply', code: inside("const text = await response.text().catch(() => '');\nthrow new Error(text);"), filename, options: [{ defaults: 'any' }] },
  ],
  invalid: [
    { name: 'a list for an outage', code: inside('try { return await orders.load(id); } catch { return []; }'), filename, errors: [{ ...report('default', 2, 39), suggestions: [
      { messageId: 'suggestHandling', output: inside("try { return await orders.load(id); } catch (error) { console.error('orders.load failed', error); return []; }") },
      { messageId: 'suggestHandling', output: inside('try { return await orders.load(id); } catch (error) { throw error; }') },
      { messageId: 'suggestHandling', output: inside('try { return await orders.load(id); } catch { /* TODO: say why this failure may be ignored */ return []; }') },
    ] }] },
    { name: 'an object', code: inside('try { return await orders.load(id); } catch { return {}; }'), filename, errors: [report('default', 2, 39)] },
    { name: 'a page of nothing', code: inside('try { return await orders.load(id); } catch (e) { return { rows: [], total: 0 }; }'), filename, errors: [report('default', 2, 39)] },
    { name: 'a map', code: inside('try { return await orders.load(id); } catch { return new Map(); }'), filename, errors: [report('default', 2, 39)] },
    { name: 'an empty text', code: inside("try { return await orders.load(id); } catch { return ''; }"), filename, errors: [report('default', 2, 39)] },
    { name: 'a constant behind an empty block', code: inside('try { return await orders.load(id); } catch {}\nreturn [];'), filename, errors: [report('default', 2, 39)] },
    { name: 'a list behind a database', code: `${PG}${inside("try { return (await pool.query('SELECT 1')).rows; } catch { return []; }")}`, filename, errors: [report('default', 4, 53)] },
    { name: 'a function of another file', code: `import { loadOrders } from './orders.js';\n${inside('try { return await loadOrders(); } catch { return []; }')}`, filename, errors: [report('default', 3, 36)] },
    { name: 'null for a known client, asked for', code: `import { db } from './index.js';\n${inside("try { return await db.query('SELECT 1'); } catch { return null; }")}`, filename, options: [{ defaults: 'any' }], errors: [report('default', 3, 44)] },
    { name: 'a list in place of a promise, asked for', code: inside('const all = await orders.load(id).catch(() => []);\nreturn all;'), filename, options: [{ defaults: 'everywhere' }], errors: [report('default', 2, 41, 2)] },
    { name: 'a list in place of the promise of a known client, asked for', code: `${PG}${inside("const all = await pool.query('SELECT 1').catch(() => []);\nreturn all;")}`, filename, options: [{ defaults: 'any' }], errors: [report('default', 4, 48, 2)] },
    { name: 'a logged list for a database, asked for', code: `${PG}${inside("try { return (await pool.query('SELECT 1')).rows; } catch (e) { console.error(e); return []; }")}`, filename, options: [{ defaults: 'any' }], errors: [report('default', 4, 53, 2)] },
    { name: 'a success behind a logged failure', code: inside('try { await orders.save(id); } catch (e) { console.error(e); }\nreturn { success: true };'), filename, errors: [report('success', 2, 32, 2)] },
    { name: 'a success in the handler', code: inside('try { await orders.save(id); } catch (e) { logger.warn(e); return { ok: true, id }; }'), filename, errors: [report('success', 2, 32, 2)] },
    { name: 'a 200', code: 'app.post("/", async (req, res) => {\n  try { await orders.save(1); } catch (e) { console.error(e); }\n  res.sendStatus(200);\n});', filename, errors: [report('success', 2, 33, 2)] },
    { name: 'a result that claims', code: inside('try { await orders.remove(id); } catch (e) { log.error(e); }\nawait bus.publish(id);\nreturn { result: DeletionResult.DELETED };'), filename, errors: [report('success', 2, 34, 2)] },
    { name: 'a logger that a model knows', code: `import { createLogger } from 'winston';\nconst w = createLogger();\n${inside('try { await orders.save(id); } catch (e) { w.error(e); }\nreturn { success: true };')}`, filename, errors: [report('success', 4, 32, 2)] },
    { name: 'a logged write, asked for', code: `${PG}${inside("try { await pool.query('DELETE FROM a'); } catch (error) { console.error(error); }")}`, filename, options: [{ logged: 'writes' }], errors: [report('logged', 4, 44, 2)] },
    { name: 'a promise whose write is logged, asked for', code: "import axios from 'axios';\naxios.post('/a').catch((e) => console.error(e));", filename, options: [{ logged: 'writes' }], errors: [report('logged', 2, 24, 1)] },
    { name: 'JavaScript', code: "exports.load = async () => { try { return await orders.load(); } catch { return []; } };", filename: inFile('src/main.cjs'), errors: [report('default', 1, 66)] },
    { name: 'a method', code: 'export class Orders {\n  async list() {\n    try { return await this.api.list(); } catch { return []; }\n  }\n}', filename, errors: [report('default', 3, 43)] },
    { name: 'the words of a write', code: `${PG}${inside("try { return await pool.query('INSERT INTO a VALUES (1)'); } catch { return null; }")}`, filename, options: [{ defaults: 'any' }], errors: [{ messageId: 'default', data: { call: '`pool.query`', standIn: '`null`', doubt: 'cannot tell that it was not done', log: '; this handler logs nothing' }, suggestions: 3 }] },
    { name: 'the words of a report', code: inside('try { return await carts.load(id); } catch { return []; }'), filename, errors: [{ messageId: 'default', data: { call: '`carts.load`', standIn: '`[]`', doubt: 'cannot tell an outage from an empty result', log: '; this handler logs nothing' }, suggestions: 3 }] },
  ],
});

describe('known limitation', () => {
  new RuleTester({ languageOptions }).run('no-swallowed-error', subject, {
    valid: [
      { name: 'a null that the caller takes for "not there"', code: inside('const user = await users.load(id).catch(() => null);\nreturn user?.name;'), filename, options: [{ defaults: 'any' }] },
      { name: 'a `false` that should have been an error', code: inside('try { return await access.mayRead(id); } catch { return false; }'), filename, options: [{ defaults: 'any' }] },
      { name: 'a default behind a variable', code: inside('const none = [];\ntry { return await orders.load(id); } catch { return none; }'), filename },
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
      plugins: { resilience: { rules: { 'no-swallowed-error': subject } } as ESLint.Plugin },
      languageOptions: { parser: parser as Linter.Parser, parserOptions, ecmaVersion: 2024, sourceType: 'module' },
      rules: { 'resilience/no-swallowed-error': ['error', ...options] as ['error'] },
    }],
    { filename: path },
  );
}

describe('the same is reported', () => {
  const code = "import axios from 'axios';\nexport const a = async () => {\n  try { return await axios.get('/a'); } catch { return []; }\n};\nexport const b = async () => {\n  try { await axios.post('/a'); } catch (e) { console.error(e); }\n  return { success: true };\n};\n";
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endLine, endColumn, suggestions }) => ({ messageId, line, column, endLine, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([3, 6]);
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
    for (const code of ["export async function a() { try { return await b.load(); } catch { return []; } }", "export async function a() {\n  try {\n    return await b.load();\n  } catch (e) {\n    return {};\n  }\n}"]) {
      const messages = messagesWith(oxcParser, code);
      expect(messages, code).toHaveLength(1);
      expect(messages[0]!.suggestions!.length, code).toBeGreaterThanOrEqual(2);
      for (const { fix, desc } of messages[0]!.suggestions!) {
        const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
        expect(parse(filename, output)).toMatchObject({ ok: true });
        // A line in a log ends it only where nothing stands in for a result.
        if (!desc.includes('log the error')) expect(messagesWith(oxcParser, output), output).toEqual([]);
      }
    }
  });
});

describe('options', () => {
  const bad: [sentence: string, options: unknown[]][] = [
    ['defaults that do not exist', [{ defaults: 'all' }]],
    ['logged failures that do not exist', [{ logged: 'reads' }]],
    ['an option that does not exist', [{ tiers: [] }]],
    ['two objects', [{}, {}]],
  ];

  it.each(bad)('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/no-swallowed-error/);
  });
});
