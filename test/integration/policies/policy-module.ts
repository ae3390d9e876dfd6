import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { newModule, type StartingLimits, type WantedPolicy } from '../../../src/codemod/policy-module/module-text.js';
import { ROOT } from '../support.js';

/** Short ones, so that tests need not wait. */
const LIMITS: StartingLimits = { deadline: 1_500, attempt: 300, retries: 2, backoff: 10, maxBackoff: 50, concurrency: 50, failureRate: 50, window: 8, halfOpenAfter: 200 };

const folders: string[] = [];

/** Writes a module of policies as the codemod does, and loads it; it finds what is installed here. */
export async function loadModule<Module>(policies: readonly WantedPolicy[], limits: Partial<StartingLimits> = {}): Promise<Module> {
  mkdirSync(join(ROOT, 'test/.tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'test/.tmp/policies-'));
  folders.push(folder);
  const text = newModule({ language: 'typescript', limits: { ...LIMITS, ...limits }, policies });
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true } });
  const path = join(folder, 'resilience.mjs');
  writeFileSync(path, outputText);
  return (await import(pathToFileURL(path).href)) as Module;
}

export function removeModules(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Takes connections, and says nothing. */
export async function silentServer(): Promise<{ readonly port: number; readonly accepted: () => number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  const port = await listening(server);
  return {
    port,
    accepted: () => accepted,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => { resolve(); });
      }),
  };
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How a call ended, as text. */
export const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
