import { createServer, type IncomingMessage } from 'node:http';
import { getProduct } from './catalog.js';
import { getInvoice } from './invoices.js';
import { getOrder } from './orders.js';
import { charge, chargeOnce, getPayment } from './payments.js';
import { getSession } from './sessions.js';

/** Ends the work when the caller has gone away, or when the time that it gave is over. */
function signalOf(request: IncomingMessage, gone: AbortSignal): AbortSignal {
  const budget = request.headers['x-budget-ms'];
  return budget === undefined ? gone : AbortSignal.timeout(Number(budget));
}

async function answer(request: IncomingMessage, signal: AbortSignal): Promise<unknown> {
  const [, kind, id = ''] = (request.url ?? '').split('/');
  switch (kind) {
    case 'payments':
      return getPayment(id, signal);
    case 'invoices':
      return getInvoice(id, signal);
    case 'products':
      return getProduct(id, signal);
    case 'orders':
      return getOrder(id);
    case 'sessions':
      return { session: await getSession(id) };
    case 'charges': {
      const key = request.headers['idempotency-key'];
      return typeof key === 'string' ? chargeOnce(id, 100, key) : charge(id, 100);
    }
    default:
      return undefined;
  }
}

const server = createServer((request, response) => {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  answer(request, signalOf(request, gone.signal)).then(
    (body) => {
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { error: 'no such record' }));
    },
    (error: unknown) => {
      response.writeHead(502, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: String(error) }));
    },
  );
});
server.keepAliveTimeout = 120_000;
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  const address = server.address();
  console.log(`listening on ${typeof address === 'object' ? address?.port : address}`);
});
