import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port, options) => ({ host: '127.0.0.1', port: Number(port), user: 'shop', database: 'postgres', ...options });

async function drizzleOf({ load }) {
  const [{ drizzle }, { default: pg }, { sql }] = await Promise.all([load('drizzle-orm/node-postgres'), load('pg'), load('drizzle-orm')]);
  return { sql, open: (port, options, config) => drizzle(new pg.Pool(at(port, options)).on('error', () => undefined), config) };
}

export default experiments({
  record: 'drizzle-orm',
  runs: [{ 'drizzle-orm': '0.45.4', pg: '8.23.1' }, { 'drizzle-orm': '0.30.10', pg: '8.23.1' }],
  experiments: [
    {
      name: 'limits-of-the-driver-alone',
      says: 'over a pool without limits a query of 5 s and one to a server that fell silent are pending after 3 s, also with `timeout: 300` and `query_timeout: 300` given to drizzle; with `query_timeout: 300` of the pool both end after 300 ms, and with its `connectionTimeoutMillis: 300` the wait for the only connection',
      proves: ['drizzle-orm/timeout/1'],
      needs: ['postgres'],
      async run(lab) {
        const { sql, open } = await drizzleOf(lab);
        const { services, fails, hangs } = lab;
        const far = await lab.proxy(Number(services.postgres));
        const config = { timeout: 300, query_timeout: 300 };
        const [silent, limited] = [open(far.port, {}, config), open(far.port, { query_timeout: 300 })];
        await Promise.all([silent.execute(sql`SELECT 1`), limited.execute(sql`SELECT 1`)]);
        await far.fault({ mode: 'hang' });
        const [full, waiting] = [open(services.postgres, { max: 1, connectionTimeoutMillis: 300 }), open(services.postgres, { max: 1 }, config)];
        for (const db of [full, waiting]) db.transaction(async (tx) => tx.execute(sql`SELECT pg_sleep(10)`)).catch(() => undefined);
        await lab.sleep(300);
        await Promise.all([
          hangs(() => open(services.postgres, {}, config).execute(sql`SELECT pg_sleep(5)`), 3000),
          hangs(() => silent.execute(sql`SELECT 1`), 3000),
          hangs(() => waiting.execute(sql`SELECT 1`), 3000),
          fails(() => open(services.postgres, { query_timeout: 300 }).execute(sql`SELECT pg_sleep(5)`), { after: 300 }),
          fails(() => limited.execute(sql`SELECT 1`), { after: 300 }),
          fails(() => full.execute(sql`SELECT 1`), { after: 300 }),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server',
      proves: ['drizzle-orm/retry'],
      needs: ['postgres'],
      async run(lab) {
        const { sql, open } = await drizzleOf(lab);
        const direct = open(lab.services.postgres);
        const sent = await attempts(async (text) => (await direct.execute(sql.raw(text))).rows);
        const far = await lab.proxy(Number(lab.services.postgres));
        for (const text of [sent.select, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const db = open(far.port);
          await db.execute(sql`SELECT 1`);
          await far.fault({ mode: 'drop-reply' });
          await lab.fails(() => db.execute(sql.raw(text)), { after: 0 });
        }
        await lab.sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
      },
    },
    {
      name: 'no-row',
      says: '`select` gives an empty array, `findFirst` undefined, `returning` of an INSERT that met a conflict an empty array',
      empty: 'findFirst of no row',
      needs: ['postgres'],
      async run(lab) {
        const { sql, open } = await drizzleOf(lab);
        const { integer, pgTable } = await lab.load('drizzle-orm/pg-core');
        const name = `things_${process.pid}`;
        const things = pgTable(name, { id: integer('id').primaryKey() });
        const db = open(lab.services.postgres, {}, { schema: { things } });
        await db.execute(sql.raw(`CREATE TABLE ${name} (id INT PRIMARY KEY)`));
        assert.deepEqual(await db.select().from(things), []);
        assert.equal(await db.query.things.findFirst(), undefined);
        await db.insert(things).values({ id: 1 });
        assert.deepEqual(await db.insert(things).values({ id: 1 }).onConflictDoNothing().returning(), []);
      },
    },
  ],
});
