import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson } from '../lib/slow-json.mjs';

async function clientOf({ load }) {
  const { Client } = await load('@elastic/elasticsearch');
  return (server, options) => new Client({ node: server.url, ...options });
}

const NEW = { '@elastic/elasticsearch': '9.5.1' };
const MIDDLE = { '@elastic/elasticsearch': '8.19.2' };
const OLD = { '@elastic/elasticsearch': '7.17.14' };

const PRODUCT = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
const find = (client, options) => client.search({ index: 'i' }, options);
const write = (client, options) => client.index({ index: 'i', body: { a: 1 } }, options);

/** 7 asks once who the server is, before its first request. */
const asked = (server) => server.requests.filter(({ method, url }) => !(method === 'GET' && url === '/'));
/** Answers the question who it is, and does as the handler says for the rest. */
const known = (handler) => (request, response, number) => {
  if (request.method === 'GET' && request.url === '/') {
    response.writeHead(200, PRODUCT);
    return void response.end(JSON.stringify({ version: { number: '7.17.14', build_flavor: 'default' }, tagline: 'You Know, for Search' }));
  }
  handler(request, response, number);
};
const silence = known(() => undefined);
const stall = known((request, response) => {
  response.writeHead(200, { ...PRODUCT, 'content-length': '1000' });
  response.write('{"hits":');
});

export default experiments({
  record: 'elasticsearch',
  runs: [NEW, MIDDLE, OLD],
  experiments: [
    {
      name: 'timeout',
      says: '`requestTimeout: 300` ends a search on a server that answers nothing with TimeoutError, in the client and in the call; without it the search is pending after 3 s; a stalled body ends by the limit of the client from 8 on, and is pending after 3 s in 7, and with the limit of the call',
      proves: ['elasticsearch/timeout/1'],
      async run(lab) {
        const { http, fails, hangs, major } = lab;
        const client = await clientOf(lab);
        const [silent, stalled] = [await http(silence), await http(stall)];
        const once = { maxRetries: 0 };
        const ended = { after: 300, error: 'TimeoutError' };
        await Promise.all([
          fails(() => find(client(silent, { ...once, requestTimeout: 300 })), { ...ended, late: 3000 }),
          fails(() => find(client(silent, once), { requestTimeout: 300 }), ended),
          hangs(() => find(client(silent, once)), 3000),
          hangs(() => find(client(stalled, once), { requestTimeout: 300 }), 3000),
          major('@elastic/elasticsearch') >= 8
            ? fails(() => find(client(stalled, { ...once, requestTimeout: 300 })), { after: 300, late: 3000 })
            : hangs(() => find(client(stalled, { ...once, requestTimeout: 300 })), 3000),
        ]);
      },
    },
    {
      name: 'default-timeout-7',
      says: 'a search that sets no limit ends after 30 s in 7',
      proves: ['elasticsearch/timeout/1'],
      runs: [OLD],
      ms: 45_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http(silence);
        await fails(() => find(client(silent)), { after: 30_000, late: 4000, error: 'TimeoutError' });
      },
    },
    {
      name: 'default-timeout-8',
      says: 'a search that sets no limit ends after 600 s in 8',
      proves: ['elasticsearch/timeout/1'],
      runs: [MIDDLE],
      ms: 630_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http(silence);
        await fails(() => find(client(silent)), { after: 600_000, late: 30_000, error: 'TimeoutError' });
      },
    },
    {
      name: 'default-timeout-9',
      says: 'a search that sets no limit is pending after 620 s in 9',
      proves: ['elasticsearch/timeout/1'],
      runs: [NEW],
      ms: 640_000,
      async run(lab) {
        const { http, hangs } = lab;
        const client = await clientOf(lab);
        const silent = await http(silence);
        await hangs(() => find(client(silent)), 620_000);
      },
    },
    {
      name: 'ping',
      says: 'the HEAD by which a node that was dead is tried again is given up after `pingTimeout: 1000`, and after 3 s where nothing is said; from 8 on this needs `ConnectionPool: ClusterConnectionPool`, as the pool of the default sends none; `client.ping()` does not end by it',
      proves: ['elasticsearch/timeout/2'],
      async run(lab) {
        const { http, hangs, sleep, major, require } = lab;
        const client = await clientOf(lab);
        const isOld = major('@elastic/elasticsearch') < 8;
        const pool = isOld ? {} : { ConnectionPool: require('@elastic/transport').ClusterConnectionPool };
        for (const [options, after] of [[{ pingTimeout: 1000 }, 1000], [{}, 3000]]) {
          let head;
          const server = await http(known((request, response) => {
            if (request.method === 'HEAD') response.on('close', () => (head = { ...head, gone: performance.now() }));
            head ??= { came: performance.now() };
          }));
          const { connectionPool } = client(server, { ...pool, ...options });
          const [connection] = connectionPool.connections;
          connectionPool.markDead(connection);
          const later = { now: Date.now() + 3_600_000, requestId: 1, name: 'n', context: null };
          if (isOld) connectionPool.resurrect(later, () => undefined);
          else void connectionPool.resurrect(later);
          await sleep(after + 1200);
          assert.equal(server.requests.at(-1).method, 'HEAD');
          const lasted = head.gone - head.came;
          assert.ok(lasted >= after - 500 && lasted < after + 1100, `${Math.round(lasted)} ms`);
        }
        const silent = await http(silence);
        if (!isOld) assert.equal(client(silent).connectionPool.resurrect, undefined);
        await hangs(() => client(silent, { pingTimeout: 300, maxRetries: 0 }).ping(), 3000);
      },
    },
    {
      name: 'attempts',
      says: 'a search and an `index` are sent 4 times on 502, 503, 504 and on a connection that is reset, and once on 429 and 500',
      proves: ['elasticsearch/retry'],
      ms: 40_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        await Promise.all(
          [[502, 4], [503, 4], [504, 4], ['reset', 4], [429, 1], [500, 1]].map(async ([status, attempts]) => {
            const server = await http(known(status === 'reset' ? (request) => void request.socket.resetAndDestroy() : answersJson({ error: 'e' }, { status, headers: PRODUCT })));
            await fails(() => find(client(server)), { after: 0, late: 12_000 });
            assert.equal(asked(server).length, attempts, `search ${status}`);
            await fails(() => write(client(server)), { after: 0, late: 12_000 });
            assert.equal(asked(server).length, 2 * attempts, `index ${status}`);
          }),
        );
      },
    },
    {
      name: 'own-timeout',
      says: 'an attempt that ended by `requestTimeout` is not made again, with `retryOnTimeout: true` neither: the client does not hand it to its transport, in which it would make 4',
      refutes: { 'elasticsearch/retry': 'a timeout is never tried again through the client: `retryOnTimeout` is an option of `Transport` alone' },
      ms: 30_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const [one, same, more] = [await http(silence), await http(silence), await http(silence)];
        await fails(() => find(client(one, { requestTimeout: 800 })), { after: 800, late: 4000, error: 'TimeoutError' });
        assert.equal(asked(one).length, 1);
        const asking = client(same, { requestTimeout: 800, retryOnTimeout: true });
        await fails(() => find(asking), { after: 800, late: 4000, error: 'TimeoutError' });
        assert.equal(asked(same).length, 1);
        // What the option does where it arrives: a transport of one's own.
        class Again extends asking.transport.constructor {
          constructor(options) {
            super({ ...options, retryOnTimeout: true });
          }
        }
        await fails(() => find(client(more, { requestTimeout: 800, Transport: Again })), { after: 3200, late: 20_000, error: 'TimeoutError' });
        assert.equal(asked(more).length, 4);
      },
    },
    {
      name: 'nothing-found',
      says: '`hits.hits` is `[]`, in `body` of the answer in 7',
      empty: 'search',
      async run(lab) {
        const { http, gives, major } = lab;
        const client = await clientOf(lab);
        const server = await http(known(answersJson({ hits: { total: { value: 0 }, hits: [] } }, { headers: PRODUCT })));
        const answer = await gives(() => find(client(server)));
        assert.deepEqual((major('@elastic/elasticsearch') >= 8 ? answer : answer.body).hits.hits, []);
      },
    },
  ],
});
