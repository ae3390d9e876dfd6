import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newModule, type StartingLimits } from '../../../src/codemod/policy-module/module-text.js';
import type { LibraryName } from '../../../src/codemod/policy-module/libraries.js';
import { linkPackages, tempFolder } from '../support.js';

/** Short ones, so that tests are. */
const LIMITS: StartingLimits = { deadline: 2_000, attempt: 250, retries: 2, backoff: 20, maxBackoff: 100, concurrency: 50, failureRate: 50, window: 10, halfOpenAfter: 200 };

export const LIBRARY_NAMES: readonly LibraryName[] = ['cockatiel', 'opossum'];

interface Call<T> {
  readonly signal?: AbortSignal | null;
  readonly deadline?: number;
  readonly fallback?: (reason: unknown) => T | PromiseLike<T>;
}
type Send = <T>(run: (signal: AbortSignal) => PromiseLike<T>, options?: Call<T>) => Promise<T>;
export interface TriedPolicy {
  readonly retry: Send;
  readonly retryUnsent: Send;
  readonly once: Send;
}
interface Outcomes {
  readonly status: readonly string[];
}

/** What a module hands out. */
export interface TriedModule {
  readonly policy: (name: string, outcomes: Outcomes, own?: Partial<StartingLimits>) => TriedPolicy;
  readonly HTTP: Outcomes;
  readonly onPolicyEvent: (listen: (event: { readonly policy: string; readonly event: string }) => void) => void;
  readonly resetPolicies: () => void;
  readonly AttemptTimeoutError: new () => Error;
  readonly DeadlineExceededError: new () => Error;
  readonly BrokenCircuitError: new () => Error;
  readonly BulkheadRejectedError: new () => Error;
}

/** Writes a module as the codemod does, in plain JavaScript, where it finds its library. */
export function writeModule(library: LibraryName, limits: Partial<StartingLimits> = {}): { readonly folder: string; readonly path: string; remove(): void } {
  const folder = tempFolder(`module-${library}`);
  linkPackages(folder, ['cockatiel', 'opossum']);
  const path = join(folder, 'resilience.mjs');
  writeFileSync(path, newModule({ language: 'esm', limits: { ...LIMITS, ...limits }, policies: [{ name: 'service', service: 'service', outcomes: 'http', section: null }], library }));
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function loadModule(library: LibraryName): Promise<TriedModule & { remove(): void }> {
  const { path, remove } = writeModule(library);
  return { ...((await import(/* @vite-ignore */ pathToFileURL(path).href)) as TriedModule), remove };
}

/** A service on loopback that does what it is told. */
export interface Service {
  readonly url: string;
  /** Requests that came, and connections that are open. */
  readonly seen: { requests: number; sockets: number };
  /** From now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  stop(): Promise<void>;
}

export const ok = (_request: IncomingMessage, response: ServerResponse): void => void response.end('fine');
export const hang = (): void => undefined;
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(code, headers).end('x'.repeat(100_000));

export async function startService(): Promise<Service> {
  const service = { url: '', seen: { requests: 0, sockets: 0 }, answer: ok as Service['answer'], stop: (): Promise<void> => Promise.resolve() };
  const server = createServer((request, response) => {
    service.seen.requests++;
    service.answer(request, response);
  });
  server.on('connection', (socket) => {
    service.seen.sockets++;
    socket.on('error', () => undefined).on('close', () => service.seen.sockets--);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  // The first call of a process takes long.
  await (await fetch(service.url)).text();
  service.stop = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return service;
}

/** How a promise ended, and after how many ms. */
export async function ended<T>(pending: Promise<T>): Promise<{ readonly value?: T; readonly error?: Error; readonly ms: number }> {
  const began = performance.now();
  const outcome = await pending.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error as Error }),
  );
  return { ...outcome, ms: performance.now() - began };
}

export const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

/** So many calls at once; how each ended. */
export const many = <T>(count: number, call: (index: number) => Promise<T>): Promise<Awaited<ReturnType<typeof ended<T>>>[]> => Promise.all(Array.from({ length: count }, (_item, index) => ended(call(index))));
