import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { natsServer } from '../lib/nats-fake.mjs';

const load = async (lab) => lab.load(lab.versions.nats === undefined ? '@nats-io/transport-node' : 'nats');
const servers = (server) => `127.0.0.1:${server.port}`;
const TIMEOUT = /timeout/i;

export default experiments({
  record: 'nats',
  runs: [{ '@nats-io/transport-node': '3.4.0', '@nats-io/nats-core': '3.4.0' }, { nats: '2.29.3' }],
  experiments: [
    {
      name: 'request',
      says: 'a request that nobody answers ends after 1 s, with `timeout: 300` after 300 ms, and with `timeout: 0` after 1 s again; it is sent once',
      proves: ['nats/timeout/1'],
      async run(lab) {
        const { connect } = await load(lab);
        const server = await natsServer();
        const nc = await connect({ servers: servers(server) });
        await Promise.all([
          lab.fails(() => nc.request('a'), { after: 1000, error: TIMEOUT }),
          lab.fails(() => nc.request('b', '', { timeout: 300 }), { after: 300, late: 600, error: TIMEOUT }),
          lab.fails(() => nc.request('c', '', { timeout: 0 }), { after: 1000, error: TIMEOUT }),
          lab.hangs(() => nc.request('d', '', { timeout: 3000 }), 2500),
        ]);
        await lab.sleep(1000);
        assert.equal(server.lines.filter((line) => /^PUB [a-d] /.test(line)).length, 4);
        await nc.close();
        await server.close();
      },
    },
    {
      name: 'request-many',
      says: 'the replies of `requestMany` end after 1 s, with `maxWait: 300` after 300 ms, though a reply came in between',
      proves: ['nats/timeout/2'],
      async run(lab) {
        const { connect } = await load(lab);
        const server = await natsServer({
          take(line, socket) {
            const [, reply] = /^PUB \w+ (\S+) \d+$/.exec(line) ?? [];
            if (reply !== undefined) socket.write(`MSG ${reply} 1 2\r\nhi\r\n`);
          },
        });
        const nc = await connect({ servers: servers(server) });
        const all = async (options) => {
          const found = [];
          for await (const one of await nc.requestMany('a', '', options)) found.push(one.string());
          return found;
        };
        await Promise.all([
          lab.gives(() => all({ maxWait: 300 }), { after: 300, before: 950 }).then((found) => assert.deepEqual(found, ['hi'])),
          lab.gives(() => all(), { after: 1000, before: 2800 }).then((found) => assert.deepEqual(found, ['hi'])),
        ]);
        await nc.close();
        await server.close();
      },
    },
    {
      name: 'connecting',
      says: '`timeout: 300` ends connecting to a server that says nothing; without it that ends after 20 s',
      proves: ['nats/timeout/3'],
      ms: 30_000,
      async run(lab) {
        const { connect } = await load(lab);
        const silent = await lab.tcp();
        const options = { servers: servers(silent), reconnect: false };
        await Promise.all([
          lab.fails(() => connect({ ...options, timeout: 300 }), { after: 300, error: /timeout|TIMEOUT|connection refused/i }),
          lab.fails(() => connect(options), { after: 20_000, error: /timeout|TIMEOUT|connection refused/i }),
        ]);
      },
    },
    {
      name: 'pings',
      says: 'with `pingInterval: 300` and `maxPingOut: 2` a server that answers no ping is left and connected to again after 900 ms; without them, within 4 s, no ping is sent and nothing happens',
      proves: ['nats/timeout/4'],
      async run(lab) {
        const { connect } = await load(lab);
        // The first ping belongs to connecting.
        const watched = await natsServer({ pongs: 1 });
        const left = await natsServer({ pongs: 1 });
        const nc = await connect({ servers: servers(watched), pingInterval: 300, maxPingOut: 2, reconnectTimeWait: 100 });
        const other = await connect({ servers: servers(left) });
        await lab.sleep(4000);
        assert.ok(watched.connects.length >= 2, 'it connected again');
        const gap = watched.connects[1] - watched.connects[0];
        assert.ok(gap >= 800 && gap <= 3000, `after ${gap} ms`);
        assert.equal(left.connects.length, 1);
        assert.equal(left.lines.filter((line) => line === 'PING').length, 1);
        await Promise.all([nc.close(), other.close()]);
        await Promise.all([watched.close(), left.close()]);
      },
    },
    {
      name: 'pings-default',
      says: 'unset, the first ping of a connection in use is sent after 120 s',
      proves: ['nats/timeout/4'],
      ms: 150_000,
      async run(lab) {
        const { connect } = await load(lab);
        const server = await natsServer({ pongs: 1 });
        const nc = await connect({ servers: servers(server) });
        await lab.sleep(118_000);
        assert.equal(server.lines.filter((line) => line === 'PING').length, 1);
        await lab.sleep(5000);
        assert.equal(server.lines.filter((line) => line === 'PING').length, 2);
        await nc.close();
        await server.close();
      },
    },
    {
      name: 'reconnects',
      says: 'a server that is gone is tried 10 times, 2 s apart, and then the client is closed; a request under way is not sent again once the server is back',
      proves: ['nats/retry'],
      ms: 45_000,
      async run(lab) {
        const { connect } = await load(lab);
        const gone = await natsServer();
        const breaks = await natsServer({
          take(line, socket) {
            if (line.startsWith('PUB ')) socket.destroy();
          },
        });
        const nc = await connect({ servers: servers(gone) });
        const other = await connect({ servers: servers(breaks) });
        const tries = [];
        void (async () => {
          for await (const { type } of nc.status()) if (type === 'reconnecting') tries.push(performance.now());
        })();
        const closed = nc.closed();
        const request = other.request('a', '', { timeout: 5000 }).catch((error) => error);
        await gone.close();
        await lab.gives(() => closed, { after: 18_000, before: 35_000 });
        assert.equal(tries.length, 10);
        const gaps = tries.slice(1).map((at, index) => Math.round(at - tries[index]));
        for (const gap of gaps) assert.ok(gap >= 1950 && gap <= 3500, `a gap of ${gaps} ms`);
        assert.ok((await request) instanceof Error);
        assert.equal(breaks.connections, 2);
        assert.equal(breaks.lines.filter((line) => line.startsWith('PUB ')).length, 1);
        await other.close();
        await breaks.close();
      },
    },
  ],
});
