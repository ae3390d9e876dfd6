/** A server of Microsoft SQL Server that speaks as much of TDS as a driver needs, and answers statements as it is told. */
import { once } from 'node:events';
import { createServer } from 'node:net';

const PACKET = { batch: 0x01, rpc: 0x03, result: 0x04, attention: 0x06, bulk: 0x07, transaction: 0x0e, login: 0x10, prelogin: 0x12 };

const packet = (body) => {
  const head = Buffer.from([PACKET.result, 1, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(body.length + 8, 2);
  return Buffer.concat([head, body]);
};
const done = (status) => Buffer.from([0xfd, status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
// Its version, and no encryption.
const PRELOGIN = Buffer.from([0x00, 0, 11, 0, 6, 0x01, 0, 17, 0, 1, 0xff, 15, 0, 0, 0, 0, 0, 2]);
const NAME = Buffer.from('Microsoft SQL Server', 'utf16le');
const LOGIN = Buffer.concat([Buffer.from([0xad, 10 + NAME.length, 0, 1, 0x74, 0, 0, 4, NAME.length / 2]), NAME, Buffer.from([15, 0, 0, 0]), done(0)]);
/** One column `id`, an int, without a row. */
const NO_ROW = Buffer.concat([Buffer.from([0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0x38, 2]), Buffer.from('id', 'utf16le'), done(0x10)]);

/**
 * @param {'none' | 'busy' | 'silent' | 'reset' | 'mute'} how what statements get: no row, nothing but a receipt when they are
 *   cancelled, nothing at all, a broken connection; `mute`: there is no handshake either
 */
export async function tdsFake(how) {
  const seen = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    let pending = Buffer.alloc(0);
    socket.on('data', (data) => {
      pending = Buffer.concat([pending, data]);
      while (pending.length >= 8 && pending.length >= pending.readUInt16BE(2)) {
        const end = pending.readUInt16BE(2);
        if (how !== 'mute') take(socket, pending.subarray(0, end));
        pending = pending.subarray(end);
      }
    });
  });
  function take(socket, data) {
    const type = data[0];
    if (type === PACKET.prelogin) return socket.write(packet(PRELOGIN));
    if (type === PACKET.login) return socket.write(packet(LOGIN));
    const text = data.toString('utf16le', 8);
    // What the driver itself asks for first, and a pool before it hands a connection out.
    if (/set (?:textsize|ansi_nulls)|select 1;/i.test(text)) return socket.write(packet(done(0)));
    if (type === PACKET.attention) {
      seen.push('cancel');
      // The end of the statement, and the receipt.
      return how === 'busy' ? socket.write(Buffer.concat([packet(done(2)), packet(done(0x20))])) : undefined;
    }
    seen.push(type === PACKET.transaction ? 'transaction' : type === PACKET.bulk ? 'bulk' : 'statement');
    if (how === 'none') return socket.write(packet(type === PACKET.transaction ? done(0) : NO_ROW));
    if (how === 'reset') return socket.resetAndDestroy();
    return undefined;
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    /** `statement`, `transaction`, `cancel`, in their order. */
    seen,
    get connections() {
      return connections;
    },
  };
}
