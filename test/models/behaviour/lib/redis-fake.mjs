/** A server that speaks enough of the Redis protocol to be connected to, and leaves the answers to the experiment. */

/** What clients ask before they let commands through. */
const HANDSHAKE = {
  HELLO: (version) => `${version === '3' ? '%3' : '*6'}\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:${version}\r\n`,
  INFO: () => bulk('redis_version:7.0.15\r\nloading:0\r\n'),
  CLIENT: () => '+OK\r\n',
  SELECT: () => '+OK\r\n',
};

/** A text as the protocol writes it. */
export const bulk = (text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/**
 * For `lab.tcp`.
 * @param {(words: string[], socket: import('node:net').Socket) => string | undefined} [answer] what is written back to a command; nothing where it gives none
 * @param {Readonly<Record<string, (...words: string[]) => string>>} [handshake] other answers to what a client asks at the start
 */
export function redisFake(answer = () => undefined, handshake = {}) {
  /** Each with its words and `at` (ms of `performance.now()`); those of the handshake too. */
  const commands = [];
  const own = { ...HANDSHAKE, ...handshake };
  function speak(socket) {
    let rest = '';
    socket.on('data', (piece) => {
      rest += piece.toString('latin1');
      for (let read = readCommand(rest); read !== undefined; read = readCommand(rest)) {
        rest = read.rest;
        const [name, ...words] = read.words;
        const command = name.toUpperCase();
        commands.push({ name: command, words, at: performance.now() });
        const said = own[command]?.(...words) ?? answer([command, ...words], socket);
        if (said !== undefined && !socket.destroyed) socket.write(said);
      }
    });
  }
  return {
    speak,
    commands,
    /** How often a command came. */
    count: (name) => commands.filter((each) => each.name === name).length,
    /** ms between one command of this name and the next. */
    gaps(name) {
      const times = commands.filter((each) => each.name === name).map(({ at }) => at);
      return times.slice(1).map((at, index) => Math.round(at - times[index]));
    },
  };
}

/** The first command of a text in the protocol: an array of bulk strings; undefined where it is not whole yet. */
function readCommand(text) {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (head === null) return undefined;
  const words = [];
  let at = head[0].length;
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at));
    if (size === null) return undefined;
    const from = at + size[0].length;
    const to = from + Number(size[1]);
    if (text.length < to + 2) return undefined;
    words.push(text.slice(from, to));
    at = to + 2;
  }
  return { words, rest: text.slice(at) };
}
