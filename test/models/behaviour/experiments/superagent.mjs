import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'superagent',
  runs: [{ superagent: '10.4.2' }, { superagent: '8.1.2' }, { superagent: '5.3.1' }],
  experiments: [
    {
      name: 'deadline',
      says: '`.timeout(300)` and `.timeout({ deadline: 300 })` end the wait for a server that answers nothing, a body that stalls and one that drips, with ECONNABORTED; `.timeout()` of an agent holds for its requests; without it, with 0 and with `false`, the silent server is pending after 3 s',
      proves: ['superagent/timeout/1'],
      async run({ load, http, fails, hangs }) {
        const { default: superagent } = await load('superagent');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const ends = (request) => fails(() => request, { after: 300, error: 'ECONNABORTED' });
        const get = ({ url }) => superagent.get(url);
        await Promise.all([
          ...[silent, stalled, drip].flatMap((server) => [ends(get(server).timeout(300)), ends(get(server).timeout({ deadline: 300 }))]),
          ends(superagent.agent().timeout(300).get(silent.url)),
          hangs(() => get(silent), 3000),
          hangs(() => get(stalled), 3000),
          hangs(() => get(silent).timeout(0), 3000),
          hangs(() => get(silent).timeout({ deadline: 0, response: false }), 3000),
        ]);
      },
    },
    {
      name: 'response',
      says: '`.timeout({ response: 300 })` ends the wait for a server that answers nothing with ECONNABORTED; with it a body that stalls is pending after 3 s, and one that drips for 2.5 s passes',
      proves: ['superagent/timeout/2'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: superagent } = await load('superagent');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const get = ({ url }) => superagent.get(url).timeout({ response: 300 });
        await Promise.all([
          fails(() => get(silent), { after: 300, error: 'ECONNABORTED' }),
          hangs(() => get(stalled), 3000),
          gives(() => get(drip), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'upload',
      says: '`.timeout({ upload: 300 })` bounds nothing in Node: an upload that nobody reads and a server that answers nothing are pending after 3 s; a deadline of 300 ms ends the same upload',
      refutes: { 'superagent/timeout/3': 'only the build for browsers reads `upload`; in Node it bounds nothing' },
      async run({ load, http, tcp, fails, hangs }) {
        const { default: superagent } = await load('superagent');
        const [silent, unread] = await Promise.all([http('silent'), tcp((socket) => socket.pause())]);
        const post = (port) => superagent.post(`http://127.0.0.1:${port}/`).type('application/octet-stream');
        const large = Buffer.alloc(30_000_000);
        await Promise.all([
          hangs(() => post(unread.port).send(large).timeout({ upload: 300 }), 3000),
          hangs(() => post(silent.port).send(Buffer.alloc(10)).timeout({ upload: 300 }), 3000),
          fails(() => post(unread.port).send(large).timeout({ deadline: 300 }), { after: 300, late: 2500, error: 'ECONNABORTED' }),
        ]);
      },
    },
    {
      name: 'attempts',
      says: 'where nothing is set a connection that is reset and an answer 503 are each asked for once; with `.retry(2)` 3 times, GET and POST, within 1 s, and a server that answers nothing 3 times as well under `.timeout(300)`',
      proves: ['superagent/retry'],
      async run({ load, http }) {
        const { default: superagent } = await load('superagent');
        const asked = async (behaviour, method, chain) => {
          const server = await http(behaviour);
          const began = performance.now();
          await chain(superagent[method](server.url)).then(() => assert.fail('it was to fail'), (error) => error.code === 'ERR_ASSERTION' && Promise.reject(error));
          return [server.requests.length, performance.now() - began];
        };
        for (const behaviour of ['reset', 'unavailable']) {
          for (const method of ['get', 'post']) {
            assert.equal((await asked(behaviour, method, (request) => request))[0], 1);
            const [times, ms] = await asked(behaviour, method, (request) => request.retry(2));
            assert.equal(times, 3);
            assert.ok(ms < 1000, `took ${ms} ms`);
          }
        }
        assert.equal((await asked('silent', 'post', (request) => request.timeout(300).retry(2)))[0], 3);
      },
    },
    {
      name: 'empty-body',
      says: "`text` is `''`; `body` is `{}` where no type is said, and `''` with JSON",
      empty: 'an answer without a body',
      async run({ load, http, gives }) {
        const { default: superagent } = await load('superagent');
        const plain = await http('empty');
        const { body, text } = await gives(() => superagent.get(plain.url));
        assert.deepEqual({ body, text }, { body: {}, text: '' });
        const json = await http((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end());
        const answer = await gives(() => superagent.get(json.url));
        assert.deepEqual({ body: answer.body, text: answer.text }, { body: '', text: '' });
      },
    },
  ],
});
