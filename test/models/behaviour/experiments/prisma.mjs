import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';
import { TABLE, prismaOf } from '../lib/prisma-client.mjs';

/** Its only connection is in a transaction for 10 s. */
async function busy(prisma) {
  const held = prisma.$transaction((tx) => tx.$queryRawUnsafe('SELECT pg_sleep(10)::text'), { timeout: 20_000 });
  held.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return prisma;
}

const quick = (tx) => tx.$queryRawUnsafe('SELECT 1 AS n');

export default experiments({
  record: 'prisma',
  runs: [{ '@prisma/client': '7.10.0', '@prisma/adapter-pg': '7.10.1' }, { '@prisma/client': '6.19.3', '@prisma/adapter-pg': '6.19.3' }],
  experiments: [
    {
      name: 'max-wait',
      says: 'with the only connection in use an interactive transaction fails with P2028 after 2 s, and after 300 ms with `maxWait: 300` of the call or of `transactionOptions`; in 6.19 over an adapter it does so only once the connection is free, and is pending after 3 s',
      proves: ['prisma/timeout/1'],
      needs: ['postgres'],
      async run(lab) {
        const open = await prismaOf(lab);
        const full = await busy(open(lab.services.postgres, { max: 1 }));
        const limited = await busy(open(lab.services.postgres, { max: 1 }, { transactionOptions: { maxWait: 300 } }));
        if (lab.major('@prisma/client') < 7) {
          await Promise.all([lab.hangs(() => full.$transaction(quick, { maxWait: 300 }), 3000), lab.hangs(() => limited.$transaction(quick), 3000)]);
          await lab.fails(() => full.$transaction(quick, { maxWait: 300 }), { after: 5000, late: 5000, error: 'P2028' });
          return;
        }
        await Promise.all([
          lab.fails(() => full.$transaction(quick), { after: 2000, error: 'P2028' }),
          lab.fails(() => full.$transaction(quick, { maxWait: 300 }), { after: 300, error: 'P2028' }),
          lab.fails(() => limited.$transaction(quick), { after: 300, error: 'P2028' }),
        ]);
      },
    },
    {
      name: 'transaction-timeout',
      says: 'an interactive transaction fails with P2028 at the first query or the commit after 5 s, with `timeout: 300` of the call or of `transactionOptions` after 300 ms; a query that is under way is waited for: with `timeout: 300` one of 2 s fails after 2 s, and one to a server that fell silent is pending after 3 s',
      refutes: { 'prisma/timeout/2': 'over an adapter it is looked at before the next query and the commit alone, and ends no query that is under way' },
      needs: ['postgres'],
      async run(lab) {
        const open = await prismaOf(lab);
        const prisma = open(lab.services.postgres);
        const limited = open(lab.services.postgres, {}, { transactionOptions: { timeout: 300 } });
        const far = await lab.proxy(Number(lab.services.postgres));
        const silent = open(far.port);
        await Promise.all([quick(prisma), quick(silent)]);
        const slow = (ms) => async (tx) => {
          await lab.sleep(ms);
          return quick(tx);
        };
        await Promise.all([
          lab.gives(() => prisma.$transaction(slow(4000))),
          lab.fails(() => prisma.$transaction(slow(5500)), { after: 5500, error: 'P2028' }),
          lab.fails(() => prisma.$transaction(slow(600), { timeout: 300 }), { after: 600, error: 'P2028' }),
          lab.fails(() => limited.$transaction(slow(600)), { after: 600, error: 'P2028' }),
          lab.fails(() => prisma.$transaction((tx) => tx.$queryRawUnsafe('SELECT pg_sleep(2)::text'), { timeout: 300 }), { after: 2000, error: 'P2028' }),
          lab.hangs(() => silent.$transaction(async (tx) => {
            await quick(tx);
            await far.fault({ mode: 'hang' });
            return quick(tx);
          }, { timeout: 300 }), 3000),
        ]);
      },
    },
    {
      name: 'no-limit-of-a-query',
      says: 'with `transactionOptions: { maxWait: 300, timeout: 300 }` a query of 5 s and one to a server that fell silent are pending after 3 s; a `timeout` or a `signal` among the arguments of `findFirst` is refused',
      proves: ['prisma/timeout/3'],
      needs: ['postgres'],
      async run(lab) {
        const open = await prismaOf(lab);
        const options = { transactionOptions: { maxWait: 300, timeout: 300 } };
        const far = await lab.proxy(Number(lab.services.postgres));
        const [prisma, silent] = [open(lab.services.postgres, {}, options), open(far.port, {}, options)];
        await prisma.$executeRawUnsafe(TABLE).catch(() => undefined);
        await quick(silent);
        await far.fault({ mode: 'hang' });
        await Promise.all([
          lab.hangs(() => prisma.$queryRawUnsafe('SELECT pg_sleep(5)::text'), 3000),
          lab.hangs(() => silent.thing.findFirst(), 3000),
          lab.fails(() => prisma.thing.findFirst({ timeout: 300 }), { after: 0, error: 'PrismaClientValidationError' }),
          lab.fails(() => prisma.thing.findFirst({ signal: AbortSignal.timeout(300) }), { after: 0, error: 'PrismaClientValidationError' }),
        ]);
      },
    },
    {
      name: 'options-of-the-adapter',
      says: 'over `PrismaPg` 11 queries of 1 s at once take 2 s, as there are 10 connections; with `max: 1` in use a query is pending after 3 s, and fails after 300 ms with `connectionTimeoutMillis: 300`; `query_timeout: 300` and `statement_timeout: 300` end a query of 5 s',
      proves: ['prisma/timeout/6'],
      needs: ['postgres'],
      async run(lab) {
        const open = await prismaOf(lab);
        const { services, fails, hangs } = lab;
        const [waits, gives] = await Promise.all([busy(open(services.postgres, { max: 1 })), busy(open(services.postgres, { max: 1, connectionTimeoutMillis: 300 }))]);
        const [query, statement, wide] = [{ query_timeout: 300 }, { statement_timeout: 300 }, {}].map((driver) => open(services.postgres, driver));
        await Promise.all([query, statement, wide].map(quick));
        const sleeps = Array.from({ length: 11 }, () => wide.$queryRawUnsafe('SELECT pg_sleep(1)::text'));
        await Promise.all([
          hangs(() => quick(waits), 3000),
          fails(() => quick(gives), { after: 300 }),
          fails(() => query.$queryRawUnsafe('SELECT pg_sleep(5)::text'), { after: 300 }),
          fails(() => statement.$queryRawUnsafe('SELECT pg_sleep(5)::text'), { after: 300 }),
          lab.gives(() => Promise.all(sleeps), { after: 1900 }),
          lab.gives(() => Promise.all(sleeps.slice(0, 10)), { before: 1900 }),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server',
      proves: ['prisma/retry'],
      needs: ['postgres'],
      async run(lab) {
        const open = await prismaOf(lab);
        const direct = open(lab.services.postgres);
        const sent = await attempts(async (sql) => (/^(?:SELECT)/.test(sql) ? direct.$queryRawUnsafe(sql) : direct.$executeRawUnsafe(sql)));
        const far = await lab.proxy(Number(lab.services.postgres));
        for (const ask of [(db) => db.$queryRawUnsafe(sent.select), (db) => db.$executeRawUnsafe(sent.insert)]) {
          await far.fault({ mode: 'pass' });
          const prisma = open(far.port);
          await quick(prisma);
          await far.fault({ mode: 'drop-reply' });
          await lab.fails(() => ask(prisma), { after: 0 });
        }
        await lab.sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
      },
    },
    {
      name: 'nothing-found',
      says: '`findUnique` and `findFirst` give null, `findMany` an empty array, `update` and `delete` fail with P2025',
      empty: 'findUnique of no row',
      needs: ['postgres'],
      async run(lab) {
        const prisma = (await prismaOf(lab))(lab.services.postgres);
        await prisma.$executeRawUnsafe(TABLE).catch(() => undefined);
        const where = { id: 9 };
        assert.deepEqual([await prisma.thing.findUnique({ where }), await prisma.thing.findFirst({ where }), await prisma.thing.findMany({ where })], [null, null, []]);
        await lab.fails(() => prisma.thing.update({ where, data: { n: 1 } }), { after: 0, error: 'P2025' });
        await lab.fails(() => prisma.thing.delete({ where }), { after: 0, error: 'P2025' });
      },
    },
  ],
});
