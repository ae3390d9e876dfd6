import assert from 'node:assert/strict';
import { amqpServer } from '../lib/amqp-fake.mjs';
import { experiments } from '../lib/experiment.mjs';

const at = (server, query = '') => `amqp://a:b@127.0.0.1:${server.port}${query}`;

export default experiments({
  record: 'amqplib',
  runs: [{ amqplib: '2.3.1' }, { amqplib: '0.10.9' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: '`timeout: 300` ends `connect` to a server that says nothing, and to one that takes no connection; without it both are pending after 4 s; once open, a connection that is silent for 3 s stays open with it',
      proves: ['amqplib/timeout/1'],
      async run({ require, tcp, deaf, fails, hangs, gives, sleep }) {
        const { connect } = require('amqplib');
        const silent = await tcp();
        const deafOne = await deaf();
        const opens = await amqpServer();
        const [open] = await Promise.all([
          gives(() => connect(at(opens), { timeout: 300 })),
          fails(() => connect(at(silent), { timeout: 300 }), { after: 300, error: /connect ETIMEDOUT/ }),
          fails(() => connect(at(deafOne), { timeout: 300 }), { after: 300, error: /connect ETIMEDOUT/ }),
          hangs(() => connect(at(silent)), 4000),
          hangs(() => connect(at(deafOne)), 4000),
        ]);
        const heard = [];
        for (const event of ['close', 'error']) open.on(event, () => heard.push(event));
        await sleep(3000);
        assert.deepEqual(heard, []);
        await opens.close();
      },
    },
    {
      name: 'heartbeat',
      says: 'the heartbeat is what the server suggests, 60 s of 60; `?heartbeat=1` on a server that falls silent ends the connection, and what waits on it, within 4 s, and where the server suggests none and none is asked for, both are there after 5 s; 0 switches the 60 s of the server off in 2, and left them in 0.10',
      proves: ['amqplib/timeout/2'],
      async run(lab) {
        const { require, gives, hangs, fails } = lab;
        const { connect } = require('amqplib');
        const none = await amqpServer();
        const suggests = await amqpServer({ heartbeat: 60 });
        const suggestsToo = await amqpServer({ heartbeat: 60 });
        await gives(() => connect(at(suggests)));
        await gives(() => connect(at(suggestsToo, '?heartbeat=0')));
        assert.deepEqual(suggests.tuned, [60]);
        assert.deepEqual(suggestsToo.tuned, [lab.major('amqplib') >= 2 ? 0 : 60]);
        const watched = await gives(() => connect(at(none, '?heartbeat=1')));
        const left = await gives(() => connect(at(none)));
        const errors = [];
        watched.on('error', (error) => errors.push(error.message));
        const ask = async (connection) => (await connection.createChannel()).checkQueue('a');
        await Promise.all([fails(() => ask(watched), { after: 900, late: 3100 }), hangs(() => ask(left), 5000)]);
        assert.match(errors.join(), /Heartbeat timeout/);
        assert.ok(none.heartbeats() > 0, 'it sent heartbeats');
        await Promise.all([none.close(), suggests.close(), suggestsToo.close()]);
      },
    },
    {
      name: 'calls',
      says: 'on a server that sends heartbeats and answers no call, `assertQueue`, `get` and `consume` are pending after 5 s with `timeout: 300` and a heartbeat of 1 s',
      proves: ['amqplib/timeout/3'],
      async run({ require, gives, hangs }) {
        const { connect } = require('amqplib');
        const server = await amqpServer({ beats: true });
        const connection = await gives(() => connect(at(server, '?heartbeat=1'), { timeout: 300 }));
        const channels = await Promise.all([1, 2, 3].map(() => gives(() => connection.createChannel())));
        await Promise.all([
          hangs(() => channels[0].assertQueue('a'), 5000),
          hangs(() => channels[1].get('a'), 5000),
          hangs(() => channels[2].consume('a', () => undefined), 5000),
        ]);
        for (const name of ['50.10', '60.70', '60.20']) assert.ok(server.asked.includes(name), `${name} was asked`);
        await server.close();
      },
    },
    {
      name: 'one-connection',
      says: 'a connection that breaks off closes with all that waits on it, and no second one is made within 4 s',
      proves: ['amqplib/retry'],
      async run({ require, gives, fails, sleep }) {
        const { connect } = require('amqplib');
        const server = await amqpServer();
        const connection = await gives(() => connect(at(server)));
        let closed = 0;
        connection.on('error', () => undefined);
        connection.on('close', () => (closed += 1));
        const channel = await connection.createChannel();
        channel.on('error', () => undefined);
        const waiting = fails(() => channel.assertQueue('a'), { after: 0, late: 5000 });
        await sleep(200);
        server.drop();
        await waiting;
        await sleep(4000);
        assert.equal(closed, 1);
        assert.equal(server.connections, 1);
        await server.close();
      },
    },
  ],
});
