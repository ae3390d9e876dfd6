import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-timeout-overrun.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const WITH_TIMEOUT = `export function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), ms))]);
}
`;
const RETRY = `export async function withRetry<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
  let last: unknown;
  for (let i = 0; i < attempts; i++) {
    try { return await work(); } catch (error) { last = error; await new Promise((resolve) => setTimeout(resolve, 1000)); }
  }
  throw last;
}
`;

const project = tempProject(
  {
    'src/main.ts': 'export {};',
    'src/with-timeout.ts': WITH_TIMEOUT,
    'src/with-retry.ts': RETRY,
    'src/index.ts': "export { withTimeout as limit } from './with-timeout.js';\n",
    'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ timeout: 60_000 });\nexport const prices = () => axios.get('https://prices.internal', { timeout: 10_000 });\n",
  },
  { openai: '6.49.0', got: '14.6.6', ky: '2.1.0', axios: '1.21.1', 'p-retry': '7.1.1', 'p-timeout': '8.0.0', 'async-retry': '1.3.3', cockatiel: '4.0.0', opossum: '9.0.0', undici: '7.30.2', mongodb: '7.5.0', superagent: '10.4.2' },
);
const filename = `${project.root}/src/main.ts`;
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0', got: '14.6.6' } }), 'src/main.ts': 'export {};' });
const parser = typescriptParser as unknown as Linter.Parser;
const tester = new RuleTester({ languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const linter = new Linter({ configType: 'flat', cwd: '/' });

const AXIOS = "import axios from 'axios';\n";
const GOT = "import got from 'got';\n";
const P_TIMEOUT = "import pTimeout from 'p-timeout';\n";
const P_RETRY = "import pRetry from 'p-retry';\n";
const HELPER = "import { withTimeout } from './with-timeout.js';\n";
const COCKATIEL = "import { ConsecutiveBreaker, ExponentialBackoff, circuitBreaker, handleAll, retry, timeout, wrap } from 'cockatiel';\n";
const get = (ms: number | string): string => `axios.get('https://prices.internal', { timeout: ${ms} })`;
const LOOP = (ms: number, wait = 1000): string =>
  `async function load() {\n  for (let i = 0; i < 3; i++) {\n    try { return await ${get(ms)}; } catch (error) { await new Promise((resolve) => setTimeout(resolve, ${wait})); }\n  }\n  throw new Error('gone');\n}\n`;
const POLICIES = 'const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });\nconst breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });\n';

function verify(code: string, file = filename, with_: Linter.Parser = parser): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ['**/*.ts', '**/*.js'],
    plugins: { resilience: { rules: { 'no-timeout-overrun': subject } } as ESLint.Plugin },
    rules: { 'resilience/no-timeout-overrun': 'error' },
    languageOptions: { parser: with_, ecmaVersion: 'latest', sourceType: 'module' },
  };
  const found = linter.verify(code, [config], file);
  for (const { ruleId, message } of found) expect(ruleId, message).toBe('resilience/no-timeout-overrun');
  return found;
}

const messages = (code: string, file = filename, with_: Linter.Parser = parser): string[] => verify(code, file, with_).map(({ message }) => message);
const valid = (name: string, code: string, file = filename) => ({ name, code, filename: file });
const invalid = (name: string, messageId: string, line: number, code: string) => ({ name, messageId, line, code });

describe('silent', () => {
  it.each([
    valid('an inner limit that is shorter', `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(${get(5000)}, { milliseconds: 10_000 });`),
    valid('two limits that are the same', `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(${get(10_000)}, { milliseconds: 10_000 });`),
    valid('a client whose limit is that of other calls, too', `${P_TIMEOUT}import { http } from './http.js';\nexport const f = () => pTimeout(http.get('/a'), { milliseconds: 10_000 });`),
    valid('a default that nobody wrote', `${P_TIMEOUT}import OpenAI from 'openai';\nconst openai = new OpenAI();\nexport const f = (body) => pTimeout(openai.chat.completions.create(body), { milliseconds: 10_000 });`),
    valid('an outer limit that is not known', `${AXIOS}${P_TIMEOUT}export const f = (ms) => pTimeout(${get(60_000)}, { milliseconds: ms });`),
    valid('an inner limit that is not known', `${AXIOS}${P_TIMEOUT}export const f = (ms) => pTimeout(${get('ms')}, { milliseconds: 1000 });`),
    valid('a limit from the environment', `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(${get('Number(process.env.TIMEOUT)')}, { milliseconds: 1000 });`),
    valid('no limit at all', `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(axios.get('https://prices.internal'), { milliseconds: Infinity });`),
    valid('a helper that is handed more', `${AXIOS}${HELPER}export const f = () => withTimeout(${get(5000)}, 6000);`),
    valid('a race after which the call goes on, to fill a cache', `${AXIOS}import { setTimeout as sleep } from 'node:timers/promises';\nexport const f = (stale) => Promise.race([${get(30_000)}, sleep(100).then(() => stale)]);`),
    valid('a helper that bounds nothing', `${AXIOS}const withTimeout = (work, ms) => work;\nexport const f = () => withTimeout(${get(60_000)}, 1000);`),
    valid('connecting may take longer than nothing: it is another clock', `${GOT}export const f = () => got('https://prices.internal', { timeout: { connect: 9000, request: 5000 } });`),
    valid('phases within the whole', `${GOT}export const f = () => got('https://prices.internal', { timeout: { response: 3000, request: 5000 } });`),
    valid('a client with longer phases than one call allows', `${GOT}const http = got.extend({ timeout: { response: 10_000 } });\nexport const f = () => http('https://prices.internal', { timeout: { request: 5000 } });`),
    valid('two phases that follow each other', "import { request } from 'undici';\nexport const f = () => request('https://prices.internal', { headersTimeout: 1000, bodyTimeout: 60_000 });"),
    valid('all attempts fit', `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => ${get(2000)}, { retries: 2, minTimeout: 100 }), { milliseconds: 20_000 });`),
    valid('only the last attempt is cut short: that may be wanted', `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => ${get(8000)}, { retries: 2, minTimeout: 500 }), { milliseconds: 20_000 });`),
    valid('attempts that nobody wrote', `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => ${get(2000)}), { milliseconds: 20_000 });`),
    valid('attempts of a client that nobody wrote', `${GOT}export const f = () => got('https://prices.internal', { timeout: { request: 10_000 }, signal: AbortSignal.timeout(15_000) });`),
    valid('a number of attempts that is not known', `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = (retries) => pTimeout(pRetry(() => ${get(10_000)}, { retries }), { milliseconds: 20_000 });`),
    valid('a limit for each attempt', `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pRetry(() => pTimeout(${get(9000)}, { milliseconds: 10_000 }), { retries: 5 });`),
    valid('a client that does not try its own timeouts again', "import ky from 'ky';\nexport const f = () => ky.get('https://prices.internal', { timeout: 8000, totalTimeout: 10_000, retry: { limit: 2 } });"),
    valid('a loop with nothing around it', AXIOS + LOOP(60_000)),
    valid('a loop within its limit', `${AXIOS}${HELPER}${LOOP(5000)}export const f = () => withTimeout(load(), 20_000);`),
    valid('a loop that goes round for a conflict alone', `${AXIOS}${HELPER}${LOOP(10_000).replace('catch (error) {', "catch (error) { if (error.code !== '23505') throw error;")}export const f = () => withTimeout(load(), 20_000);`),
    valid('a retry that leaves an open circuit', `${COCKATIEL.replace('handleAll,', 'BrokenCircuitError, handleAll, handleWhen,')}const policy = retry(handleWhen((error) => !(error instanceof BrokenCircuitError)), { maxAttempts: 3, backoff: new ExponentialBackoff() });\nconst breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });\nexport const both = wrap(policy, breaker);`),
    valid('a retry inside the breaker', `${COCKATIEL}${POLICIES}export const both = wrap(breaker, policy);`),
    valid('a retry with no breaker', `${COCKATIEL}${POLICIES}export const both = wrap(policy, timeout(1000, 'aggressive'));`),
    valid('attempts without a delay are over at once', `${COCKATIEL}${POLICIES.replace(', backoff: new ExponentialBackoff()', '')}export const both = wrap(policy, breaker);`),
    valid('a loop that asks for the open circuit', `${AXIOS}import CircuitBreaker from 'opossum';\nconst breaker = new CircuitBreaker((id) => axios.get(id));\nexport async function f(id) {\n  for (let i = 0; i < 3; i++) {\n    try { return await breaker.fire(id); } catch (error) { if (error.code === 'EOPENBREAKER') throw error; await new Promise((resolve) => setTimeout(resolve, 1000)); }\n  }\n}`),
    valid('a look-alike', "import got from 'got-lookalike';\nexport const f = () => got('https://prices.internal', { timeout: { response: 30_000, request: 5000 } });"),
    valid('a tool for the command line', `${GOT}export const f = () => got('https://prices.internal', { timeout: { response: 30_000, request: 5000 } });`, `${script.root}/src/main.ts`),
  ])('$name', ({ code, filename: file }) => {
    expect(messages(code, file)).toEqual([]);
  });
});

const reported = [
  invalid('a phase that is longer than the whole', 'phase', 2, `${GOT}export const f = () => got('https://prices.internal', { timeout: { response: 10_000, request: 5000 } });`),
  invalid('the same for a client', 'phase', 3, `${GOT}const http = got.extend({ timeout: { response: 10_000, request: 5000 } });\nexport const f = () => http('https://prices.internal');`),
  invalid('an attempt that is longer than all of them', 'phase', 2, "import ky from 'ky';\nexport const f = () => ky.get('https://prices.internal', { timeout: 30_000, totalTimeout: 10_000 });"),
  invalid('a limit beside a shorter signal', 'phase', 2, `${AXIOS}export const f = () => axios.get('https://prices.internal', { timeout: 10_000, signal: AbortSignal.timeout(5000) });`),
  invalid('options in a variable', 'phase', 2, `${AXIOS}const options = { timeout: 10_000, signal: AbortSignal.timeout(5000) };\nexport const f = () => axios.get('https://prices.internal', options);`),
  invalid('p-timeout', 'inner', 3, `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(${get(30_000)}, { milliseconds: 10_000 });`),
  invalid('p-timeout under another name, required', 'inner', 3, `const axios = require('axios');\nconst limit = require('p-timeout').default;\nexports.f = () => limit(${get(30_000)}, { milliseconds: 10_000 });`),
  invalid('a signal inside a shorter limit', 'inner', 2, `${P_TIMEOUT}export const f = () => pTimeout(fetch('https://prices.internal', { signal: AbortSignal.timeout(30_000) }), { milliseconds: 10_000 });`),
  invalid('a helper of another file', 'inner', 3, `${AXIOS}${HELPER}export const f = () => withTimeout(${get(30_000)}, 10_000);`),
  invalid('a helper by a re-export', 'inner', 3, `${AXIOS}import { limit } from './index.js';\nexport const f = () => limit(${get(30_000)}, 10_000);`),
  invalid('a race with a timer', 'inner', 2, `${AXIOS}export const f = () => Promise.race([${get(30_000)}, new Promise((_, reject) => setTimeout(reject, 10_000))]);`),
  invalid('a breaker that gives up sooner', 'inner', 3, `${AXIOS}import CircuitBreaker from 'opossum';\nexport const breaker = new CircuitBreaker((id) => ${get(30_000)}, { timeout: 3000 });`),
  invalid('a policy that gives up sooner', 'inner', 3, `${AXIOS}${COCKATIEL}export const f = () => timeout(3000, 'aggressive').execute(() => ${get(30_000)});`),
  invalid('a constant of the file', 'inner', 4, `${AXIOS}${P_TIMEOUT}const LIMIT = 10_000;\nexport const f = () => pTimeout(${get('3 * LIMIT')}, { milliseconds: LIMIT });`),
  invalid('attempts of a library', 'attempts', 4, `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => ${get(10_000)}, { retries: 2 }), { milliseconds: 20_000 });`),
  invalid('attempts of a function of another file', 'attempts', 4, `${P_TIMEOUT}${P_RETRY}import { prices } from './http.js';\nexport const f = () => pTimeout(pRetry(prices, { retries: 2 }), { milliseconds: 20_000 });`),
  invalid('waits alone', 'attempts', 3, `${P_TIMEOUT}${P_RETRY}export const f = (load) => pTimeout(pRetry(() => load(), { retries: 5 }), { milliseconds: 30_000 });`),
  invalid('waits of async-retry, which its random part makes longer', 'attempts', 3, `${P_TIMEOUT}import again from 'async-retry';\nexport const f = (load) => pTimeout(again(() => load(), { retries: 5 }), { milliseconds: 30_000 });`),
  invalid('a loop', 'attempts', 9, `${AXIOS}${HELPER}${LOOP(10_000)}export const f = () => withTimeout(load(), 20_000);`),
  invalid('a helper that tries again', 'attempts', 4, `${AXIOS}${HELPER}import { withRetry } from './with-retry.js';\nexport const f = () => withTimeout(withRetry(() => ${get(10_000)}), 20_000);`),
  invalid('a limit for each attempt', 'attempts', 4, `${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => pTimeout(axios.get('https://prices.internal'), { milliseconds: 10_000 }), { retries: 2 }), { milliseconds: 20_000 });`),
  invalid('a client under its own signal', 'attempts', 2, `${GOT}export const f = () => got('https://prices.internal', { timeout: { request: 10_000 }, retry: { limit: 2 }, signal: AbortSignal.timeout(20_000) });`),
  invalid('a client under a limit around it', 'attempts', 3, `${GOT}${P_TIMEOUT}export const f = () => pTimeout(got('https://prices.internal', { timeout: { request: 10_000 }, retry: { limit: 2 } }), { milliseconds: 20_000 });`),
  invalid('a wrapped breaker', 'circuit', 4, `${COCKATIEL}${POLICIES}export const both = wrap(policy, breaker);`),
  invalid('a breaker that is run in a retry', 'circuit', 4, `${COCKATIEL}${POLICIES}export const f = () => policy.execute(() => breaker.execute(() => fetch('https://prices.internal')));`),
  invalid('a retry of a library around a breaker', 'circuit', 4, `${AXIOS}${P_RETRY}import CircuitBreaker from 'opossum';\nconst breaker = new CircuitBreaker((id) => axios.get(id)); export const f = (id) => pRetry(() => breaker.fire(id), { retries: 4 });`),
  invalid('a loop around a breaker', 'circuit', 6, `${AXIOS}import CircuitBreaker from 'opossum';\nconst breaker = new CircuitBreaker((id) => axios.get(id));\nexport async function f(id) {\n  for (let i = 0; i < 3; i++) {\n    try { return await breaker.fire(id); } catch (error) { await new Promise((resolve) => setTimeout(resolve, 1000)); }\n  }\n}`),
];

describe('reported', () => {
  it.each(reported)('$name', ({ code, messageId, line }) => {
    expect(verify(code).map((one) => ({ messageId: one.messageId, line: one.line }))).toEqual([{ messageId, line }]);
  });

  it('prints the sum', () => {
    expect(messages(`${AXIOS}${P_TIMEOUT}${P_RETRY}export const f = () => pTimeout(pRetry(() => ${get(10_000)}, { retries: 2 }), { milliseconds: 20_000 });`)).toEqual([
      '3 attempts × 10 s + 3 s of waits = 33 s, but p-timeout gives up after 20 s: against something that does not answer, the last attempt of `pRetry` is never made. Allow less for an attempt, make fewer of them, or give all of them longer.',
    ]);
  });

  it('prints the waits where they alone are too long', () => {
    expect(messages(`${P_TIMEOUT}${P_RETRY}export const f = (load) => pTimeout(pRetry(() => load(), { retries: 5 }), { milliseconds: 30_000 });`)).toEqual([
      '6 attempts with 31 s of waits between them, but p-timeout gives up after 30 s: the last attempt of `pRetry` is never made. Allow less for an attempt, make fewer of them, or give all of them longer.',
    ]);
  });

  it('says how long the call goes on for nobody', () => {
    expect(messages(`${AXIOS}${HELPER}export const f = () => withTimeout(${get(30_000)}, 10_000);`)).toEqual([
      '`timeout` allows `axios.get` 30 s, but `withTimeout` around it gives up after 10 s: the inner limit is never reached, and the call goes on for up to 20 s with nobody to take its reply. Make the inner limit shorter than 10 s.',
    ]);
  });

  it('is the same with any parser, and in JavaScript', () => {
    const code = `${AXIOS}${P_TIMEOUT}export const f = () => pTimeout(${get(30_000)}, { milliseconds: 10_000 });`;
    const expected = messages(code);
    expect(expected).toHaveLength(1);
    expect(messages(code, filename, espree as unknown as Linter.Parser)).toEqual(expected);
    expect(messages(code, filename, oxcParser as unknown as Linter.Parser)).toEqual(expected);
    expect(messages(code, filename.replace('.ts', '.js'))).toEqual(expected);
  });
});

const LEAVES = "retry(handleWhen((error) => !(error instanceof BrokenCircuitError)), { maxAttempts: 3";

tester.run('no-timeout-overrun suggests', subject, {
  valid: [],
  invalid: [
    {
      name: 'to let the open circuit leave',
      code: `${COCKATIEL}${POLICIES}export const both = wrap(policy, breaker);`,
      filename,
      errors: [{ messageId: 'circuit', line: 4, suggestions: [{ messageId: 'suggestLeave', output: `${COCKATIEL.replace(' }', ', handleWhen, BrokenCircuitError }')}${POLICIES.replace('retry(handleAll, { maxAttempts: 3', LEAVES)}export const both = wrap(policy, breaker);` }] }],
    },
    {
      name: 'to let it leave, with the names that are there',
      code: `${COCKATIEL.replace('{ ', '{ BrokenCircuitError, handleWhen, ')}${POLICIES}export const both = wrap(policy, breaker);`,
      filename,
      errors: [{ messageId: 'circuit', line: 4, suggestions: [{ messageId: 'suggestLeave', output: `${COCKATIEL.replace('{ ', '{ BrokenCircuitError, handleWhen, ')}${POLICIES.replace('retry(handleAll, { maxAttempts: 3', LEAVES)}export const both = wrap(policy, breaker);` }] }],
    },
    {
      name: 'nothing, where a number is wrong',
      code: `${GOT}export const f = () => got('https://prices.internal', { timeout: { response: 10_000, request: 5000 } });`,
      filename,
      errors: [{ messageId: 'phase', line: 2, suggestions: [] }],
    },
  ],
});

it('writes code that parses', () => {
  const [message] = verify(`${COCKATIEL}${POLICIES}export const both = wrap(policy, breaker);`);
  const code = `${COCKATIEL}${POLICIES}export const both = wrap(policy, breaker);`;
  const { range, text } = message!.suggestions![0]!.fix;
  expect(() => parse('a.ts', code.slice(0, range[0]) + text + code.slice(range[1]))).not.toThrow();
});

describe('known limitation', () => {
  it.each([
    ['one signal for all attempts', `${AXIOS}export async function f() {\n  const signal = AbortSignal.timeout(5000);\n  for (let i = 0; i < 3; i++) {\n    try { return await axios.get('https://prices.internal', { signal, timeout: 5000 }); } catch (error) { await new Promise((resolve) => setTimeout(resolve, 1000)); }\n  }\n}`],
    ['the limit of a server or of a job', "import { createServer } from 'node:http';\nimport axios from 'axios';\nconst server = createServer(async (request, reply) => { await axios.get('https://prices.internal', { timeout: 60_000 }); reply.end(); });\nserver.requestTimeout = 30_000;"],
    ['a controller whose timer is set by hand', `${AXIOS}export async function f() {\n  const controller = new AbortController();\n  const timer = setTimeout(() => controller.abort(), 1000);\n  try { return await axios.get('https://prices.internal', { signal: controller.signal, timeout: 60_000 }); } finally { clearTimeout(timer); }\n}`],
  ])('%s', (_name, code) => {
    expect(messages(code)).toEqual([]);
  });
});
