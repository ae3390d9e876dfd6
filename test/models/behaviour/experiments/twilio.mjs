import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson, dripsJson } from '../lib/slow-json.mjs';

async function clientOf({ load }) {
  const { default: twilio } = await load('twilio');
  return (server, options) => {
    const client = twilio(`AC${'0'.repeat(32)}`, 'token', options);
    client.api.baseUrl = server.url;
    return client;
  };
}

const send = (client) => client.messages.create({ to: '+1', from: '+2', body: 'a' });

export default experiments({
  record: 'twilio',
  runs: [{ twilio: '6.2.0' }, { twilio: '5.13.1' }, { twilio: '4.23.0' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends a call to a server that answers nothing and one whose body stalls, which before 5.4 wants `httpClient: new RequestClient({ timeout })`, as that of the client is not handed on; a body that drips for 2.5 s passes `timeout: 600`',
      proves: ['twilio/timeout/1'],
      async run(lab) {
        const { http, fails, gives, hangs, major, require } = lab;
        const client = await clientOf(lab);
        const isOld = major('twilio') < 5;
        const { RequestClient } = require('twilio');
        const limit = (timeout) => (isOld ? { httpClient: new RequestClient({ timeout }) } : { timeout });
        const [silent, stalled, drip] = [await http('silent'), await http('headers'), await http(dripsJson({ sid: 'SM1' }))];
        await Promise.all([
          fails(() => send(client(silent, limit(300))), { after: 300 }),
          fails(() => send(client(stalled, limit(300))), { after: 300 }),
          gives(() => send(client(drip, limit(600))), { after: 2300 }),
          isOld ? hangs(() => send(client(silent, { timeout: 300 })), 3000) : undefined,
        ]);
      },
    },
    {
      name: 'default-timeout',
      says: 'a call that sets no limit, or sets 0, ends after 30 s',
      proves: ['twilio/timeout/1'],
      ms: 45_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        const silent = await http('silent');
        await Promise.all([
          fails(() => send(client(silent)), { after: 30_000, late: 4000 }),
          fails(() => send(client(silent, { timeout: 0 })), { after: 30_000, late: 4000 }),
        ]);
        assert.equal(silent.requests.length, 2);
      },
    },
    {
      name: 'attempts',
      says: 'a message is sent once on 503, on 429 and on a connection that is reset; with `autoRetry: true` 4 times on 429, and once on 503 and on a reset',
      proves: ['twilio/retry'],
      ms: 30_000,
      async run(lab) {
        const { http, fails } = lab;
        const client = await clientOf(lab);
        for (const [behaviour, options, attempts] of [
          ['unavailable', {}, 1],
          ['reset', {}, 1],
          [answersJson({ code: 20429, message: 'too many', status: 429 }, { status: 429 }), {}, 1],
          [answersJson({ code: 20429, message: 'too many', status: 429 }, { status: 429 }), { autoRetry: true }, 4],
          ['unavailable', { autoRetry: true }, 1],
          ['reset', { autoRetry: true }, 1],
        ]) {
          const server = await http(behaviour);
          await fails(() => send(client(server, options)), { after: 0, late: 10_000 });
          assert.equal(server.requests.length, attempts, `${typeof behaviour === 'string' ? behaviour : 429} ${JSON.stringify(options)}`);
        }
      },
    },
  ],
});
