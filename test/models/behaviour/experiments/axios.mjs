import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'axios',
  runs: [{ axios: '1.21.1' }, { axios: '1.0.0' }, { axios: '0.35.0' }, { axios: '0.22.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends a call to a server that answers nothing with ECONNABORTED, in the call and in `create`, and a body that stalls; without it, and with 0, the call is pending after 3 s; a body that drips for 2.5 s passes it',
      proves: ['axios/timeout/1'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: axios } = await load('axios');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        await Promise.all([
          fails(() => axios.get(silent.url, { timeout: 300 }), { after: 300, error: 'ECONNABORTED' }),
          fails(() => axios.create({ timeout: 300 }).get(silent.url), { after: 300, error: 'ECONNABORTED' }),
          fails(() => axios.get(stalled.url, { timeout: 300 }), { after: 300 }),
          hangs(() => axios.get(silent.url), 3000),
          hangs(() => axios.get(stalled.url), 3000),
          hangs(() => axios.get(silent.url, { timeout: 0 }), 3000),
          gives(() => axios.get(drip.url, { timeout: 600 }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'defaults-timeout',
      says: '`axios.defaults.timeout = 300` ends a call to a server that answers nothing, and one whose connection is never taken, with ECONNABORTED; an instance that was made before is pending after 3 s',
      proves: ['axios/timeout/1'],
      async run({ load, http, deaf, fails, hangs }) {
        const { default: axios } = await load('axios');
        const [silent, unreachable] = await Promise.all([http('silent'), deaf()]);
        const before = axios.create();
        axios.defaults.timeout = 300;
        await Promise.all([
          fails(() => axios.get(silent.url), { after: 300, error: 'ECONNABORTED' }),
          fails(() => axios.get(unreachable.url), { after: 300, error: 'ECONNABORTED' }),
          hangs(() => before.get(silent.url), 3000),
        ]);
      },
    },
    {
      name: 'fetch-adapter',
      runs: [{ axios: '1.21.1' }, { axios: '1.7.0' }],
      says: "with `adapter: 'fetch'`, `timeout: 600` ends a call to a server that answers nothing and a body that drips for 2.5 s; without it the silent server is waited for past 3 s",
      proves: ['axios/timeout/1'],
      async run({ load, http, fails, hangs }) {
        const { default: axios } = await load('axios');
        const [silent, drip] = await Promise.all([http('silent'), http('drip')]);
        await Promise.all([
          fails(() => axios.get(silent.url, { adapter: 'fetch', timeout: 600 }), { after: 600, error: 'ETIMEDOUT' }),
          fails(() => axios.get(drip.url, { adapter: 'fetch', timeout: 600 }), { after: 600 }),
          hangs(() => axios.get(silent.url, { adapter: 'fetch' }), 3000),
        ]);
      },
    },
    {
      name: 'signal',
      says: '`signal: AbortSignal.timeout(300)` ends the wait for headers, a body that stalls, and one that drips and passes `timeout`',
      proves: ['axios/timeout/1'],
      async run({ load, http, fails, gives }) {
        const { default: axios } = await load('axios');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        await Promise.all([
          ...[silent, stalled, drip].map(({ url }) => fails(() => axios.get(url, { signal: AbortSignal.timeout(300) }), { after: 300 })),
          gives(() => axios.get(drip.url, { timeout: 600 }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'axios-retry-budget',
      runs: [{ 'axios-retry': '4.5.0', axios: '1.21.1' }, { 'axios-retry': '3.9.1', axios: '0.35.0' }],
      says: 'with axios-retry and `timeout: 1500`, a server that answers 503 after 600 ms is asked 3 times and the call ends with ECONNABORTED after 1.5 s; with `shouldResetTimeout: true` it is asked 4 times and ends after 2.4 s',
      proves: ['axios/timeout/2'],
      run: budget,
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['axios/retry'],
      async run({ load, http, fails, sleep }) {
        const { default: axios } = await load('axios');
        for (const [behaviour, status] of [['reset', undefined], ['unavailable', 503]]) {
          const server = await http(behaviour);
          for (const call of [() => axios.get(server.url), () => axios.post(server.url, { a: 1 })]) {
            const { error } = await fails(call, { after: 0 });
            assert.equal(error.response?.status, status);
          }
          await sleep(500);
          assert.deepEqual(server.requests.map(({ method }) => method), ['GET', 'POST']);
        }
      },
    },
    {
      name: 'empty-body',
      says: "`data` is `''`",
      empty: 'an answer without a body',
      async run({ load, http, gives }) {
        const { default: axios } = await load('axios');
        const server = await http('empty');
        assert.equal((await gives(() => axios.get(server.url))).data, '');
      },
    },
  ],
});

/** One `timeout` over all attempts, or one for each. */
async function budget({ load, http, fails }) {
  const { default: axios } = await load('axios');
  const loaded = await load('axios-retry');
  // 3 is CommonJS: what `import` gives as the default is its module.
  const axiosRetry = loaded.default.default ?? loaded.default;
  const slow = () => http((_request, response) => setTimeout(() => response.writeHead(503).end(), 600));
  const [once, each] = await Promise.all([slow(), slow()]);
  const ask = (server, options) => {
    const instance = axios.create({ timeout: 1500 });
    axiosRetry(instance, options);
    return instance.get(server.url);
  };
  await Promise.all([
    fails(() => ask(once), { after: 1500, error: 'ECONNABORTED' }),
    fails(() => ask(each, { shouldResetTimeout: true }), { after: 2400, error: /503/ }),
  ]);
  assert.deepEqual([once.requests.length, each.requests.length], [3, 4]);
}
