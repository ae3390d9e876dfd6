import { describe, expect, it } from 'vitest';
import { createSourceFile, type ImportedModule, type ProjectPort, type SourceFile } from '../../src/analysis/source-file.js';
import { summarize, type FunctionSummary, type Retry } from '../../src/analysis/summarize.js';
import { callAssertions } from '../../src/analysis/summarize-asserts.js';
import { isFunction } from '../../src/analysis/syntax.js';
import type { FunctionNode } from '../../src/analysis/value.js';
import { SHIPPED_MODELS } from '../../src/models/model-set.js';
import { nodesOf, sourceOf } from '../support/source.js';

/** The function called `name`: a declaration, a method, or what a variable of this name holds. */
function functionIn(file: SourceFile, name: string): FunctionNode {
  void file.index;
  const found = nodesOf(file).find((node): node is FunctionNode => {
    if (!isFunction(node)) return false;
    const { parent } = node;
    if (node.id?.type === 'Identifier' && node.id.name === name) return true;
    if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' && parent.id.name === name;
    return (parent?.type === 'MethodDefinition' || parent?.type === 'Property') && parent.key.type === 'Identifier' && parent.key.name === name;
  });
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

/** The summary of the function `f`. */
function summaryOf(code: string): FunctionSummary {
  const file = sourceOf(code);
  return summarize(file, functionIn(file, 'f'));
}

/** Files that import each other, without a disk. */
function filesOf(texts: Readonly<Record<string, string>>): (path: string) => SourceFile {
  const files = new Map<string, SourceFile>();
  const project: ProjectPort = {
    ...sourceOf('').project,
    crossFile: true,
    models: SHIPPED_MODELS,
    importedModule(_from, specifier): ImportedModule {
      const path = `/project/${specifier.replace(/^\.\//, '')}`;
      if (Object.hasOwn(texts, path)) return { is: 'file', file: fileAt(path) };
      return specifier.startsWith('.') ? { is: 'unresolved', reason: 'not-found' } : { is: 'package', name: specifier, subpath: '' };
    },
  };
  const fileAt = (path: string): SourceFile => {
    let file = files.get(path);
    if (file === undefined) {
      const { program, text, comments, scopes } = sourceOf(texts[path]!, path);
      files.set(path, (file = createSourceFile({ path, text, program, comments, scopes: () => scopes, project })));
    }
    return file;
  };
  return fileAt;
}

describe('does it sleep', () => {
  const table: [sentence: string, code: string, is: 'yes' | 'no' | 'unknown'][] = [
    ['a promise that a timer resolves', 'function f(ms) { return new Promise((resolve) => setTimeout(resolve, ms)); }', 'yes'],
    ['a timer whose callback resolves', 'const f = (ms) => new Promise((done) => { setTimeout(() => done(1), ms); });', 'yes'],
    ['a timer that calls a function by its name', "const f = (ms, signal) => new Promise((resolve) => { let t; const done = () => { signal.removeEventListener('abort', done); clearTimeout(t); resolve(); }; t = setTimeout(done, ms); signal.addEventListener('abort', done); });", 'yes'],
    ['a timer that calls a function of the executor', 'const f = (ms) => new Promise((resolve) => { function done() { resolve(); } setTimeout(done, ms); });', 'yes'],
    ['a sleep that an abort ends early', "const f = (ms, signal) => new Promise((resolve, reject) => { const t = setTimeout(resolve, ms); signal.addEventListener('abort', () => { clearTimeout(t); reject(signal.reason); }); });", 'yes'],
    ['it awaits a helper of the file', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f() { await nap(10); }', 'yes'],
    ['through three helpers', 'const a = () => new Promise((r) => setTimeout(r, 5)); const b = () => a(); const c = async () => { await b(); }; async function f() { return c(); }', 'yes'],
    ['a method of its class', 'class Poller { pause() { return new Promise((r) => setTimeout(r, 5)); } async f() { await this.pause(); } }', 'yes'],
    ['timers/promises', "import { setTimeout } from 'node:timers/promises'; async function f() { await setTimeout(100); }", 'yes'],
    ['timers/promises under another name', "import { setTimeout as nap } from 'timers/promises'; async function f() { await nap(100); }", 'yes'],
    ['a package for it', "import delay from 'delay'; async function f() { await delay(100); }", 'yes'],
    ['a package by require', "const delay = require('delay'); async function f() { await delay(100); }", 'yes'],
    ['a promisified timer', "import { promisify } from 'node:util'; const later = promisify(setTimeout); async function f() { await later(100); }", 'yes'],
    ['an unreadable function that is called sleep', "import { sleep } from './missing'; async function f() { await sleep(100); }", 'yes'],
    ['an injected clock', 'async function f({ clock }) { await clock.sleep(100); }', 'yes'],
    ['only on some path', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f(n) { if (n > 0) await nap(n); }', 'yes'],
    ['a promise kept in a variable', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f() { const p = nap(1); await work(); await p; }', 'yes'],
    ['one of all', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f() { await Promise.all([nap(1), fetch(url)]); }', 'yes'],
    ['in a callback of then', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); function f() { return fetch(url).then(() => nap(5)); }', 'yes'],
    ['Atomics.wait blocks', 'function f(view) { Atomics.wait(view, 0, 0, 100); }', 'yes'],
    ['nobody waits for the timer', 'function f() { setTimeout(work, 100); }', 'no'],
    ['nobody waits for the sleep', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f() { void nap(100); }', 'no'],
    ['a timer of no time', 'const f = () => new Promise((resolve) => setTimeout(resolve, 0));', 'no'],
    ['a time limit is no sleep', 'const f = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error()), ms));', 'no'],
    ['a request', 'async function f() { return fetch(url); }', 'no'],
    ['a function called sleep that does not', 'async function sleep() { return 1; } async function f() { await sleep(100); }', 'no'],
    ['a local function called setTimeout', 'function f() { const setTimeout = (g) => g(); return new Promise((resolve) => setTimeout(resolve, 100)); }', 'unknown'],
    ['plain code', 'function f(a) { return a + 1; }', 'no'],
    ['a function that calls itself', 'async function f(n) { if (n === 0) return 0; return f(n - 1); }', 'no'],
    ['two that call each other, one of which sleeps', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f(n) { await g(n); } async function g(n) { if (n) await f(n); await nap(1); }', 'yes'],
    ['two that call each other and do not sleep', 'async function f(n) { await g(n); } async function g(n) { if (n) await f(n); }', 'no'],
    ['a function by its name that a timer or the work calls', 'const f = (work) => new Promise((resolve) => { const done = () => resolve(); setTimeout(done, 10); work().then(() => done()); });', 'unknown'],
    ['a promise that a timer or the work resolves', 'const f = (work) => new Promise((resolve) => { setTimeout(resolve, 10); work().then(resolve); });', 'unknown'],
    ['an unreadable function that waits for something', "import { waitFor } from './missing'; async function f() { await waitFor(ready); }", 'unknown'],
    ['an unreadable function that tells how long to wait', "import { backoffMs } from './missing'; function f(n) { return backoffMs(n); }", 'unknown'],
    ['a function that is handed in', 'async function f(work) { await work(); }', 'unknown'],
    ['a race with a timer', 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); async function f(p) { await Promise.race([p, nap(100)]); }', 'unknown'],
  ];
  it.each(table)('%s', (_sentence, code, is) => expect(summaryOf(code).sleeps.is).toBe(is));

  it('asks again for each function of a circle', () => {
    const file = sourceOf('async function f(n) { await g(n); } async function g(n) { await h(n); } async function h(n) { await f(n); await new Promise((r) => setTimeout(r, n)); }');
    for (const name of ['f', 'g', 'h']) expect(summarize(file, functionIn(file, name)).sleeps.is).toBe('yes');
  });

  it('says why it does not know', () => {
    const { sleeps } = summaryOf('async function f(work) { await work(); }');
    expect(sleeps).toEqual({ is: 'unknown', reason: { code: 'parameter', detail: 'work' } });
  });
});

describe('does it throw', () => {
  const table: [sentence: string, code: string, throws: string][] = [
    ['a throw and nothing else', 'function f() { throw new Error(); }', 'always'],
    ['a throw in each branch', 'function f(x) { if (x) throw new Error("a"); else throw new Error("b"); }', 'always'],
    ['through a function that always throws', 'function fail(m) { throw new Error(m); } function f() { fail("x"); }', 'always'],
    ['through an awaited function that always throws', 'async function fail() { throw new Error(); } async function f() { await fail(); }', 'always'],
    ['a rejected promise', 'function f(e) { return Promise.reject(e); }', 'always'],
    ['a rejected promise returned out of a try', 'async function fail() { throw new Error(); } async function f() { try { return fail(); } catch { return 1; } }', 'always'],
    ['rethrown after logging', 'async function f() { try { return await fetch(url); } catch (e) { console.error(e); throw e; } finally { console.log(1); } }', 'sometimes'],
    ['rethrown, if anything was thrown', 'function f() { try { work(); return 1; } catch (e) { throw e; } }', 'unknown'],
    ['a guard', 'function f(x) { if (!x) throw new Error(); return x; }', 'sometimes'],
    ['a request that is awaited', 'async function f() { await fetch(url); }', 'sometimes'],
    ['a request that is returned', 'const f = () => fetch(url);', 'sometimes'],
    ['JSON.parse', 'const f = (text) => JSON.parse(text);', 'sometimes'],
    ['a constructor that throws', 'class Id { constructor(x) { if (!x) throw new Error(); } } const f = (x) => new Id(x);', 'sometimes'],
    ['a promise with reject', 'const f = () => new Promise((resolve, reject) => setTimeout(reject, 10));', 'sometimes'],
    ['plain code', 'function f(a, b) { return a + b; }', 'never'],
    ['a throw that is caught', 'function f() { try { throw new Error(); } catch { return null; } }', 'never'],
    ['a request whose error is caught', 'async function f() { try { return await fetch(url); } catch { return null; } }', 'never'],
    ['a request with a handler', 'async function f() { return await fetch(url).catch(() => null); }', 'never'],
    ['a helper that never throws', 'const add = (a, b) => a + b; function f() { return add(1, 2); }', 'never'],
    ['an async function that nobody awaits', 'async function fail() { throw new Error(); } function f() { void fail(); }', 'never'],
    ['it ends the process', 'function f() { console.error("x"); process.exit(1); }', 'never'],
    ['a sleep', 'const f = (ms) => new Promise((resolve) => setTimeout(resolve, ms));', 'never'],
    ['a function that calls itself', 'function f(n) { return n === 0 ? 1 : f(n - 1); }', 'never'],
    ['a return in finally swallows it', 'function f() { try { throw new Error(); } finally { return 1; } }', 'never'],
    ['methods of lists and texts', "const f = (xs) => xs.join().trim().split(',');", 'never'],
    ['a store that is awaited', 'async function f(store) { await store.delete(1); }', 'unknown'],
    ['a store whose promise is returned', 'async function f(store) { return store.delete(1); }', 'unknown'],
    ['a call of something unknown', 'function f(g) { g(); }', 'unknown'],
  ];
  it.each(table)('%s', (_sentence, code, throws) => expect(summaryOf(code).throws).toBe(throws));

  it.each([
    ['a function that throws', 'function f() { throw 1; }', false],
    ['a function that ends the process', 'function f() { process.exit(1); }', false],
    ['a loop without end', 'async function f() { for (;;) await work(); }', false],
    ['a function that may throw', 'function f(x) { if (x) throw 1; }', true],
  ])('returns at all: %s', (_sentence, code, returns) => expect(summaryOf(code).returnsAtAll).toBe(returns));
});

describe('does it log, does it report', () => {
  const table: [sentence: string, code: string, logs: string, reports: string][] = [
    ['console.error', 'function f(e) { console.error(e); }', 'yes', 'no'],
    ['a logger of the class', 'class A { f(e) { this.logger.warn(e); } }', 'yes', 'unknown'],
    ['a logger of the request', 'function f(req, e) { req.log.error(e); }', 'yes', 'unknown'],
    ['a logger that is made on the spot', "function f(e) { getLogger('x').error(e); }", 'yes', 'unknown'],
    ['through a helper', 'function note(e) { console.warn(e); } function f(e) { note(e); }', 'yes', 'no'],
    ['a helper handed on', 'function note(e) { console.warn(e); } function f() { return fetch(url).catch(note); }', 'yes', 'unknown'],
    ['console handed on', 'function f(list) { list.forEach(console.log); }', 'yes', 'unknown'],
    ['captureException', "import * as Sentry from '@sentry/node'; function f(e) { Sentry.captureException(e); }", 'unknown', 'yes'],
    ['inside a scope', "import * as Sentry from '@sentry/node'; function f(e) { Sentry.withScope((scope) => { Sentry.captureException(e); }); }", 'unknown', 'yes'],
    ['the status of a span', 'function f(span, e) { span.setStatus({ code: 2 }); }', 'unknown', 'yes'],
    ['a metric', 'function f(metrics) { metrics.increment("failed"); }', 'unknown', 'yes'],
    ['fatal is handling, not logging', 'function f(logger, e) { logger.fatal(e); }', 'unknown', 'yes'],
    ['a notify that is about something else', 'function f(user) { user.notify("hello"); }', 'unknown', 'unknown'],
    ['a logger of the project that does nothing', 'const logger = { error() {} }; function f(e) { logger.error(e); }', 'no', 'no'],
    ['a request does neither', 'async function f() { await fetch(url); }', 'no', 'no'],
    ['methods of texts do neither', 'function f(e) { return e.message.includes("x"); }', 'no', 'no'],
    ['plain code does neither', 'function f(a) { return a + 1; }', 'no', 'no'],
    ['two that call each other do neither', 'function f(n) { g(n); } function g(n) { if (n) f(n); }', 'no', 'no'],
    ['what is defined but never called', 'function f() { const note = (e) => console.log(e); return 1; }', 'no', 'no'],
  ];
  it.each(table)('%s', (_sentence, code, logs, reports) => {
    const summary = summaryOf(code);
    expect([summary.logs.is, summary.reports.is]).toEqual([logs, reports]);
  });
});

describe('what holds after it', () => {
  const table: [sentence: string, code: string, asserts: string[]][] = [
    ['an invariant', 'function f(condition, message) { if (!condition) throw new Error(message); }', ['0 truthy']],
    ['a test for null', 'function f(x) { if (x == null) throw new Error(); }', ['0 non-nullish']],
    ['null and undefined apart', 'function f(x) { if (x === null) throw 1; if (x === undefined) throw 2; }', ['0 non-nullish']],
    ['two parameters', 'function f(a, b) { if (!a || b == null) throw new Error(); }', ['0 truthy', '1 non-nullish']],
    ['a type test', "function f(x) { if (typeof x !== 'string') throw new TypeError(); return x; }", ['0 non-nullish']],
    ['it ends the process instead', 'function f(x) { if (!x) process.exit(1); }', ['0 truthy']],
    ['through another assertion', 'function must(x) { if (!x) throw new Error(); } function f(x) { must(x); }', ['0 truthy']],
    ['through a function that always throws', 'function fail() { throw new Error(); } function f(x) { if (!x) fail(); }', ['0 truthy']],
    ['through node:assert', "import assert from 'node:assert'; function f(x) { assert(x != null); }", ['0 non-nullish']],
    ['as its signature says', 'function f(x: unknown): asserts x is string { check(x); }', ['0 non-nullish']],
    ['as its signature says of a condition', 'function f(condition: unknown): asserts condition { check(condition); }', ['0 truthy']],
    ['an early return is no assertion', 'function f(x) { if (!x) return; work(x); }', []],
    ['an error that is swallowed is no assertion', 'function f(x) { try { if (!x) throw new Error(); } catch {} }', []],
    ['a promise that nobody awaits is no assertion', 'async function must(x) { if (!x) throw new Error(); } async function f(x) { must(x); }', []],
    ['console.assert only prints', 'function f(x) { console.assert(x); }', []],
    ['a default stands in for the argument', 'function f(x = {}) { if (!x) throw new Error(); }', []],
    ['another value than the parameter', 'function f(x) { x = load(); if (!x) throw new Error(); }', []],
    ['a function that never returns asserts nothing', 'function f(x) { throw new Error(x); }', []],
    ['a function that calls itself', 'function f(x) { f(x); }', []],
  ];
  it.each(table)('%s', (_sentence, code, asserts) => expect(summaryOf(code).asserts.map(({ index, is }) => `${index} ${is}`)).toEqual(asserts));

  it('tells what a call asserts, and that it never returns', () => {
    const file = sourceOf('function must(a, b) { if (!b) throw 1; } function fail() { throw 1; } must(x, y); fail(); other();');
    expect(file.index.calls.map((call) => (call.type === 'CallExpression' ? callAssertions(file, call) : null))).toEqual([[{ argument: 1, is: 'truthy', when: 'completes' }], 'ends', []]);
  });
});

describe('what it returns', () => {
  const table: [sentence: string, code: string, nullish: string, empty: string[], more?: 'empty' | number][] = [
    ['null in one branch', 'function f(x) { if (!x) return null; return { x }; }', 'yes', ['null']],
    ['nothing', 'function f() { work(); }', 'yes', ['undefined'], 'empty'],
    ['the end of its body, sometimes', 'function f(x) { if (x) return 1; }', 'yes', ['undefined']],
    ['no end after a function that throws', 'function fail() { throw 1; } function f(x) { if (x) return 1; fail(); }', 'no', []],
    ['an empty list after an error', 'async function f() { try { return await load(); } catch { return []; } }', 'unknown', ['[]']],
    ['a default behind ??', 'const f = (x) => x ?? {};', 'no', ['{}']],
    ['a constant', 'const f = () => false;', 'no', ['false'], 'empty'],
    ['a resolved promise of nothing', "const f = () => Promise.resolve('');", 'no', ["''"], 'empty'],
    ['a constant with a name', 'const NONE = 0; function f() { return NONE; }', 'no', ['0'], 'empty'],
    ['a list that is filled before is not empty', 'function f(xs) { const out = []; for (const x of xs) out.push(x); return out; }', 'no', []],
    ['its parameter', 'function f(a, b) { check(b); return b; }', 'unknown', [], 1],
    ['its parameter, tested before', 'function f(a) { if (!a) throw new Error(); return a; }', 'no', [], 0],
    ['its parameter on one path only', 'function f(a) { if (a) return a; return {}; }', 'no', ['{}']],
    ['another value under the name of its parameter', 'function f(a) { a = 5; return a; }', 'no', []],
    ['what find gives', 'const f = (xs, id) => xs.find((x) => x.id === id);', 'yes', []],
    ['what match gives', 'const f = (text) => text.match(/a/);', 'yes', []],
    ['what a map gives', 'const seen = new Map(); const f = (k) => seen.get(k);', 'yes', []],
    ['a get of something else', 'const f = (client, k) => client.get(k);', 'unknown', []],
    ['an environment variable', 'const f = () => process.env.PORT;', 'yes', []],
    ['an environment variable with a default', "const f = () => process.env.PORT ?? '80';", 'no', []],
    ['what another function returns', 'function find(x) { return x ? { x } : null; } const f = (x) => find(x);', 'yes', []],
    ['a variable that was null and is set', 'function f() { let x = null; x = { a: 1 }; return x; }', 'no', []],
    ['a variable that may still be null', 'function f(c) { let x = null; if (c) x = { a: 1 }; return x; }', 'yes', []],
    ['a text', 'const f = (a) => `${a}`;', 'no', []],
    ['a function that calls itself', 'function f(n) { if (n === 0) return 1; return f(n - 1); }', 'no', []],
  ];
  it.each(table)('%s', (_sentence, code, nullish, empty, more) => {
    const { returns } = summaryOf(code);
    expect({ nullish: returns.nullish.is, empty: returns.empty.map((one) => one.form), more: returns.parameter ?? (returns.alwaysEmpty ? 'empty' : undefined) }).toEqual({ nullish, empty, more });
  });
});

describe('does it try again', () => {
  const nap = 'const nap = (ms) => new Promise((r) => setTimeout(r, ms)); ';
  const retry = (attempts: Retry['attempts'], delayed: Retry['delayed'] = 'no', runs: number | null = null) => ({ attempts, delayed, runs });
  const table: [sentence: string, code: string, retry: { attempts: Retry['attempts']; delayed: Retry['delayed']; runs: number | null } | null][] = [
    ['three times', 'async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch {} } }', retry(3)],
    ['four times, counted from one', 'async function f(u) { for (let i = 1; i <= 4; i++) { try { return await fetch(u); } catch {} } }', retry(4)],
    ['with a constant limit and a delay', `${nap}const MAX = 5; async function f(u) { for (let i = 0; i < MAX; i++) { try { return await fetch(u); } catch (e) { await nap(100 * i); } } }`, retry(5, 'yes')],
    ['a helper', `${nap}async function f(fn, times) { for (let i = 0; i < times; i++) { try { return await fn(i); } catch (e) { if (i === times - 1) throw e; await nap(10); } } }`, retry(null, 'yes', 0)],
    ['for ever', 'async function f(u) { while (true) { try { return await fetch(u); } catch (e) { console.error(e); } } }', retry('unbounded')],
    ['for ever, with a delay', `${nap}async function f(u) { for (;;) { try { await fetch(u); break; } catch { await nap(10); } } }`, retry('unbounded', 'yes')],
    ['until a flag', 'async function f(u) { let done = false; while (!done) { try { await fetch(u); done = true; } catch {} } }', retry('unbounded')],
    ['until a flag, with a count', 'async function f(u) { let done = false; let n = 0; while (!done && n < 4) { try { await fetch(u); done = true; } catch { n++; } } }', retry(4)],
    ['counting down', 'async function f(u) { let retries = 3; while (retries--) { try { return await fetch(u); } catch {} } }', retry(3)],
    ['do while', 'async function f(u) { let n = 0; do { try { return await fetch(u); } catch { n++; } } while (n < 3); }', retry(3)],
    ['a limit in the handler, counted in the head', 'async function f(u) { for (let n = 1; ; n++) { try { return await fetch(u); } catch (e) { if (n >= 3) throw e; } } }', retry(3)],
    ['a limit in the handler, counted there', 'async function f(u) { let n = 0; while (true) { try { return await fetch(u); } catch (e) { n++; if (n >= 3) throw e; } } }', retry(3)],
    ['a limit in the handler, counted in the test', 'async function f(u) { let n = 0; while (true) { try { return await fetch(u); } catch (e) { if (++n > 3) throw e; } } }', retry(4)],
    ['over a list of delays', `${nap}async function f(u) { for (const ms of [100, 200, 400]) { try { return await fetch(u); } catch { await nap(ms); } } }`, retry(3, 'yes')],
    ['over the keys of an array', 'async function f(u) { for (const n of Array(4).keys()) { try { return await fetch(u); } catch {} } }', retry(4)],
    ['until a deadline', 'async function f(u, end) { while (Date.now() < end) { try { return await fetch(u); } catch {} } }', retry(null)],
    ['until infinity', 'async function f(u) { for (let i = 0; i < Infinity; i++) { try { return await fetch(u); } catch {} } }', retry('unbounded')],
    ['by the status of the reply', 'async function f(u) { for (let i = 0; i < 3; i++) { const res = await fetch(u); if (res.ok) return res; } }', retry(3)],
    ['by the status, with a delay', `${nap}async function f(u) { for (let i = 0; i < 3; i++) { const res = await fetch(u); if (res.status < 500) return res; await nap(50); } }`, retry(3, 'yes')],
    ['the first attempt has no delay', `${nap}async function f(u) { for (let i = 0; i < 3; i++) { if (i > 0) await nap(50); try { return await fetch(u); } catch {} } }`, retry(3, 'yes')],
    ['a delay on one path only', `${nap}async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch (e) { if (e.busy) await nap(50); } } }`, retry(3, 'unknown')],
    ['a fresh controller each time', 'async function f(u) { for (let i = 0; i < 3; i++) { const c = new AbortController(); try { return await fetch(u, { signal: c.signal }); } catch {} } }', retry(3)],
    ['a function without await', 'function f(path) { for (let i = 0; i < 3; i++) { try { return readConfig(path); } catch {} } }', retry(3)],
    ['by calling itself', `${nap}async function f(u, n = 3) { try { return await fetch(u); } catch (e) { if (n <= 0) throw e; await nap(10); return f(u, n - 1); } }`, retry(4, 'yes')],
    ['by calling itself in catch()', 'function f(u, n) { return fetch(u).catch((e) => { if (n === 0) throw e; return f(u, n - 1); }); }', retry(null)],
    ['by calling itself for ever', 'async function f(u) { try { return await fetch(u); } catch { return f(u); } }', retry('unbounded')],
    ['by a timer that calls it', 'class Link { async f() { try { await fetch(this.url); } catch { setTimeout(() => this.f(), 1000); } } }', retry('unbounded', 'yes')],
    ['the next item is no retry', 'async function f(urls) { for (const u of urls) { try { await fetch(u); } catch {} } }', null],
    ['the next mirror is no retry', 'async function f(mirrors) { for (let i = 0; i < 3; i++) { try { return await fetch(mirrors[i]); } catch {} } }', null],
    ['the next port is no retry', 'async function f() { for (let port = 3000; port < 3010; port++) { try { return await listen(port); } catch {} } }', null],
    ['the next page is no retry', 'async function f(url) { while (url) { try { const page = await load(url); url = page.next; } catch { return; } } }', null],
    ['a worker that takes from a queue is no retry', 'async function f(queue) { while (queue.length > 0) { const job = queue.shift(); try { await run(job); } catch (e) { console.error(e); } } }', null],
    ['a loop that goes on after success is no retry', 'async function f() { while (true) { try { await poll(); } catch {} } }', null],
    ['polling is no retry', `${nap}async function f(id) { for (let i = 0; i < 9; i++) { const job = await getJob(id); if (job.status === 'done') return job; await nap(10); } }`, null],
    ['a stream is no retry', 'async function f(stream) { for await (const chunk of stream) { try { return await save(chunk); } catch {} } }', null],
    ['a handler that throws is no retry', 'async function f(u) { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch (e) { throw e; } } }', null],
    ['a promise that is returned unawaited is not caught', 'async function f(u) { for (let i = 0; i < 3; i++) { try { return fetch(u); } catch {} } }', null],
    ['recursion into other work is no retry', 'async function f(node) { try { await visit(node); } catch { return f(node.next); } }', null],
    ['recursion outside of a handler is no retry', 'async function f(n) { try { await work(n); } catch {} return f(n - 1); }', null],
    ['a parser that tries a short cut is no retry', 'function f(p) { for (let i = 0; ; i++) { if (i === 0) { try { return fast(p); } catch {} } if (slow(p)) return p; } }', null],
    ['no loop', 'async function f(u) { try { return await fetch(u); } catch { return null; } }', null],
  ];
  it.each(table)('%s', (_sentence, code, expected) => {
    const { retries } = summaryOf(code);
    expect(retries === null ? null : { attempts: retries.attempts, delayed: retries.delayed, runs: retries.runs }).toEqual(expected);
  });
});

describe('which parameter reaches which call', () => {
  const axios = "import axios from 'axios'; ";
  const table: [sentence: string, code: string, carries: string[]][] = [
    ['the options whole', `${axios}function f(url, options) { return axios.get(url, options); }`, ['1 options axios.get']],
    ['the options with a default', `${axios}function f(url, options = {}) { return axios.get(url, options); }`, ['1 options axios.get']],
    ['spread into the options', `${axios}function f(url, options) { return axios.get(url, { maxRedirects: 0, ...options }); }`, ['1 spread axios.get']],
    ['assigned to the options', `${axios}function f(url, options) { return axios.get(url, Object.assign({}, options)); }`, ['1 spread axios.get']],
    ['put together before', `${axios}function f(url, options) { const merged = { headers: {}, ...options }; return axios.get(url, merged); }`, ['1 spread axios.get']],
    ['the timeout', `${axios}function f(url, ms) { return axios.get(url, { timeout: ms }); }`, ['1 timeout timeout axios.get']],
    ['a part of an object', `${axios}function f({ url, timeout }) { return axios.get(url, { timeout }); }`, ['0.timeout timeout timeout axios.get']],
    ['a member', `${axios}function f(ctx) { return axios.get(ctx.url, { timeout: ctx.limits.ms }); }`, ['0.limits.ms timeout timeout axios.get']],
    ['the signal', 'function f(url, signal) { return fetch(url, { signal }); }', ['1 signal signal fetch']],
    ['the time of a signal', 'function f(url, ms) { return fetch(url, { signal: AbortSignal.timeout(ms) }); }', ['1 timeout signal fetch']],
    ['another option', "function f(url, body) { return fetch(url, { method: 'POST', body }); }", ['1 option body fetch']],
    ['in a callback', 'function f(url, signal) { return limit(() => fetch(url, { signal })); }', ['1 signal signal fetch']],
    ['through another function', `${axios}function send(url, config) { return axios.get(url, config); } function f(path, opts) { return send(path, opts); }`, ['1 options axios.get']],
    ['a part through another function', `${axios}function send(url, { ms }) { return axios.get(url, { timeout: ms }); } function f(path, ms) { return send(path, { ms }); }`, ['1 timeout timeout axios.get']],
    ['an option of an object that another function passes on', `${axios}function send(url, config) { return axios.get(url, config); } function f(path, ms) { return send(path, { timeout: ms }); }`, ['1 timeout timeout axios.get']],
    ['two that call each other', `${axios}function f(url, o) { return o.again ? g(url, o) : axios.get(url, o); } function g(url, o) { return f(url, o); }`, ['1 options axios.get']],
    ['a look-alike carries nothing', 'const axios = { get(url, options) { return options; } }; function f(url, options) { return axios.get(url, options); }', []],
    ['a function of the same name carries nothing', 'function fetch(url, options) { return options; } function f(url, options) { return fetch(url, options); }', []],
    ['its own options carry nothing', `${axios}function f(url, options) { return axios.get(url, { timeout: 5 }); }`, []],
    ['the parameter of another function', `${axios}function f(url, options) { return (url, options) => axios.get(url, options); }`, []],
  ];
  it.each(table)('%s', (_sentence, code, carries) => {
    const rows = summaryOf(code).carries.map(({ index, path, as, option, operation }) => [[index, ...path].join('.'), as, option, operation.name].filter((part) => part !== null).join(' '));
    expect(rows).toEqual(carries);
  });
});

it('says which parameters are bounded in time', () => {
  const { bounds } = summaryOf('function f(promise, ms) { return Promise.race([promise, new Promise((_, reject) => setTimeout(reject, ms))]); }');
  expect(bounds).toEqual([{ index: 0, as: 'promise' }]);
});

describe('across files', () => {
  const at = filesOf({
    '/project/sleep.ts': 'export const pause = (ms) => new Promise((r) => setTimeout(r, ms)); export { pause as nap };',
    '/project/http.ts': "import axios from 'axios'; import { f as back } from './main.ts'; export function send(url, config) { return axios.get(url, config); } export const again = () => back();",
    '/project/errors.ts': "export function must(x) { if (x == null) throw new Error(); } export function fail() { throw new Error(); } export const note = (e) => console.error(e);",
    '/project/main.ts':
      "import { nap } from './sleep.ts'; import { send, again } from './http.ts'; import { must, fail, note } from './errors.ts'; import { gone } from './gone.ts';" +
      'export async function f(url, opts) { must(url); await nap(5); if (!opts) fail(); return send(url, opts); }' +
      'export async function g(e) { note(e); await gone(e); } export async function loop() { await again(); }' +
      'export async function retry(u) { for (let i = 0; i < 2; i++) { try { return await send(u); } catch { await nap(1); } } }',
  });
  const main = at('/project/main.ts');
  const of = (name: string): FunctionSummary => summarize(main, functionIn(main, name));

  it('follows imports for each question', () => {
    const f = of('f');
    expect(f.sleeps.is).toBe('yes');
    expect(f.throws).toBe('sometimes');
    expect(f.asserts).toEqual([{ index: 0, is: 'non-nullish' }, { index: 1, is: 'truthy' }]);
    expect(f.carries).toMatchObject([{ index: 1, as: 'options', operation: { name: 'axios.get' } }]);
    expect(of('retry').retries).toMatchObject({ attempts: 2, delayed: 'yes' });
  });
  it('does not know what a file that is not there does', () => {
    expect(of('g').logs.is).toBe('yes');
    expect(of('g').sleeps).toMatchObject({ is: 'unknown', reason: { code: 'unresolved-import' } });
  });
  it('ends where files go round in a circle', () => expect(of('loop').sleeps.is).toBe('yes'));
});

describe('whatever the code', () => {
  it('keeps one summary for a function', () => {
    const file = sourceOf('function f() {}');
    expect(summarize(file, functionIn(file, 'f'))).toBe(summarize(file, functionIn(file, 'f')));
  });
  it('answers for a chain of helpers that is longer than anybody writes', () => {
    const chain = Array.from({ length: 200 }, (_, i) => `async function f${i}(n) { await f${i + 1}(n); await f${i + 2}(n); await f${i === 0 ? 0 : i - 1}(n); }`).join('\n');
    const file = sourceOf(`${chain}\nasync function f200() {} async function f201() {}`);
    const started = performance.now();
    for (const node of file.index.functions) void [summarize(file, node).sleeps, summarize(file, node).throws, summarize(file, node).logs];
    expect(summarize(file, functionIn(file, 'f0')).sleeps.is).not.toBe('yes');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
  it.each([
    'declare function f(): void;', 'class A { f() {} }', 'function* f() { yield 1; }', 'async function* f() { yield await 1; }', 'const f = async ({ a, ...b }, [c], ...d) => {};',
    'function f() { return super_(f)(f); }', 'class B extends A { constructor() { super(); } f() { return super.f(); } }', 'function f(a = f()) { return a; }', 'const f = () => f;', 'function f() { with_(this).x = f(); lab: for (;;) continue lab; }',
  ])('answers every question about %s', (code) => {
    const file = sourceOf(code);
    for (const node of file.index.functions) {
      const summary = summarize(file, node);
      for (const key of ['sleeps', 'throws', 'logs', 'reports', 'asserts', 'returns', 'bounds', 'carries'] as const) expect(summary[key]).toBeDefined();
      expect(summary.retries).toBeNull();
    }
  });
});
