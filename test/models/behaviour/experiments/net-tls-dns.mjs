import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import { experiments } from '../lib/experiment.mjs';

/** A name server that answers nothing; tells when it was asked. */
async function nameServer() {
  const socket = createSocket('udp4');
  const asked = [];
  socket.on('message', () => asked.push(performance.now()));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { server: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

export default experiments({
  record: 'net-tls-dns',
  runs: [{}],
  experiments: [
    {
      name: 'socket-timeout',
      says: "`timeout: 300` of `net.connect` and `tls.connect`, and `setTimeout(300)`, emit 'timeout' and no more: 3 s later the socket was neither destroyed nor closed, connected, in its handshake or still connecting; a signal destroyed it; without `timeout` no event came in 3 s",
      proves: ['net-tls-dns/timeout/1'],
      async run({ tcp, deaf, sleep, gives }) {
        const silent = await tcp();
        const deafOne = await deaf();
        const events = (socket) => {
          const heard = [];
          for (const event of ['timeout', 'error', 'close']) socket.on(event, () => heard.push(event));
          return { socket, heard };
        };
        const at = (port, options = {}) => ({ port, host: '127.0.0.1', ...options });
        const limited = [
          net.connect(at(silent.port, { timeout: 300 })),
          net.connect(at(deafOne.port, { timeout: 300 })),
          tls.connect(at(silent.port, { timeout: 300 })),
          net.connect(at(silent.port)).setTimeout(300),
        ].map(events);
        const free = [net.connect(at(silent.port)), net.connect(at(deafOne.port)), net.connect(at(silent.port, { timeout: 0 }))].map(events);
        const aborted = events(net.connect(at(deafOne.port, { signal: AbortSignal.timeout(300) })));
        await sleep(3300);
        for (const { socket, heard } of limited) {
          assert.ok(heard.length > 0 && heard.every((event) => event === 'timeout'), heard.join());
          assert.equal(socket.destroyed, false);
        }
        assert.equal(limited[1].socket.connecting, true);
        for (const { socket, heard } of free) {
          assert.deepEqual(heard, []);
          assert.equal(socket.destroyed, false);
        }
        assert.deepEqual(aborted.heard, ['error', 'close']);
        for (const { socket } of [...limited, ...free]) socket.destroy();
        await gives(async () => 'done');
      },
    },
    {
      name: 'lookup',
      says: '`dns.lookup` takes no limit: with `timeout: 1` and a signal that is aborted it gave the address as if they were not there, from the callback and from the promise',
      proves: ['net-tls-dns/timeout/2'],
      async run({ gives }) {
        const options = { timeout: 1, signal: AbortSignal.abort() };
        const { address } = await gives(() => dns.promises.lookup('localhost', options));
        assert.ok(net.isIP(address) > 0);
        const found = await gives(() => new Promise((resolve, reject) => dns.lookup('localhost', options, (error, value) => (error === null ? resolve(value) : reject(error)))));
        assert.ok(net.isIP(found) > 0);
      },
    },
    {
      name: 'resolver',
      says: 'with a name server that answers nothing, `timeout: 300, tries: 1` ended a question with ETIMEOUT after one try, and `tries: 3` made three, each waited for longer; unset, a question was pending after 4 s, was asked 4 times, 3 s to 8 s apart by chance and the last gap longer than the first, and ended within 54 s',
      proves: ['net-tls-dns/timeout/3'],
      ms: 60_000,
      async run({ fails, hangs }) {
        const one = await nameServer();
        const three = await nameServer();
        const unset = await nameServer();
        const ask = (server, options) => {
          const resolver = new dns.promises.Resolver(options);
          resolver.setServers([server.server]);
          return resolver.resolve4('a.example.org');
        };
        const open = ask(unset);
        await Promise.all([
          fails(() => ask(one, { timeout: 300, tries: 1 }), { after: 270, error: 'ETIMEOUT' }),
          fails(() => ask(three, { timeout: 300, tries: 3 }), { after: 900, late: 4000, error: 'ETIMEOUT' }),
          hangs(() => open, 4000),
        ]);
        assert.equal(one.asked.length, 1);
        assert.equal(three.asked.length, 3);
        await fails(() => open, { after: 0, late: 50_000, error: 'ETIMEOUT' });
        const gaps = unset.asked.slice(1).map((at, index) => Math.round(at - unset.asked[index]));
        assert.equal(unset.asked.length, 4);
        // Each wait has a random part.
        assert.ok(Math.min(...gaps) >= 1500 && gaps[2] > gaps[0], `tries ${gaps} ms apart`);
        for (const server of [one, three, unset]) server.close();
      },
    },
    {
      name: 'address-attempt',
      says: 'of a name with two addresses, of which the first takes no connection, the second was connected to after 250 ms, and with `autoSelectFamilyAttemptTimeout: 1000` after 1 s; a name with one address was waited for after 3 s',
      proves: ['net-tls-dns/timeout/4'],
      async run({ tcp, deaf, gives, hangs }) {
        const deafOne = await deaf();
        // The second address of the same port: 127.0.0.2 listens beside 127.0.0.1.
        const server = net.createServer((socket) => socket.on('error', () => undefined));
        server.listen(deafOne.port, '::1');
        await once(server, 'listening');
        const lookup = (addresses) => (name, options, done) => done(null, addresses);
        const both = lookup([{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]);
        const sockets = [];
        const connecting = (options) => new Promise((resolve, reject) => {
          const socket = net.connect({ host: 'a.example.org', port: deafOne.port, autoSelectFamily: true, ...options });
          sockets.push(socket);
          socket.once('connect', () => resolve(socket.remoteAddress)).once('error', reject);
        });
        const [first, second] = await Promise.all([
          gives(() => connecting({ lookup: both }), { after: 250, before: 900 }),
          gives(() => connecting({ lookup: both, autoSelectFamilyAttemptTimeout: 1000 }), { after: 1000, before: 2500 }),
          hangs(() => connecting({ lookup: lookup([{ address: '127.0.0.1', family: 4 }]) }), 3000),
        ]);
        assert.deepEqual([first, second], ['::1', '::1']);
        for (const socket of sockets) socket.destroy();
        server.close();
        await tcp();
      },
    },
  ],
});
