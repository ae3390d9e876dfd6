import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson, dripsJson } from '../lib/slow-json.mjs';

const PIPELINE = [{ '@azure/core-rest-pipeline': '1.25.0' }, { '@azure/core-rest-pipeline': '1.8.1' }];
// 3 refuses an address without TLS.
const COSMOS = [{ '@azure/cosmos': '4.10.1' }];

/** Tells the client of Cosmos where its account is, and does as the handler says for the rest. */
const account = (handler) => (request, response, number) => {
  if (request.url !== '/') return void handler(request, response, number);
  const here = [{ name: 'here', databaseAccountEndpoint: `http://${request.headers.host}/` }];
  answersJson({ id: 'a', writableLocations: here, readableLocations: here, enableMultipleWriteLocations: false, userConsistencyPolicy: { defaultConsistencyLevel: 'Session' } })(request, response);
};

async function itemOf({ load }) {
  const { CosmosClient } = await load('@azure/cosmos');
  return (server, connectionPolicy) =>
    new CosmosClient({ endpoint: server.url, key: Buffer.from('key').toString('base64'), connectionPolicy: { enableBackgroundEndpointRefreshing: false, ...connectionPolicy } })
      .database('d').container('c').item('i', 'p');
}

export default experiments({
  record: 'azure-core',
  runs: PIPELINE,
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` of a request ends it with AbortError on a server that answers nothing; without it, and with 0, the request is pending after 3 s; in 1.25 a body that drips for 2.5 s passes `timeout: 800`, and one that stalls is pending after 3 s, while both end at 800 ms in 1.8',
      refutes: { 'azure-core/timeout/1': 'it bounds the whole request in 1.8, and in 1.25 only until the head of the reply' },
      async run(lab) {
        const { load, http, fails, gives, hangs, versions } = lab;
        const wholly = versions['@azure/core-rest-pipeline'] === '1.8.1';
        const { createDefaultHttpClient, createPipelineRequest } = await load('@azure/core-rest-pipeline');
        const [silent, stalled, drip] = [await http('silent'), await http('headers'), await http(dripsJson({ a: 1 }))];
        const client = createDefaultHttpClient();
        const ask = (server, options) => client.sendRequest(createPipelineRequest({ url: server.url, allowInsecureConnection: true, ...options }));
        await Promise.all([
          fails(() => ask(silent, { timeout: 300 }), { after: 300, error: 'AbortError' }),
          hangs(() => ask(silent), 3000),
          hangs(() => ask(silent, { timeout: 0 }), 3000),
          wholly ? fails(() => ask(stalled, { timeout: 800 }), { after: 800 }) : hangs(() => ask(stalled, { timeout: 800 }), 3000),
          wholly ? fails(() => ask(drip, { timeout: 800 }), { after: 800 }) : gives(() => ask(drip, { timeout: 800 }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'timeout-of-cosmos',
      says: '`connectionPolicy.requestTimeout: 800` ends the write of an item on a server that answers nothing with TimeoutError; a read is made again and again, and is pending after 12 s and 5 requests at least',
      proves: ['azure-core/timeout/2'],
      runs: COSMOS,
      async run(lab) {
        const { http, fails, hangs } = lab;
        const item = await itemOf(lab);
        const [written, read] = [await http(account(() => undefined)), await http(account(() => undefined))];
        await Promise.all([
          fails(() => item(written, { requestTimeout: 800 }).replace({ id: 'i', p: 'p' }), { after: 800, late: 4000, error: 'TimeoutError' }),
          hangs(() => item(read, { requestTimeout: 800 }).read(), 12_000),
        ]);
        assert.ok(read.requests.length >= 5, String(read.requests.length));
      },
    },
    {
      name: 'default-timeout-of-cosmos',
      says: 'a write of Cosmos that sets no limit ends after 60 s',
      proves: ['azure-core/timeout/2'],
      runs: COSMOS,
      ms: 75_000,
      async run(lab) {
        const { http, fails } = lab;
        const item = await itemOf(lab);
        const silent = await http(account(() => undefined));
        await fails(() => item(silent).replace({ id: 'i', p: 'p' }), { after: 60_000, late: 8000 });
      },
    },
    {
      name: 'attempts',
      says: 'the default pipeline sends a GET and a POST 4 times on 503 and on a connection that is reset, with the default number of retries and short waits, and once on 404',
      proves: ['azure-core/retry'],
      ms: 45_000,
      async run(lab) {
        const { load, http, fails, gives } = lab;
        const { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } = await load('@azure/core-rest-pipeline');
        const client = createDefaultHttpClient();
        const pipeline = createPipelineFromOptions({ retryOptions: { retryDelayInMs: 50, maxRetryDelayInMs: 200 } });
        const ask = (server, method) => pipeline.sendRequest(client, createPipelineRequest({ url: server.url, method, allowInsecureConnection: true, body: method === 'POST' ? '{}' : undefined }));
        await Promise.all(
          ['unavailable', 'reset'].flatMap((behaviour) =>
            ['GET', 'POST'].map(async (method) => {
              const server = await http(behaviour);
              if (behaviour === 'reset') await fails(() => ask(server, method), { after: 0, late: 15_000 });
              else assert.equal((await gives(() => ask(server, method), { before: 15_000 })).status, 503);
              assert.equal(server.requests.length, 4, `${behaviour} ${method}`);
            }),
          ),
        );
        const missing = await http(answersJson({}, { status: 404 }));
        await gives(() => ask(missing, 'GET'));
        assert.equal(missing.requests.length, 1);
      },
    },
    {
      name: 'no-item',
      says: 'reading an item that is not there gives 404 in `statusCode`, `resource` undefined, and throws nothing',
      empty: 'item.read of Cosmos',
      runs: COSMOS,
      async run(lab) {
        const { http, gives } = lab;
        const item = await itemOf(lab);
        const server = await http(account(answersJson({ code: 'NotFound', message: 'no' }, { status: 404 })));
        const answer = await gives(() => item(server).read());
        assert.deepEqual([answer.statusCode, answer.resource], [404, undefined]);
      },
    },
  ],
});
