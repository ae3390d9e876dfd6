/** Loopback TCP servers: one that speaks a handshake and no more, and one that takes no connection. */
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/**
 * Takes connections; what it says is up to `speak`, nothing where there is none.
 * @param {(socket: import('node:net').Socket, connection: number) => void} [speak] told the socket and which connection this is, from 1
 */
export async function tcpServer(speak = () => undefined) {
  const sockets = new Set();
  const received = [];
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => received.push(data));
    speak(socket, connections);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    port,
    host: '127.0.0.1',
    /** What came in, piece by piece. */
    received,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const DEAF = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    // From here on nobody takes what the kernel queues.
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/**
 * A port where connecting neither succeeds nor fails: its queue of connections is full, and nobody takes one.
 * Only Linux drops what comes after.
 */
export async function deafServer() {
  const worker = new Worker(DEAF, { eval: true });
  const [port] = await once(worker, 'message');
  worker.unref();
  const fillers = [];
  // The kernel takes as many as the backlog and one; what stays connecting shows that it is full.
  for (let left = 10; left > 0; left -= 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    fillers.push(socket);
    const full = await Promise.race([once(socket, 'connect').then(() => false), new Promise((resolve) => setTimeout(resolve, 300, true))]);
    if (full) break;
  }
  return {
    port,
    host: '127.0.0.1',
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
}
