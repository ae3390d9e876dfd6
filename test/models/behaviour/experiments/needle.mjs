import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'needle',
  runs: [{ needle: '3.5.0' }, { needle: '2.9.1' }],
  experiments: [
    {
      name: 'open-timeout',
      says: '`timeout: 300` and `open_timeout: 300` end a connection that is never taken, which is given up after 10 s where nothing is set and pending after 13 s with 0; with either of them a server that answers nothing is pending after 3 s',
      proves: ['needle/timeout/1'],
      async run({ load, http, deaf, fails, hangs }) {
        const { default: needle } = await load('needle');
        const [silent, unreachable] = await Promise.all([http('silent'), deaf()]);
        await Promise.all([
          fails(() => needle('get', unreachable.url, { timeout: 300 }), { after: 300, error: 'ECONNRESET' }),
          fails(() => needle('get', unreachable.url, { open_timeout: 300 }), { after: 300, error: 'ECONNRESET' }),
          fails(() => needle('get', unreachable.url), { after: 10_000, error: 'ECONNRESET' }),
          hangs(() => needle('get', unreachable.url, { timeout: 0 }), 13_000),
          hangs(() => needle('get', silent.url, { timeout: 300 }), 3000),
          hangs(() => needle('get', silent.url, { open_timeout: 300 }), 3000),
        ]);
      },
    },
    {
      name: 'response-timeout',
      says: '`response_timeout: 300` ends the wait for a server that answers nothing with ECONNRESET; a body that stalls is pending after 3 s with it, one that drips for 2.5 s passes, and with 0 the silent server is pending after 3 s',
      proves: ['needle/timeout/2'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: needle } = await load('needle');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const bounded = { response_timeout: 300 };
        await Promise.all([
          fails(() => needle('get', silent.url, bounded), { after: 300, error: 'ECONNRESET' }),
          hangs(() => needle('get', stalled.url, bounded), 3000),
          gives(() => needle('get', drip.url, bounded), { after: 2300 }),
          hangs(() => needle('get', silent.url, { response_timeout: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'read-timeout',
      says: '`read_timeout: 300` ends a body that stalls and one that drips 300 ms after the headers, and leaves a server that answers nothing pending after 3 s; with 0 the stalled body is pending after 3 s',
      proves: ['needle/timeout/3'],
      async run({ load, http, fails, hangs }) {
        const { default: needle } = await load('needle');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const bounded = { read_timeout: 300 };
        await Promise.all([
          fails(() => needle('get', stalled.url, bounded), { after: 300 }),
          fails(() => needle('get', drip.url, bounded), { after: 300 }),
          hangs(() => needle('get', silent.url, bounded), 3000),
          hangs(() => needle('get', stalled.url, { read_timeout: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'signal',
      runs: [{ needle: '3.5.0' }, { needle: '3.3.0' }, { needle: '3.2.0' }, { needle: '2.9.1' }],
      says: '`signal: AbortSignal.timeout(300)` ends the wait for headers, a body that stalls and one that drips from 3.3 on; before, silent server and stalled body are pending after 3 s; one that drips is given whole with `open_timeout` and `response_timeout` of 300 ms',
      proves: ['needle/timeout/2'],
      async run({ load, http, fails, hangs, gives, versions }) {
        const { default: needle } = await load('needle');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const signalled = (url) => needle('get', url, { signal: AbortSignal.timeout(300) });
        await Promise.all([
          ...(versions.needle >= '3.3.0' ? [silent, stalled, drip].map(({ url }) => fails(() => signalled(url), { after: 300 })) : [silent, stalled].map(({ url }) => hangs(() => signalled(url), 3000))),
          gives(() => needle('get', drip.url, { open_timeout: 300, response_timeout: 300 }), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST',
      proves: ['needle/retry'],
      async run({ load, http, fails, gives, sleep }) {
        const { default: needle } = await load('needle');
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const method of ['get', 'post']) {
          await fails(() => needle(method, reset.url, {}), { after: 0, error: 'ECONNRESET' });
          assert.equal((await gives(() => needle(method, unavailable.url, {}))).statusCode, 503);
        }
        await sleep(500);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
      },
    },
    {
      name: 'empty-body',
      says: '`body` is an empty Buffer',
      empty: 'an answer without a body',
      async run({ load, http, gives }) {
        const { default: needle } = await load('needle');
        const { url } = await http('empty');
        const { body } = await gives(() => needle('get', url));
        assert.ok(Buffer.isBuffer(body) && body.length === 0, JSON.stringify(body));
      },
    },
  ],
});
