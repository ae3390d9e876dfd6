/** The real programs that experiments need, each started once for all of them, on loopback. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../integration/faults/free-port.mjs';
import { startPostgres } from '../../../integration/faults/postgres.mjs';
import { startRedis } from '../../../integration/faults/redis.mjs';

/** Each gives `{ value, close }`: what experiments are told of it, and how it ends; or undefined where it is not installed. */
const STARTS = {
  async postgres() {
    const server = await startPostgres();
    return server === undefined ? undefined : { value: String(server.port), close: () => server.close() };
  },
  async redis() {
    const server = await startRedis();
    return server === undefined ? undefined : { value: String(server.port), close: () => server.close() };
  },
  mysql: startMariadb,
  memcached: () => startPlain('memcached', (port) => ['-l', '127.0.0.1', '-p', String(port), ...(process.getuid?.() === 0 ? ['-u', 'nobody'] : [])]),
  async chromium() {
    const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((candidate) => existsSync(candidate));
    return path === undefined ? undefined : { value: path, close: async () => undefined };
  },
};

/** @param {readonly string[]} names of `needs` */
export async function startServices(names) {
  const started = {};
  const closes = [];
  for (const name of new Set(names)) {
    const service = await STARTS[name]();
    if (service === undefined) continue;
    started[name] = service.value;
    closes.push(service.close);
  }
  return {
    /** What is running: its port, or its path. */
    started,
    async close() {
      await Promise.all(closes.map((close) => close()));
    },
  };
}

const isThere = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** MariaDB with an account `root` that needs no password, and a database `shop`. */
async function startMariadb() {
  if (!isThere('mariadbd')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'resilience-mariadb-'));
  const data = join(folder, 'data');
  const asRoot = process.getuid?.() === 0;
  if (asRoot) {
    const id = (flag) => Number(spawnSync('id', [flag, 'mysql'], { encoding: 'utf8' }).stdout);
    chownSync(folder, id('-u'), id('-g'));
  }
  const user = asRoot ? ['--user=mysql'] : [];
  const made = spawnSync('mariadb-install-db', [`--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`MariaDB made no data folder:\n${made.stderr}${made.stdout}`);
  const init = join(folder, 'init.sql');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(init, "CREATE DATABASE IF NOT EXISTS shop;\nCREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '';\nGRANT ALL ON *.* TO 'root'@'127.0.0.1';\n");
  const service = await startPlain('mariadbd', (port) => [`--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's.sock')}`, `--pid-file=${join(folder, 'pid')}`, `--init-file=${init}`, '--skip-log-bin', ...user]);
  return {
    value: service.value,
    async close() {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that listens where it is told and ends by a signal. */
async function startPlain(program, flags) {
  if (!isThere(program)) return undefined;
  const port = await freePort();
  const server = spawn(program, flags(port), { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  let log = '';
  server.stderr.on('data', (text) => (log += text));
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await reachable(port, 30_000, () => (server.exitCode === null ? null : `${program} ended:\n${log}`));
  return {
    value: String(port),
    async close() {
      server.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
    },
  };
}

async function reachable(port, patience, ended) {
  for (const last = Date.now() + patience; Date.now() < last; ) {
    const why = ended();
    if (why !== null) throw new Error(why);
    const socket = connect(port, '127.0.0.1');
    const up = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on ${port} after ${patience} ms`);
}
