import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { experiments } from '../lib/experiment.mjs';

/** Opening a socket, as a promise. */
const opened = (socket) => new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

/** A server that opens the socket and says no more, not even that it closes. */
function opensOnly(socket) {
  socket.once('data', (head) => {
    const key = /sec-websocket-key: (\S+)/i.exec(head.toString())[1];
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  });
}

export default experiments({
  record: 'ws',
  runs: [{ ws: '8.23.0' }, { ws: '7.5.14' }],
  experiments: [
    {
      name: 'handshake',
      says: '`handshakeTimeout: 300` ends opening a socket on a server that answers nothing, and on one that takes no connection; without it both are pending after 3 s',
      proves: ['ws/timeout/1'],
      async run({ require, tcp, deaf, fails, hangs }) {
        const WebSocket = require('ws');
        const silent = await tcp();
        const deafOne = await deaf();
        const open = (port, options) => opened(new WebSocket(`ws://127.0.0.1:${port}`, options));
        await Promise.all([
          fails(() => open(silent.port, { handshakeTimeout: 300 }), { after: 300, error: /Opening handshake has timed out/ }),
          fails(() => open(deafOne.port, { handshakeTimeout: 300 }), { after: 300, error: /Opening handshake has timed out/ }),
          hangs(() => open(silent.port), 3000),
          hangs(() => open(deafOne.port), 3000),
        ]);
      },
    },
    {
      name: 'silence-and-close',
      says: 'a socket whose server has fallen silent is open after 4 s, with no event, `handshakeTimeout: 300` or not; `close()` is not done after 25 s and is done by 30 s, when the socket is destroyed',
      proves: ['ws/timeout/2'],
      ms: 45_000,
      async run({ require, tcp, sleep, hangs, gives }) {
        const WebSocket = require('ws');
        const server = await tcp(opensOnly);
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, { handshakeTimeout: 300 });
        const heard = [];
        for (const event of ['close', 'error', 'message']) socket.on(event, () => heard.push(event));
        await opened(socket);
        await sleep(4000);
        assert.equal(socket.readyState, WebSocket.OPEN);
        assert.deepEqual(heard, []);
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.close();
        await hangs(() => closed, 25_000);
        assert.equal(await gives(() => closed, { before: 7000, after: 4500 }), 1006);
      },
    },
    {
      name: 'one-connection',
      says: 'a connection that is broken off is closed and not made again within 4 s; one that is refused by an answer 503 neither',
      proves: ['ws/retry'],
      async run({ require, tcp, http, fails, sleep }) {
        const WebSocket = require('ws');
        const server = await tcp(opensOnly);
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}`);
        await opened(socket);
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.on('error', () => undefined);
        await server.close();
        await closed;
        const again = await tcp();
        const unavailable = await http((request, response) => response.writeHead(503).end());
        await fails(() => opened(new WebSocket(unavailable.url.replace('http', 'ws'))), { after: 0, error: /503/ });
        await sleep(4000);
        assert.equal(server.connections, 1);
        assert.equal(again.connections, 0);
        assert.equal(unavailable.requests.length, 1);
      },
    },
  ],
});
