/** A downstream over HTTP: records to read, and charges to make, which it counts. */
import { createServer } from 'node:http';

/** What a real one takes for an answer, ms. */
const WORK = 5;

/** @returns `applied`: how often each charge was made, by its URL and key */
export async function startHttpDownstream() {
  const applied = new Map();
  const keys = new Set();
  let requests = 0;
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    requests += 1;
    request.resume();
    request.on('end', () => setTimeout(() => answer(request, response), WORK));
  });
  function answer(request, response) {
    const id = request.url.split('/')[2] ?? '';
    if (id.startsWith('missing')) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such record"}');
      return;
    }
    if (request.method === 'POST') {
      const key = request.headers['idempotency-key'];
      if (key === undefined || !keys.has(key)) applied.set(request.url, (applied.get(request.url) ?? 0) + 1);
      if (key !== undefined) keys.add(key);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id, state: 'settled', note: 'n'.repeat(400) }));
  }
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  return {
    port,
    applied,
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
