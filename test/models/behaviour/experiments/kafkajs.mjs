import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { kafkaBroker } from '../lib/kafka-fake.mjs';

const once = { retry: { retries: 0 } };

function kafkaOf({ require }, port, options = once) {
  const { Kafka, logLevel } = require('kafkajs');
  return new Kafka({ clientId: 'a', brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING, ...options });
}

const MAIL = { topic: 't', messages: [{ value: 'm' }] };

/** The two times with which a member joins, ms. */
function joined(broker) {
  const { body } = broker.named('join')[0];
  const group = body.readInt16BE(0) + 2;
  return [body.readInt32BE(group), body.readInt32BE(group + 4)];
}

async function consume(lab, broker, options, eachMessage = async () => undefined) {
  const consumer = kafkaOf(lab, broker.port).consumer({ groupId: 'g', ...options });
  await consumer.connect();
  await consumer.subscribe({ topics: ['t'], topic: 't', fromBeginning: true });
  await consumer.run({ autoCommit: false, eachMessage });
  return consumer;
}

export default experiments({
  record: 'kafkajs',
  runs: [{ kafkajs: '2.2.4' }, { kafkajs: '1.16.0' }],
  experiments: [
    {
      name: 'connection-timeout',
      says: 'connecting to a broker that takes no connection ends after 1 s, with `connectionTimeout: 300` after 300 ms, and with 5000 it is pending after 4 s',
      proves: ['kafkajs/timeout/1'],
      async run(lab) {
        const { port } = await lab.deaf();
        const connect = (options) => kafkaOf(lab, port, { ...once, ...options }).producer().connect();
        await Promise.all([
          lab.fails(() => connect({}), { after: 1000, error: /Connection timeout/ }),
          lab.fails(() => connect({ connectionTimeout: 300 }), { after: 300, late: 650, error: /Connection timeout/ }),
          lab.hangs(() => connect({ connectionTimeout: 5000 }), 4000),
        ]);
      },
    },
    {
      name: 'request-timeout',
      says: '`requestTimeout: 300` ends a request that the broker does not answer; unset, one ended after 30 s in 2 and was pending after 35 s in 1, where `enforceRequestTimeout` is off, as it is in 2 with it off',
      proves: ['kafkajs/timeout/2'],
      ms: 55_000,
      async run(lab) {
        const broker = await kafkaBroker({ silent: ['metadata'] });
        // What it sends first is a question for the topic.
        const send = async (options) => {
          const producer = kafkaOf(lab, broker.port, { ...once, ...options }).producer();
          await producer.connect();
          await producer.send(MAIL);
        };
        const unset = lab.major('kafkajs') >= 2 ? lab.fails(() => send({}), { after: 30_000, late: 4000, error: /timed out/ }) : lab.hangs(() => send({}), 35_000);
        await Promise.all([
          lab.fails(() => send({ requestTimeout: 300, enforceRequestTimeout: true }), { after: 300, error: /timed out/ }),
          lab.hangs(() => send({ requestTimeout: 300, enforceRequestTimeout: false }), 4000),
          unset,
        ]);
        await broker.close();
      },
    },
    {
      name: 'signing-in',
      says: 'with `authenticationTimeout: 300` and `requestTimeout: 4000` signing in at a broker that does not answer was pending after 3 s and ended after 4 s',
      refutes: { 'kafkajs/timeout/3': 'it bounds how long others wait for a connection that is being made, together with twice `connectionTimeout`; signing in is bounded by `requestTimeout`' },
      async run(lab) {
        const broker = await kafkaBroker({ silent: ['sasl'] });
        const signing = kafkaOf(lab, broker.port, { ...once, authenticationTimeout: 300, connectionTimeout: 500, requestTimeout: 4000, enforceRequestTimeout: true, sasl: { mechanism: 'plain', username: 'a', password: 'b' } });
        await lab.fails(() => signing.producer().connect(), { after: 4000, error: /timed out/ });
        assert.equal(broker.named('sasl').length, 1);
        await broker.close();
      },
    },
    {
      name: 'send-timeout',
      says: 'a `send` tells the broker to wait 30000 ms for acknowledgements, and with `timeout: 300` 300 ms; that ends no call: one that the broker does not answer is pending after 4 s',
      proves: ['kafkajs/timeout/4'],
      async run(lab) {
        const broker = await kafkaBroker({ silent: ['produce'] });
        const producer = kafkaOf(lab, broker.port).producer();
        await producer.connect();
        await Promise.all([lab.hangs(() => producer.send(MAIL), 4000), lab.hangs(() => producer.send({ ...MAIL, timeout: 300 }), 4000)]);
        // acks, timeout
        assert.deepEqual(broker.named('produce').map(({ body }) => body.readInt32BE(2)).sort(), [300, 30_000].sort());
        await broker.close();
      },
    },
    {
      name: 'group-times',
      says: 'a consumer joins its group with a session of 30000 ms and a rebalance of 60000 ms, and with what `sessionTimeout` and `rebalanceTimeout` say; it asks for messages with a wait of 5000 ms, and with that of `maxWaitTimeInMs`',
      proves: ['kafkajs/timeout/5', 'kafkajs/timeout/6', 'kafkajs/timeout/8'],
      async run(lab) {
        const plain = await kafkaBroker();
        const set = await kafkaBroker();
        const consumers = await Promise.all([consume(lab, plain), consume(lab, set, { sessionTimeout: 7000, rebalanceTimeout: 8000, maxWaitTimeInMs: 900 })]);
        await lab.sleep(2000);
        assert.deepEqual(joined(plain), [30_000, 60_000]);
        assert.deepEqual(joined(set), [7000, 8000]);
        // replica, longest wait
        assert.equal(plain.named('fetch')[0].body.readInt32BE(4), 5000);
        assert.equal(set.named('fetch')[0].body.readInt32BE(4), 900);
        await Promise.all(consumers.map((consumer) => consumer.disconnect()));
        await Promise.all([plain.close(), set.close()]);
      },
    },
    {
      name: 'heartbeats',
      says: 'with nothing to read, heartbeats came at least 3 s apart, and with `heartbeatInterval: 500` at least 500 ms; while a handler took 5 s none came, and the next one when it was done',
      proves: ['kafkajs/timeout/7'],
      ms: 30_000,
      async run(lab) {
        const idle = await kafkaBroker();
        const often = await kafkaBroker();
        const busy = await kafkaBroker({ messages: 1 });
        const gapsOf = (broker) => broker.named('heartbeat').slice(1).map(({ at }, index) => Math.round(at - broker.named('heartbeat')[index].at));
        const handled = [];
        const consumers = await Promise.all([
          consume(lab, idle),
          consume(lab, often, { heartbeatInterval: 500 }),
          consume(lab, busy, { heartbeatInterval: 500 }, async () => {
            handled.push(performance.now());
            await lab.sleep(5000);
            handled.push(performance.now());
          }),
        ]);
        await lab.sleep(11_000);
        const [slow, quick] = [gapsOf(idle), gapsOf(often)];
        assert.ok(slow.length >= 1 && slow.every((gap) => gap >= 2900 && gap <= 5000), `${slow} ms apart`);
        assert.ok(quick.length >= 5 && quick.every((gap) => gap >= 450 && gap <= 2500), `${quick} ms apart`);
        assert.equal(handled.length, 2);
        const during = busy.named('heartbeat').filter(({ at }) => at > handled[0] + 50 && at < handled[1] - 50);
        assert.equal(during.length, 0);
        assert.ok(busy.named('heartbeat').some(({ at }) => at >= handled[1] - 50 && at < handled[1] + 2000));
        await Promise.all(consumers.map((consumer) => consumer.disconnect()));
        await Promise.all([idle, often, busy].map((broker) => broker.close()));
      },
    },
    {
      name: 'attempts',
      says: 'a message that the broker refuses for the time being was sent 6 times, the waits 240 ms to 360 ms and then doubling, each by a random part more or less; with `retry.retries: 0` once',
      proves: ['kafkajs/retry'],
      ms: 45_000,
      async run(lab) {
        // REQUEST_TIMED_OUT: the broker may have kept it.
        const [refusing, other, single] = await Promise.all([1, 2, 3].map(() => kafkaBroker({ produce: 7 })));
        const producers = [kafkaOf(lab, refusing.port, {}), kafkaOf(lab, other.port, {}), kafkaOf(lab, single.port)].map((kafka) => kafka.producer());
        await Promise.all(producers.map((producer) => producer.connect()));
        const sends = producers.map((producer, index) => lab.fails(() => producer.send(MAIL), { after: index === 2 ? 0 : 4000, late: 25_000 }));
        await Promise.all(sends);
        assert.equal(refusing.named('produce').length, 6);
        assert.equal(single.named('produce').length, 1);
        const gaps = [refusing, other].map((broker) => broker.named('produce').slice(1).map(({ at }, index) => Math.round(at - broker.named('produce')[index].at)));
        for (const each of gaps) {
          assert.ok(each[0] >= 230 && each[0] <= 1500, `${each} ms apart`);
          each.slice(1).forEach((gap, index) => assert.ok(gap >= each[index] * 0.8 * 1.4, `${each} ms apart`));
        }
        assert.notDeepEqual(gaps[0], gaps[1]);
        await Promise.all([refusing, other, single].map((broker) => broker.close()));
      },
    },
  ],
});
