import { afterAll, describe, expect, it } from 'vitest';
import { boundAt, verdictAt, type Program } from './support.js';
import { removeTempProjects } from '../support/temp-project.js';

afterAll(removeTempProjects);

type Case = [sentence: string, program: string | Program, verdict: string];

const fetchCases: Case[] = [
  ['no options', 'await /*a*/ fetch(url);', 'unbounded absent'],
  ['other options', "await /*a*/ fetch(url, { method: 'POST' });", 'unbounded absent'],
  ['a `timeout` option, which fetch ignores', 'await /*a*/ fetch(url, { timeout: 5000 });', 'unbounded absent'],
  ['a signal by time', 'await /*a*/ fetch(url, { signal: AbortSignal.timeout(5000) });', 'bounded signal'],
  ['a request with a signal by time', 'await /*a*/ fetch(new Request(url, { signal: AbortSignal.timeout(5000) }));', 'bounded signal'],
  ['a request without one', 'await /*a*/ fetch(new Request(url));', 'unbounded absent'],
  ['a signal that a timer aborts', 'const c = new AbortController(); const t = setTimeout(() => c.abort(), 5000); await /*a*/ fetch(url, { signal: c.signal }); clearTimeout(t);', 'bounded signal'],
  ['a signal that only cancels', "const c = new AbortController(); request.on('close', () => c.abort()); await /*a*/ fetch(url, { signal: c.signal });", 'unbounded absent'],
  ['a joined signal', 'export const load = (signal) => /*a*/ fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(1)]) });', 'bounded signal'],
  ['the signal of the caller', 'export const load = (signal) => /*a*/ fetch(url, { signal });', 'unknown parameter'],
  ['the signal of a request', 'export const GET = (request: Request) => /*a*/ fetch(url, { signal: request.signal });', 'unknown parameter'],
  ['an optional signal with a default', 'export const load = (signal) => /*a*/ fetch(url, { signal: signal ?? AbortSignal.timeout(1) });', 'bounded signal'],
  ['a signal that is null', 'await /*a*/ fetch(url, { signal: null });', 'unbounded absent'],
  ['the options of the caller', 'export const load = (init) => /*a*/ fetch(url, init);', 'unknown parameter'],
  ['the options of the caller, spread', 'export const load = (init) => /*a*/ fetch(url, { ...init, method: "GET" });', 'unknown parameter'],
  ['a dispatcher with limits', "import { Agent } from 'undici'; await /*a*/ fetch(url, { dispatcher: new Agent({ headersTimeout: 5000, bodyTimeout: 5000 }) });", 'bounded call-option'],
  ['a dispatcher without limits', "import { Agent } from 'undici'; await /*a*/ fetch(url, { dispatcher: new Agent() });", 'unbounded absent'],
  ['a dispatcher whose limits are off on purpose', "import { Agent } from 'undici'; await /*a*/ fetch(url, { dispatcher: new Agent({ headersTimeout: 0, bodyTimeout: 0 }) });", 'bounded no-limit-chosen'],
  ['options that another file would tell', "import { options } from './options.js'; await /*a*/ fetch(url, options);", 'unknown other-file-off'],
];

const coreCases: Case[] = [
  ['undici request without a limit', "import { request } from 'undici'; await /*a*/ request(url);", 'unbounded absent'],
  ['undici request with limits', "import { request } from 'undici'; await /*a*/ request(url, { headersTimeout: 5000, bodyTimeout: 5000 });", 'bounded call-option'],
  ['undici request with a signal', "import { request } from 'undici'; await /*a*/ request(url, { signal: AbortSignal.timeout(1) });", 'bounded signal'],
  ['undici request with options of the caller', "import { request } from 'undici'; export const load = (o) => /*a*/ request(url, o);", 'unknown parameter'],
  ['undici client with limits', "import { Client } from 'undici'; const orders = new Client(base, { headersTimeout: 1 }); await /*a*/ orders.request({ path: '/' });", 'bounded client-option'],
  ['undici client without limits', "import { Client } from 'undici'; const orders = new Client(base); await /*a*/ orders.request({ path: '/' });", 'unbounded absent'],

  ['node:http without a limit', "import http from 'node:http'; /*a*/ http.get(url, (res) => {});", 'unbounded absent'],
  ['node:http with a timeout that nothing ends', "import http from 'node:http'; /*a*/ http.get(url, { timeout: 5000 }, (res) => {});", 'unbounded absent'],
  ['node:http whose timeout handler destroys', "import http from 'node:http'; const req = /*a*/ http.get(url, { timeout: 5000 }); req.on('timeout', () => req.destroy());", 'bounded chained'],
  ['node:http whose timeout handler only logs', "import http from 'node:http'; const req = /*a*/ http.get(url, { timeout: 5000 }); req.on('timeout', () => log('slow'));", 'unbounded absent'],
  ['node:http whose timeout handler emits an error', "import http from 'node:http'; const req = /*a*/ http.get(url, { timeout: 5000 }); req.on('timeout', () => req.emit('error', new Error('late')));", 'bounded chained'],
  ['node:http whose timeout handler calls a helper that is named for it', "import http from 'node:http'; const req = /*a*/ http.get(url, { timeout: 5000 }); const fail = (error) => { req.destroy(error); }; req.on('timeout', () => fail(new Error('late')));", 'bounded chained'],
  ['node:http by setTimeout with a handler that destroys', "import http from 'node:http'; const req = /*a*/ http.request(url); req.setTimeout(5000, () => req.destroy()); req.end();", 'bounded chained'],
  ['node:http by setTimeout without a handler', "import http from 'node:http'; const req = /*a*/ http.request(url); req.setTimeout(5000); req.end();", 'unbounded absent'],
  ['node:http by setTimeout and a handler', "import http from 'node:http'; const req = /*a*/ http.request(url); req.setTimeout(5000); req.on('timeout', () => req.destroy()); req.end();", 'bounded chained'],
  ['node:http by a chain', "import http from 'node:http'; /*a*/ http.get(url).on('timeout', function () { this.destroy(); });", 'bounded chained'],
  ['node:http by a timer of its own', "import https from 'node:https'; const req = /*a*/ https.request(url); setTimeout(() => req.destroy(new Error('late')), 5000); req.end();", 'bounded chained'],
  ['node:http with a signal', "import https from 'node:https'; /*a*/ https.get(url, { signal: AbortSignal.timeout(1) });", 'bounded signal'],
  ['node:http whose request is handed on', "import http from 'node:http'; export const send = () => { const req = /*a*/ http.request(url); watch(req); };", 'unknown wrapper'],
  ['node:http with options of the caller', "import http from 'node:http'; export const send = (o) => { /*a*/ http.get(o, (res) => {}); };", 'unknown parameter'],

  ['axios without a limit', "import axios from 'axios'; await /*a*/ axios.get(url);", 'unbounded absent'],
  ['axios with a limit in the call', "import axios from 'axios'; await /*a*/ axios.get(url, { timeout: 5000 });", 'bounded call-option'],
  ['axios with a limit in a call that carries a body', "import axios from 'axios'; await /*a*/ axios.post(url, body, { timeout: 5000 });", 'bounded call-option'],
  ['axios with a limit in the body, which is no option', "import axios from 'axios'; await /*a*/ axios.post(url, { timeout: 5000 });", 'unbounded absent'],
  ['axios called with a configuration', "import axios from 'axios'; await /*a*/ axios({ url, timeout: 5000 });", 'bounded call-option'],
  ['axios called with a configuration without a limit', "import axios from 'axios'; await /*a*/ axios({ url, method: 'POST' });", 'unbounded absent'],
  ['axios called with a URL and a configuration', "import axios from 'axios'; await /*a*/ axios(url, { timeout: 5000 });", 'bounded call-option'],
  ['axios with zero, chosen', "import axios from 'axios'; await /*a*/ axios.get(url, { timeout: 0 });", 'bounded no-limit-chosen'],
  ['axios instance with a limit', "import axios from 'axios'; const http = axios.create({ timeout: 5000 }); await /*a*/ http.get(url);", 'bounded client-option'],
  ['axios instance without a limit', "import axios from 'axios'; const http = axios.create({ baseURL }); await /*a*/ http.get(url);", 'unbounded absent'],
  ['axios instance with a limit of the environment', "import axios from 'axios'; const http = axios.create({ timeout: Number(process.env.TIMEOUT) }); await /*a*/ http.get(url);", 'bounded client-option'],
  ['axios instance with options that are not known', "import axios from 'axios'; const http = axios.create(load()); await /*a*/ http.get(url);", 'unknown opaque-call'],
  ['axios with an adapter of its own', "import axios from 'axios'; import { adapter } from '@acme/http'; const http = axios.create({ adapter }); await /*a*/ http.get(url);", 'unknown replaced-transport'],
  ['axios with an adapter of the library', "import axios from 'axios'; const http = axios.create({ adapter: 'http' }); await /*a*/ http.get(url);", 'unbounded absent'],
  ['axios with options that several calls share', "import axios from 'axios'; const http = axios.create(); const options = { headers }; export const load = () => /*a*/ http.get(url, options); export const save = () => http.post(url, body, options);", 'unbounded absent'],
  ['axios instance by its type', "import type { AxiosInstance } from 'axios'; export const load = (http: AxiosInstance) => /*a*/ http.get(url);", 'unknown parameter'],
  ['axios instance by its type, with a limit in the call', "import type { AxiosInstance } from 'axios'; export const load = (http: AxiosInstance) => /*a*/ http.get(url, { timeout: 1 });", 'bounded call-option'],

  ['got without a limit', "import got from 'got'; await /*a*/ got(url);", 'unbounded absent'],
  ['got with a limit on the request', "import got from 'got'; await /*a*/ got(url, { timeout: { request: 5000 } });", 'bounded call-option'],
  ['got with a limit on connecting only', "import got from 'got'; await /*a*/ got(url, { timeout: { connect: 5000 } });", 'unbounded absent'],
  ['got with a limit on the reply', "import got from 'got'; await /*a*/ got.get(url, { timeout: { response: 5000 } });", 'bounded call-option'],
  ['got 11 with a number', { main: "import got from 'got'; await /*a*/ got(url, { timeout: 5000 });", installed: { got: '11.8.6' } }, 'bounded call-option'],
  ['got extended', "import got from 'got'; const http = got.extend({ timeout: { request: 1 } }); await /*a*/ http(url).json();", 'bounded client-option'],
  ['got extended by several', "import got from 'got'; const http = got.extend({ timeout: { request: 1 } }, { prefixUrl }); await /*a*/ http(url);", 'bounded client-option'],
  ['got extended by another instance', "import got from 'got'; const base = got.extend({ timeout: { request: 1 } }); const http = got.extend(base, { prefixUrl }); await /*a*/ http(url);", 'bounded client-option'],
  ['got with a handler of its own', "import got from 'got'; const http = got.extend({ handlers: [(options, next) => next(options)] }); await /*a*/ http(url);", 'unknown replaced-transport'],
  ['got with options of the caller', "import got from 'got'; export const load = (o) => /*a*/ got(url, o);", 'unknown parameter'],

  ['ky, which brings a limit of its own', "import ky from 'ky'; await /*a*/ ky.get(url).json();", 'bounded library-default'],
  ['ky with its limit switched off', "import ky from 'ky'; await /*a*/ ky.get(url, { timeout: false });", 'bounded no-limit-chosen'],
  ['ky with options of the caller', "import ky from 'ky'; export const load = (o) => /*a*/ ky(url, o);", 'unknown parameter'],

  ['node-fetch 3 without a limit', { main: "import fetch from 'node-fetch'; await /*a*/ fetch(url);", installed: { 'node-fetch': '3.3.2' } }, 'unbounded absent'],
  ['node-fetch 3 with a `timeout`, which it ignores', { main: "import fetch from 'node-fetch'; await /*a*/ fetch(url, { timeout: 1 });", installed: { 'node-fetch': '3.3.2' } }, 'unbounded absent'],
  ['node-fetch 2 with a `timeout`', { main: "import fetch from 'node-fetch'; await /*a*/ fetch(url, { timeout: 1 });", installed: { 'node-fetch': '2.7.0' } }, 'bounded call-option'],
  ['node-fetch with options of the caller', "import fetch from 'node-fetch'; export const load = (o) => /*a*/ fetch(url, o);", 'unknown parameter'],

  ['superagent without a limit', "import superagent from 'superagent'; await /*a*/ superagent.get(url).set('a', 'b');", 'unbounded absent'],
  ['superagent with a limit', "import superagent from 'superagent'; await /*a*/ superagent.get(url).timeout(5000);", 'bounded chained'],
  ['superagent with limits by name', "import superagent from 'superagent'; await /*a*/ superagent.post(url).send(body).timeout({ response: 1, deadline: 2 });", 'bounded chained'],
  ['superagent whose request is returned', "import superagent from 'superagent'; export const load = () => /*a*/ superagent.get(url);", 'unknown wrapper'],

  ['gRPC without a deadline', "import { Client } from '@grpc/grpc-js'; const orders = new Client(address, credentials); /*a*/ orders.getOrder(request, (err, reply) => {});", 'unbounded absent'],
  ['gRPC with a deadline', "import { Client } from '@grpc/grpc-js'; const orders = new Client(address, credentials); /*a*/ orders.getOrder(request, { deadline: Date.now() + 5000 }, (err, reply) => {});", 'bounded call-option'],
  ['gRPC with metadata and a deadline', "import { Client, Metadata } from '@grpc/grpc-js'; const orders = new Client(address, credentials); /*a*/ orders.getOrder(request, new Metadata(), { deadline: Date.now() + 5000 }, (err, reply) => {});", 'bounded call-option'],
  ['gRPC with metadata alone', "import { Client, Metadata } from '@grpc/grpc-js'; const orders = new Client(address, credentials); /*a*/ orders.getOrder(request, new Metadata(), (err, reply) => {});", 'unbounded absent'],
  ['gRPC with options of the caller', "import { Client } from '@grpc/grpc-js'; const orders = new Client(address, credentials); export const load = (o) => /*a*/ orders.getOrder(request, o, (err, reply) => {});", 'unknown parameter'],

  ['pg without limits', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ max: 5 });", 'unbounded absent'],
  ['pg with a limit on queries', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ query_timeout: 5000 });", 'bounded client-option'],
  ['pg with a limit on statements', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ statement_timeout: 5000 });", 'bounded client-option'],
  ['pg with a limit on connecting only', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionTimeoutMillis: 5000 });", 'unbounded absent'],
  ['pg with a URL of the environment', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionString: process.env.DATABASE_URL });", 'unknown connection-url'],
  ['pg with a URL that carries a limit', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionString: 'postgres://db/orders?statement_timeout=5000' });", 'bounded client-option'],
  ['pg with a URL that carries none', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionString: 'postgres://db/orders?sslmode=require' });", 'unbounded absent'],
  ['pg with a URL of the environment and a limit', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionString: process.env.DATABASE_URL, query_timeout: 1 });", 'bounded client-option'],
  ['pg with options that are not known', "import { Pool } from 'pg'; const pool = /*a*/ new Pool({ ...config });", 'unknown opaque-spread'],

  ['ioredis without limits', "import Redis from 'ioredis'; const redis = /*a*/ new Redis({ host });", 'unbounded absent'],
  ['ioredis with a limit on commands', "import Redis from 'ioredis'; const redis = /*a*/ new Redis({ commandTimeout: 500 });", 'bounded client-option'],
  ['ioredis with a limit on connecting only', "import Redis from 'ioredis'; const redis = /*a*/ new Redis({ connectTimeout: 500 });", 'unbounded absent'],
  ['ioredis with a URL of the environment', "import Redis from 'ioredis'; const redis = /*a*/ new Redis(process.env.REDIS_URL);", 'unbounded absent'],
  ['ioredis with a URL and a limit', "import Redis from 'ioredis'; const redis = /*a*/ new Redis(process.env.REDIS_URL, { commandTimeout: 500 });", 'bounded client-option'],
  ['ioredis with options that are not known', "import Redis from 'ioredis'; export const connect = (o) => /*a*/ new Redis(o);", 'unknown parameter'],

  ['redis without limits', "import { createClient } from 'redis'; const redis = /*a*/ createClient({ url });", 'unbounded absent'],
  ['ioredis for a worker of BullMQ, which blocks on purpose', "import Redis from 'ioredis'; import { Worker } from 'bullmq'; const connection = /*a*/ new Redis({ maxRetriesPerRequest: null }); new Worker('mail', run, { connection });", 'bounded no-limit-chosen'],
  ['ioredis with a limit of attempts, which is none of time', "import Redis from 'ioredis'; const redis = /*a*/ new Redis({ maxRetriesPerRequest: 3 });", 'unbounded absent'],
  ['ioredis that is patient and bounded', "import Redis from 'ioredis'; const redis = /*a*/ new Redis({ maxRetriesPerRequest: null, commandTimeout: 500 });", 'bounded client-option'],
  ['redis with a limit on the socket', "import { createClient } from 'redis'; const redis = /*a*/ createClient({ socket: { socketTimeout: 500 } });", 'bounded client-option'],
  ['redis with a limit on connecting only', "import { createClient } from 'redis'; const redis = /*a*/ createClient({ socket: { connectTimeout: 500 } });", 'unbounded absent'],
  ['redis with a limit that ends when the command is written', "import { createClient } from 'redis'; const redis = /*a*/ createClient({ commandOptions: { timeout: 500 } });", 'unbounded absent'],
  ['redis with options that are not known', "import { createClient } from 'redis'; const redis = /*a*/ createClient(load());", 'unknown opaque-call'],

  ['the AWS SDK with a limit on the socket', "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({ requestHandler: { socketTimeout: 1 } }); await /*a*/ s3.send(new GetObjectCommand({}));", 'bounded client-option'],
  ['the AWS SDK with a limit by a handler', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; import { NodeHttpHandler } from '@smithy/node-http-handler'; const s3 = new S3Client({ requestHandler: new NodeHttpHandler({ socketTimeout: 1 }) }); await /*a*/ s3.send(new PutObjectCommand({}));", 'bounded client-option'],
  ['the AWS SDK with a limit that only warns', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({ requestHandler: { requestTimeout: 1 } }); await /*a*/ s3.send(new PutObjectCommand({}));", 'unbounded absent'],
  ['the AWS SDK with a limit that also throws', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({ requestHandler: { requestTimeout: 1, throwOnRequestTimeout: true } }); await /*a*/ s3.send(new PutObjectCommand({}));", 'bounded client-option'],
  ['the AWS SDK with a signal', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({}); await /*a*/ s3.send(new PutObjectCommand({}), { abortSignal: AbortSignal.timeout(1) });", 'bounded signal'],
  ['the AWS SDK without limits', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({}); await /*a*/ s3.send(new PutObjectCommand({}));", 'unbounded absent'],
  ['the AWS SDK with options that are not known', "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client(load()); await /*a*/ s3.send(new PutObjectCommand({}));", 'unknown opaque-call'],

  ['openai without a limit of the project', "import OpenAI from 'openai'; const ai = new OpenAI(); await /*a*/ ai.chat.completions.create({ model });", 'unbounded absent'],
  ['openai with a limit in the client', "import OpenAI from 'openai'; const ai = new OpenAI({ timeout: 30_000 }); await /*a*/ ai.chat.completions.create({ model });", 'bounded client-option'],
  ['openai with a limit in the call', "import OpenAI from 'openai'; const ai = new OpenAI(); await /*a*/ ai.chat.completions.create({ model }, { timeout: 30_000 });", 'bounded call-option'],
  ['openai with a fetch of its own', "import OpenAI from 'openai'; import { fetch } from '@acme/http'; const ai = new OpenAI({ fetch }); await /*a*/ ai.models.list();", 'unknown replaced-transport'],
  ['openai with options of the caller', "import OpenAI from 'openai'; const ai = new OpenAI(); export const ask = (o) => /*a*/ ai.chat.completions.create({ model }, o);", 'unknown parameter'],

  ['stripe, which brings a limit of its own', "import Stripe from 'stripe'; const stripe = new Stripe(key); await /*a*/ stripe.charges.create({ amount });", 'bounded library-default'],
  ['stripe with a limit', "import Stripe from 'stripe'; const stripe = new Stripe(key, { timeout: 5000 }); await /*a*/ stripe.charges.create({ amount });", 'bounded client-option'],
  ['stripe with options that are not known', "import Stripe from 'stripe'; const stripe = new Stripe(key, load()); await /*a*/ stripe.charges.create({ amount });", 'unknown opaque-call'],
];

const streams: Case[] = [
  ['a body that is piped', 'const res = await /*a*/ fetch(url); await res.body.pipeTo(out);', 'bounded stream'],
  ['a body that is returned', 'export async function proxy() { const res = await /*a*/ fetch(url); return new Response(res.body); }', 'bounded stream'],
  ['a stream by its type', "import axios from 'axios'; await /*a*/ axios.get(url, { responseType: 'stream' });", 'bounded stream'],
  ['events', "await /*a*/ fetch(url, { headers: { accept: 'text/event-stream' } });", 'bounded stream'],
  ['got.stream', "import got from 'got'; /*a*/ got.stream(url).pipe(out);", 'bounded stream'],
  ['a blocking command', "import Redis from 'ioredis'; const redis = new Redis(); await /*a*/ redis.blpop('queue', 0);", 'bounded blocking'],
];

describe('fetch is judged by', () => {
  it.each(fetchCases)('%s', (_sentence, program, verdict) => {
    expect(verdictAt(program)).toBe(verdict);
  });
});

describe('each client of the core is judged:', () => {
  it.each(coreCases)('%s', (_sentence, program, verdict) => {
    expect(verdictAt(program)).toBe(verdict);
  });
});

describe('what waits on purpose wants no timeout:', () => {
  it.each(streams)('%s', (_sentence, program, verdict) => {
    expect(verdictAt(program)).toBe(verdict);
  });
});

describe('a judgement', () => {
  it('says which half is missing', () => {
    const bound = boundAt("import { Pool } from 'pg'; const pool = /*a*/ new Pool({ connectionTimeoutMillis: 5000 });");
    expect(bound?.partial?.path).toBe('connectionTimeoutMillis');
    expect(bound?.partial?.note).toContain('free client');
  });

  it('says that a signal only cancels', () => {
    expect(boundAt("const c = new AbortController(); request.on('close', () => c.abort()); await /*a*/ fetch(url, { signal: c.signal });")?.cancelOnly).toBe(true);
  });

  it('carries the limit that the library has by itself', () => {
    expect(boundAt('await /*a*/ fetch(url);')?.defaultMs).toBe(300_000);
  });

  it('tells its steps', () => {
    const bound = boundAt("import axios from 'axios'; await /*a*/ axios.get(url, { timeout: 5000 });");
    expect(bound?.steps.at(-1)).toContain('`timeout` is set');
  });

  it('points at what decided', () => {
    const bound = boundAt("import axios from 'axios';\nconst http = axios.create({\n  timeout: 5000,\n});\nawait /*a*/ http.get(url);");
    expect(bound?.place?.file.lines.locate(bound.place.node.range[0]).line).toBe(3);
  });
});
