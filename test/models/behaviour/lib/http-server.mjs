/** A loopback HTTP server that fails in one chosen way, and counts what it was asked. */
import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * - `silent`: reads the request and answers nothing
 * - `headers`: answers the head, and stalls
 * - `drip`: answers the head, then one byte every 100 ms for `drips` bytes
 * - `reset`: breaks the connection off once the request is read
 * - `unavailable`: 503
 * - `empty`: 200 without a body
 */
const BEHAVIOURS = {
  silent: () => undefined,
  headers(request, response) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"a":');
  },
  drip(request, response, { drips = 25 }) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(drips) });
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      // Valid JSON at its end: a string of dots.
      response.write(sent === 1 || sent === drips ? '"' : '.');
      if (sent >= drips) end();
    }, 100);
    const end = () => {
      clearInterval(timer);
      response.end();
    };
    response.on('close', () => clearInterval(timer));
  },
  reset: (request) => void request.socket.resetAndDestroy(),
  unavailable(request, response) {
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end('{"error":"unavailable"}');
  },
  empty(request, response) {
    response.writeHead(200);
    response.end();
  },
};

/**
 * @param {keyof typeof BEHAVIOURS | ((request: import('node:http').IncomingMessage & { text: string }, response: import('node:http').ServerResponse, number: number) => void)} behaviour
 *   one of the above, or a handler, which is told the text of the body and the number of the request, from 1
 * @param {{ drips?: number }} [options]
 */
export async function httpServer(behaviour, options = {}) {
  const requests = [];
  const sockets = new Set();
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const seen = { method: request.method, url: request.url, headers: request.headers, at: performance.now() };
    requests.push(seen);
    const number = requests.length;
    let text = '';
    try {
      for await (const chunk of request) text += chunk;
    } catch {
      return; // The caller went away while sending.
    }
    seen.text = text;
    if (typeof behaviour === 'function') behaviour(Object.assign(request, { text }), response, number);
    else BEHAVIOURS[behaviour](request, response, options);
  });
  // What is measured is the client's patience, not the server's.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    port,
    host: '127.0.0.1',
    url: `http://127.0.0.1:${port}`,
    /** Each with method, url, headers, text (of the body), at (ms of `performance.now()`). */
    requests,
    get open() {
      return sockets.size;
    },
    /** ms between one request and the next. */
    get gaps() {
      return requests.slice(1).map((request, index) => Math.round(request.at - requests[index].at));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
