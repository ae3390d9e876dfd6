import * as typescriptParser from '@typescript-eslint/parser';
import { Linter, RuleTester, type ESLint, type Rule } from 'eslint';
import * as espree from 'espree';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import rule from '../../rules/require-timeout.js';
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
  'src/http.ts': "import axios from 'axios';\nexport const bounded = axios.create({ timeout: 5000 });\nexport const unbounded = axios.create({ baseURL: 'https://api.example.com' });\n",
  'src/index.ts': "export { unbounded as http, bounded as safeHttp } from './http.js';\n",
  'src/utils/fetch.ts': "export default function fetch(url: string) {\n  return globalThis.fetch(url, { signal: AbortSignal.timeout(5000) });\n}\n",
  'src/utils/send.ts': 'export const send = (url: string, init?: RequestInit) => fetch(url, init);\n',
  'src/with-timeout.ts': "export const withTimeout = <T>(promise: Promise<T>, ms: number) =>\n  Promise.race([promise, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), ms))]);\nexport const load = () => withTimeout(fetch('https://api.example.com'), 5000);\n",
  'src/redis.ts': "import { Redis as Client } from 'ioredis';\nexport class Redis extends Client { constructor(url: string) { super(url, { commandTimeout: 500 }); } }\n",
});
const filename = `${project.root}/src/main.ts`;
const inFile = (name: string): string => `${project.root}/${name}`;

const configured = tempProject({ 'src/main.ts': 'export {};', 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 10_000;\n" });
const routes = tempProject({ 'package.json': JSON.stringify({ name: 'site', dependencies: { react: '19.0.0', '@react-router/node': '7.0.0', '@react-router/dev': '7.0.0' } }), 'app/routes/page.tsx': 'export {};' });
const browser = tempProject({ 'package.json': JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0', vite: '7.0.0' } }), 'src/main.tsx': 'export {};' });

const tester = new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } });
const subject = rule as unknown as Rule.RuleModule;

const SIGNAL = 'signal: AbortSignal.timeout(10_000)';
/** One report at a place, with the code after its suggestions. */
const report = (line: number, column: number, ...outputs: string[]) => ({
  messageId: 'unbounded',
  line,
  column,
  suggestions: outputs.map((output) => ({ messageId: 'suggestTimeout', output })),
});

tester.run('require-timeout', subject, {
  valid: [
    { name: 'a call with a signal by time', code: 'await fetch(url, { signal: AbortSignal.timeout(5000) });', filename },
    { name: 'a call with the option of its library', code: "import axios from 'axios';\nawait axios.get(url, { timeout: 5000 });", filename },
    { name: 'an instance with a limit', code: "import axios from 'axios';\nconst http = axios.create({ timeout: 5000 });\nawait http.get(url);", filename },
    { name: 'an aliased import with a limit', code: "import { request as send } from 'undici';\nawait send(url, { headersTimeout: 5000 });", filename },
    { name: 'a namespace import with a limit', code: "import * as axios from 'axios';\nawait axios.default.get(url, { timeout: 5000 });", filename },
    { name: 'a require with a limit', code: "const axios = require('axios');\naxios.get(url, { timeout: 5000 });", filename: inFile('src/main.cjs') },
    { name: 'a re-export of an instance with a limit', code: "import { safeHttp } from './index.js';\nawait safeHttp.get('/orders');", filename },
    { name: 'an injected field whose options others know', code: "import type { AxiosInstance } from 'axios';\nexport class Orders { constructor(private readonly http: AxiosInstance) {}\n  load() { return this.http.get('/orders'); } }", filename },
    { name: 'a typed parameter whose options the caller knows', code: "import type { AxiosInstance } from 'axios';\nexport const load = (http: AxiosInstance) => http.get('/orders');", filename },
    { name: 'options in a variable', code: "import axios from 'axios';\nconst options = { timeout: 5000 };\nawait axios.get(url, options);", filename },
    { name: 'a spread that brings the limit', code: "import axios from 'axios';\nconst defaults = { timeout: 5000 };\nawait axios.get(url, { ...defaults, headers });", filename },
    { name: 'a spread that may bring the limit', code: "import axios from 'axios';\nimport { defaults } from '@acme/http';\nawait axios.get(url, { ...defaults, headers });", filename },
    { name: 'a conditional option', code: "import axios from 'axios';\nawait axios.get(url, { ...(slow && { timeout: 5000 }) });", filename },
    { name: 'a nested function with a limit', code: "import axios from 'axios';\nexport const outer = () => { const http = axios.create({ timeout: 1 }); return () => http.get(url); };", filename },
    { name: 'a look-alike package', code: "import axios from '@acme/axios';\nimport { Pool } from 'pg-lookalike';\nawait axios.get(url);\nawait new Pool().query(sql);", filename },
    { name: 'a local function of the same name', code: 'function fetch(path: string) { return cache.get(path); }\nawait fetch(url);', filename },
    { name: 'a parameter of the same name', code: 'export const load = (fetch: typeof globalThis.fetch) => fetch(url);', filename },
    { name: 'a receiver of any', code: 'export const load = (axios: any) => axios.get(url);', filename },
    { name: 'JavaScript with a limit', code: 'const c = new AbortController();\nconst timer = setTimeout(() => c.abort(), 5000);\nfetch(url, { signal: c.signal }).finally(() => clearTimeout(timer));', filename: inFile('src/main.js') },
    { name: 'a policy around the call', code: "import { timeout, TimeoutStrategy } from 'cockatiel';\nconst policy = timeout(5000, TimeoutStrategy.Aggressive);\nawait policy.execute(() => fetch(url));", filename },
    { name: 'a helper around the call', code: "import { withTimeout } from './with-timeout.js';\nawait withTimeout(fetch(url), 5000);", filename },
    { name: 'a default in another file of the package', code: "import axios from 'axios';\nawait axios.get(url);", filename: `${configured.root}/src/main.ts` },
    { name: 'a browser', code: "import { useEffect } from 'react';\nexport const Orders = () => { useEffect(() => { fetch('https://api.example.com/orders'); }, []); return null; };", filename: `${browser.root}/src/main.tsx` },
    { name: 'a handler of a component, beside a loader', code: "import { useState } from 'react';\nexport const loader = () => null;\nexport default function Page() { const [token, setToken] = useState(''); const ask = async () => setToken(await (await fetch('https://api.example.com/token')).text()); return ask; }", filename: `${routes.root}/app/routes/page.tsx` },
    { name: 'a client of another kind, by default', code: "import { Pool } from 'pg';\nconst pool = new Pool();\nawait pool.query(sql);", filename },
    { name: 'a database with a limit, asked for', code: "import { Pool } from 'pg';\nconst pool = new Pool({ query_timeout: 5000 });\nawait pool.query(sql);", filename, options: [{ kinds: ['db'] }] },
    // Traps of real code.
    { name: "trap: a file's own fetch", code: "import fetch from './utils/fetch.js';\nawait fetch('https://api.example.com');", filename },
    { name: 'trap: options in a class field', code: "import axios from 'axios';\nclass Orders { private axiosConfig = { timeout: 5000 };\n  load() { return axios.get(url, this.axiosConfig); } }", filename },
    { name: "trap: options of a helper's result", code: "import axios from 'axios';\nconst config = (token: string) => ({ timeout: 5000, headers: { token } });\nawait axios.get(url, config('t'));", filename },
    { name: "trap: options of a helper that is not known", code: "import axios from 'axios';\nimport { config } from '@acme/http';\nawait axios.get(url, config());", filename },
    { name: 'trap: an instance of another file', code: "import { bounded } from './http.js';\nawait bounded.get('/orders');", filename },
    { name: 'trap: a pass-through', code: 'export const proxy = (input: RequestInfo, init?: RequestInit) => fetch(input, init);', filename },
    { name: 'trap: none on purpose, for a long poll', code: "import { request } from 'undici';\nawait request(url, { headersTimeout: 0, bodyTimeout: 0 });", filename },
    { name: 'trap: a stream', code: 'const res = await fetch(url);\nfor await (const chunk of res.body!) write(chunk);', filename },
    { name: 'trap: events', code: "await fetch(url, { headers: { Accept: 'text/event-stream' } });", filename },
    { name: 'trap: a library with a limit of its own', code: "import ky from 'ky';\nawait ky.get(url).json();", filename },
    { name: 'trap: zero, which somebody chose', code: "import axios from 'axios';\nawait axios.get(url, { timeout: 0 });", filename },
    { name: 'trap: the signal of the caller', code: 'export const GET = (request: Request) => fetch(url, { signal: request.signal });', filename },
    { name: 'trap: a race with a timer', code: "await Promise.race([fetch(url), new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000))]);", filename },
    { name: 'trap: a helper that is not known, by its name', code: "import { promiseWithTimeout } from '@acme/async';\nawait promiseWithTimeout(fetch(url), 5000);", filename },
    { name: "trap: the project's own class of that name", code: "import { Redis } from './redis.js';\nconst redis = new Redis('redis://cache');\nawait redis.get('a');", filename, options: [{ kinds: ['cache'] }] },
    { name: "trap: another package's class of that name", code: "import { Redis } from '@acme/redis';\nconst redis = new Redis({ url, token });\nawait redis.get('a');", filename, options: [{ kinds: ['cache'] }] },
  ],
  invalid: [
    { name: 'the loader beside a component', code: "import { useState } from 'react';\nexport const loader = async () => (await fetch('https://api.example.com/token')).json();\nexport default function Page() { const [token] = useState(''); return token; }", filename: `${routes.root}/app/routes/page.tsx`, errors: [{ messageId: 'unbounded', line: 2, suggestions: 1 }] },
    { name: 'a limit that is a parameter is left out by the caller', code: "import axios from 'axios';\nconst get = (url: string, timeout?: number) => axios.get(url, { timeout });\nawait get(url);", filename, errors: [{ messageId: 'unbounded', line: 3, column: 7 }] },
    { name: 'a wrapper of a wrapper in one file', code: 'const send = (url: string, init?: RequestInit) => fetch(url, init);\nconst post = (url: string, init?: RequestInit) => send(url, init);\nawait post(url);', filename, errors: [{ messageId: 'unbounded', line: 3, column: 7, suggestions: 1 }] },
    { name: 'a direct call', code: 'await fetch(url);', filename, errors: [{ ...report(1, 7, `await fetch(url, { ${SIGNAL} });`), endLine: 1, endColumn: 17 }] },
    { name: 'a direct call with options', code: "await fetch(url, { method: 'POST' });", filename, errors: [report(1, 7, `await fetch(url, { method: 'POST', ${SIGNAL} });`)] },
    { name: 'an instance that stays in its file', code: "import axios from 'axios';\nconst http = axios.create({ baseURL });\nawait http.get('/orders');", filename, errors: [report(2, 14, "import axios from 'axios';\nconst http = axios.create({ baseURL, timeout: 10_000 });\nawait http.get('/orders');")] },
    { name: 'an instance without options', code: "import axios from 'axios';\nconst http = axios.create();\nawait http.get('/orders');", filename, errors: [report(2, 14, "import axios from 'axios';\nconst http = axios.create({ timeout: 10_000 });\nawait http.get('/orders');")] },
    { name: 'an aliased import', code: "import http from 'axios';\nawait http.get(url);", filename, errors: [report(2, 7, "import http from 'axios';\nawait http.get(url, { timeout: 10_000 });")] },
    { name: 'a namespace import', code: "import * as undici from 'undici';\nawait undici.request(url);", filename, errors: [report(2, 7, `import * as undici from 'undici';\nawait undici.request(url, { ${SIGNAL} });`)] },
    { name: 'a require', code: "const axios = require('axios');\naxios.get(url);", filename: inFile('src/main.cjs'), errors: [report(2, 1, "const axios = require('axios');\naxios.get(url, { timeout: 10_000 });")] },
    { name: 'a re-export through a project file', code: "import { http } from './index.js';\nawait http.get('/orders');", filename, errors: [report(2, 7, "import { http } from './index.js';\nawait http.get('/orders', { timeout: 10_000 });")] },
    { name: 'a field', code: "import axios from 'axios';\nexport class Orders {\n  private http = axios.create({ baseURL });\n  load() { return this.http.get('/orders'); }\n}", filename, errors: [report(3, 18, "import axios from 'axios';\nexport class Orders {\n  private http = axios.create({ baseURL, timeout: 10_000 });\n  load() { return this.http.get('/orders'); }\n}")] },
    { name: 'options in a variable', code: "const options = { method: 'POST' };\nawait fetch(url, options);", filename, errors: [report(2, 7, `const options = { method: 'POST' };\nawait fetch(url, { ...options, ${SIGNAL} });`)] },
    { name: 'a spread of known options', code: "const defaults = { method: 'POST' };\nawait fetch(url, { ...defaults, headers });", filename, errors: [report(2, 7, `const defaults = { method: 'POST' };\nawait fetch(url, { ...defaults, headers, ${SIGNAL} });`)] },
    { name: 'either of two options', code: "await fetch(url, slow ? { method: 'POST' } : {});", filename, errors: [report(1, 7)] },
    { name: 'a nested function', code: 'export function outer() {\n  return async () => {\n    await fetch(url);\n  };\n}', filename, errors: [report(3, 11, `export function outer() {\n  return async () => {\n    await fetch(url, { ${SIGNAL} });\n  };\n}`)] },
    { name: 'JavaScript', code: 'fetch(url).then((res) => res.json());', filename: inFile('src/main.js'), errors: [report(1, 1, `fetch(url, { ${SIGNAL} }).then((res) => res.json());`)] },
    { name: 'options over several lines', code: "await fetch(url, {\n  method: 'POST',\n  body,\n});", filename, errors: [report(1, 7, `await fetch(url, {\n  method: 'POST',\n  body,\n  ${SIGNAL},\n});`)] },
    { name: 'a `timeout` that fetch ignores', code: 'await fetch(url, { timeout: 5000 });', filename, errors: [report(1, 7, `await fetch(url, { timeout: 5000, ${SIGNAL} });`)] },
    { name: 'a signal that only cancels', code: "const c = new AbortController();\nrequest.on('close', () => c.abort());\nawait fetch(url, { signal: c.signal });", filename, errors: [{ messageId: 'unbounded', line: 3, column: 7, suggestions: 1 }] },
    { name: 'a call with a body', code: "import axios from 'axios';\nawait axios.post(url, order);", filename, errors: [report(2, 7, "import axios from 'axios';\nawait axios.post(url, order, { timeout: 10_000 });")] },
    { name: 'a wrapper, at the call that passes nothing', code: "import { send } from './utils/send.js';\nawait send('https://api.example.com');", filename, errors: [report(2, 7, `import { send } from './utils/send.js';\nawait send('https://api.example.com', { ${SIGNAL} });`)] },
    { name: 'a wrapper, at the call that passes other options', code: "import { send } from './utils/send.js';\nawait send('https://api.example.com', { method: 'POST' });", filename, errors: [report(2, 7, `import { send } from './utils/send.js';\nawait send('https://api.example.com', { method: 'POST', ${SIGNAL} });`)] },
    { name: 'a policy that does not bound', code: "import pRetry from 'p-retry';\nawait pRetry(() => fetch(url), { retries: 3 });", filename, errors: [report(2, 20, `import pRetry from 'p-retry';\nawait pRetry(() => fetch(url, { ${SIGNAL} }), { retries: 3 });`)] },
    { name: 'a gRPC call', code: "import { Client, credentials } from '@grpc/grpc-js';\nconst orders = new Client(address, credentials.createInsecure());\norders.getOrder(request, (error, reply) => done(error, reply));", filename, errors: [report(2, 16, "import { Client, credentials } from '@grpc/grpc-js';\nconst orders = new Client(address, credentials.createInsecure());\norders.getOrder(request, { deadline: Date.now() + 10_000 }, (error, reply) => done(error, reply));")] },
    { name: 'a pool, asked for', code: "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 5 });", filename, options: [{ kinds: ['db'] }], errors: [report(2, 21, "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 5, query_timeout: 10_000 });")] },
    { name: 'the limit that the options name', code: 'await fetch(url);', filename, options: [{ suggestedMs: 2500 }], errors: [report(1, 7, 'await fetch(url, { signal: AbortSignal.timeout(2500) });')] },
    { name: 'one report for each bare call', code: "await fetch(ordersUrl);\nawait fetch(usersUrl);", filename, errors: [report(1, 7, `await fetch(ordersUrl, { ${SIGNAL} });\nawait fetch(usersUrl);`), report(2, 7, `await fetch(ordersUrl);\nawait fetch(usersUrl, { ${SIGNAL} });`)] },
    { name: 'the words of a report', code: "await fetch('https://api.example.com');", filename, errors: [{ messageId: 'unbounded', data: { finding: '`fetch` has no timeout', consequence: 'on a silent server it waits up to 300 s for response headers in Node, and as long again after every chunk of the body', mend: 'Pass `signal: AbortSignal.timeout(ms)`' }, suggestions: 1 }] },
  ],
});

describe('known limitation', () => {
  new RuleTester({ languageOptions: { parser: typescriptParser as unknown as Linter.Parser, ecmaVersion: 2024, sourceType: 'module' } }).run('require-timeout', subject, {
    valid: [
      { name: 'a function that is bound first is not followed', code: 'const send = fetch.bind(globalThis);\nawait send(url);', filename },
      { name: 'a function that is called by call is not followed', code: 'await fetch.call(globalThis, url);', filename },
      { name: 'a key that is handed over is taken to stay, so this is silent on purpose', code: "import axios from 'axios';\nconst all = { http: { timeout: 5000 } };\nreset(all.http);\nawait axios.get(url, all.http);", filename },
    ],
    invalid: [
      { name: 'a scheduler of its own that stops the program is not seen', code: "import { onDeadline } from '@acme/lambda';\nonDeadline(() => process.exit(1));\nawait fetch(url);", filename, errors: [{ messageId: 'unbounded', suggestions: 1 }] },
    ],
  });
});

/** The messages of one text, as a user of this parser gets them. */
function messagesWith(parser: unknown, code: string, path = filename, options: unknown[] = [], parserOptions: Linter.ParserOptions = {}): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat', cwd: project.root });
  return linter.verify(
    code,
    [{
      files: ['**/*.*'],
      plugins: { resilience: { rules: { 'require-timeout': subject } } as ESLint.Plugin },
      languageOptions: { parser: parser as Linter.Parser, parserOptions, ecmaVersion: 2024, sourceType: 'module' },
      rules: { 'resilience/require-timeout': ['error', ...options] as ['error'] },
    }],
    { filename: path },
  );
}

describe('the same is reported', () => {
  const code = "import axios from 'axios';\nconst http = axios.create({ baseURL: '/' });\nawait http.get('/orders');\nawait fetch('https://api.example.com');\nawait axios.get('/a', { timeout: 1 });\n";
  const places = (messages: readonly Linter.LintMessage[]) => messages.map(({ messageId, line, column, endLine, endColumn, suggestions }) => ({ messageId, line, column, endLine, endColumn, fixes: suggestions?.map(({ fix }) => fix) }));
  const expected = places(messagesWith(typescriptParser, code));

  it('at all', () => {
    expect(expected.map(({ line }) => line)).toEqual([2, 4]);
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
  const programs: [sentence: string, code: string][] = [
    ['for fetch', "export const orders = () => fetch('https://api.example.com');"],
    ['for fetch with options', "export const orders = () => fetch('https://api.example.com', { method: 'POST' /* not a GET */ });"],
    ['for options over lines', "export const orders = () =>\n  fetch('https://api.example.com', {\n    method: 'POST', // not a GET\n  });"],
    ['for an instance', "import axios from 'axios';\nconst http = axios.create();\nexport const orders = () => http.get('/orders');"],
    ['for a call with a body', "import axios from 'axios';\nexport const send = (order: object) => axios.post('/orders', order);"],
    ['for a configuration', "import axios from 'axios';\nexport const orders = () => axios({ url: '/orders' });"],
    ['for node:http', "import http from 'node:http';\nhttp.get('http://api.example.com', (res) => { res.resume(); });"],
    ['for got', "import got from 'got';\nexport const orders = () => got('https://api.example.com').json();"],
    ['for superagent', "import request from 'superagent';\nexport const orders = async () => { await request.get('https://api.example.com').set('a', 'b'); };"],
    ['for gRPC', "import { Client, credentials } from '@grpc/grpc-js';\nconst orders = new Client('a', credentials.createInsecure()) as any;\norders.getOrder({}, () => {});"],
    ['for a pool', "import { Pool } from 'pg';\nexport const pool = new Pool();"],
    ['for ioredis with a URL', "import { Redis } from 'ioredis';\nexport const redis = new Redis('redis://cache');"],
    ['for redis', "import { createClient } from 'redis';\nexport const redis = createClient({ url: 'redis://cache' });"],
    ['for openai', "import OpenAI from 'openai';\nconst ai = new OpenAI();\nexport const ask = () => ai.chat.completions.create({ model: 'm', messages: [] });"],
    ['for the AWS SDK', "import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\nexport const list = () => s3.send(new ListBucketsCommand({}));"],
  ];
  const allKinds = [{ kinds: ['http', 'rpc', 'db', 'cache', 'queue', 'sdk'] }];

  it.each(programs)('%s parses, and ends the report', (_sentence, code) => {
    for (const message of messagesWith(oxcParser, code, filename, allKinds)) {
      for (const { fix } of message.suggestions ?? []) {
        const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
        expect(parse(filename, output)).toMatchObject({ ok: true });
        expect(messagesWith(oxcParser, output, filename, allKinds)).toEqual([]);
      }
    }
  });

  it('is there for every client that has a way to write a bound', () => {
    const without = programs.filter(([, code]) => messagesWith(oxcParser, code, filename, allKinds).some(({ suggestions }) => (suggestions ?? []).length === 0));
    expect(without.map(([sentence]) => sentence)).toEqual([]);
  });

  it('type-checks for what the platform declares', () => {
    const codes = programs.slice(0, 3).map(([, code]) => {
      const [message] = messagesWith(oxcParser, code, filename, allKinds);
      const { fix } = message!.suggestions![0]!;
      return code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
    });
    const texts = new Map(codes.map((code, index) => [`/check/${index}.ts`, code]));
    const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], strict: true, noEmit: true, types: [] };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.getSourceFile = (name, ...rest) => (texts.has(name) ? ts.createSourceFile(name, texts.get(name)!, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest));
    host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...texts.keys()], options, host));
    expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});

describe('options', () => {
  const bad: [sentence: string, options: unknown[]][] = [
    ['a kind that does not exist', [{ kinds: ['https'] }]],
    ['no kinds at all', [{ kinds: [] }]],
    ['a kind twice', [{ kinds: ['http', 'http'] }]],
    ['a limit of zero', [{ suggestedMs: 0 }]],
    ['a limit that no timer can keep', [{ suggestedMs: 2_147_483_648 }]],
    ['a limit that is no integer', [{ suggestedMs: 1.5 }]],
    ['an option that does not exist', [{ maxMs: 5000 }]],
    ['two objects', [{}, {}]],
  ];

  it.each(bad)('%s is refused', (_sentence, options) => {
    expect(() => messagesWith(oxcParser, '', filename, options)).toThrow(/require-timeout/);
  });

  it.each([
    ['http', 'await fetch(url);'],
    ['rpc', "import { Client } from '@grpc/grpc-js';\nconst c = new Client('a', b);\nc.getOrder({}, () => {});"],
    ['db', "import { Pool } from 'pg';\nexport const pool = new Pool();"],
    ['cache', "import { Redis } from 'ioredis';\nexport const redis = new Redis();"],
    ['sdk', "import OpenAI from 'openai';\nconst ai = new OpenAI();\nawait ai.models.list();"],
  ])('kind %s is asked for by itself', (kind, code) => {
    expect(messagesWith(oxcParser, code, filename, [{ kinds: [kind] }])).toHaveLength(1);
    expect(messagesWith(oxcParser, code, filename, [{ kinds: ['queue'] }])).toHaveLength(0);
  });

  it('settings that are malformed say which field', () => {
    const linter = new Linter({ configType: 'flat', cwd: project.root });
    const config: Linter.Config = { files: ['**/*.*'], plugins: { resilience: { rules: { 'require-timeout': subject } } as ESLint.Plugin }, settings: { resilience: { crosfile: true } as never }, rules: { 'resilience/require-timeout': 'error' } };
    expect(() => linter.verify('fetch(url)', [config], { filename: inFile('src/main.js') })).toThrow(/settings\.resilience\.crosfile/);
  });
});
