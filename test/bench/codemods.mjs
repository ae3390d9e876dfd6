/**
 * Time and memory of `codemod add-timeouts` over a monorepo, as ratios inside one run.
 * `npm run bench:codemods -- [--files 10000] [--beside 2000] [--no-peers] [--concurrency n]`
 * Exits 1 when a figure is above its budget. jscodeshift is installed into the folder for temporary files when it is not there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeMonorepo } from './monorepo.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
// Outside the checkout: what lies below a folder named test counts as tests.
const TMP = join(tmpdir(), 'resilience-bench');
const CLI = join(HERE, '../../dist/src/cli/main.js');
const { values: options } = parseArgs({
  allowNegative: true,
  options: { files: { type: 'string', default: '10000' }, beside: { type: 'string', default: '2000' }, peers: { type: 'boolean', default: true }, concurrency: { type: 'string' }, runs: { type: 'string', default: '3' } },
});
const budgets = JSON.parse(readFileSync(join(HERE, 'budgets.json'), 'utf8'));
const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs a script in a process of its own; whole time in ms, peak memory in bytes, and what it printed. */
function measured(script, ...args) {
  const peakFile = join(TMP, 'peak.txt');
  rmSync(peakFile, { force: true });
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', join(HERE, 'peers/peak.mjs'), script, ...args], {
    encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, PEAK_FILE: peakFile, NO_COLOR: '1', NODE_OPTIONS: '' },
  });
  const milliseconds = performance.now() - started;
  if (status !== 0 || !existsSync(peakFile)) throw new Error(`${script} ended with ${status}\n${stderr.slice(0, 2000)}`);
  return { milliseconds, peak: Number(readFileSync(peakFile, 'utf8')), stdout };
}

function monorepo(count) {
  const root = join(TMP, `monorepo-${count}`);
  rmSync(root, { recursive: true, force: true });
  const lists = writeMonorepo(root, Number(count));
  const list = join(TMP, `monorepo-${count}.json`);
  writeFileSync(list, JSON.stringify(lists));
  return { root, list, ...lists };
}

function dryRun(root, ...flags) {
  const threads = options.concurrency === undefined ? [] : ['--concurrency', options.concurrency];
  const run = measured(CLI, 'codemod', 'add-timeouts', '--json', '--cwd', root, ...threads, ...flags);
  return { ...run, report: JSON.parse(run.stdout) };
}

mkdirSync(TMP, { recursive: true });
const big = monorepo(options.files);
const small = monorepo(options.beside);
const runs = Number(options.runs);
const floors = [];
const dry = [];
const beside = [];
for (let index = 0; index < runs; index++) {
  floors.push(measured(join(HERE, 'peers/floor.mjs'), big.list));
  dry.push(dryRun(big.root, '--no-type-gate'));
  beside.push(dryRun(small.root, '--no-type-gate'));
}
const floor = median(floors.map(({ milliseconds }) => milliseconds));
const floorWithin = median(floors.map(({ stdout }) => JSON.parse(stdout).milliseconds));
const within = median(dry.map(({ report }) => report.milliseconds));
const whole = median(dry.map(({ milliseconds }) => milliseconds));
const peak = median(dry.map((run) => run.peak));
const peakBeside = median(beside.map((run) => run.peak));
const edits = dry[0].report.changes.reduce((sum, file) => sum + file.edits, 0);
if (edits !== big.candidates.length) throw new Error(`${edits} edits, and ${big.candidates.length} were to be made`);
const bytes = big.sources.reduce((sum, path) => sum + readFileSync(path).length, 0);
console.log(`${big.sources.length} files, ${mb(bytes)}, ${big.candidates.length} candidates; medians of ${runs} runs\n`);
// A process beside a process; what each says of itself leaves out the start of Node and of the compiler, or of ESLint.
console.log(`read all + TypeScript's parse of the candidates   ${Math.round(floor)} ms (${Math.round(floorWithin)} ms by its own clock)`);
console.log(`codemod add-timeouts, dry                         ${Math.round(whole)} ms (${Math.round(within)} ms by its own clock), peak ${mb(peak)}; ${edits} edits`);
console.log(`  the same over ${small.sources.length} files                       ${Math.round(median(beside.map(({ milliseconds }) => milliseconds)))} ms, peak ${mb(peakBeside)}`);

const gated = dryRun(big.root);
const times = gated.report.types.map(({ milliseconds }) => milliseconds);
console.log(`  with the type gate                              ${Math.round(gated.milliseconds)} ms, peak ${mb(gated.peak)}; ${gated.report.types.length} packages, ${Math.round(median(times))} ms a package (most ${Math.max(...times)} ms), memory after the last ${mb(gated.report.types.at(-1)?.rss ?? 0)}`);

if (options.peers) {
  const morph = measured(join(HERE, 'peers/ts-morph.mjs'), big.list);
  console.log(`ts-morph, one project of all files                ${Math.round(morph.milliseconds)} ms, peak ${mb(morph.peak)}; ${JSON.parse(morph.stdout).edits} edits`);
  const peers = join(TMP, 'peers');
  if (!existsSync(join(peers, 'node_modules/jscodeshift'))) {
    mkdirSync(peers, { recursive: true });
    writeFileSync(join(peers, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--prefix', peers, '--no-audit', '--no-fund', 'jscodeshift@17'], { stdio: 'ignore' });
  }
  const shift = measured(join(HERE, 'peers/jscodeshift-run.mjs'), big.list, join(peers, 'noop.js'));
  console.log(`jscodeshift                                       ${Math.round(shift.milliseconds)} ms, peak ${mb(shift.peak)} (main process; its workers come on top); ${JSON.parse(shift.stdout).edits} edits`);
}

let failed = false;
const judge = (figure, value, text) => {
  const over = value > budgets[figure];
  failed ||= over;
  console.log(`${over ? 'OVER ' : 'ok   '}${figure}: ${text} (budget ${budgets[figure]})`);
};
console.log('');
console.log(`     by their own clocks: ${(within / floorWithin).toFixed(2)}`);
judge('codemod time to read + parse of candidates', whole / floor, (whole / floor).toFixed(2));
judge('codemod peak memory, MB', peak / 1e6, Math.round(peak / 1e6));
judge('codemod peak memory to that of the smaller monorepo', peak / peakBeside, (peak / peakBeside).toFixed(2));
process.exitCode = failed ? 1 : 0;
