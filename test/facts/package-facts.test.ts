import { afterAll, describe, expect, it } from 'vitest';
import { verdictAt, type Program } from './support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

type Case = [sentence: string, program: Program, verdict: string];

const AXIOS = "import axios from 'axios';\nexport const load = () => /*a*/ axios.get('/orders');\n";

const axios: Case[] = [
  ['nothing elsewhere', { main: AXIOS }, 'unbounded absent'],
  ['a default in another file', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 5000;" } }, 'bounded package-default'],
  ['a default in a JavaScript file that requires it', { main: AXIOS, files: { 'src/setup.js': "const axios = require('axios');\naxios.defaults.timeout = 5000;" } }, 'bounded package-default'],
  ['a default in the same file', { main: `${AXIOS}axios.defaults.timeout = 5000;` }, 'bounded package-default'],
  ['a default of the environment', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = Number(process.env.HTTP_TIMEOUT);" } }, 'bounded package-default'],
  ['a default of zero, chosen', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 0;" } }, 'bounded no-limit-chosen'],
  ['another default', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.baseURL = 'https://api.example.com';" } }, 'unbounded absent'],
  ['a default in a test', { main: AXIOS, files: { 'src/setup.test.ts': "import axios from 'axios';\naxios.defaults.timeout = 5000;" } }, 'unbounded absent'],
  ['a default of something else of that name', { main: AXIOS, files: { 'src/setup.ts': 'const axios = { defaults: {} as { timeout?: number } };\naxios.defaults.timeout = 5000;' } }, 'unbounded absent'],
  ['a default of one instance does not count for another', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\nexport const other = axios.create();\nother.defaults.timeout = 5000;" } }, 'unbounded absent'],
  ['a default of the instance itself', { main: "import axios from 'axios';\nconst http = axios.create();\nhttp.defaults.timeout = 5000;\nawait /*a*/ http.get('/orders');" }, 'bounded package-default'],
  ['a default of the library reaches its instances', { main: "import axios from 'axios';\nconst http = axios.create();\nawait /*a*/ http.get('/orders');", files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 5000;" } }, 'bounded package-default'],
  ['an interceptor that sets a bound', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.interceptors.request.use((config) => ({ ...config, timeout: 5000 }));" } }, 'unknown interceptor'],
  ['an interceptor that passes a signal', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.interceptors.request.use((config) => { config.signal = AbortSignal.timeout(1); return config; });" } }, 'unknown interceptor'],
  ['an interceptor that only adds a header', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.interceptors.request.use((config) => { config.headers.set('x-id', '1'); return config; });" } }, 'unbounded absent'],
  ['an interceptor that is not known', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\nimport { intercept } from '@acme/http';\naxios.interceptors.request.use(intercept);" } }, 'unknown interceptor'],
  ['an interceptor of replies', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\naxios.interceptors.response.use((response) => response, (error) => { if (error.code === 'timeout') throw error; });" } }, 'unbounded absent'],
  ['an interceptor of another instance', { main: AXIOS, files: { 'src/setup.ts': "import axios from 'axios';\nexport const other = axios.create();\nother.interceptors.request.use((config) => ({ ...config, timeout: 1 }));" } }, 'unbounded absent'],
  ['an interceptor of the instance itself', { main: "import axios from 'axios';\nconst http = axios.create();\nhttp.interceptors.request.use((config) => ({ ...config, timeout: 1 }));\nawait /*a*/ http.get('/orders');" }, 'unknown interceptor'],
  ['a default of another package of the workspace it does not depend on', { main: AXIOS, files: { 'tools/package.json': '{ "name": "tools" }', 'tools/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 5000;", 'package.json': '{ "name": "shop", "workspaces": ["tools"], "engines": { "node": ">=20" } }' } }, 'unbounded absent'],
];

const FETCH = "export const load = () => /*a*/ fetch('https://api.example.com/orders');\n";

const globals: Case[] = [
  ['a global dispatcher with limits', { main: FETCH, files: { 'src/setup.ts': "import { Agent, setGlobalDispatcher } from 'undici';\nsetGlobalDispatcher(new Agent({ headersTimeout: 5000, bodyTimeout: 5000 }));" } }, 'bounded package-default'],
  ['a global dispatcher without limits', { main: FETCH, files: { 'src/setup.ts': "import { Agent, setGlobalDispatcher } from 'undici';\nsetGlobalDispatcher(new Agent({ connections: 50 }));" } }, 'unbounded absent'],
  ['a global dispatcher that is not known', { main: FETCH, files: { 'src/setup.ts': "import { setGlobalDispatcher } from 'undici';\nimport { agent } from '@acme/http';\nsetGlobalDispatcher(agent);" } }, 'unknown opaque-spread'],
  ['a global dispatcher of a test', { main: FETCH, files: { 'test/setup.ts': "import { MockAgent, setGlobalDispatcher } from 'undici';\nsetGlobalDispatcher(new MockAgent());" } }, 'unbounded absent'],
  ['a fetch that is replaced', { main: FETCH, files: { 'src/polyfill.ts': "import { fetch } from '@acme/fetch';\nglobalThis.fetch = fetch;" } }, 'unknown replaced-global'],
  ['a fetch that is replaced under its old name', { main: FETCH, files: { 'src/polyfill.ts': "import { fetch } from '@acme/fetch';\nglobal.fetch = fetch;" } }, 'unknown replaced-global'],
  ['a fetch that is replaced, where the call has a signal', { main: "await /*a*/ fetch(url, { signal: AbortSignal.timeout(1) });", files: { 'src/polyfill.ts': "import { fetch } from '@acme/fetch';\nglobalThis.fetch = fetch;" } }, 'bounded signal'],
  ['an agent of all requests, which only emits', { main: "import https from 'node:https';\n/*a*/ https.get('https://api.example.com', (res) => {});", files: { 'src/setup.ts': "import https from 'node:https';\nhttps.globalAgent = new https.Agent({ timeout: 5000 });" } }, 'unbounded absent'],
];

const SERVICE = "import { firstValueFrom } from 'rxjs';\nimport { HttpService } from '@nestjs/axios';\nexport class Orders { constructor(private readonly http: HttpService) {}\n  load() { return firstValueFrom(/*a*/ this.http.get('/orders')); } }\n";
const MODULE = (options: string): string => `import { HttpModule } from '@nestjs/axios';\nimport { Module } from '@nestjs/common';\n@Module({ imports: [${options}] })\nexport class OrdersModule {}`;

const nest: Case[] = [
  ['one registration with a limit', { main: SERVICE, files: { 'src/orders.module.ts': MODULE('HttpModule.register({ timeout: 5000 })') } }, 'bounded package-default'],
  ['one registration without a limit', { main: SERVICE, files: { 'src/orders.module.ts': MODULE('HttpModule.register({ maxRedirects: 5 })') } }, 'unbounded absent'],
  ['the module without a registration', { main: SERVICE, files: { 'src/orders.module.ts': MODULE('HttpModule') } }, 'unbounded absent'],
  ['an asynchronous registration', { main: SERVICE, files: { 'src/orders.module.ts': MODULE('HttpModule.registerAsync({ useFactory: () => ({ timeout: 5000 }) })') } }, 'unknown injected'],
  ['two registrations', { main: SERVICE, files: { 'src/orders.module.ts': MODULE('HttpModule.register({ timeout: 5000 })'), 'src/users.module.ts': MODULE('HttpModule.register({})') } }, 'unknown injected'],
  ['a timeout in the pipe', { main: SERVICE.replace("'/orders')", "'/orders').pipe(timeout(5000))").replace('firstValueFrom }', 'firstValueFrom, timeout }') }, 'bounded chained'],
  ['an Observable that is returned, which others may bound', { main: SERVICE.replace('firstValueFrom(/*a*/', '(/*a*/') }, 'unknown wrapper'],
  ['a limit in the call', { main: SERVICE.replace("'/orders')", "'/orders', { timeout: 1 })") }, 'bounded call-option'],
  ['a default of the axios instance below', { main: `${SERVICE}export class Setup { constructor(private readonly http: HttpService) { this.http.axiosRef.defaults.timeout = 5000; } }` }, 'unbounded absent'],
  ['a default of axios', { main: SERVICE, files: { 'src/setup.ts': "import axios from 'axios';\naxios.defaults.timeout = 5000;" } }, 'bounded package-default'],
];

const across: Case[] = [
  ['an instance of another file with a limit', { main: "import { http } from './http.js';\nawait /*a*/ http.get('/orders');", files: { 'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ timeout: 5000 });" } }, 'bounded client-option'],
  ['an instance of another file without a limit', { main: "import { http } from './http.js';\nawait /*a*/ http.get('/orders');", files: { 'src/http.ts': "import axios from 'axios';\nexport const http = axios.create({ baseURL: '/' });" } }, 'unbounded absent'],
  ['an instance of a workspace package with a limit', {
    main: "import { http } from '@shop/http';\nawait /*a*/ http.get('/orders');",
    files: {
      'package.json': '{ "name": "shop", "type": "module", "workspaces": ["packages/*"], "dependencies": { "@shop/http": "*" } }',
      'packages/http/package.json': '{ "name": "@shop/http", "type": "module", "exports": "./index.ts" }',
      'packages/http/index.ts': "import axios from 'axios';\nexport const http = axios.create({ timeout: 5000 });",
    },
  }, 'bounded client-option'],
  ['a factory of another file', { main: "import { makeHttp } from './http.js';\nconst http = makeHttp(5000);\nawait /*a*/ http.get('/orders');", files: { 'src/http.ts': "import axios from 'axios';\nexport const makeHttp = (timeout?: number) => axios.create({ timeout });" } }, 'bounded client-option'],
  ['a factory of another file without its argument', { main: "import { makeHttp } from './http.js';\nconst http = makeHttp();\nawait /*a*/ http.get('/orders');", files: { 'src/http.ts': "import axios from 'axios';\nexport const makeHttp = (timeout?: number) => axios.create({ timeout });" } }, 'unbounded absent'],
  ['options of another file', { main: "import { options } from './options.js';\nawait /*a*/ fetch(url, options);", files: { 'src/options.ts': 'export const options = { signal: AbortSignal.timeout(5000) };' } }, 'bounded signal'],
  ['a limit of another file', { main: "import axios from 'axios';\nimport { LIMITS } from './limits.js';\nawait /*a*/ axios.get('/orders', { timeout: LIMITS.short });", files: { 'src/limits.ts': 'export const LIMITS = { short: 100, long: 5000 };' } }, 'bounded call-option'],
  ['a limit of an enum of another file', { main: "import axios from 'axios';\nimport { Limit } from './limits.js';\nawait /*a*/ axios.get('/orders', { timeout: Limit.Short });", files: { 'src/limits.ts': 'export enum Limit { Short = 100 }' } }, 'bounded call-option'],
  ['a base class of another file', { main: "import { Api } from './api.js';\nexport class Orders extends Api { load() { return /*a*/ this.http.get('/orders'); } }", files: { 'src/api.ts': "import axios from 'axios';\nexport abstract class Api { protected http = axios.create({ timeout: 5000 }); }" } }, 'bounded client-option'],
  ['a class that injects defaults into its client', { main: "import { Cache } from './cache.js';\nconst cache = new Cache();\nawait /*a*/ cache.get('orders');", files: { 'src/cache.ts': "import Redis from 'ioredis';\nexport class Cache extends Redis { constructor() { super({ commandTimeout: 500 }); } }" } }, 'bounded client-option'],
];

describe.each([
  ['a default of axios', axios],
  ['a change of what is global', globals],
  ['a registration of Nest', nest],
  ['another file', across],
])('a call is judged with %s:', (_name, cases) => {
  it.each(cases)('%s', (_sentence, program, verdict) => {
    expect(verdictAt(program)).toBe(verdict);
  });
});
