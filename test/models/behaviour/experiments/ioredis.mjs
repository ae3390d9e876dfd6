import assert from 'node:assert/strict';
import { once } from 'node:events';
import { experiments } from '../lib/experiment.mjs';
import { bulk, redisFake } from '../lib/redis-fake.mjs';

const quiet = (client) => client.on('error', () => undefined);

/** A client of the real server, through a proxy. */
async function throughProxy(lab, options) {
  const { default: Redis } = await lab.load('ioredis');
  const proxy = await lab.proxy(Number(lab.services.redis));
  const client = quiet(new Redis(proxy.port, '127.0.0.1', options));
  await client.ping();
  return { client, proxy };
}

/** A client of a fake that answers the handshake and what `answer` says. */
async function onFake(lab, options, answer, handshake) {
  const { default: Redis } = await lab.load('ioredis');
  const fake = redisFake(answer, handshake);
  const { port } = await lab.tcp(fake.speak);
  return { fake, client: quiet(new Redis(port, '127.0.0.1', options)) };
}

const resets = ([name], socket) => {
  if (name === 'INCR') socket.resetAndDestroy();
  return undefined;
};

/** A port where nobody listens: it was free a moment ago. */
async function closedPort(lab) {
  const server = await lab.tcp();
  await server.close();
  return server.port;
}

export default experiments({
  record: 'ioredis',
  runs: [{ ioredis: '6.0.0' }, { ioredis: '5.11.1' }],
  experiments: [
    {
      name: 'connect-timeout',
      says: 'where connecting neither succeeds nor fails, `connectTimeout: 300` emits `connect ETIMEDOUT` after 300 ms, and the default after 10 s; a command waits on past both',
      proves: ['ioredis/timeout/1'],
      async run({ load, deaf, hangs, sleep }) {
        const { default: Redis } = await load('ioredis');
        const { port } = await deaf();
        const failed = async (options, after) => {
          const began = performance.now();
          const client = new Redis(port, '127.0.0.1', options);
          const command = hangs(() => client.get('a'), after + 1000);
          const [error] = await once(client, 'error');
          const ms = performance.now() - began;
          quiet(client);
          assert.equal(error.message, 'connect ETIMEDOUT');
          assert.ok(ms >= after - 30 && ms < after + 1500, `after ${ms} ms`);
          await command;
        };
        await Promise.all([failed({ connectTimeout: 300 }, 300), failed({}, 10_000), sleep(10)]);
      },
    },
    {
      name: 'command-timeout',
      says: '`commandTimeout: 300` ends a command to a server gone silent with "Command timed out", and so it ends one in the queue of a client that cannot connect; without it both are pending after 3 s',
      proves: ['ioredis/timeout/2'],
      needs: ['redis'],
      async run(lab) {
        const { default: Redis } = await lab.load('ioredis');
        const [bounded, open] = await Promise.all([throughProxy(lab, { commandTimeout: 300 }), throughProxy(lab, {})]);
        const { port } = await lab.deaf();
        await Promise.all([bounded.proxy.fault({ mode: 'hang' }), open.proxy.fault({ mode: 'hang' })]);
        await Promise.all([
          lab.fails(() => bounded.client.get('a'), { after: 300, error: /^Command timed out$/ }),
          lab.fails(() => bounded.client.pipeline().get('a').exec().then(([[error]]) => Promise.reject(error)), { after: 300, error: /^Command timed out$/ }),
          lab.hangs(() => open.client.get('a'), 3000),
          lab.fails(() => quiet(new Redis(port, '127.0.0.1', { commandTimeout: 300 })).get('a'), { after: 300, error: /^Command timed out$/ }),
          lab.hangs(() => quiet(new Redis(port, '127.0.0.1')).get('a'), 3000),
        ]);
      },
    },
    {
      name: 'socket-timeout',
      says: '`socketTimeout: 300` breaks off a silent connection, whereupon INCR is sent again over the next one: 4 times or more in 3 s, while the call is pending; with `autoResendUnfulfilledCommands: false` it is sent once, and the call is pending all the same',
      proves: ['ioredis/timeout/3'],
      async run(lab) {
        const { fake, client } = await onFake(lab, { socketTimeout: 300 });
        const single = await onFake(lab, { socketTimeout: 300, autoResendUnfulfilledCommands: false });
        await Promise.all([lab.hangs(() => client.incr('a'), 3000), lab.hangs(() => single.client.incr('a'), 3000)]);
        assert.ok(fake.count('INCR') >= 4, `INCR came ${fake.count('INCR')} times`);
        assert.equal(single.fake.count('INCR'), 1);
      },
    },
    {
      name: 'blocking-timeout',
      says: 'with `blockingTimeout: 300` BLPOP without a limit gives null after 300 ms from a server that is silent, and BLPOP with a limit of 1 s after 1.1 s; GET and BLPOP of a client without it are pending after 3 s',
      proves: ['ioredis/timeout/4'],
      async run(lab) {
        const { client } = await onFake(lab, { blockingTimeout: 300 });
        const { client: plain } = await onFake(lab, {});
        // In the queue of a client that is not connected yet, the option's own time holds.
        await Promise.all([once(client, 'ready'), once(plain, 'ready')]);
        await Promise.all([
          lab.gives(() => client.blpop('a', 0), { after: 300, before: 1000 }).then((value) => assert.equal(value, null)),
          lab.gives(() => client.blpop('a', 1), { after: 1100, before: 2500 }).then((value) => assert.equal(value, null)),
          lab.hangs(() => client.get('a'), 3000),
          lab.hangs(() => plain.blpop('a', 1), 3000),
        ]);
      },
    },
    {
      name: 'disconnect-timeout',
      says: '`disconnect()` from a server that does not close its side destroys the connection after `disconnectTimeout: 300`, by default after 2 s',
      proves: ['ioredis/timeout/5'],
      async run(lab) {
        const { default: Redis } = await lab.load('ioredis');
        const fake = redisFake();
        const { port } = await lab.tcp((socket) => {
          socket.allowHalfOpen = true;
          fake.speak(socket);
        });
        const ends = async (options, after) => {
          const client = quiet(new Redis(port, '127.0.0.1', options));
          await once(client, 'ready');
          const began = performance.now();
          client.disconnect();
          await once(client, 'end');
          const ms = performance.now() - began;
          assert.ok(ms >= after - 30 && ms < after + 1500, `after ${ms} ms`);
        };
        await Promise.all([ends({ disconnectTimeout: 300 }, 300), ends({}, 2000)]);
      },
    },
    {
      name: 'loading',
      says: 'while a server says that it loads for 60 s, `maxLoadingRetryTime: 300` asks it anew each 300 ms, 6 times or more in 3 s, and the command waits on',
      refutes: { 'ioredis/timeout/6': 'it bounds the pause between two questions whether the server has loaded; a command waits for as long as it loads' },
      async run(lab) {
        const loading = { INFO: () => bulk('loading:1\r\nloading_eta_seconds:60\r\n') };
        const often = await onFake(lab, { maxLoadingRetryTime: 300 }, undefined, loading);
        const seldom = await onFake(lab, {}, undefined, loading);
        await Promise.all([lab.hangs(() => often.client.get('a'), 3000), lab.hangs(() => seldom.client.get('a'), 3000)]);
        assert.ok(often.fake.count('INFO') >= 6, `INFO came ${often.fake.count('INFO')} times`);
        assert.ok(often.fake.gaps('INFO').every((gap) => gap >= 270), often.fake.gaps('INFO').join());
        assert.equal(seldom.fake.count('INFO'), 1);
      },
    },
    {
      name: 'sends-again',
      says: 'a server that resets the connection after each INCR is sent it 8 times or more in 3 s by the defaults, and the call is pending: the count of attempts starts anew with each connection, so `maxRetriesPerRequest: 1` changes nothing; with `autoResendUnfulfilledCommands: false` it is sent once, and is pending all the same',
      proves: ['ioredis/retry'],
      async run(lab) {
        const { fake, client } = await onFake(lab, {}, resets);
        const single = await onFake(lab, { autoResendUnfulfilledCommands: false }, resets);
        const limited = await onFake(lab, { maxRetriesPerRequest: 1 }, resets);
        await Promise.all([
          lab.hangs(() => client.incr('a'), 3000),
          lab.hangs(() => single.client.incr('a'), 3000),
          lab.hangs(() => limited.client.incr('a'), 3000),
        ]);
        assert.ok(fake.count('INCR') >= 8, `INCR came ${fake.count('INCR')} times`);
        assert.ok(limited.fake.count('INCR') >= 8, `INCR came ${limited.fake.count('INCR')} times with a limit of 1`);
        assert.equal(single.fake.count('INCR'), 1);
      },
    },
    {
      name: 'server-down',
      says: 'where nobody listens, a command fails with MaxRetriesPerRequestError after 21 attempts to connect, about 10 s; with `maxRetriesPerRequest: 1` after 2, with null it is pending after 13 s',
      proves: ['ioredis/retry'],
      runs: [{ ioredis: '5.11.1' }],
      async run(lab) {
        const { default: Redis } = await lab.load('ioredis');
        const port = await closedPort(lab);
        const to = (options) => quiet(new Redis(port, '127.0.0.1', options));
        await Promise.all([
          lab.fails(() => to({}).get('a'), { after: 9000, late: 4000, error: 'MaxRetriesPerRequestError' }),
          lab.fails(() => to({ maxRetriesPerRequest: 1 }).get('a'), { after: 50, error: 'MaxRetriesPerRequestError' }),
          lab.hangs(() => to({ maxRetriesPerRequest: null }).get('a'), 13_000),
        ]);
      },
    },
    {
      name: 'server-down-for-long',
      says: 'where nobody listens, a command fails with MaxRetriesPerRequestError after 21 attempts to connect, 70 s or more; with `maxRetriesPerRequest: 1` after 2',
      proves: ['ioredis/retry'],
      runs: [{ ioredis: '6.0.0' }],
      ms: 100_000,
      async run(lab) {
        const { default: Redis } = await lab.load('ioredis');
        const port = await closedPort(lab);
        const to = (options) => quiet(new Redis(port, '127.0.0.1', options));
        await Promise.all([
          lab.fails(() => to({}).get('a'), { after: 66_000, late: 18_000, error: 'MaxRetriesPerRequestError' }),
          lab.fails(() => to({ maxRetriesPerRequest: 1 }).get('a'), { after: 50, error: 'MaxRetriesPerRequestError' }),
        ]);
      },
    },
    {
      name: 'missing-keys',
      says: 'GET, HGET, LPOP, RPOP, SPOP, GETDEL, LINDEX, ZSCORE and a SET with NX that is not done give null, HGETALL `{}`, SMEMBERS, LRANGE and KEYS `[]`, MGET and HMGET null for each, BLPOP null at its limit, EXISTS 0, TTL -2',
      empty: 'commands on a key that is missing',
      needs: ['redis'],
      async run(lab) {
        const { client } = await throughProxy(lab, { keyPrefix: `missing-${process.pid}:` });
        for (const call of ['get', 'lpop', 'rpop', 'spop', 'getdel']) assert.equal(await client[call]('none'), null, call);
        assert.equal(await client.hget('none', 'f'), null);
        assert.equal(await client.lindex('none', 0), null);
        assert.equal(await client.zscore('none', 'm'), null);
        assert.deepEqual({ ...(await client.hgetall('none')) }, {});
        assert.deepEqual(await client.smembers('none'), []);
        assert.deepEqual(await client.lrange('none', 0, -1), []);
        assert.deepEqual(await client.keys('none*'), []);
        assert.deepEqual(await client.mget('none', 'other'), [null, null]);
        assert.deepEqual(await client.hmget('none', 'f'), [null]);
        assert.equal(await client.blpop('none', 1), null);
        assert.equal(await client.exists('none'), 0);
        assert.equal(await client.ttl('none'), -2);
        await client.set('there', '1', 'EX', 60);
        assert.equal(await client.set('there', '2', 'NX'), null);
        assert.equal(await client.multi().get('none').exec().then(([[error, value]]) => [error, value].join()), ',');
      },
    },
    {
      name: 'time-to-live',
      says: 'EX and SETEX and EXPIRE count seconds, PX and PSETEX and PEXPIRE milliseconds, EXAT seconds since 1970; SET without any of them leaves a key that stays (TTL -1)',
      empty: 'the life of what SET wrote without a time to live',
      needs: ['redis'],
      async run(lab) {
        const { client } = await throughProxy(lab, { keyPrefix: `ttl-${process.pid}:` });
        const lives = async (name, seconds, write) => {
          await write(name);
          const ms = await client.pttl(name);
          assert.ok(ms > seconds * 1000 - 2000 && ms <= seconds * 1000, `${name}: ${ms} ms`);
        };
        await lives('ex', 60, (key) => client.set(key, 'v', 'EX', 60));
        await lives('px', 60, (key) => client.set(key, 'v', 'PX', 60_000));
        await lives('exat', 60, (key) => client.set(key, 'v', 'EXAT', Math.floor(Date.now() / 1000) + 60));
        await lives('setex', 60, (key) => client.setex(key, 60, 'v'));
        await lives('psetex', 60, (key) => client.psetex(key, 60_000, 'v'));
        await lives('expire', 60, (key) => client.set(key, 'v').then(() => client.expire(key, 60)));
        await lives('pexpire', 60, (key) => client.set(key, 'v').then(() => client.pexpire(key, 60_000)));
        await client.set('stays', 'v');
        assert.equal(await client.ttl('stays'), -1);
        await client.del('stays');
      },
    },
  ],
});
