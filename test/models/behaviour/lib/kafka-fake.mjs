/** A Kafka broker with one topic `t` of one partition, which speaks the oldest version of each request that a consumer group needs. */
import { tcpServer } from './tcp-server.mjs';

const KEYS = { produce: 0, fetch: 1, listOffsets: 2, metadata: 3, offsetCommit: 8, offsetFetch: 9, coordinator: 10, join: 11, heartbeat: 12, leave: 13, sync: 14, sasl: 17, versions: 18 };
const NAMES = Object.fromEntries(Object.entries(KEYS).map(([name, key]) => [key, name]));
/** The one version of each that is spoken. */
const SPOKEN = { ...Object.fromEntries(Object.values(KEYS).map((key) => [key, 0])), [KEYS.metadata]: 1, [KEYS.offsetFetch]: 1, [KEYS.join]: 1, [KEYS.offsetCommit]: 2 };

const i8 = (value) => Buffer.from([value]);
const i16 = (value) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const i32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const i64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const string = (text) => Buffer.concat([i16(text.length), Buffer.from(text)]);
const bytes = (content) => Buffer.concat([i32(content.length), content]);
const list = (...items) => Buffer.concat([i32(items.length), ...items]);
const all = (...parts) => Buffer.concat(parts);
/** One answer for the one partition of the one topic. */
const ofPartition = (...parts) => list(all(string('t'), list(all(i32(0), ...parts))));

/** A message of the first format, `key: null`, `value: m`; nobody checks its sum. */
function message(offset) {
  const body = all(i32(0), i8(0), i8(0), i32(-1), bytes(Buffer.from('m')));
  return all(i64(offset), i32(body.length), body);
}

/**
 * @param {{ silent?: readonly string[], produce?: number, messages?: number }} [options]
 *   `silent`: requests that nobody answers; `produce`: the code with which each message is refused, 0 where it is taken;
 *   `messages`: how many there are to be read
 */
export async function kafkaBroker({ silent = [], produce = 0, messages = 0 } = {}) {
  const requests = [];
  let port = 0;
  const answers = {
    versions: (version) => all(i16(0), list(...Object.entries(SPOKEN).map(([key, one]) => all(i16(Number(key)), i16(key === String(KEYS.versions) ? 0 : one), i16(one)))), version > 0 ? i32(0) : i8(0).subarray(1)),
    metadata: () => all(list(all(i32(1), string('127.0.0.1'), i32(port), i16(-1))), i32(1), list(all(i16(0), string('t'), i8(0), list(all(i16(0), i32(0), i32(1), list(i32(1)), list(i32(1))))))),
    produce: () => ofPartition(i16(produce), i64(0)),
    coordinator: () => all(i16(0), i32(1), string('127.0.0.1'), i32(port)),
    // Another one leads, so this one is told what to read.
    join: () => all(i16(0), i32(1), string('RoundRobinAssigner'), string('leader'), string('member'), list()),
    sync: () => all(i16(0), bytes(all(i16(0), list(all(string('t'), list(i32(0)))), bytes(Buffer.alloc(0))))),
    heartbeat: () => i16(0),
    leave: () => i16(0),
    offsetFetch: () => ofPartition(i64(-1), string(''), i16(0)),
    offsetCommit: () => ofPartition(i16(0)),
    listOffsets: () => ofPartition(i16(0), list(i64(0))),
    fetch(_version, body) {
      // replica, longest wait, least bytes; then one topic, one partition: where to begin
      const from = Number(body.readBigInt64BE(12 + 4 + 3 + 4 + 4));
      return ofPartition(i16(0), i64(messages), bytes(from < messages ? message(from) : Buffer.alloc(0)));
    },
  };
  const server = await tcpServer((socket) => {
    let rest = Buffer.alloc(0);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 4 && rest.length >= rest.readInt32BE(0) + 4) {
        const one = rest.subarray(4, rest.readInt32BE(0) + 4);
        rest = rest.subarray(one.length + 4);
        const name = NAMES[one.readInt16BE(0)];
        const body = one.subarray(10 + Math.max(0, one.readInt16BE(8)));
        requests.push({ name, body, at: performance.now() });
        if (silent.includes(name) || answers[name] === undefined) continue;
        const answer = all(one.subarray(4, 8), answers[name](one.readInt16BE(2), body));
        // Who asks for messages where there are none is not to ask a thousand times.
        setTimeout(() => socket.write(all(i32(answer.length), answer)), name === 'fetch' ? 200 : 0);
      }
    });
  });
  port = server.port;
  return Object.assign(server, {
    /** Each with name, body, at (ms of `performance.now()`). */
    requests,
    named: (name) => requests.filter((request) => request.name === name),
  });
}
