/** Runs one experiment with one set of versions in a child process. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));
/** Starting a process and loading a large library, ms. */
const START = 15_000;

/** @returns {Promise<{ ok: boolean, why?: string, seconds: number }>} */
export async function runOne({ file, experiment, folder, versions, services }) {
  const began = performance.now();
  const child = fork(CHILD, [JSON.stringify({ file, name: experiment.name, folder, versions, services })], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--no-warnings'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed = (printed + text).slice(-2000)));
  const patience = (experiment.ms ?? 20_000) + START;
  const answer = await new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ ok: false, why: `not done after ${patience} ms` });
    }, patience);
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ ok: false, why: `its process ended by ${signal ?? code}: ${printed.trim().split('\n').at(-1) ?? ''}` });
    });
  });
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
  return { ...answer, seconds: Math.round((performance.now() - began) / 100) / 10 };
}
