import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { experiments } from '../lib/experiment.mjs';

let apps = 0;

/** An app all of whose requests, whatever their host, go to this server, in plain HTTP. */
async function appOf({ load }, server) {
  const { initializeApp } = await load('firebase-admin/app');
  const httpAgent = Object.assign(new Agent(), { protocol: 'https:', createConnection: () => connect(server.port, '127.0.0.1') });
  apps += 1;
  return initializeApp({ projectId: 'shop', credential: { getAccessToken: async () => ({ access_token: 'a', expires_in: 3600 }) }, httpAgent }, `app ${apps}`);
}

const messaging = async (lab, server) => (await lab.load('firebase-admin/messaging')).getMessaging(await appOf(lab, server));
const auth = async (lab, server) => (await lab.load('firebase-admin/auth')).getAuth(await appOf(lab, server));
const installations = async (lab, server) => (await lab.load('firebase-admin/installations')).getInstallations(await appOf(lab, server));

/** The first attempt is given up after `limit`, and the call goes on with the next. */
const attempt = (name, row, limit, clientOf, call) => ({
  name: `${name}-timeout`,
  says: `an attempt that nothing answers is given up after ${limit / 1000} s and made again, so that the call is pending after ${(limit + 3000) / 1000} s`,
  proves: [row],
  ms: limit + 10_000,
  async run(lab) {
    const silent = await lab.http('silent');
    const client = await clientOf(lab, silent);
    await lab.hangs(() => call(client), limit + 3000);
    assert.equal(silent.requests.length, 2);
    assert.ok(silent.gaps[0] >= limit - 500 && silent.gaps[0] < limit + 1500, String(silent.gaps));
  },
});

export default experiments({
  record: 'firebase-admin',
  runs: [{ 'firebase-admin': '14.5.1' }, { 'firebase-admin': '12.7.0' }],
  experiments: [
    attempt('messaging', 'firebase-admin/timeout/1', 15_000, messaging, (client) => client.send({ topic: 'news' })),
    attempt('auth', 'firebase-admin/timeout/2', 25_000, auth, (client) => client.getUser('u1')),
    attempt('installations', 'firebase-admin/timeout/3', 10_000, installations, (client) => client.deleteInstallation('i1')),
    {
      name: 'retry',
      says: 'after 503, and after a connection that is reset, a message and a new user (both POST) are sent 5 times: at once, and after 1, 2 and 4 s; after 500 once',
      proves: ['firebase-admin/retry'],
      async run(lab) {
        const broken = (request, response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
        const calls = [
          ['unavailable', async (server) => (await messaging(lab, server)).send({ topic: 'news' })],
          ['reset', async (server) => (await messaging(lab, server)).send({ topic: 'news' })],
          ['unavailable', async (server) => (await auth(lab, server)).createUser({ email: 'a@example.com' })],
          [broken, async (server) => (await messaging(lab, server)).send({ topic: 'news' })],
        ];
        const servers = await Promise.all(
          calls.map(async ([behaviour, call]) => {
            const server = await lab.http(behaviour);
            await lab.fails(() => call(server), { after: 0, late: 14_000 });
            return server;
          }),
        );
        assert.deepEqual(servers.map(({ requests }) => requests.length), [5, 5, 5, 1]);
        assert.ok(servers.every(({ requests }) => requests.every(({ method }) => method === 'POST')));
        const [now, one, two, four] = servers[0].gaps;
        assert.ok(now < 900 && one >= 970 && two >= 1950 && four >= 3950, String(servers[0].gaps));
      },
    },
  ],
});
