import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const RUNS = [{ 'graphql-request': '7.4.0', graphql: '16.11.0' }, { 'graphql-request': '6.1.0', graphql: '16.11.0' }];
const DOCUMENT = '{ a }';
const json = (response, status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

export default experiments({
  record: 'graphql-request',
  runs: RUNS,
  experiments: [
    {
      name: 'no-timeout',
      says: 'a server that answers nothing and a body that stalls are pending after 5 s; `signal: AbortSignal.timeout(300)` in the call ends both, and a body that drips; given to the client it ends every call after its 300 ms, at once',
      proves: ['graphql-request/timeout/1'],
      async run({ load, http, fails, hangs }) {
        const { GraphQLClient, request } = await load('graphql-request');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const ask = ({ url }, signal) => new GraphQLClient(url).request({ document: DOCUMENT, signal });
        const late = async () => {
          const client = new GraphQLClient(silent.url, { signal: AbortSignal.timeout(300) });
          await fails(() => client.request(DOCUMENT), { after: 300, error: /abort|timeout/i });
          await fails(() => client.request(DOCUMENT), { after: 0, late: 250, error: /abort|timeout/i });
        };
        await Promise.all([
          hangs(() => ask(silent), 5000),
          hangs(() => ask(stalled), 5000),
          hangs(() => request(silent.url, DOCUMENT), 5000),
          ...[silent, stalled, drip].map((server) => fails(() => ask(server, AbortSignal.timeout(300)), { after: 300, error: /abort|timeout/i })),
          late(),
        ]);
      },
    },
    {
      name: 'timeout-option',
      says: '`timeout: 300` given to the client bounds nothing in 7; 6 sends through node-fetch 2 and hands it on: the wait for headers and a body that stalls end with a timeout of the network, though its types have no such option',
      proves: ['graphql-request/timeout/1'],
      async run({ load, http, fails, hangs, major }) {
        const { GraphQLClient } = await load('graphql-request');
        const [silent, stalled] = await Promise.all([http('silent'), http('headers')]);
        await Promise.all([silent, stalled].map(({ url }) => {
          const call = () => new GraphQLClient(url, { timeout: 300 }).request(DOCUMENT);
          return major('graphql-request') >= 7 ? hangs(call, 3000) : fails(call, { after: 300, error: /timeout/ });
        }));
      },
    },
    {
      name: 'default',
      ms: 340_000,
      says: 'where nothing is set, 7 waits 300 s for a server that answers nothing, as fetch does, and 6 is pending after 310 s',
      proves: ['graphql-request/timeout/1'],
      async run({ load, http, fails, hangs, major }) {
        const { GraphQLClient } = await load('graphql-request');
        const { url } = await http('silent');
        const call = () => new GraphQLClient(url).request(DOCUMENT);
        if (major('graphql-request') >= 7) await fails(call, { after: 300_000, late: 30_000, error: 'UND_ERR_HEADERS_TIMEOUT' });
        else await hangs(call, 310_000);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, by POST and with `method: GET`',
      proves: ['graphql-request/retry'],
      async run({ load, http, fails, sleep }) {
        const { GraphQLClient } = await load('graphql-request');
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const { url } of [reset, unavailable]) {
          for (const method of ['POST', 'GET']) await fails(() => new GraphQLClient(url, { method }).request(DOCUMENT), { after: 0 });
        }
        await sleep(700);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['POST', 'GET']);
      },
    },
    {
      name: 'no-data',
      says: '`data` that is null is given as null by 7 and throws a ClientError in 6; errors beside it throw one in both',
      empty: 'an answer whose data is null',
      async run({ load, http, gives, fails, major }) {
        const { GraphQLClient } = await load('graphql-request');
        const nothing = await http((_request, response) => json(response, 200, { data: null }));
        const call = () => new GraphQLClient(nothing.url).request(DOCUMENT);
        if (major('graphql-request') >= 7) assert.equal(await gives(call), null);
        else await fails(call, { after: 0, error: 'ClientError' });
        const failing = await http((_request, response) => json(response, 200, { data: null, errors: [{ message: 'no' }] }));
        await fails(() => new GraphQLClient(failing.url).request(DOCUMENT), { after: 0, error: 'ClientError' });
      },
    },
  ],
});
