import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson } from '../lib/slow-json.mjs';

async function clientOf({ load }) {
  const { default: Anthropic } = await load('@anthropic-ai/sdk');
  return (server, options) => new Anthropic({ apiKey: 'k', baseURL: server.url, ...options });
}

const isOld = (versions) => versions['@anthropic-ai/sdk'].startsWith('0.20.');

const ask = (client, options) => client.messages.create({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'a' }] }, options);

export default experiments({
  record: 'anthropic',
  runs: [{ '@anthropic-ai/sdk': '1.12.0' }, { '@anthropic-ai/sdk': '0.137.0' }, { '@anthropic-ai/sdk': '0.20.9' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends an attempt at a server that answers nothing with APIConnectionTimeoutError, in the call and in the client, where `messages.create` of 0.20 takes no notice of it; without it the call is pending after 3 s; a body that stalls is still pending after 3 s',
      proves: ['anthropic/timeout/1'],
      async run(lab) {
        const { http, fails, hangs, versions } = lab;
        const client = await clientOf(lab);
        const [silent, stalled] = [await http('silent'), await http('headers')];
        const once = { maxRetries: 0 };
        const ended = { after: 300, error: 'APIConnectionTimeoutError' };
        await Promise.all([
          isOld(versions) ? hangs(() => ask(client(silent, { ...once, timeout: 300 })), 3000) : fails(() => ask(client(silent, { ...once, timeout: 300 })), ended),
          fails(() => ask(client(silent, once), { timeout: 300 }), ended),
          hangs(() => ask(client(silent, once)), 3000),
          hangs(() => ask(client(stalled, once), { timeout: 300 }), 3000),
        ]);
      },
    },
    {
      name: 'default-timeout',
      says: 'a call that sets no limit ends after 600 s in 0.20, which asks node-fetch; in 0.137 and 1.12 after 300 s already, where the fetch of Node gives up on the head of the answer',
      proves: ['anthropic/timeout/1'],
      ms: 620_000,
      async run(lab) {
        const { http, fails, versions } = lab;
        const client = await clientOf(lab);
        const silent = await http('silent');
        const after = isOld(versions) ? 600_000 : 300_000;
        await fails(() => ask(client(silent, { maxRetries: 0 })), { after, late: 30_000, error: 'APIConnectionTimeoutError' });
      },
    },
    {
      name: 'attempts',
      says: 'GET and POST are sent 3 times on 408, 409, 429 and 503 and on a connection that is reset, with gaps of 350 ms at least, and once on 400',
      proves: ['anthropic/retry'],
      ms: 40_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        await Promise.all(
          [408, 409, 429, 503, 'reset'].map(async (status) => {
            const server = await http(status === 'reset' ? 'reset' : answersJson({}, { status }));
            await fails(() => ask(client(server)), { after: 700, late: 8000 });
            await fails(() => client(server).get('/v1/models'), { after: 700, late: 8000 });
            assert.deepEqual(server.requests.map(({ method }) => method), [...Array(3).fill('POST'), ...Array(3).fill('GET')], String(status));
            for (const index of [0, 1, 3, 4]) assert.ok(server.gaps[index] >= 350, `${status}: ${server.gaps.join()}`);
          }),
        );
        const refused = await http(answersJson({}, { status: 400 }));
        await fails(() => ask(client(refused)), { after: 0 });
        assert.equal(refused.requests.length, 1);
      },
    },
    {
      name: 'own-timeout-again',
      says: 'an attempt that ended by `timeout` is made again: 3 requests of 800 ms each',
      proves: ['anthropic/retry'],
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http('silent');
        await fails(() => ask(client(silent), { timeout: 800 }), { after: 3100, late: 30_000, error: 'APIConnectionTimeoutError' });
        assert.equal(silent.requests.length, 3);
      },
    },
  ],
});
