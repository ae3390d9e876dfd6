/** A loopback port that nobody listens on, for servers that cannot choose one themselves. */
import { createServer } from 'node:net';

export async function freePort() {
  const server = createServer();
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  await new Promise((resolve) => server.close(resolve));
  return port;
}
