/**
 * What the rules do to real code. `npm run ecosystem -- help` lists the commands.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { check } from './lib/checker.mjs';
import { codemodsOnTrees } from './lib/codemods-command.mjs';
import { codemodsTyped } from './lib/codemods-typed.mjs';
import { explainMiss, fixpairs } from './lib/fixpairs-command.mjs';
import { compareRuns, formatComparison, formatRun, parseRun } from './lib/findings.mjs';
import { idOf, labelProblem, sample, score, secondSample, shapeOf } from './lib/labels.mjs';
import { addMarks, mutate, scoreMutants, showMutants } from './lib/mutate-command.mjs';
import { chooseSites, judgeSites, sitesIn } from './lib/sites.mjs';
import { countLines, isPinnedPackage, packageFolder, publishedSources, readTrees, sourcesOf } from './lib/trees.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SCRATCH = resolve(HERE, '../.tmp/ecosystem');

const HELP = `npm run ecosystem -- <command> [options]

  check <folder | name@version>…      run the checker, write findings as text, compare with a previous run
      --out <file>                    where to write (one target); default test/.tmp/ecosystem/<target>.txt
      --against <file>                compare with this file; default: what --out held before
  scan --trees <folder>               run the checker over every tree and keep the reports for the commands below
      --corpus <file> --only <text>   commits of the trees; only repositories whose name holds the text
  sample  --rule <rule>               the reports to be read: all up to 40, else the 40 of the smallest hashes
  show    --rule <rule>               each of them with 25 lines of its file (--id <id> for one, --all for every report)
  add     --id <id> --label <label> --reader <name> [--reason <text>]
                                      keep a label; without --id rows are read as JSON lines from standard input
  score   [--rule <rule>]             share kept, by label, lost bugs, false alarms that are reported
  second  --rule <rule>               ten labelled reports for a second reader, without the first label
  decided --rule <rule> [--count 100] decided share over hash-chosen sites found without the rules

  fixpairs --pairs <file> --git <folder> [--only <text>] [--verbose]
                                      the rules on real fixes: caught when a rule of the kind reports before the fix and
                                      less after it, whatever comments in the code switch off; kept in
                                      test/ecosystem/fixpairs.json (--kept), by all presets at once
  fixpairs --id <id> --reason <text>  say why a pair is missed; the command fails while a miss has no reason
  mutate --rule <rule> --trees <folder> [--corpus <file>] [--count 60] [--limit 300] [--only <text>]
                                      break real code in one place and see whether the rule notices; without --only the
                                      rows for the reader are kept in test/ecosystem/mutants (--mutants)
  mutate show  --rule <rule> --trees <folder>    the mutants to be read, each as a difference (--id <id> for one, --all)
  mutate add   --rule <rule> --reader <name>     marks as JSON lines: {"id","inScope":true|false,"why"}, {"id","reason"}
  mutate score --rule <rule>                     raw share, share of those in scope, misses by cause
  codemods --trees <folder> --corpus <file> [--only <text>] [--codemod <name>…] [--max-lines 150000]
                                      every codemod over a copy of each tree (in --work): what it changes and refuses, whether
                                      all parses, a second run changes nothing and --undo puts all back; figures are kept in
                                      test/ecosystem/codemods.json (--kept), differences to be read beside the copies
  codemods-typed <folder> [--tsc <command>] [--flag=<flag of codemod>…] [-- <test command>]
                                      all codemods at once, with the type gate, on a clean work tree that has its dependencies:
                                      type errors and tests before and after, then all is taken back

Common: --preset <name> (default strict), --kinds <kind> (require-timeout alone, asked about this kind; its labels), --store <folder> (what scan keeps; default test/.tmp/ecosystem/store),
--labels <folder> (default test/ecosystem/labels). Labels: bug, bad practice, false.`;

/** Wrong use of the command: exit code 2 and no stack trace. */
class UsageError extends Error {}

// What follows `--` is a command of somebody else's, with options of its own.
const given = process.argv.slice(2);
const end = given.indexOf('--');
const [own, foreign] = end === -1 ? [given, []] : [given.slice(0, end), given.slice(end + 1)];

const { values: options, positionals } = parseArgs({
  args: own,
  allowPositionals: true,
  options: {
    out: { type: 'string' }, against: { type: 'string' }, trees: { type: 'string' }, corpus: { type: 'string' }, only: { type: 'string' },
    rule: { type: 'string' }, id: { type: 'string' }, all: { type: 'boolean' }, label: { type: 'string' }, reason: { type: 'string' },
    reader: { type: 'string' }, count: { type: 'string' }, limit: { type: 'string' }, preset: { type: 'string', default: 'strict' }, kinds: { type: 'string' },
    store: { type: 'string', default: join(SCRATCH, 'store') }, labels: { type: 'string', default: join(HERE, 'labels') }, verbose: { type: 'boolean' },
    pairs: { type: 'string' }, git: { type: 'string' }, kept: { type: 'string' }, mutants: { type: 'string', default: join(HERE, 'mutants') },
    work: { type: 'string', default: join(SCRATCH, 'codemods') }, 'max-lines': { type: 'string', default: '150000' }, codemod: { type: 'string', multiple: true },
    tsc: { type: 'string' }, flag: { type: 'string', multiple: true, default: [] },
  },
});

const [command = 'help', ...targets] = positionals;

function need(name) {
  const value = options[name];
  if (value === undefined) throw new UsageError(`${command} needs --${name}`);
  return value;
}

/** One a preset, or of `require-timeout` a choice of kinds: the reports of one must not be taken for those of another. */
function storeFolder() {
  return join(options.store, options.kinds ?? options.preset);
}

async function runCheck() {
  if (targets.length === 0) throw new UsageError('check needs a folder or a package as name@version');
  for (const target of targets) {
    const folder = isPinnedPackage(target) ? packageFolder(target, join(SCRATCH, 'packages')) : resolve(target);
    if (!existsSync(folder)) throw new UsageError(`${target}: no such folder (a package is named with its version, got@14.4.2)`);
    // A published package keeps its code in `dist`, which a folder's search leaves out.
    const paths = isPinnedPackage(target) ? [...publishedSources(folder)] : ['.'];
    const run = await check(folder, { preset: options.preset, paths });
    const out = options.out ?? join(SCRATCH, `${isPinnedPackage(target) ? target.replaceAll('/', '+') : basename(folder)}.txt`);
    const against = options.against ?? out;
    const before = existsSync(against) ? parseRun(readFileSync(against, 'utf8')) : null;
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, formatRun(run));
    console.log(`${target}: ${run.findings.length} findings in ${run.filesRead} files, ${run.unparsed} not parsed, ${run.crashes.length} crashes, ${run.milliseconds} ms`);
    if (before !== null) console.log(formatComparison(compareRuns(before, run)));
    else for (const line of formatRun(run).trimEnd().split('\n')) console.log(`  ${line}`);
    if (run.crashes.length > 0) process.exitCode = 1;
  }
}

async function scan() {
  const trees = readTrees(need('trees'), options.corpus).filter((tree) => options.only === undefined || tree.repository.includes(options.only));
  mkdirSync(storeFolder(), { recursive: true });
  for (const tree of trees) {
    const run = await check(tree.folder, { preset: options.preset, decisions: true, kinds: options.kinds?.split(',') });
    const file = join(storeFolder(), `${tree.repository.replace('/', '+')}.json`);
    const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
    writeFileSync(file, JSON.stringify({ ...tree, ...run, lines: countLines(tree.folder) }));
    console.log(`${tree.repository}: ${run.findings.length} findings in ${run.filesRead} files, ${run.crashes.length} crashes, ${run.milliseconds} ms`);
    if (before !== null) console.log(formatComparison(compareRuns(before, run)).replace(/^/gm, '  '));
    for (const crash of run.crashes) console.log(`  CRASH ${crash.path} ${crash.message}`);
  }
}

/** What `scan` kept, one entry a repository. */
function stored() {
  const files = existsSync(storeFolder()) ? readdirSync(storeFolder()).filter((name) => name.endsWith('.json')) : [];
  if (files.length === 0) throw new UsageError('nothing scanned yet: run `npm run ecosystem -- scan --trees <folder>` first');
  return files.map((name) => JSON.parse(readFileSync(join(storeFolder(), name), 'utf8')));
}

/** The reports of the scanned trees with the shape of their line. */
function reportsOf(trees, rule) {
  return trees.flatMap((tree) => {
    const texts = new Map();
    return tree.findings
      .filter((finding) => rule === undefined || finding.rule === rule)
      .map((finding) => {
        if (!texts.has(finding.path)) texts.set(finding.path, readFileSync(join(tree.folder, finding.path), 'utf8').split('\n'));
        const code = texts.get(finding.path)[finding.line - 1] ?? '';
        return { ...finding, repository: tree.repository, commit: tree.commit, folder: tree.folder, shape: shapeOf(code) };
      });
  });
}

function labelRows(rule) {
  const files = existsSync(options.labels) ? readdirSync(options.labels).filter((name) => name.endsWith('.jsonl')) : [];
  return files
    .filter((name) => rule === undefined || name === `${rule}.jsonl`)
    .flatMap((name) => readFileSync(join(options.labels, name), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)))
    .filter(({ kind = 'http' }) => options.kinds === undefined || options.kinds.split(',').includes(kind));
}

function printSample() {
  const rule = need('rule');
  const reports = reportsOf(stored(), rule);
  const chosen = sample(reports, Number(options.limit ?? 40));
  const read = new Set(labelRows(rule).map(idOf));
  for (const report of chosen) console.log(`${idOf(report)} ${read.has(idOf(report)) ? 'labelled' : 'to read '} ${report.repository} ${report.path}:${report.line}`);
  console.log(`${chosen.length} of ${reports.length} reports, ${new Set(chosen.map((report) => report.repository)).size} repositories, ${chosen.filter((report) => read.has(idOf(report))).length} labelled`);
}

const CONTEXT = 12;

function printReport(report) {
  const lines = readFileSync(join(report.folder, report.path), 'utf8').split('\n');
  const first = Math.max(0, report.line - 1 - CONTEXT);
  console.log(`\n=== ${idOf(report)} ${report.repository} ${report.path}:${report.line}:${report.column} ${report.rule}`);
  console.log(`    ${report.message}`);
  for (const [index, line] of lines.slice(first, report.line + CONTEXT).entries()) {
    const number = first + index + 1;
    console.log(`${number === report.line ? '>' : ' '}${String(number).padStart(5)} ${line}`);
  }
}

function show() {
  const reports = reportsOf(stored(), options.id === undefined ? need('rule') : options.rule);
  if (options.id !== undefined) {
    const found = reports.filter((report) => idOf(report).startsWith(options.id));
    if (found.length === 0) throw new UsageError(`no report of the last scan has the id ${options.id}`);
    found.forEach(printReport);
  } else {
    (options.all ? reports : sample(reports, Number(options.limit ?? 40))).forEach(printReport);
  }
}

function add() {
  const given = options.id !== undefined
    ? [{ id: options.id, label: need('label'), reason: options.reason, reader: need('reader') }]
    : readFileSync(0, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => ({ reader: options.reader, ...JSON.parse(line) }));
  const byId = new Map(reportsOf(stored()).map((report) => [idOf(report), report]));
  const rows = given.map(({ id, label, reason, reader }) => {
    const report = byId.get(id) ?? [...byId].find(([key]) => key.startsWith(id))?.[1];
    if (report === undefined) throw new UsageError(`no report of the last scan has the id ${id}`);
    const { repository, commit, path, line, rule, shape } = report;
    const row = { repository, commit, path, line, rule, shape, ...(options.kinds === undefined ? {} : { kind: options.kinds }), label, ...(reason === undefined ? {} : { reason }), reader };
    const problem = labelProblem(row);
    if (problem !== null) throw new UsageError(`${id}: ${problem}`);
    return row;
  });
  const known = new Set(labelRows().map((row) => `${idOf(row)} ${row.reader}`));
  mkdirSync(options.labels, { recursive: true });
  let kept = 0;
  for (const row of rows) {
    if (known.has(`${idOf(row)} ${row.reader}`)) {
      console.log(`${idOf(row)}: ${row.reader} has labelled it already`);
      continue;
    }
    appendFileSync(join(options.labels, `${row.rule}.jsonl`), `${JSON.stringify(row)}\n`);
    known.add(`${idOf(row)} ${row.reader}`);
    kept += 1;
  }
  console.log(`${kept} labels added`);
}

const percent = (share) => (share === null ? 'none' : `${(share * 100).toFixed(0)} %`);

function printScore() {
  const trees = stored();
  const repositories = new Set(trees.map((tree) => tree.repository));
  const lines = trees.reduce((sum, tree) => sum + tree.lines, 0);
  const rules = options.rule !== undefined ? [options.rule] : [...new Set([...labelRows().map((row) => row.rule), ...trees.flatMap((tree) => tree.findings.map((finding) => finding.rule))])].sort();
  for (const rule of rules) {
    const reports = reportsOf(trees, rule);
    const result = score(labelRows(rule), reports, repositories);
    console.log(`${rule}: ${result.reports} reports in ${new Set(reports.map((report) => report.repository)).size} of ${repositories.size} repositories, ${((result.reports * 1000) / Math.max(1, lines)).toFixed(2)} per 1,000 lines`);
    console.log(`  ${result.labelled} labelled: ${result.bug} bug, ${result.badPractice} bad practice, ${result.false} false (${result.disputed} because readers differ)`);
    console.log(`  kept ${percent(result.kept)}, lower bound ${percent(result.lowerBound)}`);
    for (const verdict of result.lostBugs) console.log(`  lost bug: ${verdict.repository} ${verdict.path}:${verdict.line}`);
    for (const verdict of result.falseAlarms) console.log(`  false alarm reported: ${verdict.repository} ${verdict.path}:${verdict.line} (${verdict.disputed ? 'readers differ' : verdict.reason})`);
  }
}

function second() {
  const rule = need('rule');
  const chosen = secondSample(labelRows(rule));
  const reports = new Map(reportsOf(stored(), rule).map((report) => [idOf(report), report]));
  for (const row of chosen) {
    const report = reports.get(idOf(row));
    if (report !== undefined) printReport(report);
    else console.log(`\n=== ${idOf(row)} ${row.repository} ${row.path}:${row.line} is no longer reported there`);
  }
}

function decided() {
  const rule = need('rule');
  const trees = stored();
  const sites = trees.flatMap((tree) => [...sourcesOf(tree.folder)].flatMap((path) => sitesIn(path, readFileSync(join(tree.folder, path), 'utf8')).map((site) => ({ ...site, repository: tree.repository }))));
  const decisions = trees.flatMap((tree) => tree.decisions.filter((decision) => decision.rule === rule).map((decision) => ({ ...decision, repository: tree.repository })));
  const judged = judgeSites(chooseSites(sites, Number(options.count ?? 100)), decisions);
  const tally = (items, keyOf) => [...items.reduce((counts, item) => counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
  const clear = judged.filter((site) => site.verdict === 'set' || site.verdict === 'absent');
  console.log(`${rule}: ${clear.length} of ${judged.length} chosen sites decided (${percent(judged.length === 0 ? null : clear.length / judged.length)}), of ${sites.length} sites found in ${trees.length} repositories`);
  for (const [verdict, count] of tally(judged, (site) => site.verdict)) console.log(`  ${verdict}: ${count}`);
  for (const [kind, count] of tally(judged, (site) => site.kind)) console.log(`  ${kind}: ${judged.filter((site) => site.kind === kind && (site.verdict === 'set' || site.verdict === 'absent')).length} of ${count} decided`);
  for (const [reason, count] of tally(judged.filter((site) => site.verdict === 'unknown'), (site) => site.reason)) console.log(`  unknown because ${reason}: ${count}`);
  if (options.verbose) for (const site of judged.filter((item) => !clear.includes(item))) console.log(`  ${site.verdict} ${site.repository} ${site.path}:${site.line} ${site.kind} ${site.reason}`);
}

async function runCodemods() {
  const { work, only, kept = join(HERE, 'codemods.json') } = options;
  const fine = await codemodsOnTrees({ trees: need('trees'), corpus: need('corpus'), work, kept, only, maxLines: Number(options['max-lines']), ...(options.codemod === undefined ? {} : { codemods: options.codemod }) });
  if (!fine) process.exitCode = 1;
}

async function runCodemodsTyped() {
  if (targets.length !== 1) throw new UsageError('codemods-typed needs one folder');
  if (!(await codemodsTyped({ folder: resolve(targets[0]), tsc: options.tsc, test: foreign, flags: options.flag }))) process.exitCode = 1;
}

async function runFixpairs() {
  const { kept = join(HERE, 'fixpairs.json') } = options;
  if (options.id === undefined) {
    if (!(await fixpairs({ ...options, kept, pairs: need('pairs'), git: need('git') }))) process.exitCode = 1;
    return;
  }
  const problem = explainMiss(kept, options.id, need('reason'));
  if (problem !== null) throw new UsageError(problem);
}

async function runMutate() {
  const [step = 'run', ...rest] = targets;
  const steps = { run: mutate, show: showMutants, add: addMarks, score: scoreMutants };
  if (rest.length > 0 || !Object.hasOwn(steps, step)) throw new UsageError(`mutate has no step "${targets.join(' ')}": show, add, score`);
  const trees = step === 'run' || step === 'show' ? readTrees(need('trees'), options.corpus).filter((tree) => options.only === undefined || tree.repository.includes(options.only)) : [];
  const input = step === 'add' ? readFileSync(0, 'utf8') : '';
  const outcome = await steps[step]({ ...options, rule: need('rule'), trees, input });
  if (outcome?.problem !== undefined) throw new UsageError(outcome.problem);
  if (outcome?.crashed === true) process.exitCode = 1;
}

const commands = { check: runCheck, codemods: runCodemods, 'codemods-typed': runCodemodsTyped, fixpairs: runFixpairs, mutate: runMutate, scan, sample: printSample, show, add, score: printScore, second, decided, help: () => console.log(HELP) };
if (!Object.hasOwn(commands, command)) {
  console.error(`unknown command "${command}"\n\n${HELP}`);
  process.exitCode = 2;
} else {
  try {
    await commands[command]();
  } catch (error) {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 3;
  }
}
