/** `ecosystem mutate`: real code broken in one place, and whether the rule notices. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtRules, check } from './checker.mjs';
import { idOf } from './labels.mjs';
import { apply, MUTATED_RULES, mutationsIn } from './mutations.mjs';
import { choose, differenceOf, inRounds, isCaught, markProblem, rowsFor, scoreRows, shapeOf, summaryOf, whereCaught } from './mutants.mjs';
import { isServerCode } from './sites.mjs';
import { parse } from './syntax.mjs';
import { sourcesOf } from './trees.mjs';

const LIMIT = 300;
const READ = 60;
const percent = (share) => (share === null ? 'none' : `${(share * 100).toFixed(0)} %`);
const unknownRule = (rule) => (MUTATED_RULES.includes(rule) ? null : { problem: `no mutations are known for ${rule}: ${MUTATED_RULES.join(', ')}` });

/** Makes the mutants, judges them, prints figures; keeps the rows for the reader unless only some trees were asked for. */
export async function mutate({ rule, trees, preset, count = READ, limit = LIMIT, only, mutants: folder, verbose }) {
  const unknown = unknownRule(rule);
  if (unknown !== null) return unknown;
  const tiers = await builtRules();
  const sites = trees.flatMap((tree) => sitesOf(rule, tree));
  if (!tiers.has(rule)) return { problem: `${rule} is not built; ${sites.length} sites are found for it in ${trees.length} trees` };
  const chosen = choose(sites, Number(limit));
  const crashes = [];
  const judged = [];
  for (const tree of trees) {
    const own = chosen.filter((site) => site.repository === tree.repository);
    if (own.length > 0) judged.push(...(await judge(tree, own, { rule, preset, crashes })));
  }
  const order = new Map(chosen.map((site, index) => [idOf(site), index]));
  judged.sort((a, b) => order.get(idOf(a)) - order.get(idOf(b)));
  const summary = summaryOf(judged, sites.length);
  printSummary(rule, preset, summary);
  if (tiers.get(rule) !== 'recommended' && preset === 'recommended') console.log(`  ${rule} is not on in recommended`);
  if (verbose) for (const item of judged.filter(({ where }) => !isCaught(where))) console.log(`  ${item.where ?? 'missed'} ${idOf(item)} ${item.repository} ${item.path}:${item.line} ${item.pattern}`);
  for (const crash of crashes) console.log(`  CRASH ${crash.path} ${crash.message}`);
  if (only === undefined) {
    const previous = rowsIn(folder, rule);
    const rows = rowsFor(judged.slice(0, Number(count)), preset, previous);
    keepRows(folder, rule, rows);
    const kept = new Set(rows.filter((row) => row.inScope !== undefined).map(idOf));
    const lost = previous.filter((row) => row.inScope !== undefined && !kept.has(idOf(row)));
    console.log(`  ${rows.length} rows kept, ${kept.size} of them marked${lost.length === 0 ? '' : `; ${lost.length} marked rows are no longer among them`}`);
    const file = join(folder, 'summary.json');
    const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    all[rule] = { ...all[rule], [preset]: summary };
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
  }
  return { crashed: crashes.length > 0 };
}

/** Sites of one tree whose mutants parse. */
function sitesOf(rule, tree) {
  const sites = [];
  for (const path of sourcesOf(tree.folder)) {
    const text = readFileSync(join(tree.folder, path), 'utf8');
    if (!isServerCode(path, text)) continue;
    for (const site of mutationsIn(rule, path, text)) {
      if (parse(path, apply(text, site.edit)) === null) continue;
      sites.push({ ...site, repository: tree.repository, commit: tree.commit, shape: shapeOf(text.slice(site.edit.start, site.edit.end)) });
    }
  }
  return sites;
}

async function judge(tree, own, { rule, preset, crashes }) {
  const run = async (overlay) => {
    const result = await check(tree.folder, { preset, rules: [rule], paths: [...overlay.keys()], overlay });
    crashes.push(...result.crashes);
    return result.findings;
  };
  const texts = new Map([...new Set(own.map((site) => site.path))].map((path) => [path, readFileSync(join(tree.folder, path), 'utf8')]));
  const originals = await run(texts);
  const judged = [];
  for (const round of inRounds(own)) {
    const found = await run(new Map(round.map((site) => [site.path, apply(texts.get(site.path), site.edit)])));
    const at = (findings, path) => findings.filter((finding) => finding.path === path);
    for (const site of round) judged.push({ ...site, where: whereCaught(site, at(originals, site.path), at(found, site.path)) });
  }
  return judged;
}

function printSummary(rule, preset, summary) {
  const caught = summary.near + summary.function;
  console.log(`${rule}, ${preset}: ${caught} of ${summary.mutants} mutants caught (${percent(summary.mutants === 0 ? null : caught / summary.mutants)}; ${summary.near} within three lines, ${summary.function} in the same function), ${summary.elsewhere} more reported elsewhere in the file; ${summary.sites} sites, mutants in ${summary.repositories} repositories`);
  for (const [pattern, { mutants, caught: some, elsewhere }] of Object.entries(summary.patterns)) console.log(`  ${pattern}: ${some} of ${mutants}${elsewhere === 0 ? '' : `, ${elsewhere} elsewhere`}`);
}

const fileOf = (folder, rule) => join(folder, `${rule}.jsonl`);

function rowsIn(folder, rule) {
  return existsSync(fileOf(folder, rule)) ? readFileSync(fileOf(folder, rule), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)) : [];
}

function keepRows(folder, rule, rows) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, rule), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** Prints mutants as differences. Whether they were caught is not said: the reader judges the page, not the rule. */
export function showMutants({ rule, trees, id, all, mutants: folder }) {
  const unknown = unknownRule(rule);
  if (unknown !== null) return unknown;
  const rows = rowsIn(folder, rule).filter((row) => id === undefined || idOf(row).startsWith(id)).filter((row) => id !== undefined || all || row.inScope === undefined);
  if (rows.length === 0) return { problem: id === undefined ? 'nothing is left to mark' : `no row has the id ${id}` };
  for (const row of rows) {
    const tree = trees.find((item) => item.repository === row.repository);
    const file = tree === undefined ? null : join(tree.folder, row.path);
    const text = file !== null && existsSync(file) ? readFileSync(file, 'utf8') : null;
    const site = text === null ? undefined : mutationsIn(rule, row.path, text).find((item) => item.line === row.line && item.pattern === row.pattern);
    console.log(`\n=== ${idOf(row)} ${row.repository} ${row.path}:${row.line} ${row.pattern}`);
    console.log(site === undefined ? 'the place is not found in these trees' : differenceOf(text, apply(text, site.edit), site));
  }
  return {};
}

/** Takes marks as JSON lines. */
export function addMarks({ rule, reader, input, mutants: folder }) {
  const rows = rowsIn(folder, rule);
  const marks = input.split('\n').filter((line) => line.trim() !== '').map((line) => ({ reader, ...JSON.parse(line) }));
  for (const mark of marks) {
    const row = rows.find((item) => idOf(item).startsWith(mark.id));
    const problem = markProblem(mark) ?? (row === undefined ? 'no row has this id' : null);
    if (problem !== null) return { problem: `${mark.id}: ${problem}` };
    if (mark.inScope !== undefined) Object.assign(row, { inScope: mark.inScope, why: mark.why, reader: mark.reader });
    if (mark.reason !== undefined) row.reason = mark.reason;
  }
  keepRows(folder, rule, rows);
  console.log(`${marks.length} marks taken, ${rows.filter((row) => row.inScope === undefined).length} of ${rows.length} rows unmarked`);
  return {};
}

/** Raw share of the last run, share of what is in scope, misses by cause. */
export function scoreMutants({ rule, mutants: folder, verbose }) {
  const file = join(folder, 'summary.json');
  const summaries = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8'))[rule] ?? {}) : {};
  const rows = rowsIn(folder, rule);
  if (Object.keys(summaries).length === 0) return { problem: `${rule} was not run yet` };
  for (const [preset, summary] of Object.entries(summaries)) {
    printSummary(rule, preset, summary);
    const result = scoreRows(rows, preset);
    console.log(`  read: ${result.marked} of ${result.rows} marked, ${result.inScope} in scope; of those ${result.caught} caught (${percent(result.share)}, lower bound ${percent(result.lowerBound)}), ${result.elsewhere} reported elsewhere in the file`);
    for (const [reason, group] of result.misses) {
      console.log(`  missed because ${reason}: ${group.length}`);
      if (verbose) for (const row of group) console.log(`    ${idOf(row)} ${row.repository} ${row.path}:${row.line}`);
    }
    for (const row of result.caughtOutOfScope) console.log(`  reported though out of scope: ${idOf(row)} ${row.repository} ${row.path}:${row.line} (${row.why})`);
  }
  return {};
}
