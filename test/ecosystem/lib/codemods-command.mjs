/** `ecosystem codemods`: every codemod over every tree, in copies. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCodemods, commitAll, git, judgeChanges, runCodemods, tally, undo } from './codemod-run.mjs';
import { sumRows } from './codemod-figures.mjs';
import { readTrees } from './trees.mjs';

/** The trees have no dependencies installed, and their own ESLint configurations would need them. */
const FLAGS = ['--no-type-gate', '--no-config'];

/**
 * @param {{ trees: string, corpus: string, work: string, kept: string, only?: string, maxLines: number, codemods?: string[] }} options
 *   `codemods`: some alone, by name; `work`: where the copies lie; `kept`: the file of results, in which rows that are not run again stay
 * @returns whether nothing went wrong
 */
export async function codemodsOnTrees({ trees: folder, corpus, work, kept, only, maxLines, codemods }) {
  const lines = new Map(JSON.parse(readFileSync(corpus, 'utf8')).map(({ repo, loc }) => [repo, loc]));
  const trees = readTrees(folder, corpus).filter(({ repository }) => (only === undefined || repository.includes(only)) && (lines.get(repository) ?? Infinity) <= maxLines);
  const all = await builtCodemods();
  const names = codemods ?? all;
  for (const name of names) if (!all.includes(name)) throw new Error(`there is no codemod "${name}"`);
  const rows = new Map((existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : []).map((row) => [keyOf(row), row]));
  const fresh = [];
  for (const { repository, commit, folder: tree } of trees) {
    const copy = join(work, repository.replace('/', '+'));
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    cpSync(tree, copy, { recursive: true, filter: (path) => path === tree || !/[\\/](?:\.git|node_modules)$/.test(path) });
    commitAll(copy);
    for (const name of names) {
      const row = { repository, commit, codemod: name, ...runOne(copy, name) };
      fresh.push(row);
      rows.set(keyOf(row), row);
      console.log(lineOf(row));
    }
  }
  const known = [...rows.values()].filter(({ codemod }) => all.includes(codemod)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  writeFileSync(kept, `[\n${known.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
  for (const name of names) console.log(`${name}: ${JSON.stringify(sumRows(fresh.filter(({ codemod }) => codemod === name)))}`);
  return fresh.every((row) => row.failed === 0 && row.strays === 0 && row.broken === 0 && row.secondRun === 0 && row.undone);
}

const keyOf = ({ codemod, repository }) => `${codemod} ${repository}`;

function runOne(copy, name) {
  const report = runCodemods(copy, [name], ['--write', ...FLAGS]);
  const { added, removed, strays, broken } = judgeChanges(copy, report);
  for (const path of strays) console.log(`  differs from the report: ${path}`);
  for (const path of broken) console.log(`  no longer parses: ${path}`);
  for (const { path, problem } of report.failed) console.log(`  failed: ${path}: ${problem}`);
  // What is to be read: differences and refusals, beside the copy and never among the kept figures.
  writeFileSync(`${copy}.${name}.diff`, git(copy, 'diff', '-U6'));
  writeFileSync(`${copy}.${name}.json`, JSON.stringify(report));
  const again = runCodemods(copy, [name], ['--write', '--allow-dirty', ...FLAGS]);
  for (const { path, patch } of again.changes) console.log(`  changed again: ${path}\n${patch}`);
  const left = report.changes.length === 0 ? null : undo(copy);
  if (left !== null) {
    console.log(`  not taken back: ${left}`);
    git(copy, 'checkout', '--quiet', '.');
    git(copy, 'clean', '--quiet', '--force', '-d');
  }
  return {
    filesRead: report.filesRead,
    filesChanged: report.changes.length,
    edits: report.changes.reduce((sum, { edits }) => sum + edits, 0),
    added,
    removed,
    skipped: tally(report.skips.map(({ reason }) => reason)),
    unread: tally(report.unread.map(({ why }) => why)),
    failed: report.failed.length,
    strays: strays.length,
    broken: broken.length,
    secondRun: again.changes.reduce((sum, { edits }) => sum + edits, 0),
    undone: left === null,
  };
}

function lineOf(row) {
  const reasons = Object.entries(row.skipped).map(([reason, count]) => `${reason} ${count}`).join(', ');
  const troubles = [row.failed > 0 && `${row.failed} failed`, row.strays > 0 && `${row.strays} differ from the report`, row.broken > 0 && `${row.broken} no longer parse`, row.secondRun > 0 && `${row.secondRun} edits in the second run`, !row.undone && 'not taken back'].filter(Boolean);
  return `${row.repository} ${row.codemod}: ${row.edits} edits in ${row.filesChanged} of ${row.filesRead} files, +${row.added} -${row.removed}${reasons === '' ? '' : `; left alone: ${reasons}`}${troubles.length === 0 ? '' : `; ${troubles.join(', ').toUpperCase()}`}`;
}
