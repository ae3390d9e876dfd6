import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port, options) => ({ host: '127.0.0.1', port: Number(port), user: 'root', database: 'shop', ...options });

const promises = async (load) => (await load('mysql2/promise')).default;

export default experiments({
  record: 'mysql2',
  runs: [{ mysql2: '3.24.6' }, { mysql2: '2.3.3' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: '`connectTimeout: 300` ends connecting with ETIMEDOUT where the server says nothing or takes no connection, for a connection and for a pool, and no query of 2 s; without it both end after 10 s, with 0 they are pending then',
      proves: ['mysql2/timeout/1'],
      needs: ['mysql'],
      async run({ load, tcp, deaf, services, fails, hangs, gives }) {
        const mysql = await promises(load);
        const silent = await tcp();
        const closed = await deaf();
        const limits = { after: 300, error: 'ETIMEDOUT' };
        const byDefault = { after: 10_000, late: 2500, error: 'ETIMEDOUT' };
        await Promise.all([
          fails(() => mysql.createConnection(at(silent.port, { connectTimeout: 300 })), limits),
          fails(() => mysql.createConnection(at(closed.port, { connectTimeout: 300 })), limits),
          fails(() => mysql.createPool(at(silent.port, { connectTimeout: 300 })).query('SELECT 1'), limits),
          gives(() => mysql.createPool(at(services.mysql, { connectTimeout: 300 })).query('SELECT SLEEP(2)'), { after: 2000 }),
          fails(() => mysql.createConnection(at(silent.port)), byDefault),
          fails(() => mysql.createPool(at(closed.port)).query('SELECT 1'), byDefault),
          hangs(() => mysql.createConnection(at(silent.port, { connectTimeout: 0 })), 12_500),
        ]);
      },
    },
    {
      name: 'handshake',
      says: 'a server that greets and then says nothing ends connecting after `connectTimeout: 300` in 3.x; in 2.x its first byte ends the limit, and connecting is pending after 3 s',
      proves: ['mysql2/timeout/1'],
      needs: ['mysql'],
      async run({ load, major, tcp, services, fails, hangs }) {
        const mysql = await promises(load);
        const { connect } = await import('node:net');
        // The greeting of the real server, and nothing after it.
        const greets = await tcp((socket) => {
          const real = connect(Number(services.mysql), '127.0.0.1');
          real.on('error', () => undefined).once('data', (greeting) => socket.write(greeting));
          socket.on('close', () => real.destroy());
        });
        const connecting = () => mysql.createConnection(at(greets.port, { connectTimeout: 300 }));
        await (major('mysql2') >= 3 ? fails(connecting, { after: 300, error: 'ETIMEDOUT' }) : hangs(connecting, 3000));
      },
    },
    {
      name: 'query-timeout',
      says: '`query({ sql, timeout: 300 })` and `execute` end a query of 5 s and one to a server that fell silent, and `timeout` of 1.5 s an answer that drips for longer; the connection stays, and the pool has it back only with the answer; the wait behind another query on the connection is not in it, and without it, or with `timeout` or `queryTimeout` of the pool alone, a query is pending after 3 s',
      proves: ['mysql2/timeout/2'],
      needs: ['mysql'],
      async run({ load, proxy, services, fails, hangs, gives }) {
        const mysql = await promises(load);
        const limits = { after: 300, error: 'PROTOCOL_SEQUENCE_TIMEOUT' };
        const [far, slow] = await Promise.all([proxy(Number(services.mysql)), proxy(Number(services.mysql))]);
        const pool = mysql.createPool(at(services.mysql));
        const one = mysql.createPool(at(services.mysql, { connectionLimit: 1 }));
        const silent = await Promise.all([{}, {}, { timeout: 300, queryTimeout: 300 }].map((options) => mysql.createConnection(at(far.port, options))));
        const dripping = await mysql.createConnection(at(slow.port));
        const behind = await mysql.createConnection(at(services.mysql));
        await far.fault({ mode: 'hang' });
        await slow.fault({ mode: 'drip', ms: 20 });
        behind.query('SELECT SLEEP(2)').catch(() => undefined);
        const rows = Array.from({ length: 60 }, (_, n) => `SELECT ${n} AS n`).join(' UNION ');
        await Promise.all([
          fails(() => pool.query({ sql: 'SELECT SLEEP(5)', timeout: 300 }), limits),
          fails(() => pool.execute({ sql: 'SELECT SLEEP(5)', timeout: 300 }), limits),
          fails(() => silent[0].query({ sql: 'SELECT 1', timeout: 300 }), limits),
          fails(() => dripping.query({ sql: rows, timeout: 1500 }), { ...limits, after: 1500 }),
          fails(() => one.query({ sql: 'SELECT SLEEP(3)', timeout: 300 }), limits).then(() => gives(() => one.query('SELECT 1'), { after: 2300 })),
          gives(() => behind.query({ sql: 'SELECT 1', timeout: 300 }), { after: 1900 }),
          hangs(() => silent[1].query('SELECT 1'), 3000),
          hangs(() => silent[2].query('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'no-limit-of-the-wait',
      says: 'with the only connection in use, `getConnection` and `query` are pending after 3 s, also with `acquireTimeout: 300`, `connectTimeout: 300` and a `timeout` of the query; with `queueLimit: 1` the second that waits is refused, and with `waitForConnections: false` the first',
      proves: ['mysql2/timeout/3'],
      needs: ['mysql'],
      async run({ load, services, fails, hangs }) {
        const mysql = await promises(load);
        const busy = async (options) => {
          const pool = mysql.createPool(at(services.mysql, { connectionLimit: 1, ...options }));
          await pool.getConnection();
          return pool;
        };
        const [open, limited, short, none] = await Promise.all([busy({}), busy({ acquireTimeout: 300, connectTimeout: 300 }), busy({ queueLimit: 1 }), busy({ waitForConnections: false })]);
        await Promise.all([
          hangs(() => open.getConnection(), 3000),
          hangs(() => limited.query('SELECT 1'), 3000),
          hangs(() => limited.query({ sql: 'SELECT 1', timeout: 300 }), 3000),
          hangs(() => short.query('SELECT 1'), 3000),
          fails(() => short.query('SELECT 1'), { after: 0, error: /Queue limit reached/ }),
          fails(() => none.query('SELECT 1'), { after: 0, error: /No connections available/ }),
        ]);
      },
    },
    {
      name: 'idle-connection',
      says: '`idleTimeout: 500` of a pool closes a connection after its last use where `maxIdle` is below `connectionLimit`, and keeps it where nothing is said of `maxIdle`; without `idleTimeout` it was there after 4 s',
      proves: ['mysql2/timeout/4'],
      runs: [{ mysql2: '3.24.6' }],
      needs: ['mysql'],
      async run({ load, proxy, services, sleep }) {
        const mysql = await promises(load);
        const kinds = [{ idleTimeout: 500, maxIdle: 1, connectionLimit: 2 }, { idleTimeout: 500 }, { maxIdle: 1, connectionLimit: 2 }];
        const servers = await Promise.all(kinds.map(() => proxy(Number(services.mysql))));
        await Promise.all(kinds.map((options, which) => mysql.createPool(at(servers[which].port, options)).query('SELECT 1')));
        assert.deepEqual(servers.map(({ open }) => open), [1, 1, 1]);
        await sleep(4000);
        assert.deepEqual(servers.map(({ open }) => open), [0, 1, 1]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server, and a server that resets connections is connected to once',
      proves: ['mysql2/retry'],
      needs: ['mysql'],
      async run({ load, proxy, tcp, services, fails, sleep }) {
        const mysql = await promises(load);
        const direct = mysql.createPool(at(services.mysql));
        const sent = await attempts(async (sql) => (await direct.query(sql))[0]);
        const far = await proxy(Number(services.mysql));
        for (const sql of [sent.selectMysql, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const pool = mysql.createPool(at(far.port));
          await pool.query('SELECT 1');
          await far.fault({ mode: 'drop-reply' });
          await fails(() => pool.query(sql), { after: 0 });
        }
        const resetting = await tcp((socket) => socket.resetAndDestroy());
        await fails(() => mysql.createPool(at(resetting.port)).query('SELECT 1'), { after: 0 });
        await sleep(1000);
        assert.deepEqual([await sent.selectsMysql(), await sent.inserts(), resetting.connections], [1, 1, 1]);
      },
    },
    {
      name: 'no-row',
      says: 'the first of two results is an empty array, so `[0][0]` is undefined',
      empty: 'a SELECT of no row',
      needs: ['mysql'],
      async run({ load, services }) {
        const mysql = await promises(load);
        const answer = await mysql.createPool(at(services.mysql)).query('SELECT 1 FROM DUAL WHERE FALSE');
        assert.deepEqual([answer.length, answer[0].length, answer[0][0]], [2, 0, undefined]);
      },
    },
  ],
});
