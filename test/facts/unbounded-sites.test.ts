import { afterAll, describe, expect, it } from 'vitest';
import { openProgram, reportsOf, type Program } from './support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

type Case = [sentence: string, program: string | Program, reports: RegExp[]];

const AXIOS = "import axios from 'axios';\n";

const causes: Case[] = [
  ['a bare function, once a call', 'await fetch(ordersUrl);\nawait fetch(usersUrl);', [/^1: `fetch` has no timeout$/, /^2: `fetch` has no timeout$/]],
  ['the default instance, once a call', `${AXIOS}await axios.get(a);\nawait axios.post(b);`, [/^2: `axios.get` has no timeout/, /^3: `axios.post` has no timeout/]],
  ['an instance that stays, once where it is made', `${AXIOS}const http = axios.create({ baseURL });\nawait http.get(a);\nawait http.get(b);`, [/^2: This axios instance has no timeout, and neither have its 2 calls \(lines 3, 4\)$/]],
  ['an instance that stays, with one call', `${AXIOS}const http = axios.create({ baseURL });\nawait http.get(a);`, [/^2: This axios instance has no timeout, and neither has its call \(line 3\)$/]],
  ['an instance that stays, with one call that is bounded', `${AXIOS}const http = axios.create({ baseURL });\nawait http.get(a);\nawait http.get(b, { timeout: 1 });`, [/^2: .*neither has its call \(line 3\)/]],
  ['an instance whose calls are all bounded', `${AXIOS}const http = axios.create({ baseURL });\nawait http.get(a, { timeout: 1 });`, []],
  ['an instance that nobody calls', `${AXIOS}const http = axios.create({ baseURL });`, []],
  ['an instance that is exported, at its first call', `${AXIOS}export const http = axios.create({ baseURL });\nawait http.get(a);\nawait http.get(b);`, [/^3: `http.get` has no timeout, and neither has its client \(.*:2\); 1 more call on it here is unbounded too$/]],
  ['an instance that is only exported', `${AXIOS}export const http = axios.create({ baseURL });`, []],
  ['an instance that is handed on', `${AXIOS}const http = axios.create({ baseURL });\nretry(http);\nawait http.get(a);`, [/^4: `http.get` has no timeout, and neither has its client/]],
  ['an instance that is returned', `${AXIOS}export function makeHttp() { const http = axios.create({});\nhttp.get('/warm-up'); return http; }`, [/^3: `http.get`/]],
  ['an instance in a field', `${AXIOS}export class Orders {\n  private http = axios.create({ baseURL });\n  load() { return this.http.get(a); }\n}`, [/^3: This axios instance has no timeout, and neither has its call \(line 4\)/]],
  ['a field that the constructor fills', `${AXIOS}export class Orders {\n  constructor() { this.http = axios.create({}); }\n  load() { return this.http.get(a); }\n}`, [/^3: This axios instance/]],
  ['a pool, once where it is made', "import { Pool } from 'pg';\nconst pool = new Pool({ max: 5 });\nawait pool.query(a);\nawait pool.query(b);", [/^2: This pg Pool has no timeout$/]],
  ['a pool that is exported, where it is made', "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 5 });", [/^2: This pg Pool has no timeout$/]],
  ['a pool with a limit on one half', "import { Pool } from 'pg';\nexport const pool = new Pool({ connectionTimeoutMillis: 5000 });", [/^2: This pg Pool has no timeout that ends a hanging call \(`connectionTimeoutMillis` .+\)$/]],
  ['a pool that another file made', { main: "import { pool } from './db.js';\nawait pool.query(a);", files: { 'src/db.ts': "import { Pool } from 'pg';\nexport const pool = new Pool({ max: 5 });" } }, []],
  ['a client of a pool is no other one', "import { Pool } from 'pg';\nconst pool = new Pool({ max: 5 });\nconst client = await pool.connect();\nawait client.query(a);", [/^2: This pg Pool/]],
  ['a connection that only waits on purpose', "import Redis from 'ioredis';\nconst queue = new Redis();\nfor (;;) { await queue.blpop('jobs', 0); }", []],
  ['a connection that also waits on purpose', "import Redis from 'ioredis';\nconst queue = new Redis();\nawait queue.blpop('jobs', 0);\nawait queue.get('a');", [/^2: This ioredis client has no timeout$/]],
  ['a connection for workers, which has to wait', "import Redis from 'ioredis';\nexport const connection = new Redis(url, { maxRetriesPerRequest: null });", []],
  ['a cluster for workers, which has to wait', "import { Cluster } from 'ioredis';\nexport const connection = new Cluster(nodes, { redisOptions: { maxRetriesPerRequest: null } });", []],
  ['a connection that gives up after some reconnects, but not on silence', "import Redis from 'ioredis';\nexport const connection = new Redis(url, { maxRetriesPerRequest: 3 });", [/^2: This ioredis client has no timeout$/]],
  ['a connection that is handed to a function which uses it, where it is made', { main: "import Redis from 'ioredis';\nimport { createStorage } from './storage.js';\nconst redis = new Redis({ host });\nconst storage = await createStorage(redis);", files: { 'src/storage.ts': "import type { Redis } from 'ioredis';\nexport async function createStorage(redis: Redis) { const seen = await redis.get('a'); return { read: (key: string) => redis.get(key), seen }; }" } }, [/^3: This ioredis client has no timeout$/]],
  ['a client that cannot be bounded by call', "import { createClient } from 'redis';\nexport const redis = createClient({ socket: { connectTimeout: 500 } });", [/^2: This redis client has no timeout that ends a hanging call/]],
  ['a signal that only cancels', "const c = new AbortController();\nrequest.on('close', () => c.abort());\nawait fetch(url, { signal: c.signal });", [/^3: `fetch` has a signal that only cancels, and no timeout$/]],
  ['an instance that another file made, once a file', { main: "import { http } from './http.js';\nawait http.get(a);\nawait http.get(b);", files: { 'src/http.ts': `${AXIOS}export const http = axios.create({});` } }, [/^2: `http.get` has no timeout, and neither has its client \(src\/http.ts:2\); 1 more call/]],
  ['an instance that is handed to a constructor', { main: `${AXIOS}import { Orders } from './orders.js';\nexport const orders = new Orders(axios.create({ timeout: 5000 }));`, files: { 'src/orders.ts': "import type { AxiosInstance } from 'axios';\nexport class Orders { constructor(private readonly http: AxiosInstance) {} load() { return this.http.get('/orders'); } }" } }, []],
  ['five lines at most', `${AXIOS}const http = axios.create();\n${Array.from({ length: 7 }, (_, i) => `await http.get('/${i}');`).join('\n')}`, [/its 7 calls \(lines 3, 4, 5, 6, 7 and more\)/]],
];

const SEND = "export async function send(url: string, init?: RequestInit) {\n  return fetch(url, init);\n}\n";

const wrappers: Case[] = [
  ['a wrapper that forwards its options, by itself', SEND, []],
  ['a caller that passes none', `${SEND}await send(a);`, [/^4: `send` forwards its options to fetch \(.*:2\), and this call gives it no timeout$/]],
  ['a caller that passes others', `${SEND}await send(a, { method: 'POST' });`, [/^4: `send` forwards/]],
  ['a caller that passes a signal', `${SEND}await send(a, { signal: AbortSignal.timeout(1) });`, []],
  ['a caller that forwards in turn', `${SEND}export const post = (url: string, init: RequestInit) => send(url, init);`, []],
  ['a caller of another file', { main: "import { send } from './send.js';\nawait send('https://a.example');", files: { 'src/send.ts': SEND } }, [/^2: `send` forwards its options to fetch \(src\/send.ts:2\)/]],
  ['a caller of another file that passes a signal', { main: "import { send } from './send.js';\nawait send('https://a.example', { signal: AbortSignal.timeout(1) });", files: { 'src/send.ts': SEND } }, []],
  ['two levels', { main: "import { post } from './send.js';\nawait post('https://a.example');", files: { 'src/send.ts': `${SEND}export const post = (url: string, init?: RequestInit) => send(url, init);` } }, [/^2: `post` forwards/]],
  ['two levels, bounded by the caller', { main: "import { post } from './post.js';\nawait post('https://a.example', { signal: AbortSignal.timeout(1) });", files: { 'src/send.ts': SEND, 'src/post.ts': "import { send } from './send.js';\nexport const post = (url: string, init?: RequestInit) => send(url, init);" } }, []],
  ['a wrapper that spreads its options', "const send = (url, init) => fetch(url, { ...init, headers });\nawait send(a, { method: 'POST' });", [/^2: `send` forwards/]],
  ['a wrapper that spreads its options, bounded by the caller', "const send = (url, init) => fetch(url, { ...init, headers });\nawait send(a, { signal: AbortSignal.timeout(1) });", []],
  ['a wrapper that forwards the signal only', 'const send = (url, { signal }) => fetch(url, { signal });\nawait send(a, {});', [/^2: `send` forwards/]],
  ['a wrapper that forwards the signal only, bounded by the caller', 'const send = (url, { signal }) => fetch(url, { signal });\nawait send(a, { signal: AbortSignal.timeout(1) });', []],
  ['a wrapper with a default that bounds', 'const send = (url, init = { signal: AbortSignal.timeout(1) }) => fetch(url, init);\nawait send(a);', []],
  ['a wrapper with a default that does not bound', "const send = (url, init = { method: 'GET' }) => fetch(url, init);\nawait send(a);", [/^2: `send` forwards/]],
  ['a wrapper that bounds by itself', 'const send = (url, init) => fetch(url, { signal: AbortSignal.timeout(1), ...init });\nawait send(a);', []],
  ['a wrapper with a limit as its parameter, passed', "import axios from 'axios';\nconst get = (url, timeout) => axios.get(url, { timeout });\nawait get(a, 5000);", []],
  ['a wrapper with a limit as its parameter, left out', "import axios from 'axios';\nconst get = (url, timeout) => axios.get(url, { timeout });\nawait get(a);", [/^3: `get` forwards/]],
  ['a client that is handed to a function which takes no options, where it is made', "import OpenAI from 'openai';\nconst client = new OpenAI();\nasync function embed(text, client: OpenAI) { return client.embeddings.create({ input: text, model }); }\nawait embed('a', client);\nawait embed('b', client);", [/^2: This OpenAI client sets no timeout, and neither do its 2 calls \(lines 4, 5\)$/]],
  ['a client that is handed to a policy of the project', { main: "import OpenAI from 'openai';\nimport { ai, throughPolicy } from './resilience.js';\nexport const client = throughPolicy(ai, new OpenAI());\nawait client.models.list();", files: { 'src/resilience.ts': "import { timeout, TimeoutStrategy } from 'cockatiel';\nexport const ai = timeout(1000, TimeoutStrategy.Cooperative);\nexport function throughPolicy<Client>(policy: unknown, client: Client): Client { return client; }" } }, []],
  ['a client with a limit that is handed to a function which takes no options', "import OpenAI from 'openai';\nconst client = new OpenAI({ timeout: 5000 });\nasync function embed(text, client: OpenAI) { return client.embeddings.create({ input: text, model }); }\nawait embed('a', client);", []],
  ['a client of another file that is handed to a function which takes no options', { main: "import OpenAI from 'openai';\nimport { client } from './client.js';\nasync function embed(text, client: OpenAI) { return client.embeddings.create({ input: text, model }); }\nawait embed('a', client);", files: { 'src/client.ts': "import OpenAI from 'openai';\nexport const client = new OpenAI();" } }, [/^4: `embed` calls OpenAI client .embeddings.create \(src\/main.ts:3\) with no timeout, and its client \(src\/client.ts:2\) sets none either$/]],
  ['a wrapper of a wrapper', `${SEND}const post = (url: string, init?: RequestInit) => send(url, init);\nawait post(a);`, [/`post` forwards its options to fetch/]],
  ['a wrapper that normalises its options', 'function send(url, init) { init = init || {}; return fetch(url, init); }\nawait send(a);', [/^2: `send` forwards/]],
  ['a wrapper that is a method', 'class Api { send(url, init) { return fetch(url, init); }\n  load() { return this.send(a); } }', [/^2: `this.send` forwards/]],
  ['a wrapper that gets its client', "import type { AxiosInstance } from 'axios';\nimport axios from 'axios';\nconst load = (http: AxiosInstance) => http.get('/orders');\nawait load(axios.create({ timeout: 1 }));", []],
  ['a wrapper that is called with spread arguments', `${SEND}export const all = (...args) => send(...args);`, []],
  ['a wrapper that is handed over as a value', `${SEND}retry(send);`, []],
  ['a wrapper that is called by call', `${SEND}send.call(null, a, { signal: AbortSignal.timeout(1) });`, []],
];

const deadCode: Case[] = [
  ['a function that nobody can call', "import 'node:fs';\nfunction load() { return fetch('https://a.example'); }", []],
  ['functions that only mention each other', "import 'node:fs';\nconst load = () => [1].map(() => send());\nconst send = async () => fetch('https://a.example');", []],
  ['a function that is exported', "export function load() { return fetch('https://a.example'); }", [/^1: `fetch`/]],
  ['a function that an exported one calls', "export const load = () => send();\nconst send = async () => fetch('https://a.example');", [/^2: `fetch`/]],
  ['a method of a class inside a function', "export function make() { return class { load() { return fetch('https://a.example'); } }; }", [/^1: `fetch`/]],
];

describe('dead code:', () => {
  it.each(deadCode)('%s', (_sentence, program, reports) => {
    expect(reportsOf(openProgram(program))).toEqual(reports.map((text) => expect.stringMatching(text) as string));
  });
});

const limitations: Case[] = [
  ['a wrapper of a wrapper is not followed through a file that names no client', { main: "import { post } from './post.js';\nawait post('https://a.example');", files: { 'src/send.ts': SEND, 'src/post.ts': "import { send } from './send.js';\nexport const post = (url: string, init?: RequestInit) => send(url, init);" } }, []],
];

describe('known limitation:', () => {
  it.each(limitations)('%s', (_sentence, program, reports) => {
    expect(reportsOf(openProgram(program))).toEqual(reports.map((text) => expect.stringMatching(text)));
  });
});

describe('one report a cause:', () => {
  it.each(causes)('%s', (_sentence, program, reports) => {
    expect(reportsOf(openProgram(program))).toEqual(reports.map((text) => expect.stringMatching(text)));
  });
});

describe('a wrapper is judged where it is called:', () => {
  it.each(wrappers)('%s', (_sentence, program, reports) => {
    expect(reportsOf(openProgram(program))).toEqual(reports.map((text) => expect.stringMatching(text)));
  });
});
