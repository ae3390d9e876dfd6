import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson } from '../lib/slow-json.mjs';

const at = (version) => ({ '@aws-sdk/client-s3': version, '@aws-sdk/client-dynamodb': version, '@aws-sdk/client-sqs': version });
const NEW = at('3.1164.0');
const BEFORE = at('3.1161.0');
// Its range takes later handlers too, in which `requestTimeout` is another option.
const OLD = { ...at('3.901.0'), '@smithy/node-http-handler': '4.3.0' };

const QUIET = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

async function sdk({ load }) {
  const s3 = await load('@aws-sdk/client-s3');
  const dynamo = await load('@aws-sdk/client-dynamodb');
  const sqs = await load('@aws-sdk/client-sqs');
  // What the machine is set to must not count.
  for (const name of ['AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'AWS_DEFAULTS_MODE', 'AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026']) delete process.env[name];
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const base = (server) => ({ endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, logger: QUIET });
  return {
    ...s3,
    s3: (server, options) => new s3.S3Client({ ...base(server), forcePathStyle: true, ...options }),
    dynamo: (server, options) => new dynamo.DynamoDBClient({ ...base(server), ...options }),
    sqs: (server, options) => new sqs.SQSClient({ ...base(server), ...options }),
    list: () => new s3.ListObjectsV2Command({ Bucket: 'b' }),
    get: () => new s3.GetObjectCommand({ Bucket: 'b', Key: 'k' }),
    put: () => new s3.PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' }),
    item: () => new dynamo.GetItemCommand({ TableName: 't', Key: { id: { S: '1' } } }),
    query: () => new dynamo.QueryCommand({ TableName: 't', KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': { S: '1' } } }),
    update: () => new dynamo.UpdateItemCommand({ TableName: 't', Key: { id: { S: '1' } }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } } }),
    receive: (server) => new sqs.ReceiveMessageCommand({ QueueUrl: `${server.url}/1/q` }),
  };
}

const minorOf = (versions) => Number(versions['@aws-sdk/client-s3'].split('.')[1]);
const ONCE = { maxAttempts: 1 };

export default experiments({
  record: 'aws-sdk-v3',
  runs: [NEW, BEFORE, OLD],
  experiments: [
    {
      name: 'request-timeout',
      says: '`requestTimeout: 300` alone leaves a call to a silent server pending after 3 s from 3.910 on, in the handler and in the call, and ends it in 3.901; with `throwOnRequestTimeout: true` it ends with TimeoutError, but not a body that stalls',
      proves: ['aws-sdk-v3/timeout/1', 'aws-sdk-v3/timeout/2'],
      async run(lab) {
        const { http, fails, hangs, versions } = lab;
        const { s3, list, get } = await sdk(lab);
        const [silent, stalled] = [await http('silent'), await http('headers')];
        const ended = { after: 300, error: 'TimeoutError' };
        if (minorOf(versions) < 910) {
          await Promise.all([
            fails(() => s3(silent, { ...ONCE, requestHandler: { requestTimeout: 300 } }).send(list()), ended),
            hangs(() => s3(silent, ONCE).send(list()), 3000),
          ]);
          return;
        }
        const throwing = { ...ONCE, requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true } };
        await Promise.all([
          hangs(() => s3(silent, { ...ONCE, requestHandler: { requestTimeout: 300 } }).send(list()), 3000),
          hangs(() => s3(silent, ONCE).send(list(), { requestTimeout: 300 }), 3000),
          fails(() => s3(silent, throwing).send(list()), ended),
          fails(() => s3(silent, { ...ONCE, requestHandler: { throwOnRequestTimeout: true } }).send(list(), { requestTimeout: 300 }), ended),
          hangs(async () => (await s3(stalled, { ...ONCE, requestHandler: { requestTimeout: 1500, throwOnRequestTimeout: true } }).send(get())).Body.transformToString(), 4000),
        ]);
      },
    },
    {
      name: 'connection-timeout',
      says: '`connectionTimeout: 300` ends a call to a server that accepts no connection; without it the call is pending after 3 s',
      proves: ['aws-sdk-v3/timeout/3'],
      async run(lab) {
        const { deaf, http, fails, hangs } = lab;
        const { s3, list } = await sdk(lab);
        const server = await deaf();
        const silent = await http('silent');
        const address = { url: `http://${server.host ?? '127.0.0.1'}:${server.port}` };
        await Promise.all([
          fails(() => s3(address, { ...ONCE, requestHandler: { connectionTimeout: 300 } }).send(list()), { after: 300, error: 'TimeoutError' }),
          hangs(() => s3(address, ONCE).send(list()), 3000),
          hangs(() => s3(silent, { ...ONCE, requestHandler: { connectionTimeout: 300 } }).send(list()), 3000),
        ]);
      },
    },
    {
      name: 'socket-timeout',
      says: '`socketTimeout: 300` ends silence before the reply and in its body; a call to S3 that sets none is pending after 5 s',
      proves: ['aws-sdk-v3/timeout/4'],
      async run(lab) {
        const { http, fails, hangs } = lab;
        const { s3, list, get } = await sdk(lab);
        const [silent, stalled] = [await http('silent'), await http('headers')];
        const limited = { ...ONCE, requestHandler: { socketTimeout: 300 } };
        await Promise.all([
          fails(() => s3(silent, limited).send(list()), { after: 300, late: 4000, error: 'TimeoutError' }),
          fails(async () => (await s3(stalled, limited).send(get())).Body.transformToString(), { after: 300, late: 4000 }),
          hangs(() => s3(silent, ONCE).send(list()), 5000),
        ]);
      },
    },
    {
      name: 'socket-timeout-of-dynamodb',
      says: 'a call to DynamoDB that sets no limit is pending after 310 s, in 3.1161 and in 3.1164, which has a limit of 300 s for those who set AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026',
      refutes: { 'aws-sdk-v3/timeout/4': 'DynamoDB has a limit of 300 s only where AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026 is `true`; otherwise none, as S3' },
      runs: [NEW, BEFORE],
      ms: 330_000,
      async run(lab) {
        const { http, hangs } = lab;
        const { dynamo, item } = await sdk(lab);
        const silent = await http('silent');
        await hangs(() => dynamo(silent, ONCE).send(item()), 310_000);
      },
    },
    {
      name: 'waiter',
      says: '`maxWaitTime: 2` ends a waiter within 2 s on a server that says 404; on one that answers nothing the waiter is pending after 6 s',
      refutes: { 'aws-sdk-v3/timeout/5': '`maxWaitTime` bounds the waits between questions; a question that is not answered is waited for without end' },
      async run(lab) {
        const { http, fails, hangs } = lab;
        const { s3, waitUntilBucketExists } = await sdk(lab);
        const [silent, missing] = [await http('silent'), await http(answersJson({}, { status: 404 }))];
        await Promise.all([
          fails(() => waitUntilBucketExists({ client: s3(missing), maxWaitTime: 2, minDelay: 1, maxDelay: 1 }, { Bucket: 'b' }), { after: 900, late: 4000, error: 'TimeoutError' }),
          hangs(() => waitUntilBucketExists({ client: s3(silent), maxWaitTime: 2, minDelay: 1, maxDelay: 1 }, { Bucket: 'b' }), 6000),
        ]);
        assert.ok(missing.requests.length >= 2);
      },
    },
    {
      name: 'attempts',
      says: 'S3 and SQS send a read and a write 3 times on 503 and on a reset; DynamoDB 4 times in 3.1161 and 3.1164, beside @smithy/core 3.41, and 3 times in 3.901',
      proves: ['aws-sdk-v3/retry'],
      ms: 30_000,
      async run(lab) {
        const { http, fails, versions } = lab;
        const { s3, dynamo, sqs, list, put, item, update, receive } = await sdk(lab);
        const counted = async (behaviour, send) => {
          const server = await http(behaviour);
          await fails(() => send(server), { after: 0, late: 15_000 });
          return server.requests.length;
        };
        for (const behaviour of ['unavailable', 'reset']) {
          const counts = await Promise.all([
            counted(behaviour, (server) => s3(server).send(list())),
            counted(behaviour, (server) => s3(server).send(put())),
            counted(behaviour, (server) => sqs(server).send(receive(server))),
            counted(behaviour, (server) => dynamo(server).send(item())),
            counted(behaviour, (server) => dynamo(server).send(update())),
            counted(behaviour, (server) => s3(server, { maxAttempts: 2 }).send(list())),
          ]);
          const ofDynamo = minorOf(versions) >= 1060 ? 4 : 3;
          assert.deepEqual(counts, [3, 3, 3, ofDynamo, ofDynamo, 2], behaviour);
        }
      },
    },
    {
      name: 'own-timeout-again',
      says: 'an attempt that ended by `socketTimeout` is made again: 3 requests of 800 ms each',
      proves: ['aws-sdk-v3/retry'],
      async run(lab) {
        const { http, fails } = lab;
        const { s3, list } = await sdk(lab);
        const silent = await http('silent');
        await fails(() => s3(silent, { requestHandler: { socketTimeout: 800 } }).send(list()), { after: 2400, late: 10_000, error: 'TimeoutError' });
        assert.equal(silent.requests.length, 3);
      },
    },
    {
      name: 'nothing-there',
      says: '`Item` is undefined',
      empty: 'GetItemCommand',
      async run(lab) {
        const { http, gives } = lab;
        const { dynamo, item } = await sdk(lab);
        const server = await http(answersJson({}));
        assert.equal((await gives(() => dynamo(server).send(item()))).Item, undefined);
      },
    },
    {
      name: 'no-item',
      says: '`Items` is `[]`',
      empty: 'QueryCommand',
      async run(lab) {
        const { http, gives } = lab;
        const { dynamo, query } = await sdk(lab);
        const server = await http(answersJson({ Count: 0, Items: [], ScannedCount: 0 }));
        assert.deepEqual((await gives(() => dynamo(server).send(query()))).Items, []);
      },
    },
    {
      name: 'no-object',
      says: '`Contents` is undefined',
      empty: 'ListObjectsV2Command',
      async run(lab) {
        const { http, gives } = lab;
        const { s3, list } = await sdk(lab);
        const server = await http((request, response) => {
          response.writeHead(200, { 'content-type': 'application/xml' });
          response.end('<?xml version="1.0"?><ListBucketResult><Name>b</Name><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>');
        });
        const answer = await gives(() => s3(server).send(list()));
        assert.equal(answer.Contents, undefined);
        assert.equal(answer.KeyCount, 0);
      },
    },
    {
      name: 'no-message',
      says: '`Messages` is undefined',
      empty: 'ReceiveMessageCommand',
      async run(lab) {
        const { http, gives } = lab;
        const { sqs, receive } = await sdk(lab);
        const server = await http(answersJson({}));
        assert.equal((await gives(() => sqs(server).send(receive(server)))).Messages, undefined);
      },
    },
  ],
});
