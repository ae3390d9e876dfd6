/**
 * Speed as ratios inside one run; absolute times are printed and never judged.
 * `npm run bench -- [folder…] [--no-cross-file] [--preset <name>] [--only rules|own|import|growth]`
 * A preset may also be the name of a rule: `recommended` with that rule alone.
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
  options: { 'cross-file': { type: 'boolean', default: true }, preset: { type: 'string', multiple: true, default: ['require-timeout', 'recommended', 'all'] }, only: { type: 'string' }, rows: { type: 'boolean', default: false }, own: { type: 'string' }, runs: { type: 'string', default: '9' } },
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

/** A row of the table; a figure with a budget is judged by it. `kind`: the name of the budget, where several figures share one. */
function row(figure, value, note = '', kind = figure) {
  const budget = budgets[kind];
  rows.push({ figure, value, budget, note, over: budget !== undefined && value > budget });
}

function engineFor(folder, crossFile, configs) {
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
      ...configs,
    ],
  });
}

/** The configs of a preset; of a rule's name, `recommended` with nothing else switched on. */
function configsOf(preset) {
  if (Object.hasOwn(plugin.configs, preset)) return plugin.configs[preset];
  if (!Object.hasOwn(plugin.rules, preset)) {
    console.error(`bench: no preset or rule is named ${preset}`);
    process.exit(2);
  }
  const only = (rules = {}) => Object.fromEntries(Object.entries(rules).filter(([name]) => name === `resilience/${preset}`));
  return plugin.configs.recommended.map((config) => (config.rules === undefined ? config : { ...config, rules: only(config.rules) }));
}

/** Rule time to parse time over folders, from ESLint's own clock in one run. */
async function ruleTime(preset) {
  const crossFile = options['cross-file'];
  let parse = 0;
  let rules = 0;
  let files = 0;
  let reports = 0;
  for (const folder of folders) {
    for (const result of await engineFor(folder, crossFile, configsOf(preset)).lintFiles(['.'])) {
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

/**
 * What a rule costs beside all others: its time in a file whose shared facts somebody has paid for.
 * Before it run a rule of this bench that asks for the facts under all rules, and every other rule.
 * A fact that two rules share costs neither here; the figure for all rules holds it.
 */
async function ownTime(name) {
  const crossFile = options['cross-file'];
  const { factsOf } = await import(new URL(`file://${join(HERE, '../../dist/src/eslint/facts-of.js')}`).href);
  const { callsOf } = await import(new URL(`file://${join(HERE, '../../dist/src/facts/io-calls.js')}`).href);
  const [{ rules: record }, notProduction] = plugin.configs.all;
  // All in one listener: a rule may listen on the way out, and would come too late.
  const early = (rule) => ({ ...rule, create: (context) => ({ Program: (node) => Object.values(rule.create(context)).forEach((listen) => listen(node)) }) });
  const shared = { create: (context) => ({ Program: () => callsOf(factsOf(context).file) }) };
  const others = Object.keys(plugin.rules).filter((other) => other !== name);
  const configs = [
    {
      plugins: { warm: { rules: { shared, ...Object.fromEntries(others.map((other) => [other, early(plugin.rules[other])])) } }, resilience: plugin },
      rules: {
        'warm/shared': 'error',
        ...Object.fromEntries(others.map((other) => [`warm/${other}`, record[`resilience/${other}`]])),
        [`resilience/${name}`]: record[`resilience/${name}`],
      },
    },
    { ...notProduction, rules: Object.fromEntries(['warm/shared', ...others.map((other) => `warm/${other}`), `resilience/${name}`].map((rule) => [rule, 'off'])) },
  ];
  let parse = 0;
  let own = 0;
  for (const folder of folders) {
    for (const result of await engineFor(folder, crossFile, configs).lintFiles(['.'])) {
      for (const pass of result.stats?.times.passes ?? []) {
        parse += pass.parse.total;
        own += pass.rules?.[`resilience/${name}`]?.total ?? 0;
      }
    }
  }
  const figure = `a rule's own time to parse time, cross-file ${crossFile ? 'on' : 'off'}`;
  row(`${figure}: ${name}`, own / parse, `${own.toFixed(0)} ms, parse ${parse.toFixed(0)} ms`, figure);
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

/** How the time of all rules together grows with one file: per line it should stay what it was. */
async function growth() {
  const eslint = new ESLint({
    overrideConfigFile: true,
    stats: true,
    // This package is a command-line tool, where rules for servers are silent.
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser }, settings: { resilience: { crossFile: false, runtime: 'node' } } }, plugin.configs.all[0]],
  });
  const ruleMs = async (code) => {
    const [result] = await eslint.lintText(code, { filePath: 'src/generated.ts' });
    if (result.fatalErrorCount > 0) throw new Error(`the generated code does not parse: ${result.messages[0].message}`);
    if (result.messages.length === 0) throw new Error('nothing is reported in the generated code: the rules did not look at it');
    return result.stats.times.passes.flatMap((pass) => Object.values(pass.rules ?? {})).reduce((sum, time) => sum + time.total, 0);
  };
  const count = Object.keys(plugin.configs.all[0].rules).length;
  await ruleMs(fileOfLines(2_000));
  /** The best of a few runs at each size, taken in turns so that a busy machine slows both. */
  const compare = async (figure, make, unit, [small, large]) => {
    const best = new Map([[small, Infinity], [large, Infinity]]);
    for (let run = 0; run < 4; run += 1) for (const [size, time] of best) best.set(size, Math.min(time, (await ruleMs(make(size))) / size));
    row(figure, best.get(large) / best.get(small), `${(best.get(small) * 1000).toFixed(1)} and ${(best.get(large) * 1000).toFixed(1)} microseconds a ${unit}, ${count} rules`);
  };
  await compare('time per line, 20,000-line file to 5,000-line file', fileOfLines, 'line', [5_000, 20_000]);
  await compare('time per statement, 3,000-statement function to 750', functionOfStatements, 'statement', [750, 3_000]);
}

/** A process of its own for each figure: what one run has read and compiled would make the next look faster. */
function inProcess(...flags) {
  const args = [fileURLToPath(import.meta.url), ...folders, ...flags, '--rows', options['cross-file'] ? '--cross-file' : '--no-cross-file'];
  rows.push(...JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 })));
}

if (options.rows) {
  if (options.own !== undefined) await ownTime(options.own);
  else await ruleTime(options.preset[0]);
  console.log(JSON.stringify(rows));
  process.exit();
}
if (wanted('rules') && folders.length > 0) for (const preset of options.preset) inProcess('--preset', preset);
if (wanted('own') && folders.length > 0) for (const name of Object.keys(plugin.rules)) inProcess('--own', name);
if (wanted('import')) importCost();
if (wanted('growth')) await growth();

const cells = [['figure', 'value', 'budget', ''], ...rows.map(({ figure, value, budget, over, note }) => [figure, Number.isInteger(value) ? String(value) : value.toFixed(3), budget === undefined ? '' : String(budget), `${over ? 'OVER BUDGET ' : ''}${note}`])];
const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column].length)));
for (const line of cells) console.log(line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]) : cell)).join('  ').trimEnd());
if (folders.length === 0 && (wanted('rules') || wanted('own'))) console.log('rule time was not measured: name at least one folder of sources');
if (rows.some(({ over }) => over)) process.exitCode = 1;
