import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson } from '../lib/slow-json.mjs';

const NEW = { octokit: '5.0.5', '@octokit/rest': '22.0.1', '@octokit/core': '7.0.8', '@octokit/request': '10.0.16' };
const MIDDLE = { octokit: '3.2.2', '@octokit/rest': '20.1.2', '@octokit/core': '5.2.2', '@octokit/request': '8.4.1' };
const OLD = { '@octokit/rest': '18.12.0', '@octokit/core': '3.6.0', '@octokit/request': '5.6.3' };

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const clients = async ({ load }, name) => {
  const { Octokit } = await load(name);
  return (server, options) => new Octokit({ baseUrl: server.url, log: QUIET, ...options });
};
const read = (client, options) => client.request('GET /repos/{owner}/{repo}', { owner: 'o', repo: 'r', ...options });
const write = (client, options) => client.request('POST /repos/{owner}/{repo}/issues', { owner: 'o', repo: 'r', title: 't', ...options });

export default experiments({
  record: 'octokit',
  runs: [NEW, MIDDLE],
  experiments: [
    {
      name: 'timeout-ignored',
      ms: 30_000,
      says: '`request.timeout: 300` leaves a call to a server that answers nothing pending after 3 s, in the call and in the client; `request.signal` of 300 ms ends it then, but in octokit, whose plugin takes it for a failure to try again, after 14 s',
      proves: ['octokit/timeout/1'],
      async run(lab) {
        const { load, http, fails, hangs } = lab;
        const { request } = await load('@octokit/request');
        const silent = await http('silent');
        const tries = [];
        for (const name of ['octokit', '@octokit/rest', '@octokit/core']) {
          const client = await clients(lab, name);
          tries.push(
            hangs(() => read(client(silent), { request: { timeout: 300 } }), 3000),
            hangs(() => read(client(silent, { request: { timeout: 300 } })), 3000),
            fails(() => read(client(silent), { request: { signal: AbortSignal.timeout(300) } }), name === 'octokit' ? { after: 14_000, late: 5000 } : { after: 300 }),
          );
        }
        tries.push(hangs(() => request('GET /user', { baseUrl: silent.url, request: { timeout: 300 } }), 3000));
        await Promise.all(tries);
      },
    },
    {
      name: 'timeout-of-node-fetch',
      says: 'in @octokit/rest 18 and @octokit/request 5 `request.timeout: 300` ends the call, in the call and in the client',
      refutes: { 'octokit/timeout/1': 'it is read by nobody from @octokit/request 7 on; up to 6 it goes to node-fetch, which obeys it' },
      runs: [OLD],
      async run(lab) {
        const { load, http, fails, hangs } = lab;
        const { request } = await load('@octokit/request');
        const client = await clients(lab, '@octokit/rest');
        const [silent, stalled] = [await http('silent'), await http('headers')];
        await Promise.all([
          fails(() => read(client(silent), { request: { timeout: 300 } }), { after: 300, error: /timeout/ }),
          fails(() => read(client(silent, { request: { timeout: 300 } })), { after: 300, error: /timeout/ }),
          fails(() => request('GET /user', { baseUrl: silent.url, request: { timeout: 300 } }), { after: 300, error: /timeout/ }),
          fails(() => read(client(stalled, { request: { timeout: 300 } })), { after: 300 }),
          hangs(() => read(client(silent)), 3000),
        ]);
      },
    },
    {
      name: 'attempts',
      says: 'octokit sends a GET and a POST 4 times on 503 and on a connection that is reset, after 1, 4 and 9 s, and once on 404; @octokit/rest and @octokit/core send them once',
      proves: ['octokit/retry'],
      ms: 55_000,
      async run(lab) {
        const { http, fails } = lab;
        const whole = await clients(lab, 'octokit');
        const once = await Promise.all(['@octokit/rest', '@octokit/core'].map((name) => clients(lab, name)));
        const plugin = [];
        for (const behaviour of ['unavailable', 'reset']) {
          for (const send of [read, write]) {
            const [four, one] = [await http(behaviour), await http(behaviour)];
            plugin.push(
              fails(() => send(whole(four)), { after: 13_800, late: 20_000 }).then(() => {
                assert.equal(four.requests.length, 4, `${behaviour} ${send.name}`);
                const [first, second, third] = four.gaps;
                assert.ok(first >= 970 && second >= 3970 && third >= 8970, four.gaps.join());
              }),
            );
            for (const client of once) await fails(() => send(client(one)), { after: 0, late: 4000 });
            assert.equal(one.requests.length, 2, `${behaviour} ${send.name}`);
          }
        }
        const missing = await http(answersJson({}, { status: 404 }));
        await fails(() => read(whole(missing)), { after: 0, late: 4000 });
        assert.equal(missing.requests.length, 1);
        await Promise.all(plugin);
      },
    },
  ],
});
