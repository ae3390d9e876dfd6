import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { grpcFake } from '../lib/grpc-fake.mjs';

const SERVICE = '/google.firestore.v1.Firestore';
/** `{ transaction: 't' }` of the protocol. */
const BEGUN = Buffer.from([0x0a, 1, 0x74]);

async function database({ load, require }, methods) {
  const fake = await grpcFake(require('@grpc/grpc-js'), Object.fromEntries(Object.entries(methods).map(([name, how]) => [`${SERVICE}/${name}`, how])));
  const { Firestore } = (await load('@google-cloud/firestore')).default;
  return { fake, db: new Firestore({ projectId: 'shop', host: fake.host, ssl: false, customHeaders: { Authorization: 'Bearer owner' } }) };
}

export default experiments({
  record: 'firestore',
  runs: [{ '@google-cloud/firestore': '9.4.1' }, { '@google-cloud/firestore': '7.11.6' }],
  experiments: [
    {
      name: 'no-option',
      says: '`get`, `set` and `add` against a server that answers nothing are pending after 5 s, and a `timeout` of the settings changes nothing',
      proves: ['firestore/timeout/1'],
      async run(lab) {
        const { db } = await database(lab, { BatchGetDocuments: ['silent'], Commit: 'silent' });
        db.settings({ timeout: 300 });
        await Promise.all([lab.hangs(() => db.doc('a/b').get(), 5000), lab.hangs(() => db.doc('a/b').set({ n: 1 }), 5000), lab.hangs(() => db.collection('a').add({ n: 1 }), 5000)]);
      },
    },
    {
      name: 'default',
      says: '`set` is given up after 60 s, as the configuration of the service says; `get` is pending after 65 s',
      proves: ['firestore/timeout/1'],
      ms: 70_000,
      async run(lab) {
        const { db } = await database(lab, { BatchGetDocuments: ['silent'], Commit: 'silent' });
        await Promise.all([lab.hangs(() => db.doc('a/b').get(), 65_000), lab.fails(() => db.doc('a/b').set({ n: 1 }), { after: 59_500, late: 5000 })]);
      },
    },
    {
      name: 'read',
      says: 'an attempt of `get`, of a document and of a query, is given up after 300 s and made again, so that both are pending after 310 s',
      proves: ['firestore/timeout/1'],
      ms: 330_000,
      async run(lab) {
        const { fake, db } = await database(lab, { BatchGetDocuments: ['silent'], RunQuery: ['silent'] });
        await Promise.all([lab.hangs(() => db.doc('a/b').get(), 310_000), lab.hangs(() => db.collection('a').get(), 310_000)]);
        for (const method of ['BatchGetDocuments', 'RunQuery']) {
          const [first, second] = fake.calls.filter(({ path }) => path.endsWith(method));
          assert.equal(fake.count(method), 2);
          assert.ok(second.at - first.at >= 299_000, String(second.at - first.at));
        }
      },
    },
    {
      name: 'transaction',
      says: 'the function of `runTransaction` is called 5 times where each commit is aborted, and twice with `maxAttempts: 2`',
      proves: ['firestore/retry'],
      ms: 45_000,
      async run(lab) {
        const called = async (options) => {
          const { db } = await database(lab, { BeginTransaction: BEGUN, Commit: 'aborted', Rollback: Buffer.alloc(0), BatchGetDocuments: ['silent'] });
          let times = 0;
          await lab.fails(
            () =>
              db.runTransaction(async (transaction) => {
                times += 1;
                transaction.set(db.doc('a/b'), { n: 1 });
              }, options),
            { after: 0, late: 40_000 },
          );
          return times;
        };
        assert.deepEqual(await Promise.all([called(), called({ maxAttempts: 2 })]), [5, 2]);
      },
    },
  ],
});
