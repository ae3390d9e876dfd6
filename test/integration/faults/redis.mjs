/** A Redis of its own, which keeps nothing, on a loopback port. */
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { freePort } from './free-port.mjs';

/** @returns undefined where Redis is not installed */
export async function startRedis() {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  let log = '';
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      log += text;
      if (/ready to accept connections/i.test(log)) resolve();
    });
    server.once('exit', () => reject(new Error(`Redis ended:\n${log}`)));
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  return {
    port,
    async close() {
      server.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
    },
  };
}
