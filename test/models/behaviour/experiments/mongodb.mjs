import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { mongoFake, nothing } from '../lib/mongo-fake.mjs';

const RUNS = [{ mongodb: '7.9.0' }, { mongodb: '6.22.0' }, { mongodb: '5.9.2' }];

/** A collection of a client of its own. */
async function things({ load }, url, options = {}) {
  const { MongoClient } = await load('mongodb');
  return new MongoClient(url, options).db('shop').collection('things');
}

export default experiments({
  record: 'mongodb',
  runs: RUNS,
  experiments: [
    {
      name: 'server-selection',
      says: '`serverSelectionTimeoutMS: 500` ends an operation where the port is closed and where the server says nothing, and none that a server took and does not answer; without it the first two end after 30 s',
      proves: ['mongodb/timeout/1'],
      ms: 50_000,
      async run(lab) {
        const silent = await lab.tcp();
        const taken = await mongoFake(lab);
        const gone = await lab.tcp();
        await gone.close();
        const of = (port) => `mongodb://127.0.0.1:${port}/shop`;
        const limits = { error: 'MongoServerSelectionError' };
        const find = async (url, options) => (await things(lab, url, options)).findOne({});
        await Promise.all([
          lab.fails(() => find(of(gone.port), { serverSelectionTimeoutMS: 500 }), { ...limits, after: 500 }),
          lab.fails(() => find(of(silent.port), { serverSelectionTimeoutMS: 500 }), { ...limits, after: 500 }),
          lab.hangs(() => find(taken.url, { serverSelectionTimeoutMS: 500 }), 4000),
          lab.fails(() => find(of(gone.port)), { ...limits, after: 30_000, late: 4000 }),
          lab.fails(() => find(of(silent.port)), { ...limits, after: 30_000, late: 4000 }),
        ]);
      },
    },
    {
      name: 'connect',
      says: '`connectTimeoutMS: 300` ends the making of a connection on which the server says nothing, though it answers heartbeats: an operation without retries fails after 300 ms, one with `retryReads` after 600, in 7.9 after more than 900; without it the operation is pending after 3 s',
      proves: ['mongodb/timeout/2'],
      async run(lab) {
        const fakes = await Promise.all([1, 2, 3].map(() => mongoFake(lab, { greets: (connection) => connection === 1 })));
        const find = async (options) => (await things(lab, fakes.pop().url, options)).findOne({});
        const limits = { after: 300, error: 'MongoNetworkTimeoutError' };
        await Promise.all([
          lab.fails(() => find({ connectTimeoutMS: 300, retryReads: false }), limits),
          // 7.x tries a third time, and waits between.
          lab.fails(() => find({ connectTimeoutMS: 300 }), { ...limits, after: lab.major('mongodb') >= 7 ? 900 : 600, late: 2500 }),
          lab.hangs(() => find({}), 3000),
        ]);
      },
    },
    {
      name: 'socket',
      says: '`socketTimeoutMS: 300` ends an operation that is not answered after 300 ms, and with `retryReads` after 600; an answer that drips for longer passes it; without it and with 0 the operation is pending after 3 s',
      proves: ['mongodb/timeout/3'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const drip = await mongoFake(lab, { answer: (command, { send }) => void send(nothing(command), 20) });
        const find = async (fake, options) => (await things(lab, fake.url, options)).findOne({});
        const limits = { after: 300, error: 'MongoNetworkTimeoutError' };
        await Promise.all([
          lab.fails(() => find(silent, { socketTimeoutMS: 300, retryReads: false }), limits),
          lab.fails(() => find(silent, { socketTimeoutMS: 300 }), { ...limits, after: 600 }),
          lab.gives(() => find(drip, { socketTimeoutMS: 300 }), { after: 1500 }),
          lab.hangs(() => find(silent), 3000),
          lab.hangs(() => find(silent, { socketTimeoutMS: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'wait-queue',
      says: '`waitQueueTimeoutMS: 300` ends the wait for a connection where `maxPoolSize: 1` is in use; without it and with 0 the wait is pending after 3 s',
      proves: ['mongodb/timeout/4'],
      async run(lab) {
        const second = async (options) => {
          const fake = await mongoFake(lab);
          const collection = await things(lab, fake.url, { maxPoolSize: 1, ...options });
          collection.findOne({}).catch(() => undefined);
          while (fake.commands.length === 0) await lab.sleep(10);
          return collection;
        };
        const [limited, open, zero] = await Promise.all([{ waitQueueTimeoutMS: 300 }, {}, { waitQueueTimeoutMS: 0 }].map(second));
        await Promise.all([
          lab.fails(() => limited.findOne({}), { after: 300, error: 'MongoWaitQueueTimeoutError' }),
          lab.hangs(() => open.findOne({}), 3000),
          lab.hangs(() => zero.findOne({}), 3000),
        ]);
      },
    },
    {
      name: 'whole-operation',
      says: '`timeoutMS: 300` of the client and of the call ends an operation that is not answered, retries included, in 6.21.0 and 7.7.0; in 6.22.0, 7.8.0 and 7.9.0 both are taken without a word and the operation is pending after 3 s, and so it is in 5.9.2 for that of a call; what ends it in all of 6.21 to 7.9 is `signal` of the call, that of a write too though its type leaves it out',
      proves: ['mongodb/timeout/5'],
      runs: [{ mongodb: '7.9.0' }, { mongodb: '7.8.0' }, { mongodb: '7.7.0' }, { mongodb: '6.22.0' }, { mongodb: '6.21.0' }, { mongodb: '5.9.2' }],
      async run(lab) {
        const silent = await mongoFake(lab);
        const ofCall = async () => (await things(lab, silent.url)).findOne({}, { timeoutMS: 300 });
        const ofClient = async () => (await things(lab, silent.url, { timeoutMS: 300 })).insertOne({});
        const ends = ['7.7.0', '6.21.0'].includes(lab.versions.mongodb);
        const limits = { after: 300, error: 'MongoOperationTimeoutError' };
        if (ends) await Promise.all([lab.fails(ofCall, limits), lab.fails(ofClient, limits)]);
        else if (lab.major('mongodb') === 5) await lab.hangs(ofCall, 3000);
        else await Promise.all([lab.hangs(ofCall, 3000), lab.hangs(ofClient, 3000)]);
        if (lab.major('mongodb') === 5) return;
        const collection = await things(lab, silent.url);
        const options = () => ({ signal: AbortSignal.timeout(300) });
        await Promise.all([
          lab.fails(() => collection.findOne({}, options()), { after: 300 }),
          lab.fails(() => collection.find({}, options()).toArray(), { after: 300 }),
          lab.fails(() => collection.countDocuments({}, options()), { after: 300 }),
          lab.fails(() => collection.insertOne({}, options()), { after: 300 }),
        ]);
      },
    },
    {
      name: 'server-time',
      says: '`maxTimeMS: 300` and `find().maxTimeMS(300)` go to the server with the command and do no more: the operation is pending after 3 s where the server does not answer; without them, and with nothing said of the client, no limit is sent',
      proves: ['mongodb/timeout/6'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const collection = await things(lab, silent.url);
        await Promise.all([
          lab.hangs(() => collection.findOne({ a: 1 }, { maxTimeMS: 300 }), 3000),
          lab.hangs(() => collection.find({ a: 2 }).maxTimeMS(300).toArray(), 3000),
          lab.hangs(() => collection.findOne({ a: 3 }), 3000),
        ]);
        const sent = silent.commands.sort((a, b) => a.command.filter.a - b.command.filter.a).map(({ command }) => command.maxTimeMS);
        assert.deepEqual(sent, [300, 300, undefined]);
        const expired = await mongoFake(lab, { answer: () => ({ ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'operation exceeded time limit' }) });
        const { error } = await lab.fails(async () => (await things(lab, expired.url)).findOne({}, { maxTimeMS: 300 }), { after: 0, error: 'MongoServerError' });
        assert.equal(error.codeName, 'MaxTimeMSExpired');
        assert.equal(expired.commands.length, 1);
      },
    },
    {
      name: 'idle-connection',
      says: '`maxIdleTimeMS: 200` makes an operation 800 ms after the last one use a connection of its own; without it and with 0 it uses the same',
      proves: ['mongodb/timeout/7'],
      async run(lab) {
        const used = await Promise.all([{ maxIdleTimeMS: 200 }, {}, { maxIdleTimeMS: 0 }].map(async (options) => {
          const fake = await mongoFake(lab, { answer: nothing });
          const collection = await things(lab, fake.url, options);
          await lab.gives(() => collection.findOne({}));
          await lab.sleep(800);
          await lab.gives(() => collection.findOne({}));
          return new Set(fake.commands.map(({ connection }) => connection)).size;
        }));
        assert.deepEqual(used, [2, 1, 1]);
      },
    },
    {
      name: 'write-concern',
      says: '`writeConcern: { w: 2, wtimeoutMS: 300 }` of the client or the call goes to the server as `wtimeout`; its answer that a copy was too late fails the write, which was done; where the server does not answer the write is pending after 3 s',
      proves: ['mongodb/timeout/8'],
      async run(lab) {
        const silent = await mongoFake(lab);
        const late = await mongoFake(lab, { answer: () => ({ ok: 1, n: 1, writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting for replication timed out', errInfo: { wtimeout: true } } }) });
        const writeConcern = { w: 2, wtimeoutMS: 300 };
        await Promise.all([
          lab.hangs(async () => (await things(lab, silent.url, { writeConcern })).insertOne({}), 3000),
          lab.hangs(async () => (await things(lab, silent.url)).insertOne({}, { writeConcern }), 3000),
          lab.fails(async () => (await things(lab, late.url, { writeConcern })).insertOne({}), { after: 0, error: 'MongoWriteConcernError' }),
        ]);
        assert.deepEqual(silent.commands.map(({ command }) => command.writeConcern), [{ w: 2, wtimeout: 300 }, { w: 2, wtimeout: 300 }]);
        assert.equal(late.commands.length, 1);
      },
    },
    {
      name: 'retry',
      says: 'where each connection is reset, `findOne` and `countDocuments` are sent twice at once, `insertOne`, `updateOne`, `deleteOne` and `insertMany` twice under one `txnNumber`, `updateMany` and `deleteMany` once; an answer labelled as retryable or with code 91 is asked for again too, once; with `retryReads: false` and `retryWrites: false` each is sent once',
      proves: ['mongodb/retry'],
      async run(lab) {
        const calls = {
          find: [(c) => c.findOne({}), 2], aggregate: [(c) => c.countDocuments({}), 2],
          insert: [(c) => c.insertOne({}), 2], update: [(c) => c.updateOne({}, { $set: { a: 1 } }), 2], delete: [(c) => c.deleteOne({}), 2],
        };
        const many = { insert: [(c) => c.insertMany([{}, {}]), 2], update: [(c) => c.updateMany({}, { $set: { a: 1 } }), 1], delete: [(c) => c.deleteMany({}), 1] };
        const ways = {
          reset: (_, { socket }) => void socket.resetAndDestroy(),
          code: () => ({ ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'going down', errorLabels: ['RetryableWriteError'] }),
        };
        for (const [way, answer] of Object.entries(ways)) {
          for (const set of [calls, many]) {
            for (const [name, [call, times]] of Object.entries(set)) {
              for (const [options, wanted] of [[{}, times], [{ retryReads: false, retryWrites: false }, 1]]) {
                const fake = await mongoFake(lab, { answer });
                const collection = await things(lab, fake.url, options);
                await lab.fails(() => call(collection), { after: 0, late: 4000 });
                assert.deepEqual(fake.names(), Array(wanted).fill(name), `${name} by ${way}`);
                if (wanted === 2 && name in many) assert.equal(String(fake.commands[0].command.txnNumber), String(fake.commands[1].command.txnNumber));
                if (wanted === 2) assert.ok(fake.commands[1].at - fake.commands[0].at < 1000, 'it waits for nothing');
              }
            }
          }
        }
      },
    },
    {
      name: 'retry-of-overload',
      says: 'in 7.9 an answer labelled `SystemOverloadedError` and `RetryableError` is asked for twice more, with random waits of up to 0.2 and 0.4 s, `updateMany` too, and with `maxAdaptiveRetries: 0` not again; in 6.22 and 5.9 `findOne` and `updateMany` are sent once',
      proves: ['mongodb/retry'],
      async run(lab) {
        const answer = () => ({ ok: 0, code: 462, codeName: 'IngressRequestRateLimitExceeded', errmsg: 'too much', errorLabels: ['SystemOverloadedError', 'RetryableError'] });
        const sent = async (call, options) => {
          const fake = await mongoFake(lab, { answer });
          const collection = await things(lab, fake.url, options);
          await lab.fails(() => call(collection), { after: 0, late: 4000, error: 'MongoServerError' });
          return fake.commands.length;
        };
        const find = (c) => c.findOne({});
        const update = (c) => c.updateMany({}, { $set: { a: 1 } });
        const times = lab.major('mongodb') >= 7 ? 3 : 1;
        assert.deepEqual(await Promise.all([sent(find), sent(update)]), [times, times]);
        if (times > 1) assert.deepEqual(await Promise.all([sent(find, { maxAdaptiveRetries: 0 }), sent(update, { retryReads: false, retryWrites: false })]), [1, 1]);
      },
    },
    {
      name: 'find-one-of-nothing',
      says: 'it gives null',
      empty: 'findOne of no document',
      async run(lab) {
        const fake = await mongoFake(lab, { answer: nothing });
        const collection = await things(lab, fake.url);
        assert.equal(await lab.gives(() => collection.findOne({})), null);
        assert.deepEqual(await lab.gives(() => collection.find({}).toArray()), []);
      },
    },
    {
      name: 'find-and-update-of-nothing',
      says: 'it gives null from 6 on, and before 6 an object whose `value` is null, as with `includeResultMetadata: true` from 6 on',
      empty: 'findOneAndUpdate of no document',
      async run(lab) {
        const fake = await mongoFake(lab, { answer: nothing });
        const collection = await things(lab, fake.url);
        const plain = await lab.gives(() => collection.findOneAndUpdate({}, { $set: { a: 1 } }));
        const whole = await lab.gives(() => collection.findOneAndUpdate({}, { $set: { a: 1 } }, { includeResultMetadata: true }));
        if (lab.major('mongodb') >= 6) assert.equal(plain, null);
        else assert.equal(plain.value, null);
        assert.equal(whole.value, null);
      },
    },
  ],
});
