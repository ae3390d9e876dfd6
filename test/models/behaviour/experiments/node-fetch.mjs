import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'node-fetch',
  runs: [{ 'node-fetch': '3.3.2' }, { 'node-fetch': '2.7.0' }],
  experiments: [
    {
      name: 'timeout-2',
      runs: [{ 'node-fetch': '2.7.0' }, { 'node-fetch': '2.0.0' }],
      says: '`timeout: 1500` ends the wait for headers with `request-timeout`, and a body that stalls or drips 1.5 s after its headers; it starts again at a redirect: two answers of 900 ms pass it; without it, and with 0, silent server and stalled body are pending after 3 s',
      proves: ['node-fetch/timeout/1'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: fetch } = await load('node-fetch');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const slow = await http((request, response) =>
          setTimeout(() => (request.url === '/' ? response.writeHead(302, { location: '/there' }).end() : response.end('{}')), 900));
        const late = await http((_request, response) => setTimeout(() => response.writeHead(200).write('{'), 900));
        const text = async ({ url }, options) => (await fetch(url, options)).text();
        const timeout = 1500;
        await Promise.all([
          fails(() => fetch(silent.url, { timeout }), { after: 1500, error: /network timeout at/ }),
          fails(() => text(stalled, { timeout }), { after: 1500, error: /timeout/i }),
          fails(() => text(drip, { timeout }), { after: 1500, error: /timeout/i }),
          fails(() => text(late, { timeout }), { after: 2400, error: /timeout/i }),
          gives(() => text(slow, { timeout }), { after: 1800 }),
          hangs(() => fetch(silent.url), 3000),
          hangs(() => text(stalled), 3000),
          hangs(() => text(stalled, { timeout: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'timeout-3',
      runs: [{ 'node-fetch': '3.3.2' }, { 'node-fetch': '3.0.0' }],
      says: '`timeout: 300` bounds nothing: silent server and stalled body are pending after 3 s with it, and `signal: AbortSignal.timeout(300)` ends both, and a body that drips',
      proves: ['node-fetch/timeout/2'],
      async run({ load, http, fails, hangs }) {
        const { default: fetch } = await load('node-fetch');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const text = async ({ url }, options) => (await fetch(url, options)).text();
        await Promise.all([
          hangs(() => text(silent, { timeout: 300 }), 3000),
          hangs(() => text(stalled, { timeout: 300 }), 3000),
          ...[silent, stalled, drip].map((server) => fails(() => text(server, { signal: AbortSignal.timeout(300) }), { after: 300, error: 'AbortError' })),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset is asked for once, GET and POST, and an answer 503 too, which is no error',
      proves: ['node-fetch/retry'],
      async run({ load, http, fails, gives, sleep }) {
        const { default: fetch } = await load('node-fetch');
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const init of [undefined, { method: 'POST', body: '{}' }]) {
          await fails(() => fetch(reset.url, init), { after: 0, error: 'ECONNRESET' });
          assert.equal((await gives(() => fetch(unavailable.url, init))).status, 503);
        }
        await sleep(500);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'empty-body',
      says: "`text()` gives `''` and `json()` throws",
      empty: 'an answer without a body',
      async run({ load, http, gives, fails }) {
        const { default: fetch } = await load('node-fetch');
        const { url } = await http('empty');
        assert.equal(await gives(async () => (await fetch(url)).text()), '');
        await fails(async () => (await fetch(url)).json(), { after: 0, error: /JSON/ });
      },
    },
  ],
});
