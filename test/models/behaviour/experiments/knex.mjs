import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port) => ({ host: '127.0.0.1', port: Number(port), user: 'shop', database: 'postgres' });

async function knexOf({ load }) {
  const { default: knex } = await load('knex');
  return (port, options = {}, connection = {}) => knex({ client: 'pg', connection: { ...at(port), ...connection }, ...options });
}

/** A transaction that holds the only connection. */
async function busy(db) {
  await db.transaction();
  return db;
}

export default experiments({
  record: 'knex',
  runs: [{ knex: '3.3.0', pg: '8.23.1' }, { knex: '2.5.1', pg: '8.23.1' }],
  experiments: [
    {
      name: 'acquire-timeout',
      says: '`acquireConnectionTimeout: 300` and `pool.acquireTimeoutMillis: 300` end the wait for the only connection, the smaller of both where both are set; they do not end a query of 2 s, and without them the wait is pending after 3 s',
      proves: ['knex/timeout/1'],
      needs: ['postgres'],
      async run(lab) {
        const { services, fails, hangs, gives } = lab;
        const open = await knexOf(lab);
        const one = (options, pool) => busy(open(services.postgres, { pool: { min: 0, max: 1, ...pool }, ...options }));
        const [outer, inner, both, none] = await Promise.all([one({ acquireConnectionTimeout: 300 }), one({}, { acquireTimeoutMillis: 300 }), one({ acquireConnectionTimeout: 300 }, { acquireTimeoutMillis: 60_000 }), one({})]);
        const limits = { after: 300, error: 'KnexTimeoutError' };
        await Promise.all([
          ...[outer, inner, both].map((db) => fails(() => db.raw('SELECT 1'), limits)),
          gives(() => open(services.postgres, { acquireConnectionTimeout: 300 }).raw('SELECT pg_sleep(2)'), { after: 2000 }),
          hangs(() => none.raw('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'acquire-timeout-default',
      says: 'where nobody says otherwise the wait for the only connection ends after 60 s',
      proves: ['knex/timeout/1'],
      ms: 75_000,
      needs: ['postgres'],
      async run(lab) {
        const open = await knexOf(lab);
        const db = await busy(open(lab.services.postgres, { pool: { min: 0, max: 1 } }));
        await lab.fails(() => db.raw('SELECT 1'), { after: 60_000, late: 5000, error: 'KnexTimeoutError' });
      },
    },
    {
      name: 'query-timeout',
      says: '`.timeout(300)` ends a query of 5 s and one to a server that fell silent, while the server goes on with the first; with `{ cancel: true }` the server stops; the wait for the only connection is not in it, and without it both queries are pending after 3 s',
      proves: ['knex/timeout/2'],
      needs: ['postgres'],
      async run(lab) {
        const { services, proxy, fails, hangs, sleep } = lab;
        const open = await knexOf(lab);
        const direct = open(services.postgres);
        const far = await proxy(Number(services.postgres));
        const silent = open(far.port, { pool: { min: 0, max: 2 } });
        await Promise.all([direct.raw('SELECT 1'), silent.raw('SELECT 1'), silent.raw('SELECT pg_sleep(0.1)')]);
        await far.fault({ mode: 'hang' });
        const full = await busy(open(services.postgres, { pool: { min: 0, max: 1 } }));
        const limits = { after: 300, error: 'KnexTimeoutError' };
        const running = async (mark) => (await direct.raw("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE ? AND pid <> pg_backend_pid()", [`%${mark}%`])).rows.length;
        const [kept, cancelled] = ['kept', 'cancelled'].map((word) => `/* ${word} ${process.pid} */`);
        await Promise.all([
          fails(() => direct.raw(`SELECT pg_sleep(5) ${kept}`).timeout(300), limits).then(async () => {
            await sleep(300);
            assert.equal(await running(kept), 1);
          }),
          fails(() => direct.raw(`SELECT pg_sleep(5) ${cancelled}`).timeout(300, { cancel: true }), limits).then(async () => {
            await sleep(300);
            assert.equal(await running(cancelled), 0);
          }),
          fails(() => silent('pg_class').first('relname').timeout(300), limits),
          hangs(() => full.raw('SELECT 1').timeout(300), 3000),
          hangs(() => direct.raw('SELECT pg_sleep(5)'), 3000),
          hangs(() => silent.raw('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'create-timeout',
      says: '`pool.createTimeoutMillis: 300` ends making a connection to a server that says nothing, and no query of 2 s; without it the query is pending after 3 s',
      proves: ['knex/timeout/3'],
      needs: ['postgres'],
      async run(lab) {
        const open = await knexOf(lab);
        const silent = await lab.tcp();
        await Promise.all([
          lab.fails(() => open(silent.port, { pool: { min: 0, max: 1, createTimeoutMillis: 300 } }).raw('SELECT 1'), { after: 300 }),
          lab.gives(() => open(lab.services.postgres, { pool: { min: 0, max: 1, createTimeoutMillis: 300 } }).raw('SELECT pg_sleep(2)'), { after: 2000 }),
          lab.hangs(() => open(silent.port, { pool: { min: 0, max: 1 } }).raw('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'create-timeout-default',
      says: 'where nobody says otherwise a query to a server that says nothing ends after 30 s',
      proves: ['knex/timeout/3'],
      ms: 45_000,
      async run(lab) {
        const open = await knexOf(lab);
        const silent = await lab.tcp();
        await lab.fails(() => open(silent.port, { pool: { min: 0, max: 1 } }).raw('SELECT 1'), { after: 30_000, late: 5000 });
      },
    },
    {
      name: 'idle',
      says: '`pool.idleTimeoutMillis: 300` closes a connection beyond `pool.min` that is not used, at the next look a second later; without it the connection was there after 4 s',
      proves: ['knex/timeout/4'],
      needs: ['postgres'],
      async run(lab) {
        const open = await knexOf(lab);
        const pools = [{ min: 0, idleTimeoutMillis: 300 }, { min: 1, idleTimeoutMillis: 300 }, { min: 0 }];
        const servers = await Promise.all(pools.map(() => lab.proxy(Number(lab.services.postgres))));
        await Promise.all(pools.map((pool, which) => open(servers[which].port, { pool: { max: 1, ...pool } }).raw('SELECT 1')));
        assert.deepEqual(servers.map((server) => server.open), [1, 1, 1]);
        await lab.sleep(4000);
        assert.deepEqual(servers.map((server) => server.open), [0, 1, 1]);
      },
    },
    {
      name: 'rollback',
      says: 'where the server falls silent within a transaction and its function throws, ROLLBACK is given up after 5 s and the error is handed on',
      proves: ['knex/timeout/5'],
      needs: ['postgres'],
      async run(lab) {
        const open = await knexOf(lab);
        const far = await lab.proxy(Number(lab.services.postgres));
        const db = open(far.port, { pool: { min: 0, max: 1 } });
        let thrown;
        const work = db.transaction(async (trx) => {
          await trx.raw('SELECT 1');
          await far.fault({ mode: 'hang' });
          thrown = performance.now();
          throw new Error('of the function');
        });
        await lab.fails(() => work, { after: 0, late: 9000 });
        const took = performance.now() - thrown;
        assert.ok(took >= 4970 && took < 7500, `${took} ms`);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server',
      proves: ['knex/retry'],
      needs: ['postgres'],
      async run(lab) {
        const open = await knexOf(lab);
        const direct = open(lab.services.postgres);
        const sent = await attempts(async (sql) => (await direct.raw(sql)).rows);
        const far = await lab.proxy(Number(lab.services.postgres));
        for (const query of [(db) => db.raw(sent.select), (db) => db(sent.table).insert({ n: 1 })]) {
          await far.fault({ mode: 'pass' });
          const db = open(far.port, { pool: { min: 0, max: 1 } });
          await db.raw('SELECT 1');
          await far.fault({ mode: 'drop-reply' });
          await lab.fails(() => query(db), { after: 0 });
        }
        await lab.sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
      },
    },
    {
      name: 'no-row',
      says: '`first` gives undefined, `select` an empty array, `update` 0',
      empty: 'first of no row',
      needs: ['postgres'],
      async run(lab) {
        const db = (await knexOf(lab))(lab.services.postgres);
        assert.equal(await db('pg_class').where({ relname: 'none of these' }).first(), undefined);
        assert.deepEqual(await db('pg_class').where({ relname: 'none of these' }).select('relname'), []);
        const { table } = await attempts(async (sql) => (await db.raw(sql)).rows);
        assert.equal(await db(table).where({ n: 9 }).update({ n: 8 }), 0);
        assert.deepEqual(await db(table).where({ n: 9 }).update({ n: 8 }).returning('n'), []);
      },
    },
  ],
});
