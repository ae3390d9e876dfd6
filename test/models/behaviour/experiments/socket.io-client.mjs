import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { experiments } from '../lib/experiment.mjs';

/** A server that takes every event and acknowledges those called `echo`. */
async function serve({ require }) {
  const { Server } = require('socket.io');
  const http = createServer();
  const heard = [];
  const server = new Server(http);
  server.on('connection', (socket) => {
    socket.on('echo', (value, done) => done(value));
    socket.onAny((name) => heard.push(name));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return { url: `http://127.0.0.1:${http.address().port}`, heard, io: server, close: () => server.close() };
}

const connected = (socket) => new Promise((resolve) => socket.once('connect', resolve));

export default experiments({
  record: 'socket.io-client',
  runs: [{ 'socket.io-client': '4.8.4', 'socket.io': '4.8.4' }],
  experiments: [
    {
      name: 'acknowledgement',
      says: '`socket.timeout(300)` and `ackTimeout: 300` reject an `emitWithAck` that nobody acknowledges; without them it is pending after 4 s, connected or not yet, and is rejected when the connection is lost',
      proves: ['socket.io-client/timeout/1'],
      async run(lab) {
        const { require, fails, hangs, gives } = lab;
        const { io } = require('socket.io-client');
        const server = await serve(lab);
        const plain = io(server.url);
        const limited = io(server.url, { ackTimeout: 300, forceNew: true });
        const away = io('http://127.0.0.1:1');
        await Promise.all([connected(plain), connected(limited)]);
        assert.equal(await gives(() => plain.emitWithAck('echo', 1)), 1);
        const pending = plain.emitWithAck('nobody', 1);
        await Promise.all([
          fails(() => plain.timeout(300).emitWithAck('nobody', 1), { after: 300, error: /operation has timed out/ }),
          fails(() => limited.emitWithAck('nobody', 1), { after: 300, error: /operation has timed out/ }),
          hangs(() => pending, 4000),
          hangs(() => away.emitWithAck('nobody', 1), 4000),
        ]);
        const lost = fails(() => pending, { after: 0, error: /socket has been disconnected/ });
        server.io.disconnectSockets(true);
        await lost;
        for (const socket of [plain, limited, away]) socket.close();
        await server.close();
      },
    },
    {
      name: 'connecting',
      says: '`timeout: 300` ends an attempt to connect to a server that answers nothing, and with `reconnection: false` that is the end; without it no event comes within 4 s',
      proves: ['socket.io-client/timeout/2'],
      async run({ require, tcp, fails, hangs }) {
        const { io } = require('socket.io-client');
        const silent = await tcp();
        const sockets = [];
        const open = (options) => new Promise((resolve, reject) => {
          const socket = io(`http://127.0.0.1:${silent.port}`, { reconnection: false, forceNew: true, ...options });
          sockets.push(socket);
          socket.once('connect', resolve).once('connect_error', reject);
        });
        await Promise.all([fails(() => open({ timeout: 300 }), { after: 300, error: /timeout/ }), hangs(() => open({}), 4000)]);
        for (const socket of sockets) socket.close();
      },
    },
    {
      name: 'connecting-default',
      says: 'unset, an attempt to connect to a server that answers nothing ends after 20 s',
      proves: ['socket.io-client/timeout/2'],
      ms: 30_000,
      async run({ require, tcp, fails }) {
        const { io } = require('socket.io-client');
        const silent = await tcp();
        const socket = io(`http://127.0.0.1:${silent.port}`, { reconnection: false });
        await fails(() => new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject)), { after: 20_000, error: /timeout/ });
        socket.close();
      },
    },
    {
      name: 'reconnects',
      says: 'a server that refuses every connection is tried 4 times and more within 20 s, 0.5 s to 1.5 s after the first time, later 5 s apart and half as much more or less; with `retries: 2` and `ackTimeout: 300` an event that nobody acknowledges is sent 3 times',
      proves: ['socket.io-client/retry'],
      ms: 40_000,
      async run(lab) {
        const { require, http, fails, sleep } = lab;
        const { io } = require('socket.io-client');
        const refusing = await http((request, response) => response.writeHead(503).end());
        const socket = io(refusing.url, { transports: ['polling'] });
        const server = await serve(lab);
        const again = io(server.url, { retries: 2, ackTimeout: 300, forceNew: true });
        await connected(again);
        await fails(() => again.emitWithAck('nobody', 1), { after: 900 });
        assert.deepEqual(server.heard, ['nobody', 'nobody', 'nobody']);
        await sleep(20_000);
        const { gaps } = refusing;
        assert.ok(gaps.length >= 4, `${gaps.length + 1} attempts`);
        assert.ok(gaps[0] >= 450 && gaps[0] <= 3000, `the first gap was ${gaps[0]} ms`);
        for (const gap of gaps.slice(3)) assert.ok(gap >= 2450 && gap <= 9000, `a later gap was ${gap} ms`);
        assert.equal(socket.io.reconnectionAttempts(), Infinity);
        socket.close();
        again.close();
        await server.close();
      },
    },
  ],
});
