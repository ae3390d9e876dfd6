import type { Colors } from '../color.js';
import type { RuleStats } from '../report.js';
import { count, number } from './words.js';

const MOST_REASONS = 12;
const BAR = 24;

/** How often each rule decided, and why it could not. */
export function statsLines(stats: readonly RuleStats[], colors: Colors): string[] {
  if (stats.length === 0) return [colors.bold('Decisions'), '  No rule met a site to judge.'];
  const lines: string[] = [];
  for (const rule of stats) {
    lines.push(colors.bold(`Decisions of ${rule.rule}`));
    lines.push(`  ${count(rule.sites, 'site')}: ${number(rule.set)} set, ${number(rule.absent)} absent, ${number(rule.unknown)} unknown; decided ${percent(rule.decidedShare)}`);
    const kinds = Object.entries(rule.kinds);
    if (kinds.length > 1) {
      lines.push(...table([['kind', 'set', 'absent', 'unknown', 'decided'], ...kinds.map(([kind, { set, absent, unknown }]) => [kind, number(set), number(absent), number(unknown), percent((set + absent) / (set + absent + unknown))])]));
    }
    if (rule.unknownReasons.length > 0) {
      lines.push('  unknown because of');
      const most = rule.unknownReasons[0]!.count;
      const shown = rule.unknownReasons.slice(0, MOST_REASONS);
      const width = Math.max(...shown.map(({ reason }) => reason.length));
      const digits = number(most).length;
      for (const { reason, count: n } of shown) {
        lines.push(`    ${reason.padEnd(width)}  ${number(n).padStart(digits)}  ${colors.dim('#'.repeat(Math.max(1, Math.round((n / most) * BAR))))}`);
      }
      const rest = rule.unknownReasons.slice(MOST_REASONS).reduce((sum, { count: n }) => sum + n, 0);
      if (rest > 0) lines.push(`    others  ${number(rest)}`);
    }
  }
  return lines;
}

const percent = (share: number | null): string => (share === null ? 'none' : `${(share * 100).toFixed(1)} %`);

/** First column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `    ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')}`);
}
