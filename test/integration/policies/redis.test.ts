import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort, listening, loadModule, outcome, removeModules, silentServer, wait } from './policy-module.js';

interface Store {
  readonly retryUnsent: <T>(run: () => PromiseLike<T>, options?: { deadline?: number }) => Promise<T>;
}

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('no redis-server is installed: calls are tried against silent and closed ports only');
    return false;
  }
}

const INSTALLED = isInstalled();
let redis: Store;
let events: string[] = [];
let server: ChildProcess | null = null;
let port = 0;
const closing: (() => void)[] = [];

function ioredis(to: number, options: object = {}): Redis {
  const client = new Redis({ host: '127.0.0.1', port: to, ...options });
  client.on('error', () => undefined);
  closing.push(() => { client.disconnect(); });
  return client;
}

beforeAll(async () => {
  const made = await loadModule<{ redis: Store; onPolicyEvent: (listen: (event: { event: string }) => void) => void }>([{ name: 'redis', service: 'redis', outcomes: 'redis', section: 'store' }], { deadline: 400 });
  redis = made.redis;
  made.onPolicyEvent(({ event }) => { events.push(event); });
  if (!INSTALLED) return;
  port = await closedPort();
  server = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const probe = ioredis(port);
  await probe.ping();
});
afterAll(async () => {
  for (const close of closing) close();
  const child = server;
  if (child !== null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  removeModules();
});

describe('calls of ioredis behind a policy', () => {
  it('are waited for no longer than the deadline where nothing answers, or nothing listens', async () => {
    const silent = await silentServer();
    expect(await outcome(redis.retryUnsent(() => ioredis(silent.port).get('a')))).toBe('TimeoutError: redis did not answer within 400 ms');
    expect(await outcome(redis.retryUnsent(async () => ioredis(await closedPort()).get('a')))).toBe('TimeoutError: redis did not answer within 400 ms');
    await silent.close();
  });

  it('are tried again where the connection is away and nothing may wait for it', async () => {
    const client = ioredis(await closedPort(), { enableOfflineQueue: false });
    events = [];
    expect(await outcome(redis.retryUnsent(() => client.get('a')))).toMatch(/isn't writeable/);
    expect(events).toHaveLength(2);
  });

  it('are not tried again where the connection broke: the command may have been carried out', async () => {
    let received = 0;
    const breaking = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        received += 1;
        socket.destroy();
      });
    });
    const to = await listening(breaking);
    events = [];
    expect(await outcome(redis.retryUnsent(() => ioredis(to, { enableReadyCheck: false, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false, disableClientInfo: true }).incr('a')))).not.toBe('answered');
    expect(events).toEqual([]);
    expect(received).toBeGreaterThan(0);
    breaking.close();
  });

  it.runIf(INSTALLED)('answer, and an error of the server is one of its answers', async () => {
    const client = ioredis(port);
    expect(await redis.retryUnsent(() => client.set('a', '1'))).toBe('OK');
    events = [];
    expect(await outcome(redis.retryUnsent(() => client.lpush('a', '1')))).toMatch(/WRONGTYPE/);
    expect(events).toEqual([]);
  });
});

describe('calls of node-redis behind a policy', () => {
  it.runIf(INSTALLED)('are tried again while the client is offline and nothing may wait for it', async () => {
    const client = createClient({ url: `redis://127.0.0.1:${String(port)}`, disableOfflineQueue: true, socket: { reconnectStrategy: 20 } });
    client.on('error', () => undefined);
    await client.connect();
    closing.push(() => { client.destroy(); });
    expect(await redis.retryUnsent(() => client.set('b', '1'))).toBe('OK');
    const killer = ioredis(port);
    await killer.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    while (client.isReady) await wait(1);
    events = [];
    expect(await outcome(redis.retryUnsent(() => client.get('b')))).toBe('answered');
    expect(events.length).toBeGreaterThan(0);
  });

  it('are waited for no longer than the deadline where nothing listens', async () => {
    const client = createClient({ url: `redis://127.0.0.1:${String(await closedPort())}` });
    client.on('error', () => undefined);
    void client.connect().catch(() => undefined);
    closing.push(() => { client.destroy(); });
    expect(await outcome(redis.retryUnsent(() => client.get('a')))).toBe('TimeoutError: redis did not answer within 400 ms');
  });
});
