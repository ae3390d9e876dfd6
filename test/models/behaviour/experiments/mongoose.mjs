import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { mongoFake, nothing } from '../lib/mongo-fake.mjs';

/** A mongoose of its own, so that no experiment changes another's. */
async function own({ load }) {
  const { Mongoose } = (await load('mongoose')).default;
  const mongoose = new Mongoose();
  // It would make collections and indexes by itself.
  mongoose.set('autoCreate', false).set('autoIndex', false);
  return mongoose;
}

async function connected(lab, url, options = {}) {
  const mongoose = await own(lab);
  await mongoose.connect(url, options);
  return mongoose.model('Thing', new mongoose.Schema({ a: Number }));
}

export default experiments({
  record: 'mongoose',
  runs: [{ mongoose: '9.12.1' }, { mongoose: '8.24.10' }],
  experiments: [
    {
      name: 'buffer',
      says: 'a query of a model that has no connection ends after 10 s, after 300 ms with `bufferTimeoutMS: 300` of mongoose or of the schema, at once with `bufferCommands: false`; once connected a query that is not answered is pending after 3 s all the same',
      proves: ['mongoose/timeout/1'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const lone = async (set, schema) => {
          const mongoose = await own(lab);
          for (const [name, value] of Object.entries(set)) mongoose.set(name, value);
          return mongoose.model('Thing', new mongoose.Schema({ a: Number }, schema));
        };
        const [usual, short, ofSchema, none] = await Promise.all([lone({}), lone({ bufferTimeoutMS: 300 }), lone({}, { bufferTimeoutMS: 300 }), lone({ bufferCommands: false })]);
        const there = await connected(lab, silent.url, { bufferTimeoutMS: 300 });
        await Promise.all([
          lab.fails(() => usual.findOne({}), { after: 10_000, late: 2500, error: /buffering timed out after 10000ms/ }),
          lab.fails(() => short.findOne({}), { after: 300, error: /buffering timed out after 300ms/ }),
          lab.fails(() => ofSchema.create({ a: 1 }), { after: 300, error: /buffering timed out after 300ms/ }),
          lab.fails(() => none.findOne({}), { after: 0, error: 'MongooseError' }),
          lab.hangs(() => there.findOne({}), 3000),
        ]);
      },
    },
    {
      name: 'options-of-the-driver',
      says: '`connect(url, { socketTimeoutMS: 300 })` ends a query that is not answered after 600 ms, as the driver tries once more, `waitQueueTimeoutMS: 300` the wait for the only connection, and `serverSelectionTimeoutMS: 500` connecting to a closed port; without them the first two are pending after 3 s',
      proves: ['mongoose/timeout/2'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const gone = await lab.tcp();
        await gone.close();
        const [socket, open] = await Promise.all([connected(lab, silent.url, { socketTimeoutMS: 300 }), connected(lab, silent.url)]);
        const [queue, waiting] = await Promise.all([connected(lab, silent.url, { maxPoolSize: 1, waitQueueTimeoutMS: 300 }), connected(lab, silent.url, { maxPoolSize: 1 })]);
        for (const model of [queue, waiting]) model.findOne({}).exec().catch(() => undefined);
        while (silent.commands.length < 2) await lab.sleep(10);
        const mongoose = await own(lab);
        await Promise.all([
          lab.fails(() => socket.findOne({}), { after: 600, error: 'MongoNetworkTimeoutError' }),
          lab.fails(() => queue.findOne({}), { after: 300, error: 'MongoWaitQueueTimeoutError' }),
          lab.fails(() => mongoose.connect(`mongodb://127.0.0.1:${gone.port}/shop`, { serverSelectionTimeoutMS: 500 }), { after: 500, error: 'MongooseServerSelectionError' }),
          lab.hangs(() => open.findOne({}), 3000),
          lab.hangs(() => waiting.findOne({}), 3000),
        ]);
      },
    },
    {
      name: 'server-time',
      says: '`.maxTimeMS(300)`, `{ maxTimeMS: 300 }` of a find and of `aggregate` go to the server with the command and do no more: the query is pending after 3 s where the server does not answer; without them no limit is sent',
      proves: ['mongoose/timeout/3'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const model = await connected(lab, silent.url);
        await Promise.all([
          lab.hangs(() => model.findOne({ a: 1 }).maxTimeMS(300), 3000),
          lab.hangs(() => model.find({ a: 2 }, null, { maxTimeMS: 300 }), 3000),
          lab.hangs(() => model.aggregate([{ $match: { a: 3 } }]).option({ maxTimeMS: 300 }), 3000),
          lab.hangs(() => model.findOne({ a: 4 }), 3000),
        ]);
        const of = ({ command }) => command.filter?.a ?? command.pipeline[0].$match.a;
        assert.deepEqual(silent.commands.sort((a, b) => of(a) - of(b)).map(({ command }) => command.maxTimeMS), [300, 300, 300, undefined]);
      },
    },
    {
      name: 'retry',
      says: 'where each connection is reset, `findOne` and `countDocuments` are sent twice, `create` and `updateOne` twice under one `txnNumber`, `updateMany` and `deleteMany` once; with `retryReads: false` and `retryWrites: false` each once',
      proves: ['mongoose/retry'],
      async run(lab) {
        const calls = [
          ['find', 2, (m) => m.findOne({})], ['aggregate', 2, (m) => m.countDocuments({})], ['insert', 2, (m) => m.create({ a: 1 })], ['update', 2, (m) => m.updateOne({}, { a: 1 })],
          ['update', 1, (m) => m.updateMany({}, { a: 1 })], ['delete', 1, (m) => m.deleteMany({})],
        ];
        for (const [name, times, call] of calls) {
          for (const [options, wanted] of [[{}, times], [{ retryReads: false, retryWrites: false }, 1]]) {
            const fake = await mongoFake(lab, { answer: (_, { socket }) => void socket.resetAndDestroy() });
            const model = await connected(lab, fake.url, options);
            await lab.fails(() => call(model), { after: 0, late: 4000 });
            assert.deepEqual(fake.names(), Array(wanted).fill(name));
            if (wanted === 2 && fake.commands[0].command.txnNumber !== undefined) assert.equal(String(fake.commands[0].command.txnNumber), String(fake.commands[1].command.txnNumber));
          }
        }
      },
    },
    {
      name: 'nothing-found',
      says: '`findOne`, `findById` and `findOneAndUpdate` give null, `find` an empty array',
      empty: 'findOne of no document',
      async run(lab) {
        const fake = await mongoFake(lab, { answer: nothing });
        const model = await connected(lab, fake.url);
        assert.equal(await lab.gives(() => model.findOne({})), null);
        assert.equal(await lab.gives(() => model.findById('0123456789abcdef01234567')), null);
        assert.equal(await lab.gives(() => model.findOneAndUpdate({}, { a: 1 })), null);
        assert.deepEqual(await lab.gives(() => model.find({})), []);
      },
    },
  ],
});
