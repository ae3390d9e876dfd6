/** The service under test as a process of its own. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('service-host.mjs', import.meta.url));

/** @param {Record<string, string>} addresses of its downstreams, as environment variables */
export async function startService(main, addresses) {
  const child = spawn(process.execPath, [HOST, main], { env: { ...process.env, ...addresses, PORT: '0', NODE_OPTIONS: '' }, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr.on('data', (text) => {
    errors = (errors + text).slice(-4000);
  });
  const port = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      const found = /listening on (\d+)/.exec(output);
      if (found !== null) resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${errors}`)));
  });
  return {
    port,
    get ended() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    get errors() {
      return errors;
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
