import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'axios-retry',
  runs: [{ 'axios-retry': '4.5.0', axios: '1.21.1' }, { 'axios-retry': '3.9.1', axios: '0.35.0' }],
  experiments: [
    {
      name: 'budget',
      says: 'with `timeout: 1500` a server that answers 503 after 600 ms is asked 3 times and the call ends with ECONNABORTED after 1.5 s; with `shouldResetTimeout: true` it is asked 4 times and the call ends after 2.4 s',
      proves: ['axios-retry/timeout/1'],
      async run(lab) {
        const { http, fails } = lab;
        const slow = () => http((_request, response) => setTimeout(() => response.writeHead(503).end(), 600));
        const [once, each] = await Promise.all([slow(), slow()]);
        const bounded = await retrying(lab, {}, { timeout: 1500 });
        const reset = await retrying(lab, { shouldResetTimeout: true }, { timeout: 1500 });
        await Promise.all([
          fails(() => bounded.get(once.url), { after: 1500, error: 'ECONNABORTED' }),
          fails(() => reset.get(each.url), { after: 2400, error: /503/ }),
        ]);
        assert.deepEqual([once.requests.length, each.requests.length], [3, 4]);
      },
    },
    {
      name: 'attempts',
      says: 'a connection that is reset is asked 4 times, GET and POST, and 503 4 times for GET, PUT and DELETE, all within 1 s; 503 of a POST and of a PATCH once; a timeout of axios once, and 4 times where `clarifyTimeoutError` and `shouldResetTimeout` are set; `Retry-After: 1` is waited for',
      proves: ['axios-retry/retry'],
      async run(lab) {
        const { http, fails, gives, major } = lab;
        const axios = await retrying(lab, {});
        const asked = async (behaviour, method, instance = axios) => {
          const server = await http(behaviour);
          const began = performance.now();
          await fails(() => instance.request({ url: server.url, method }), { after: 0, late: 4000 });
          return { times: server.requests.length, ms: performance.now() - began };
        };
        const all = {
          'reset GET': await asked('reset', 'get'), 'reset POST': await asked('reset', 'post'),
          '503 GET': await asked('unavailable', 'get'), '503 PUT': await asked('unavailable', 'put'), '503 DELETE': await asked('unavailable', 'delete'),
          '503 POST': await asked('unavailable', 'post'), '503 PATCH': await asked('unavailable', 'patch'),
        };
        assert.deepEqual(Object.fromEntries(Object.entries(all).map(([key, { times }]) => [key, times])), {
          'reset GET': 4, 'reset POST': 4, '503 GET': 4, '503 PUT': 4, '503 DELETE': 4, '503 POST': 1, '503 PATCH': 1,
        });
        for (const [key, { ms }] of Object.entries(all)) assert.ok(ms < 1000, `${key} took ${ms} ms`);
        assert.equal((await asked('silent', 'get', await retrying(lab, { shouldResetTimeout: true }, { timeout: 300 }))).times, 1);
        const clarified = await retrying(lab, { shouldResetTimeout: true }, { timeout: 300, transitional: { clarifyTimeoutError: true } });
        assert.equal((await asked('silent', 'get', clarified)).times, 4);
        const later = await http((_request, response, number) => (number === 1 ? response.writeHead(503, { 'retry-after': '1' }).end() : response.end('{}')));
        await gives(() => axios.get(later.url));
        // 3 does not read the header where no `retryDelay` is given.
        if (major('axios-retry') >= 4) assert.ok(later.gaps[0] >= 970, `waited ${later.gaps}`);
        assert.equal(later.requests.length, 2);
      },
    },
    {
      name: 'exponential-delay',
      says: '`retryDelay: axiosRetry.exponentialDelay` waits at least 200, 400 and 800 ms, and no more than a fifth longer',
      proves: ['axios-retry/retry'],
      async run(lab) {
        const server = await lab.http('unavailable');
        const { exponentialDelay } = await imported(lab);
        const axios = await retrying(lab, { retryDelay: exponentialDelay });
        await lab.fails(() => axios.get(server.url), { after: 1400, late: 3000 });
        assert.equal(server.requests.length, 4);
        for (const [index, gap] of server.gaps.entries()) assert.ok(gap >= 200 * 2 ** index - 30, `waited ${server.gaps}`);
        const waits = Array.from({ length: 200 }, () => exponentialDelay(1));
        assert.ok(Math.min(...waits) >= 200 && Math.max(...waits) <= 240 && new Set(waits).size > 1);
      },
    },
  ],
});

/** 3 is CommonJS: what `import` gives as the default is its module. */
async function imported({ load }) {
  const { default: found } = await load('axios-retry');
  return found.default ?? found;
}

/** An instance of axios that tries again. */
async function retrying(lab, options, config = {}) {
  const { default: axios } = await lab.load('axios');
  const instance = axios.create(config);
  (await imported(lab))(instance, options);
  return instance;
}
