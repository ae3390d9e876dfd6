import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** 8 wants Node 22: on 20 it does not load. */
const RUNS = [{ undici: '7.30.2' }, { undici: '6.29.1' }, { undici: '5.29.0' }];

export default experiments({
  record: 'undici',
  runs: RUNS,
  experiments: [
    {
      name: 'headers-timeout',
      says: '`headersTimeout: 300`, in the call and of an Agent, ends a call to a server that answers nothing with UND_ERR_HEADERS_TIMEOUT; without it, and with 0, the call is pending after 4 s; a body that drips for 2.5 s passes it',
      proves: ['undici/timeout/1'],
      async run({ load, http, fails, hangs, gives }) {
        const { Agent, request } = await load('undici');
        const silent = await http('silent');
        const drip = await http('drip');
        await Promise.all([
          fails(() => request(silent.url, { headersTimeout: 300 }), { after: 300, error: 'UND_ERR_HEADERS_TIMEOUT' }),
          fails(() => request(silent.url, { dispatcher: new Agent({ headersTimeout: 300 }) }), { after: 300, error: 'UND_ERR_HEADERS_TIMEOUT' }),
          hangs(() => request(silent.url), 4000),
          hangs(() => request(silent.url, { headersTimeout: 0 }), 4000),
          gives(async () => (await request(drip.url, { headersTimeout: 300 })).body.text(), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'body-timeout',
      says: '`bodyTimeout: 500`, in the call and of an Agent, ends a body that stalls with UND_ERR_BODY_TIMEOUT, and lets pass one that drips for 2.5 s; without it, and with 0, the stalled body is pending after 4 s',
      proves: ['undici/timeout/2'],
      async run({ load, http, fails, hangs, gives }) {
        const { Agent, request } = await load('undici');
        const stalled = await http('headers');
        const drip = await http('drip');
        const text = async (server, options) => (await request(server.url, options)).body.text();
        await Promise.all([
          fails(() => text(stalled, { bodyTimeout: 500 }), { after: 500, error: 'UND_ERR_BODY_TIMEOUT' }),
          fails(() => text(stalled, { dispatcher: new Agent({ bodyTimeout: 500 }) }), { after: 500, error: 'UND_ERR_BODY_TIMEOUT' }),
          gives(() => text(drip, { bodyTimeout: 500 }), { after: 2300 }),
          hangs(() => text(stalled), 4000),
          hangs(() => text(stalled, { bodyTimeout: 0 }), 4000),
        ]);
      },
    },
    {
      name: 'signal',
      says: '`signal: AbortSignal.timeout(300)` ends the wait for headers, a body that stalls and one that drips; the one that drips is pending after 5 s with `headersTimeout` and `bodyTimeout` of 500 ms',
      proves: ['undici/timeout/2'],
      async run({ load, http, fails, hangs }) {
        const { request } = await load('undici');
        const drip = await http('drip', { drips: 100 });
        const text = async (server, options) => (await request(server.url, options)).body.text();
        await Promise.all([
          ...[await http('silent'), await http('headers'), drip].map((server) => fails(() => text(server, { signal: AbortSignal.timeout(300) }), { after: 300, error: /abort|timeout/i })),
          hangs(() => text(drip, { headersTimeout: 500, bodyTimeout: 500 }), 5000),
        ]);
      },
    },
    {
      name: 'connect-timeout',
      says: 'a connection that is never taken ends with UND_ERR_CONNECT_TIMEOUT after 10 s where nothing is set, and soon after 500 ms with `connect: { timeout: 500 }`; with 0 it is pending after 13 s',
      proves: ['undici/timeout/3'],
      async run({ load, deaf, fails, hangs }) {
        const { Agent, request } = await load('undici');
        const { url } = await deaf();
        const connecting = (timeout) => request(url, { dispatcher: new Agent({ connect: { timeout } }) });
        await Promise.all([
          fails(() => connecting(500), { after: 500, error: 'UND_ERR_CONNECT_TIMEOUT' }),
          fails(() => request(url), { after: 10_000, error: 'UND_ERR_CONNECT_TIMEOUT' }),
          hangs(() => connecting(0), 13_000),
        ]);
      },
    },
    {
      name: 'keep-alive',
      says: 'an idle socket is closed 4 s after its last answer where nothing is set, and after 500 ms with `keepAliveTimeout: 500`; one whose server says `Keep-Alive: timeout=60` is open after 6 s, and closed after 500 ms with `keepAliveMaxTimeout: 500`',
      proves: ['undici/timeout/4', 'undici/timeout/5'],
      async run({ load, http, gives, sleep }) {
        const { Agent, request } = await load('undici');
        const answer = (headers) => (_request, response) => response.writeHead(200, { connection: 'keep-alive', ...headers }).end('{}');
        const plain = () => http(answer({}));
        const hinted = () => http(answer({ 'keep-alive': 'timeout=60' }));
        const asked = async (server, options) => {
          await gives(async () => (await request(server.url, { dispatcher: new Agent(options) })).body.text());
          return server;
        };
        const [bare, short, held, cut] = await Promise.all([
          asked(await plain(), {}), asked(await plain(), { keepAliveTimeout: 500 }),
          asked(await hinted(), {}), asked(await hinted(), { keepAliveMaxTimeout: 500 }),
        ]);
        const open = () => [bare, short, held, cut].map((server) => server.open);
        assert.deepEqual(open(), [1, 1, 1, 1]);
        await sleep(2800);
        assert.deepEqual(open(), [1, 0, 1, 0]);
        await sleep(3200);
        assert.deepEqual(open(), [0, 0, 1, 0]);
      },
    },
    {
      name: 'one-attempt',
      says: 'without RetryAgent a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['undici/retry'],
      async run({ load, http, fails, gives, sleep }) {
        const { request } = await load('undici');
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const method of ['GET', 'POST']) {
          await fails(() => request(reset.url, { method, body: method === 'POST' ? '{}' : undefined }), { after: 0 });
          assert.equal((await gives(() => request(unavailable.url, { method, body: method === 'POST' ? '{}' : undefined }))).statusCode, 503);
        }
        await sleep(1000);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'retry-agent',
      runs: RUNS.slice(0, -1),
      ms: 30_000,
      says: 'RetryAgent asks 6 times for a GET, after 0.5, 1, 2, 4 and 8 s, where the connection is reset and where the answer is 503; once for a POST and for a GET that ends by `headersTimeout`; `Retry-After: 2` is waited for',
      proves: ['undici/retry'],
      async run({ load, http, fails, sleep }) {
        const { Agent, RetryAgent } = await load('undici');
        const agent = new RetryAgent(new Agent({ headersTimeout: 300 }));
        const ask = async (server, method = 'GET') => (await agent.request({ origin: server.url, path: '/', method, body: method === 'POST' ? '{}' : undefined })).body.text();
        const [reset, unavailable, posted, postedReset, silent] = await Promise.all([http('reset'), http('unavailable'), http('unavailable'), http('reset'), http('silent')]);
        const later = await http((_request, response, number) => (number === 1 ? response.writeHead(503, { 'retry-after': '2' }).end() : response.end('{}')));
        await Promise.allSettled([
          ask(reset), ask(unavailable), ask(posted, 'POST'), ask(postedReset, 'POST'), ask(later),
          fails(() => ask(silent), { after: 300, error: 'UND_ERR_HEADERS_TIMEOUT' }),
        ]);
        await sleep(1000);
        for (const { requests, gaps } of [reset, unavailable]) {
          assert.equal(requests.length, 6);
          for (const [index, gap] of gaps.entries()) assert.ok(gap >= 500 * 2 ** index - 30, `waited ${gaps}`);
        }
        assert.deepEqual([posted, postedReset, silent].map(({ requests }) => requests.length), [1, 1, 1]);
        assert.equal(later.requests.length, 2);
        assert.ok(later.gaps[0] >= 1970, `waited ${later.gaps}`);
      },
    },
    {
      name: 'defaults',
      ms: 330_000,
      says: 'where nothing is set a server that answers nothing is waited for 300 s, until UND_ERR_HEADERS_TIMEOUT, and a body that stalls as long, until UND_ERR_BODY_TIMEOUT',
      proves: ['undici/timeout/1', 'undici/timeout/2'],
      async run({ load, http, fails }) {
        const { request } = await load('undici');
        const [silent, stalled] = await Promise.all([http('silent'), http('headers')]);
        await Promise.all([
          fails(() => request(silent.url), { after: 300_000, late: 30_000, error: 'UND_ERR_HEADERS_TIMEOUT' }),
          fails(async () => (await request(stalled.url)).body.text(), { after: 300_000, late: 30_000, error: 'UND_ERR_BODY_TIMEOUT' }),
        ]);
      },
    },
    {
      name: 'empty-body',
      says: "`body.text()` gives `''` and `body.json()` throws a SyntaxError",
      empty: 'an answer without a body',
      async run({ load, http, gives, fails }) {
        const { request } = await load('undici');
        const { url } = await http('empty');
        assert.equal(await gives(async () => (await request(url)).body.text()), '');
        await fails(async () => (await request(url)).body.json(), { after: 0, error: 'SyntaxError' });
      },
    },
  ],
});
