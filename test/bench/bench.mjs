/**
 * Speed as ratios inside one run; absolute times are printed and never judged.
 * `npm run bench -- [folder…] [--no-cross-file] [--preset <name>] [--only rules|import|growth]`
 * Exits 1 when a figure is above its budget in budgets.json.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { functionOfStatements, fileOfLines } from './generated-code.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ENTRY = join(HERE, '../../dist/src/index.js');
const LOADED = join(HERE, '../tools/lib/loaded-modules.mjs');
const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { 'cross-file': { type: 'boolean', default: true }, preset: { type: 'string', multiple: true, default: ['recommended', 'all'] }, only: { type: 'string' }, rows: { type: 'boolean', default: false }, runs: { type: 'string', default: '9' } },
});
if (!existsSync(ENTRY)) {
  console.error('bench: the plugin is not built; run `npm run build`');
  process.exit(2);
}
const { default: plugin } = await import(ENTRY);
const budgets = JSON.parse(readFileSync(join(HERE, 'budgets.json'), 'utf8'));
const rows = [];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const wanted = (part) => options.only === undefined || options.only === part;

/** A row of the table; a figure with a budget is judged by it. */
function row(figure, value, note = '') {
  const budget = budgets[figure];
  rows.push({ figure, value, budget, note, over: budget !== undefined && value > budget });
}

function engineFor(folder, preset, crossFile) {
  // The analysis is lazy and runs inside the rule that asks first, so a rule's time holds it.
  return new ESLint({
    cwd: resolve(folder),
    overrideConfigFile: true,
    ignore: false,
    stats: true,
    errorOnUnmatchedPattern: false,
    allowInlineConfig: false,
    overrideConfig: [
      { ignores: ['**/node_modules/**', '**/dist/**', '**/*.min.js'] },
      { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, settings: { resilience: { crossFile } } },
      ...plugin.configs[preset],
    ],
  });
}

/** Rule time to parse time over folders, from ESLint's own clock in one run. */
async function ruleTime(preset) {
  const crossFile = options['cross-file'];
  let parse = 0;
  let rules = 0;
  let files = 0;
  let reports = 0;
  for (const folder of folders) {
    for (const result of await engineFor(folder, preset, crossFile).lintFiles(['.'])) {
      files += 1;
      reports += result.messages.length;
      for (const pass of result.stats?.times.passes ?? []) {
        parse += pass.parse.total;
        for (const [name, time] of Object.entries(pass.rules ?? {})) if (name.startsWith('resilience/')) rules += time.total;
      }
    }
  }
  row(`rules to parse time, ${preset}, cross-file ${crossFile ? 'on' : 'off'}`, rules / parse, `${files} files, ${reports} reports, rules ${rules.toFixed(0)} ms, parse ${parse.toFixed(0)} ms`);
}

/** Time to import in processes of their own, taken in turns so that a busy machine slows both. */
function importCost() {
  const time = (target) => {
    const program = `const start = performance.now(); await import(${JSON.stringify(target)}); console.log(performance.now() - start);`;
    return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: HERE, encoding: 'utf8' }));
  };
  const ours = [];
  const theirs = [];
  for (let run = 0; run < Math.max(7, Number(options.runs)); run += 1) {
    ours.push(time(new URL(`file://${ENTRY}`).href));
    theirs.push(time('eslint-plugin-n'));
  }
  row('import time to eslint-plugin-n', median(ours) / median(theirs), `${median(ours).toFixed(0)} ms to ${median(theirs).toFixed(0)} ms, medians of ${ours.length}`);
  const count = (target) => JSON.parse(execFileSync(process.execPath, [LOADED, target], { cwd: HERE, encoding: 'utf8' })).length;
  row('modules loaded with the plugin', count(ENTRY), `eslint-plugin-n: ${count('eslint-plugin-n')}`);
}

/** How rule time grows with one file: per line it should stay what it was. */
async function growth() {
  const eslint = new ESLint({
    overrideConfigFile: true,
    stats: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser }, settings: { resilience: { crossFile: false } } }, plugin.configs.all[0]],
  });
  const ruleMs = async (code) => {
    const times = [];
    for (let run = 0; run < 3; run += 1) {
      const [result] = await eslint.lintText(code, { filePath: 'src/generated.ts' });
      if (result.fatalErrorCount > 0) throw new Error(`the generated code does not parse: ${result.messages[0].message}`);
      times.push(result.stats.times.passes.flatMap((pass) => Object.values(pass.rules ?? {})).reduce((sum, time) => sum + time.total, 0));
    }
    return Math.min(...times);
  };
  await ruleMs(fileOfLines(2_000));
  const perUnit = async (make, size) => (await ruleMs(make(size))) / size;
  const file = [await perUnit(fileOfLines, 5_000), await perUnit(fileOfLines, 20_000)];
  row('time per line, 20,000-line file to 5,000-line file', file[1] / file[0], `${(file[0] * 1000).toFixed(1)} and ${(file[1] * 1000).toFixed(1)} microseconds a line`);
  const body = [await perUnit(functionOfStatements, 750), await perUnit(functionOfStatements, 3_000)];
  row('time per statement, 3,000-statement function to 750', body[1] / body[0], `${(body[0] * 1000).toFixed(1)} and ${(body[1] * 1000).toFixed(1)} microseconds a statement`);
}

/** One process a preset: what one run has read and compiled would make the next look faster. */
function ruleTimes() {
  const flags = ['--only', 'rules', '--rows', options['cross-file'] ? '--cross-file' : '--no-cross-file'];
  for (const preset of options.preset) {
    const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...folders, '--preset', preset, ...flags], { encoding: 'utf8', maxBuffer: 1e8 });
    rows.push(...JSON.parse(output));
  }
}

if (options.rows) {
  await ruleTime(options.preset[0]);
  console.log(JSON.stringify(rows));
  process.exit();
}
if (wanted('rules') && folders.length > 0) ruleTimes();
if (wanted('import')) importCost();
if (wanted('growth')) await growth();

const cells = [['figure', 'value', 'budget', ''], ...rows.map(({ figure, value, budget, over, note }) => [figure, Number.isInteger(value) ? String(value) : value.toFixed(3), budget === undefined ? '' : String(budget), `${over ? 'OVER BUDGET ' : ''}${note}`])];
const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column].length)));
for (const line of cells) console.log(line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]) : cell)).join('  ').trimEnd());
if (folders.length === 0 && wanted('rules')) console.log('rule time was not measured: name at least one folder of sources');
if (rows.some(({ over }) => over)) process.exitCode = 1;
