import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'request',
  runs: [{ request: '2.88.2' }, { request: '2.88.2', 'request-promise-native': '1.0.9' }, { request: '2.79.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300`, in the call and by `defaults`, ends a connection that is never taken, a server that answers nothing and a body that stalls; a body that drips for 2.5 s passes; without it, and with 0, silent server and stalled body are pending after 3 s',
      proves: ['request/timeout/1'],
      async run(lab) {
        const { http, deaf, fails, hangs, gives } = lab;
        const { request, promised, call } = await loaded(lab);
        const [silent, stalled, drip, unreachable] = await Promise.all([http('silent'), http('headers'), http('drip'), deaf()]);
        await Promise.all([
          fails(() => call({ url: unreachable.url, timeout: 300 }), { after: 300, error: /ETIMEDOUT/ }),
          fails(() => call({ url: silent.url, timeout: 300 }), { after: 300, error: /TIMEDOUT/ }),
          fails(() => call({ url: stalled.url, timeout: 300 }), { after: 300, error: /TIMEDOUT/ }),
          fails(() => promised(request.defaults({ timeout: 300 }))({ url: silent.url }), { after: 300, error: /TIMEDOUT/ }),
          gives(() => call({ url: drip.url, timeout: 600 }), { after: 2300 }),
          hangs(() => call({ url: silent.url }), 3000),
          hangs(() => call({ url: stalled.url }), 3000),
          hangs(() => call({ url: silent.url, timeout: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['request/retry'],
      async run(lab) {
        const { http, fails, sleep } = lab;
        const { call } = await loaded(lab);
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const method of ['GET', 'POST']) {
          await fails(() => call({ url: reset.url, method }), { after: 0, error: /ECONNRESET|hang up/ });
          await call({ url: unavailable.url, method }).catch((error) => assert.equal(error.statusCode, 503));
        }
        await sleep(500);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'empty-body',
      says: "the body is `''`, and undefined with `json: true`",
      empty: 'an answer without a body',
      async run(lab) {
        const { call, body } = await loaded(lab);
        const { url } = await lab.http('empty');
        assert.equal(body(await lab.gives(() => call({ url }))), '');
        assert.equal(body(await lab.gives(() => call({ url, json: true }))), undefined);
      },
    },
  ],
});

/** `request` itself takes a callback; request-promise-native gives a promise of the body. */
async function loaded({ load, versions }) {
  const native = 'request-promise-native' in versions;
  const { default: request } = await load(native ? 'request-promise-native' : 'request');
  const promised = (each) => (native ? each : promisify(each));
  return { request, promised, call: promised(request), body: (answer) => (native ? answer : answer.body) };
}
