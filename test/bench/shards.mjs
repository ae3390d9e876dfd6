/**
 * How long a workspace of 200 packages takes: one run, two shards at once, and from the cache of Turborepo, as ratios
 * inside one run: `npm run bench:shards -- [--packages 200] [--files 20] [--rounds 5]`
 * Turborepo is installed into the folder for temporary files when it is not there. Nothing is sent anywhere.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeMonorepo } from './monorepo.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const CLI = join(ROOT, 'dist/src/cli/main.js');
const TMP = join(tmpdir(), 'resilience-bench');
const TURBO = '2.11.11';
const { values: options } = parseArgs({ options: { packages: { type: 'string', default: '200' }, files: { type: 'string', default: '20' }, rounds: { type: 'string', default: '5' } } });
const root = join(TMP, 'shards');
const packages = Number(options.packages);

const ENV = { ...process.env, CI: '1', NO_COLOR: '1', NODE_OPTIONS: '', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', GITHUB_WORKSPACE: '' };

/** Ends with the exit code that is expected, or throws. */
function run(args, expected) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: root, env: ENV, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text) => (errors += text));
    child.on('error', fail);
    child.on('close', (code) => (code === expected ? done() : fail(new Error(`${args.join(' ')} ended with ${code}\n${errors.slice(0, 2000)}`))));
  });
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function prepare() {
  rmSync(root, { recursive: true, force: true });
  writeMonorepo(root, packages * Number(options.files), Number(options.files));
  const tools = join(TMP, 'tools');
  if (!existsSync(join(tools, 'node_modules/turbo'))) {
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', `turbo@${TURBO}`], { stdio: 'ignore' });
  }
  const fixture = join(ROOT, 'test/fixtures/monorepo/turbo');
  writeFileSync(join(root, 'turbo.json'), readFileSync(join(fixture, 'turbo.json'), 'utf8'));
  writeFileSync(join(root, '.gitignore'), readFileSync(join(fixture, '.gitignore'), 'utf8'));
  const { scripts } = JSON.parse(readFileSync(join(fixture, 'packages/orders/package.json'), 'utf8'));
  const lock = { name: 'orders-monorepo', lockfileVersion: 3, packages: { '': { name: 'orders-monorepo', workspaces: ['packages/*'] } } };
  for (const name of readdirSync(join(root, 'packages'))) {
    const path = join(root, 'packages', name, 'package.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...manifest, version: '1.0.0', scripts }));
    lock.packages[`packages/${name}`] = { name: manifest.name, version: '1.0.0' };
    lock.packages[`node_modules/${manifest.name}`] = { resolved: `packages/${name}`, link: true };
  }
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), packageManager: 'npm@10.9.0' }));
  const link = (target, at) => {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    symlinkSync(target, join(root, at), 'junction');
  };
  chmodSync(CLI, 0o755);
  link(CLI, 'node_modules/.bin/eslint-plugin-resilience');
  link(join(ROOT, 'node_modules/eslint'), 'node_modules/eslint');
  link(join(tools, 'node_modules/turbo'), 'node_modules/turbo');
  const git = (...words) => execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', ...words], { cwd: root, stdio: 'ignore' });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'x');
}

const check = (...more) => [CLI, 'check', '--format', 'json', ...more];
const turbo = (...more) => [join(root, 'node_modules/turbo/bin/turbo'), 'run', 'resilience:check', '--no-daemon', '--output-logs', 'none', ...more];
const reports = ['.turbo/shard-1.json', '.turbo/shard-2.json'];
const WAYS = {
  'one run': () => run(check('--output-file', '.turbo/whole.json'), 1),
  'two shards at once, and merge': async () => {
    await Promise.all(reports.map((file, index) => run(check('--exit-zero', '--shard', `${index + 1}/2`, '--output-file', file), 0)));
    await run([CLI, 'merge', ...reports, '--format', 'json', '--output-file', '.turbo/merged.json'], 1);
  },
  'one of two shards': () => run(check('--exit-zero', '--shard', '1/2', '--output-file', '.turbo/alone.json'), 0),
  'all from Turborepo’s cache, and merge': async () => {
    await run(turbo(), 0);
    await run([CLI, 'merge', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/resilience.sarif`), '--output-file', '.turbo/merged.sarif'], 1);
  },
  'one package changed, the rest from the cache': async () => {
    writeFileSync(join(root, 'packages/p0/src/changed.ts'), `export const at = ${performance.now()};\n`);
    await run(turbo(), 0);
  },
};

mkdirSync(TMP, { recursive: true });
prepare();
// A process a package: what the cache has to earn back.
const cold = await timed(() => run(turbo(), 0));
const times = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
const rounds = Number(options.rounds);
for (let round = 0; round < rounds; round++) {
  // Every other round the other way round: what else the machine does falls on all alike.
  const order = Object.keys(WAYS);
  if (round % 2 === 1) order.reverse();
  for (const name of order) times[name].push(await timed(WAYS[name]));
}
const textOf = (file) => readFileSync(join(root, '.turbo', file), 'utf8').replace(/"milliseconds": \d+/, '');
if (textOf('merged.json') !== textOf('whole.json')) throw new Error('two shards say something else than one run');

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
console.log(`${packages} packages of ${options.files} files, ${rounds} rounds, ${availableParallelism()} cores\n`);
for (const [name, values] of Object.entries(times)) {
  const ratios = sorted(values.map((value, round) => value / times['one run'][round]));
  console.log(`${name.padEnd(46)} ${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)})   ${seconds(median(values))}`);
}
console.log(`${'Turborepo with an empty cache, once'.padEnd(46)} ${(cold / median(times['one run'])).toFixed(2)}                  ${seconds(cold)}`);
rmSync(root, { recursive: true, force: true });
