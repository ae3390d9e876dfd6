import assert from 'node:assert/strict';
import { cassandraFake } from '../lib/cassandra-fake.mjs';
import { experiments } from '../lib/experiment.mjs';

const clientOf = async ({ load }, fake, options = {}) => {
  const { default: cassandra } = await load('cassandra-driver');
  return new cassandra.Client({
    contactPoints: [fake.host], localDataCenter: 'dc1', isMetadataSyncEnabled: false, protocolOptions: { port: fake.port, maxVersion: 4 },
    // A connection that timed out stays.
    pooling: { heartBeatInterval: 0 }, ...options,
  });
};

/** Two nodes of one cluster. */
async function twoNodes(answer) {
  const one = await cassandraFake({ peers: ['127.0.0.2'], answer });
  const two = await cassandraFake({ host: '127.0.0.2', port: one.port, peers: ['127.0.0.1'], answer });
  return { host: one.host, port: one.port, seen: () => one.queries.length + two.queries.length };
}

export default experiments({
  record: 'cassandra-driver',
  runs: [{ 'cassandra-driver': '4.10.0' }, { 'cassandra-driver': '4.0.0' }],
  experiments: [
    {
      name: 'read-timeout',
      says: '`readTimeout: 300` ends a query that a node does not answer by OperationTimedOutError, in the call and in `socketOptions`; without it that takes 12 s, with 0 the query is pending after 13.5 s; a query that is idempotent is given up after 300 ms for each of two nodes',
      proves: ['cassandra-driver/timeout/1'],
      async run(lab) {
        const fake = await cassandraFake({ answer: () => 'silent' });
        const nodes = await twoNodes(() => 'silent');
        const [plain, short, never, cluster] = await Promise.all([
          clientOf(lab, fake),
          clientOf(lab, fake, { socketOptions: { readTimeout: 300 } }),
          clientOf(lab, fake, { socketOptions: { readTimeout: 0 } }),
          clientOf(lab, nodes),
        ]);
        await Promise.all([plain, short, never, cluster].map((client) => client.connect()));
        await Promise.all([
          lab.fails(() => plain.execute('SELECT 1', [], { readTimeout: 300 }), { after: 300, error: 'OperationTimedOutError' }),
          lab.fails(() => short.execute('SELECT 1'), { after: 300, error: 'OperationTimedOutError' }),
          lab.fails(() => plain.execute('SELECT 1'), { after: 12_000, error: 'OperationTimedOutError' }),
          lab.hangs(() => never.execute('SELECT 1'), 13_500),
          lab.fails(() => cluster.execute('SELECT 1', [], { readTimeout: 300, isIdempotent: true }), { after: 600, error: 'NoHostAvailableError' }),
        ]);
      },
    },
    {
      name: 'connect-timeout',
      says: '`connectTimeout: 300` ends connecting to a host that takes no connection; without it that takes 5 s',
      proves: ['cassandra-driver/timeout/2'],
      async run(lab) {
        const deaf = await lab.deaf();
        const short = await clientOf(lab, deaf, { socketOptions: { connectTimeout: 300 } });
        const plain = await clientOf(lab, deaf);
        await Promise.all([
          lab.fails(() => short.connect(), { after: 300, error: 'NoHostAvailableError' }),
          lab.fails(() => plain.connect(), { after: 5000, error: 'NoHostAvailableError' }),
        ]);
      },
    },
    {
      name: 'retry',
      says: 'of two nodes that break a query off, or time out, one is asked, and both where it is said that the query is idempotent; after "unavailable" both are asked always, an INSERT too',
      proves: ['cassandra-driver/retry'],
      async run(lab) {
        for (const [how, isIdempotent, asked, error] of [
          ['reset', false, 1],
          ['reset', true, 2],
          ['silent', false, 1, 'OperationTimedOutError'],
          ['silent', true, 2, 'NoHostAvailableError'],
          ['unavailable', false, 2, 'ResponseError'],
        ]) {
          const nodes = await twoNodes(() => how);
          const client = await clientOf(lab, nodes);
          await client.connect();
          await lab.fails(() => client.execute("INSERT INTO t (id) VALUES ('1')", [], { readTimeout: 300, ...(isIdempotent && { isIdempotent }) }), { after: 0, error });
          assert.equal(nodes.seen(), asked, `${how}, idempotent: ${isIdempotent}`);
        }
      },
    },
    {
      name: 'no-row',
      says: '`rows[0]` is undefined and `first()` null',
      empty: 'execute of a SELECT without a row',
      async run(lab) {
        const client = await clientOf(lab, await cassandraFake());
        const result = await lab.gives(() => client.execute('SELECT id FROM t'));
        assert.deepEqual([result.rows[0], result.first()], [undefined, null]);
      },
    },
  ],
});
