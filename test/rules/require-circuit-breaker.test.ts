import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-circuit-breaker.js';
import { collectDecisions, type Decision } from '../../src/eslint/decisions.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const SERVER = JSON.stringify({ name: 'shop', type: 'module', dependencies: { fastify: '5.0.0', axios: '1.6.0' } });
const shared = {
  'package.json': SERVER,
  'src/prices.ts': 'export {};',
  'src/retry.ts': 'export async function withRetry<T>(run: () => Promise<T>, times = 4): Promise<T> {\n  for (let i = 0; ; i++) {\n    try { return await run(); } catch (error) { if (i >= times) throw error; }\n  }\n}\n',
  'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ baseURL: 'http://prices', timeout: 5000 });\n",
  'src/send.ts': "export async function send(url: string, init: RequestInit) {\n  for (let i = 0; i < 3; i++) {\n    try { return await fetch(url, init); } catch (error) { console.error(error); }\n  }\n}\n",
};
const project = tempProject(shared, { axios: '1.6.0', 'p-retry': '7.1.1', cockatiel: '3.2.1', opossum: '9.0.0', fastify: '5.0.0' });
const guarded = tempProject({ ...shared, 'src/circuit-breaker.ts': 'export class CircuitBreaker { failures = 0; }\n' }, { axios: '1.6.0' });
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });
const filename = `${project.root}/src/prices.ts`;
const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 'latest', sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;

const AXIOS = "import axios from 'axios';\n";
const P_RETRY = "import pRetry from 'p-retry';\n";
const HELPER = "import { withRetry } from './retry.js';\n";
const GET = "fetch('http://prices/today')";

const loop = (call: string, { handler = 'console.error(error);', head = 'for (let attempt = 0; attempt < 3; attempt++)', name = 'prices' } = {}): string =>
  `export async function ${name}(path) {\n  ${head} {\n    try {\n      return await ${call};\n    } catch (error) { ${handler} }\n  }\n}\n`;
const lines = (head: string): number => head.split('\n').length - 1;
const NODE = "import 'node:http';\n";

const valid = (name: string, code: string, file = filename) => ({ name, code: NODE + code, filename: file });
const invalid = (name: string, code: string, line: number) => ({ name, code: NODE + code, filename, errors: [{ messageId: 'noBreaker', line: line + 1 }] });
const inLoop = (name: string, head: string, call: string, options?: Parameters<typeof loop>[1]) => invalid(name, head + loop(call, options), lines(head) + 4);

tester.run('require-circuit-breaker', subject, {
  valid: [
    valid('one call', `export const prices = () => ${GET};`),
    valid('one more attempt', loop(GET, { head: 'for (let attempt = 0; attempt < 2; attempt++)' })),
    valid('any service that the caller names', loop('fetch(path)')),
    valid('any host that the caller names', loop('fetch(`http://${path}/today`)')),
    valid('a database', "import { Pool } from 'pg';\nconst pool = new Pool();\n" + loop("pool.query('select 1')")),
    valid('a cache', "import Redis from 'ioredis';\nconst redis = new Redis();\n" + loop("redis.get('prices')")),
    valid('a stream', "import got from 'got';\n" + loop("got.stream('http://prices/today')")),
    valid('a breaker of cockatiel around', "import { circuitBreaker, handleAll, ConsecutiveBreaker } from 'cockatiel';\nconst guard = circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(5) });\n" + loop(`guard.execute(() => ${GET})`)),
    valid('a policy with a breaker in it', "import { circuitBreaker, handleAll, retry, wrap, ConsecutiveBreaker } from 'cockatiel';\nconst guard = wrap(retry(handleAll, { maxAttempts: 3 }), circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(5) }));\nexport const prices = () => guard.execute(() => fetch('http://prices/today'));"),
    valid('a breaker of opossum around', "import CircuitBreaker from 'opossum';\nconst guard = new CircuitBreaker(() => fetch('http://prices/today'));\n" + loop('guard.fire()')),
    valid('a breaker of the project’s own in this file', 'class PriceBreaker { failures = 0; }\n' + loop(GET)),
    valid('a breaker somewhere in the package', loop(GET), `${guarded.root}/src/prices.ts`),
    valid('an adapter of one’s own', `${AXIOS}const api = axios.create({ baseURL: 'http://prices', adapter: guarded });\n${loop("api.get('/today')")}`),
    valid('a fetch of one’s own', "import ky from 'ky';\nconst api = ky.create({ prefixUrl: 'http://prices', fetch: guarded });\n" + loop("api.get('today')")),
    valid('a start', loop(GET, { name: 'waitForPrices' })),
    valid('a job', loop(GET, { name: 'syncPrices' })),
    valid('a file of jobs', loop(GET), `${project.root}/src/jobs/prices.ts`),
    valid('a timer', loop(GET, { name: 'heartbeat' })),
    valid('a function that is started for each request', "import type { Handler } from 'aws-lambda';\n" + loop(GET)),
    valid('an answer of a language model, which is asked again for what it said', "import OpenAI from 'openai';\nconst client = new OpenAI();\n" + loop("client.chat.completions.create({ model: 'a', messages: [] })", { name: 'askOpenAI' })),
    valid('an integration that a platform starts for each event', "import * as bp from '.botpress';\n" + loop(GET)),
    valid('only after a refusal', loop(GET, { handler: 'if (error.status !== 429) throw error;' })),
    valid('new credentials', "export async function prices(again = true) {\n  try {\n    return await fetch('http://prices/today');\n  } catch (error) {\n    if (error.status === 401 && again) return prices(false);\n    throw error;\n  }\n}"),
    valid('polling', loop("ask(fetch('http://prices/today'))").replace('try {', "try {\n      if (!path) throw new Error('not ready');")),
    valid('a wrapper, by itself', "export async function send(url: string, init: RequestInit) {\n  for (let attempt = 0; attempt < 3; attempt++) { try { return await fetch(url, init); } catch (error) { console.error(error); } }\n}"),
    valid('what the library does by itself', "import got from 'got';\nexport const prices = () => got('http://prices/today');"),
    valid('a function of the same name', 'const fetch = async (url: string) => url;\n' + loop(GET)),
    valid('another axios', "import axios from 'axios-lookalike';\n" + loop("axios.get('http://prices/today')")),
    { name: 'code of a browser', code: "import { useEffect } from 'react';\n" + loop(GET), filename: `${browser.root}/src/main.tsx` },
  ],
  invalid: [
    inLoop('a loop', '', GET),
    inLoop('a path of the caller', '', 'fetch(`http://prices/${path}`)'),
    inLoop('an address of the environment', '', 'fetch(`${process.env.PRICES_URL}/today`)'),
    inLoop('an address in a constant', "const PRICES_URL = process.env.PRICES_URL ?? 'http://prices';\n", 'fetch(`${PRICES_URL}/${path}`)'),
    inLoop('an address that is imported', "import { PRICES_URL } from './config.js';\n", "fetch(PRICES_URL + '/today')"),
    inLoop('a URL object', '', "fetch(new URL(path, 'http://prices/'))"),
    inLoop('axios', AXIOS, "axios.get('http://prices/today')"),
    inLoop('an alias', "import { default as web } from 'axios';\n", "web.get('http://prices/today')"),
    inLoop('require', "const axios = require('axios');\n", "axios.get('http://prices/today')"),
    inLoop('an instance with its address', `${AXIOS}const api = axios.create({ baseURL: 'http://prices' });\n`, 'api.get(path)'),
    inLoop('an instance of another file', "import { http } from './http.js';\n", 'http.get(path)'),
    inLoop('an SDK', "import Stripe from 'stripe';\nconst stripe = new Stripe(key);\n", 'stripe.customers.retrieve(path)'),
    inLoop('with a delay, which stops nothing', '', GET, { handler: 'await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt));' }),
    invalid('a member of a client', 'export class Prices {\n  private readonly baseUrl = process.env.PRICES_URL;\n  async today() {\n    for (let attempt = 0; attempt < 3; attempt++) {\n      try { return await fetch(`${this.baseUrl}/today`); } catch (error) { console.error(error); }\n    }\n  }\n}', 5),
    invalid('a function that calls itself', "export async function prices(left = 3) {\n  try {\n    return await fetch('http://prices/today');\n  } catch (error) {\n    if (left === 0) throw error;\n    return prices(left - 1);\n  }\n}", 3),
    invalid('a helper', `${HELPER}export const prices = () => withRetry(() => ${GET});`, 2),
    invalid('a library', `${P_RETRY}export const prices = () => pRetry(() => ${GET}, { retries: 3 });`, 2),
    invalid('a policy without a breaker', `import { handleAll, retry } from 'cockatiel';\nconst again = retry(handleAll, { maxAttempts: 3 });\nexport const prices = () => again.execute(() => ${GET});`, 3),
    invalid('a wrapper that is handed its service', "import { send } from './send.js';\nexport const prices = () => send('http://prices/today', { method: 'GET' });", 2),
    invalid('a reply that says it failed', `export async function prices() {\n  for (let attempt = 0; attempt < 3; attempt++) {\n    const reply = await ${GET};\n    if (reply.ok) return reply;\n  }\n}`, 3),
    invalid('several calls of one helper against one service, once', `${HELPER}export const today = () => withRetry(() => fetch('http://prices/today'));\nexport const week = () => withRetry(() => fetch('http://prices/week'));`, 2),
  ],
});

const linter = new Linter({ configType: 'flat', cwd: '/' });
function messages(code: string, parser: Linter.Parser = typescriptParser as unknown as Linter.Parser): string[] {
  const config: Linter.Config = { files: ['**/*.ts'], plugins: { resilience: { rules: { 'require-circuit-breaker': subject } } as ESLint.Plugin }, rules: { 'resilience/require-circuit-breaker': 'error' }, languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' } };
  return linter.verify(NODE + code, [config], filename).map(({ message }) => message);
}

describe('messages', () => {
  it('say how often, against what, and what to do', () => {
    expect(messages(loop(GET))).toEqual([
      '`fetch` is tried up to 3 times against `http://prices`, and no circuit breaker stops that while it is down: each request waits for all its attempts, and the service gets that many times its load when it can carry least. Put a breaker around the client, one for the service (the codemod wrap-clients does), and do not try again while it is open.',
    ]);
  });
});

describe('parsers', () => {
  it.each([
    ['espree', espree as unknown as Linter.Parser],
    ['oxc', oxcParser as unknown as Linter.Parser],
  ])('%s gives the same report', (_, parser) => expect(messages(loop(GET), parser)).toEqual(messages(loop(GET))));
});

describe('known limitation', () => {
  it.each([
    ['an address that a class is handed under a name that tells nothing', 'export class Prices {\n  constructor(private readonly target: string) {}\n  async today() {\n    for (let attempt = 0; attempt < 3; attempt++) { try { return await fetch(this.target); } catch (error) { console.error(error); } }\n  }\n}'],
    ['a client whose own retries are many', "import got from 'got';\nexport const prices = () => got('http://prices/today', { retry: { limit: 10 } });"],
    ['a breaker that is only spoken of', '// TODO: a circuit breaker\n' + loop(GET)],
  ])('%s is not seen', (_, code) => expect(messages(code)).toEqual([]));
});

it('decides for each remote call that is tried again', () => {
  const decisions: Decision[] = [];
  const stop = collectDecisions((decision) => decisions.push(decision));
  messages(loop(GET));
  messages(loop('fetch(path)'));
  messages(loop(GET, { name: 'waitForPrices' }));
  stop();
  expect(decisions.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(['absent no breaker', 'unknown downstream-unknown', 'set nobody-waits']);
});
