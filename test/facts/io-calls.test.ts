import { describe, expect, it } from 'vitest';
import { callsOf } from '../../src/facts/io-calls.js';
import { sourceOf } from '../support/source.js';

/** `name mode` of every I/O call of a file. */
function callsIn(code: string): string[] {
  return callsOf(sourceOf(code)).io.map((call) => `${call.operation.name} ${call.mode}`);
}

const found: [sentence: string, code: string, calls: string[]][] = [
  ['a call of a global', 'await fetch(url);', ['fetch reply']],
  ['a call without its callback', "const { promisify } = require('util'); const request = require('request'); const rp = promisify(request); rp({ url });", ['request reply']],
  ['a call without its callback, by a namespace', "import util from 'node:util'; import request from 'request'; const rp = util.promisify(request.get); rp({ url });", ['request.get reply']],
  ['a function of the project without its callback', "import { promisify } from 'node:util'; const load = promisify(read); load(url);", []],
  ['a promisify of another package', "import { promisify } from './mine'; import request from 'request'; const rp = promisify(request); rp({ url });", []],
  ['a call of a client that was given a listener', "import Redis from 'ioredis'; const redis = new Redis().on('error', log).once('ready', log); redis.get('a');", ['ioredis client .get reply']],
  ['a listener with a function alone', "import Redis from 'ioredis'; const redis = new Redis().on(log); redis.get('a');", []],
  ['a call of a default instance', "import axios from 'axios'; await axios.get(url); await axios(url);", ['axios.get reply', 'axios reply']],
  ['a call of an instance', "import axios from 'axios'; const http = axios.create(); await http.post(url, body);", ['axios instance .post reply']],
  ['a call of a named import', "import { request as send } from 'undici'; await send(url);", ['undici request reply']],
  ['a call by a namespace', "import * as http from 'node:http'; http.get(url);", ['node:http get reply']],
  ['a call by require', "const axios = require('axios'); axios.get(url);", ['axios.get reply']],
  ['a call by a computed name', "import axios from 'axios'; await axios['get'](url);", ['axios.get reply']],
  ['an optional call', "import axios from 'axios'; await axios?.get?.(url);", ['axios.get reply']],
  ['a call of either of two clients', "import axios from 'axios'; const http = slow ? axios.create() : axios; http.get(url);", ['axios instance .get reply', 'axios.get reply']],
  ['a call of a client that is made on the spot', "import { Pool } from 'pg'; await new Pool().query('select 1');", ['pg Pool .query reply']],
  ['a call through this', "import { Pool } from 'pg'; class Orders { pool = new Pool(); load() { return this.pool.query('select 1'); } }", ['pg Pool .query reply']],
  ['a call of a deep member', "import OpenAI from 'openai'; const ai = new OpenAI(); ai.chat.completions.create({});", ['OpenAI client .chat.completions.create reply']],
  ['a call of a member that was taken out', "import axios from 'axios'; const { get } = axios; await get(url);", ['axios.get reply']],
  ['commands by a wildcard, listeners apart', "import Redis from 'ioredis'; const redis = new Redis(); redis.on('error', log); redis.get('a'); redis.quit();", ['ioredis client .get reply']],
  ['a blocking command', "import Redis from 'ioredis'; const redis = new Redis(); redis.blpop('queue', 0);", ['ioredis client .blpop blocking']],
  ['a command that blocks by a word', "import Redis from 'ioredis'; const redis = new Redis(); redis.xread('BLOCK', 0, 'STREAMS', 'a', '$');", ['ioredis client .xread blocking']],
  ['a command that blocks by a key', "import { createClient } from 'redis'; const redis = createClient(); redis.xRead(keys, { BLOCK: 0 });", ['redis client .xRead blocking']],
  ['the same command without the word', "import Redis from 'ioredis'; const redis = new Redis(); redis.xread('STREAMS', 'a', '$');", ['ioredis client .xread reply']],
  ['long polling', "import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs'; const sqs = new SQSClient({}); sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));", ['AWS SDK client .send blocking']],
  ['a stream by its type', "import axios from 'axios'; axios.get(url, { responseType: 'stream' });", ['axios.get stream']],
  ['a stream by a type that may be it', "import axios from 'axios'; axios.get(url, { responseType: large ? 'stream' : 'json' });", ['axios.get stream']],
  ['a stream by an argument that is not the options', "import OpenAI from 'openai'; const ai = new OpenAI(); ai.chat.completions.create({ stream: true });", ['OpenAI client .chat.completions.create stream']],
  ['a stream by its name', "import got from 'got'; got.stream(url);", ['got.stream stream']],
  ['a stream of events', "await fetch(url, { headers: { Accept: 'text/event-stream' } });", ['fetch stream']],
  ['a body that is piped', 'const res = await fetch(url); res.body.pipeTo(out);', ['fetch stream']],
  ['a body that is iterated', 'const res = await fetch(url); for await (const chunk of res.body) write(chunk);', ['fetch stream']],
  ['a body that is read by a reader', 'const res = await fetch(url); const reader = res.body!.getReader();', ['fetch stream']],
  ['a body that is handed to a pipeline', 'const res = await fetch(url); await pipeline(res.body, out);', ['fetch stream']],
  ['a body that answers a request', 'const upstream = await fetch(url); return new Response(upstream.body, { status: 200 });'.replace('return ', ''), ['fetch stream']],
  ['a body that was destructured', 'const { body } = await fetch(url); body.pipeTo(out);', ['fetch stream']],
  ['a body that is only tested', 'const res = await fetch(url); if (!res.body) throw new Error(); await res.json();', ['fetch reply']],
  ['a body that is parsed', 'const res = await fetch(url); const orders = await res.json();', ['fetch reply']],
  ['a unary call of gRPC', "import { Client } from '@grpc/grpc-js'; const orders = new Client(address, credentials); orders.getOrder(request, (err, reply) => {});", ['gRPC client .getOrder reply']],
  ['a streaming call of gRPC', "import { Client } from '@grpc/grpc-js'; const orders = new Client(address, credentials); orders.watch(request);", ['gRPC client .watch stream']],
];

describe('an I/O call is', () => {
  it.each(found)('%s', (_sentence, code, calls) => {
    expect(callsIn(code)).toEqual(calls);
  });
});

const silent: [sentence: string, code: string][] = [
  ['a function of the same name', 'function fetch(url) {} fetch(url);'],
  ['a parameter of the same name', 'export const load = (fetch) => fetch(url);'],
  ['an import of the same name from a package that nobody models', "import { fetch } from 'cross-fetch-lookalike'; fetch(url);"],
  ['a class of the same name', 'class Pool { query() {} } new Pool().query(); class Redis { get() {} } const redis = new Redis(); redis.get("a");'],
  ['a look-alike package', "import { Pool } from 'pg-lookalike'; import axios from '@acme/axios'; import Redis from 'ioredis-mock-data'; new Pool().query(''); axios.get(url); new Redis().get('a');"],
  ['a client of another package of the same name', "import { Redis } from '@acme/redis'; const redis = new Redis({ url, token }); await redis.get('a');"],
  ['a Map that is called cache', "const cache = new Map(); cache.get('a'); const redis = new Map(); redis.get('b');"],
  ['a receiver of any', "import axios from 'axios'; export function load(http: any) { return http.get(url); }"],
  ['a method of an unknown object', 'client.query(sql); http.get(url); this.http.get(url); redis.get(key);'],
  ['a type of the same name that the file declares', 'interface AxiosInstance { get(): void } export const load = (http: AxiosInstance) => http.get();'],
  ['an operation that is handed on and not called', "import axios from 'axios'; retry(axios.get); const f = fetch; export { f };"],
  ['an operation that is bound', 'const send = fetch.bind(globalThis);'],
  ['a member that does no I/O', "import axios from 'axios'; axios.isAxiosError(error); axios.defaults.headers; axios.create({}); axios.interceptors.request.use(f);"],
  ['a request that is only made', 'const request = new Request(url); new Headers(); new URL(url);'],
  ['a mock of a test', "const fetch = vi.fn(); fetch(url); const axios = { get: jest.fn() }; axios.get(url);"],
  ['a construction in a type position', "import type { Pool } from 'pg'; type Db = Pool; let pool: Pool;"],
];

describe('no I/O call is', () => {
  it.each(silent)('%s', (_sentence, code) => {
    expect(callsIn(code)).toEqual([]);
  });
});
