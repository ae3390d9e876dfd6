import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

/** A client of one server, and its methods as promises; warnings of Node about old Buffers are not its business. */
async function clientOf(lab, port, options) {
  const { default: Memcached } = await lab.load('memcached');
  const client = new Memcached(`127.0.0.1:${port}`, options);
  const ask = (method, ...args) => new Promise((resolve, reject) => client[method](...args, (error, data) => (error ? reject(error) : resolve(data))));
  return { client, ask };
}

async function closedPort(lab) {
  const server = await lab.tcp();
  await server.close();
  return server.port;
}

export default experiments({
  record: 'memcached',
  runs: [{ memcached: '2.2.2' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends an attempt to connect where connecting neither succeeds nor fails, by default after 5 s; a server that takes the connection and answers nothing is waited for past it, and past the default, for 8 s',
      refutes: { 'memcached/timeout/1': 'it bounds connecting; once there is a connection nothing bounds the wait for an answer' },
      async run(lab) {
        const deaf = await lab.deaf();
        const silent = await lab.tcp();
        const [short, usual, answerless, plain] = await Promise.all([
          clientOf(lab, deaf.port, { timeout: 300, retries: 0 }),
          clientOf(lab, deaf.port, { retries: 0 }),
          clientOf(lab, silent.port, { timeout: 300, retries: 0 }),
          clientOf(lab, silent.port, {}),
        ]);
        await Promise.all([
          lab.fails(() => short.ask('get', 'a'), { after: 300, error: /^Timed out while trying to establish connection/ }),
          lab.fails(() => usual.ask('get', 'a'), { after: 5000, error: /^Timed out while trying to establish connection/ }),
          lab.hangs(() => answerless.ask('get', 'a'), 8000),
          lab.hangs(() => plain.ask('get', 'a'), 8000),
        ]);
      },
    },
    {
      name: 'idle',
      says: '`idle: 300` closes a connection on which nothing moves for 300 ms, by default 5 s; a command that waits on it is never called back, 8 s later either',
      proves: ['memcached/timeout/2'],
      async run(lab) {
        const closed = async (options, after) => {
          const server = await lab.tcp();
          const { ask } = await clientOf(lab, server.port, options);
          const waiting = lab.hangs(() => ask('get', 'a'), 8000);
          await lab.sleep(after - 200);
          assert.equal(server.open, 1);
          await lab.sleep(1500);
          assert.equal(server.open, 0);
          await waiting;
        };
        await Promise.all([closed({ idle: 500 }, 500), closed({}, 5000)]);
      },
    },
    {
      name: 'lost-answer',
      says: 'a connection that is reset after the command was sent is not asked again, and the callback never comes',
      proves: ['memcached/retry'],
      async run(lab) {
        const server = await lab.tcp((socket) => socket.on('data', () => socket.resetAndDestroy()));
        const { ask } = await clientOf(lab, server.port, {});
        await Promise.all([lab.hangs(() => ask('incr', 'a', 1), 4000), lab.hangs(() => ask('get', 'a'), 4000)]);
        assert.ok(server.received.length <= 2, `${server.received.length} commands`);
        assert.equal(server.received.join('').match(/incr/g).length, 1);
      },
    },
    {
      name: 'connects-again',
      says: 'where nobody listens, `retries: 2, minTimeout: 100, factor: 3` fails after pauses of 100 and 300 ms; by the defaults (1, 3, 9 s and on) the callback is still to come after 12 s',
      proves: ['memcached/retry'],
      async run(lab) {
        const port = await closedPort(lab);
        const [short, usual] = await Promise.all([clientOf(lab, port, { retries: 2, minTimeout: 100, factor: 3 }), clientOf(lab, port, {})]);
        await Promise.all([lab.fails(() => short.ask('get', 'a'), { after: 400, error: 'ECONNREFUSED' }), lab.hangs(() => usual.ask('get', 'a'), 12_000)]);
      },
    },
    {
      name: 'connects-again-for-long',
      says: 'where nobody listens, the defaults fail after 5 pauses of 1, 3, 9, 27 and 60 s',
      proves: ['memcached/retry'],
      ms: 120_000,
      async run(lab) {
        const { ask } = await clientOf(lab, await closedPort(lab), {});
        await lab.fails(() => ask('get', 'a'), { after: 100_000, late: 5000, error: 'ECONNREFUSED' });
      },
    },
    {
      name: 'dead-server',
      says: 'after a failure to connect, commands fail at once ("not available") for `retry: 700`, then the server is asked again; with `failures: 0` they do until `reconnect: 700` is over and an event tells that it reconnects',
      proves: ['memcached/timeout/3', 'memcached/timeout/4'],
      needs: ['memcached'],
      async run(lab) {
        const proxy = await lab.proxy(Number(lab.services.memcached));
        const { ask } = await clientOf(lab, proxy.port, { retries: 0, retry: 700 });
        await proxy.fault({ mode: 'refuse' });
        await lab.fails(() => ask('get', 'a'), { after: 0, error: 'ECONNREFUSED' });
        await proxy.fault({ mode: 'pass' });
        await lab.fails(() => ask('get', 'a'), { after: 0, error: /not available$/ });
        await lab.sleep(1000);
        await lab.gives(() => ask('get', 'a'));

        const { client, ask: askDead } = await clientOf(lab, await closedPort(lab), { retries: 0, failures: 0, reconnect: 700 });
        let reconnecting = 0;
        client.on('reconnecting', () => (reconnecting += 1));
        await lab.fails(() => askDead('get', 'a'), { after: 0, error: 'ECONNREFUSED' });
        await lab.sleep(400);
        assert.equal(reconnecting, 0);
        await lab.fails(() => askDead('get', 'a'), { after: 0, error: /not available$/ });
        await lab.sleep(600);
        assert.ok(reconnecting >= 1);
      },
    },
    {
      name: 'missing-keys',
      says: 'get gives the callback undefined, getMulti an object without the key, incr, decr, touch and del false; a lifetime of 2 ends within 3.1 s, and 31 days are a date in the past: the entry is gone at once',
      empty: 'commands on a key that is missing',
      needs: ['memcached'],
      async run(lab) {
        const { ask } = await clientOf(lab, Number(lab.services.memcached), {});
        const none = `missing-${process.pid}`;
        assert.equal(await ask('get', none), undefined);
        assert.deepEqual(await ask('getMulti', [none]), {});
        for (const method of ['incr', 'decr']) assert.equal(await ask(method, none, 1), false, method);
        assert.equal(await ask('touch', none, 10), false);
        assert.equal(await ask('del', none), false);
        const there = `there-${process.pid}`;
        await ask('set', there, { a: 1 }, 2);
        assert.deepEqual(await ask('get', there), { a: 1 });
        await lab.sleep(3100);
        assert.equal(await ask('get', there), undefined);
        await ask('set', there, 'v', 31 * 24 * 3600);
        assert.equal(await ask('get', there), undefined);
        await ask('set', there, 'v', 29 * 24 * 3600);
        assert.equal(await ask('get', there), 'v');
      },
    },
  ],
});
