import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from 'ts-morph';
import { newModule, type StartingLimits } from '../../../src/codemod/policy-module/module-text.js';
import type { SectionName } from '../../../src/models/seam-types.js';
import { ROOT } from '../support.js';

/** What stands in a module of policies, as far as these tests use it. */
export interface PolicyModule {
  readonly policy: (name: string, outcomes: unknown, own?: Partial<StartingLimits>) => TestPolicy;
  readonly HTTP: unknown;
  readonly onPolicyEvent: (listen: (event: { readonly policy: string; readonly event: string }) => void) => void;
  readonly resetPolicies: () => void;
}

export interface TestPolicy {
  readonly retry: <T>(run: (signal: AbortSignal) => PromiseLike<T>, options?: object) => Promise<T>;
  readonly once: <T>(run: (signal: AbortSignal) => PromiseLike<T>, options?: object) => Promise<T>;
}

const LIMITS: StartingLimits = { deadline: 4_000, attempt: 300, retries: 2, backoff: 5, maxBackoff: 20, concurrency: 50, failureRate: 50, window: 10, halfOpenAfter: 60_000 };

const folders: string[] = [];

/** The module that the codemod would write for a client, run as it stands. */
export async function policyModule<M extends object = object>(section: SectionName | null): Promise<PolicyModule & M> {
  const text = newModule({ language: 'typescript', limits: LIMITS, policies: [{ name: 'shop', service: 'shop', outcomes: 'http', section }] });
  const folder = join(ROOT, 'test/.tmp');
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, 'policies-'));
  folders.push(own);
  const path = join(own, 'resilience.mjs');
  writeFileSync(path, ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as PolicyModule & M;
}

export function removePolicyModules(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Hit {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly hits: Hit[];
  /** Connections that were opened since the start. */
  readonly opened: () => number;
  /** Connections that stand. */
  readonly open: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** What becomes of the request with this number, counted from 1, on its path. */
export type Answer = (response: ServerResponse, number: number, hit: Hit) => void;

/** A service on the loopback that keeps what it was sent. */
export async function serve(answer: Answer): Promise<TestServer> {
  const hits: Hit[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const hit = { method: request.method!, url: request.url!, headers: request.headers, body };
      hits.push(hit);
      answer(response, hits.filter(({ url }) => url === hit.url).length, hit);
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hits,
    opened: () => connections,
    open: () => new Promise((done, fail) => { server.getConnections((error, count) => { if (error) fail(error); else done(count); }); }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => { done(); });
      }),
  };
}

/** Answers by path: `/503` with that status, `/flaky` with 503 and then 200, `/hang` never, `/moved` elsewhere. */
export function byPath(response: ServerResponse, number: number, { url, body }: Hit): void {
  const path = new URL(url, 'http://x').pathname;
  const send = (status: number, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    // Long enough that an answer which nobody reads keeps its socket.
    response.end(JSON.stringify({ path, number, body, filler: status === 503 ? 'x'.repeat(200_000) : '' }));
  };
  if (path.startsWith('/hang')) return;
  if (path.startsWith('/flaky')) send(number % 2 === 1 ? 503 : 200);
  else if (path.startsWith('/moved')) send(307, { location: 'http://127.0.0.1:1/refused' });
  else if (/^\/\d{3}$/.test(path)) send(Number(path.slice(1)));
  else send(200);
}

/** What a promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error & { readonly code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was to reject');
}

/** The calls that a policy lets through before its circuit is open, of at most 30. */
export async function callsUntilOpen(call: () => PromiseLike<unknown>): Promise<number | null> {
  for (let made = 0; made < 30; made++) {
    try {
      await call();
    } catch (error) {
      if ((error as { isBrokenCircuitError?: boolean }).isBrokenCircuitError === true) return made;
    }
  }
  return null;
}
