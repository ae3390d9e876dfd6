import { afterAll, describe, expect, it } from 'vitest';
import { unboundedSites } from '../../src/facts/unbounded-sites.js';
import { wordsOf } from '../../src/facts/unbounded-words.js';
import { allModels } from '../../src/models/lookup.js';
import type { Runtime } from '../../src/project/runtime.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

afterAll(removeTempProjects);

interface Sample {
  readonly code: string;
  readonly installed?: Readonly<Record<string, string>>;
}

const S3 = "import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\nawait s3.send(new ListBucketsCommand({}));";

const DOCUMENT = "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';\nconst db = DynamoDBDocumentClient.from(new DynamoDBClient({}));\nawait db.send(new GetCommand({}));";

/** A call or client that nothing bounds, for each model; `null` where the library's own limit serves. */
const SAMPLES: Readonly<Record<string, Sample | null>> = {
  fetch: { code: "await fetch('https://a.example');" },
  undici: { code: "import { request } from 'undici';\nawait request('https://a.example');", installed: { undici: '7.30.2' } },
  'node-http': { code: "import https from 'node:https';\nhttps.get('https://a.example', (reply) => reply.resume());" },
  axios: { code: "import axios from 'axios';\nawait axios.get('https://a.example');", installed: { axios: '1.21.1' } },
  'axios-0': { code: "import axios from 'axios';\nconst http = axios.create({ baseURL: 'https://a.example' });\nawait http.get('/a');\nawait http.get('/b');", installed: { axios: '0.27.2' } },
  got: { code: "import got from 'got';\nawait got('https://a.example').json();", installed: { got: '14.6.6' } },
  'got-11': { code: "import got from 'got';\nawait got.post('https://a.example', { timeout: { connect: 500 } });", installed: { got: '11.8.6' } },
  'ky-2': null,
  ky: null,
  'node-fetch': { code: "import fetch from 'node-fetch';\nawait fetch('https://a.example', { timeout: 500 });", installed: { 'node-fetch': '3.3.2' } },
  'node-fetch-2': { code: "import fetch from 'node-fetch';\nawait fetch('https://a.example');", installed: { 'node-fetch': '2.7.0' } },
  superagent: { code: "import request from 'superagent';\nawait request.get('https://a.example');", installed: { superagent: '10.4.2' } },
  'nestjs-axios': {
    code: [
      "import { HttpModule, HttpService } from '@nestjs/axios';",
      "import { firstValueFrom } from 'rxjs';",
      "export const imports = [HttpModule.register({ baseURL: 'https://a.example' })];",
      'export class Orders {',
      '  constructor(private readonly http: HttpService) {}',
      "  load() { return firstValueFrom(this.http.get('/a')); }",
      '}',
    ].join('\n'),
    installed: { '@nestjs/axios': '4.0.0' },
  },
  'grpc-js': {
    code: "import { Client, credentials } from '@grpc/grpc-js';\nconst client = new Client('a:1', credentials.createInsecure());\nclient.sayHello({ name: 'a' }, (error, reply) => done(error, reply));",
    installed: { '@grpc/grpc-js': '1.14.7' },
  },
  pg: { code: "import { Pool } from 'pg';\nconst pool = new Pool({ host: 'a' });\nawait pool.query('SELECT 1');", installed: { pg: '8.23.1' } },
  // Caches in the process, and those that wait only as their store does.
  'cache-manager': null, 'cache-manager-6': null, 'cache-manager-5': null, 'cache-manager-4': null, 'nestjs-cache-manager': null, keyv: null,
  'lru-cache': null,
  'generic-pool': null, 'lru-cache-6': null, 'node-cache': null,
  // Half a second for each operation.
  memjs: null,
  memcached: { code: "import Memcached from 'memcached';\nconst cache = new Memcached('cache', { timeout: 500 });\ncache.get('a', done);", installed: { memcached: '2.2.2' } },
  // Without a store of another process it calls nobody.
  cacheable: null,
  'bullmq-client': { code: "import { Queue } from 'bullmq';\nconst queue = new Queue('mail', { connection: { host: 'redis' } });\nawait queue.add('a', {});", installed: { bullmq: '6.7.0' } },
  'bull-client': { code: "import Queue from 'bull';\nconst queue = new Queue('mail', 'redis://redis');\nawait queue.add({});", installed: { bull: '4.16.5' } },
  'pg-boss': { code: "import { PgBoss } from 'pg-boss';\nconst boss = new PgBoss({ host: 'db' });\nawait boss.send('mail', {});", installed: { 'pg-boss': '12.38.0' } },
  'pg-boss-10': { code: "import PgBoss from 'pg-boss';\nconst boss = new PgBoss({ host: 'db', connectionTimeoutMillis: 500 });\nawait boss.send('mail', {});", installed: { 'pg-boss': '10.4.2' } },
  'upstash-redis': { code: "import { Redis } from '@upstash/redis';\nconst redis = new Redis({ url: 'https://a.example', token: 't' });\nawait redis.get('a');" },
  ioredis: { code: "import Redis from 'ioredis';\nconst redis = new Redis();\nawait redis.get('a');", installed: { ioredis: '6.0.0' } },
  'ioredis-5': { code: "import Redis from 'ioredis';\nconst redis = new Redis({ connectTimeout: 500 });\nawait redis.get('a');", installed: { ioredis: '5.11.1' } },
  redis: { code: "import { createClient } from 'redis';\nconst client = createClient();\nawait client.get('a');", installed: { redis: '6.3.1' } },
  'redis-5': { code: "import { createClient } from 'redis';\nconst client = createClient({ commandOptions: { timeout: 500 } });\nawait client.get('a');", installed: { redis: '5.12.1' } },
  'redis-4': { code: "import { createClient } from 'redis';\nconst client = createClient();\nawait client.get('a');", installed: { redis: '4.7.1' } },
  'openai-7': { code: "import OpenAI from 'openai';\nconst openai = new OpenAI();\nawait openai.chat.completions.create({ model: 'a', messages: [] });", installed: { openai: '7.57.0' } },
  openai: { code: "import OpenAI from 'openai';\nconst openai = new OpenAI();\nawait openai.models.list();", installed: { openai: '6.49.0' } },
  'openai-4': { code: "import OpenAI from 'openai';\nconst openai = new OpenAI();\nawait openai.models.list();", installed: { openai: '4.104.0' } },
  stripe: null,
  'stripe-16': null,
  'anthropic': { code: "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\nawait client.messages.create({ model: 'a' });", installed: { '@anthropic-ai/sdk': '1.12.0' } },
  'anthropic-0.41': { code: "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\nawait client.messages.create({ model: 'a' });", installed: { '@anthropic-ai/sdk': '0.41.0' } },
  'anthropic-0.24': { code: "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\nawait client.messages.create({ model: 'a' });", installed: { '@anthropic-ai/sdk': '0.24.3' } },
  'elasticsearch': { code: "import { Client } from '@elastic/elasticsearch';\nconst client = new Client({ node: 'http://a' });\nawait client.search({ index: 'a' });", installed: { '@elastic/elasticsearch': '9.5.1' } },
  'elasticsearch-8': { code: "import { Client } from '@elastic/elasticsearch';\nconst client = new Client({ node: 'http://a' });\nawait client.search({ index: 'a' });", installed: { '@elastic/elasticsearch': '8.19.2' } },
  'elastic-transport': { code: "import { Transport } from '@elastic/transport';\nconst transport = new Transport({});\nawait transport.request({ method: 'GET', path: '/' });", installed: { '@elastic/transport': '9.4.0' } },
  'octokit': { code: "import { Octokit } from 'octokit';\nconst octokit = new Octokit();\nawait octokit.rest.repos.get({ owner: 'a', repo: 'b' });", installed: { 'octokit': '5.0.5' } },
  'octokit-rest': { code: "import { Octokit } from '@octokit/rest';\nconst octokit = new Octokit();\nawait octokit.rest.repos.get({ owner: 'a', repo: 'b' });", installed: { '@octokit/rest': '22.0.1' } },
  'octokit-rest-19': { code: "import { Octokit } from '@octokit/rest';\nconst octokit = new Octokit();\nawait octokit.rest.repos.get({ owner: 'a', repo: 'b' });", installed: { '@octokit/rest': '18.12.0' } },
  'octokit-core': { code: "import { Octokit } from '@octokit/core';\nconst octokit = new Octokit();\nawait octokit.graphql('{ a }');", installed: { '@octokit/core': '7.0.8' } },
  'octokit-core-4': { code: "import { Octokit } from '@octokit/core';\nconst octokit = new Octokit();\nawait octokit.graphql('{ a }');", installed: { '@octokit/core': '3.6.0' } },
  'octokit-request': { code: "import { request } from '@octokit/request';\nawait request('GET /user', {});", installed: { '@octokit/request': '10.0.16' } },
  'octokit-request-6': { code: "import { request } from '@octokit/request';\nawait request('GET /user', {});", installed: { '@octokit/request': '5.6.3' } },
  'slack-web-api': { code: "import { WebClient } from '@slack/web-api';\nconst slack = new WebClient('a');\nawait slack.chat.postMessage({ channel: 'a', text: 'b' });", installed: { '@slack/web-api': '8.2.0' } },
  'slack-web-api-7': { code: "import { WebClient } from '@slack/web-api';\nconst slack = new WebClient('a');\nawait slack.chat.postMessage({ channel: 'a', text: 'b' });", installed: { '@slack/web-api': '7.19.0' } },
  'supabase-js': { code: "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://a', 'b');\nawait supabase.from('a').select();", installed: { '@supabase/supabase-js': '2.119.1' } },
  'supabase-js-2.104': { code: "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://a', 'b');\nawait supabase.from('a').select();", installed: { '@supabase/supabase-js': '2.39.8' } },
  'postgrest-js': { code: "import { PostgrestClient } from '@supabase/postgrest-js';\nconst db = new PostgrestClient('http://a');\nawait db.from('a').select();", installed: { '@supabase/postgrest-js': '2.119.1' } },
  'postgrest-js-2.104': { code: "import { PostgrestClient } from '@supabase/postgrest-js';\nconst db = new PostgrestClient('http://a');\nawait db.from('a').select();", installed: { '@supabase/postgrest-js': '2.100.0' } },
  'clickhouse-0': { code: "import { createClient } from '@clickhouse/client';\nconst db = createClient({ host: 'http://a' });\nawait db.query({ query: 'SELECT 1' });", installed: { '@clickhouse/client': '0.2.10' } },
  'azure-core-rest-pipeline': { code: "import { createDefaultHttpClient, createPipelineRequest } from '@azure/core-rest-pipeline';\nconst client = createDefaultHttpClient();\nawait client.sendRequest(createPipelineRequest({ url: 'http://a' }));", installed: { '@azure/core-rest-pipeline': '1.25.0' } },
  'elasticsearch-7': null,
  'elastic-transport-8': null,
  'stripe-22.5': null,
  'stripe-21': null,
  'stripe-12': null,
  'twilio': null,
  'twilio-5.3': null,
  'clickhouse': null,
  'azure-cosmos': null,
  needle: { code: "import needle from 'needle';\nawait needle('get', 'https://a.example');", installed: { needle: '3.5.0' } },
  request: { code: "import request from 'request';\nrequest('https://a.example', (error, reply) => done(error, reply));", installed: { request: '2.88.2' } },
  'graphql-request': { code: "import { request } from 'graphql-request';\nawait request('https://a.example', '{ a }');", installed: { 'graphql-request': '7.4.0' } },
  'graphql-request-6': { code: "import { GraphQLClient } from 'graphql-request';\nconst client = new GraphQLClient('https://a.example');\nawait client.request('{ a }');", installed: { 'graphql-request': '6.1.0' } },
  'cross-fetch': { code: "import fetch from 'cross-fetch';\nawait fetch('https://a.example');", installed: { 'cross-fetch': '4.1.0' } },
  'whatwg-node-fetch': { code: "import { fetch } from '@whatwg-node/fetch';\nawait fetch('https://a.example');", installed: { '@whatwg-node/fetch': '0.10.13' } },
  'aws-sdk-v3': { code: S3, installed: { '@aws-sdk/client-s3': '3.1169.0' } },
  'aws-sdk-v3-dynamodb': {
    code: "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nconst db = new DynamoDBClient({ requestHandler: { requestTimeout: 500 } });\nawait db.send(new GetItemCommand({}));",
    installed: { '@aws-sdk/client-dynamodb': '3.1162.0' },
  },
  'aws-sdk-v3-dynamodb-before-3.1162': { code: "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nconst db = new DynamoDBClient({});\nawait db.send(new GetItemCommand({}));", installed: { '@aws-sdk/client-dynamodb': '3.800.0' } },
  'aws-sdk-v3-document-before-3.1162': { code: DOCUMENT, installed: { '@aws-sdk/lib-dynamodb': '3.800.0', '@aws-sdk/client-dynamodb': '3.800.0' } },
  'aws-sdk-v3-document': {
    code: DOCUMENT,
    installed: { '@aws-sdk/lib-dynamodb': '3.1162.0', '@aws-sdk/client-dynamodb': '3.1162.0' },
  },
  mysql2: { code: "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({ host: 'a' });\nawait pool.query('SELECT 1');", installed: { mysql2: '3.24.6' } },
  mysql: { code: "import mysql from 'mysql';\nconst connection = mysql.createConnection({ host: 'a', connectTimeout: 500 });\nconnection.query('SELECT 1', done);", installed: { mysql: '2.18.1' } },
  postgres: { code: "import postgres from 'postgres';\nconst sql = postgres('postgres://a/b', { connect_timeout: 5 });\nawait sql`SELECT 1`;", installed: { postgres: '3.4.9' } },
  mongodb: { code: "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://a');\nawait client.db().collection('a').findOne({});", installed: { mongodb: '7.9.0' } },
  'mongodb-5': { code: "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://a', { waitQueueTimeoutMS: 500 });\nawait client.db().collection('a').findOne({});", installed: { mongodb: '5.9.2' } },
  knex: { code: "import knex from 'knex';\nconst db = knex({ client: 'pg', connection: { host: 'a' } });\nawait db('a').first();", installed: { knex: '3.3.0' } },
  typeorm: { code: "import { DataSource } from 'typeorm';\nexport const source = new DataSource({ type: 'postgres', host: 'a', maxQueryExecutionTime: 500 });", installed: { typeorm: '1.1.1' } },
  'typeorm-0.2': { code: "import { createConnection } from 'typeorm';\nexport const source = await createConnection({ type: 'postgres', host: 'a' });", installed: { typeorm: '0.2.45' } },
  sequelize: { code: "import { Sequelize } from 'sequelize';\nexport const sequelize = new Sequelize({ dialect: 'postgres', host: 'a', pool: { acquire: 500 } });", installed: { sequelize: '6.37.8' } },
  // What limits them is set elsewhere: in the URL, the adapter, the driver, the connection.
  prisma: null,
  'drizzle-orm': null,
  mongoose: null,
  // Requests end after 30 s, and dead connections after two heartbeats.
  kafkajs: null,
  amqplib: null,
  'apollo-client': { code: "import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';\nconst client = new ApolloClient({ link: new HttpLink({ uri: 'https://a.example' }), cache: new InMemoryCache() });\nawait client.query({ query });", installed: { '@apollo/client': '4.3.8' } },
  'child-process': { code: "import { exec } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(exec);\nawait run('git fetch');" },
  ethers: { code: "import { JsonRpcProvider } from 'ethers';\nconst provider = new JsonRpcProvider('https://a.example');\nawait provider.getBlockNumber();", installed: { ethers: '6.17.0' } },
  'google-cloud-storage': { code: "import { Storage } from '@google-cloud/storage';\nconst storage = new Storage({ timeout: 500 });\nawait storage.bucket('a').file('b').download();", installed: { '@google-cloud/storage': '8.4.0' } },
  'google-cloud-storage-7': { code: "import { Storage } from '@google-cloud/storage';\nconst storage = new Storage();\nawait storage.bucket('a').file('b').download();", installed: { '@google-cloud/storage': '7.22.0' } },
  'kafkajs-1': { code: "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: ['a:9092'], requestTimeout: 500 });\nconst producer = kafka.producer();\nawait producer.send({ topic: 'a', messages: [] });", installed: { kafkajs: '1.16.0' } },
  ldapjs: { code: "import { createClient } from 'ldapjs';\nconst client = createClient({ url: 'ldap://a', connectTimeout: 500 });\nclient.search('o=a', {}, done);", installed: { ldapjs: '3.0.7' } },
  'neo4j-driver': { code: "import neo4j from 'neo4j-driver';\nconst driver = neo4j.driver('neo4j://a', auth);\nawait driver.executeQuery('RETURN 1');", installed: { 'neo4j-driver': '6.3.0' } },
  nodemailer: { code: "import { createTransport } from 'nodemailer';\nconst mail = createTransport({ host: 'a', connectionTimeout: 500 });\nawait mail.sendMail({ to: 'a@a.example' });", installed: { nodemailer: '10.6.0' } },
  soap: { code: "import { createClientAsync } from 'soap';\nconst client = await createClientAsync('https://a.example?wsdl');\nawait client.LoadAsync({ id: 1 });", installed: { soap: '1.13.0' } },
  'socket.io-client': { code: "import { io } from 'socket.io-client';\nconst socket = io('https://a.example');\nawait socket.emitWithAck('a');", installed: { 'socket.io-client': '4.8.4' } },
  'trpc-client': { code: "import { createTRPCClient, httpBatchLink } from '@trpc/client';\nconst trpc = createTRPCClient({ links: [httpBatchLink({ url: 'https://a.example' })] });\nawait trpc.orders.list.query({ page: 1 });", installed: { '@trpc/client': '11.25.2' } },
  web3: { code: "import { Web3, HttpProvider } from 'web3';\nconst web3 = new Web3(new HttpProvider('https://a.example'));\nawait web3.eth.getBlockNumber();", installed: { web3: '4.16.0' } },
  'web3-1': { code: "import Web3 from 'web3';\nconst web3 = new Web3('https://a.example');\nawait web3.eth.getBlockNumber();", installed: { web3: '1.10.4' } },
  // A limit of their own serves: 1 s, 12 s, 15 s, 30 s, a minute, two minutes.
  nats: null, 'cassandra-driver': null, 'ky-0': null, mssql: null, tedious: null, 'basic-ftp': null, 'node-dns': null, 'google-cloud-pubsub': null, 'ethers-5': null,
  // What they give is a stream or a socket, which no limit of a call fits.
  'node-net': null, ssh2: null, ws: null,
  // The limit is a property of a connection, set by whoever has it.
  oracledb: null,
  // A transfer is a stream, and a handler only carries options.
  'aws-sdk-v3-upload': null,
  'aws-sdk-v3-handler': null,
};

/** The message as the rule puts it together. */
function messagesOf(sample: Sample, runtime: Runtime, files: Readonly<Record<string, string>> = {}): string[] {
  const file = tempProject({ 'src/a.ts': sample.code, ...files }, sample.installed).file('src/a.ts');
  return unboundedSites(file).map((site) => {
    const { finding, consequence, mend } = wordsOf(file, site, runtime);
    return `${finding}: ${consequence}. ${mend}.`;
  });
}

const models = allModels().clients;

describe.each(models.map((model) => [model.id, model] as const))('%s', (id, model) => {
  const sample = SAMPLES[id];

  it('has a sample', () => {
    expect(sample, 'add a call that nothing bounds to SAMPLES, or null where the library bounds every call').not.toBeUndefined();
  });

  it.skipIf(sample == null)('is said in one message', () => {
    const messages = messagesOf(sample!, 'node');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchSnapshot();
    wellFormed(messages[0]!);
  });

  it.skipIf(sample == null)('names no number of Node elsewhere', () => {
    for (const runtime of ['browser', 'worker', 'unknown'] as const) {
      const message = messagesOf(sample!, runtime)[0]!;
      wellFormed(message);
      if (model.unboundedElsewhere !== undefined) {
        expect(message).toContain(model.unboundedElsewhere);
        expect(model.unboundedElsewhere).not.toMatch(/\d+ s\b|\bNode\b/);
      } else expect(message).not.toContain('in Node');
    }
  });
});

describe('the version', () => {
  const code = "import axios from 'axios';\nawait axios.get('https://a.example');";
  const manifest = (range: string): Record<string, string> => ({ 'package.json': JSON.stringify({ name: 'a', dependencies: { axios: range } }) });

  it.each([
    ['installed', { axios: '1.7.2' }, manifest('^1.7.0'), '(axios 1.7.2)'],
    ['declared only', {}, manifest('^1.7.0'), '(axios ^1.7.0 in package.json)'],
    ['declared, an older major', {}, manifest('^0.27.0'), '(axios ^0.27.0 in package.json)'],
    ['declared with no upper end', {}, manifest('>=0.20'), '(version not found; taken as axios >=1)'],
    ['declared by a tag', {}, manifest('latest'), '(version not found; taken as axios >=1)'],
    ['a workspace range', {}, manifest('workspace:*'), '(version not found; taken as axios >=1)'],
    ['unknown', {}, {}, '(version not found; taken as axios >=1)'],
  ])('%s', (_name, installed, files, note) => {
    expect(messagesOf({ code, installed: installed as Record<string, string> }, 'node', files as Record<string, string>)[0]).toContain(note);
  });

  it('chooses the model by the declared range', () => {
    const [message] = messagesOf({ code: "import got from 'got';\nawait got('https://a.example');" }, 'node', { 'package.json': JSON.stringify({ name: 'a', dependencies: { got: '^11.8.0' } }) });
    expect(message).toContain('(got ^11.8.0 in package.json). Set `timeout: { request: ms }`, or `timeout: ms`.');
  });

  it('is that of the imported package, where a model serves many', () => {
    const [message] = messagesOf({ code: S3, installed: { '@aws-sdk/client-s3': '3.600.0' } }, 'node');
    expect(message).toContain('(@aws-sdk/client-s3 3.600.0)');
  });
});

function wellFormed(message: string): void {
  expect(message).not.toMatch(/\.\.|\s\s|\bundefined\b|\{\{/);
  expect(message.match(/silent server|a child that hangs/g) ?? []).toHaveLength(1);
  expect(message).toMatch(/^[`A-Z].*\.$/);
  // No phrase of four words is said twice.
  expect(message).not.toMatch(/\b(\w+ \w+ \w+ \w+)\b.*\b\1\b/);
}
