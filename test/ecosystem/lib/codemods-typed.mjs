/** `ecosystem codemods-typed`: all codemods at once on a repository with its dependencies, types and tests before and after. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtCodemods, git, judgeChanges, runCodemods, tally, undo } from './codemod-run.mjs';

const HUNDRED_MEGABYTES = 100_000_000;

/**
 * @param {{ folder: string, tsc?: string, test?: string[], flags: string[] }} options
 *   `folder`: a clean git work tree; `tsc`: how its types are checked, by default with its own compiler; `test`: how its tests are run
 * @returns whether no type error and no failing test was gained, and all was taken back
 */
export async function codemodsTyped({ folder, tsc, test = [], flags }) {
  const status = git(folder, 'status', '--porcelain');
  if (status !== '') throw new Error(`${folder} has changes that are not committed:\n${status}`);
  const compile = tsc ?? (existsSync(join(folder, 'tsconfig.json')) ? 'npx --no-install tsc --noEmit -p tsconfig.json' : null);
  const before = { types: typeErrors(folder, compile), tests: testRun(folder, test) };
  // Where two mend one place, the one that does more comes first.
  const names = (await builtCodemods()).sort((a, b) => Number(b === 'wrap-clients') - Number(a === 'wrap-clients'));
  const dirty = git(folder, 'status', '--porcelain') === '' ? [] : ['--allow-dirty'];
  const started = performance.now();
  const report = runCodemods(folder, names, ['--write', ...dirty, ...flags], [0, 2, 3]);
  const milliseconds = performance.now() - started;
  printReport(report, milliseconds);
  const { added, removed, strays, broken } = judgeChanges(folder, report);
  console.log(git(folder, 'diff', '-U2'));
  const after = { types: typeErrors(folder, compile), tests: testRun(folder, test) };
  const again = runCodemods(folder, names, ['--write', '--allow-dirty', ...flags], [0, 2, 3]);
  const secondRun = again.changes.reduce((sum, { edits }) => sum + edits, 0);
  const left = report.written?.length > 0 ? undo(folder) : null;
  const rows = [
    ['type errors', before.types, after.types],
    ['tests', before.tests.text, after.tests.text],
    ['files changed, as reported and as git sees them', '', `${report.changes.length}, ${strays.length} differ`],
    ['lines', '', `+${added} -${removed}`],
    ['files that no longer parse', '', broken.length],
    ['edits in a second run', '', secondRun],
    ['taken back', '', left === null ? 'byte for byte' : left],
  ];
  console.log(`\n| ${folder.split('/').at(-1)} | before | after |\n| --- | --- | --- |`);
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
  return before.types === after.types && before.tests.exit === after.tests.exit && strays.length === 0 && broken.length === 0 && secondRun === 0 && left === null;
}

function printReport(report, milliseconds) {
  const edits = report.changes.reduce((sum, change) => sum + change.edits, 0);
  console.log(`${report.codemods.map(({ name }) => name).join(', ')}: ${edits} edits in ${report.changes.length} of ${report.filesRead} files, ${Math.round(milliseconds)} ms with start and end`);
  for (const gate of report.types) {
    console.log(`  types of ${gate.package}: ${gate.errors.before} errors before, ${gate.errors.after} after, ${gate.imports.resolved} of ${gate.imports.all} imports found, ${gate.unchecked.length} files unchecked, ${gate.rejected.length} put back, ${gate.milliseconds} ms, ${Math.round(gate.rss / 1e6)} MB${gate.weak ? ', WEAK' : ''}${gate.problem === null ? '' : `, ${gate.problem}`}`);
    for (const { path, problem } of gate.rejected) console.log(`    put back: ${path}: ${problem}`);
  }
  if (report.weakGate) console.log('  nothing was written: too few imports are found');
  for (const [reason, count] of Object.entries(tally(report.skips.map(({ codemod, reason: code }) => `${codemod} ${code}`)))) console.log(`  left alone: ${reason}: ${count}`);
  for (const { path, problem } of report.failed) console.log(`  failed: ${path}: ${problem}`);
}

/** How many errors the repository's own compiler finds. */
function typeErrors(folder, command) {
  if (command === null) return 'no tsconfig.json';
  const run = spawnSync(command, { cwd: folder, shell: true, encoding: 'utf8', maxBuffer: HUNDRED_MEGABYTES });
  return (run.stdout.match(/error TS\d+/g) ?? []).length;
}

const COUNTS = /\b\d+ (?:passed|failed|skipped|todo|passing|failing|pending|specs?|failures?)\b/;

/** Runs the tests; of what they print, the lines that count. */
function testRun(folder, [program, ...args]) {
  if (program === undefined) return { exit: 0, text: 'not run' };
  const run = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: HUNDRED_MEGABYTES, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
  const counts = `${run.stdout}\n${run.stderr}`.split('\n').filter((line) => COUNTS.test(line)).slice(-3).map((line) => line.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '/'));
  return { exit: run.status, text: `${counts.join('; ')} (exit ${run.status ?? run.signal})` };
}
