import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/no-nested-retry.js';
import { parse } from '../../src/analysis/parse.js';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
afterAll(removeTempProjects);

const RETRY = `export async function withRetry<T>(work: () => Promise<T>, attempts = 4): Promise<T> {
  let last: unknown;
  for (let i = 0; i < attempts; i++) {
    try { return await work(); } catch (error) { last = error; await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** i)); }
  }
  throw last;
}
`;

const project = tempProject(
  {
    'src/main.ts': 'export {};',
    'src/retry.ts': RETRY,
    'src/retrying.ts': "import pRetry from 'p-retry';\nexport const retrying = <T>(work: () => Promise<T>) => pRetry(() => work(), { retries: 2 });\n",
    'src/narrow.ts': RETRY.replace('last = error;', "if ((error as { code?: string }).code !== '23505') throw error; last = error;"),
    'src/choice.ts': RETRY.replace('attempts = 4', 'goesOn: (error: unknown) => boolean, attempts = 4').replace('last = error;', 'if (!goesOn(error)) throw error; last = error;'),
    'src/payments.ts': `import { withRetry } from './retry.js';\nexport async function charge(id: string) { return withRetry(() => fetch('https://payments.internal/' + id), 3); }\nexport async function tryCharge(id: string) { try { return await charge(id); } catch { return null; } }\n`,
    'src/llm.ts': "import OpenAI from 'openai';\nexport const llm = new OpenAI({ maxRetries: 4 });\nexport class Model { constructor(private readonly client: OpenAI) {} ask(body: never) { return this.client.chat.completions.create(body); } }\n",
    'src/index.ts': "export { withRetry } from './retry.js';\nexport { llm } from './llm.js';\n",
  },
  { openai: '6.49.0', got: '14.6.6', ky: '2.1.0', axios: '1.21.1', 'axios-retry': '4.5.0', 'p-retry': '7.1.1', 'async-retry': '1.3.3', cockatiel: '4.0.0', '@aws-sdk/client-s3': '3.1162.0', superagent: '10.4.2', ioredis: '6.0.0', mongodb: '7.9.0', bullmq: '6.7.0', undici: '7.30.2', stripe: '17.7.0' },
);
const filename = `${project.root}/src/main.ts`;
const script = tempProject({ 'package.json': JSON.stringify({ name: 'tool', type: 'module', bin: './src/main.ts', dependencies: { commander: '14.0.0', openai: '6.49.0' } }), 'src/main.ts': 'export {};' });
const parser = typescriptParser as unknown as Linter.Parser;
const tester = new RuleTester({ languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;
const linter = new Linter({ configType: 'flat', cwd: '/' });

const OPENAI = "import OpenAI from 'openai';\nconst openai = new OpenAI();\n";
const GOT = "import got from 'got';\n";
const P_RETRY = "import pRetry from 'p-retry';\n";
const HELPER = "import { withRetry } from './retry.js';\n";
const ASK = 'openai.chat.completions.create(body)';
const SLEEP = 'await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** i));';

/** A loop of three rounds around `await call`. */
const loop = (call: string, handler = SLEEP, head = 'for (let i = 0; i < 3; i++)'): string =>
  `export async function load(body: never) {\n  ${head} {\n    try {\n      return await ${call};\n    } catch (error) {\n      ${handler}\n    }\n  }\n  throw new Error('gone');\n}\n`;

function messages(code: string, file = filename, with_: Linter.Parser = parser): string[] {
  const config: Linter.Config = {
    files: ['**/*.ts', '**/*.js'],
    plugins: { resilience: { rules: { 'no-nested-retry': subject } } as ESLint.Plugin },
    rules: { 'resilience/no-nested-retry': 'error' },
    languageOptions: { parser: with_, ecmaVersion: 'latest', sourceType: 'module' },
  };
  return linter.verify(code, [config], file).map(({ ruleId, message }) => {
    expect(ruleId, message).toBe('resilience/no-nested-retry');
    return message;
  });
}

const valid = (name: string, code: string, file = filename) => ({ name, code, filename: file });

/** What is multiplied, at which line; and what a suggestion writes. */
const invalid = (name: string, product: string, line: number, code: string, output?: string) => ({ name, product, line, code, output });

describe('silent', () => {
  it.each([
    valid('a loop around a call that is made once', `import OpenAI from 'openai';\nconst openai = new OpenAI({ maxRetries: 0 });\n${loop(ASK)}`),
    valid('the client told so in the call', OPENAI + loop('openai.chat.completions.create(body, { maxRetries: 0 })')),
    valid('a number that comes from the environment', `import OpenAI from 'openai';\nconst openai = new OpenAI({ maxRetries: Number(process.env.RETRIES) });\n${loop(ASK)}`),
    valid('options that are spread', `import OpenAI from 'openai';\nimport { options } from '@acme/config';\nconst openai = new OpenAI({ ...options });\n${loop(ASK)}`),
    valid('an injected client, whose options are not known', "import type OpenAI from 'openai';\nexport class A { constructor(private readonly openai: OpenAI) {}\n async f(body: never) { for (let i = 0; i < 3; i++) { try { return await this.openai.chat.completions.create(body); } catch { await new Promise((r) => setTimeout(r, 9)); } } throw new Error(); } }"),
    valid('got does not try a POST again', `${GOT}${P_RETRY}export const pay = () => pRetry(() => got.post('https://payments.internal'), { retries: 3 });`),
    valid('nor by an option', `${GOT}${P_RETRY}export const pay = () => pRetry(() => got('https://payments.internal', { method: 'POST' }), { retries: 3 });`),
    valid('a method that is not known', `${GOT}${P_RETRY}export const pay = (method) => pRetry(() => got('https://payments.internal', { method }), { retries: 3 });`),
    valid('other methods than those we know', `${GOT}${P_RETRY}export const pay = () => pRetry(() => got('https://payments.internal', { retry: { methods: [] } }), { retries: 3 });`),
    valid('got with its retries off', `${GOT}${P_RETRY}export const pay = () => pRetry(() => got('https://payments.internal', { retry: { limit: 0 } }), { retries: 3 });`),
    valid('a client that tries nothing again', loop("fetch('https://a.internal')")),
    valid('undici, which needs an agent for it', `import { request } from 'undici';\n${loop("request('https://a.internal')")}`),
    valid('reconnecting, which all callers share', `import Redis from 'ioredis';\nconst redis = new Redis();\n${loop("redis.get('a')")}`),
    valid('a second try with another server of the set', `import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://a');\n${loop("client.db('a').collection('b').findOne({})")}`),
    valid('a POST that axios-retry tries again only where no reply came', `import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nconst http = axios.create();\naxiosRetry(http, { retries: 3 });\n${loop("http.post('https://a.internal')")}`),
    valid('a condition of somebody\'s own', `import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nimport { goesOn } from '@acme/http';\nconst http = axios.create();\naxiosRetry(http, { retries: 3, retryCondition: goesOn });\n${loop("http.get('https://a.internal')")}`),
    valid('another instance than the one that tries again', `import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nconst http = axios.create();\nconst other = axios.create();\naxiosRetry(other, { retries: 3 });\n${loop("http.get('https://a.internal')")}`),
    valid('a failure that ends inside', `${OPENAI}${P_RETRY}export const f = (body) => pRetry(async () => { try { return await ${ASK}; } catch { return null; } }, { retries: 3 });`),
    valid('a failure that ends in the function that is called', "import pRetry from 'p-retry';\nimport { tryCharge } from './payments.js';\nexport const f = (id) => pRetry(() => tryCharge(id), { retries: 3 });"),
    valid('a failure that ends in its own handler', `${OPENAI}${P_RETRY}export const f = (body) => pRetry(() => ${ASK}.catch(() => null), { retries: 3 });`),
    valid('a failure that becomes a value', `${OPENAI}${P_RETRY}import to from 'await-to-js';\nexport const f = (body) => pRetry(async () => { const [error, reply] = await to(${ASK}); return reply; }, { retries: 3 });`),
    valid('a failure that a function of the project makes a value', `${OPENAI}${P_RETRY}const tried = async (work) => { try { return [null, await work]; } catch (error) { return [error]; } };\nexport const f = (body) => pRetry(() => tried(${ASK}), { retries: 3 });`),
    valid('a failure that a library makes a value', `${OPENAI}${P_RETRY}import { ResultAsync } from 'neverthrow';\nexport const f = (body) => pRetry(() => ResultAsync.fromThrowable(() => ${ASK}), { retries: 3 });`),
    valid('a promise that nobody waits for', `${OPENAI}${P_RETRY}export const f = (body) => pRetry(async () => { void ${ASK}; return fetch('https://a.internal'); }, { retries: 3 });`),
    valid('what runs later', `${OPENAI}${P_RETRY}export const f = (body) => pRetry(async () => { setTimeout(() => ${ASK}, 10); return fetch('https://a.internal'); }, { retries: 3 });`),
    valid('only a conflict goes round', OPENAI + loop(ASK, `if (error.code !== '23505') throw error;\n      ${SLEEP}`)),
    valid('only what cannot be read goes round', OPENAI + loop(ASK, `if (!(error instanceof SyntaxError)) throw error;\n      ${SLEEP}`)),
    valid('a helper that goes round for a conflict', `${OPENAI}import { withRetry } from './narrow.js';\nexport const f = (body) => withRetry(() => ${ASK});`),
    valid('a helper whose caller chooses the failures', `${OPENAI}import { withRetry } from './choice.js';\nexport const f = (body) => withRetry(() => ${ASK}, () => false);`),
    valid('a library that asks first, in a way that is not known', `${OPENAI}${P_RETRY}import { goesOn } from '@acme/http';\nexport const f = (body) => pRetry(() => ${ASK}, { retries: 3, shouldRetry: goesOn });`),
    valid('a library that goes round for something else', `${OPENAI}${P_RETRY}export const f = (body) => pRetry(() => ${ASK}, { retries: 3, shouldRetry: ({ error }) => error instanceof SyntaxError });`),
    valid('one type of error in cockatiel', `import { handleType, retry } from 'cockatiel';\n${OPENAI}const policy = retry(handleType(SyntaxError), { maxAttempts: 3 });\nexport const f = (body) => policy.execute(() => ${ASK});`),
    valid('a limit that is not known', OPENAI + loop(ASK, SLEEP, 'for (let i = 0; i < limits.attempts; i++)')),
    valid('no limit: that is another fault', OPENAI + loop(ASK, 'await new Promise((resolve) => setTimeout(resolve, 1000));', 'while (true)')),
    valid('one attempt', OPENAI + loop(ASK, SLEEP, 'for (let i = 0; i < 1; i++)')),
    valid('waiting for something to be there', `${OPENAI}${P_RETRY}export const f = (id) => pRetry(async () => { const file = await openai.files.retrieve(id); if (file.status !== 'done') throw new Error('not ready'); return file; }, { retries: 9 });`),
    valid('a job that is tried again much later', "import { Queue, Worker } from 'bullmq';\nimport got from 'got';\nexport const queue = new Queue('mails', { defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 1000 } } });\nexport const worker = new Worker('mails', async (job) => got(job.data.url));"),
    valid('the next item', `${OPENAI}export async function all(bodies) { for (const body of bodies) { try { await ${ASK}; } catch {} } }`),
    valid('a package with the same names', "import OpenAI from 'openai-lookalike';\nconst openai = new OpenAI();\n" + loop(ASK)),
    valid('a function of the file with the name of a library', `${OPENAI}const pRetry = (work) => work();\nexport const f = (body) => pRetry(() => ${ASK}, { retries: 3 });`),
    valid('a tool for the command line', OPENAI + loop(ASK), `${script.root}/src/main.ts`),
  ])('$name', ({ code, filename: file }) => {
    expect(messages(code, file)).toEqual([]);
  });
});

const reported = [
  invalid('a loop around a client', '3 × 3 = 9', 6, OPENAI + loop(ASK), OPENAI + loop('openai.chat.completions.create(body, { maxRetries: 0 })')),
  invalid('a client that says how often', '3 × 5 = 15', 5, "import { llm as openai } from './llm.js';\n" + loop(ASK)),
  invalid('the client by a re-export', '3 × 5 = 15', 6, "import { llm } from './index.js';\nconst openai = llm;\n" + loop(ASK)),
  invalid('a number in the call', '3 × 6 = 18', 6, OPENAI + loop('openai.chat.completions.create(body, { maxRetries: 5 })'), OPENAI + loop('openai.chat.completions.create(body, { maxRetries: 0 })')),
  invalid('p-retry around got', '4 × 3 = 12', 3, `${GOT}${P_RETRY}export const prices = () => pRetry(() => got('https://prices.internal/v1').json(), { retries: 3 });`, `${GOT}${P_RETRY}export const prices = () => pRetry(() => got('https://prices.internal/v1', { retry: { limit: 0 } }).json(), { retries: 3 });`),
  invalid('p-retry by its default', '11 × 3 = 33', 3, `${GOT}${P_RETRY}export const prices = () => pRetry(() => got('https://prices.internal'));`),
  invalid('a PUT, which got tries again', '4 × 3 = 12', 3, `${GOT}${P_RETRY}export const f = () => pRetry(() => got.put('https://prices.internal'), { retries: 3 });`),
  invalid('required', '4 × 3 = 12', 3, "const pRetry = require('p-retry').default;\nconst got = require('got').default;\nexport const f = () => pRetry(() => got('https://prices.internal'), { retries: 3 });"),
  invalid('a name of a function', '4 × 3 = 12', 4, `${GOT}${P_RETRY}const prices = () => got('https://prices.internal');\nexport const f = () => pRetry(prices, { retries: 3 });`),
  invalid('an alias of the import', '4 × 3 = 12', 3, `import http from 'got';\nimport again from 'p-retry';\nexport const f = () => again(() => http('https://prices.internal'), { retries: 3 });`),
  invalid('async-retry around ky', '3 × 3 = 9', 3, "import retry from 'async-retry';\nimport ky from 'ky';\nexport const f = () => retry(() => ky.get('https://prices.internal'), { retries: 2 });"),
  invalid('a helper of another file, by its default', '4 × 3 = 12', 4, `${OPENAI}${HELPER}export const f = (body) => withRetry(() => ${ASK});`),
  invalid('a helper that is told how often', '2 × 3 = 6', 4, `${OPENAI}${HELPER}export const f = (body) => withRetry(() => ${ASK}, 2);`),
  invalid('a helper by a re-export', '4 × 3 = 12', 4, `${OPENAI}import { withRetry } from './index.js';\nexport const f = (body) => withRetry(() => ${ASK});`),
  invalid('a helper that uses a library', '3 × 3 = 9', 4, `${OPENAI}import { retrying } from './retrying.js';\nexport const f = (body) => retrying(() => ${ASK});`),
  invalid('a helper around a function that has one', '4 × 3 = 12', 3, `${HELPER}import { charge } from './payments.js';\nexport const f = (id) => withRetry(() => charge(id));`),
  invalid('a loop around a function that has a loop', '3 × 4 = 12', 10, "async function inner(body: never) {\n  for (let i = 0; i < 4; i++) {\n    try { return await fetch('https://prices.internal', body); } catch (error) { await new Promise((r) => setTimeout(r, 100)); }\n  }\n  throw new Error('gone');\n}\n" + loop('inner(body)')),
  invalid('three layers are one report', '3 × 4 × 3 = 36', 7, OPENAI + HELPER + loop(`withRetry(() => ${ASK})`)),
  invalid('axios-retry', '3 × 4 = 12', 8, `import axios from 'axios';\nimport axiosRetry from 'axios-retry';\nconst http = axios.create();\naxiosRetry(http, { retries: 3 });\n${loop("http.get('https://a.internal')")}`),
  invalid('a client of the AWS SDK, which takes it where it is made', '3 × 3 = 9', 6, `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({ region: 'a' });\n${loop('s3.send(new GetObjectCommand(body))')}`, `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({ region: 'a', maxAttempts: 1 });\n${loop('s3.send(new GetObjectCommand(body))')}`),
  invalid('superagent, in a chain', '3 × 3 = 9', 5, `import request from 'superagent';\n${loop("request.get('https://a.internal').retry(2)")}`),
  invalid('cockatiel', '4 × 3 = 12', 5, `import { ExponentialBackoff, handleAll, retry } from 'cockatiel';\n${OPENAI}const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });\nexport const f = (body) => policy.execute(() => ${ASK});`),
  invalid('a wrapped policy', '4 × 3 = 12', 6, `import { handleAll, retry, timeout, wrap } from 'cockatiel';\n${OPENAI}const policy = wrap(timeout(9000, 'aggressive'), retry(handleAll, { maxAttempts: 3 }));\nconst unused = 1;\nexport const f = (body) => policy.execute(() => ${ASK});`),
  invalid('a function that calls itself', '3 × 3 = 9', 5, `${OPENAI}export async function complete(body: never, attempt = 1): Promise<unknown> {\n  try {\n    return await ${ASK};\n  } catch (error) {\n    if (attempt >= 3) throw error;\n    await new Promise((r) => setTimeout(r, 100));\n    return complete(body, attempt + 1);\n  }\n}`),
  invalid('only what passes goes round', '3 × 3 = 9', 6, OPENAI + loop(ASK, `if (error.status !== 429) throw error;\n      ${SLEEP}`)),
  invalid('all but one error goes round', '3 × 3 = 9', 6, OPENAI + loop(ASK, `if (error instanceof SyntaxError) throw error;\n      ${SLEEP}`)),
  invalid('a class that holds the client', '3 × 3 = 9', 5, "import OpenAI from 'openai';\nexport class A { private readonly openai = new OpenAI();\n  async f(body: never) { for (let i = 0; i < 3; i++) {\n    try {\n      return await this.openai.chat.completions.create(body); } catch { await new Promise((r) => setTimeout(r, 9)); } } throw new Error(); } }"),
  invalid('in a span', '4 × 3 = 12', 5, `${OPENAI}${P_RETRY}import { tracer } from '@acme/tracing';\nexport const f = (body) => pRetry(() => tracer.startActiveSpan('ask', () => ${ASK}), { retries: 3 });`),
  invalid('what a call gives to another', '4 × 3 = 12', 5, `${OPENAI}${P_RETRY}import { parse } from '@acme/parse';\nexport const f = (body) => pRetry(async () => parse(await ${ASK}), { retries: 3 });`),
  invalid('a method of the class between', '4 × 3 = 12', 3, `${P_RETRY}import OpenAI from 'openai';\nexport class A { private readonly openai = new OpenAI(); f(body: never) { const run = () => this.ask(body); return pRetry(run, { retries: 3 }); }\n  private async ask(body: never) { return this.openai.chat.completions.create(body); } }`),
];

describe('reported', () => {
  it.each(reported)('$name', ({ code, product, line }) => {
    const found = linter.verify(code, [{ files: ['**/*.ts'], plugins: { resilience: { rules: { 'no-nested-retry': subject } } as ESLint.Plugin }, rules: { 'resilience/no-nested-retry': 'error' }, languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' } }], filename);
    expect(found.map((one) => ({ line: one.line, product: one.message.split(' attempts')[0] }))).toEqual([{ line, product }]);
  });

  it('says who tries how often, against whom, and what to set', () => {
    expect(messages(`${GOT}${P_RETRY}export const f = () => pRetry(() => got('https://prices.internal/v1'), { retries: 3 });`)).toEqual([
      '4 × 3 = 12 attempts against `prices.internal`: `pRetry` tries 4 times, and each time got tries 3 times by its default, so that each caller waits for all of them and sends 12 calls to what already fails. Let one of them retry: set `retry.limit: 0` for this call.',
    ]);
  });

  it('is one report for a loop, however many calls it tries', () => {
    expect(messages(OPENAI + loop(`Promise.all([${ASK}, ${ASK}])`))).toHaveLength(1);
  });

  it('is the same with any parser, and in JavaScript', () => {
    const code = "import OpenAI from 'openai';\nconst openai = new OpenAI();\nexport async function load(body) { for (let i = 0; i < 3; i++) { try { return await openai.chat.completions.create(body); } catch { await new Promise((r) => setTimeout(r, 9)); } } throw new Error('gone'); }";
    const expected = messages(code);
    expect(expected).toHaveLength(1);
    expect(messages(code, filename, espree as unknown as Linter.Parser)).toEqual(expected);
    expect(messages(code, filename, oxcParser as unknown as Linter.Parser)).toEqual(expected);
    expect(messages(code, filename.replace('.ts', '.js'))).toEqual(expected);
  });
});

tester.run('no-nested-retry suggests', subject, {
  valid: [],
  invalid: reported
    .filter(({ output }) => output !== undefined)
    .map(({ name, code, line, output }) => ({ name, code, filename, errors: [{ messageId: 'nested', line, suggestions: [{ messageId: 'suggestOnce', output: output! }] }] })),
});

it('writes code that parses', () => {
  for (const { output } of reported) if (output !== undefined) expect(() => parse('a.ts', output)).not.toThrow();
});

describe('known limitation', () => {
  it.each([
    ['a loop in a loop of the same function', `export async function f() {\n  for (let i = 0; i < 3; i++) {\n    try {\n      for (let k = 0; k < 3; k++) { try { return await fetch('https://a.internal'); } catch { ${SLEEP} } }\n    } catch { ${SLEEP} }\n  }\n}`],
    ['a client that is chosen behind an interface', "import pRetry from 'p-retry';\ninterface Store { put(key: string): Promise<void> }\nexport const f = (store: Store) => pRetry(() => store.put('a'), { retries: 3 });"],
    ['axios-retry on the default instance, in another file', `import axios from 'axios';\n${loop("axios.get('https://a.internal')")}`],
    ['a job queue around a client that tries again', "import { Worker } from 'bullmq';\nimport got from 'got';\nexport const worker = new Worker('mails', (job) => got(job.data.url));"],
  ])('%s', (_name, code) => {
    expect(messages(code)).toEqual([]);
  });
});
