import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const logger = { log: () => undefined };

async function clientOf(lab, port, options) {
  const { Client } = (await lab.load('memjs')).default;
  return Client.create(`127.0.0.1:${port}`, { logger, ...options });
}

/** Opcodes of the binary protocol in what a server received: byte 1 behind each magic byte of a header. */
const opcodes = (server) => server.received.flatMap((piece) => (piece[0] === 0x80 ? [piece[1]] : []));
const GET = 0;
const INCREMENT = 5;

export default experiments({
  record: 'memjs',
  runs: [{ memjs: '1.3.2' }],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 0.3, retries: 1` ends a command to a server that answers nothing after 300 ms; by the defaults it fails after two attempts of 0.5 s and a pause of 0.2 s',
      proves: ['memjs/timeout/1'],
      async run(lab) {
        const silent = await lab.tcp();
        const [short, usual] = await Promise.all([clientOf(lab, silent.port, { timeout: 0.3, retries: 1 }), clientOf(lab, silent.port)]);
        await Promise.all([
          lab.fails(() => short.get('a'), { after: 300, error: /timed out waiting on response/ }),
          lab.fails(() => usual.get('a'), { after: 1200, error: /timed out waiting on response/ }),
        ]);
      },
    },
    {
      name: 'connect-timeout',
      says: 'where connecting neither succeeds nor fails, `conntimeout: 0.3` ends an attempt after 300 ms, by default 1 s, and with `timeout: 0.2` alone 0.4 s: it is twice the other',
      proves: ['memjs/timeout/2'],
      async run(lab) {
        const { port } = await lab.deaf();
        const [short, usual, twice] = await Promise.all([
          clientOf(lab, port, { conntimeout: 0.3, retries: 1 }),
          clientOf(lab, port, { retries: 1 }),
          clientOf(lab, port, { timeout: 0.2, retries: 1 }),
        ]);
        const error = /timed out connecting/;
        await Promise.all([
          lab.fails(() => short.get('a'), { after: 300, late: 600, error }),
          lab.fails(() => usual.get('a'), { after: 1000, error }),
          lab.fails(() => twice.get('a'), { after: 400, late: 500, error }),
        ]);
      },
    },
    {
      name: 'two-attempts',
      says: 'by the defaults a command is sent twice, GET and INCREMENT, on a reset and on a timeout of its own, 0.2 s apart; with `retries: 1` once, with 3 three times',
      refutes: { 'memjs/retry': 'the number counts attempts: 2 is one more, and 1 is none; the pause is 0.2 s, all operations alike' },
      async run(lab) {
        const sent = async (options, method, behaviour) => {
          const server = await lab.tcp((socket) => socket.on('data', () => behaviour === 'reset' && socket.resetAndDestroy()));
          const client = await clientOf(lab, server.port, options);
          await lab.fails(() => (method === 'get' ? client.get('a') : client.increment('a', 1, { initial: 1 })), { after: 0, late: 4000 });
          await lab.sleep(500);
          return opcodes(server);
        };
        const answers = await Promise.all([
          sent({}, 'get', 'reset'), sent({}, 'increment', 'reset'), sent({}, 'get', 'silent'), sent({}, 'increment', 'silent'),
          sent({ retries: 1 }, 'get', 'reset'), sent({ retries: 3 }, 'get', 'reset'),
        ]);
        assert.deepEqual(answers, [[GET, GET], [INCREMENT, INCREMENT], [GET, GET], [INCREMENT, INCREMENT], [GET], [GET, GET, GET]]);
        const times = [];
        const timed = await lab.tcp((socket) => socket.on('data', () => {
          times.push(performance.now());
          socket.resetAndDestroy();
        }));
        await lab.fails(async () => (await clientOf(lab, timed.port)).get('a'), { after: 200 });
        assert.ok(times[1] - times[0] >= 190, `${times[1] - times[0]} ms`);
      },
    },
    {
      name: 'missing-keys',
      says: 'get gives `{ value: null, flags: null }`, delete false, replace false; an entry with `expires: 2` is gone after 3.1 s, one without stays, and 31 days are a date in the past',
      empty: 'commands on a key that is missing',
      needs: ['memcached'],
      async run(lab) {
        const client = await clientOf(lab, Number(lab.services.memcached));
        const none = `memjs-missing-${process.pid}`;
        assert.deepEqual(await client.get(none), { value: null, flags: null });
        assert.equal(await client.delete(none), false);
        assert.equal(await client.replace(none, 'v', {}), false);
        const there = `memjs-${process.pid}`;
        await client.set(there, 'v', { expires: 2 });
        await client.set(`${there}-stays`, 'v', {});
        assert.equal(String((await client.get(there)).value), 'v');
        await lab.sleep(3100);
        assert.equal((await client.get(there)).value, null);
        assert.equal(String((await client.get(`${there}-stays`)).value), 'v');
        await client.set(there, 'v', { expires: 31 * 24 * 3600 });
        assert.equal((await client.get(there)).value, null);
      },
    },
  ],
});
