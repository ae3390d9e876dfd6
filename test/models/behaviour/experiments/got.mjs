import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const once = { retry: { limit: 0 } };

export default experiments({
  record: 'got',
  runs: [{ got: '16.1.0' }, { got: '14.6.6' }, { got: '12.6.1' }, { got: '11.8.6' }],
  experiments: [
    {
      name: 'request-timeout',
      says: '`timeout: { request: 300 }`, in the call and by `extend`, ends an attempt with ETIMEDOUT where the server answers nothing, where the body stalls and where it drips; without it the silent and the stalled one are pending after 3 s',
      proves: ['got/timeout/1'],
      async run({ load, http, fails, hangs }) {
        const { default: got } = await load('got');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const bounded = { ...once, timeout: { request: 300 } };
        await Promise.all([
          ...[silent, stalled, drip].map(({ url }) => fails(() => got(url, bounded), { after: 300, error: 'ETIMEDOUT' })),
          fails(() => got.extend(bounded)(silent.url), { after: 300, error: 'ETIMEDOUT' }),
          hangs(() => got(silent.url, once), 3000),
          hangs(() => got(stalled.url, once), 3000),
        ]);
      },
    },
    {
      name: 'request-timeout-retried',
      says: '`timeout: { request: 600 }` with the retries as they are asks a silent server 3 times, and the call ends after 4.8 s or more',
      proves: ['got/timeout/1'],
      async run({ load, http, fails }) {
        const { default: got } = await load('got');
        const silent = await http('silent');
        await fails(() => got(silent.url, { timeout: { request: 600 } }), { after: 4800, late: 3000, error: 'ETIMEDOUT' });
        assert.equal(silent.requests.length, 3);
      },
    },
    {
      name: 'response-timeout',
      says: '`timeout: { response: 300 }` ends the wait for a server that answers nothing; a body that stalls is pending after 3 s with it, and one that drips for 2.5 s passes',
      proves: ['got/timeout/2'],
      async run({ load, http, fails, hangs, gives }) {
        const { default: got } = await load('got');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const bounded = { ...once, timeout: { response: 300 } };
        await Promise.all([
          fails(() => got(silent.url, bounded), { after: 300, error: 'ETIMEDOUT' }),
          hangs(() => got(stalled.url, bounded), 3000),
          gives(() => got(drip.url, bounded), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'phases',
      says: '`lookup: 300` ends a look-up that gives nothing, `connect: 300` a connection that is never taken, `secureConnect: 300` a handshake that nobody answers, `send: 300` an upload that nobody reads and `socket: 300` silence, each with ETIMEDOUT; `lookup`, `connect` and `send` together leave a silent server pending after 3 s',
      proves: ['got/timeout/3'],
      async run({ load, http, tcp, deaf, fails, hangs, major }) {
        const { default: got } = await load('got');
        const [silent, unreachable, mute, unread] = await Promise.all([http('silent'), deaf(), tcp(), tcp((socket) => socket.pause())]);
        const ends = (url, phase, options = {}) => fails(() => got(url, { ...once, ...options, timeout: { [phase]: 300 } }), { after: 300, error: 'ETIMEDOUT' });
        await Promise.all([
          ends(`http://nowhere.test:${silent.port}`, 'lookup', { [major('got') < 12 ? 'lookup' : 'dnsLookup']: () => undefined }),
          ends(unreachable.url, 'connect'),
          ends(`https://127.0.0.1:${mute.port}`, 'secureConnect'),
          ends(`http://127.0.0.1:${unread.port}`, 'send', { method: 'POST', body: Buffer.alloc(50_000_000) }),
          ends(silent.url, 'socket'),
          hangs(() => got(silent.url, { ...once, timeout: { lookup: 300, connect: 300, send: 300 } }), 3000),
        ]);
      },
    },
    {
      name: 'read-timeout',
      runs: [{ got: '16.1.0' }, { got: '14.6.6' }, { got: '12.6.1' }],
      says: '`timeout: { read: 300 }` ends a body that stalls and one that drips with ETIMEDOUT, and leaves a server that answers nothing pending after 3 s',
      proves: ['got/timeout/3'],
      async run({ load, http, fails, hangs }) {
        const { default: got } = await load('got');
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const bounded = { ...once, timeout: { read: 300 } };
        await Promise.all([
          fails(() => got(stalled.url, bounded), { after: 300, error: 'ETIMEDOUT' }),
          fails(() => got(drip.url, bounded), { after: 300, error: 'ETIMEDOUT' }),
          hangs(() => got(silent.url, bounded), 3000),
        ]);
      },
    },
    {
      name: 'number',
      says: '`timeout: 300` ends the attempt in got 11; from 12 on it throws a TypeError, and nothing is sent',
      proves: ['got/timeout/4'],
      async run({ load, http, fails, major }) {
        const { default: got } = await load('got');
        const drip = await http('drip');
        const call = () => got(drip.url, { ...once, timeout: 300 });
        if (major('got') < 12) await fails(call, { after: 300, error: 'ETIMEDOUT' });
        else await fails(call, { after: 0, error: /object.*number/is });
        assert.equal(drip.requests.length, major('got') < 12 ? 1 : 0);
      },
    },
    {
      name: 'zero',
      says: '`timeout: { request: 0 }` ends an attempt at once, and nothing is sent',
      proves: ['got/timeout/1'],
      async run({ load, http, fails }) {
        const { default: got } = await load('got');
        const silent = await http('silent');
        await fails(() => got(silent.url, { ...once, timeout: { request: 0 } }), { after: 0, error: 'ETIMEDOUT' });
      },
    },
    {
      name: 'signal',
      runs: [{ got: '16.1.0' }, { got: '14.6.6' }, { got: '12.6.1' }],
      says: '`signal: AbortSignal.timeout(1500)` ends the call with all its attempts: a silent server with `request: 300` is asked twice at most',
      proves: ['got/timeout/1'],
      async run({ load, http, fails }) {
        const { default: got } = await load('got');
        const silent = await http('silent');
        await Promise.all([
          fails(() => got(silent.url, { timeout: { request: 300 }, signal: AbortSignal.timeout(1500) }), { after: 1500 }),
        ]);
        assert.ok(silent.requests.length <= 2);
      },
    },
    {
      name: 'attempts',
      says: 'a GET is asked 3 times where the connection is reset, where the answer is 503 and where its own timeout ends it, after 1 and 2 s; a POST once in each case; `Retry-After: 2` is waited for',
      proves: ['got/retry'],
      async run({ load, http, sleep }) {
        const { default: got } = await load('got');
        const behaviours = ['reset', 'unavailable', 'silent'];
        const gets = await Promise.all(behaviours.map((each) => http(each)));
        const posts = await Promise.all(behaviours.map((each) => http(each)));
        const later = await http((_request, response, number) => (number === 1 ? response.writeHead(503, { 'retry-after': '2' }).end() : response.end('{}')));
        const timeout = { request: 300 };
        await Promise.allSettled([
          ...gets.map(({ url }) => got(url, { timeout })), ...posts.map(({ url }) => got.post(url, { timeout, body: '{}' })), got(later.url),
        ]);
        await sleep(1200);
        assert.deepEqual(gets.map(({ requests }) => requests.length), [3, 3, 3]);
        assert.deepEqual(posts.map(({ requests }) => requests.length), [1, 1, 1]);
        for (const { gaps } of gets) assert.ok(gaps[0] >= 970 && gaps[1] >= 1970, `waited ${gaps}`);
        assert.equal(later.requests.length, 2);
        assert.ok(later.gaps[0] >= 1970, `waited ${later.gaps}`);
      },
    },
    {
      name: 'empty-body',
      says: "`body` is `''`; `.json()` too",
      empty: 'an answer without a body',
      async run({ load, http, gives }) {
        const { default: got } = await load('got');
        const { url } = await http('empty');
        assert.equal((await gives(() => got(url))).body, '');
        assert.equal(await gives(() => got(url).json()), '');
      },
    },
  ],
});
