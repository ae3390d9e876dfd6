import { describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { libraryRetries } from '../../src/facts/library-retries.js';
import { retryRegions } from '../../src/facts/retries.js';
import { addBackoff } from '../../src/mends/add-backoff.js';
import { addRetryLimit } from '../../src/mends/add-retry-limit.js';
import type { Mend } from '../../src/mends/edit.js';
import { hardenLibrary } from '../../src/mends/library-retry.js';
import { sourceOf } from '../support/source.js';

/** The code after a mend; it must parse. `null` where there is none. */
function applied(code: string, mend: Mend | undefined): string | null {
  if (mend === undefined) return null;
  let text = code;
  for (const edit of [...mend.edits].reverse()) text = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
  expect(parse('a.ts', text).ok, text).toBe(true);
  return text;
}

function withBackoff(code: string): string | null {
  const file = sourceOf(code);
  const [region] = retryRegions(file);
  if (region === undefined) throw new Error(`no region in ${code}`);
  return applied(code, addBackoff(file, region, 'noDelay')[0]);
}

function withLimit(code: string): string | null {
  const file = sourceOf(code);
  return applied(code, addRetryLimit(file, retryRegions(file)[0]!)[0]);
}

const SLEEP = 'const sleep = (ms) => new Promise((r) => setTimeout(r, ms));';
const TIMER = 'new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(10_000, 200 * 2 ** i)))';
const MS = 'Math.random() * Math.min(10_000, 200 * 2 ** i)';

describe('a wait before the next attempt', () => {
  it.each([
    ['in an empty block', `${SLEEP} async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch {} } }`, (code: string) => code.replace('catch {}', `catch { if (i < 2) await sleep(${MS}); }`)],
    ['beside a comment', `${SLEEP}\nasync function f(u) {\n  for (let i = 0; i < 3; i++) {\n    try {\n      return await fetch(u);\n    } catch {\n      // busy\n    }\n  }\n}`, (code: string) => code.replace('// busy\n', `// busy\n      if (i < 2) await sleep(${MS});\n`)],
    ['behind a comment at the end of a line', `${SLEEP}\nasync function f(u) {\n  for (let i = 0; i < 3; i++) {\n    try {\n      return await fetch(u);\n    } catch (e) {\n      log(e); // why\n    }\n  }\n}`, (code: string) => code.replace('// why\n', `// why\n      if (i < 2) await sleep(${MS});\n`)],
    ['without semicolons', `const sleep = (ms) => new Promise((r) => setTimeout(r, ms))\nasync function f(u) {\n\tfor (let i = 0; i < 3; i++) {\n\t\ttry {\n\t\t\treturn await fetch(u)\n\t\t} catch (e) {\n\t\t\tlog(e)\n\t\t}\n\t}\n}`, (code: string) => code.replace('log(e)\n', `log(e)\n\t\t\tif (i < 2) await sleep(${MS})\n`)],
    ['in front of a last continue', `${SLEEP} async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch { continue; } } }`, (code: string) => code.replace('continue;', `if (i < 2) await sleep(${MS}); continue;`)],
    ['at the head of the round, for a continue further in', `${SLEEP} async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch (e) { if (e.busy) continue; log(e); } } }`, (code: string) => code.replace('{ try', `{ if (i > 0) await sleep(${MS.replace('** i', '** (i - 1)')}); try`)],
    ['behind a choice that sends out the last', `${SLEEP} async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch (e) { if (i < 2) { log(e); } else { throw e; } } } }`, (code: string) => code.replace('throw e; } }', `throw e; } await sleep(${MS}); }`)],
    ['by a timer, in a script with neither imports nor requires', 'async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch {} } }', (code: string) => code.replace('catch {}', `catch { if (i < 2) await ${TIMER}; }`)],
    ['by a timer, in a file of directives', "'use strict'; export async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch {} } }", (code: string) => code.replace('catch {}', `catch { if (i < 2) await ${TIMER}; }`)],
  ])('%s', (_name, code, expected) => expect(withBackoff(code)).toBe(expected(code)));

  it.each([
    ['a deadline, which a growing wait would overrun', `${SLEEP} async function f(u) { const end = Date.now() + 9e4; while (Date.now() < end) { try { return await fetch(u); } catch (e) { log(e); } } }`],
    ['a list of rounds', `${SLEEP} async function f(u) { for (const round of [1, 2, 3]) { try { return await fetch(u); } catch (e) { log(round); } } }`],
    ['a function that cannot wait', `${SLEEP} function f(u) { return fetch(u).catch(() => f(u)); }`],
  ])('none for %s', (_name, code) => expect(withBackoff(code)).toBeNull());

  it('takes no helper that counts seconds, nor one with more parameters', () => {
    const code = "import 'x';\nconst sleep = (seconds) => new Promise((r) => setTimeout(r, seconds * 1000));\nconst delay = (signal, ms) => new Promise((r) => setTimeout(r, ms));\nasync function f(u) { while (true) { try { return await fetch(u); } catch {} } }";
    expect(withBackoff(code)).toContain("import { setTimeout as pause } from 'node:timers/promises';");
  });
  it('adds to an import of the same module', () => {
    const code = "import { scheduler } from 'node:timers/promises';\nexport async function f(u) { while (true) { try { return await fetch(u); } catch {} } }";
    expect(withBackoff(code)).toContain("import { scheduler, setTimeout as sleep } from 'node:timers/promises';");
  });
  it('mends so that nothing is found again', () => {
    const code = `${SLEEP} async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch {} } }`;
    expect(retryRegions(sourceOf(withBackoff(code)!))[0]!.delay).toMatchObject({ is: 'present', growth: 'yes', jitter: 'yes' });
  });
});

describe('a limit', () => {
  it('counts in front of the loop, and throws what was caught', () => {
    const code = 'async function f(u) {\n  while (true) {\n    try {\n      return await fetch(u);\n    } catch {\n      // again\n    }\n  }\n}';
    expect(withLimit(code)).toBe('async function f(u) {\n  let attempts = 0;\n  while (true) {\n    try {\n      return await fetch(u);\n    } catch (error) {\n      if (++attempts >= 3) throw error;\n      // again\n    }\n  }\n}');
  });
  it('takes a name that is free', () => {
    expect(withLimit('async function f(u, attempts) { while (true) { try { return await fetch(u, attempts); } catch (e) { log(e); } } }')).toContain('let tries = 0;');
  });
  it('mends so that nothing is found again', () => {
    const mended = withLimit('async function f(u) { while (true) { try { return await fetch(u); } catch (e) { log(e); } } }')!;
    expect(retryRegions(sourceOf(mended))[0]).toMatchObject({ endless: false, attempts: 3 });
  });
  it.each([
    ['a label', 'async function f(u) { again: while (true) { try { return await fetch(u); } catch { continue again; } } }'],
    ['a pattern in the catch', 'async function f(u) { while (true) { try { return await fetch(u); } catch ({ code }) { log(code); } } }'],
    ['a function that calls itself', 'async function f(u) { try { return await fetch(u); } catch { return f(u); } }'],
  ])('none for %s', (_name, code) => expect(withLimit(code)).toBeNull());
});

describe('options of libraries', () => {
  const written = (code: string, adds: 'delay' | 'limit' | 'jitter'): (string | null)[] => {
    const file = sourceOf(code);
    return libraryRetries(file).map((retry) => {
      const mend = hardenLibrary(file, retry, { backoff: adds === 'delay' ? 'noDelay' : adds === 'jitter' ? 'noJitter' : null, endless: adds === 'limit' });
      return applied(code, typeof mend === 'string' ? undefined : mend);
    });
  };
  it.each([
    ['an import that is there', "import { handleAll, retry, ExponentialBackoff } from 'cockatiel'; retry(handleAll, {});", 'delay', "import { handleAll, retry, ExponentialBackoff } from 'cockatiel'; retry(handleAll, { backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 10_000 }) });"],
    ['a namespace', "import * as cockatiel from 'cockatiel'; cockatiel.retry(cockatiel.handleAll);", 'limit', "import * as cockatiel from 'cockatiel'; cockatiel.retry(cockatiel.handleAll, { maxAttempts: 2 });"],
    ['options in a constant', "import axiosRetry from 'axios-retry'; const options = { retries: 3 }; axiosRetry(axios, options);", 'delay', "import axiosRetry from 'axios-retry'; const options = { retries: 3, retryDelay: axiosRetry.exponentialDelay }; axiosRetry(axios, options);"],
    ['a default of the queue', "import { Queue } from 'bullmq'; new Queue('a', { connection, defaultJobOptions: { attempts: 4 } });", 'delay', "import { Queue } from 'bullmq'; new Queue('a', { connection, defaultJobOptions: { attempts: 4, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } } });"],
    ['a random part below an option', "import { Queue } from 'bullmq'; new Queue('a', { defaultJobOptions: { attempts: 4, backoff: { type: 'exponential', delay: 9 } } });", 'jitter', "import { Queue } from 'bullmq'; new Queue('a', { defaultJobOptions: { attempts: 4, backoff: { type: 'exponential', delay: 9, jitter: 0.5 } } });"],
  ] as const)('%s', (_name, code, adds, expected) => expect(written(code, adds)).toEqual([expected]));
  it.each([
    ['a delay that is set to nothing: somebody chose it', "import axiosRetry from 'axios-retry'; axiosRetry(axios, { retryDelay: 0 });", 'delay'],
    ['a name that is taken', "import { handleAll, retry } from 'cockatiel'; const ExponentialBackoff = 1; retry(handleAll, {});", 'delay'],
    ['spread arguments', "import axiosRetry from 'axios-retry'; axiosRetry(...args);", 'delay'],
  ] as const)('none for %s', (_name, code, adds) => expect(written(code, adds)).toEqual([null]));
});
