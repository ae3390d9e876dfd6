import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** Node 20 carries undici 6: an agent of the same major is one that its fetch takes. */
const UNDICI = [{ undici: '6.29.1' }];

export default experiments({
  record: 'fetch-global',
  runs: [{}],
  experiments: [
    {
      name: 'headers-timeout',
      runs: UNDICI,
      says: 'an agent with `headersTimeout: 300` as `dispatcher` ends a call to a server that answers nothing with UND_ERR_HEADERS_TIMEOUT; without it, and with 0, the call is pending after 4 s; a body that drips for 2.5 s passes it',
      proves: ['fetch-global/timeout/1'],
      async run({ load, http, fails, hangs, gives }) {
        const { Agent } = await load('undici');
        const silent = await http('silent');
        const drip = await http('drip');
        const dispatcher = new Agent({ headersTimeout: 300 });
        await Promise.all([
          fails(() => fetch(silent.url, { dispatcher }), { after: 300, error: 'UND_ERR_HEADERS_TIMEOUT' }),
          hangs(() => fetch(silent.url), 4000),
          hangs(() => fetch(silent.url, { dispatcher: new Agent({ headersTimeout: 0 }) }), 4000),
          gives(async () => (await fetch(drip.url, { dispatcher })).text(), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'body-timeout',
      runs: UNDICI,
      says: 'an agent with `bodyTimeout: 500` as `dispatcher` ends a body that stalls with UND_ERR_BODY_TIMEOUT, and lets pass one that drips for 2.5 s; without it, and with 0, the stalled body is pending after 4 s',
      proves: ['fetch-global/timeout/2'],
      async run({ load, http, fails, hangs, gives }) {
        const { Agent } = await load('undici');
        const stalled = await http('headers');
        const drip = await http('drip');
        const text = async (server, init) => (await fetch(server.url, init)).text();
        const dispatcher = new Agent({ bodyTimeout: 500 });
        await Promise.all([
          fails(() => text(stalled, { dispatcher }), { after: 500, error: 'UND_ERR_BODY_TIMEOUT' }),
          gives(() => text(drip, { dispatcher }), { after: 2300 }),
          hangs(() => text(stalled), 4000),
          hangs(() => text(stalled, { dispatcher: new Agent({ bodyTimeout: 0 }) }), 4000),
        ]);
      },
    },
    {
      name: 'connect-timeout',
      runs: UNDICI,
      says: 'a connection that is never taken ends with UND_ERR_CONNECT_TIMEOUT after 10 s where nothing is set, and soon after 500 ms with `connect: { timeout: 500 }`; with 0 it is pending after 13 s',
      proves: ['fetch-global/timeout/3'],
      async run({ load, deaf, fails, hangs }) {
        const { Agent } = await load('undici');
        const { url } = await deaf();
        const connecting = (timeout) => fetch(url, { dispatcher: new Agent({ connect: { timeout } }) });
        await Promise.all([
          fails(() => connecting(500), { after: 500, error: 'UND_ERR_CONNECT_TIMEOUT' }),
          fails(() => fetch(url), { after: 10_000, error: 'UND_ERR_CONNECT_TIMEOUT' }),
          hangs(() => connecting(0), 13_000),
        ]);
      },
    },
    {
      name: 'no-total',
      runs: UNDICI,
      says: 'with `timeout: 300` in the call and every limit of the agent at 1 s, a body that drips is pending after 6 s, and a server that answers nothing is waited for past 300 ms; `signal: AbortSignal.timeout(300)` ends the wait for headers, a stalled body and a dripping one',
      proves: ['fetch-global/timeout/4'],
      async run({ load, http, fails, hangs }) {
        const { Agent } = await load('undici');
        const [silent, stalled] = await Promise.all([http('silent'), http('headers')]);
        const drip = await http('drip', { drips: 100 });
        const dispatcher = new Agent({ headersTimeout: 1000, bodyTimeout: 1000, connect: { timeout: 1000 } });
        const text = async (server, init) => (await fetch(server.url, init)).text();
        const bounded = (server) => fails(() => text(server, { signal: AbortSignal.timeout(300) }), { after: 300, error: 'TimeoutError' });
        await Promise.all([
          hangs(() => text(drip, { dispatcher, timeout: 300 }), 6000),
          hangs(() => fetch(silent.url, { timeout: 300 }), 3000),
          bounded(silent),
          bounded(stalled),
          bounded(drip),
        ]);
      },
    },
    {
      name: 'defaults',
      ms: 330_000,
      says: 'where nothing is set a server that answers nothing is waited for 300 s, until UND_ERR_HEADERS_TIMEOUT, and a body that stalls as long, until UND_ERR_BODY_TIMEOUT',
      proves: ['fetch-global/timeout/1', 'fetch-global/timeout/2'],
      async run({ http, fails }) {
        const [silent, stalled] = await Promise.all([http('silent'), http('headers')]);
        await Promise.all([
          fails(() => fetch(silent.url), { after: 300_000, late: 30_000, error: 'UND_ERR_HEADERS_TIMEOUT' }),
          fails(async () => (await fetch(stalled.url)).text(), { after: 300_000, late: 30_000, error: 'UND_ERR_BODY_TIMEOUT' }),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset is asked for once, GET and POST, and an answer 503 too, which is no error',
      proves: ['fetch-global/retry'],
      async run({ http, fails, gives, sleep }) {
        const reset = await http('reset');
        await fails(() => fetch(reset.url), { after: 0, error: 'TypeError' });
        await fails(() => fetch(reset.url, { method: 'POST', body: '{}' }), { after: 0, error: 'TypeError' });
        const unavailable = await http('unavailable');
        assert.equal((await gives(() => fetch(unavailable.url))).status, 503);
        await gives(() => fetch(unavailable.url, { method: 'POST', body: '{}' }));
        await sleep(1000);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'empty-body',
      says: "`text()` gives `''` and `json()` throws a SyntaxError",
      empty: 'an answer without a body',
      async run({ http, gives, fails }) {
        const { url } = await http('empty');
        assert.equal(await gives(async () => (await fetch(url)).text()), '');
        await fails(async () => (await fetch(url)).json(), { after: 0, error: 'SyntaxError' });
      },
    },
  ],
});
