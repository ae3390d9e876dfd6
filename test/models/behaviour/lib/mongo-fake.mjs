/**
 * The least of a MongoDB server: the primary of a replica set, which greets, answers heartbeats, and answers
 * commands as the experiment says. It keeps nothing.
 */

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
/** The client wants no answer. */
const MORE_TO_COME = 2;

const HELLOS = new Set(['hello', 'ismaster', 'isMaster']);

/**
 * @param {import('./lab.mjs').Lab} lab of a run in which a driver is installed, whose `bson` is used
 * @param {object} [wanted]
 * @param {(command: Record<string, any>, about: { name: string, connection: number, time: number, socket: import('node:net').Socket, send: (reply: object, ms?: number) => Promise<void> }) => object | undefined} [wanted.answer] `time` counts the commands of that name from 1; undefined leaves the command to hang, or to `send` and `socket`
 * @param {(connection: number) => boolean} [wanted.greets] does it answer the greeting on this connection, from 1? The first one is the monitor's
 */
export async function mongoFake(lab, { answer = () => undefined, greets = () => true } = {}) {
  const bson = lab.require('bson');
  // Loading a driver takes longer than what is measured here.
  await lab.load('mongodb');
  const commands = [];
  const server = await lab.tcp((socket, connection) => {
    let waiting = Buffer.alloc(0);
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const length = waiting.readInt32LE(0);
        take(waiting.subarray(0, length), socket, connection);
        waiting = waiting.subarray(length);
      }
    });
  });
  const address = `127.0.0.1:${server.port}`;
  const hello = () => ({
    ok: 1, helloOk: true, ismaster: true, isWritablePrimary: true, setName: 'rs', hosts: [address], me: address, primary: address,
    maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000, localTime: new Date(), logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0, maxWireVersion: 21, readOnly: false,
  });

  function take(message, socket, connection) {
    const id = message.readInt32LE(4);
    const code = message.readInt32LE(12);
    const query = code === OP_QUERY;
    if (!query && code !== OP_MSG) throw new Error(`a message of kind ${code}`);
    const command = query ? bson.deserialize(message.subarray(message.indexOf(0, 20) + 9)) : bodyOf(message);
    const name = Object.keys(command)[0];
    const packed = (reply) => (query ? replyTo(id, reply) : messageTo(id, reply));
    const write = (bytes) => socket.destroyed || socket.write(bytes);
    if (HELLOS.has(name)) {
      if (greets(connection)) write(packed(hello()));
      return;
    }
    if (name === 'endSessions' || name === 'killCursors' || name === 'abortTransaction') {
      write(packed({ ok: 1 }));
      return;
    }
    commands.push({ name, command, connection, at: performance.now() });
    const time = commands.filter((each) => each.name === name).length;
    /** Sends an answer; a byte each `ms` where that is given. */
    const send = async (reply, ms) => {
      const bytes = packed(reply);
      if (ms === undefined) write(bytes);
      else
        for (const byte of bytes) {
          write(Buffer.of(byte));
          await lab.sleep(ms);
        }
    };
    const reply = answer(command, { name, connection, time, socket, send });
    if (reply !== undefined && (query || (message.readUInt32LE(16) & MORE_TO_COME) === 0)) write(packed(reply));
  }

  /** The section that is a command; the documents of a write stand in others. */
  function bodyOf(message) {
    let at = 20;
    while (message[at] !== 0) at += 1 + message.readInt32LE(at + 1);
    return bson.deserialize(message.subarray(at + 1, at + 1 + message.readInt32LE(at + 1)));
  }

  const header = (length, id, code) => {
    const bytes = Buffer.alloc(16);
    for (const [place, value] of [16 + length, id + 1, id, code].entries()) bytes.writeInt32LE(value, place * 4);
    return bytes;
  };
  function messageTo(id, reply) {
    const body = Buffer.from(bson.serialize(reply));
    return Buffer.concat([header(5 + body.length, id, OP_MSG), Buffer.alloc(5), body]);
  }
  function replyTo(id, reply) {
    const body = Buffer.from(bson.serialize(reply));
    const about = Buffer.alloc(20);
    about.writeInt32LE(1, 16);
    return Buffer.concat([header(20 + body.length, id, OP_REPLY), about, body]);
  }

  return {
    url: `mongodb://${address}/shop?directConnection=true`,
    port: server.port,
    /** What was asked, but for greetings and goodbyes: `{ name, command, connection, at }`. */
    commands,
    names: () => commands.map(({ name }) => name),
    get connections() {
      return server.connections;
    },
  };
}

/** Answers as of a server that has nothing and takes every write. */
export function nothing(command) {
  if ('find' in command || 'aggregate' in command) return { ok: 1, cursor: { id: 0n, ns: 'shop.things', firstBatch: [] } };
  if ('findAndModify' in command) return { ok: 1, value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  return { ok: 1, n: 1, nModified: 1 };
}
