import { afterAll, describe, expect, it } from 'vitest';
import { isVendoredCode } from '../../src/facts/built-code.js';
import { errorHandlers } from '../../src/facts/error-handlers.js';
import { guardedCalls, gravestOf } from '../../src/facts/guarded-calls.js';
import { classOf } from '../../src/facts/handler-class.js';
import { kindOf } from '../../src/facts/handler-comments.js';
import { silentFailures } from '../../src/facts/silent-failures.js';
import { removeTempProjects } from '../support/temp-project.js';
import { openProgram, type Program } from './support.js';

afterAll(removeTempProjects);

/** `catch empty`, `promise default null`: each handler of a program. */
function handlersOf(program: string | Program): string[] {
  return errorHandlers(openProgram(program)).map((handler) => {
    const { is, gives, leaves, cause } = classOf(handler);
    return [handler.channel, is, is === 'default' ? gives?.text : '', leaves === 'end' || is === 'default' || is === 'rethrow' ? '' : leaves, cause ?? ''].filter(Boolean).join(' ');
  });
}

const classes: [sentence: string, program: string, handlers: string[]][] = [
  ['an empty catch', 'try { await a(); } catch {}', ['catch empty']],
  ['a catch with a comment', 'try { await a(); } catch { /* gone */ }', ['catch comment']],
  ['a catch that logs', 'try { await a(); } catch (e) { console.error(e); }', ['catch log']],
  ['a catch that logs twice and gives a list', 'function f() { try { a(); } catch (e) { logger.warn(e); logger.debug(1); return []; } }', ['catch default []']],
  ['a constant default', 'function f() { try { return a(); } catch { return null; } }', ['catch default null']],
  ['a return of nothing', 'function f() { try { return a(); } catch { return; } }', ['catch default undefined']],
  ['a default in an object', 'function f() { try { return a(); } catch { return { rows: [], total: 0 }; } }', ['catch default {…}']],
  ['a recovery', 'let x; try { x = a(); } catch { x = b(); }', ['catch recover']],
  ['a report', "import * as Sentry from '@sentry/node';\ntry { a(); } catch (e) { Sentry.captureException(e); }", ['catch report']],
  ['a report by a metric of another name', "import { Counter } from 'prom-client';\nconst c = new Counter({ name: 'a', help: 'b' });\ntry { a(); } catch { c.inc(); }", ['catch report']],
  ['a span', "import { trace } from '@opentelemetry/api';\nconst s = trace.getActiveSpan();\ntry { a(); } catch (e) { s.recordException(e); }", ['catch report']],
  ['a fatal log line, which is handling', "import pino from 'pino';\nconst p = pino();\ntry { a(); } catch (e) { p.fatal(e); }", ['catch report']],
  ['a logger whose name says nothing', "import pino from 'pino';\nconst p = pino();\ntry { a(); } catch (e) { p.error(e); }", ['catch log']],
  ['the error handed on', 'try { a(); } catch (e) { next(e); }', ['catch hands-on']],
  ['the error kept', 'let last; try { a(); } catch (e) { last = e; }', ['catch hands-on']],
  ['the error returned', 'function f() { try { return a(); } catch (e) { return e; } }', ['catch hands-on']],
  ['a rethrow with its cause', "try { a(); } catch (e) { throw new Error('b', { cause: e }); }", ['catch rethrow kept']],
  ['a rethrow without it', "try { a(); } catch (e) { throw new Error('b'); }", ['catch rethrow dropped']],
  ['a check for a code', "try { a(); } catch (e) { if (e.code !== 'ENOENT') throw e; }", ['catch hands-on']],
  ['the next turn of a loop', 'for (;;) { try { a(); } catch (e) { console.log(e); continue; } }', ['catch log continue']],
  ['a promise that is dropped', 'save().catch(() => {});', ['promise empty']],
  ['a promise with a noop by name', "import noop from 'lodash/noop';\nsave().catch(noop);", ['promise empty']],
  ['a promise with an empty function of the file', 'const quiet = () => {};\nsave().catch(quiet);', ['promise empty']],
  ['a promise that is logged by name', 'save().catch(console.error);', ['promise log']],
  ['a promise with a default', 'const a = await load().catch(() => []);', ['promise default []']],
  ['the second function of then', 'load().then(use, () => null);', ['promise default null']],
  ['a schema is no promise', "import { z } from 'zod';\nz.string().catch(() => '');", []],
  ['a callback that does nothing', 'read(p, (err, data) => { if (err) {} use(data); });', ['callback empty']],
  ['a callback that logs', 'read(p, (err) => { if (err !== null) console.error(err); });', ['callback log']],
  ['a callback that hands on', 'read(p, (err) => { if (err) return done(err); });', ['callback hands-on']],
  ["a listener of 'error'", "socket.on('error', () => {});", ['event empty']],
  ['no handler at all', 'const a = 1;', []],
];

describe('the class of a handler:', () => {
  it.each(classes)('%s', (_sentence, program, handlers) => {
    expect(handlersOf(program)).toEqual(handlers);
  });
});

/** The gravest call of the first handler: `write pool.query`. */
function stakeIn(program: string | Program): string {
  const [handler] = [...errorHandlers(openProgram(program))].sort((a, b) => a.guarded.range[0] - b.guarded.range[0] || b.guarded.range[1] - a.guarded.range[1]);
  const gravest = gravestOf(guardedCalls(handler!));
  return gravest === null ? 'nothing' : `${gravest.stake} ${gravest.name}`;
}

const PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n";

const stakes: [sentence: string, program: string, stake: string][] = [
  ['a statement that writes', `${PG}try { await pool.query('INSERT INTO a VALUES (1)'); } catch {}`, 'write pool.query'],
  ['a statement that reads', `${PG}try { await pool.query('SELECT 1'); } catch {}`, 'io pool.query'],
  ['a commit', `${PG}try { await pool.query('COMMIT'); } catch {}`, 'commit pool.query'],
  ['a POST', "try { await fetch(url, { method: 'POST' }); } catch {}", 'write fetch'],
  ['a GET', 'try { await fetch(url); } catch {}', 'io fetch'],
  ['a payment', "import Stripe from 'stripe';\nconst stripe = new Stripe('k');\ntry { await stripe.paymentIntents.create({}); } catch {}", 'payment stripe.paymentIntents.create'],
  ['a function of the file that writes', `${PG}const save = () => pool.query('DELETE FROM a');\ntry { await save(); } catch {}`, 'write save'],
  ['a call that is waited for and not known', 'try { await orders.load(); } catch {}', 'awaited orders.load'],
  ['the one of two that changes something', 'try { const a = await orders.load(); await orders.remove(a); } catch {}', 'awaited orders.remove'],
  ['a call that is not waited for', 'try { render(); } catch {}', 'call render'],
  ['a parse', 'try { JSON.parse(a); } catch {}', 'probe JSON.parse'],
  ['a file that may not be there', "import { readFile } from 'node:fs/promises';\ntry { await readFile(p); } catch {}", 'probe readFile'],
  ['a file that is written', "import fs from 'node:fs';\ntry { fs.writeFileSync(p, a); } catch {}", 'write fs.writeFileSync'],
  ['teardown', 'try { await server.close(); } catch {}', 'harmless server.close'],
  ['teardown in two words', 'try { await client.cancelRun(id); } catch {}', 'harmless client.cancelRun'],
  ['a lock that is given back is no teardown', 'try { await lock.releaseLock(); } catch {}', 'awaited lock.releaseLock'],
  ['telemetry', 'try { await posthog.capture(a); } catch {}', 'harmless posthog.capture'],
  ['a function that cannot fail', 'const twice = (a) => [a, a];\ntry { twice(1); } catch {}', 'harmless twice'],
  ['what has a handler of its own', 'try { await a.save().catch(log); } catch {}', 'harmless a.save().catch'],
  ['what a timer runs later', 'try { setTimeout(() => save(), 5); } catch {}', 'probe setTimeout'],
  ['a list of promises', 'try { await Promise.all([orders.save(a), orders.save(b)]); } catch {}', 'awaited orders.save'],
  ['a list that is mapped', 'try { await Promise.all(ids.map((id) => orders.save(id))); } catch {}', 'awaited orders.save'],
  ['an argument is evaluated before there is a promise', 'send(render()).catch(() => {});', 'awaited send'],
  ['a step of a chain', 'orders.load().then((a) => a.id).catch(() => {});', 'awaited orders.load'],
  ['a callback', 'db.save(a, (err) => { if (err) {} });', 'awaited db.save'],
  ['a function that is only made', "try { Object.defineProperty(a, 'b', { get: deprecate(function () { return this.load(); }) }); } catch {}", 'call deprecate'],
  ['a callback of a call that is waited for', 'try { await withLock(async () => { await orders.save(a); }); } catch {}', 'awaited orders.save'],
  ['a session that ends', 'try { await api.deleteSession(token); } catch {}', 'harmless api.deleteSession'],
  ['a signing out', 'try { await api.signOut(); } catch {}', 'harmless api.signOut'],
  ['a token that is revoked', 'try { await api.revokeRefreshToken(token); } catch {}', 'harmless api.revokeRefreshToken'],
  ['a right that is revoked is none', 'try { await members.revokeAccess(id); } catch {}', 'awaited members.revokeAccess'],
  ['what is written to a stream', "try { socket.write(banner.replace(/a/, '')); } catch {}", 'harmless socket.write'],
  ['a write that is waited for', 'try { await file.write(banner); } catch {}', 'awaited file.write'],
  ['a function whose waits are caught', 'try { await push(); } catch {}\nasync function push() { if (a) { prepare(); } try { await orders.save(a); } catch (e) { log.error(e); } }', 'harmless push'],
  ['a function that waits outside of its try', 'try { await push(); } catch {}\nasync function push() { await orders.load(); try { await orders.save(a); } catch (e) { log.error(e); } }', 'awaited push'],
  ['a function that waits in its handler', 'try { await push(); } catch {}\nasync function push() { try { await orders.save(a); } catch (e) { await jobs.fail(e); } }', 'awaited push'],
  ['a function that throws again', 'try { await push(); } catch {}\nasync function push() { try { await orders.save(a); } catch (e) { throw new Error(e); } }', 'awaited push'],
  ['a function that hands on a promise', 'try { await push(); } catch {}\nasync function push() { try { await orders.load(a); } catch {}\nreturn orders.save(a); }', 'awaited push'],
  ['an error that is taken as a value', 'class A { async #flush() { const [error] = await tryCatch(this.send()); if (error) log.error(error); }\n async run() { await this.#next().catch(() => {}); }\n async #next() { await this.#flush(); } }', 'harmless this.#next'],
  ['a type that holds the error', 'async function save(a: string): Promise<Result<void, SaveError>> { return orders.save(a); }\ntry { await save(a); } catch {}', 'harmless save'],
  ['a result of one type', 'async function save(a: string): Promise<Result<Order>> { return orders.save(a); }\ntry { await save(a); } catch {}', 'awaited save'],
  ['a cache that answers its errors', "import { createCache } from '@unkey/cache';\nfunction make() { const cache = createCache({}); return cache; }\nconst cache = singleton('cache', make);\ncache.users.remove(id).catch(() => {});", 'harmless cache.users.remove'],
  ['another cache', "import { createCache } from '@acme/cache';\nconst cache = createCache({});\ncache.users.remove(id).catch(() => {});", 'awaited cache.users.remove'],
  ['no call', 'try { a.b = 1; } catch {}', 'nothing'],
];

describe('what a handler guards:', () => {
  it.each(stakes)('%s', (_sentence, program, stake) => {
    expect(stakeIn(program)).toBe(stake);
  });
});

/** Of each handler that lets a failure end: the silence, or why it is excused. */
const judgedOf = (program: string | Program): string[] => silentFailures(openProgram(program)).map(({ excuse, failure }) => excuse ?? `${failure!.silence}${failure!.claims ? ' claims' : ''}${failure!.comment === 'none' ? '' : ` ${failure!.comment}`}`);

const wrapped = (body: string, name = 'sync'): string => `export async function ${name}(id) {\n${body}\n}`;

const excuses: [sentence: string, program: string | Program, judged: string[]][] = [
  ['an awaited call', wrapped('try { await orders.save(id); } catch {}'), ['nothing']],
  ['a comment in it', wrapped('try { await orders.save(id); } catch { /* the queue has it too */ }'), ['nothing reason']],
  ['a comment without a reason', wrapped('try { await orders.save(id); } catch { /* ignore */ }'), ['nothing words']],
  ['a directive', wrapped('try { await orders.save(id); } catch { /* eslint-disable-line no-empty */ }'), ['nothing']],
  ['a directive with a reason', wrapped('try { await orders.save(id); } catch { /* eslint-disable-line no-empty -- the queue has it too */ }'), ['nothing reason']],
  ['a comment on the line before', wrapped('// Best effort: the nightly job writes it again.\nawait orders.save(id).catch(() => {});'), ['nothing reason']],
  ['a comment behind it', wrapped('await orders.save(id).catch(() => {}); // the nightly job writes it again'), ['nothing reason']],
  ['a comment of the function', `/** Never throws: the cache is only a help. */\n${wrapped('try { await orders.save(id); } catch {}')}`, ['nothing reason']],
  ['a comment on something else', wrapped('await orders.save(id, {\n  // of the customer\n  name,\n}).catch(() => {});'), ['nothing']],
  ['teardown by the function', wrapped('try { await orders.save(id); } catch {}', 'shutdownOrders'), ['teardown-function']],
  ['teardown by the signal', "process.on('SIGTERM', async () => { try { await orders.save(); } catch {} });", ['teardown-function']],
  ['a question', wrapped('try { await orders.load(id); return true; } catch { return false; }', 'isPaid'), ['question']],
  ['an answer of true or false', wrapped('try { await orders.load(id); return true; } catch { return false; }'), ['question']],
  ['a name that says it may fail', wrapped('try { return await orders.load(id); } catch { return null; }', 'tryLoad'), ['says-it-may-fail']],
  ['a class that measures', 'class MetricsSender { async push() { try { await this.api.put(1); } catch {} } }', ['best-effort']],
  ['a handler', wrapped('try { await a.load(); } catch (e) { await a.save().catch(() => {}); throw e; }'), ['in-handler']],
  ['a finally', wrapped('try { await a.load(); } finally { await a.save().catch(() => {}); }'), ['in-handler']],
  ['a promise that is kept', wrapped('const p = a.load();\np.catch(() => {});\nreturn p;'), ['stored-promise']],
  ['a field that holds a promise', 'class A { constructor() { this.ready = open(); this.ready.catch(() => {}); } }', ['stored-promise']],
  ['a fallback before the try', wrapped("let rate = 1;\ntry { rate = await a.rate(id); } catch {}\nreturn rate;"), ['variable']],
  ['a variable nobody reads behind it', wrapped('let rate;\ntry { rate = await a.rate(id); } catch {}'), ['nothing']],
  ['a list that is filled', wrapped('const all = [];\nfor (const a of id) { try { all.push(await load(a)); } catch {} }\nreturn all;'), ['collection']],
  ['a way out of a loop', wrapped('for (;;) { try { await a.load(); break; } catch {} }'), ['control-flow']],
  ['a health check in a loop', wrapped('while (true) { try { const r = await a.load(); if (r.ok) return; } catch {} }'), ['control-flow']],
  ['another way behind the try', wrapped('try { return await a.load(); } catch {}\nreturn b.load();'), ['control-flow']],
  ['a constant behind the try', wrapped('try { return await a.load(); } catch {}\nreturn [];'), ['default']],
  ['the end of the function behind it', wrapped('try { return await a.load(); } catch {}'), ['nothing']],
  ['a throw behind it', wrapped("try { return await a.load(); } catch {}\nthrow new Error('none');"), ['control-flow']],
  ['a default that says what happened', wrapped("try { return await a.load(); } catch { return { error: 'none' }; }"), ['tells-failure']],
  ['a finally that does something', wrapped('try { await a.save(); } catch (e) { console.error(e); } finally { done(); }'), ['finally']],
  ['a list for a failure', wrapped('try { return await a.load(); } catch { return []; }'), ['default']],
  ['a list for a failure that is logged', wrapped('try { return await a.load(); } catch (e) { console.error(e); return []; }'), ['logged-default']],
  ['a write that is logged', wrapped('try { await a.save(); } catch (e) { console.error(e); }'), ['logged']],
  ['a write that is logged, and called a success', wrapped('try { await a.save(); } catch (e) { console.error(e); }\nreturn { success: true };'), ['logged claims']],
  ['a success in the handler', wrapped('try { await a.save(); } catch (e) { console.error(e); return { ok: true, id }; }'), ['logged-default claims']],
  ['an answer with 200', 'app.post("/a", async (req, res) => { try { await a.save(); } catch (e) { console.error(e); }\nres.sendStatus(200); });', ['logged claims']],
  ['a parse', wrapped('try { JSON.parse(id); } catch {}'), ['nothing-at-stake']],
  ['an empty catch before a finally', wrapped('try { await a.save(); } catch {} finally { done(); }'), ['finally']],
  ['an empty finally', wrapped('try { await a.save(); } catch {} finally {}'), ['nothing']],
  ['signing out', wrapped('try { await a.save(); } catch {}', 'logout'), ['teardown-function']],
  ['a claim that was saved before', wrapped('await db.insert(orders).values(id);\ntry { await a.save(); } catch (e) { console.error(e); }\nreturn { success: true };'), ['logged']],
  ['a claim in the handler that was saved before', wrapped('await orders.save(id);\ntry { await a.save(); } catch (e) { console.error(e); return { success: true }; }'), ['saved-before']],
  ['a claim that was saved on one way only', wrapped('if (id) await orders.save(id);\ntry { await a.save(); } catch (e) { console.error(e); }\nreturn { success: true };'), ['logged claims']],
  ['a claim after a counter in a cache', wrapped('await redis.incr(id);\ntry { await a.save(); } catch (e) { console.error(e); }\nreturn { success: true };'), ['logged claims']],
  ['a claim that was saved in a try', wrapped('try { await orders.save(id); } catch (e) { console.error(e); }\ntry { await a.save(); } catch (e) { console.error(e); }\nreturn { success: true };'), ['logged', 'logged claims']],
  ['a second net', wrapped('const load = async () => { await b.load(); const r = await a.load(); if (!r) { console.error(r); return []; } return r; };\nconst all = await load().catch(() => []);\nreturn all;'), ['second-net']],
  ['a net under a function that does not log', wrapped('const load = async () => { const r = await a.load(); if (!r) { return []; } return r; };\nconst all = await load().catch(() => []);\nreturn all;'), ['default']],
  ['a return of nothing where nothing is ever returned', wrapped('try { if (!id) return;\nawait a.save(); } catch { return; }'), ['nothing']],
  ['the same with a log line', wrapped('try { await a.save(); } catch (e) { console.error(e); return; }'), ['logged']],
  ['a return of nothing where a value is returned', wrapped('if (!id) return [];\ntry { await a.save(); } catch { return; }'), ['default']],
  ['a value that is left out', wrapped('const [one] = await Promise.all([a.load(), b.load().catch(() => [])]);\nreturn one;'), ['unread']],
  ['a value that is taken', wrapped('const [one, two] = await Promise.all([a.load(), b.load().catch(() => [])]);\nreturn [one, two];'), ['default']],
  ['a value in the rest', wrapped('const [one, ...two] = await Promise.all([a.load(), b.load().catch(() => [])]);\nreturn [one, two];'), ['default']],
  ['where a form starts', wrapped('const before = await a.load().catch(() => []);\nreturn form({ defaultValues: before });'), ['starting-value']],
  ['where a form starts, and more', wrapped('const before = await a.load().catch(() => []);\nreturn form({ defaultValues: before, rows: before });'), ['default']],
  ["a listener of 'error' is another rule's", "socket.on('error', () => {});", []],
  ['a function of another file that writes', { main: "import { save } from './save.js';\nexport const sync = async () => { try { await save(); } catch {} };", files: { 'src/save.ts': `${PG}export const save = () => pool.query('DELETE FROM a');` } }, ['nothing']],
];

describe('a failure that ends in its handler:', () => {
  it.each(excuses)('%s', (_sentence, program, judged) => {
    expect(judgedOf(program)).toEqual(judged);
  });
});

describe('what a comment says:', () => {
  it.each([
    [' ignore', 'words'], ['', 'none'], [' // ', 'none'], [' no-op', 'words'], [' noop, ignore errors', 'words'], [' already closed by a consumer cancel', 'reason'], [' TODO: handle error', 'words'],
    [' eslint-disable-next-line no-empty', 'none'], [' istanbul ignore next', 'none'], [' schon geschlossen', 'reason'], [' 無視する', 'words'], [' best effort', 'reason'],
  ])('%s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });
});

describe('the code of others:', () => {
  it.each([
    ['/p/vendor/a/index.ts', '', true], ['/p/src/third_party/a.js', '', true], ['/p/server/libs/a/index.js', '// Copyright Joyent, Inc.', true], ['/p/server/libs/a/index.js', '/* (c) 2013 A. Person\n Released under the Apache License */', true],
    ['/p/server/libs/a/index.js', 'export const a = 1;', false], ['/p/libs/orders/src/index.ts', '// Copyright Acme', false], ['/p/src/vendors.ts', '', false],
  ])('%s %s', (path, text, is) => {
    expect(isVendoredCode(path, text)).toBe(is);
  });
});

describe('known limitation:', () => {
  it('a write that fails in a handler is taken to be compensation', () => {
    expect(judgedOf(wrapped("try { await a.run(); } catch (e) { await jobs.update({ status: 'failed' }).catch(() => {}); return { error: e }; }"))).toEqual(['in-handler']);
  });

  it('a fallback that is then written back is a fallback', () => {
    expect(judgedOf(wrapped('let old = {};\ntry { old = await state.get(id); } catch {}\nawait state.set({ ...old, id });'))).toEqual(['variable']);
  });
});

describe('whatever the code,', () => {
  it('nothing is thrown and it stays linear', () => {
    const code = `${'try { await a.save(1); } catch {}\n'.repeat(2000)}`;
    const started = performance.now();
    expect(silentFailures(openProgram(code))).toHaveLength(2000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('deep nesting is survived', () => {
    const code = `${'try { '.repeat(300)}a();${' } catch {}'.repeat(300)}`;
    expect(() => silentFailures(openProgram(code))).not.toThrow();
  });
});
