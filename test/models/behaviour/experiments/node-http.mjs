import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, globalAgent, request as send } from 'node:http';
import { connect } from 'node:net';
import { experiments } from '../lib/experiment.mjs';

/** The text of the answer; it fails as the request does. `seen` is told of the request before it is sent. */
const reply = (url, options, seen = () => undefined) =>
  new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk)).on('error', reject).on('end', () => resolve(text));
    });
    request.on('error', reject);
    seen(request);
    request.end(options?.body);
  });

/** When the request emits 'timeout', ms from now. */
const timeoutOf = async (request) => {
  const began = performance.now();
  await once(request, 'timeout');
  return performance.now() - began;
};

/** A server of Node's own, with nothing set but `options`; `lab.http` has its limits off. */
async function listening(options, handler, set = {}) {
  const server = Object.assign(createServer(options, handler), set);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Sends `text` and waits until the server ends the connection: what it said, and after how long. */
async function ended(server, text) {
  const began = performance.now();
  const socket = connect(server.address().port, '127.0.0.1');
  socket.on('error', () => undefined);
  let said = '';
  socket.on('data', (data) => (said += data));
  socket.write(text);
  await once(socket, 'close');
  return { said, ms: performance.now() - began };
}

function assertBetween(ms, least, most) {
  assert.ok(ms >= least - 30 && ms <= most, `after ${Math.round(ms)} ms, not between ${least} and ${most}`);
}

const HALF_BODY = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf';
const HALF_HEAD = 'GET / HTTP/1.1\r\nHost: a\r\nX-Half:';
const WHOLE = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const answer = (_request, response) => response.end('{}');
const collect = (request, response) => request.resume().on('end', () => response.end('{}'));

export default experiments({
  record: 'node-http',
  runs: [{}],
  experiments: [
    {
      name: 'timeout-option',
      says: "`timeout: 300` emits 'timeout' after 300 ms and no more: the request is not destroyed and is pending after 3 s; with a handler that calls `destroy` it fails; a body that drips for 2.5 s emits nothing",
      proves: ['node-http/timeout/1'],
      async run({ http, hangs, fails, gives }) {
        const [silent, drip] = await Promise.all([http('silent'), http('drip')]);
        let left;
        let emitted;
        let dripped = false;
        await Promise.all([
          hangs(() => reply(silent.url, { timeout: 300 }, (request) => {
            left = request;
            emitted = timeoutOf(request);
          }), 3000),
          fails(() => reply(silent.url, { timeout: 300 }, (request) => request.on('timeout', () => request.destroy(new Error('too slow')))), { after: 300, error: /too slow/ }),
          gives(() => reply(drip.url, { timeout: 300 }, (request) => request.on('timeout', () => (dripped = true))), { after: 2300 }),
        ]);
        assertBetween(await emitted, 300, 1800);
        assert.equal(left.destroyed, false);
        assert.equal(dripped, false);
      },
    },
    {
      name: 'set-timeout',
      says: '`req.setTimeout(300, callback)` calls back after 300 ms and no more: the request is not destroyed and is pending after 3 s; a callback that calls `destroy` ends it',
      proves: ['node-http/timeout/2'],
      async run({ http, hangs, fails }) {
        const silent = await http('silent');
        let left;
        let called = 0;
        await Promise.all([
          hangs(() => reply(silent.url, {}, (request) => {
            left = request;
            request.setTimeout(300, () => (called += 1));
          }), 3000),
          fails(() => reply(silent.url, {}, (request) => request.setTimeout(300, () => request.destroy(new Error('too slow')))), { after: 300, error: /too slow/ }),
        ]);
        assert.ok(called >= 1);
        assert.equal(left.destroyed, false);
      },
    },
    {
      name: 'agent-timeout',
      says: "`new Agent({ timeout: 300 })` emits 'timeout' on a request that is under way, which is pending after 3 s, and closes a free socket after 300 ms; without it the free socket is open after 2 s; on Node 20 globalAgent has 5000, emits at 5 s, and the request is pending after 7 s",
      proves: ['node-http/timeout/3'],
      async run({ http, hangs, gives, sleep }) {
        const silent = await http('silent');
        const [bounded, free] = await Promise.all([http('empty'), http('empty')]);
        let own;
        let global;
        const left = [];
        const idle = async () => {
          await gives(() => reply(bounded.url, { agent: new Agent({ keepAlive: true, timeout: 300 }) }));
          await gives(() => reply(free.url, { agent: new Agent({ keepAlive: true }) }));
          assert.deepEqual([bounded.open, free.open], [1, 1]);
          await sleep(2000);
          assert.deepEqual([bounded.open, free.open], [0, 1]);
        };
        await Promise.all([
          hangs(() => reply(silent.url, { agent: new Agent({ timeout: 300 }) }, (request) => {
            left.push(request);
            own = timeoutOf(request);
          }), 3000),
          hangs(() => reply(silent.url, {}, (request) => {
            left.push(request);
            global = timeoutOf(request);
          }), 7000),
          idle(),
        ]);
        assertBetween(await own, 300, 1800);
        assert.deepEqual([globalAgent.options.timeout, globalAgent.keepAlive], [5000, true]);
        assertBetween(await global, 5000, 6800);
        assert.deepEqual(left.map(({ destroyed }) => destroyed), [false, false]);
      },
    },
    {
      name: 'signal',
      says: '`signal: AbortSignal.timeout(300)` ends the wait for headers, a body that stalls and one that drips; without it all of them, and with no agent, are pending after 2 s',
      proves: ['node-http/timeout/1'],
      async run({ http, fails, hangs }) {
        const servers = [await http('silent'), await http('headers'), await http('drip', { drips: 50 })];
        await Promise.all(servers.flatMap(({ url }) => [
          fails(() => reply(url, { signal: AbortSignal.timeout(300) }), { after: 300 }),
          hangs(() => reply(url, { agent: false }), 2000),
        ]));
      },
    },
    {
      name: 'request-timeout',
      says: 'a server with `requestTimeout: 1000` and a check every 200 ms answers 408 to half a request within 1.5 s; with 0 the connection stands after 4 s; the default is 300000',
      proves: ['node-http/timeout/4'],
      async run({ hangs }) {
        const interval = { connectionsCheckingInterval: 200 };
        // The head has a limit of its own, which may not be the longer one.
        const bounded = await listening({ ...interval, requestTimeout: 1000, headersTimeout: 1000 }, collect);
        const open = await listening({ ...interval, requestTimeout: 0, headersTimeout: 0 }, collect);
        const [{ said, ms }] = await Promise.all([ended(bounded, HALF_BODY), hangs(() => ended(open, HALF_BODY), 4000)]);
        assert.match(said, /^HTTP\/1\.1 408/);
        assertBetween(ms, 1000, 2500);
        assert.equal(createServer().requestTimeout, 300_000);
      },
    },
    {
      name: 'headers-timeout',
      says: 'a server with `headersTimeout: 1000` and a check every 200 ms answers 408 to half a head within 1.5 s, and waits past 4 s for half a body; with 0 half a head is waited for past 4 s; the default is 60000',
      proves: ['node-http/timeout/5'],
      async run({ hangs }) {
        const interval = { connectionsCheckingInterval: 200 };
        const bounded = await listening({ ...interval, headersTimeout: 1000 }, collect);
        const open = await listening({ ...interval, requestTimeout: 0, headersTimeout: 0 }, collect);
        const [{ said, ms }] = await Promise.all([ended(bounded, HALF_HEAD), hangs(() => ended(bounded, HALF_BODY), 4000), hangs(() => ended(open, HALF_HEAD), 4000)]);
        assert.match(said, /^HTTP\/1\.1 408/);
        assertBetween(ms, 1000, 2500);
        assert.equal(createServer().headersTimeout, 60_000);
      },
    },
    {
      name: 'keep-alive-timeout',
      says: 'a connection is closed 5 s after its answer where nothing is set, after 500 ms with `keepAliveTimeout: 500`, and stands after 8 s with 0',
      proves: ['node-http/timeout/6'],
      async run({ hangs }) {
        const bare = await listening({}, answer);
        const short = await listening({ keepAliveTimeout: 500 }, answer);
        const open = await listening({ keepAliveTimeout: 0 }, answer);
        const [first, second] = await Promise.all([ended(bare, WHOLE), ended(short, WHOLE), hangs(() => ended(open, WHOLE), 8000)]);
        assertBetween(first.ms, 5000, 7500);
        assertBetween(second.ms, 500, 3000);
      },
    },
    {
      name: 'server-timeout',
      says: 'a handler that never answers holds its connection past 4 s where nothing is set; with `server.timeout = 500` the connection is closed after 500 ms of silence, without a word',
      proves: ['node-http/timeout/7'],
      async run({ hangs }) {
        const nothing = () => undefined;
        const bare = await listening({}, nothing);
        const bounded = await listening({}, nothing, { timeout: 500 });
        const [{ said, ms }] = await Promise.all([ended(bounded, WHOLE), hangs(() => ended(bare, WHOLE), 4000)]);
        assert.equal(said, '');
        assertBetween(ms, 500, 2000);
        assert.equal(createServer().timeout, 0);
      },
    },
    {
      name: 'checking-interval',
      ms: 50_000,
      says: 'with `headersTimeout: 1000` half a head is given 408 after 30 s, at the next check; with `connectionsCheckingInterval: 200` within 1.5 s',
      proves: ['node-http/timeout/8'],
      async run() {
        const usual = await listening({ headersTimeout: 1000 }, collect);
        const often = await listening({ headersTimeout: 1000, connectionsCheckingInterval: 200 }, collect);
        const [slow, quick] = await Promise.all([ended(usual, HALF_HEAD), ended(often, HALF_HEAD)]);
        assert.match(slow.said, /^HTTP\/1\.1 408/);
        assertBetween(slow.ms, 29_000, 33_000);
        assertBetween(quick.ms, 1000, 2500);
      },
    },
    {
      name: 'server-defaults',
      ms: 345_000,
      says: 'where nothing is set a server answers 408 to half a head between 60 and 91 s after the connection, and to half a body between 300 and 331 s',
      proves: ['node-http/timeout/4', 'node-http/timeout/5', 'node-http/timeout/8'],
      async run() {
        const server = await listening({}, collect);
        const [head, body] = await Promise.all([ended(server, HALF_HEAD), ended(server, HALF_BODY)]);
        for (const { said } of [head, body]) assert.match(said, /^HTTP\/1\.1 408/);
        assertBetween(head.ms, 60_000, 92_000);
        assertBetween(body.ms, 300_000, 332_000);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['node-http/retry'],
      async run({ http, fails, gives, sleep }) {
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const method of ['GET', 'POST']) {
          const body = method === 'POST' ? '{}' : undefined;
          await fails(() => reply(reset.url, { method, body }), { after: 0, error: 'ECONNRESET' });
          await gives(() => reply(unavailable.url, { method, body }));
        }
        await sleep(500);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'empty-body',
      says: "the answer ends without 'data'",
      empty: 'an answer without a body',
      async run({ http, gives }) {
        const { url } = await http('empty');
        const pieces = await gives(async () => {
          const [response] = await once(get(url), 'response');
          return response.toArray();
        });
        assert.deepEqual(pieces, []);
      },
    },
  ],
});
