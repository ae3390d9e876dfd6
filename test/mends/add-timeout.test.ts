import { afterAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { timeBounds } from '../../src/facts/time-bounds.js';
import { unboundedSites, wholeClients } from '../../src/facts/unbounded-sites.js';
import { addTimeout } from '../../src/mends/add-timeout.js';
import type { Edit } from '../../src/mends/edit.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

function applied(text: string, edits: readonly Edit[]): string {
  let end = text.length;
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.range[0] - a.range[0])) {
    expect(edit.range[1], 'edits do not overlap').toBeLessThanOrEqual(end);
    out = `${out.slice(0, edit.range[0])}${edit.text}${out.slice(edit.range[1])}`;
    end = edit.range[0];
  }
  return out;
}

type Versions = Readonly<Record<string, string>>;

const fileOf = (code: string, installed: Versions) => tempProject({ 'src/a.ts': code }, installed).file('src/a.ts');

/** What is judged: calls and clients, each with its verdict. */
function verdictsOf(code: string, installed: Versions): string[] {
  const file = fileOf(code, installed);
  return [...timeBounds(file), ...wholeClients(file)].map((bound) => bound.verdict);
}

/** The first mend of the first site, applied; `null` where there is none. */
function mended(code: string, installed: Versions = {}): { text: string; title: string } | null {
  const file = fileOf(code, installed);
  const [site] = unboundedSites(file);
  if (site === undefined) throw new Error(`nothing is unbounded: ${verdictsOf(code, installed).join()}\n${code}`);
  const [mend] = addTimeout(file, site, 10_000);
  return mend === undefined ? null : { text: applied(file.text, mend.edits), title: mend.title };
}

const IMPORTS: Readonly<Record<string, string>> = {
  axios: "import axios from 'axios';",
  got: "import got from 'got';",
  http: "import http from 'node:http';",
  pg: "import { Pool, Client } from 'pg';",
  ioredis: "import Redis, { Cluster } from 'ioredis';",
  redis: "import { createClient, createCluster } from 'redis';",
  superagent: "import request from 'superagent';",
  s3: "import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';",
  undici: "import { Agent, RetryAgent, request } from 'undici';",
  openai: "import OpenAI from 'openai';",
  grpc: "import { Client, credentials } from '@grpc/grpc-js';",
  needle: "import needle from 'needle';",
  request: "import request from 'request';",
  graphql: "import { GraphQLClient, request } from 'graphql-request';",
  nodeFetch: "import fetch from 'node-fetch';",
  fetch: '',
};

type Case = readonly [name: string, library: string, code: string, expected: string, installed?: Versions];

const SIGNAL = 'signal: AbortSignal.timeout(10_000)';

const CASES: readonly Case[] = [
  // Where the object is, and how it is written.
  ['no argument for options', 'axios', 'axios.get(url);', 'axios.get(url, { timeout: 10_000 });'],
  ['an empty object', 'axios', 'axios.get(url, {});', 'axios.get(url, { timeout: 10_000 });'],
  ['an object on one line', 'axios', 'axios.get(url, { headers });', 'axios.get(url, { headers, timeout: 10_000 });'],
  ['an object on one line with a trailing comma', 'axios', 'axios.get(url, { headers, });', 'axios.get(url, { headers, timeout: 10_000 });'],
  ['an object on several lines', 'axios', 'axios.get(url, {\n  headers\n});', 'axios.get(url, {\n  headers,\n  timeout: 10_000\n});'],
  ['several lines with a trailing comma', 'axios', 'axios.get(url, {\n  headers,\n  params,\n});', 'axios.get(url, {\n  headers,\n  params,\n  timeout: 10_000,\n});'],
  ['CRLF', 'axios', 'axios.get(url, {\r\n  headers,\r\n});', 'axios.get(url, {\r\n  headers,\r\n  timeout: 10_000,\r\n});'],
  ['tabs', 'axios', 'axios.get(url, {\n\t\theaders,\n\t});', 'axios.get(url, {\n\t\theaders,\n\t\ttimeout: 10_000,\n\t});'],
  ['a comment behind the last comma', 'axios', 'axios.get(url, {\n  headers, // of the order\n});', 'axios.get(url, {\n  headers, // of the order\n  timeout: 10_000,\n});'],
  ['a comment where a comma is missing', 'axios', 'axios.get(url, {\n  headers // a, b\n});', 'axios.get(url, {\n  headers, // a, b\n  timeout: 10_000\n});'],
  ['a comment in front of the comma', 'axios', 'axios.get(url, { headers /* a, b */, });', 'axios.get(url, { headers /* a, b */, timeout: 10_000 });'],
  ['a comment in the middle', 'axios', 'axios.get(url, {\n  // of the order\n  headers,\n  /* and */ params,\n});', 'axios.get(url, {\n  // of the order\n  headers,\n  /* and */ params,\n  timeout: 10_000,\n});'],
  ['an object of one comment', 'axios', 'axios.get(url, { /* none */ });', 'axios.get(url, { /* none */ timeout: 10_000 });'],
  ['an object of one line comment', 'axios', 'axios.get(url, {\n  // none\n});', 'axios.get(url, {\n  // none\n  timeout: 10_000,\n});'],
  ['a type assertion around the options', 'axios', 'axios.get(url, { headers } as const);', 'axios.get(url, { headers, timeout: 10_000 } as const);'],
  ['a `satisfies` around the options', 'axios', 'axios.get(url, { headers } satisfies object);', 'axios.get(url, { headers, timeout: 10_000 } satisfies object);'],
  ['a spread of a known object', 'axios', "const base = { headers: {} };\naxios.get(url, { ...base });\nlog(base);", "const base = { headers: {} };\naxios.get(url, { ...base, timeout: 10_000 });\nlog(base);"],
  ['parentheses around the object', 'axios', 'axios.get(url, ({ headers }));', 'axios.get(url, ({ headers, timeout: 10_000 }));'],
  ['options in a constant used once', 'axios', 'const options = { headers };\naxios.get(url, options);', 'const options = { headers, timeout: 10_000 };\naxios.get(url, options);'],
  ['options in a constant used twice', 'axios', 'const options = { headers };\naxios.get(url, options);\nlog(options);', 'const options = { headers };\naxios.get(url, { ...options, timeout: 10_000 });\nlog(options);'],
  ['options in an exported constant', 'axios', 'export const options = { headers };\naxios.get(url, options);', 'export const options = { headers };\naxios.get(url, { ...options, timeout: 10_000 });'],
  ['options in a field', 'axios', 'class A {\n  private readonly options = { headers };\n  get() { return axios.get(url, this.options); }\n}', 'class A {\n  private readonly options = { headers };\n  get() { return axios.get(url, { ...this.options, timeout: 10_000 }); }\n}'],
  ['options that are built up', 'axios', 'export const load = (proxy) => {\n  let options = { headers };\n  if (proxy) options = { ...options, proxy };\n  return axios.get(url, options);\n};', 'export const load = (proxy) => {\n  let options = { headers };\n  if (proxy) options = { ...options, proxy };\n  return axios.get(url, { ...options, timeout: 10_000 });\n};'],
  // A signal runs from where it is made: in a constant of the module it would end every call ten seconds after the start.
  ['a signal beside options in a constant', 'fetch', 'const options = { headers };\nexport const load = () => fetch(url, options);', 'const options = { headers };\nexport const load = () => fetch(url, { ...options, signal: AbortSignal.timeout(10_000) });'],
  ['`undefined` passed by name', 'axios', 'axios.post(url, body, undefined);', 'axios.post(url, body, { timeout: 10_000 });'],
  // Arguments.
  ['a missing argument between', 'axios', 'axios.post(url);', 'axios.post(url, undefined, { timeout: 10_000 });'],
  ['a body and no options', 'axios', 'axios.post(url, { id: 1 });', 'axios.post(url, { id: 1 }, { timeout: 10_000 });'],
  ['a trailing comma behind the arguments', 'axios', 'axios.get(\n  url,\n);', 'axios.get(\n  url,\n  { timeout: 10_000 },\n);'],
  ['an argument in parentheses', 'axios', 'axios.get((url));', 'axios.get((url), { timeout: 10_000 });'],
  ['a comment behind the arguments', 'axios', "axios.get('/a' /* (b) */);", "axios.get('/a', { timeout: 10_000 } /* (b) */);"],
  ['options in the first place', 'axios', "axios({ url: '/a' });", "axios({ url: '/a', timeout: 10_000 });"],
  ['type arguments', 'axios', 'axios.get<Order>(url);', 'axios.get<Order>(url, { timeout: 10_000 });'],
  ['a callback', 'http', "http.get('http://a', (reply) => reply.resume());", `http.get('http://a', { ${SIGNAL} }, (reply) => reply.resume());`],
  ['a named callback', 'http', 'function done(reply) { reply.resume(); }\nhttp.get(endpoint(), done);', `function done(reply) { reply.resume(); }\nhttp.get(endpoint(), { ${SIGNAL} }, done);`],
  ['a callback in parentheses', 'http', "http.get('http://a', ((reply) => reply.resume()));", `http.get('http://a', { ${SIGNAL} }, ((reply) => reply.resume()));`],
  ['options before a callback', 'http', "http.get({ host: 'a' }, (reply) => reply.resume());", `http.get({ host: 'a', ${SIGNAL} }, (reply) => reply.resume());`],
  ['a callback of request', 'request', "request('http://a', (error, reply) => done(error, reply));", "request('http://a', { timeout: 10_000 }, (error, reply) => done(error, reply));"],
  ['an optional call', 'axios', 'const client = axios.create();\nawait client?.get(url);', 'const client = axios.create({ timeout: 10_000 });\nawait client?.get(url);'],
  ['an optional call of an escaping client', 'axios', 'export const client = axios.create();\nawait client?.get(url);', 'export const client = axios.create();\nawait client?.get(url, { timeout: 10_000 });'],
  // Values that are there.
  ['`signal: undefined`', 'fetch', 'fetch(url, { signal: undefined });', `fetch(url, { ${SIGNAL} });`],
  ['`signal: null`', 'fetch', "fetch(url, { method: 'POST', signal: null, headers });", `fetch(url, { method: 'POST', ${SIGNAL}, headers });`],
  ['a nested object that is there', 'got', 'got(url, { timeout: { connect: 5 } });', 'got(url, { timeout: { connect: 5, request: 10_000 } });'],
  ['a nested object on several lines', 'got', 'got(url, {\n  timeout: {\n    connect: 5,\n  },\n});', 'got(url, {\n  timeout: {\n    connect: 5,\n    request: 10_000,\n  },\n});'],
  ['a nested object that is missing', 'got', 'got(url, { json: true });', 'got(url, { json: true, timeout: { request: 10_000 } });'],
  ['got with one object', 'got', 'got({ url });', 'got({ url, timeout: { request: 10_000 } });'],
  ['a Request made in the call', 'fetch', "fetch(new Request(url, { method: 'POST' }));", `fetch(new Request(url, { method: 'POST', ${SIGNAL} }));`],
  ['node-fetch 2', 'nodeFetch', "fetch('http://a');", "fetch('http://a', { timeout: 10_000 });", { 'node-fetch': '2.7.0' }],
  ['node-fetch 3, which ignores `timeout`', 'nodeFetch', 'fetch(url, { timeout: 500 });', `fetch(url, { timeout: 500, ${SIGNAL} });`, { 'node-fetch': '3.3.2' }],
  // Clients.
  ['`new Pool()`', 'pg', 'const pool = new Pool();', 'const pool = new Pool({ query_timeout: 10_000 });'],
  ['`new Pool` without parentheses', 'pg', 'const pool = new Pool;', 'const pool = new Pool({ query_timeout: 10_000 });'],
  ['a pool with a limit on connecting', 'pg', "const pool = new Pool({ host: 'a', connectionTimeoutMillis: 500 });", "const pool = new Pool({ host: 'a', connectionTimeoutMillis: 500, query_timeout: 10_000 });"],
  ['a pg Client', 'pg', "const client = new Client({ host: 'a' });", "const client = new Client({ host: 'a', query_timeout: 10_000, connectionTimeoutMillis: 10_000 });"],
  ['a subclass of a client', 'pg', "class Database extends Pool {}\nconst pool = new Database({ host: 'a' });", "class Database extends Pool {}\nconst pool = new Database({ host: 'a', query_timeout: 10_000 });"],
  ['a client in a field', 'pg', "class Orders {\n  pool = new Pool({\n    host: 'a',\n  });\n  all() { return this.pool.query('SELECT 1'); }\n}", "class Orders {\n  pool = new Pool({\n    host: 'a',\n    query_timeout: 10_000,\n  });\n  all() { return this.pool.query('SELECT 1'); }\n}"],
  ['an instance with unbounded calls', 'axios', 'const client = axios.create({ baseURL });\nawait client.get(url);\nawait client.get(other);', 'const client = axios.create({ baseURL, timeout: 10_000 });\nawait client.get(url);\nawait client.get(other);'],
  ['an escaping instance: all its calls here', 'axios', 'export const client = axios.create();\nawait client.get(url);\nawait client.post(url, body);', 'export const client = axios.create();\nawait client.get(url, { timeout: 10_000 });\nawait client.post(url, body, { timeout: 10_000 });'],
  ['an extended got', 'got', "const client = got.extend({ prefixUrl: 'https://a.example' });\nawait client.get('a');", "const client = got.extend({ prefixUrl: 'https://a.example', timeout: { request: 10_000 } });\nawait client.get('a');"],
  ['ioredis with nothing', 'ioredis', 'const redis = new Redis();', 'const redis = new Redis({ commandTimeout: 10_000 });'],
  ['ioredis with port and host', 'ioredis', "const redis = new Redis(6379, 'a');", "const redis = new Redis(6379, 'a', { commandTimeout: 10_000 });"],
  ['ioredis with a URL', 'ioredis', "const redis = new Redis('redis://a');", "const redis = new Redis('redis://a', { commandTimeout: 10_000 });"],
  ['an ioredis Cluster', 'ioredis', "const redis = new Cluster([{ host: 'a' }], { redisOptions: { password } });", "const redis = new Cluster([{ host: 'a' }], { redisOptions: { password, commandTimeout: 10_000 } });"],
  ['redis', 'redis', "const client = createClient({ socket: { host: 'a' } });", "const client = createClient({ socket: { host: 'a', socketTimeout: 10_000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200 }, pingInterval: 5000 });"],
  ['a redis client that connects anew in its own way', 'redis', 'const client = createClient({ socket: { reconnectStrategy: anew }, pingInterval: 1_000 });', 'const client = createClient({ socket: { reconnectStrategy: anew, socketTimeout: 10_000 }, pingInterval: 1_000 });'],
  ['a redis cluster', 'redis', 'const client = createCluster({ rootNodes: [] });', 'const client = createCluster({ rootNodes: [], defaults: { socket: { socketTimeout: 10_000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200 }, pingInterval: 5000 } });'],
  ['an S3 client', 's3', "const s3 = new S3Client({ region: 'a' });\nawait s3.send(new ListBucketsCommand({}));", "const s3 = new S3Client({ region: 'a', requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true } });\nawait s3.send(new ListBucketsCommand({}));"],
  ['an S3 client whose limit only warns', 's3', 'const s3 = new S3Client({ requestHandler: { requestTimeout: 500 } });\nawait s3.send(new ListBucketsCommand({}));', 'const s3 = new S3Client({ requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true } });\nawait s3.send(new ListBucketsCommand({}));'],
  ['an S3 client that is meant to warn only', 's3', 'const s3 = new S3Client({ requestHandler: { requestTimeout: 500, throwOnRequestTimeout: false } });\nawait s3.send(new ListBucketsCommand({}));', 'const s3 = new S3Client({ requestHandler: { requestTimeout: 500, throwOnRequestTimeout: false } });\nawait s3.send(new ListBucketsCommand({}), { abortSignal: AbortSignal.timeout(10_000) });'],
  ['an S3 client with a handler', 's3', "import { NodeHttpHandler } from '@smithy/node-http-handler';\nconst s3 = new S3Client({ requestHandler: new NodeHttpHandler({ connectionTimeout: 500 }) });\nawait s3.send(new ListBucketsCommand({}));", "import { NodeHttpHandler } from '@smithy/node-http-handler';\nconst s3 = new S3Client({ requestHandler: new NodeHttpHandler({ connectionTimeout: 500, requestTimeout: 10_000, throwOnRequestTimeout: true }) });\nawait s3.send(new ListBucketsCommand({}));"],
  ['an S3 client before `throwOnRequestTimeout`', 's3', 'const s3 = new S3Client();\nawait s3.send(new ListBucketsCommand({}));', 'const s3 = new S3Client({ requestHandler: { requestTimeout: 10_000 } });\nawait s3.send(new ListBucketsCommand({}));', { '@aws-sdk/client-s3': '3.600.0' }],
  ['an S3 client that takes handlers only', 's3', 'const s3 = new S3Client({});\nawait s3.send(new ListBucketsCommand({}));', 'const s3 = new S3Client({});\nawait s3.send(new ListBucketsCommand({}), { abortSignal: AbortSignal.timeout(10_000) });', { '@aws-sdk/client-s3': '3.400.0' }],
  ['a document client: the client below', 's3', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';\nconst db = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: {} });\nawait db.send(new GetCommand({}));", "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';\nconst db = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true } }), { marshallOptions: {} });\nawait db.send(new GetCommand({}));"],
  ['an undici Agent', 'undici', 'const agent = new Agent();\nawait agent.request({ origin, path });', 'const agent = new Agent({ headersTimeout: 10_000, bodyTimeout: 10_000 });\nawait agent.request({ origin, path });'],
  ['an undici call', 'undici', "await request(url, { method: 'POST' });", `await request(url, { method: 'POST', ${SIGNAL} });`],
  ['openai', 'openai', 'const openai = new OpenAI();\nawait openai.models.list();', 'const openai = new OpenAI({ timeout: 10_000 });\nawait openai.models.list();'],
  ['openai, a call', 'openai', 'export const openai = new OpenAI();\nawait openai.chat.completions.create({ model });', 'export const openai = new OpenAI();\nawait openai.chat.completions.create({ model }, { timeout: 10_000 });'],
  ['openai, a list that takes options only', 'openai', 'export const openai = new OpenAI();\nawait openai.models.list();', 'export const openai = new OpenAI();\nawait openai.models.list({ timeout: 10_000 });'],
  ['openai, parameters in the second place', 'openai', 'export const openai = new OpenAI();\nawait openai.beta.threads.runs.retrieve(id, { thread_id: thread });', 'export const openai = new OpenAI();\nawait openai.beta.threads.runs.retrieve(id, { thread_id: thread }, { timeout: 10_000 });'],
  ['grpc, which has the limit at the call only', 'grpc', "const client = new Client('a:1', credentials.createInsecure());\nclient.sayHello({ name }, (error, reply) => done(error, reply));\nclient.sayHello({ name }, { host: 'a' }, (error, reply) => done(error, reply));", "const client = new Client('a:1', credentials.createInsecure());\nclient.sayHello({ name }, { deadline: Date.now() + 10_000 }, (error, reply) => done(error, reply));\nclient.sayHello({ name }, { host: 'a', deadline: Date.now() + 10_000 }, (error, reply) => done(error, reply));"],
  ['needle', 'needle', 'needle.post(url, { id: 1 });', 'needle.post(url, { id: 1 }, { response_timeout: 10_000, read_timeout: 10_000 });'],
  ['graphql-request, the object form', 'graphql', 'request({ url, document });', `request({ url, document, ${SIGNAL} });`],
  // Chains.
  ['a chain on one line', 'superagent', "await request.get(url).set('a', 'b');", "await request.get(url).timeout(10_000).set('a', 'b');"],
  ['a chain on several lines', 'superagent', "await request\n  .get(url)\n  .set('a', 'b');", "await request\n  .get(url)\n  .timeout(10_000)\n  .set('a', 'b');"],
  ['a chain that breaks behind the call', 'superagent', "await request.get(url)\n    .set('a', 'b');", "await request.get(url)\n    .timeout(10_000)\n    .set('a', 'b');"],
  ['a chain with a callback', 'superagent', 'request.post(url).send(body).end((error) => done(error));', 'request.post(url).timeout(10_000).send(body).end((error) => done(error));'],
  // Wrappers.
  ['a wrapper that hands its parameter on', 'axios', 'function load(path, options) { return axios.get(path, options); }\nawait load(url, { headers });', 'function load(path, options) { return axios.get(path, options); }\nawait load(url, { headers, timeout: 10_000 });'],
  ['a wrapper called without options', 'axios', 'function load(path, options) { return axios.get(path, options); }\nawait load(url);', 'function load(path, options) { return axios.get(path, options); }\nawait load(url, { timeout: 10_000 });'],
];

const NO_EDITS: readonly (readonly [name: string, library: string, code: string, installed?: Versions])[] = [
  ['a request that was made before', 'fetch', "const request = new Request('http://a/', { method: 'POST' });\nfetch(request);"],
  ['options that a function gives', 'axios', 'const options = () => ({ headers });\naxios.get(url, options());'],
  ['needle called by itself: data or options', 'needle', "needle('post', url);"],
  ['graphql-request, by position', 'graphql', "request('http://a', '{ a }');"],
  ['options one of two', 'axios', 'axios.get(url, fast ? { headers } : { params });'],
  ['a call that may take options in the first place', 'openai', 'export const openai = new OpenAI();\nawait openai.files.list();'],
  ['redis 4', 'redis', 'const client = createClient();', { redis: '4.7.1' }],
  ['a pg Client of a URL', 'pg', "const client = new Client('postgres://a/b');"],
];

describe('addTimeout', () => {
  it.each(CASES.map(([name, library, code, expected, installed]) => ({ name, library, code, expected, installed })))('$name', ({ library, code, expected, installed }) => {
    const head = `${IMPORTS[library]}\n`;
    const result = mended(`${head}${code}`, installed);
    expect(result?.text).toBe(`${head}${expected}`);
    expect(parse('/project/src/a.ts', result!.text).ok).toBe(true);
    expect(verdictsOf(result!.text, installed ?? {})).not.toContain('unbounded');
  });

  it.each(NO_EDITS.map(([name, library, code, installed]) => ({ name, library, code, installed })))('no edit: $name', ({ library, code, installed }) => {
    expect(mended(`${IMPORTS[library]}\n${code}`, installed)).toBeNull();
  });

  it.each([
    ['an option', 'axios', 'axios.get(url);', 'add `timeout: 10_000`'],
    ['two below one parent', 's3', 'const s3 = new S3Client({});\nawait s3.send(new ListBucketsCommand({}));', 'add `requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true }`'],
    ['a chain', 'superagent', 'await request.get(url);', 'add `.timeout(10_000)`'],
    ['several calls', 'axios', 'export const client = axios.create();\nawait client.get(url);\nawait client.get(url);', 'add `timeout: 10_000` to 2 calls'],
  ])('says what it writes: %s', (_name, library, code, title) => {
    expect(mended(`${IMPORTS[library]}\n${code}`)?.title).toBe(title);
  });

  it.each([
    ['ioredis', "const redis = new Redis();\nconst pipeline = redis.pipeline();\nawait pipeline.exec();"],
    ['pg', "const pool = new Pool();\nconst client = await pool.connect();\nawait client.query('SELECT 1');"],
    ['redis', "const client = createClient();\nconst other = client.duplicate();\nawait other.multi().exec();"],
  ])('mends the one client from which others come: %s', (library, code) => {
    const file = fileOf(`${IMPORTS[library]}\n${code}`, {});
    expect(unboundedSites(file).map(({ node }) => node.range[0])).toEqual([file.text.indexOf(library === 'redis' ? 'createClient()' : 'new ')]);
  });

  it('writes small limits without separators', () => {
    const file = fileOf("fetch('https://a.example');", {});
    expect(addTimeout(file, unboundedSites(file)[0]!, 500)[0]!.edits[0]!.text).toContain('AbortSignal.timeout(500)');
  });
});

describe('a child process and what came with it', () => {
  it.each([
    ['a command with a callback', "import { exec } from 'node:child_process';\nexec('ls', (error) => {});", "exec('ls', { timeout: 10_000 }, (error) => {});"],
    ['a program with arguments and a callback', "import { execFile } from 'node:child_process';\nexecFile('ls', ['-l'], (error) => {});", "execFile('ls', ['-l'], { timeout: 10_000 }, (error) => {});"],
    ['options that are there', "import { execFile } from 'node:child_process';\nexecFile('ls', ['-l'], { cwd }, (error) => {});", "execFile('ls', ['-l'], { cwd, timeout: 10_000 }, (error) => {});"],
    ['a command that is waited for', "import { exec } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(exec);\nawait run('ls');", "await run('ls', { timeout: 10_000 });"],
    ['a mail transport', "import { createTransport } from 'nodemailer';\nexport const mail = createTransport({ host });", 'createTransport({ host, socketTimeout: 10_000 })'],
    ['a call of tRPC without an input', "import { createTRPCClient, httpLink } from '@trpc/client';\nexport const trpc = createTRPCClient({ links: [httpLink({ url })] });\nawait trpc.a.query();", 'trpc.a.query(undefined, { signal: AbortSignal.timeout(10_000) })'],
    ['a query of Apollo Client', "import { ApolloClient } from '@apollo/client';\nexport const client = new ApolloClient({ uri });\nawait client.query({ query });", 'client.query({ query, context: { fetchOptions: { signal: AbortSignal.timeout(10_000) } } })'],
    ['a socket whose answers are waited for', "import { io } from 'socket.io-client';\nconst socket = io(url);\nawait socket.emitWithAck('a');", 'io(url, { ackTimeout: 10_000 })'],
  ])('%s', (_, code, expected) => expect(mended(code)?.text).toContain(expected));
});
