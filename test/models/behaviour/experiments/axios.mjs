import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'axios',
  runs: [{ axios: '1.21.1' }, { axios: '0.35.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends a call to a server that answers nothing with ECONNABORTED, in the call and in `create`; without it, and with 0, the call is pending after 3 s; a body that drips for 2.5 s passes it',
      proves: ['axios/timeout/1'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: axios } = await load('axios');
        const silent = await http('silent');
        const drip = await http('drip');
        await Promise.all([
          fails(() => axios.get(silent.url, { timeout: 300 }), { after: 300, error: 'ECONNABORTED' }),
          fails(() => axios.create({ timeout: 300 }).get(silent.url), { after: 300, error: 'ECONNABORTED' }),
          hangs(() => axios.get(silent.url), 3000),
          hangs(() => axios.get(silent.url, { timeout: 0 }), 3000),
          gives(() => axios.get(drip.url, { timeout: 600 }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['axios/retry'],
      async run({ load, http, fails, sleep }) {
        const { default: axios } = await load('axios');
        for (const [behaviour, error] of [['reset', 'ECONNRESET'], ['unavailable', 'ERR_BAD_RESPONSE']]) {
          const server = await http(behaviour);
          await fails(() => axios.get(server.url), { after: 0, error });
          await fails(() => axios.post(server.url, { a: 1 }), { after: 0, error });
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
