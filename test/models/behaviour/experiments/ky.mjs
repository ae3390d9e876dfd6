import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const FIRST = [{ ky: '1.14.3' }, { ky: '0.33.3' }];

export default experiments({
  record: 'ky',
  runs: [{ ky: '2.1.0' }, ...FIRST],
  experiments: [
    {
      name: 'timeout',
      runs: FIRST,
      says: '`timeout: 300`, in the call and by `create`, ends a call to a server that answers nothing with TimeoutError; with 1500 a body that stalls is pending after 4 s, and one that drips for 2.5 s passes; with `false` the silent server is waited for past 12 s, and 0 ends the call at once',
      proves: ['ky/timeout/1'],
      async run(lab) {
        const { load, http, fails, hangs, gives } = lab;
        const { default: ky } = await load('ky');
        const [stalled, drip] = await Promise.all([http('headers'), http('drip')]);
        await Promise.all([
          hangs(() => ky(stalled.url, { timeout: 1500 }).json(), 4000),
          gives(() => ky(drip.url, { timeout: 1500 }).json(), { after: 2300 }),
          waits(lab, ky),
        ]);
        const silent = await http('silent');
        await fails(() => ky(silent.url, { timeout: 0 }), { after: 0, error: 'TimeoutError' });
      },
    },
    {
      name: 'timeout-of-body',
      runs: [{ ky: '2.1.0' }],
      says: '`timeout: 300`, in the call and by `create`, ends a call to a server that answers nothing with TimeoutError; 1500 ends a body that stalls or drips 1.5 s after its headers: a call whose headers come after 900 ms ends after 2.4 s; with `false` the silent server is waited for past 12 s',
      proves: ['ky/timeout/1'],
      async run(lab) {
        const { load, http, fails } = lab;
        const { default: ky } = await load('ky');
        const [stalled, drip] = await Promise.all([http('headers'), http('drip')]);
        const late = await http((_request, response) => setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).write('{'), 900));
        await Promise.all([
          fails(() => ky(stalled.url, { timeout: 1500 }).json(), { after: 1500, error: 'TimeoutError' }),
          fails(() => ky(drip.url, { timeout: 1500 }).json(), { after: 1500, error: 'TimeoutError' }),
          fails(() => ky(late.url, { timeout: 1500 }).json(), { after: 2400, error: 'TimeoutError' }),
          waits(lab, ky),
        ]);
      },
    },
    {
      name: 'default',
      says: 'where nothing is set, a server that answers nothing is waited for 10 s, and is asked once',
      proves: ['ky/timeout/1', 'ky/retry'],
      async run({ load, http, fails, sleep }) {
        const { default: ky } = await load('ky');
        const silent = await http('silent');
        await fails(() => ky(silent.url), { after: 10_000, error: 'TimeoutError' });
        await sleep(1200);
        assert.equal(silent.requests.length, 1);
      },
    },
    {
      name: 'total-timeout',
      runs: [{ ky: '2.1.0' }],
      says: '`totalTimeout: 800` ends a call with its retries and their delays after 800 ms, and the wait for a silent server; without it a server that answers 503 is asked 3 times over more than 900 ms',
      proves: ['ky/timeout/2'],
      async run({ load, http, fails }) {
        const { default: ky } = await load('ky');
        const [silent, bounded, bare] = await Promise.all([http('silent'), http('unavailable'), http('unavailable')]);
        await Promise.all([
          fails(() => ky(silent.url, { totalTimeout: 800 }), { after: 800, late: 1000, error: 'TimeoutError' }),
          fails(() => ky(bounded.url, { totalTimeout: 800 }), { after: 300, late: 1200, error: 'TimeoutError' }),
          fails(() => ky(bare.url), { after: 900, late: 2500, error: 'HTTPError' }),
        ]);
        assert.deepEqual([bounded.requests.length, bare.requests.length], [2, 3]);
      },
    },
    {
      name: 'signal',
      says: '`signal: AbortSignal.timeout(300)` ends the wait for headers, a body that stalls and one that drips',
      proves: ['ky/timeout/1'],
      async run({ load, http, fails }) {
        const { default: ky } = await load('ky');
        const servers = [await http('silent'), await http('headers'), await http('drip')];
        await Promise.all(servers.map(({ url }) => fails(() => ky(url, { signal: AbortSignal.timeout(300) }).json(), { after: 300, error: /abort|timeout/i })));
      },
    },
    {
      name: 'attempts',
      runs: [{ ky: '2.1.0' }, { ky: '1.14.3' }, { ky: '1.2.0' }, { ky: '1.1.3' }, { ky: '0.33.3' }],
      says: 'a GET is asked 3 times where the connection is reset and where the answer is 503, after 300 and 600 ms, and a POST once; before 1.2, where `limit` counts the first attempt too, a GET is asked twice; a timeout is not tried again; `Retry-After: 2` is waited for',
      proves: ['ky/retry'],
      async run({ load, http, sleep, versions }) {
        const { default: ky } = await load('ky');
        const [major, minor] = versions.ky.split('.').map(Number);
        const attempts = major > 1 || (major === 1 && minor >= 2) ? 3 : 2;
        const behaviours = ['reset', 'unavailable'];
        const gets = await Promise.all(behaviours.map((each) => http(each)));
        const posts = await Promise.all(behaviours.map((each) => http(each)));
        const silent = await http('silent');
        const later = await http((_request, response, number) => (number === 1 ? response.writeHead(503, { 'retry-after': '2' }).end() : response.end('{}')));
        await Promise.allSettled([
          ...gets.map(({ url }) => ky(url)), ...posts.map(({ url }) => ky.post(url, { json: {} })), ky(silent.url, { timeout: 300 }), ky(later.url),
        ]);
        await sleep(1500);
        assert.deepEqual(gets.map(({ requests }) => requests.length), [attempts, attempts]);
        assert.deepEqual([...posts, silent].map(({ requests }) => requests.length), [1, 1, 1]);
        for (const { gaps } of gets) for (const [index, gap] of gaps.entries()) assert.ok(gap >= 300 * 2 ** index - 30, `waited ${gaps}`);
        assert.equal(later.requests.length, 2);
        assert.ok(later.gaps[0] >= 1970, `waited ${later.gaps}`);
      },
    },
    {
      name: 'empty-body',
      says: "`.text()` gives `''`; `.json()` gives `''` in ky 0 and 1 and throws a SyntaxError in 2",
      empty: 'an answer without a body',
      async run({ load, http, gives, fails, major }) {
        const { default: ky } = await load('ky');
        const { url } = await http('empty');
        assert.equal(await gives(() => ky(url).text()), '');
        if (major('ky') < 2) assert.equal(await gives(() => ky(url).json()), '');
        else await fails(() => ky(url).json(), { after: 0, error: 'SyntaxError' });
      },
    },
  ],
});

/** What `timeout` does while no reply begins. */
async function waits({ http, fails, hangs }, ky) {
  const silent = await http('silent');
  await Promise.all([
    fails(() => ky(silent.url, { timeout: 300 }), { after: 300, error: 'TimeoutError' }),
    fails(() => ky.create({ timeout: 300 })(silent.url), { after: 300, error: 'TimeoutError' }),
    hangs(() => ky(silent.url, { timeout: false }), 12_000),
  ]);
}
