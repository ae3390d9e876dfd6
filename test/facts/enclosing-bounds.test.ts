import { afterAll, describe, expect, it } from 'vitest';
import { boundAt, verdictAt, type Program } from './support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

type Case = [sentence: string, program: string | Program, verdict: string];

const BOUNDED = 'bounded policy';
const UNBOUNDED = 'unbounded absent';
const UNKNOWN = 'unknown wrapper';

const cockatiel: Case[] = [
  ['timeout, aggressive', "import { timeout, TimeoutStrategy } from 'cockatiel'; const policy = timeout(5000, TimeoutStrategy.Aggressive); await policy.execute(() => /*a*/ fetch(url));", BOUNDED],
  ['timeout, aggressive by name', "import { timeout } from 'cockatiel'; const policy = timeout(5000, 'aggressive'); await policy.execute(() => /*a*/ fetch(url));", BOUNDED],
  ['timeout, aggressive by an object', "import { timeout, TimeoutStrategy } from 'cockatiel'; const policy = timeout(5000, { strategy: TimeoutStrategy.Aggressive }); await policy.execute(() => /*a*/ fetch(url));", BOUNDED],
  ['timeout, cooperative, without the signal', "import { timeout, TimeoutStrategy } from 'cockatiel'; const policy = timeout(5000, TimeoutStrategy.Cooperative); await policy.execute(() => /*a*/ fetch(url));", UNBOUNDED],
  ['timeout, cooperative, with the signal', "import { timeout, TimeoutStrategy } from 'cockatiel'; const policy = timeout(5000, TimeoutStrategy.Cooperative); await policy.execute(({ signal }) => /*a*/ fetch(url, { signal }));", BOUNDED],
  ['timeout, cooperative, with the signal of the context', "import { timeout, TimeoutStrategy } from 'cockatiel'; const policy = timeout(5000, TimeoutStrategy.Cooperative); await policy.execute((context) => /*a*/ fetch(url, { signal: context.signal }));", BOUNDED],
  ['wrap of a timeout and a retry', "import { timeout, retry, wrap, handleAll, TimeoutStrategy } from 'cockatiel'; const policy = wrap(retry(handleAll, { maxAttempts: 3 }), timeout(5000, TimeoutStrategy.Aggressive)); await policy.execute(() => /*a*/ fetch(url));", BOUNDED],
  ['wrap without a timeout', "import { circuitBreaker, retry, wrap, handleAll } from 'cockatiel'; const policy = wrap(retry(handleAll, {}), circuitBreaker(handleAll, {})); await policy.execute(() => /*a*/ fetch(url));", UNBOUNDED],
  ['wrap with a policy that is not known', "import { retry, wrap, handleAll } from 'cockatiel'; export const run = (other) => { const policy = wrap(retry(handleAll, {}), other); return policy.execute(() => /*a*/ fetch(url)); };", UNKNOWN],
  ['retry alone', "import { retry, handleAll } from 'cockatiel'; const policy = retry(handleAll, { maxAttempts: 3 }); await policy.execute(() => /*a*/ fetch(url));", UNBOUNDED],
  ['a breaker alone', "import { circuitBreaker, handleAll } from 'cockatiel'; const breaker = circuitBreaker(handleAll, {}); await breaker.execute(() => /*a*/ fetch(url));", UNBOUNDED],
  ['a policy of another file', { main: "import { policy } from './policy.js'; await policy.execute(() => /*a*/ fetch(url));", files: { 'src/policy.ts': "import { timeout, TimeoutStrategy } from 'cockatiel'; export const policy = timeout(5000, TimeoutStrategy.Aggressive);" } }, BOUNDED],
  ['a policy in a field', "import { timeout, TimeoutStrategy } from 'cockatiel'; class Orders { policy = timeout(5000, TimeoutStrategy.Aggressive); load() { return this.policy.execute(() => /*a*/ fetch(url)); } }", BOUNDED],
  ['a policy that is not known, by its name', 'export const run = (policy) => policy.execute(() => /*a*/ fetch(url));', UNKNOWN],
];

const others: Case[] = [
  ['opossum around a function', "import CircuitBreaker from 'opossum'; const breaker = new CircuitBreaker(() => /*a*/ fetch(url)); await breaker.fire();", BOUNDED],
  ['opossum around a named function', "import CircuitBreaker from 'opossum'; async function load() { return /*a*/ fetch(url); } const breaker = new CircuitBreaker(load, { timeout: 3000 }); await breaker.fire();", BOUNDED],
  ['opossum with its limit off', "import CircuitBreaker from 'opossum'; const breaker = new CircuitBreaker(() => /*a*/ fetch(url), { timeout: false });", UNBOUNDED],
  ['p-timeout around a promise', "import pTimeout from 'p-timeout'; await pTimeout(/*a*/ fetch(url), { milliseconds: 5000 });", BOUNDED],
  ['p-timeout around a chain', "import pTimeout from 'p-timeout'; await pTimeout(/*a*/ fetch(url).then((res) => res.json()), { milliseconds: 5000 });", BOUNDED],
  ['p-timeout around a promise in a variable', "import pTimeout from 'p-timeout'; const loading = /*a*/ fetch(url); await pTimeout(loading, { milliseconds: 5000 });", BOUNDED],
  ['p-timeout with Infinity', "import pTimeout from 'p-timeout'; await pTimeout(/*a*/ fetch(url), { milliseconds: Infinity });", UNBOUNDED],
  ['p-timeout 4 with a number', { main: "import pTimeout from 'p-timeout'; await pTimeout(/*a*/ fetch(url), 5000);", installed: { 'p-timeout': '4.1.0' } }, BOUNDED],
  ['p-timeout around a function that calls', "import pTimeout from 'p-timeout'; await pTimeout((async () => { await /*a*/ fetch(url); })(), { milliseconds: 5000 });", BOUNDED],
  ['p-retry', "import pRetry from 'p-retry'; await pRetry(() => /*a*/ fetch(url), { retries: 3 });", UNBOUNDED],
  ['p-retry within p-timeout', "import pRetry from 'p-retry'; import pTimeout from 'p-timeout'; await pTimeout(pRetry(() => /*a*/ fetch(url)), { milliseconds: 5000 });", BOUNDED],
  ['p-limit', "import pLimit from 'p-limit'; const limit = pLimit(2); await limit(() => /*a*/ fetch(url));", UNBOUNDED],
  ['p-queue with a limit', "import PQueue from 'p-queue'; const queue = new PQueue({ timeout: 5000 }); await queue.add(() => /*a*/ fetch(url));", BOUNDED],
  ['p-queue without a limit', "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 2 }); await queue.add(() => /*a*/ fetch(url));", UNBOUNDED],
];

const races: Case[] = [
  ['a race with a rejecting timer', "await Promise.race([/*a*/ fetch(url), new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000))]);", BOUNDED],
  ['a race with a timer in a variable', "const late = new Promise((_, reject) => setTimeout(reject, 5000)); await Promise.race([/*a*/ fetch(url), late]);", BOUNDED],
  ['a race with a timer of a function', "const late = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms)); await Promise.race([/*a*/ fetch(url), late(5000)]);", BOUNDED],
  ['a race with a sleep that then throws', "import { setTimeout as sleep } from 'node:timers/promises'; await Promise.race([/*a*/ fetch(url), sleep(5000).then(() => { throw new Error('late'); })]);", BOUNDED],
  ['a race of a promise in a variable', "const loading = /*a*/ fetch(url); await Promise.race([loading, new Promise((_, reject) => setTimeout(reject, 5000))]);", BOUNDED],
  ['a race of a chain', "await Promise.race([/*a*/ fetch(url).then((res) => res.json()), new Promise((_, reject) => setTimeout(reject, 5000))]);", BOUNDED],
  ['a race of a call in an async function', "await Promise.race([(async () => { const res = await /*a*/ fetch(url); return res.json(); })(), new Promise((_, reject) => setTimeout(reject, 5000))]);", BOUNDED],
  ['a race with something else', 'await Promise.race([/*a*/ fetch(url), closed]);', UNKNOWN],
  ['a race of a list that is not written out', 'await Promise.race(hosts.map((host) => /*a*/ fetch(host)));', UNKNOWN],
  ['all of a list', 'await Promise.all([/*a*/ fetch(url), other]);', UNBOUNDED],
  ['a promise whose executor starts a timer', "await new Promise((resolve, reject) => { setTimeout(() => reject(new Error('late')), 5000); /*a*/ fetch(url).then(resolve, reject); });", BOUNDED],
  ['a promise whose executor starts none', 'await new Promise((resolve, reject) => { /*a*/ fetch(url).then(resolve, reject); });', UNBOUNDED],
  ['a promise whose executor starts a timer for something else', 'await new Promise((resolve, reject) => { setTimeout(() => log("slow"), 5000); /*a*/ fetch(url).then(resolve, reject); });', UNBOUNDED],
  ['a promise whose executor starts a timer by a named function', "await new Promise((resolve, reject) => { const onTimeout = () => reject(new Error('late')); setTimeout(onTimeout, 5000); /*a*/ fetch(url).then(resolve, reject); });", BOUNDED],
  ['a timer that runs the call', 'setTimeout(async () => { await /*a*/ fetch(url); }, 5000);', UNBOUNDED],
  ['an interval that runs the call', 'setInterval(() => /*a*/ fetch(url), 5000);', UNBOUNDED],
];

const HELPER = "export function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> { return Promise.race([promise, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms))]); }";

const helpers: Case[] = [
  ['a helper of this file that races', `${HELPER} await withTimeout(/*a*/ fetch(url), 5000);`, BOUNDED],
  ['a helper of another file that races', { main: "import { withTimeout } from './with-timeout.js'; await withTimeout(/*a*/ fetch(url), 5000);", files: { 'src/with-timeout.ts': `${HELPER} export const f = fetch;` } }, BOUNDED],
  ['a helper that clears its timer', "async function promiseWithTimeout(promise, ms) { let timer; const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('late')), ms); }); try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); } } await promiseWithTimeout(/*a*/ fetch(url), 5000);", BOUNDED],
  ['a helper with an executor', "const bounded = (promise, ms) => new Promise((resolve, reject) => { const timer = setTimeout(() => reject(new Error('late')), ms); promise.then(resolve, reject).finally(() => clearTimeout(timer)); }); await bounded(/*a*/ fetch(url), 5000);", BOUNDED],
  ['a helper that runs a function', "const within = (ms, run) => Promise.race([run(), new Promise((_, reject) => setTimeout(reject, ms))]); await within(5000, () => /*a*/ fetch(url));", BOUNDED],
  ['a helper that bounds another parameter', "const within = (other, promise) => { void promise; return Promise.race([other, new Promise((_, reject) => setTimeout(reject, 1))]); }; await within(x, /*a*/ fetch(url));", UNKNOWN],
  ['a helper of that name that does not bound', 'const logged = (promise) => promise.finally(() => log()); await logged(/*a*/ fetch(url));', UNBOUNDED],
  ['a helper that is not known, by its name', "import { withTimeout } from '@acme/async'; await withTimeout(/*a*/ fetch(url), 5000);", UNKNOWN],
  ['a helper that is not known, by another name', "import { traced } from '@acme/async'; await traced('load', () => /*a*/ fetch(url));", UNBOUNDED],
  ['a method that is not known, by its name', 'export const run = (limiter) => limiter.withDeadline(5000, () => /*a*/ fetch(url));', UNKNOWN],
  ['an Observable with a timeout', "import { from, timeout } from 'rxjs'; from(/*a*/ fetch(url)).pipe(timeout(5000)).subscribe();", UNKNOWN],
  ['an Observable with a timeout, deferred', "import { defer, timeout } from 'rxjs'; defer(() => /*a*/ fetch(url)).pipe(timeout(5000)).subscribe();", UNKNOWN],
  ['an Observable without one', "import { from, map } from 'rxjs'; from(/*a*/ fetch(url)).pipe(map(read)).subscribe();", UNBOUNDED],
  ['an effect with a timeout', "import { Effect } from 'effect'; Effect.tryPromise(() => /*a*/ fetch(url)).pipe(Effect.timeout('5 seconds'));", UNKNOWN],
  ['an effect with a timeout, by pipe', "import { Effect, pipe } from 'effect'; pipe(Effect.tryPromise(() => /*a*/ fetch(url)), Effect.timeout('5 seconds'));", UNKNOWN],
  ['a promise with a method for it', "import Bluebird from 'bluebird'; await Bluebird.resolve(/*a*/ fetch(url)).timeout(5000);", UNKNOWN],
  ['a method with a decorator for it', "class Orders { @Timeout(5000) async load() { return /*a*/ fetch(url); } }", UNKNOWN],
  ['a method with another decorator', "class Orders { @Get('/orders') async load() { return /*a*/ fetch(url); } }", UNBOUNDED],
  ['a function that is called under a bound only', "async function load() { return /*a*/ fetch(url); } await Promise.race([load(), new Promise((_, reject) => setTimeout(reject, 1))]);", BOUNDED],
  ['a function that is called under a bound and without', "async function load() { return /*a*/ fetch(url); } await Promise.race([load(), new Promise((_, reject) => setTimeout(reject, 1))]); await load();", UNBOUNDED],
  ['an exported function that is called under a bound here', "export async function load() { return /*a*/ fetch(url); } await Promise.race([load(), new Promise((_, reject) => setTimeout(reject, 1))]);", UNBOUNDED],
  ['a handler of a request whose name says timeout', "app.get('/timeout', async () => { await /*a*/ fetch(url); });", UNBOUNDED],
];

describe.each([
  ['cockatiel', cockatiel],
  ['another policy library', others],
  ['a race', races],
  ['a helper of the project', helpers],
])('a call within %s:', (_name, cases) => {
  it.each(cases)('%s', (_sentence, program, verdict) => {
    expect(verdictAt(program)).toBe(verdict);
  });
});

it('the judgement points at what bounds', () => {
  const bound = boundAt(`${HELPER}\nawait withTimeout(/*a*/ fetch(url), 5000);`);
  expect(bound?.steps.join('\n')).toContain('`withTimeout`, which gives up by a timer');
});
