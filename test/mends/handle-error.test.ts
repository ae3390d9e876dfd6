import { describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { silentFailures } from '../../src/facts/silent-failures.js';
import type { Edit } from '../../src/mends/edit.js';
import { handleError } from '../../src/mends/handle-error.js';
import { sourceOf } from '../support/source.js';

function applied(text: string, edits: readonly Edit[]): string {
  let end = text.length;
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.range[0] - a.range[0])) {
    expect(edit.range[1], 'edits do not overlap').toBeLessThanOrEqual(end);
    out = `${out.slice(0, edit.range[0])}${edit.text}${out.slice(edit.range[1])}`;
    end = edit.range[0];
  }
  return out;
}

/** The texts that the mends of the first failure give, by what they do. */
function mended(code: string): Record<'log' | 'throw' | 'let' | 'say', string | undefined> {
  const file = sourceOf(code);
  const failure = silentFailures(file).find((judged) => judged.failure !== null)?.failure;
  if (failure == null) throw new Error(`nothing fails silently\n${code}`);
  const mends = handleError(failure).map((mend) => [mend.title, applied(file.text, mend.edits)] as const);
  for (const [, text] of mends) expect(parse('/a.ts', text), text).toMatchObject({ ok: true });
  const of = (start: string): string | undefined => mends.find(([title]) => title.startsWith(start))?.[1];
  return { log: of('log'), throw: of('throw'), let: of('let'), say: of('say') };
}

const SAY = 'TODO: say why this failure may be ignored';

type Case = readonly [name: string, code: string, expected: Partial<ReturnType<typeof mended>>];

const cases: readonly Case[] = [
  ['a catch on one line', 'try { await a.save(); } catch {}', {
    log: "try { await a.save(); } catch (error) { console.error('a.save failed', error); }",
    throw: 'try { await a.save(); } catch (error) { throw error; }',
    say: `try { await a.save(); } catch { /* ${SAY} */ }`,
  }],
  ['a catch over lines', 'try {\n  await a.save();\n} catch {}\n', {
    log: "try {\n  await a.save();\n} catch (error) {\n  console.error('a.save failed', error);\n}\n",
    throw: 'try {\n  await a.save();\n} catch (error) {\n  throw error;\n}\n',
    say: `try {\n  await a.save();\n} catch {\n  // ${SAY}\n}\n`,
  }],
  ['its indent', 'function f() {\n    try {\n        await1();\n    } catch (e) {\n    }\n}\n', {
    log: "function f() {\n    try {\n        await1();\n    } catch (e) {\n        console.error('await1 failed', e);\n    }\n}\n",
  }],
  ['tabs', 'function f() {\n\ttry {\n\t\tsave();\n\t} catch {\n\t}\n}\n', { log: "function f() {\n\ttry {\n\t\tsave();\n\t} catch (error) {\n\t\tconsole.error('save failed', error);\n\t}\n}\n" }],
  ['CRLF', 'try {\r\n  a.save();\r\n} catch {}\r\n', { throw: 'try {\r\n  a.save();\r\n} catch (error) {\r\n  throw error;\r\n}\r\n' }],
  ['no semicolons', 'try {\n  a.save()\n} catch {}\n', { throw: 'try {\n  a.save()\n} catch (error) {\n  throw error\n}\n' }],
  ['double quotes', 'import "a";\nimport "b";\ntry { a.save(); } catch {}', { log: 'import "a";\nimport "b";\ntry { a.save(); } catch (error) { console.error("a.save failed", error); }' }],
  ['its own name of the error', 'try { a.save(); } catch (cause) {}', { log: "try { a.save(); } catch (cause) { console.error('a.save failed', cause); }" }],
  ['an error that is taken apart', 'try { a.save(); } catch ({ code }) {}', { throw: 'try { a.save(); } catch (error) { throw error; }' }],
  ['comments stay', 'try {\n  a.save();\n} catch {\n  // ignore\n}\n', {
    log: "try {\n  a.save();\n} catch (error) {\n  // ignore\n  console.error('a.save failed', error);\n}\n",
    say: `try {\n  a.save();\n} catch {\n  // ignore\n  // ${SAY}\n}\n`,
  }],
  ['a line comment before the brace', 'try { a.save(); } catch { // ignore\n}\n', { throw: 'try { a.save(); } catch (error) { // ignore\n  throw error;\n}\n' }],
  ['a default', 'async function f() {\n  try {\n    return await a.load();\n  } catch {\n    return [];\n  }\n}\n', {
    log: "async function f() {\n  try {\n    return await a.load();\n  } catch (error) {\n    console.error('a.load failed', error);\n    return [];\n  }\n}\n",
    throw: 'async function f() {\n  try {\n    return await a.load();\n  } catch (error) {\n    throw error;\n  }\n}\n',
  }],
  ['a default that is logged', 'async function f() {\n  try {\n    return await a.load();\n  } catch (e) {\n    console.error(e);\n    return [];\n  }\n}\n', {
    log: undefined,
    throw: 'async function f() {\n  try {\n    return await a.load();\n  } catch (e) {\n    console.error(e);\n    throw e;\n  }\n}\n',
  }],
  ['a promise that is waited for', 'await a.save().catch(() => {});', {
    log: "await a.save().catch((error) => { console.error('a.save failed', error); });",
    let: 'await a.save();',
    say: `await a.save().catch(() => { /* ${SAY} */ });`,
  }],
  ['a promise that nobody waits for', 'a.save().catch(() => {});', { let: undefined, throw: undefined }],
  ['a chain over lines', 'await a\n  .save()\n  .catch(() => {});\n', { let: 'await a\n  .save();\n' }],
  ['an optional chain', 'await a?.save().catch((e) => {});', { log: "await a?.save().catch((e) => { console.error('a.save failed', e); });" }],
  ['a promise with a value that nobody reads', 'await a.save().catch(() => null);', { log: "await a.save().catch((error) => { console.error('a.save failed', error); });", let: 'await a.save();' }],
  ['a promise with a list', 'const b = await a.load().catch(() => []);', { log: "const b = await a.load().catch((error) => { console.error('a.load failed', error); return []; });", let: undefined }],
  ['a promise with an object', 'const b = await a.load().catch(() => ({ rows: [] }));', { log: "const b = await a.load().catch((error) => { console.error('a.load failed', error); return { rows: [] }; });", say: `const b = await a.load().catch(() => (/* ${SAY} */ { rows: [] }));` }],
  ['a function expression', 'await a.save().catch(function () {});', { log: "await a.save().catch(function (error) { console.error('a.save failed', error); });" }],
  ['the second function of then', 'await a.save().then(use, () => {});', { let: undefined, log: "await a.save().then(use, (error) => { console.error('a.save failed', error); });" }],
  ['a callback', 'db.save(a, (err) => {\n  if (err) {}\n});', { log: "db.save(a, (err) => {\n  if (err) { console.error('db.save failed', err); }\n});", throw: undefined }],
  ['a comment in what would be taken away', 'await a.save().catch(/* later */ () => {});', { let: undefined }],
  // The logger of the file.
  ['a logger of the file', "import { logger } from './log.js';\nlogger.error('x', e);\ntry { a.save(); } catch {}", { log: "import { logger } from './log.js';\nlogger.error('x', e);\ntry { a.save(); } catch (error) { logger.error('a.save failed', error); }" }],
  ['a logger that takes the error first', "import { logger } from './log.js';\nlogger.warn({ err: e }, 'x');\ntry { a.save(); } catch {}", { log: "import { logger } from './log.js';\nlogger.warn({ err: e }, 'x');\ntry { a.save(); } catch (error) { logger.error({ err: error }, 'a.save failed'); }" }],
  ['a logger that a model knows', "import pino from 'pino';\nconst log = pino();\nlog.info('x');\ntry { a.save(); } catch {}", { log: "import pino from 'pino';\nconst log = pino();\nlog.info('x');\ntry { a.save(); } catch (error) { log.error({ err: error }, 'a.save failed'); }" }],
  ["the class's logger", "class A {\n  b() { this.logger.error('x'); }\n  c() { try { d.save(); } catch {} }\n}", { log: "class A {\n  b() { this.logger.error('x'); }\n  c() { try { d.save(); } catch (error) { this.logger.error('d.save failed', error); } }\n}" }],
  ["another class's logger is not in scope", "class A { b() { this.logger.error('x'); } }\ntry { d.save(); } catch {}", { log: "class A { b() { this.logger.error('x'); } }\ntry { d.save(); } catch (error) { console.error('d.save failed', error); }" }],
  ["another function's logger is not in scope", "const f = (log) => log.error('x');\ntry { d.save(); } catch {}", { log: "const f = (log) => log.error('x');\ntry { d.save(); } catch (error) { console.error('d.save failed', error); }" }],
  ["the request's logger", "const f = (req) => { req.log.info('x'); try { d.save(); } catch {} };", { log: "const f = (req) => { req.log.info('x'); try { d.save(); } catch (error) { req.log.error('d.save failed', error); } };" }],
];

describe('an error is handled:', () => {
  it.each(cases)('%s', (_name, code, expected) => {
    const texts = mended(code);
    for (const [kind, text] of Object.entries(expected)) expect(texts[kind as keyof typeof texts], kind).toBe(text);
  });

  it('with at least two ways, where intent is in doubt', () => {
    for (const code of ['try { a.save(); } catch {}', 'await a.save().catch(() => {});', 'a.save().catch(() => {});', 'db.save(a, (err) => { if (err) {} });']) {
      expect(Object.values(mended(code)).filter((text) => text !== undefined).length, code).toBeGreaterThanOrEqual(2);
    }
  });
});
