import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (port, options) => ({ host: '127.0.0.1', port: Number(port), user: 'shop', database: 'postgres', onnotice: () => undefined, ...options });

export default experiments({
  record: 'postgres-js',
  runs: [{ postgres: '3.4.9' }, { postgres: '3.0.0' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: '`connect_timeout: 1` (seconds) ends a query with CONNECT_TIMEOUT where the server says nothing or takes no connection, and no query of 3 s; without it both are pending after 5 s',
      proves: ['postgres-js/timeout/1'],
      needs: ['postgres'],
      async run({ load, tcp, deaf, services, fails, hangs, gives }) {
        const { default: postgres } = await load('postgres');
        const silent = await tcp();
        const closed = await deaf();
        const limits = { after: 1000, error: 'CONNECT_TIMEOUT' };
        await Promise.all([
          fails(() => postgres(at(silent.port, { connect_timeout: 1 }))`SELECT 1`, limits),
          fails(() => postgres(at(closed.port, { connect_timeout: 1 }))`SELECT 1`, limits),
          gives(() => postgres(at(services.postgres, { connect_timeout: 1 }))`SELECT pg_sleep(3)`, { after: 3000 }),
          hangs(() => postgres(at(silent.port))`SELECT 1`, 5000),
          hangs(() => postgres(at(closed.port))`SELECT 1`, 5000),
        ]);
      },
    },
    {
      name: 'connect-timeout-default',
      says: 'where nobody says otherwise a query to a server that says nothing ends with CONNECT_TIMEOUT after 30 s; with `connect_timeout: 0` it is pending after 40 s in 3.4, and ends after 30 s in 3.0',
      proves: ['postgres-js/timeout/1'],
      ms: 90_000,
      async run({ load, versions, tcp, fails, hangs }) {
        const { default: postgres } = await load('postgres');
        const silent = await tcp();
        const limits = { after: 30_000, late: 5000, error: 'CONNECT_TIMEOUT' };
        const zero = () => postgres(at(silent.port, { connect_timeout: 0 }))`SELECT 1`;
        await Promise.all([fails(() => postgres(at(silent.port))`SELECT 1`, limits), versions.postgres.startsWith('3.0.') ? fails(zero, limits) : hangs(zero, 40_000)]);
      },
    },
    {
      name: 'idle-timeout',
      says: '`idle_timeout: 1` (seconds) closes a connection 1 s after its last query; without it the connection was there after 4 s',
      proves: ['postgres-js/timeout/2'],
      needs: ['postgres'],
      async run({ load, proxy, services, sleep }) {
        const { default: postgres } = await load('postgres');
        const [short, usual] = await Promise.all([proxy(Number(services.postgres)), proxy(Number(services.postgres))]);
        await Promise.all([postgres(at(short.port, { idle_timeout: 1 }))`SELECT 1`, postgres(at(usual.port))`SELECT 1`]);
        await sleep(500);
        assert.deepEqual([short.open, usual.open], [1, 1]);
        await sleep(3500);
        assert.deepEqual([short.open, usual.open], [0, 1]);
      },
    },
    {
      name: 'max-lifetime',
      says: '`max_lifetime: 2` (seconds) closes a connection 2 s after it was made although it is in use all the time, and the next query makes another; without it one connection was used for 5 s',
      proves: ['postgres-js/timeout/3'],
      runs: [{ postgres: '3.4.9' }],
      needs: ['postgres'],
      async run({ load, proxy, services, sleep }) {
        const { default: postgres } = await load('postgres');
        const [short, usual] = await Promise.all([proxy(Number(services.postgres)), proxy(Number(services.postgres))]);
        const clients = [postgres(at(short.port, { max: 1, max_lifetime: 2 })), postgres(at(usual.port, { max: 1 }))];
        for (let asked = 0; asked < 50; asked += 1) {
          await Promise.all(clients.map((sql) => sql`SELECT 1`));
          if (asked === 10) assert.equal(short.connections, 1);
          await sleep(100);
        }
        assert.ok(short.connections >= 2 && short.connections <= 4, `${short.connections} connections`);
        assert.equal(usual.connections, 1);
      },
    },
    {
      name: 'statement-timeout',
      says: '`connection: { statement_timeout: 300 }` makes the server end a query of 5 s with 57014; where the server falls silent the query is pending after 3 s, and without the option one of 5 s too',
      proves: ['postgres-js/timeout/4'],
      needs: ['postgres'],
      async run({ load, proxy, services, fails, hangs, gives }) {
        const { default: postgres } = await load('postgres');
        const far = await proxy(Number(services.postgres));
        const limited = postgres(at(services.postgres, { connection: { statement_timeout: 300 } }));
        const open = postgres(at(services.postgres));
        const silent = postgres(at(far.port, { max: 1, connection: { statement_timeout: 300 } }));
        await Promise.all([limited`SELECT 1`, open`SELECT 1`, silent`SELECT 1`]);
        await far.fault({ mode: 'hang' });
        await Promise.all([
          fails(() => limited`SELECT pg_sleep(5)`, { after: 300, error: '57014' }).then(() => gives(() => limited`SELECT 1`)),
          hangs(() => silent`SELECT 1`, 3000),
          hangs(() => open`SELECT pg_sleep(5)`, 3000),
        ]);
      },
    },
    {
      name: 'no-limit-of-a-query',
      says: 'with `connect_timeout: 1`, `idle_timeout: 1` and `timeout: 1`, a query to a server that fell silent and one that waits for the only connection are pending after 4 s',
      proves: ['postgres-js/timeout/5'],
      needs: ['postgres'],
      async run({ load, proxy, services, hangs }) {
        const { default: postgres } = await load('postgres');
        const limits = { max: 1, connect_timeout: 1, idle_timeout: 1, timeout: 1 };
        const far = await proxy(Number(services.postgres));
        const silent = postgres(at(far.port, limits));
        const busy = postgres(at(services.postgres, limits));
        await Promise.all([silent`SELECT 1`, busy`SELECT 1`]);
        await far.fault({ mode: 'hang' });
        busy.begin((sql) => sql`SELECT pg_sleep(10)`).catch(() => undefined);
        await Promise.all([hangs(() => silent`SELECT 1`, 4000), hangs(() => busy`SELECT 1`, 4000)]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server, and the calls fail',
      proves: ['postgres-js/retry'],
      needs: ['postgres'],
      async run({ load, proxy, services, fails, sleep }) {
        const { default: postgres } = await load('postgres');
        const direct = postgres(at(services.postgres));
        const sent = await attempts((text) => direct.unsafe(text));
        const far = await proxy(Number(services.postgres));
        for (const text of [sent.select, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const sql = postgres(at(far.port, { max: 1 }));
          await sql`SELECT 1`;
          await far.fault({ mode: 'drop-reply' });
          // Of one packet: a statement that is prepared first would lose that reply, and never be done.
          await fails(() => sql.unsafe(text), { after: 0 });
        }
        await sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
      },
    },
    {
      name: 'no-row',
      says: 'the answer is an empty array, so `[0]` is undefined',
      empty: 'a SELECT of no row',
      needs: ['postgres'],
      async run({ load, services }) {
        const { default: postgres } = await load('postgres');
        const rows = await postgres(at(services.postgres))`SELECT 1 WHERE false`;
        assert.deepEqual([rows.length, rows[0]], [0, undefined]);
      },
    },
  ],
});
