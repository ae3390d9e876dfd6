/** A PostgreSQL of its own, in a temporary folder, on a loopback port. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';

/** Where distributions keep the server's programs, which are not on the path. */
function programs() {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  const debian = '/usr/lib/postgresql';
  if (existsSync(debian)) folders.unshift(...readdirSync(debian).sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin')));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** The server refuses to run as root: another account's numbers, or none where they are not needed. */
function account() {
  if (process.getuid?.() !== 0) return {};
  const numbers = ['postgres', 'nobody'].flatMap((name) => {
    try {
      return [[Number(execFileSync('id', ['-u', name], { encoding: 'utf8', stdio: 'pipe' })), Number(execFileSync('id', ['-g', name], { encoding: 'utf8', stdio: 'pipe' }))]];
    } catch {
      return [];
    }
  });
  return { uid: numbers[0][0], gid: numbers[0][1] };
}

/** @returns undefined where PostgreSQL is not installed */
export async function startPostgres() {
  const bin = programs();
  if (bin === undefined) return undefined;
  const who = account();
  const folder = mkdtempSync(join(tmpdir(), 'resilience-postgres-'));
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'shop', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'], { ...who, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', max_connections: 200 };
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...who, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  let log = '';
  await new Promise((resolve, reject) => {
    server.stderr.on('data', (text) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL ended:\n${log}`)));
  });
  // Whoever ends this process ends the server with it.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  return {
    port,
    async close() {
      server.kill('SIGINT');
      await ended;
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
