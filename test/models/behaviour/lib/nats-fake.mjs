/** Speaks as much of the protocol of NATS as a client needs to connect; what then comes is up to `take`. */
import { tcpServer } from './tcp-server.mjs';

const INFO = { server_id: 'fake', server_name: 'fake', version: '2.10.0', proto: 1, host: '127.0.0.1', port: 0, headers: true, max_payload: 1_048_576 };

/**
 * @param {{ pongs?: number, take?: (line: string, socket: import('node:net').Socket) => void }} [options]
 *   `pongs`: how many pings of one connection are answered, all where nothing is said; `take`: told each line
 */
export async function natsServer({ pongs = Infinity, take = () => undefined } = {}) {
  const connects = [];
  const lines = [];
  const server = await tcpServer((socket) => {
    connects.push(performance.now());
    let left = pongs;
    let rest = '';
    socket.write(`INFO ${JSON.stringify(INFO)}\r\n`);
    socket.on('data', (data) => {
      const parts = (rest + data).split('\r\n');
      rest = parts.pop();
      for (const line of parts) {
        lines.push(line);
        if (line === 'PING' && left-- > 0) socket.write('PONG\r\n');
        take(line, socket);
      }
    });
  });
  return Object.assign(server, {
    /** When each connection was made, ms of `performance.now()`. */
    connects,
    /** What came in, line by line. */
    lines,
  });
}
