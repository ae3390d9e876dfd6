import { execFile } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extraPackages } from '../../support/extra-packages.js';
import { LIBRARY_NAMES, writeModule } from './module-in-use.js';

const run = promisify(execFile);

/** A Node of each major that the modules are to run on. */
function nodes(): Readonly<Record<string, string>> {
  const majors = ['20', '22', '24'];
  const folder = extraPackages(Object.fromEntries(majors.map((major) => [`n${major}`, `npm:node@${major}`])));
  return Object.fromEntries(majors.map((major) => [major, join(folder, `n${major}`, 'bin', 'node')]));
}

const SERVER = `import { createServer } from 'node:http';
const server = createServer((request, response) => answer(request, response));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
server.unref();
const url = \`http://127.0.0.1:\${server.address().port}/\`;
`;

let others: Readonly<Record<string, string>> = {};
beforeAll(() => void (others = nodes()));

describe.each(LIBRARY_NAMES)('a process with policies on %s', (library) => {
  let module: ReturnType<typeof writeModule>;
  beforeAll(() => void (module = writeModule(library, { deadline: 1_500, attempt: 300, backoff: 500, maxBackoff: 30_000 })));
  afterAll(() => module.remove());

  /** What a script printed, and how long it lived after its last call. */
  async function child(name: string, body: string, node = process.execPath, flags: readonly string[] = []): Promise<string> {
    const path = join(module.folder, `${name}.mjs`);
    writeFileSync(path, `import { HTTP, policy, service } from './resilience.mjs';\n${SERVER}${body}\nconst last = performance.now();\nprocess.on('exit', () => console.log('lived', Math.round(performance.now() - last)));\n`);
    const { stdout } = await run(node, [...flags, path], { timeout: 20_000 });
    return stdout.trim();
  }
  const lived = (output: string): number => Number(/lived (\d+)$/.exec(output)![1]);

  it('ends by itself after its last call', async () => {
    const answered = await child('answered', "const answer = (request, response) => response.end('fine'); console.log(await (await service.retry((signal) => fetch(url, { signal, headers: { connection: 'close' } }))).text());");
    expect(answered).toMatch(/^fine\n/);
    expect(lived(answered)).toBeLessThan(1_000);
    const left = await child('left', "const answer = (request, response) => response.writeHead(503, { 'Retry-After': '30', connection: 'close' }).end(); await service.retry((signal) => fetch(url, { signal }), { deadline: 60_000, signal: AbortSignal.timeout(200) }).catch((error) => console.log(error.name));");
    expect(left).toMatch(/^TimeoutError\n/);
    expect(lived(left)).toBeLessThan(1_000);
    const opened = await child('opened', "const answer = (request, response) => response.writeHead(503, { connection: 'close' }).end(); for (let call = 0; call < 10; call++) await service.once(async (signal) => { const { status } = await fetch(url, { signal }); return { status }; }).catch(() => undefined); console.log('open');");
    expect(lived(opened)).toBeLessThan(1_000);
  });

  it('does not end in the wait before it tries again', async () => {
    expect(await child('waits', "let times = 0; const answer = () => undefined; console.log(await service.retry(async () => (++times < 3 ? { status: 503 } : { status: 200 }))); ")).toMatch(/^\{ status: 200 \}\n/);
  });

  it('ends a hung call in time though everything is collected, on each Node', async () => {
    const ran = Object.values(others).map((node) =>
      child(
        'collected',
        `const answer = () => undefined;
const caller = new AbortController();
const began = performance.now();
const calls = [service.once((signal) => fetch(url, { signal })), service.retry((signal) => fetch(url, { signal }), { signal: caller.signal, deadline: 400 })];
const ends = calls.map((call) => call.then(() => 'answered', (error) => \`\${error.constructor.name} \${performance.now() - began < 800}\`));
for (let round = 0; round < 10; round++) { await new Promise((done) => setTimeout(done, 10)); globalThis.gc(); }
console.log(process.version.split('.')[0], (await Promise.race([Promise.all(ends), new Promise((done) => setTimeout(done, 3_000, ['hangs']))])).join());
server.closeAllConnections();`,
        node,
        ['--expose-gc'],
      ),
    );
    const first = (await Promise.all(ran)).map((output) => output.split('\n')[0]);
    expect(first.sort()).toEqual(['v20', 'v22', 'v24'].map((version) => `${version} AttemptTimeoutError true,DeadlineExceededError true`));
  });
});

describe('a module that was written for cockatiel 3', () => {
  it('does the same on cockatiel 4', async () => {
    const { folder, remove } = writeModule('cockatiel', { window: 4, halfOpenAfter: 100, backoff: 10 });
    const link = join(folder, 'node_modules/cockatiel');
    rmSync(link);
    symlinkSync(join(extraPackages({ cockatiel4: 'npm:cockatiel@4' }), 'cockatiel4'), link, 'junction');
    writeFileSync(
      join(folder, 'main.mjs'),
      `import { BrokenCircuitError, BulkheadRejectedError, HTTP, onPolicyEvent, policy } from './resilience.mjs';
const events = [];
onPolicyEvent(({ event }) => events.push(event));
const service = policy('service', HTTP, { concurrency: 2 });
const answer = (status, ms = 0) => () => new Promise((done) => setTimeout(done, ms, { status }));
const ended = (call) => call.then(({ status }) => status, (error) => [BrokenCircuitError, BulkheadRejectedError].find((kind) => error instanceof kind)?.name ?? error.name);
const seen = [await Promise.all([1, 2, 3].map(() => ended(service.once(answer(200, 20)))))];
for (const status of [404, 503, 503, 503]) seen.push(await ended(service.once(answer(status))));
seen.push(await ended(service.retry(answer(200))));
await new Promise((done) => setTimeout(done, 120));
seen.push(await ended(service.retry(answer(200))), events);
console.log(JSON.stringify(seen));
`,
    );
    const { stdout } = await run(others['22']!, [join(folder, 'main.mjs')], { timeout: 20_000 });
    remove();
    expect(JSON.parse(stdout)).toEqual([[200, 200, 'BulkheadRejectedError'], 404, 503, 503, 503, 'BrokenCircuitError', 200, ['opened', 'half-open', 'closed']]);
  });
});
