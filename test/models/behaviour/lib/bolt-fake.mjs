/** A server of Neo4j that speaks as much of Bolt 4.4 as a driver needs, and answers statements as it is told. */
import { once } from 'node:events';
import { createServer } from 'node:net';

const TYPES = { hello: 0x01, run: 0x10, begin: 0x11, pull: 0x3f, success: 0x70, ignored: 0x7e, failure: 0x7f, reset: 0x0f, goodbye: 0x02 };

const text = (value) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([bytes.length < 16 ? Buffer.from([0x80 + bytes.length]) : Buffer.from([0xd0, bytes.length]), bytes]);
};
const value = (given) => (Array.isArray(given) ? Buffer.concat([Buffer.from([0x90 + given.length]), ...given.map(value)]) : text(given));
const map = (given) => Buffer.concat([Buffer.from([0xa0 + Object.keys(given).length]), ...Object.entries(given).flatMap(([key, each]) => [text(key), value(each)])]);
const message = (type, ...fields) => {
  const body = Buffer.concat([Buffer.from([0xb0 + fields.length, type]), ...fields]);
  return Buffer.concat([Buffer.from([body.length >> 8, body.length & 255]), body, Buffer.from([0, 0])]);
};

/** ms of the `tx_timeout` in a message; 0 where there is none. */
function limitIn(body) {
  const at = body.indexOf('tx_timeout');
  if (at < 0) return 0;
  const number = at + 'tx_timeout'.length;
  return body[number] === 0xc9 ? body.readInt16BE(number + 1) : body.readInt8(number);
}

/**
 * @param {'none' | 'silent' | 'transient' | 'limits' | 'mute'} how what a statement gets: no record, nothing, an error
 *   that may be tried again, nothing until its own `tx_timeout` is over; `mute`: there is no handshake either
 */
export async function boltFake(how) {
  const runs = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    let pending = Buffer.alloc(0);
    let greeted = false;
    let failed = false;
    let limit = 0;
    let waiting = 0;
    const parts = [];
    socket.on('data', (data) => {
      if (how === 'mute') return;
      pending = Buffer.concat([pending, data]);
      if (!greeted) {
        if (pending.length < 20) return;
        pending = pending.subarray(20);
        greeted = true;
        socket.write(Buffer.from([0, 0, 4, 4]));
      }
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const size = pending.readUInt16BE(0);
        if (size > 0) parts.push(pending.subarray(2, 2 + size));
        else if (parts.length > 0) take(Buffer.concat(parts.splice(0)));
        pending = pending.subarray(2 + size);
      }
    });
    const fail = (code) => {
      failed = true;
      socket.write(message(TYPES.failure, map({ code, message: 'as told' })));
      for (; waiting > 0; waiting -= 1) socket.write(message(TYPES.ignored));
    };
    function take(body) {
      const type = body[1];
      if (type === TYPES.goodbye) return socket.end();
      if (type === TYPES.hello) return socket.write(message(TYPES.success, map({ server: 'Neo4j/4.4.0', connection_id: 'bolt-1' })));
      if (type === TYPES.reset) {
        failed = false;
        return socket.write(message(TYPES.success, map({})));
      }
      if (failed) return socket.write(message(TYPES.ignored));
      if (type === TYPES.begin) limit = limitIn(body);
      if (type === TYPES.run) {
        runs.push({ at: performance.now(), limit: limitIn(body) || limit });
        if (how === 'transient') return fail('Neo.TransientError.General.TransientError');
        if (how === 'silent') return undefined;
        if (how === 'limits') {
          const { limit: ms } = runs.at(-1);
          return ms === 0 ? undefined : setTimeout(fail, ms, 'Neo.ClientError.Transaction.TransactionTimedOut');
        }
        return socket.write(message(TYPES.success, map({ fields: ['n'] })));
      }
      // What follows a statement without an answer has none either.
      if (how !== 'none' && type === TYPES.pull) return (waiting += 1);
      return socket.write(message(TYPES.success, map({})));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    url: `bolt://127.0.0.1:${port}`,
    /** The statements that came, with the `tx_timeout` of each or of its transaction, ms. */
    runs,
    gaps: () => runs.slice(1).map(({ at }, i) => Math.round(at - runs[i].at)),
  };
}
