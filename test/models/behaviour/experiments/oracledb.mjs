import { experiments } from '../lib/experiment.mjs';

const account = (port) => ({ user: 'shop', password: 'secret', connectString: `127.0.0.1:${port}/shop` });

export default experiments({
  record: 'oracledb',
  runs: [{ oracledb: '26.0.0' }, { oracledb: '6.10.0' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: '`connectTimeout: 1` ends connecting after 1 s to a host that takes no connection, and to one that takes it and does not shake hands; without it the first takes 20 s (`transportConnectTimeout`), and the second is pending after 22 s',
      proves: ['oracledb/timeout/2'],
      ms: 30_000,
      async run(lab) {
        const { default: oracledb } = await lab.load('oracledb');
        const deaf = await lab.deaf();
        const mute = await lab.tcp();
        await Promise.all([
          lab.fails(() => oracledb.getConnection({ ...account(deaf.port), connectTimeout: 1 }), { after: 1000, error: 'NJS-510' }),
          lab.fails(() => oracledb.getConnection({ ...account(mute.port), connectTimeout: 1 }), { after: 1000, error: 'NJS-510' }),
          lab.fails(() => oracledb.getConnection(account(deaf.port)), { after: 20_000, error: 'NJS-510' }),
          lab.hangs(() => oracledb.getConnection(account(mute.port)), 22_000),
        ]);
      },
    },
    {
      name: 'queue-timeout',
      says: '`queueTimeout: 300` ends the wait for a connection of a pool of one that is in use; without it that is pending after 4 s',
      proves: ['oracledb/timeout/3'],
      async run(lab) {
        const { default: oracledb } = await lab.load('oracledb');
        const mute = await lab.tcp();
        const poolOf = (more) => oracledb.createPool({ ...account(mute.port), poolMin: 0, poolMax: 1, ...more });
        const [short, plain] = await Promise.all([poolOf({ queueTimeout: 300, poolAlias: 'short' }), poolOf({ poolAlias: 'plain' })]);
        for (const pool of [short, plain]) pool.getConnection().catch(() => undefined);
        await lab.sleep(300);
        await Promise.all([lab.fails(() => short.getConnection(), { after: 300, error: 'NJS-040' }), lab.hangs(() => plain.getConnection(), 4000)]);
      },
    },
    {
      name: 'queue-default',
      says: 'where nobody sets `queueTimeout` the wait for a connection ends after 60 s, and with 0 it is pending after 62 s',
      proves: ['oracledb/timeout/3'],
      ms: 66_000,
      async run(lab) {
        const { default: oracledb } = await lab.load('oracledb');
        const mute = await lab.tcp();
        const poolOf = (more) => oracledb.createPool({ ...account(mute.port), poolMin: 0, poolMax: 1, ...more });
        const [plain, never] = await Promise.all([poolOf({ poolAlias: 'plain' }), poolOf({ queueTimeout: 0, poolAlias: 'never' })]);
        for (const pool of [plain, never]) pool.getConnection().catch(() => undefined);
        await lab.sleep(300);
        await Promise.all([lab.fails(() => plain.getConnection(), { after: 60_000, error: 'NJS-040' }), lab.hangs(() => never.getConnection(), 62_000)]);
      },
    },
  ],
});
