import assert from 'node:assert/strict';
import { boltFake } from '../lib/bolt-fake.mjs';
import { experiments } from '../lib/experiment.mjs';

const driverOf = async ({ load }, url, config = {}) => {
  const { default: neo4j } = await load('neo4j-driver');
  return neo4j.driver(url, neo4j.auth.basic('neo4j', 'secret'), { encrypted: 'ENCRYPTION_OFF', ...config });
};

/** Until 5 the two methods had other names. */
const reading = (lab, session, work, config) => (lab.major('neo4j-driver') >= 5 ? session.executeRead(work, config) : session.readTransaction(work, config));
const writing = (lab, session, work, config) => (lab.major('neo4j-driver') >= 5 ? session.executeWrite(work, config) : session.writeTransaction(work, config));

export default experiments({
  record: 'neo4j-driver',
  runs: [{ 'neo4j-driver': '6.3.0' }, { 'neo4j-driver': '4.4.11' }],
  experiments: [
    {
      name: 'connection-timeout',
      says: '`connectionTimeout: 300` ends connecting to a host that takes no connection; without it that is pending after 3 s; a server that takes the connection and does not shake hands passes it',
      proves: ['neo4j-driver/timeout/1'],
      async run(lab) {
        const deaf = await lab.deaf();
        const mute = await boltFake('mute');
        const short = await driverOf(lab, `bolt://127.0.0.1:${deaf.port}`, { connectionTimeout: 300 });
        const plain = await driverOf(lab, `bolt://127.0.0.1:${deaf.port}`);
        const held = await driverOf(lab, mute.url, { connectionTimeout: 300 });
        await Promise.all([
          lab.fails(() => short.session().run('RETURN 1'), { after: 300, error: 'ServiceUnavailable' }),
          lab.hangs(() => plain.session().run('RETURN 1'), 3000),
          lab.hangs(() => held.session().run('RETURN 1'), 3000),
        ]);
      },
    },
    {
      name: 'acquisition-timeout',
      says: '`connectionAcquisitionTimeout: 300` ends the wait for a connection of a pool of one that is in use; without it that is pending after 3 s; the statement that holds the connection is not ended',
      proves: ['neo4j-driver/timeout/2'],
      async run(lab) {
        const silent = await boltFake('silent');
        const short = await driverOf(lab, silent.url, { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 300, connectionTimeout: 200 });
        const plain = await driverOf(lab, silent.url, { maxConnectionPoolSize: 1 });
        const holds = [short, plain].map((driver) => lab.hangs(() => driver.session().run('RETURN 1'), 3500));
        await lab.sleep(200);
        await Promise.all([
          ...holds,
          lab.fails(() => short.session().run('RETURN 1'), { after: 300, error: /acquisition timed out in 300 ms/ }),
          lab.hangs(() => plain.session().run('RETURN 1'), 3000),
        ]);
      },
    },
    {
      name: 'transaction-timeout',
      says: '`timeout: 300` is sent along and is for the server to keep: one that does ends the statement after 300 ms, one that is silent is waited for after 3 s; without it the one that keeps limits is waited for too',
      proves: ['neo4j-driver/timeout/3'],
      async run(lab) {
        const silent = await boltFake('silent');
        const limits = await boltFake('limits');
        const gone = await driverOf(lab, silent.url);
        const driver = await driverOf(lab, limits.url);
        const timedOut = { after: 300, error: 'Neo.ClientError.Transaction.TransactionTimedOut' };
        await Promise.all([
          lab.hangs(() => gone.session().run('RETURN 1', {}, { timeout: 300 }), 3000),
          lab.hangs(() => driver.session().run('RETURN 1'), 3000),
          lab.fails(() => driver.session().run('RETURN 1', {}, { timeout: 300 }), timedOut),
          lab.fails(() => reading(lab, driver.session(), (tx) => tx.run('RETURN 1'), { timeout: 300 }), timedOut),
          ...(lab.major('neo4j-driver') >= 6 ? [lab.fails(() => driver.executeQuery('RETURN 1', {}, { transactionConfig: { timeout: 300 } }), timedOut)] : []),
        ]);
        assert.equal(silent.runs[0].limit, 300);
      },
    },
    {
      name: 'retry-time',
      says: 'the work of a transaction that fails by a transient error is called 3 times with `maxTransactionRetryTime: 2000`, about 1 s and 2 s apart, and is pending after 8 s, at its 4th call, without it',
      proves: ['neo4j-driver/timeout/4'],
      async run(lab) {
        const one = await boltFake('transient');
        const other = await boltFake('transient');
        const short = await driverOf(lab, one.url, { maxTransactionRetryTime: 2000 });
        const plain = await driverOf(lab, other.url);
        let calls = 0;
        await Promise.all([
          lab.fails(() => writing(lab, short.session(), (tx) => { calls += 1; return tx.run('CREATE (n)'); }), { after: 2400, late: 3000, error: 'Neo.TransientError.General.TransientError' }),
          lab.hangs(() => writing(lab, plain.session(), (tx) => tx.run('CREATE (n)')), 8000),
        ]);
        assert.equal(calls, 3);
        const [first, second] = one.gaps();
        assert.ok(first >= 750 && second >= 1550, `${first} and ${second} ms`);
        assert.ok(other.runs.length >= 3 && other.runs.length <= 4, String(other.runs.length));
      },
    },
    {
      name: 'retry',
      says: 'after a transient error the work of a read or write transaction, and the statement of `executeQuery`, are run again; the statement of `session.run` and of a transaction of one\'s own are not',
      proves: ['neo4j-driver/retry'],
      async run(lab) {
        const config = { maxTransactionRetryTime: 100 };
        const calls = {
          read: (driver) => reading(lab, driver.session(), (tx) => tx.run('RETURN 1')),
          write: (driver) => writing(lab, driver.session(), (tx) => tx.run('CREATE (n)')),
          run: (driver) => driver.session().run('CREATE (n)'),
          own: async (driver) => (await driver.session().beginTransaction()).run('CREATE (n)'),
          ...(lab.major('neo4j-driver') >= 6 && { query: (driver) => driver.executeQuery('CREATE (n)') }),
        };
        const counted = await Promise.all(
          Object.entries(calls).map(async ([name, call]) => {
            const fake = await boltFake('transient');
            const driver = await driverOf(lab, fake.url, config);
            await lab.fails(() => call(driver), { after: 0, late: 4000, error: 'Neo.TransientError.General.TransientError' });
            return [name, fake.runs.length];
          }),
        );
        assert.deepEqual(Object.fromEntries(counted), { read: 2, write: 2, run: 1, own: 1, ...(lab.major('neo4j-driver') >= 6 && { query: 2 }) });
      },
    },
    {
      name: 'no-record',
      says: '`records` is an empty list',
      empty: 'a statement that finds nothing',
      async run(lab) {
        const fake = await boltFake('none');
        const driver = await driverOf(lab, fake.url);
        assert.deepEqual((await lab.gives(() => driver.session().run('MATCH (n) RETURN n'))).records, []);
      },
    },
  ],
});
