import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port, options) => ({ host: '127.0.0.1', port: Number(port), user: 'root', database: 'shop', ...options });

/** The library answers by callbacks alone. */
const ask = (thing, method, ...args) => new Promise((resolve, reject) => thing[method](...args, (error, result) => (error ? reject(error) : resolve(result))));

export default experiments({
  record: 'mysql',
  runs: [{ mysql: '2.18.1' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: '`connectTimeout: 300` ends connecting with ETIMEDOUT where the server takes no connection, and without it after 10 s; where a connection is made and the server says nothing, `connect` is pending after 13 s',
      proves: ['mysql/timeout/1'],
      async run({ load, tcp, deaf, fails, hangs }) {
        const { default: mysql } = await load('mysql');
        const silent = await tcp();
        const closed = await deaf();
        const connect = (port, options) => () => ask(mysql.createConnection(at(port, options)), 'connect');
        await Promise.all([
          fails(connect(closed.port, { connectTimeout: 300 }), { after: 300, error: 'ETIMEDOUT' }),
          fails(connect(closed.port), { after: 10_000, late: 2500, error: 'ETIMEDOUT' }),
          hangs(connect(silent.port, { connectTimeout: 300 }), 13_000),
          hangs(connect(silent.port), 13_000),
          hangs(connect(closed.port, { connectTimeout: 0 }), 13_000),
        ]);
      },
    },
    {
      name: 'acquire-timeout',
      says: '`acquireTimeout: 300` of a pool ends connecting to a server that says nothing, and the check of a connection whose server fell silent; without it the first ends after 10 s; with the only connection in use `getConnection` is pending after 3 s all the same',
      proves: ['mysql/timeout/2'],
      needs: ['mysql'],
      async run({ load, tcp, proxy, services, fails, hangs }) {
        const { default: mysql } = await load('mysql');
        const silent = await tcp();
        const far = await proxy(Number(services.mysql));
        const busy = mysql.createPool(at(services.mysql, { acquireTimeout: 300, connectionLimit: 1 }));
        await ask(busy, 'getConnection');
        const checked = mysql.createPool(at(far.port, { acquireTimeout: 300, connectionLimit: 1 }));
        await ask(checked, 'query', 'SELECT 1');
        await far.fault({ mode: 'hang' });
        await Promise.all([
          fails(() => ask(mysql.createPool(at(silent.port, { acquireTimeout: 300 })), 'query', 'SELECT 1'), { after: 300, error: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
          fails(() => ask(mysql.createPool(at(silent.port)), 'query', 'SELECT 1'), { after: 10_000, late: 2500, error: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
          // The check fails, so the pool makes a new connection, whose handshake has the same limit.
          fails(() => ask(checked, 'getConnection'), { after: 600, error: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
          hangs(() => ask(busy, 'getConnection'), 3000),
        ]);
      },
    },
    {
      name: 'query-timeout',
      says: '`query({ sql, timeout: 300 })` ends a query of 5 s and one to a server that fell silent, and destroys the connection; a `timeout` of 1.5 s, which the head of the answer begins anew and its rows do not, ends an answer whose rows drip for 8 s; without it both queries are pending after 3 s',
      proves: ['mysql/timeout/3'],
      needs: ['mysql'],
      async run({ load, proxy, services, fails, hangs, sleep }) {
        const { default: mysql } = await load('mysql');
        const limits = { after: 300, error: 'PROTOCOL_SEQUENCE_TIMEOUT' };
        const [far, slow, watched] = await Promise.all([1, 2, 3].map(() => proxy(Number(services.mysql))));
        const connection = async (port) => {
          const made = mysql.createConnection(at(port));
          await ask(made, 'connect');
          return made.on('error', () => undefined);
        };
        const silent = await Promise.all([connection(far.port), connection(far.port)]);
        const [dripping, open] = await Promise.all([connection(slow.port), connection(services.mysql)]);
        const pool = mysql.createPool(at(watched.port, { timeout: 300 }));
        await ask(pool, 'query', 'SELECT 1');
        await far.fault({ mode: 'hang' });
        await slow.fault({ mode: 'drip', ms: 20 });
        const rows = Array.from({ length: 60 }, (_, n) => `SELECT ${n} AS n`).join(' UNION ');
        await Promise.all([
          fails(() => ask(pool, 'query', { sql: 'SELECT SLEEP(5)', timeout: 300 }), limits).then(async () => {
            await sleep(300);
            assert.equal(watched.open, 0);
          }),
          fails(() => ask(silent[0], 'query', { sql: 'SELECT 1', timeout: 300 }), limits),
          fails(() => ask(dripping, 'query', { sql: rows, timeout: 1500 }), { ...limits, after: 1500, late: 3000 }),
          hangs(() => ask(silent[1], 'query', 'SELECT 1'), 3000),
          hangs(() => ask(open, 'query', 'SELECT SLEEP(5)'), 3000),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server, and a server that resets connections is connected to once',
      proves: ['mysql/retry'],
      needs: ['mysql'],
      async run({ load, proxy, tcp, services, fails, sleep }) {
        const { default: mysql } = await load('mysql');
        const direct = mysql.createPool(at(services.mysql));
        const sent = await attempts((sql) => ask(direct, 'query', sql));
        const far = await proxy(Number(services.mysql));
        for (const sql of [sent.selectMysql, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const connection = mysql.createConnection(at(far.port));
          connection.on('error', () => undefined);
          await ask(connection, 'query', 'SELECT 1');
          await far.fault({ mode: 'drop-reply' });
          await fails(() => ask(connection, 'query', sql), { after: 0 });
        }
        const resetting = await tcp((socket) => socket.resetAndDestroy());
        await fails(() => ask(mysql.createPool(at(resetting.port)), 'query', 'SELECT 1'), { after: 0 });
        await sleep(1000);
        assert.deepEqual([await sent.selectsMysql(), await sent.inserts(), resetting.connections], [1, 1, 1]);
      },
    },
  ],
});
