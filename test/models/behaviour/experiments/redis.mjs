import assert from 'node:assert/strict';
import { once } from 'node:events';
import { experiments } from '../lib/experiment.mjs';
import { redisFake } from '../lib/redis-fake.mjs';

const FROM_5 = [{ redis: '6.3.1' }, { redis: '5.12.1' }];

/** A client that is not connected yet. */
async function clientOf(lab, port, { socket, ...options } = {}) {
  const { createClient } = await lab.load('redis');
  const client = createClient({ ...options, socket: { host: '127.0.0.1', port, ...socket } });
  client.on('error', () => undefined);
  return client;
}

async function connected(lab, port, options) {
  const client = await clientOf(lab, port, options);
  await client.connect();
  return client;
}

/** A client of the real server, through a proxy. */
async function throughProxy(lab, options) {
  const proxy = await lab.proxy(Number(lab.services.redis));
  return { proxy, client: await connected(lab, proxy.port, options) };
}

/** A client of a fake that answers the handshake and nothing else, and what it was sent. */
async function onFake(lab, options, answer) {
  const fake = redisFake(answer);
  const { port } = await lab.tcp(fake.speak);
  return { fake, client: await connected(lab, port, options) };
}

export default experiments({
  record: 'redis',
  runs: [...FROM_5, { redis: '4.7.1' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: 'where connecting neither succeeds nor fails, an attempt ends with ConnectionTimeoutError after `connectTimeout: 300`, by default after 5 s; `connect()` goes on with the next one',
      proves: ['redis/timeout/1'],
      async run(lab) {
        const { port } = await lab.deaf();
        const attempt = async (socket, after) => {
          const client = await clientOf(lab, port, { socket });
          const began = performance.now();
          const connecting = lab.hangs(() => client.connect(), after + 1000);
          const [error] = await once(client, 'error');
          const ms = performance.now() - began;
          assert.equal(error.constructor.name, 'ConnectionTimeoutError');
          assert.ok(ms >= after - 30 && ms < after + 1500, `after ${ms} ms`);
          await connecting;
        };
        await Promise.all([attempt({ connectTimeout: 300 }, 300), attempt({}, 5000)]);
      },
    },
    {
      name: 'command-timeout',
      says: '`commandOptions: { timeout: 300 }` ends a command that waits to be written while there is no connection, with TimeoutError; one that was written to a silent server is pending after 7 s with it and without',
      proves: ['redis/timeout/2'],
      runs: FROM_5,
      async run(lab) {
        const { port } = await lab.deaf();
        const queued = async (options) => {
          const client = await clientOf(lab, port, options);
          client.connect().catch(() => undefined);
          return client;
        };
        const { client: bounded } = await onFake(lab, { commandOptions: { timeout: 300 } });
        const { client: plain } = await onFake(lab);
        const [short, usual] = [await queued({ commandOptions: { timeout: 300 } }), await queued({})];
        await Promise.all([
          lab.fails(() => short.get('a'), { after: 300, error: 'TimeoutError' }),
          lab.major('redis') >= 6 ? lab.fails(() => usual.get('a'), { after: 5000, error: 'TimeoutError' }) : lab.hangs(() => usual.get('a'), 7000),
          lab.hangs(() => bounded.get('a'), 7000),
          lab.hangs(() => plain.get('a'), 7000),
        ]);
      },
    },
    {
      name: 'no-command-timeout',
      says: 'version 4 knows no such option: `timeout: 300` in `commandOptions` ends neither a command on a silent server nor one in the queue within 3 s',
      proves: ['redis/timeout/2'],
      runs: [{ redis: '4.7.1' }],
      async run(lab) {
        const { port } = await lab.deaf();
        const queued = await clientOf(lab, port, { commandOptions: { timeout: 300 } });
        queued.connect().catch(() => undefined);
        const { client } = await onFake(lab, { commandOptions: { timeout: 300 }, socket: { socketTimeout: 300 } });
        await Promise.all([lab.hangs(() => queued.get('a'), 3000), lab.hangs(() => client.get('a'), 3000)]);
      },
    },
    {
      name: 'socket-timeout',
      says: '`socketTimeout: 300` ends a command on a silent server with SocketTimeoutError; without it it is pending after 3 s',
      proves: ['redis/timeout/3'],
      runs: FROM_5,
      async run(lab) {
        const { client } = await onFake(lab, { socket: { socketTimeout: 300 } });
        const { client: plain } = await onFake(lab);
        await Promise.all([lab.fails(() => client.get('a'), { after: 250, error: 'SocketTimeoutError' }), lab.hangs(() => plain.get('a'), 3000)]);
        await lab.fails(() => client.get('a'), { after: 0, error: 'ClientClosedError' });
      },
    },
    {
      name: 'socket-timeout-of-an-idle-client',
      says: 'a client that is idle for longer than `socketTimeout: 300` is closed for good, and its next command fails with ClientClosedError; with a `reconnectStrategy` it connects anew, and with `pingInterval: 150` it stays',
      proves: ['redis/timeout/3', 'redis/timeout/5'],
      runs: FROM_5,
      needs: ['redis'],
      async run(lab) {
        const [idle, again, pinged] = await Promise.all([
          throughProxy(lab, { socket: { socketTimeout: 300 } }),
          throughProxy(lab, { socket: { socketTimeout: 300, reconnectStrategy: () => 50 } }),
          throughProxy(lab, { socket: { socketTimeout: 300 }, pingInterval: 150 }),
        ]);
        await lab.sleep(2000);
        await lab.fails(() => idle.client.get('a'), { after: 0, error: 'ClientClosedError' });
        assert.equal(await lab.gives(() => again.client.get('none')), null);
        assert.ok(again.proxy.connections >= 3, `${again.proxy.connections} connections`);
        assert.equal(await lab.gives(() => pinged.client.get('none')), null);
        assert.equal(pinged.proxy.connections, 1);
      },
    },
    {
      name: 'pool-acquire-timeout',
      says: 'a call that finds no free client in the pool fails with TimeoutError after `acquireTimeout: 300`, by default after 3 s, and with 0 it is pending after 5 s',
      proves: ['redis/timeout/4'],
      runs: FROM_5,
      async run(lab) {
        const { createClientPool } = await lab.load('redis');
        const fake = redisFake();
        const { port } = await lab.tcp(fake.speak);
        const pool = async (options) => {
          const made = createClientPool({ socket: { host: '127.0.0.1', port } }, { minimum: 1, maximum: 1, ...options });
          made.on('error', () => undefined);
          await made.connect();
          // It has its one client for ever, as nothing answers.
          made.get('held').catch(() => undefined);
          return made;
        };
        const [short, usual, endless] = await Promise.all([pool({ acquireTimeout: 300 }), pool({}), pool({ acquireTimeout: 0 })]);
        await Promise.all([
          lab.fails(() => short.get('a'), { after: 300, error: 'TimeoutError' }),
          lab.fails(() => usual.get('a'), { after: 3000, error: 'TimeoutError' }),
          lab.hangs(() => endless.get('a'), 5000),
        ]);
      },
    },
    {
      name: 'ping-interval',
      says: '`pingInterval: 200` sends a PING each 200 ms on an idle connection, and none without it; a PING that nobody answers ends nothing: a command is pending after 3 s',
      proves: ['redis/timeout/5'],
      async run(lab) {
        const pong = ([name]) => (name === 'PING' ? '+PONG\r\n' : undefined);
        const pinged = await onFake(lab, { pingInterval: 200 }, pong);
        const plain = await onFake(lab, {}, pong);
        const deaf = await onFake(lab, { pingInterval: 200 });
        await Promise.all([lab.sleep(2000), lab.hangs(() => deaf.client.get('a'), 3000)]);
        const gaps = pinged.fake.gaps('PING');
        assert.ok(gaps.length >= 3 && gaps.every((gap) => gap >= 170), gaps.join());
        assert.equal(plain.fake.count('PING'), 0);
      },
    },
    {
      name: 'reconnects',
      says: 'after a reset the client connects anew; INCR that was in flight fails and is not sent again, GET issued while there is no connection waits and is answered',
      proves: ['redis/retry'],
      async run(lab) {
        let up = true;
        const { fake, client } = await onFake(lab, {}, ([name], socket) => {
          if (name === 'INCR') {
            up = false;
            socket.resetAndDestroy();
            return undefined;
          }
          return up ? '+OK\r\n' : '$-1\r\n';
        });
        await lab.fails(() => client.incr('a'), { after: 0 });
        assert.equal(await lab.gives(() => client.get('a'), { before: 5000 }), null);
        await lab.sleep(500);
        assert.equal(fake.count('INCR'), 1);
        assert.equal(fake.count('GET'), 1);
      },
    },
    {
      name: 'reconnects-without-end',
      says: 'a server that breaks off each connection at once is asked for another 8 times or more in 8 s, in 5 and 6 with pauses that grow to 2 s or more, in 4 to 500 ms at most; `reconnectStrategy: false` asks once, and `disableOfflineQueue` refuses commands meanwhile',
      proves: ['redis/retry'],
      async run(lab) {
        const times = [];
        const server = await lab.tcp((socket) => {
          times.push(performance.now());
          socket.destroy();
        });
        const single = await lab.tcp((socket) => socket.destroy());
        const client = await clientOf(lab, server.port, { disableOfflineQueue: true });
        client.connect().catch(() => undefined);
        await lab.fails(() => client.get('a'), { after: 0, error: 'ClientOfflineError' });
        const limited = await clientOf(lab, single.port, { socket: { reconnectStrategy: false } });
        limited.connect().catch(() => undefined);
        await lab.sleep(8000);
        const gaps = times.slice(1).map((time, index) => time - times[index]);
        const most = Math.max(...gaps);
        assert.ok(times.length >= (lab.major('redis') >= 5 ? 6 : 8), `${times.length} connections`);
        if (lab.major('redis') >= 5) assert.ok(most >= 1500, `the longest pause was ${most} ms`);
        else assert.ok(most < 1500, `the longest pause was ${most} ms`);
        assert.equal(single.connections, 1);
      },
    },
    {
      name: 'missing-keys',
      says: 'get, hGet, lPop, sPop, getDel, zScore and a set with NX that is not done give null, hGetAll `{}`, sMembers, lRange and keys `[]`, mGet and hmGet null for each, blPop and xRead null, exists 0, ttl -2',
      empty: 'commands on a key that is missing',
      needs: ['redis'],
      async run(lab) {
        const { client } = await throughProxy(lab, {});
        const none = `missing-${process.pid}`;
        for (const call of ['get', 'lPop', 'rPop', 'sPop', 'getDel']) assert.equal(await client[call](none), null, call);
        assert.equal(await client.hGet(none, 'f'), null);
        assert.equal(await client.zScore(none, 'm'), null);
        assert.deepEqual({ ...(await client.hGetAll(none)) }, {});
        assert.deepEqual(await client.sMembers(none), []);
        assert.deepEqual(await client.lRange(none, 0, -1), []);
        assert.deepEqual(await client.keys(`${none}*`), []);
        assert.deepEqual(await client.mGet([none, `${none}2`]), [null, null]);
        assert.deepEqual(await client.hmGet(none, ['f']), [null]);
        assert.equal(await client.blPop(none, 1), null);
        assert.equal(await client.xRead({ key: none, id: '0' }), null);
        assert.equal(await client.exists(none), 0);
        assert.equal(await client.ttl(none), -2);
        const there = `there-${process.pid}`;
        await client.set(there, '1', { EX: 60 });
        assert.equal(await client.set(there, '2', { NX: true }), null);
      },
    },
    {
      name: 'time-to-live',
      says: 'EX and setEx and expire count seconds, PX and pSetEx milliseconds, from version 5 on `expiration` by its type; set without any of them leaves a key that stays (ttl -1), in 4 one with `expiration` too',
      empty: 'the life of what set wrote without a time to live',
      needs: ['redis'],
      async run(lab) {
        const { client } = await throughProxy(lab, {});
        const lives = async (name, seconds, write) => {
          const key = `ttl-${process.pid}-${name}`;
          await write(key);
          const ms = await client.pTTL(key);
          await client.del(key);
          assert.ok(seconds === null ? ms === -1 : ms > seconds * 1000 - 2000 && ms <= seconds * 1000, `${name}: ${ms} ms`);
        };
        await lives('ex', 60, (key) => client.set(key, 'v', { EX: 60 }));
        await lives('px', 60, (key) => client.set(key, 'v', { PX: 60_000 }));
        await lives('setex', 60, (key) => client.setEx(key, 60, 'v'));
        await lives('psetex', 60, (key) => client.pSetEx(key, 60_000, 'v'));
        await lives('expire', 60, (key) => client.set(key, 'v').then(() => client.expire(key, 60)));
        await lives('plain', null, (key) => client.set(key, 'v'));
        const modern = lab.major('redis') >= 5;
        await lives('expiration-ex', modern ? 60 : null, (key) => client.set(key, 'v', { expiration: { type: 'EX', value: 60 } }));
        await lives('expiration-px', modern ? 60 : null, (key) => client.set(key, 'v', { expiration: { type: 'PX', value: 60_000 } }));
      },
    },
  ],
});
