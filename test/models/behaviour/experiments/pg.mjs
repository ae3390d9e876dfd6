import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port) => ({ host: '127.0.0.1', port: Number(port), user: 'shop', database: 'postgres' });

async function connected(Client, options) {
  const client = new Client(options);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const minor = ({ pg }) => Number(pg.split('.')[1]);

const pooled = (Pool, options) => new Pool(options).on('error', () => undefined);

export default experiments({
  record: 'pg',
  runs: [{ pg: '8.23.1' }, { pg: '8.5.1' }],
  experiments: [
    {
      name: 'pool-connection-timeout',
      says: '`connectionTimeoutMillis: 300` of a pool ends the wait for a client that is in use, and connecting to a server that says nothing or takes no connection; without it and with 0 each is pending after 3 s',
      proves: ['pg/timeout/1'],
      needs: ['postgres'],
      async run({ load, tcp, deaf, services, fails, hangs }) {
        const { default: pg } = await load('pg');
        const silent = await tcp();
        const closed = await deaf();
        const busy = async (options) => {
          const pool = pooled(pg.Pool, { ...at(services.postgres), max: 1, ...options });
          await pool.connect();
          return pool;
        };
        const [limited, unlimited, zero] = await Promise.all([busy({ connectionTimeoutMillis: 300 }), busy({}), busy({ connectionTimeoutMillis: 0 })]);
        const late = /timeout exceeded when trying to connect/;
        await Promise.all([
          fails(() => limited.connect(), { after: 300, error: late }),
          fails(() => limited.query('SELECT 1'), { after: 300, error: late }),
          fails(() => pooled(pg.Pool, { ...at(silent.port), connectionTimeoutMillis: 300 }).query('SELECT 1'), { after: 300, error: /Connection terminated due to connection timeout/ }),
          fails(() => pooled(pg.Pool, { ...at(closed.port), connectionTimeoutMillis: 300 }).query('SELECT 1'), { after: 300, error: /Connection terminated due to connection timeout/ }),
          hangs(() => unlimited.query('SELECT 1'), 3000),
          hangs(() => zero.connect(), 3000),
          hangs(() => pooled(pg.Pool, at(silent.port)).query('SELECT 1'), 3000),
          hangs(() => pooled(pg.Pool, { ...at(closed.port), connectionTimeoutMillis: 0 }).connect(), 3000),
        ]);
      },
    },
    {
      name: 'client-connection-timeout',
      says: '`connectionTimeoutMillis: 300` of a client ends connecting to a server that says nothing, and no query after it; without it and with 0 connecting is pending after 3 s',
      proves: ['pg/timeout/2'],
      needs: ['postgres'],
      async run({ load, tcp, services, fails, hangs }) {
        const { default: pg } = await load('pg');
        const silent = await tcp();
        const connect = (options) => () => new pg.Client({ ...at(silent.port), ...options }).on('error', () => undefined).connect();
        const client = await connected(pg.Client, { ...at(services.postgres), connectionTimeoutMillis: 300 });
        await Promise.all([
          fails(connect({ connectionTimeoutMillis: 300 }), { after: 300, error: /timeout expired/ }),
          hangs(connect({}), 3000),
          hangs(connect({ connectionTimeoutMillis: 0 }), 3000),
          hangs(() => client.query('SELECT pg_sleep(6)'), 3000),
        ]);
      },
    },
    {
      name: 'query-timeout',
      says: '`query_timeout: 300` of the client and, from 8.13 on, of the query ends a query of 5 s and one to a server that fell silent, the wait behind another query on the same client included; the server goes on with the query, and a pool drops the client; without it and with 0 a query to a silent server is pending after 3 s',
      proves: ['pg/timeout/3'],
      runs: [{ pg: '8.23.1' }, { pg: '8.13.0' }, { pg: '8.5.1' }],
      needs: ['postgres'],
      async run({ load, versions, proxy, services, fails, hangs, sleep }) {
        const { default: pg } = await load('pg');
        const direct = at(services.postgres);
        const limits = { error: /Query read timeout/, after: 300 };
        const [limited, open, behind, watcher] = await Promise.all([connected(pg.Client, { ...direct, query_timeout: 300 }), connected(pg.Client, direct), connected(pg.Client, { ...direct, query_timeout: 300 }), connected(pg.Client, direct)]);
        const pool = pooled(pg.Pool, { ...direct, query_timeout: 300 });
        await pool.query('SELECT 1');
        const far = await proxy(Number(services.postgres));
        const silent = await Promise.all([{ query_timeout: 300 }, {}, { query_timeout: 0 }].map((options) => connected(pg.Client, { ...at(far.port), ...options })));
        await far.fault({ mode: 'hang' });
        behind.query('SELECT pg_sleep(2)').catch(() => undefined);
        const mark = `/* abandoned ${process.pid} */`;
        await Promise.all([
          fails(() => limited.query(`SELECT pg_sleep(5) ${mark}`), limits).then(async () => {
            await sleep(300);
            const { rows } = await watcher.query("SELECT state FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()", [`%${mark}%`]);
            assert.equal(rows.length, 1, 'the server goes on with it');
          }),
          minor(versions) < 13 ? hangs(() => open.query({ text: 'SELECT pg_sleep(5)', query_timeout: 300 }), 3000) : fails(() => open.query({ text: 'SELECT pg_sleep(5)', query_timeout: 300 }), limits),
          fails(() => behind.query('SELECT 1'), limits),
          fails(() => pool.query('SELECT pg_sleep(5)'), limits).then(() => assert.equal(pool.totalCount, 0)),
          fails(() => silent[0].query('SELECT 1'), limits),
          hangs(() => silent[1].query('SELECT 1'), 3000),
          hangs(() => silent[2].query('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'statement-timeout',
      says: '`statement_timeout: 300` makes the server end a query of 5 s with 57014, and the client can be used further; where the server falls silent the query is pending after 3 s, and without the option one of 5 s too',
      proves: ['pg/timeout/4'],
      needs: ['postgres'],
      async run({ load, proxy, services, fails, hangs, gives }) {
        const { default: pg } = await load('pg');
        const far = await proxy(Number(services.postgres));
        const limited = await connected(pg.Client, { ...at(services.postgres), statement_timeout: 300 });
        const open = await connected(pg.Client, at(services.postgres));
        const silent = await connected(pg.Client, { ...at(far.port), statement_timeout: 300 });
        await far.fault({ mode: 'hang' });
        await Promise.all([
          fails(() => limited.query('SELECT pg_sleep(5)'), { after: 300, error: '57014' }).then(() => gives(() => limited.query('SELECT 1'))),
          hangs(() => silent.query('SELECT 1'), 3000),
          hangs(() => open.query('SELECT pg_sleep(5)'), 3000),
        ]);
      },
    },
    {
      name: 'lock-timeout',
      says: '`lock_timeout: 300` makes the server end the wait for a locked table with 55P03, and no query of 2 s; without it, and before 8.8, the wait is pending after 3 s',
      proves: ['pg/timeout/5'],
      runs: [{ pg: '8.23.1' }, { pg: '8.8.0' }, { pg: '8.5.1' }],
      needs: ['postgres'],
      async run({ load, versions, services, fails, hangs, gives }) {
        const { default: pg } = await load('pg');
        const table = `locked_${process.pid}`;
        const holder = await connected(pg.Client, at(services.postgres));
        await holder.query(`CREATE TABLE ${table} (n INT)`);
        await holder.query('BEGIN');
        await holder.query(`LOCK TABLE ${table}`);
        const [limited, slow, open] = await Promise.all([connected(pg.Client, { ...at(services.postgres), lock_timeout: 300 }), connected(pg.Client, { ...at(services.postgres), lock_timeout: 300 }), connected(pg.Client, at(services.postgres))]);
        await Promise.all([
          minor(versions) < 8 ? hangs(() => limited.query(`SELECT * FROM ${table}`), 3000) : fails(() => limited.query(`SELECT * FROM ${table}`), { after: 300, error: '55P03' }),
          gives(() => slow.query('SELECT pg_sleep(2)'), { after: 2000 }),
          hangs(() => open.query(`SELECT * FROM ${table}`), 3000),
        ]);
      },
    },
    {
      name: 'idle-in-transaction',
      says: '`idle_in_transaction_session_timeout: 300` makes the server close a connection on which nothing follows BEGIN, and the next query fails; a query of 2 s within a transaction passes, and without the option the transaction goes on after 2 s',
      proves: ['pg/timeout/6'],
      needs: ['postgres'],
      async run({ load, services, fails, gives, sleep }) {
        const { default: pg } = await load('pg');
        const limits = { ...at(services.postgres), idle_in_transaction_session_timeout: 300 };
        const [idle, busy, open] = await Promise.all([connected(pg.Client, limits), connected(pg.Client, limits), connected(pg.Client, at(services.postgres))]);
        const heard = new Promise((resolve) => idle.once('error', resolve));
        await Promise.all([idle, busy, open].map((client) => client.query('BEGIN')));
        await gives(() => busy.query('SELECT pg_sleep(2)'), { after: 2000 });
        assert.equal((await heard).code, '25P03');
        await fails(() => idle.query('SELECT 1'), { after: 0 });
        await sleep(0);
        await gives(() => open.query('SELECT 1'));
      },
    },
    {
      name: 'idle-client',
      says: 'a pool closes a client 10 s after its last use where nobody says otherwise: it was there after 9 s and gone after 11.5 s; with `idleTimeoutMillis: 300` it was gone after 1 s, with 0 there after 11.5 s',
      proves: ['pg/timeout/7'],
      needs: ['postgres'],
      async run({ load, services, sleep }) {
        const { default: pg } = await load('pg');
        const [usual, short, never] = await Promise.all([{}, { idleTimeoutMillis: 300 }, { idleTimeoutMillis: 0 }].map(async (options) => {
          const pool = pooled(pg.Pool, { ...at(services.postgres), ...options });
          await pool.query('SELECT 1');
          return pool;
        }));
        await sleep(1000);
        assert.deepEqual([usual, short, never].map((pool) => pool.totalCount), [1, 0, 1]);
        await sleep(8000);
        assert.equal(usual.totalCount, 1);
        await sleep(2500);
        assert.deepEqual([usual, never].map((pool) => pool.totalCount), [0, 1]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server, and a server that resets connections is connected to once',
      proves: ['pg/retry'],
      needs: ['postgres'],
      async run({ load, proxy, tcp, services, fails, sleep }) {
        const { default: pg } = await load('pg');
        const direct = await connected(pg.Client, at(services.postgres));
        const sent = await attempts(async (sql) => (await direct.query(sql)).rows);
        const far = await proxy(Number(services.postgres));
        for (const sql of [sent.select, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const pool = pooled(pg.Pool, at(far.port));
          await pool.query('SELECT 1');
          await far.fault({ mode: 'drop-reply' });
          await fails(() => pool.query(sql), { after: 0 });
        }
        const resetting = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
        await fails(() => pooled(pg.Pool, at(resetting.port)).query('SELECT 1'), { after: 0, error: 'ECONNRESET' });
        await sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts(), resetting.connections], [1, 1, 1]);
      },
    },
    {
      name: 'no-row',
      says: '`rows` is an empty array, so `rows[0]` is undefined',
      empty: 'a SELECT of no row',
      needs: ['postgres'],
      async run({ load, services }) {
        const { default: pg } = await load('pg');
        const { rows } = await pooled(pg.Pool, at(services.postgres)).query('SELECT 1 WHERE false');
        assert.deepEqual(rows, []);
        assert.equal(rows[0], undefined);
      },
    },
  ],
});
