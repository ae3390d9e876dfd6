import { describe, expect, it } from 'vitest';
import { libraryRetries } from '../../src/facts/library-retries.js';
import { retryRegions } from '../../src/facts/retries.js';
import { sourceOf } from '../support/source.js';

const NAP = 'const nap = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n';

/** `loop axios.get 3 none`: kind, subject, attempts, delay; then what else holds. */
function regionsOf(code: string): string[] {
  return retryRegions(sourceOf(NAP + code)).map(({ kind, subject, attempts, delay, endless, excuse }) =>
    [kind, subject, attempts ?? 'some', delay.is, delay.is === 'present' ? `growth ${delay.growth}, jitter ${delay.jitter}` : null, endless ? 'endless' : null, excuse].filter((part) => part !== null).join(' '),
  );
}

const loop = (body: string, head = 'for (let i = 0; i < 4; i++)'): string => `async function f(u) { ${head} { ${body} } }`;
const handled = (handler: string, head?: string): string => loop(`try { return await fetch(u); } catch (e) { ${handler} }`, head);

describe('regions', () => {
  it.each([
    ['no delay', handled(''), ['loop fetch 4 none']],
    ['a sleep', handled('await nap(100);'), ['loop fetch 4 present growth no, jitter no']],
    ['a sleep that grows', handled('await nap(100 * 2 ** i);'), ['loop fetch 4 present growth yes, jitter no']],
    ['a sleep that grows by Math.pow, with chance', handled('await nap(Math.random() * Math.pow(2, i) * 100);'), ['loop fetch 4 present growth yes, jitter yes']],
    ['a delay variable that doubles', `async function f(u) { let ms = 100; for (let i = 0; i < 4; i++) { try { return await fetch(u); } catch { await nap(ms); ms *= 2; } } }`, ['loop fetch 4 present growth yes, jitter no']],
    ['a delay with a cap', handled('const ms = Math.min(5000, 100 * 2 ** i); await nap(ms);'), ['loop fetch 4 present growth yes, jitter no']],
    ['a list of delays', handled('await nap(ms);', 'for (const ms of [100, 200, 400])'), ['loop fetch 3 present growth yes, jitter unknown']],
    ['a table of delays', `const DELAYS = [1, 5, 9]; ${handled('await nap(DELAYS[i]);')}`, ['loop fetch 4 present growth yes, jitter no']],
    ['a delay that the server names', handled('await nap(Number(e.retryAfter));'), ['loop fetch 4 present growth unknown, jitter unknown']],
    ['a delay that a helper works out', handled('await nap(backoffMs(i));'), ['loop fetch 4 present growth yes, jitter unknown']],
    ['a helper that is read, with chance', `const backoffMs = (n) => Math.random() * n * 100; ${handled('await nap(backoffMs(i));')}`, ['loop fetch 4 present growth yes, jitter yes']],
    ['an inline timer', handled('await new Promise((r) => setTimeout(r, 500));'), ['loop fetch 4 present growth no, jitter no']],
    ['a timer of no time', handled('await new Promise((r) => setTimeout(r, 0));'), ['loop fetch 4 none']],
    ['a sleep of the outer loop', `async function f(us) { for (const u of us) { await nap(10); for (let i = 0; i < 4; i++) { try { await fetch(u); break; } catch {} } } }`, ['loop fetch 4 none']],
    ['a helper that knows how long', `async function f(u) { const pause = () => new Promise((r) => setTimeout(r, 200)); for (let i = 0; i < 4; i++) { try { return await fetch(u); } catch { await pause(); } } }`, ['loop fetch 4 present growth no, jitter no']],
    ['a function that tries again by itself is no pause', `const inner = async (u) => { for (let i = 0; i < 3; i++) { try { return await fetch(u); } catch (e) { if (i === 2) throw e; await nap(9); } } };\n${loop('try { return await inner(u); } catch {}')}`, ['loop fetch 3 present growth no, jitter no', 'loop inner 4 none']],
    ['a helper of another file', handled('await pause();'), ['loop fetch 4 present growth unknown, jitter unknown']],
    ['a limit of concurrency, which is no conflict', handled('adjustConcurrency(true);'), ['loop fetch 4 none']],
    ['a concurrent write', handled('if (!isConcurrentUpdate(e)) throw e;'), ['loop fetch 4 none conflict']],
    ['timers/promises', `import { setTimeout as sleep } from 'node:timers/promises';\n${handled('await sleep(5);')}`, ['loop fetch 4 present growth no, jitter no']],
    ['a sleep before the attempt, from the second on', loop('try { if (i > 0) await nap(10); return await fetch(u); } catch {}'), ['loop fetch 4 present growth no, jitter no']],
    ['a sleep on one way only', handled('if (e.busy) await nap(50);'), ['loop fetch 4 unknown']],
    ['an await that was not read', handled('await this.recover(e);'), ['loop fetch 4 unknown']],
    ['a limiter around the attempt', loop('try { return await limiter.schedule(() => fetch(u)); } catch {}'), ['loop fetch 4 unknown']],
    ['a reply that says it failed', loop('const r = await fetch(u); if (r.ok) return r;'), ['loop fetch 4 none']],
    ['a status in the handler’s place', loop('const r = await fetch(u); if (r.status !== 503) return r; await nap(9);'), ['loop fetch 4 present growth no, jitter no']],
    ['a helper that is handed the function', 'async function retry(run, times) { for (let i = 0; i < times; i++) { try { return await run(); } catch {} } }', ['loop run some none']],
    ['a function that calls itself', 'async function f(u, n = 3) { try { return await fetch(u); } catch (e) { if (n === 0) throw e; return f(u, n - 1); } }', ['recursion fetch 4 none']],
    ['a function that calls itself by a timer', 'function f(u) { fetch(u).catch(() => { setTimeout(() => f(u), 1000); }); }', ['recursion fetch unbounded present growth no, jitter no endless']],
    ['an error callback', "import http from 'node:http';\nfunction f(u) { http.get(u, { agent }, (err) => { if (err) f(u); }); }", ['recursion node:http get some none']],
    ['a reply that says it failed by several tests', loop('try { const r = await fetch(u); if ((r.status < 500 && r.status !== 429) || i === 3) { return r; } } catch (e) { if (i === 3) throw e; }'), ['loop fetch 4 none']],
    ['a reply that says it failed, of a promise in a variable', loop('const p = fetch(u); try { const r = await p; if (r.ok) return r.text(); } catch {}'), ['loop fetch 4 none']],
    ['a promise in a variable', loop('const p = fetch(u); try { return await p; } catch {}'), ['loop fetch 4 none']],
    ['a promise of before the loop is one attempt', `async function f(u) { const p = fetch(u); ${'for (let i = 0; i < 4; i++) { try { return await p; } catch {} }'} }`, []],
    ['a function that calls itself behind a reply too', 'async function f(u, n = 0) { try { const r = await fetch(u); if (!r.ok) { if (n < 3) { return f(u, n + 1); } throw new Error(); } return r; } catch (e) { if (n >= 3) throw e; await nap(5 * 2 ** n); return f(u, n + 1); } }', ['recursion fetch 4 none']],
    ['a function that waits behind a reply too', 'async function f(u, n = 0) { try { const r = await fetch(u); if (!r.ok) { if (n < 3) { await nap(n * 9); return f(u, n + 1); } throw new Error(); } return r; } catch (e) { if (n >= 3) throw e; await nap(5 * 2 ** n); return f(u, n + 1); } }', ['recursion fetch 4 present growth yes, jitter no']],
    ['a conflict that a reply tells', 'async function f(u, n = 0) { try { const r = await fetch(u); if (r.status === 409) { if (n < 3) { return f(u, n + 1); } throw new Error(); } return r; } catch (e) { if (n >= 3) throw e; await nap(5 * 2 ** n); return f(u, n + 1); } }', ['recursion fetch 4 none conflict']],
    ['the next page behind a reply', 'async function f(u, page = 1) { const r = await fetch(u + page); if (r.more) { return f(u, page + 1); } return r; }', []],
    ['a copy of a stream is the same work', 'async function f(u, body, n = 0) { const [now, later] = body.tee(); try { return await fetch(u, { body: now }); } catch (e) { if (n > 2) throw e; return f(u, later, n + 1); } }', ['recursion fetch 4 none']],
    ['half of a list is other work', 'async function f(u, rows, n = 0) { const [now, later] = halve(rows); try { return await fetch(u, { body: now }); } catch (e) { if (n > 2) throw e; return f(u, later, n + 1); } }', []],
    ['a stream that is closed between', "async function stop(s: ReadableStream) { try { await s.cancel(); } catch {} }\nasync function f(u, s) { for (let i = 0; i < 4; i++) { try { return await fetch(u); } catch { await stop(s); } } }", ['loop fetch 4 none']],
    ['something that is closed between', 'async function stop(s) { try { await s.cancel(); } catch {} }\nasync function f(u, s) { for (let i = 0; i < 4; i++) { try { return await fetch(u); } catch { await stop(s); } } }', ['loop fetch 4 unknown']],
    ['chance that may be replaced', 'async function f(run, o) { const random = o.random ?? Math.random; for (let i = 0; i < 4; i++) { try { return await run(); } catch { await nap(50 + random() * 100); } } }', ['loop run 4 present growth no, jitter yes']],
    ['a helper that takes the delay second', `async function hold(u, ms) { console.log(u); await nap(ms); }\n${handled('await hold(u, 100 * 2 ** i);')}`, ['loop fetch 4 present growth yes, jitter no']],
    ['a helper that takes the delay second, the same each time', `async function hold(u, ms) { console.log(u); await nap(ms); }\n${handled('await hold(u + i, 100);')}`, ['loop fetch 4 present growth no, jitter no']],
    ['a helper whose delay has nothing to do with what it is given', `let ms = 5; async function hold(u) { ms *= 2; await nap(ms); }\n${handled('await hold(u);')}`, ['loop fetch 4 present growth unknown, jitter unknown']],
    ['a listener', "class Link { connect() { this.socket = make(); this.socket.on('close', () => this.connect()); } }", ['recursion this.connect unbounded none endless']],
    ['a listener with a timer', "class Link { connect() { this.socket = make(); this.socket.on('close', () => setTimeout(() => this.connect(), 1000)); } }", ['recursion this.connect unbounded present growth no, jitter no endless']],
  ])('%s', (_name, code, expected) => expect(regionsOf(code)).toEqual(expected));
});

describe('what ends them', () => {
  const endless = (head: string, handler: string, before = ''): boolean => regionsOf(`class A { async f(u, max, signal, go) { ${before} ${head} { try { return await fetch(u); } catch (e) { ${handler} } } } }`)[0]?.includes('endless') ?? false;
  it.each([
    ['while (true)', 'while (true)', '', true],
    ['for (;;)', 'for (;;)', '', true],
    ['a constant test', 'while (again)', '', true, 'const again = 1;'],
    ['a variable that nobody writes', 'while (!done)', '', true, 'let done = false;'],
    ['only some errors', 'while (true)', 'if (e.status < 500) throw e;', true],
    ['errors that a method judges', 'while (true)', 'if (!this.isRetryable(e)) throw e;', true],
    ['a parameter that stays', 'while (true)', 'if (go) await nap(5); else throw e;', true],
    ['infinity', 'for (let i = 0; i < Infinity; i++)', '', true],
    ['a counter', 'for (let i = 0; i < 5; i++)', '', false],
    ['a counter in the handler', 'while (true)', 'if (++n > 3) throw e;', false, 'let n = 0;'],
    ['a counter whose passing goes on', 'while (true)', 'if (n++ < 3) continue; throw e;', false, 'let n = 0;'],
    ['a counter in a name of its own', 'while (true)', 'const again = n++ < max && ok(e); if (!again) throw e;', false, 'let n = 0;'],
    ['a flag that the handler sets', 'while (!failed)', 'if (n++ > 3) failed = e;', false, 'let n = 0; let failed = null;'],
    ['a deadline', 'while (Date.now() < max)', '', false],
    ['a deadline in the handler', 'while (true)', 'if (Date.now() > max) throw e;', false],
    ['a signal', 'while (!signal.aborted)', '', false],
    ['a signal in the handler', 'while (true)', 'signal.throwIfAborted();', false],
    ['a field that somebody else sets', 'while (this.running)', '', false],
    ['a field in the loop', 'while (true)', 'if (this.closed) return;', false],
    ['a function that is asked', 'while (true)', 'if (isStopped()) return;', false],
    ['a list', 'for (const ms of [1, 2, 3])', 'await nap(ms);', false],
  ])('%s', (_name, head, handler, expected, before = '') => {
    expect(endless(head, handler, before)).toBe(expected);
  });
  it.each([
    ['a counter that nothing holds against a number', 'async function f(u, n = 0) { try { return await fetch(u); } catch (e) { if (e.status < 500) throw e; await nap(9); return f(u, n + 1); } }', true],
    ['a counter that is tested for something else', 'async function f(u, n = 0) { const first = n === 0 ? u : null; if (first) console.log(first); try { return await fetch(u); } catch (e) { if (e.status < 500) throw e; return f(u, n + 1); } }', true],
    ['a counter that is logged', "async function f(u, n = 0) { try { return await fetch(u); } catch (e) { if (n > 2) console.warn('slow'); return f(u, n + 1); } }", true],
    ['a counter on the way', 'async function f(u, n = 0) { try { return await fetch(u); } catch (e) { if (n > 3) throw e; return f(u, n + 1); } }', false],
    ['a counter on one way only', 'async function f(u, n = 0) { try { return await fetch(u); } catch (e) { if (e.busy) return f(u, n + 1); if (n > 3) throw e; return f(u, n + 1); } }', true],
    ['a constant that is made of the counter', 'async function f(u, n = 0) { try { return await fetch(u); } catch (e) { const ms = next(n); if (!ms) throw e; await nap(ms); return f(u, n + 1); } }', false],
    ['a counter before the attempt', 'async function f(u, n = 5) { if (n === 0) return null; try { return await fetch(u); } catch { return f(u, n - 1); } }', false],
    ['a test of what is handed on', "async function f(db, u, n = 0) { if (isPlain(db)) return db.run(u); try { return await fetch(u); } catch (e) { return f(db, u, n + 1); } }\nfunction isPlain(db) { return !('tx' in db); }", true],
    ['a test that may be answered otherwise', 'async function f(db, u, n = 0) { if (isClosed(db)) return null; try { return await fetch(u); } catch (e) { return f(db, u, n + 1); } }\nfunction isClosed(db) { return db.closed; }', false],
    ['the type of an option', "async function f(u, o, n = 0) { try { return await fetch(u); } catch (e) { if (typeof o?.max === 'number') return f(u, o, n + 1); throw e; } }", true],
    ['the value of an option', 'async function f(u, o, n = 0) { try { return await fetch(u); } catch (e) { if (o.again) return f(u, o, n + 1); throw e; } }', false],
  ])('of a function that calls itself: %s', (_name, code, expected) => {
    const [region, ...more] = regionsOf(code);
    expect(more).toEqual([]);
    expect(region).toMatch(/^recursion/);
    expect(region!.includes('endless')).toBe(expected);
  });
  it('a flag that success sets', () => {
    expect(regionsOf('async function f(u) { let done = false; while (!done) { try { await fetch(u); done = true; } catch {} } }')).toEqual(['loop fetch unbounded none endless']);
  });
});

describe('no retry', () => {
  it.each([
    ['the next item', 'async function f(urls) { for (const u of urls) { try { return await fetch(u); } catch {} } }'],
    ['work on a list that makes no use of its item', 'async function f(u, users) { for (const user of users) { try { await fetch(u); break; } catch {} } }'],
    ['the next mirror', loop('try { return await fetch(mirrors[i % mirrors.length]); } catch {}')],
    ['another client each time', loop('const client = pickClient(); try { return await client.send(u); } catch {}')],
    ['another replica each time', loop('try { return await this.pool.nextReplica().query(u); } catch {}')],
    ['pagination', 'async function f() { let page = 0; while (true) { const rows = await load(page++); if (rows.length < 10) break; } }'],
    ['pagination by status', "async function f(u) { let next = u; while (next) { const r = await fetch(next); if (!r.ok) throw new Error('no'); next = (await r.json()).next; } }"],
    ['a SCAN cursor', "async function f(redis) { let cursor = '0'; do { const [next, keys] = await redis.scan(cursor); cursor = next; } while (cursor !== '0'); }"],
    ['a stream reader', 'async function f(reader) { while (true) { try { const { done } = await reader.read(); if (done) return; } catch { return; } } }'],
    ['for await', 'async function f(stream) { for await (const x of stream) { try { return await save(x); } catch {} } }'],
    ['a consumer', 'async function f(queue) { while (true) { try { const job = await queue.take(); await run(job); } catch (e) { console.error(e); } } }'],
    ['polling a value', loop("const job = await getJob(u); if (job.status === 'done') return job; await nap(5);")],
    ['polling a 202', loop('const r = await fetch(u); if (r.status === 202) { await nap(5); continue; } return r;')],
    ['a poller that goes on after success', 'class P { async poll() { try { await load(); setTimeout(() => this.poll(), 5); } catch { setTimeout(() => this.poll(), 50); } } }'],
    ['rows that are changed between', 'async function f(rows) { for (let i = 0; i < 9; i++) { try { return await insert(rows); } catch { rows[i] = null; } } }'],
    ['a refreshed token', 'async function f(u) { let token = await first(); for (let i = 0; i < 3; i++) { try { return await fetch(u, token); } catch { token = await refresh(); } } }'],
    ['files', "import fs from 'node:fs/promises';\nasync function f(p) { for (let i = 0; i < 3; i++) { try { return await fs.rm(p); } catch {} } }"],
    ['no awaits', 'function f(p) { for (let i = 0; i < 3; i++) { try { return readConfig(p); } catch {} } }'],
    ['the word alone', 'const retries = 3; export const options = { retries, retryDelay: 0 };'],
  ])('%s', (_name, code) => expect(regionsOf(code)).toEqual([]));
});

describe('reasons to try at once', () => {
  it.each([
    ['Prisma', "if (e.code !== 'P2002') throw e;", 'conflict'],
    ['PostgreSQL', "if (e.code !== '40001') throw e;", 'conflict'],
    ['HTTP 409', 'if (e.status !== 409) throw e;', 'conflict'],
    ['HTTP 412', 'if (e.response?.status !== 412) throw e;', 'conflict'],
    ['DynamoDB', "if (e.name !== 'ConditionalCheckFailedException') throw e;", 'conflict'],
    ['a predicate', 'if (!isUniqueViolation(e)) throw e;', 'conflict'],
  ])('%s', (_name, handler, reason) => expect(regionsOf(handled(handler))).toEqual([`loop fetch 4 none ${reason}`]));
  it('a predicate that names an outage too is no such reason', () => {
    const predicate = (codes: string): string => `const CODES = [${codes}];\nfunction again(x) { return CODES.includes(x.code); }\n`;
    expect(regionsOf(predicate("'P2034', '40P01'") + handled('if (!again(e)) throw e;'))).toEqual(['loop fetch 4 none conflict']);
    expect(regionsOf(predicate("'P2024', 'P2028', 'P2034'") + handled('if (!again(e)) throw e;'))).toEqual(['loop fetch 4 none']);
  });
  it('what drops duplicates is no conflict', () => {
    expect(regionsOf(handled('log(e.itemsDeduplicated);'))).toEqual(['loop fetch 4 none']);
  });
  it('new credentials', () => {
    const code = (test: string): string => `async function f(u, n = 3) { try { return await fetch(u); } catch (e) { if (${test}) { cached = null; return f(u, n - 1); } throw e; } }`;
    expect(regionsOf(code('e.status === 401 && n > 0'))).toEqual(['recursion fetch 4 none credentials']);
    expect(regionsOf(code('e.status === 503 && n > 0'))).toEqual(['recursion fetch 4 none']);
    expect(regionsOf('async function f(u, n = 3) { try { return await fetch(u); } catch (e) { if (e.status === 401) throw e; if (n === 0) throw e; return f(u, n - 1); } }')).toEqual(['recursion fetch 4 none']);
  });
  it('a person answers between', () => {
    expect(regionsOf("import prompts from 'prompts';\nasync function f(u) { for (let i = 0; i < 3; i++) { try { const { pin } = await prompts(ask); return await fetch(u); } catch {} } }").join()).toMatch(/person|unknown|^$/);
  });
  it('a new name each time', () => {
    expect(regionsOf(loop('try { const id = nanoid(); return await fetch(u); } catch {}'))).toEqual(['loop fetch 4 none new-name']);
  });
});

describe('calls of libraries', () => {
  const rows = (code: string): string[] =>
    libraryRetries(sourceOf(code)).map(({ name, attempts, delay }) => `${name} ${attempts ?? 'some'} ${delay.is} ${delay.growth} ${delay.jitter}`);
  it.each([
    ['axios-retry alone', "import axiosRetry from 'axios-retry'; axiosRetry(axios);", ['axiosRetry 4 none no no']],
    ['axios-retry by require', "const axiosRetry = require('axios-retry'); axiosRetry(axios, { retries: 5 });", ['axiosRetry 6 none no no']],
    ['axios-retry by a namespace', "import * as retry from 'axios-retry'; retry.default(axios, { retries: 5 });", ['retry.default 6 none no no']],
    ['axios-retry with its strategy', "import axiosRetry from 'axios-retry'; axiosRetry(axios, { retryDelay: axiosRetry.exponentialDelay });", ['axiosRetry 4 present unknown unknown']],
    ['axios-retry with unknown options', "import axiosRetry from 'axios-retry'; import { options } from './options.js'; axiosRetry(axios, options);", ['axiosRetry some unknown unknown unknown']],
    ['p-retry', "import pRetry from 'p-retry'; pRetry(f);", ['pRetry 11 present yes no']],
    ['p-retry with chance', "import pRetry from 'p-retry'; pRetry(f, { randomize: true });", ['pRetry 11 present yes yes']],
    ['p-retry with no growth', "import pRetry from 'p-retry'; pRetry(f, { factor: 1 });", ['pRetry 11 present no no']],
    ['p-retry with no delay', "import pRetry from 'p-retry'; pRetry(f, { minTimeout: 0 });", ['pRetry 11 none no no']],
    ['p-retry for ever', "import pRetry from 'p-retry'; pRetry(f, { retries: Infinity });", ['pRetry unbounded present yes no']],
    ['async-retry for ever', "import retry from 'async-retry'; retry(f, { forever: true });", ['retry unbounded present yes yes']],
    ['async-retry', "import retry from 'async-retry'; retry(f, { retries: 2 });", ['retry 3 present yes yes']],
    ['retry', "import retry from 'retry'; retry.operation({ retries: 2 });", ['retry.operation 3 present yes no']],
    ['exponential-backoff', "import { backOff } from 'exponential-backoff'; backOff(f, { numOfAttempts: 3, jitter: 'full' });", ['backOff 3 present yes yes']],
    ['cockatiel', "import { retry, handleAll } from 'cockatiel'; retry(handleAll, {});", ['retry unbounded none no no']],
    ['cockatiel with a backoff', "import { retry, handleAll, ExponentialBackoff } from 'cockatiel'; retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });", ['retry 4 present unknown unknown']],
    ['rxjs with a count', "import { retry } from 'rxjs'; a.pipe(retry(3));", ['retry 4 none no no']],
    ['rxjs from operators, for ever', "import { retry } from 'rxjs/operators'; a.pipe(retry());", ['retry unbounded none no no']],
    ['rxjs with a delay', "import { retry } from 'rxjs'; a.pipe(retry({ count: 3, delay: (_e, n) => timer(n) }));", ['retry 4 present unknown unknown']],
    ['bullmq: attempts of a job', "import { Queue } from 'bullmq'; const q = new Queue('a'); q.add('x', d, { attempts: 5 });", ['Queue 1 none no no', 'q.add 5 none no no']],
    ['bullmq: backoff of the queue', "import { Queue } from 'bullmq'; const q = new Queue('a', { defaultJobOptions: { backoff: { type: 'exponential', delay: 9 } } }); q.add('x', d, { attempts: 5 });", ['Queue 1 present yes no', 'q.add 5 present yes no']],
    ['bullmq: options of the queue that are unknown', "import { Queue } from 'bullmq'; import { o } from './o.js'; const q = new Queue('a', { ...o }); q.add('x', d, { attempts: 5 });", ['Queue some unknown unknown unknown', 'q.add 5 unknown unknown unknown']],
    ['bullmq: attempts of the queue', "import { Queue } from 'bullmq'; export const q = new Queue('a', { defaultJobOptions: { attempts: 3 } });", ['Queue 3 none no no']],
    ['bull', "import Queue from 'bull'; const q = new Queue('a'); q.add({ id }, { attempts: 5 });", ['Queue 1 none no no', 'q.add 5 none no no']],
    ['a field', "import { Queue } from 'bullmq'; class A { queue = new Queue('a'); send() { return this.queue.add('x', d, { attempts: 4 }); } }", ['Queue 1 none no no', 'this.queue.add 4 none no no']],
    ['Nest', "import { BullModule } from '@nestjs/bullmq'; BullModule.registerQueue({ name: 'a', defaultJobOptions: { attempts: 3 } });", ['BullModule.registerQueue 3 none no no']],
    ['Nest, by a factory', "import { BullModule } from '@nestjs/bullmq'; BullModule.registerQueueAsync({ name: 'a', useFactory: (c) => ({ defaultJobOptions: { attempts: c.get('n') } }) });", ['BullModule.registerQueueAsync some none no no']],
    ['Nest, by a factory with backoff', "import { BullModule } from '@nestjs/bullmq'; BullModule.registerQueueAsync({ name: 'a', useFactory: (c) => { return { defaultJobOptions: { attempts: 3, backoff: c.get('b') } }; } });", ['BullModule.registerQueueAsync 3 present unknown unknown']],
    ['Nest, by a factory for all queues', "import { BullModule } from '@nestjs/bullmq'; BullModule.forRootAsync('jobs', { useFactory: () => ({ defaultJobOptions: { attempts: 3 } }) });", ['BullModule.forRootAsync 3 none no no']],
    ['Nest, by a factory that is not read', "import { BullModule } from '@nestjs/bullmq'; import { make } from './make.js'; BullModule.registerQueueAsync({ name: 'attempts', useFactory: make });", ['BullModule.registerQueueAsync some unknown unknown unknown']],
    ['Nest, by a class', "import { BullModule } from '@nestjs/bullmq'; BullModule.registerQueueAsync({ name: 'attempts', useClass: Config });", ['BullModule.registerQueueAsync some unknown unknown unknown']],
    ['async', "import async from 'async'; async.retry(3, f, done); async.retry({ times: 3, interval: 200 }, f, done);", ['async.retry 3 none no no', 'async.retry 3 present no unknown']],
    ['es-toolkit', "import { retry } from 'es-toolkit'; retry(f, 3); retry(f);", ['retry 4 none no no', 'retry unbounded none no no']],
    ['fetch-retry', "import fetchRetry from 'fetch-retry'; fetchRetry(fetch);", ['fetchRetry 4 present no unknown']],
    ['a look-alike package', "import axiosRetry from '@acme/axios-retry'; axiosRetry(axios, { retries: 3 });", []],
    ['a local function of the same name', 'const retry = (n) => n; retry(3);', []],
    ['a list called queue', 'const queue = new Set(); queue.add({ attempts: 5 });', []],
  ])('%s', (_name, code, expected) => expect(rows(code)).toEqual(expected));
});
