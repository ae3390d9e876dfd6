/** A node of Cassandra that speaks as much of the native protocol (version 4) as a driver needs to connect, and answers queries as it is told. */
import { once } from 'node:events';
import { createServer } from 'node:net';

const OPCODE = { error: 0x00, startup: 0x01, ready: 0x02, options: 0x05, supported: 0x06, query: 0x07, result: 0x08, register: 0x0b, batch: 0x0d };
const TYPES = { text: 0x0d, inet: 0x10 };

const short = (number) => Buffer.from([number >> 8, number & 255]);
const int = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
};
const string = (text) => Buffer.concat([short(Buffer.byteLength(text)), Buffer.from(text)]);
const bytes = (buffer) => Buffer.concat([int(buffer.length), buffer]);
const inet = (address) => Buffer.from(address.split('.').map(Number));

/** Rows of text, or of addresses where a column's name ends in `address` or is `peer`. */
function rows(columns, values) {
  const isAddress = (name) => name === 'peer' || name.endsWith('address');
  const metadata = columns.flatMap((name) => [string(name), short(isAddress(name) ? TYPES.inet : TYPES.text)]);
  const cells = values.flatMap((row) => row.map((cell, i) => bytes(isAddress(columns[i]) ? inet(cell) : Buffer.from(cell))));
  return Buffer.concat([int(2), int(1), int(columns.length), string('shop'), string('t'), ...metadata, int(values.length), ...cells]);
}

const LOCAL = ['key', 'data_center', 'rack', 'release_version', 'partitioner'];
const HOST = ['dc1', 'r1', '3.11.0', 'org.apache.cassandra.dht.Murmur3Partitioner'];

/**
 * @param {{ host?: string, port?: number, peers?: readonly string[], answer?: (cql: string, number: number) => 'none' | 'silent' | 'unavailable' | 'reset' }} [options]
 *   `answer`: what queries of the user get; no row where nothing is said
 */
export async function cassandraFake({ host = '127.0.0.1', port = 0, peers = [], answer = () => 'none' } = {}) {
  const queries = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    let pending = Buffer.alloc(0);
    socket.on('data', (data) => {
      pending = Buffer.concat([pending, data]);
      while (pending.length >= 9 && pending.length >= 9 + pending.readInt32BE(5)) {
        const end = 9 + pending.readInt32BE(5);
        take(socket, pending.subarray(0, end));
        pending = pending.subarray(end);
      }
    });
  });
  function take(socket, frame) {
    const reply = (opcode, body) => {
      const head = Buffer.alloc(9);
      head[0] = 0x84;
      frame.copy(head, 2, 2, 4);
      head[4] = opcode;
      head.writeInt32BE(body.length, 5);
      socket.write(Buffer.concat([head, body]));
    };
    const opcode = frame[4];
    if (opcode === OPCODE.startup || opcode === OPCODE.register) return reply(OPCODE.ready, Buffer.alloc(0));
    if (opcode === OPCODE.options) return reply(OPCODE.supported, short(0));
    const isQuery = opcode === OPCODE.query;
    const cql = isQuery ? frame.toString('utf8', 13, 13 + frame.readInt32BE(9)) : 'BATCH';
    if (isQuery && cql.includes('system.local')) return reply(OPCODE.result, rows(LOCAL, [['local', ...HOST]]));
    if (isQuery && cql.includes('system.peers')) return reply(OPCODE.result, rows(['peer', 'rpc_address', ...LOCAL.slice(1)], peers.map((peer) => [peer, peer, ...HOST])));
    if (isQuery && cql.includes('system')) return reply(OPCODE.result, rows(['key'], []));
    queries.push({ cql, host, at: performance.now() });
    const how = answer(cql, queries.length);
    if (how === 'none') reply(OPCODE.result, rows(['id'], []));
    // Consistency ONE, 1 replica wanted, none alive.
    if (how === 'unavailable') reply(OPCODE.error, Buffer.concat([int(0x1000), string('nobody there'), short(1), int(1), int(0)]));
    if (how === 'reset') socket.resetAndDestroy();
    return undefined;
  }
  server.listen(port, host);
  await once(server, 'listening');
  return { port: server.address().port, host, queries };
}
