import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { dripsJson } from '../lib/slow-json.mjs';

/** As many retries as by default, and a wait between them short enough to count them all. */
const SHORT = { minTimeout: 1, maxTimeout: 1, factor: 1 };

async function clientOf({ require }) {
  const { WebClient, retryPolicies } = require('@slack/web-api');
  return { client: (server, options) => new WebClient('xoxb', { slackApiUrl: `${server.url}/`, logLevel: 'error', ...options }), retryPolicies };
}

const post = (client) => client.chat.postMessage({ channel: 'c', text: 'a' });

export default experiments({
  record: 'slack-web-api',
  runs: [{ '@slack/web-api': '8.2.0' }, { '@slack/web-api': '7.19.0' }, { '@slack/web-api': '6.13.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends an attempt at a server that answers nothing; without it, and with 0, the call is pending after 3 s; a body that drips for 2.5 s ends at 600 ms in 8 and passes `timeout: 600` in 6 and 7; a stalled body ends',
      proves: ['slack-web-api/timeout/1'],
      async run(lab) {
        const { http, fails, hangs, gives, major } = lab;
        const { client } = await clientOf(lab);
        const [silent, stalled, drip] = [await http('silent'), await http('headers'), await http(dripsJson({ ok: true }))];
        const once = { retryConfig: { retries: 0 } };
        await Promise.all([
          fails(() => post(client(silent, { ...once, timeout: 300 })), { after: 300, error: 'slack_webapi_request_error' }),
          fails(() => post(client(stalled, { ...once, timeout: 300 })), { after: 300 }),
          hangs(() => post(client(silent, once)), 3000),
          hangs(() => post(client(silent, { ...once, timeout: 0 })), 3000),
          major('@slack/web-api') >= 8
            ? fails(() => post(client(drip, { ...once, timeout: 600 })), { after: 600 })
            : gives(() => post(client(drip, { ...once, timeout: 600 })), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'attempts',
      says: 'a message is posted 11 times on 503 and on a connection that is reset, with the default number of retries and short waits',
      proves: ['slack-web-api/retry'],
      async run(lab) {
        const { http, fails } = lab;
        const { client, retryPolicies } = await clientOf(lab);
        const retryConfig = { ...retryPolicies.tenRetriesInAboutThirtyMinutes, ...SHORT };
        for (const behaviour of ['unavailable', 'reset']) {
          const server = await http(behaviour);
          await fails(() => post(client(server, { retryConfig })), { after: 0, late: 8000 });
          assert.equal(server.requests.length, 11, behaviour);
          assert.ok(server.requests.every(({ method, url }) => method === 'POST' && url === '/chat.postMessage'));
        }
      },
    },
    {
      name: 'default-waits',
      says: 'a client that says nothing of retries waits at least 1, 1.9 and 3.8 s before its second, third and fourth attempt, and goes on',
      proves: ['slack-web-api/retry'],
      ms: 35_000,
      async run(lab) {
        const { http, hangs } = lab;
        const { client } = await clientOf(lab);
        const server = await http('unavailable');
        await hangs(() => post(client(server)), 18_000);
        assert.ok(server.requests.length >= 4, String(server.requests.length));
        const [first, second, third] = server.gaps;
        assert.ok(first >= 970 && second >= 1900 && third >= 3800, server.gaps.join());
      },
    },
    {
      name: 'own-timeout-again',
      says: 'an attempt that ended by `timeout` is made again: `timeout: 800` and 2 retries are 3 messages',
      proves: ['slack-web-api/retry'],
      async run(lab) {
        const { http, fails } = lab;
        const { client } = await clientOf(lab);
        const silent = await http('silent');
        await fails(() => post(client(silent, { timeout: 800, retryConfig: { retries: 2, ...SHORT } })), { after: 2400, late: 4000 });
        assert.equal(silent.requests.length, 3);
      },
    },
    {
      name: 'rate-limit',
      says: 'an answer 429 is waited for as long as it says, and asked again; `rejectRateLimitedCalls` makes it an error at once',
      proves: ['slack-web-api/retry'],
      async run(lab) {
        const { http, fails, gives } = lab;
        const { client } = await clientOf(lab);
        const limited = await http((request, response, number) => {
          response.writeHead(number % 2 === 1 ? 429 : 200, { 'content-type': 'application/json', 'retry-after': '1' });
          response.end('{"ok":true}');
        });
        await gives(() => post(client(limited, { retryConfig: { retries: 2, ...SHORT } })), { after: 1000 });
        assert.equal(limited.requests.length, 2);
        await fails(() => post(client(limited, { rejectRateLimitedCalls: true })), { after: 0, error: 'slack_webapi_rate_limited_error' });
        assert.equal(limited.requests.length, 3);
      },
    },
  ],
});
