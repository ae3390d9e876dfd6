import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, tempFolder, writeFiles } from './support.js';

/** The helper that `add-timeouts` writes, as its fixture has it, run against a server that never answers. */
const output = readFileSync(join(ROOT, 'test/codemods/add-timeouts/a-signal-in-javascript/output.cjs'), 'utf8');
const helper = output.slice(output.indexOf('function boundedSignal'));
const folder = tempFolder('bounded');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(body: string): string {
  writeFiles(folder, {
    'main.cjs': `${helper}
const server = require('node:http').createServer(() => {}).listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port;
  const parent = new AbortController();
  const collect = async () => { for (let index = 0; index < 10; index++) { await new Promise((done) => setTimeout(done, 10)); globalThis.gc(); } };
  const ends = (promise) => Promise.race([promise.then(() => 'answered', (error) => error.name + ': ' + error.message), new Promise((done) => setTimeout(done, 3000, 'hangs'))]);
  ${body}
  server.closeAllConnections();
  server.close();
});
`,
  });
  return execFileSync(process.execPath, ['--expose-gc', 'main.cjs'], { cwd: folder, encoding: 'utf8', timeout: 20_000 }).trim();
}

describe('the helper that joins a signal with a limit', () => {
  it('ends a call by time, though a collection comes between', () => {
    expect(run("const call = ends(fetch(url, { signal: boundedSignal(300, parent.signal) })); await collect(); console.log(await call);")).toMatch(/^TimeoutError: /);
  });

  it('ends a call with its parent, and gives its reason', () => {
    expect(run("const call = ends(fetch(url, { signal: boundedSignal(60_000, parent.signal) })); await collect(); parent.abort(new Error('shutdown')); console.log(await call);")).toBe('Error: shutdown');
    expect(run("parent.abort(new Error('before')); console.log(await ends(fetch(url, { signal: boundedSignal(60_000, parent.signal) })));")).toBe('Error: before');
  });

  it('leaves no listener at a parent that lives on', () => {
    expect(run("for (let index = 0; index < 20; index++) boundedSignal(50, parent.signal); await new Promise((done) => setTimeout(done, 300)); console.log(require('node:events').getEventListeners(parent.signal, 'abort').length);")).toBe('0');
  });

  it('keeps no process alive', () => {
    const started = performance.now();
    run('boundedSignal(60_000, parent.signal); console.log(1);');
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
