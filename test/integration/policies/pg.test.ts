import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../support.js';
import { closedPort, loadModule, outcome, removeModules, silentServer, wait } from './policy-module.js';

interface Store {
  readonly retryUnsent: <T>(run: () => PromiseLike<T>, options?: { deadline?: number; fallback?: () => T; signal?: AbortSignal }) => Promise<T>;
  readonly once: <T>(run: () => PromiseLike<T>) => Promise<T>;
}

const BIN = ['/usr/lib/postgresql', '/usr/local/opt'].filter(existsSync).flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, 'bin'))).find((folder) => existsSync(join(folder, 'initdb')));
if (BIN === undefined) console.warn('no PostgreSQL is installed: calls are tried against silent and closed ports only');

const folder = tempFolder('postgres');
let postgres: Store;
let events: string[] = [];
let server: ChildProcess | null = null;
let port = 0;
const pools: pg.Pool[] = [];

function pool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ host: '127.0.0.1', user: 'tester', database: 'postgres', ...config });
  made.on('error', () => undefined);
  pools.push(made);
  return made;
}

/** PostgreSQL refuses to run as root; another user that every Debian has may run it. */
const asUser = (program: string, args: readonly string[]): readonly [string, readonly string[]] => (process.getuid?.() === 0 ? ['setpriv', ['--reuid=nobody', '--regid=nogroup', '--clear-groups', program, ...args]] : [program, args]);

async function start(): Promise<void> {
  const data = join(folder, 'data');
  const [program, args] = asUser(join(BIN!, 'postgres'), ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=8', '-c', 'superuser_reserved_connections=3', '-c', 'fsync=off']);
  server = spawn(program, args, { stdio: 'ignore' });
  for (let tried = 0; tried < 100; tried++) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'tester', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(100);
    }
  }
  throw new Error('PostgreSQL did not start');
}

async function stop(): Promise<void> {
  const child = server;
  if (child === null) return;
  server = null;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

beforeAll(async () => {
  const made = await loadModule<{ postgres: Store; onPolicyEvent: (listen: (event: { event: string }) => void) => void }>([{ name: 'postgres', service: 'postgres', outcomes: 'postgres', section: 'store' }], { deadline: 800 });
  postgres = made.postgres;
  made.onPolicyEvent(({ event }) => { events.push(event); });
  if (BIN === undefined) return;
  port = await closedPort();
  const data = join(folder, 'data');
  mkdirSync(data);
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'nobody:nogroup', folder]);
  execFileSync(...(asUser(join(BIN, 'initdb'), ['-D', data, '-U', 'tester', '-A', 'trust', '-N']) as [string, string[]]), { stdio: 'ignore' });
  await start();
});
afterAll(async () => {
  await Promise.allSettled(pools.map((one) => one.end()));
  await stop();
  removeModules();
  rmSync(folder, { recursive: true, force: true });
});

/** Retries that a call took. */
async function retries(call: () => Promise<unknown>): Promise<number> {
  events = [];
  await outcome(call());
  return events.length;
}

describe('calls of pg behind a policy', () => {
  it('are tried again where nothing listens, and the error stays', async () => {
    const closed = pool({ port: await closedPort() });
    expect(await retries(() => postgres.retryUnsent(() => closed.query('SELECT 1')))).toBe(2);
    expect(await retries(() => postgres.once(() => closed.query('SELECT 1')))).toBe(0);
    expect(await outcome(postgres.retryUnsent(() => closed.query('SELECT 1')))).toMatch(/ECONNREFUSED/);
  });

  it('are waited for no longer than the deadline where nothing answers', async () => {
    const silent = await silentServer();
    const began = performance.now();
    expect(await outcome(postgres.retryUnsent(() => pool({ port: silent.port }).query('SELECT 1')))).toBe('TimeoutError: postgres did not answer within 800 ms');
    expect(performance.now() - began).toBeLessThan(1_500);
    // A connection that did not stand in time carried nothing.
    const hasty = pool({ port: silent.port, connectionTimeoutMillis: 50 });
    expect(await retries(() => postgres.retryUnsent(() => hasty.query('SELECT 1')))).toBe(2);
    await silent.close();
  });

  it('end with the signal of their caller, before and after they began', async () => {
    const silent = await silentServer();
    const closing = new AbortController();
    setTimeout(() => { closing.abort(new Error('shutdown')); }, 50);
    expect(await outcome(postgres.retryUnsent(() => pool({ port: silent.port }).query('SELECT 1'), { signal: closing.signal }))).toBe('Error: shutdown');
    const accepted = silent.accepted();
    expect(await outcome(postgres.retryUnsent(() => pool({ port: silent.port }).query('SELECT 1'), { signal: closing.signal }))).toBe('Error: shutdown');
    expect(silent.accepted()).toBe(accepted);
    await silent.close();
  });

  it('give the fallback when they fail for good', async () => {
    const closed = pool({ port: await closedPort() });
    expect(await postgres.retryUnsent<unknown>(() => closed.query('SELECT 1'), { fallback: () => 'cached' })).toBe('cached');
  });
});

describe.runIf(BIN !== undefined)('calls of pg behind a policy, with a server', () => {
  it('answer', async () => {
    const { rows } = await postgres.retryUnsent(() => pool({ port }).query('SELECT 1 AS one'));
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('are tried again where no client of the pool came free', async () => {
    const small = pool({ port, max: 1, connectionTimeoutMillis: 50 });
    const lent = await small.connect();
    setTimeout(() => { lent.release(); }, 90);
    events = [];
    expect(await outcome(postgres.retryUnsent(() => small.query('SELECT 1')))).toBe('answered');
    expect(events.length).toBeGreaterThan(0);
  });

  it('are tried again where the server has too many connections, 53300', async () => {
    const many = pool({ port, user: 'plain', max: 8 });
    await pool({ port }).query('CREATE ROLE plain LOGIN');
    const lent: pg.PoolClient[] = [];
    let code = '';
    for (let index = 0; index < 8 && code === ''; index++) {
      try {
        lent.push(await many.connect());
      } catch (error) {
        code = String((error as { code: string }).code);
      }
    }
    expect(code).toBe('53300');
    const another = pool({ port, user: 'plain' });
    expect(await retries(() => postgres.retryUnsent(() => another.query('SELECT 1')))).toBe(2);
    for (const client of lent) client.release();
  });

  it('are not tried again after they were sent: a statement that fails, a server that goes away', async () => {
    const own = pool({ port });
    expect(await retries(() => postgres.retryUnsent(() => own.query('SELECT 1 FROM nowhere')))).toBe(0);
    await own.query('CREATE TABLE seen (at timestamptz)');
    events = [];
    const cut = outcome(postgres.retryUnsent(() => own.query('INSERT INTO seen SELECT now() FROM pg_sleep(5)')));
    await wait(200);
    await stop();
    expect(await cut).toMatch(/terminat|57P01|ECONNRESET/i);
    expect(events).toEqual([]);
    await start();
  });

  it('stop waiting at the deadline while the server goes on', async () => {
    const own = pool({ port });
    expect(await outcome(postgres.retryUnsent(() => own.query('SELECT pg_sleep(0.4)'), { deadline: 100 }))).toMatch(/within 100 ms/);
    expect(own.idleCount).toBe(0);
    await wait(500);
    expect(own.idleCount).toBe(1);
  });
});
