import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { valueText } from '../support/value-text.js';

const IMPORTS = `
  import axios, { type AxiosInstance } from 'axios';
  import * as pg from 'pg';
  import { Pool, type PoolClient } from 'pg';
  import Redis from 'ioredis';
  import { createClient, type RedisClientType } from 'redis';
  import got, { type Got } from 'got';
  import ky from 'ky';
  import OpenAI from 'openai';
  import { Agent } from 'undici';
  import { HttpService } from '@nestjs/axios';
  import { drizzle } from 'drizzle-orm/node-postgres';
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
  import { NodeHttpHandler } from '@smithy/node-http-handler';
`;

function valueOf(code: string): string {
  const file = sourceOf(`${IMPORTS}\n${code}`);
  return valueText(evaluate(file, marked(file, 'a')));
}

const made: [sentence: string, code: string, value: string][] = [
  ['a factory', '/*a*/ axios.create({ timeout: 1 });', 'axios instance ({ timeout: 1 })'],
  ['a factory without options', '/*a*/ axios.create();', 'axios instance ()'],
  ['a factory of an instance inherits its options', 'const base = got.extend({ retry: 0 }); /*a*/ base.extend({ timeout: { request: 1 } });', 'got instance ({ retry: 0 } < { timeout: { request: 1 } })'],
  ['a factory with options that are not known', '/*a*/ axios.create(load());', 'axios instance (? opaque-call)'],
  ['a factory with spread arguments', '/*a*/ axios.create(...args);', 'axios instance (? opaque-spread)'],
  ['a class', '/*a*/ new Pool({ max: 5 });', 'pg Pool ({ max: 5 })'],
  ['a class without parentheses', '/*a*/ new Pool;', 'pg Pool ()'],
  ['a class of a namespace', '/*a*/ new pg.Pool({ max: 5 });', 'pg Pool ({ max: 5 })'],
  ['a URL and options', "/*a*/ new Redis('redis://cache', { commandTimeout: 1 });", "ioredis client ({ commandTimeout: 1 } < { (url): 'redis://cache' })"],
  ['a port, a host and options', "/*a*/ new Redis(6379, 'cache', { commandTimeout: 1 });", 'ioredis client ({ commandTimeout: 1 })'],
  ['a URL in the options', "/*a*/ new Pool({ connectionString: 'postgres://db' });", "pg Pool ({ connectionString: 'postgres://db' } < { (url): 'postgres://db' })"],
  ['a URL of the environment', '/*a*/ new Pool({ connectionString: process.env.DATABASE_URL });', 'pg Pool ({ connectionString: env DATABASE_URL } < { (url): env DATABASE_URL })'],
  ['a client below a client', '/*a*/ new OpenAI({ timeout: 1 }).chat.completions;', 'OpenAI client ({ timeout: 1 }).chat.completions'],
  ['a client that a method makes', 'const redis = new Redis({ commandTimeout: 1 }); /*a*/ redis.pipeline();', 'ioredis pipeline ({ commandTimeout: 1 })'],
  ['a client that is awaited', 'const pool = new Pool({ query_timeout: 1 }); /*a*/ await pool.connect();', 'pg Client ({ query_timeout: 1 })'],
  ['a client that is made of another one', 'const base = new DynamoDBClient({ maxAttempts: 1 }); /*a*/ DynamoDBDocumentClient.from(base);', 'AWS SDK client ({ maxAttempts: 1 })'],
  ['a handler stands for its options', '/*a*/ new NodeHttpHandler({ socketTimeout: 1 });', '{ socketTimeout: 1 }'],
  ['a dispatcher', '/*a*/ new Agent({ headersTimeout: 1 });', 'undici dispatcher ({ headersTimeout: 1 })'],
  ['either of two clients', 'const http = slow ? axios.create({ timeout: 1 }) : axios; /*a*/ http;', 'axios instance ({ timeout: 1 }) | axios instance ()'],
  ['a client or its default', 'function load(http = axios) { /*a*/ http; }', 'parameter 0 | axios instance ()'],
  ['a client that is made when it is first wanted', 'let pool; function get() { pool ??= new Pool({ max: 5 }); return pool; } /*a*/ get();', 'pg Pool ({ max: 5 })'],
  ['a client in an object', 'const clients = { orders: axios.create({ timeout: 1 }) }; /*a*/ clients.orders;', 'axios instance ({ timeout: 1 })'],
  ['a client of a list', 'const [primary] = [new Pool({ max: 5 })]; /*a*/ primary;', 'pg Pool ({ max: 5 })'],
  ['the result of an operation', "/*a*/ await axios.get('/orders');", '? opaque-call'],
  ['a client under a type assertion', 'const get = /*a*/ axios!.get;', 'axios instance ().get'],
];

const typed: [sentence: string, code: string, value: string][] = [
  ['a parameter of a function that a project function is given', 'const within = <T>(id: string, run: (pool: Pool, id: string) => Promise<T>) => run(pools[id], id); within(id, async (pool) => { /*a*/ pool; });', 'pg Pool (? parameter)'],
  ['the second parameter of such a function', 'function within(run: (id: string, pool: Pool) => void) { run(id, pool); } within((id, pool) => { /*a*/ pool; });', 'pg Pool (? parameter)'],
  ['a parameter behind a spread argument', 'function within(run: (pool: Pool) => void) { run(pool); } within(...rest, (pool) => { /*a*/ pool; });', 'parameter 0'],
  ['a parameter of no known type', 'function within<T>(run: (pool: T) => void) { run(pool); } within((pool) => { /*a*/ pool; });', 'parameter 0'],
  ['what a transaction hands on, by the parameters of its function', "const db = drizzle(url); type Tx = Parameters<Parameters<(typeof db)['transaction']>[0]>[0]; function save(tx: Tx) { /*a*/ tx; }", 'Drizzle transaction (? parameter)'],
  ['the same by a query of the method', 'const db = drizzle(url); function save(tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) { /*a*/ tx; }', 'Drizzle transaction ()'],
  ['a database or its transaction', "const db = drizzle(url); type Db = typeof db; type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]; function save(at: Db | Tx) { /*a*/ at; }", 'Drizzle database (? parameter)'],
  ['another parameter of the function', 'const db = drizzle(url); function save(tx: Parameters<Parameters<typeof db.transaction>[0]>[1]) { /*a*/ tx; }', 'parameter 0'],
  ['a parameter', 'function load(http: AxiosInstance) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['an optional parameter', 'function load(http?: AxiosInstance) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter that may be null', 'function load(http: AxiosInstance | null | undefined) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of a namespace type', 'function load(pool: pg.Pool) { /*a*/ pool; }', 'pg Pool (? parameter)'],
  ['a parameter of a class as its type', 'function load(pool: Pool) { /*a*/ pool; }', 'pg Pool (? parameter)'],
  ['a parameter of a default import as its type', 'function load(redis: Redis) { /*a*/ redis; }', 'ioredis client (? parameter)'],
  ['a parameter of a type only', 'function load(client: PoolClient) { /*a*/ client; }', 'pg Client (? parameter)'],
  ['a parameter of what a factory returns', 'function load(redis: ReturnType<typeof createClient>) { /*a*/ redis; }', 'redis client (? parameter)'],
  ['a parameter of what a method returns', 'function load(http: ReturnType<typeof axios.create>) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of the type of a client', 'const api = axios.create({ timeout: 1 }); function load(http: typeof api) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of a promise of a client', 'async function load(http: Promise<AxiosInstance>) { /*a*/ await http; }', 'axios instance (? parameter)'],
  ['a parameter of a readonly client', 'function load(http: Readonly<AxiosInstance>) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of an intersection', 'function load(http: AxiosInstance & { name: string }) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of an alias', 'type Http = AxiosInstance; function load(http: Http) { /*a*/ http; }', 'axios instance (? parameter)'],
  ['a parameter of a generic client', 'function load(redis: RedisClientType<{}, {}, {}>) { /*a*/ redis; }', 'redis client (? parameter)'],
  ['a parameter of got', 'function load(http: Got) { /*a*/ http; }', 'got instance (? parameter)'],
  ['a service that a container hands out', 'class Orders { constructor(private http: HttpService) {} load() { /*a*/ this.http; } }', 'Nest HttpService (? injected)'],
  ['a variable that others fill', 'declare const pool: Pool; /*a*/ pool;', 'pg Pool (? parameter)'],
  ['a parameter of any', 'function load(http: any) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of unknown', 'function load(http: unknown) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of a union of clients', 'function load(http: AxiosInstance | Got) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of a type variable', 'function load<T>(http: T) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of an interface', 'interface Http { get(): void } function load(http: Http) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of an alias of itself', 'type Http = Http; function load(http: Http) { /*a*/ http; }', 'parameter 0'],
  ['a parameter of a type of that name from elsewhere', "import type { Pool as Other } from '@acme/pool'; function load(pool: Other) { /*a*/ pool; }", 'parameter 0'],
  ['a parameter of a type of that name that the file declares', 'function f() { interface Pool { query(): void } function load(pool: Pool) { /*a*/ pool; } }', 'parameter 0'],
  ['a member of a typed parameter', 'function load({ http }: { http: AxiosInstance }) { /*a*/ http; }', 'parameter 0.http'],
];

const functions: [sentence: string, code: string, value: string][] = [
  ['a function that returns a client', 'function makeHttp() { return axios.create({ timeout: 1 }); } /*a*/ makeHttp();', 'axios instance ({ timeout: 1 })'],
  ['an arrow that returns a client', 'const makeHttp = () => axios.create({ timeout: 1 }); /*a*/ makeHttp();', 'axios instance ({ timeout: 1 })'],
  ['an async function that returns a client', 'async function makeHttp() { return axios.create({ timeout: 1 }); } /*a*/ await makeHttp();', 'axios instance ({ timeout: 1 })'],
  ['a function whose parameter is an option', 'const makeHttp = (ms) => axios.create({ timeout: ms }); /*a*/ makeHttp(5);', 'axios instance ({ timeout: 5 })'],
  ['a function whose parameter is left out', 'const makeHttp = (ms) => axios.create({ timeout: ms }); /*a*/ makeHttp();', 'axios instance ({ timeout: undefined })'],
  ['a function whose parameter has a default', 'const makeHttp = (ms = 5000) => axios.create({ timeout: ms }); /*a*/ makeHttp();', 'axios instance ({ timeout: 5000 })'],
  ['a function whose parameter is the options', 'const makeHttp = (options) => axios.create(options); /*a*/ makeHttp({ timeout: 5 });', 'axios instance ({ timeout: 5 })'],
  ['a function whose parameter is spread into the options', 'const makeHttp = (options) => axios.create({ retries: 1, ...options }); /*a*/ makeHttp({ timeout: 5 });', 'axios instance ({ retries: 1, timeout: 5 })'],
  ['a function whose parameter is destructured', 'const makeHttp = ({ ms }) => axios.create({ timeout: ms }); /*a*/ makeHttp({ ms: 5 });', 'axios instance ({ timeout: 5 })'],
  ['a function whose parameter is destructured with defaults', 'const makeHttp = ({ ms = 5000 } = {}) => axios.create({ timeout: ms }); /*a*/ makeHttp();', 'axios instance ({ timeout: 5000 })'],
  ['a function whose parameter is normalised', 'function makeHttp(options) { options = options || {}; return axios.create(options); } /*a*/ makeHttp();', 'axios instance ({})'],
  ['a function whose options are changed before they serve', 'function makeHttp(options) { const all = { ...options }; all.timeout = 5; return axios.create(all); } /*a*/ makeHttp({ retries: 1 });', 'axios instance ({ retries: 1, timeout: 5 })'],
  ['a function that is handed spread arguments', 'const makeHttp = (ms) => axios.create({ timeout: ms }); /*a*/ makeHttp(...args);', 'axios instance ({ timeout: ? opaque-spread })'],
  ['a function of a function', 'const inner = (ms) => ({ timeout: ms }); const outer = (ms) => axios.create(inner(ms)); /*a*/ outer(5);', 'axios instance ({ timeout: 5 })'],
  ['a function that returns either', 'function limit(slow) { if (slow) return 5000; return 100; } /*a*/ limit(x);', '5000 | 100'],
  ['a function that returns in try and catch', 'function limit() { try { return 1; } catch { return 2; } finally { log(); } } /*a*/ limit();', '1 | 2'],
  ['a function that returns in a switch and a loop', 'function limit(x) { switch (x) { case 1: return 1; } for (;;) { return 2; } } /*a*/ limit();', '1 | 2'],
  ['a function that returns nothing', 'function limit() {} /*a*/ limit();', 'undefined'],
  ['a return of an inner function does not count', 'function limit() { const f = () => { return 1; }; return 2; } /*a*/ limit();', '2'],
  ['a generator is not known', 'function* limits() { return 1; } /*a*/ limits();', '? opaque-call'],
  ['a function that calls itself', 'function limit(n) { return n ? limit(n - 1) : 5; } /*a*/ limit(3);', '? depth | 5'],
  ['functions that call each other', 'function a() { return b(); } function b() { return a(); } /*a*/ a();', '? depth'],
  ['a method of an object', 'const make = { http() { return axios.create({ timeout: 1 }); } }; /*a*/ make.http();', 'axios instance ({ timeout: 1 })'],
  ['a method of a class', 'class Make { http() { return axios.create({ timeout: 1 }); } run() { /*a*/ this.http(); } }', 'axios instance ({ timeout: 1 })'],
  ['a static method of a class', 'class Make { static http(ms) { return axios.create({ timeout: ms }); } } /*a*/ Make.http(5);', 'axios instance ({ timeout: 5 })'],
  ['an immediately called function', 'const http = (() => axios.create({ timeout: 1 }))(); /*a*/ http;', 'axios instance ({ timeout: 1 })'],
  ['a function that is bound is not called', 'const make = (ms) => ({ timeout: ms }); /*a*/ make.bind(null);', '? opaque-call'],
  ['a function by call takes its arguments one later', 'const make = (ms) => ({ timeout: ms }); /*a*/ make.call(null, 5);', '? opaque-call'],
  ['an operation that is bound is not called', '/*a*/ fetch.bind(globalThis);', '? opaque-call'],
  ['the result of a parameter', 'function load(make) { /*a*/ make(); }', '? parameter'],
  ['a class that is called without new', 'class Orders {} /*a*/ Orders();', '? opaque-call'],
  ['a method that an object does not show', "const request = new Request(url, { signal: AbortSignal.timeout(1) }); /*a*/ request.clone();", '? opaque-call'],
  ['a result of something unknown', '/*a*/ makeHttp();', '? opaque-call'],
];

describe('a client evaluates when it is made by', () => {
  it.each(made)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('a type annotation tells the client of', () => {
  it.each(typed)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

describe('a call of a function evaluates', () => {
  it.each(functions)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
