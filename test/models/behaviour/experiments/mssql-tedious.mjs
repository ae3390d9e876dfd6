import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { tdsFake } from '../lib/tds-fake.mjs';

const config = (port, { options = {}, ...more } = {}) => ({ server: '127.0.0.1', port, user: 'shop', password: 'secret', database: 'shop', options: { encrypt: false, ...options }, ...more });

async function poolOf({ load }, fake, more) {
  const { default: sql } = await load('mssql');
  const pool = new sql.ConnectionPool(config(fake.port, more));
  pool.on('error', () => undefined);
  return pool;
}

const TIMEOUT = 'ETIMEOUT';

export default experiments({
  record: 'mssql-tedious',
  runs: [{ mssql: '12.7.14' }, { mssql: '9.3.3' }],
  experiments: [
    {
      name: 'request-timeout',
      says: '`requestTimeout: 300` cancels a query after 300 ms where the server still answers the cancelling, and ends it after 5.3 s where it answers nothing; without it that takes 15 s, with 0 it is pending after 16.5 s; it holds for `begin` and `bulk` too, but the one of a single request (from 12 on) does not',
      proves: ['mssql-tedious/timeout/1'],
      ms: 25_000,
      async run(lab) {
        const busy = await tdsFake('busy');
        const silent = await tdsFake('silent');
        const { default: sql } = await lab.load('mssql');
        const [plain, short, middle, never, gone] = await Promise.all([
          poolOf(lab, busy),
          poolOf(lab, busy, { requestTimeout: 300 }),
          poolOf(lab, busy, { requestTimeout: 1500 }),
          poolOf(lab, busy, { requestTimeout: 0 }),
          poolOf(lab, silent, { requestTimeout: 300 }),
        ]);
        await Promise.all([plain, short, middle, never, gone].map((pool) => pool.connect()));
        const table = () => {
          const rows = new sql.Table('t');
          rows.columns.add('id', sql.Int, { nullable: true });
          rows.rows.add(1);
          return rows;
        };
        const ofRequest = lab.major('mssql') >= 12;
        await Promise.all([
          lab.fails(() => short.request().query('SELECT 2'), { after: 300, error: TIMEOUT }),
          lab.fails(() => short.transaction().begin(), { after: 300, error: TIMEOUT }),
          lab.fails(() => short.request().bulk(table()), { after: 300, error: TIMEOUT }),
          lab.fails(() => middle.request({ requestTimeout: 300 }).query('SELECT 2'), { after: ofRequest ? 300 : 1500, late: ofRequest ? 1000 : 1500, error: TIMEOUT }),
          lab.fails(() => middle.request({ requestTimeout: 300 }).bulk(table()), { after: 1500, error: TIMEOUT }),
          lab.fails(() => middle.transaction({ requestTimeout: 300 }).begin(), { after: 1500, error: TIMEOUT }),
          lab.fails(() => gone.request().query('SELECT 2'), { after: 5300, error: TIMEOUT }),
          lab.fails(() => plain.request().query('SELECT 2'), { after: 15_000, error: TIMEOUT }),
          lab.hangs(() => never.request().query('SELECT 2'), 16_500),
        ]);
        assert.ok(busy.seen.includes('cancel'));
      },
    },
    {
      name: 'connection-timeout',
      says: '`connectionTimeout: 300`, of tedious `connectTimeout`, ends connecting to a host that takes no connection, and to one that takes it and does not shake hands; without it that takes 15 s',
      proves: ['mssql-tedious/timeout/2'],
      async run(lab) {
        const deaf = await lab.deaf();
        const mute = await tdsFake('mute');
        const { default: tedious } = await lab.load('tedious');
        const direct = () =>
          new Promise((resolve, reject) => {
            const connection = new tedious.Connection({ server: '127.0.0.1', authentication: { type: 'default', options: { userName: 'shop', password: 'secret' } }, options: { port: mute.port, encrypt: false, connectTimeout: 300 } });
            connection.connect((error) => (error ? reject(error) : resolve()));
          });
        const [held, short, plain] = await Promise.all([poolOf(lab, deaf, { connectionTimeout: 300 }), poolOf(lab, mute, { connectionTimeout: 300 }), poolOf(lab, mute)]);
        await Promise.all([
          lab.fails(() => held.connect(), { after: 300, error: TIMEOUT }),
          lab.fails(() => short.connect(), { after: 300, error: TIMEOUT }),
          lab.fails(direct, { after: 300, error: TIMEOUT }),
          lab.fails(() => plain.connect(), { after: 15_000, error: TIMEOUT }),
        ]);
      },
    },
    {
      name: 'cancel-timeout',
      says: '`cancelTimeout: 300` ends the wait for a server that does not answer the cancelling, after the 300 ms of `requestTimeout`; without it that wait takes 5 s',
      proves: ['mssql-tedious/timeout/3'],
      async run(lab) {
        const silent = await tdsFake('silent');
        const [short, plain] = await Promise.all([poolOf(lab, silent, { requestTimeout: 300, options: { cancelTimeout: 300 } }), poolOf(lab, silent, { requestTimeout: 300 })]);
        await Promise.all([short.connect(), plain.connect()]);
        await Promise.all([
          lab.fails(() => short.request().query('SELECT 2'), { after: 600, error: TIMEOUT }),
          lab.fails(() => plain.request().query('SELECT 2'), { after: 5300, error: TIMEOUT }),
        ]);
      },
    },
    {
      name: 'acquire-timeout',
      says: '`acquireTimeoutMillis: 300` ends the wait for a connection of a pool of one that is in use; without it that takes 30 s',
      proves: ['mssql-tedious/timeout/4'],
      ms: 40_000,
      async run(lab) {
        const busy = await tdsFake('busy');
        const [short, plain] = await Promise.all([
          poolOf(lab, busy, { requestTimeout: 0, pool: { max: 1, acquireTimeoutMillis: 300 } }),
          poolOf(lab, busy, { requestTimeout: 0, pool: { max: 1 } }),
        ]);
        await Promise.all([short.connect(), plain.connect()]);
        for (const pool of [short, plain]) pool.request().query('SELECT 2').catch(() => undefined);
        await lab.sleep(300);
        await Promise.all([
          lab.fails(() => short.request().query('SELECT 3'), { after: 300, error: /operation timed out/ }),
          lab.fails(() => plain.request().query('SELECT 3'), { after: 30_000, late: 3000, error: /operation timed out/ }),
        ]);
        assert.equal(busy.seen.length, 2);
      },
    },
    {
      name: 'one-attempt',
      says: 'a query and an INSERT whose connection breaks, and a query that timed out, are each sent once',
      proves: ['mssql-tedious/retry'],
      async run(lab) {
        for (const [how, statement] of [['reset', 'SELECT 2'], ['reset', 'INSERT INTO t VALUES (1)'], ['busy', 'SELECT 2']]) {
          const fake = await tdsFake(how);
          const pool = await poolOf(lab, fake, { requestTimeout: 300 });
          await pool.connect();
          await lab.fails(() => pool.request().query(statement), { after: 0, error: 'RequestError' });
          await lab.sleep(700);
          assert.equal(fake.seen.filter((each) => each === 'statement').length, 1, statement);
        }
      },
    },
    {
      name: 'no-row',
      says: '`recordset` is an empty list, so `recordset[0]` is undefined',
      empty: 'query of a SELECT without a row',
      async run(lab) {
        const pool = await poolOf(lab, await tdsFake('none'));
        await pool.connect();
        const result = await lab.gives(() => pool.request().query('SELECT id FROM t'));
        assert.deepEqual([...result.recordset], []);
        assert.equal(result.recordset[0], undefined);
      },
    },
  ],
});
