/**
 * Kills a codemod at random moments while it writes, and sees whether every file is whole, the run can be
 * finished, and all of it taken back. `npm run interrupt-codemod -- [rounds] [files]`, 100 rounds of 500 files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const ARGS = ['--no-config', '--no-color'];
const before = (index) => `// order ${index}\nexport const order = (id) => fetch(\`http://orders-${index}.internal/\${id}\`);\n`;
const after = (index) => before(index).replace('}`)', '}`, { signal: AbortSignal.timeout(10_000) })');

/**
 * @returns {Promise<{ rounds: number, files: number, beforeWriting: number, during: number, done: number, broken: string[] }>}
 * rounds that were killed before the first file was written, between, and after the last
 */
export async function interruptRuns(rounds, files, log = () => undefined) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-interrupted-')));
  const outcome = { rounds, files, beforeWriting: 0, during: 0, done: 0, broken: [] };
  try {
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'orders', private: true, type: 'module', engines: { node: '>=20' } }));
    mkdirSync(join(root, 'src'));
    const paths = Array.from({ length: files }, (_, index) => join(root, 'src', `order-${index}.js`));
    for (const [index, path] of paths.entries()) writeFileSync(path, before(index));
    let longest = 400;
    for (let round = 0; round < rounds; round++) {
      const { state, took } = await killWhileWriting(root, Math.random() * longest);
      longest = Math.max(took, 50);
      const texts = paths.map((path) => readFileSync(path, 'utf8'));
      const written = texts.filter((text, index) => text === after(index)).length;
      const old = texts.filter((text, index) => text === before(index)).length;
      const report = (what) => outcome.broken.push(`round ${round} (${state}): ${what}`);
      if (written + old !== files) report(`${files - written - old} files are neither old nor new`);
      outcome[written === 0 ? 'beforeWriting' : written === files ? 'done' : 'during']++;
      if (state !== 'done') {
        const resumed = codemod(root, '--resume');
        if (resumed.status !== 0) report(`--resume exits with ${resumed.status}: ${resumed.stdout}${resumed.stderr}`);
        if (paths.some((path, index) => readFileSync(path, 'utf8') !== after(index))) report('--resume did not finish');
      }
      const undone = codemod(root, '--undo');
      if (undone.status !== 0) report(`--undo exits with ${undone.status}: ${undone.stdout}${undone.stderr}`);
      if (paths.some((path, index) => readFileSync(path, 'utf8') !== before(index))) report('--undo did not restore every byte');
      const strangers = readdirSync(join(root, 'src')).filter((name) => !/^order-\d+\.js$/.test(name));
      if (strangers.length > files) report(`${strangers.length} temporary files are left`);
      for (const name of strangers) rmSync(join(root, 'src', name));
      if ((round + 1) % 10 === 0) log(`${round + 1} of ${rounds}: ${outcome.during} killed between two files, ${outcome.broken.length} broken`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return outcome;
}

/** Starts a run, waits until its journal is ready, and kills it after some time. `took`: what the writing took where it was not killed, ms. */
function killWhileWriting(root, delay) {
  const journal = join(root, 'node_modules/.cache/eslint-plugin-resilience/codemod/run.json');
  // The next run removes the journal of the last one: it may go while it is looked at.
  const stateOf = () => {
    try {
      return JSON.parse(readFileSync(journal, 'utf8')).state;
    } catch {
      return 'none';
    }
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'codemod', 'add-timeouts', '--write', '--allow-dirty', '--no-type-gate', ...ARGS], { cwd: root, stdio: 'ignore' });
    let ready = 0;
    const timer = setInterval(() => {
      if (ready !== 0 || stateOf() !== 'ready') return;
      ready = performance.now();
      setTimeout(() => child.kill('SIGKILL'), delay);
    }, 1);
    child.on('exit', () => {
      clearInterval(timer);
      resolve({ state: stateOf(), took: ready === 0 ? 50 : performance.now() - ready });
    });
  });
}

function codemod(root, ...args) {
  return spawnSync(process.execPath, [MAIN, 'codemod', ...args, '--no-color'], { cwd: root, encoding: 'utf8' });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!existsSync(MAIN)) throw new Error('the command is not built: run `npm run build`');
  const outcome = await interruptRuns(Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 500), (text) => console.log(text));
  console.log(`${outcome.rounds} runs over ${outcome.files} files killed: ${outcome.beforeWriting} before the first file was written, ${outcome.during} between two files, ${outcome.done} after the last`);
  for (const text of outcome.broken) console.log(text);
  console.log(outcome.broken.length === 0 ? 'every file was whole, every run could be finished and taken back' : `${outcome.broken.length} faults`);
  process.exitCode = outcome.broken.length === 0 ? 0 : 1;
}
