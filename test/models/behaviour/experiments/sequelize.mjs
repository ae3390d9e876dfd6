import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

async function openers({ load }) {
  const { Sequelize } = (await load('sequelize')).default;
  const open = (dialect, port, user, database) => (options) => new Sequelize(database, user, '', { dialect, host: '127.0.0.1', port: Number(port), logging: false, ...options });
  return {
    postgres: (port, options) => open('postgres', port, 'shop', 'postgres')(options),
    mysql: (port, options) => open('mysql', port, 'root', 'shop')(options),
  };
}

const one = { pool: { max: 1 } };

async function busy(db) {
  await db.transaction();
  return db;
}

export default experiments({
  record: 'sequelize',
  runs: [{ sequelize: '6.37.8', pg: '8.23.1', mysql2: '3.24.6' }, { sequelize: '5.22.5', pg: '8.23.1', mysql2: '3.24.6' }],
  experiments: [
    {
      name: 'acquire',
      says: '`pool.acquire: 300` ends the wait for the only connection, and connecting to a server that says nothing; it does not end a query of 2 s, and without it both waits are pending after 3 s',
      proves: ['sequelize/timeout/1'],
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const { services, fails, hangs, gives } = lab;
        const silent = await lab.tcp();
        const [limited, open] = await Promise.all([busy(postgres(services.postgres, { pool: { max: 1, acquire: 300 } })), busy(postgres(services.postgres, one))]);
        const limits = { after: 300, error: 'SequelizeConnectionAcquireTimeoutError' };
        await Promise.all([
          fails(() => limited.query('SELECT 1'), limits),
          hangs(() => open.query('SELECT 1'), 3000),
          hangs(() => postgres(silent.port, { databaseVersion: '15.0.0' }).query('SELECT 1'), 3000),
          fails(() => postgres(silent.port, { databaseVersion: '15.0.0', pool: { acquire: 300 } }).query('SELECT 1'), limits),
          gives(() => postgres(services.postgres, { pool: { acquire: 300 } }).query('SELECT pg_sleep(2)'), { after: 2000 }),
        ]);
      },
    },
    {
      name: 'acquire-default',
      says: 'where nobody says otherwise the wait for the only connection ends after 60 s',
      proves: ['sequelize/timeout/1'],
      ms: 75_000,
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const db = await busy(postgres(lab.services.postgres, one));
        await lab.fails(() => db.query('SELECT 1'), { after: 60_000, late: 5000, error: 'SequelizeConnectionAcquireTimeoutError' });
      },
    },
    {
      name: 'idle',
      says: '`pool.idle: 300` closes a connection that is not used; without it the connection was there after 8 s and gone after 13',
      proves: ['sequelize/timeout/2'],
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const pools = [{ idle: 300 }, {}];
        const servers = await Promise.all(pools.map(() => lab.proxy(Number(lab.services.postgres))));
        await Promise.all(pools.map((pool, which) => postgres(servers[which].port, { pool: { max: 1, ...pool } }).query('SELECT 1')));
        assert.deepEqual(servers.map((server) => server.open), [1, 1]);
        await lab.sleep(3000);
        assert.deepEqual(servers.map((server) => server.open), [0, 1]);
        await lab.sleep(5000);
        assert.equal(servers[1].open, 1);
        await lab.sleep(5000);
        assert.equal(servers[1].open, 0);
      },
    },
    {
      name: 'evict',
      says: 'with `pool.idle: 300` a connection is closed at the next look, within 2.5 s where nothing is said of `evict`; with `evict: 6000` it was there after 4 s and gone after 8',
      proves: ['sequelize/timeout/3'],
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const pools = [{ idle: 300 }, { idle: 300, evict: 6000 }];
        const servers = await Promise.all(pools.map(() => lab.proxy(Number(lab.services.postgres))));
        await Promise.all(pools.map((pool, which) => postgres(servers[which].port, { pool: { max: 1, ...pool } }).query('SELECT 1')));
        await lab.sleep(2500);
        assert.deepEqual(servers.map((server) => server.open), [0, 1]);
        await lab.sleep(1500);
        assert.equal(servers[1].open, 1);
        await lab.sleep(4000);
        assert.equal(servers[1].open, 0);
      },
    },
    {
      name: 'options-of-pg',
      says: '`dialectOptions` with `query_timeout: 300`, `statement_timeout: 300`, `lock_timeout: 300` or `idle_in_transaction_session_timeout: 300` do what they do in pg: a query of 5 s, the wait for a locked table and an idle transaction end after 300 ms; the second does not end one to a server that fell silent, the first does; without them all are pending after 3 s, and in 5.22 with any but `statement_timeout` too, as the others do not reach pg',
      proves: ['sequelize/timeout/4'],
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const { services, fails, hangs } = lab;
        const table = `locked_by_sequelize_${process.pid}`;
        const holder = postgres(services.postgres);
        await holder.query(`CREATE TABLE ${table} (n INT)`);
        const held = await holder.transaction();
        await holder.query(`LOCK TABLE ${table}`, { transaction: held });
        const far = await lab.proxy(Number(services.postgres));
        const withOptions = (port, dialectOptions) => postgres(port, { pool: { max: 1 }, dialectOptions });
        const silent = [{ query_timeout: 300 }, { statement_timeout: 300 }].map((options) => withOptions(far.port, options));
        await Promise.all(silent.map((db) => db.query('SELECT 1')));
        await far.fault({ mode: 'hang' });
        // Connecting is in no limit of a query.
        const ready = async (options) => {
          const db = withOptions(services.postgres, options);
          await db.query('SELECT 1');
          return db;
        };
        const [query, statement, lock, idle, open] = await Promise.all([{ query_timeout: 300 }, { statement_timeout: 300 }, { lock_timeout: 300 }, { idle_in_transaction_session_timeout: 300 }, {}].map(ready));
        const started = await idle.transaction();
        if (lab.major('sequelize') < 6) {
          await Promise.all([
            fails(() => statement.query('SELECT pg_sleep(5)'), { after: 300 }),
            hangs(() => query.query('SELECT pg_sleep(5)'), 3000),
            hangs(() => lock.query(`SELECT * FROM ${table}`), 3000),
            hangs(() => silent[0].query('SELECT 1'), 3000),
            lab.sleep(1500).then(() => lab.gives(() => idle.query('SELECT 1', { transaction: started }))),
          ]);
          return;
        }
        await Promise.all([
          fails(() => query.query('SELECT pg_sleep(5)'), { after: 300 }),
          fails(() => statement.query('SELECT pg_sleep(5)'), { after: 300 }),
          fails(() => lock.query(`SELECT * FROM ${table}`), { after: 300 }),
          fails(() => silent[0].query('SELECT 1'), { after: 300 }),
          hangs(() => silent[1].query('SELECT 1'), 3000),
          hangs(() => open.query(`SELECT * FROM ${table}`), 3000),
          lab.sleep(1500).then(() => fails(() => idle.query('SELECT 1', { transaction: started }), { after: 0 })),
        ]);
      },
    },
    {
      name: 'options-of-mysql',
      says: '`dialectOptions.connectTimeout: 300` of the mysql dialect ends connecting to a server that says nothing; without it that ends after 10 s, by the default of mysql2',
      proves: ['sequelize/timeout/5'],
      async run(lab) {
        const { mysql } = await openers(lab);
        const silent = await lab.tcp();
        await Promise.all([
          lab.fails(() => mysql(silent.port, { databaseVersion: '10.5.0', dialectOptions: { connectTimeout: 300 } }).query('SELECT 1'), { after: 300 }),
          lab.fails(() => mysql(silent.port, { databaseVersion: '10.5.0' }).query('SELECT 1'), { after: 10_000, late: 2500 }),
        ]);
      },
    },
    {
      name: 'retry',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server; a query that fails with the message of a locked SQLite file is sent 5 times in all, with `retry: { max: 2 }` twice; with `retry: { max: 3 }`, and no `match` or one that fits, an INSERT whose reply is lost is done more than once',
      refutes: { 'sequelize/retry': 'by default `max: 5` counts attempts: 4 retries, of what fails with "SQLITE_BUSY: database is locked" alone; `retry: { max: 3 }` takes the place of its `match` too, and any query is sent again, writes too' },
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const { services, fails } = lab;
        const direct = postgres(services.postgres);
        const select = (sql) => direct.query(sql).then(([rows]) => rows);
        const sent = await attempts(select);
        const far = await lab.proxy(Number(services.postgres));
        const lose = async (sql) => {
          await far.fault({ mode: 'pass' });
          const db = postgres(far.port);
          await db.query('SELECT 1');
          await far.fault({ mode: 'drop-reply' });
          await fails(() => db.query(sql), { after: 0, late: 8000 });
        };
        for (const sql of [sent.select, sent.insert]) await lose(sql);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
        const busyFunction = `${sent.table}_busy`;
        await direct.query(`CREATE FUNCTION ${busyFunction}() RETURNS INT LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('${sent.table}_read'); RAISE EXCEPTION 'SQLITE_BUSY: database is locked'; END $$`);
        const before = await sent.selects();
        await fails(() => direct.query(`SELECT ${busyFunction}()`), { after: 0, late: 4000 });
        const between = await sent.selects();
        await fails(() => postgres(services.postgres, { retry: { max: 2 } }).query(`SELECT ${busyFunction}()`), { after: 0, late: 4000 });
        const after = await sent.selects();
        // Looking advances the sequence by one.
        assert.deepEqual([between - before - 1, after - between - 1], [5, 2]);
        for (const retry of [{ max: 3 }, { max: 3, match: [/terminated|ECONNRESET/] }]) {
          const done = await sent.inserts();
          const again = await lab.proxy(Number(services.postgres));
          const db = postgres(again.port, { retry });
          await db.query('SELECT 1');
          await again.fault({ mode: 'drop-reply' });
          const asked = db.query(sent.insert).catch(() => undefined);
          // Once the reply is lost, and before the next attempt, which waits for 100 ms.
          while (again.open > 0) await lab.sleep(5);
          await again.fault({ mode: 'pass' });
          await asked;
          assert.ok((await sent.inserts()) - done >= 2, JSON.stringify(retry));
        }
      },
    },
    {
      name: 'no-row',
      says: '`findOne` and `findByPk` give null, `findAll` an empty array, `max` null or NaN',
      empty: 'findOne of no row',
      needs: ['postgres'],
      async run(lab) {
        const { postgres } = await openers(lab);
        const { DataTypes } = (await lab.load('sequelize')).default;
        const db = postgres(lab.services.postgres);
        const Thing = db.define(`thing_${process.pid}_${lab.major('sequelize')}`, { n: DataTypes.INTEGER });
        await Thing.sync();
        assert.deepEqual([await Thing.findOne(), await Thing.findByPk(1), await Thing.findAll()], [null, null, []]);
        const most = await Thing.max('n');
        assert.ok(most === null || Number.isNaN(most), String(most));
      },
    },
  ],
});
