/** Speaks the handshake of AMQP 0-9-1 and opens channels; what else is asked, nobody answers. */
import { tcpServer } from './tcp-server.mjs';

const METHOD = 1;
const HEARTBEAT = 8;

function frame(type, channel, payload) {
  const head = Buffer.alloc(7);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(channel, 1);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
}

function method(channel, [group, id], body = Buffer.alloc(0)) {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(group, 0);
  head.writeUInt16BE(id, 2);
  return frame(METHOD, channel, Buffer.concat([head, body]));
}

const longString = (text) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
};

/**
 * @param {{ heartbeat?: number, beats?: boolean }} [options] `heartbeat`: what the server suggests, s, 0 where nothing is said;
 *   `beats`: it sends heartbeats every 300 ms
 */
export async function amqpServer({ heartbeat = 0, beats = false } = {}) {
  const asked = [];
  const sockets = new Set();
  const tuned = [];
  let heartbeats = 0;
  const tune = Buffer.alloc(8);
  tune.writeUInt16BE(100, 0);
  tune.writeUInt32BE(131_072, 2);
  tune.writeUInt16BE(heartbeat, 6);
  const server = await tcpServer((socket) => {
    sockets.add(socket);
    let rest = Buffer.alloc(0);
    let begun = false;
    const timer = beats ? setInterval(() => begun && socket.write(frame(HEARTBEAT, 0, Buffer.alloc(0))), 300) : undefined;
    socket.on('close', () => clearInterval(timer));
    const answers = {
      // start-ok, open, channel.open, connection.close
      '10.11': () => method(0, [10, 30], tune),
      '10.40': () => method(0, [10, 41], Buffer.from([0])),
      '20.10': (channel) => method(channel, [20, 11], longString('')),
      '10.50': () => method(0, [10, 51]),
    };
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      if (!begun && rest.length >= 8) {
        begun = true;
        rest = rest.subarray(8);
        // start: version 0-9, no properties
        socket.write(method(0, [10, 10], Buffer.concat([Buffer.from([0, 9]), longString(''), longString('PLAIN AMQPLAIN'), longString('en_US')])));
      }
      while (begun && rest.length >= 8) {
        const length = rest.readUInt32BE(3) + 8;
        if (rest.length < length) return;
        const one = rest.subarray(0, length);
        rest = rest.subarray(length);
        if (one[0] === HEARTBEAT) heartbeats += 1;
        if (one[0] !== METHOD) continue;
        const name = `${one.readUInt16BE(7)}.${one.readUInt16BE(9)}`;
        asked.push(name);
        // tune-ok: the heartbeat that was agreed stands last
        if (name === '10.31') tuned.push(one.readUInt16BE(17));
        const answer = answers[name]?.(one.readUInt16BE(1));
        if (answer !== undefined) socket.write(answer);
      }
    });
  });
  return Object.assign(server, {
    /** Methods that came in, `50.10` for one that declares a queue. */
    asked,
    /** The heartbeat that each connection agreed on, s. */
    tuned,
    heartbeats: () => heartbeats,
    /** Breaks every connection off. */
    drop() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
  });
}
