import { codemods } from '../../../codemods/index.js';
import { REASONS } from '../../codemod/runner.js';
import type { FinishedRun } from '../codemod-run.js';
import type { Colors } from '../color.js';
import { fromRoot } from '../find-files.js';
import { shardLine } from '../shard.js';
import { count, duration, number } from './words.js';

/** Longer lists say how many more there are. */
const MOST_LISTED = 12;

/** What a run changed and what it left alone, for people. */
export function codemodSummary(report: FinishedRun, colors: Colors): string {
  const { outcome } = report;
  const lines: string[] = [];
  lines.push(...chosenLines(report), '');
  if (outcome.changed.length > 0 || outcome.skips.length > 0) lines.push(...tableLines(report, colors), '');
  lines.push(...reasonLines(report, colors), ...gateLines(report, colors), ...troubleLines(report, colors), ...newsOf(report), ...report.warnings.map((text) => `warning: ${text}`));
  if (report.shard !== null) lines.push(shardLine(report.shard));
  lines.push(colors.bold(verdictOf(report)));
  return `${lines.join('\n')}\n`;
}

/** What people have to know of files beside the edits. */
export function newsOf({ outcome, chosen }: Pick<FinishedRun, 'outcome' | 'chosen'>): string[] {
  const beside = outcome.changed.filter(({ edits }) => edits === 0).map(({ path }) => path);
  const lines = beside.length === 0 ? [] : chosen.flatMap(({ name }) => codemods[name]?.news?.(beside) ?? []);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** The numbers that the run writes: nobody has to guess them. */
function chosenLines({ chosen }: FinishedRun): string[] {
  return chosen.map(({ name, options }) => {
    const values = Object.entries(options).map(([key, value]) => `${key} ${codemods[name]!.options[key]?.type === 'ms' ? `${number(value as number)} ms` : Array.isArray(value) ? value.join(',') : String(value)}`);
    return `${name}: ${values.join(' · ')}`;
  });
}

function tableLines({ outcome, labelOf }: FinishedRun, colors: Colors): string[] {
  const rows = new Map<string, { files: number; edits: number; skipped: number }>();
  const row = (path: string) => {
    const label = labelOf(path);
    let known = rows.get(label);
    if (known === undefined) rows.set(label, (known = { files: 0, edits: 0, skipped: 0 }));
    return known;
  };
  for (const { path, edits } of outcome.changed) {
    const own = row(path);
    own.files++;
    own.edits += edits;
  }
  for (const { path } of outcome.skips) row(path).skipped++;
  const cells = [['package', 'files', 'edits', 'skipped'], ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, { files, edits, skipped }]) => [label, number(files), number(edits), number(skipped)])];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells.map((line, index) => {
    const text = line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
    return index === 0 ? colors.dim(text) : text;
  });
}

function reasonLines({ outcome, root }: FinishedRun, colors: Colors): string[] {
  const byReason = new Map<string, (typeof outcome.skips)[number][]>();
  for (const skip of outcome.skips) {
    const key = `${skip.codemod}\0${skip.reason}`;
    const known = byReason.get(key);
    if (known === undefined) byReason.set(key, [skip]);
    else known.push(skip);
  }
  const lines: string[] = [];
  for (const [key, skips] of [...byReason].sort(([, a], [, b]) => b.length - a.length)) {
    const [codemod, reason] = key.split('\0') as [string, string];
    lines.push(`${count(skips.length, 'place')} left alone, ${reason}: ${reasonText(codemod, reason)}`);
    for (const { path, line, column, detail } of skips.slice(0, MOST_LISTED)) lines.push(colors.dim(`  ${fromRoot(root, path)}:${line}:${column}  ${detail}`));
    if (skips.length > MOST_LISTED) lines.push(colors.dim(`  and ${number(skips.length - MOST_LISTED)} more (--json lists all)`));
  }
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Why a place was left alone, as a clause. */
export function reasonText(codemod: string, reason: string): string {
  return codemods[codemod]?.refusals[reason] ?? REASONS[reason] ?? reason;
}

function gateLines({ outcome, workspace }: FinishedRun, colors: Colors): string[] {
  const lines: string[] = [];
  for (const { directory, imports, errors, unchecked, rejected, problem, weak, milliseconds, rss } of outcome.gates) {
    const name = fromRoot(workspace, directory) || '.';
    if (problem !== null) {
      lines.push(colors.yellow(`types of ${name} were not checked: ${problem}`));
      continue;
    }
    const changed = outcome.changed.filter((file) => file.directory === directory).length;
    if (unchecked.length > 0 && unchecked.length === changed + rejected.length) {
      lines.push(colors.yellow(`types of ${name} were not checked: ${unchecked.length === 1 ? 'the changed file is' : `the ${changed} changed files are`} in no tsconfig.json`));
      continue;
    }
    const share = imports.all === 0 ? '' : `, ${imports.resolved} of ${imports.all} imports found`;
    const beside = unchecked.length === 0 ? '' : `, ${count(unchecked.length, 'file')} in no tsconfig.json`;
    const text = `types of ${name}: ${number(errors.before)} errors before, ${number(errors.after)} after${share}${beside} (${duration(milliseconds)}, ${Math.round(rss / 1e6)} MB)`;
    lines.push(weak ? colors.yellow(`${text}. Too few imports are found for this to say much: install the dependencies`) : text);
  }
  return lines.length === 0 ? [] : [...lines, ''];
}

function troubleLines({ outcome, root }: FinishedRun, colors: Colors): string[] {
  const lines: string[] = [];
  const generated = outcome.unread.filter(({ why }) => why === 'generated').length;
  if (generated > 0) lines.push(`${count(generated, 'file')} left out as generated.`);
  for (const { path, why, message } of outcome.unread.filter((file) => file.why !== 'generated').slice(0, MOST_LISTED)) lines.push(`${fromRoot(root, path)} is not changed: ${why === 'syntax' ? `it cannot be parsed (${message})` : message}`);
  for (const { path, problem } of outcome.failed) lines.push(colors.red(`${fromRoot(root, path)}: ${problem}`));
  if (outcome.failed.some(({ problem }) => problem.startsWith('not tried'))) lines.push('What was written is whole. When there is room: --resume finishes the run, --undo takes it back.');
  return lines.length === 0 ? [] : [...lines, ''];
}

function verdictOf({ outcome, dryRun, milliseconds }: FinishedRun): string {
  const edits = outcome.changed.reduce((sum, file) => sum + file.edits, 0);
  const what = `${count(edits, 'edit')} in ${count(outcome.changed.length, 'file')}`;
  const read = `${count(outcome.filesRead, 'file')} read in ${duration(milliseconds)}`;
  if (outcome.weakGate && outcome.gates.some(({ problem }) => problem !== null)) return `Nothing was written: a tsconfig.json cannot be used, so types could not be checked. Mend it, or say --accept-weak-gate. ${read}.`;
  if (outcome.weakGate) return `Nothing was written: too few types could be checked. Install the dependencies, or say --accept-weak-gate. ${read}.`;
  if (edits === 0) return `Nothing to change. ${read}.`;
  return dryRun ? `${what} to make; nothing was written (--write does). ${read}.` : `${what} written; --undo takes them back. ${read}.`;
}
