/** One service with its downstreams and proxies, made for one measurement and taken down after it. */
import { startHttpDownstream } from './http-downstream.mjs';
import { callersOf } from './load.mjs';
import { startProxy } from './proxy.mjs';
import { startService } from './start-service.mjs';

/**
 * @param {{ main: string, postgres?: { port: number }, redis?: { port: number }, patience?: number }} parts
 * @param {(stage: object) => Promise<T>} measure
 * @template T
 * @returns {Promise<T>}
 */
export async function onStage({ main, postgres, redis, patience }, measure) {
  const opened = [];
  const open = async (part) => {
    opened.push(await part);
    return opened.at(-1);
  };
  try {
    const downstreams = { payments: await open(startHttpDownstream()), catalog: await open(startHttpDownstream()) };
    const payments = await open(startProxy({ port: downstreams.payments.port, protocol: 'http' }));
    const catalog = await open(startProxy({ port: downstreams.catalog.port, protocol: 'http' }));
    const addresses = { PAYMENTS_URL: payments.url, CATALOG_URL: catalog.url };
    const stage = { payments, catalog, downstreams };
    if (postgres !== undefined) {
      stage.postgres = await open(startProxy({ port: postgres.port, protocol: 'tcp' }));
      addresses.PGPORT = String(stage.postgres.port);
    }
    if (redis !== undefined) {
      stage.redis = await open(startProxy({ port: redis.port, protocol: 'tcp' }));
      addresses.REDIS_PORT = String(stage.redis.port);
    }
    const service = await open(startService(main, addresses));
    stage.callers = await open(callersOf(service.port, patience));
    await warmUp(stage);
    const result = await measure(stage);
    if (service.ended) throw new Error(`the service ended:\n${service.errors}`);
    return result;
  } finally {
    for (const part of opened.reverse()) await part.close();
  }
}

/** What a process does only once, and slowly, is none of the downstream's doing: it is done before anything is counted. */
async function warmUp({ callers, payments, catalog }) {
  for (const kind of ['payments', 'invoices', 'products']) await callers.together(5, 6, (index) => ({ path: `/${kind}/warm${index}` }));
  for (const proxy of [payments, catalog]) proxy.forget();
}
