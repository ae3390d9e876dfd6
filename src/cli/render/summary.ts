import type { CheckReport, ReportedFinding } from '../report.js';
import type { ResilienceRule } from '../../eslint/create-rule.js';
import { shardLine } from '../shard.js';
import { count, duration, list, number } from './words.js';

/** The totals of a run as plain lines, the most important first. */
export function summaryLines(report: CheckReport, rules: Readonly<Record<string, ResilienceRule>> = {}): string[] {
  return [verdict(report.findings), ...causes(report.findings, rules), ...(report.shard === null ? [] : [shardLine(report.shard)]), reading(report), ...leftOut(report), ...takenAway(report), ...baselineLines(report)];
}

/** A line a rule, in its own words: what was found, and who has most of it. */
function causes(findings: readonly ReportedFinding[], rules: Readonly<Record<string, ResilienceRule>>): string[] {
  const lines: string[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const words = rule.meta.docs.finds;
    const found = findings.filter((finding) => finding.rule === name || finding.rule.endsWith(`/${name}`));
    if (words === undefined || found.length === 0) continue;
    const packages = tally(found);
    const worst = packages.length > 1 ? `; worst: ${packages[0]![0]}, ${number(packages[0]![1])}` : '';
    lines.push(`${number(found.length)} ${found.length === 1 ? words.one : words.many}${worst}.`);
  }
  return lines;
}

function verdict(findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return 'No findings.';
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const split = errors === 0 || warnings === 0 ? count(findings.length, errors === 0 ? 'warning' : 'error') : `${count(findings.length, 'finding')} (${count(errors, 'error')}, ${count(warnings, 'warning')})`;
  const files = new Set(findings.map((finding) => finding.path)).size;
  const packages = tally(findings);
  const where = packages.length > 1 ? `${count(files, 'file')} of ${count(packages.length, 'package')}; most in ${packages[0]![0]}: ${number(packages[0]![1])}` : count(files, 'file');
  return `${split} in ${where}.`;
}

/** Findings by package, most first. */
export function tally(findings: readonly ReportedFinding[]): [label: string, findings: number][] {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(finding.package, (counts.get(finding.package) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function reading(report: CheckReport): string {
  const syntax = report.unparsed.filter((file) => file.why === 'syntax').length;
  const flow = report.unparsed.length - syntax;
  const notes: string[] = [];
  if (syntax > 0) notes.push(`${number(syntax)} could not be parsed`);
  if (flow > 0) notes.push(`${count(flow, 'Flow file')} skipped`);
  if (report.unreadable.length > 0) notes.push(`${number(report.unreadable.length)} could not be read`);
  const since = report.since === null ? '' : ` (changed since ${report.since.ref}: ${count(report.since.changedFiles, 'file')})`;
  const nothing = report.filesRead === 0 && report.unreadable.length === 0 && report.since === null && report.shard === null ? ' No JavaScript or TypeScript source was found in the given paths.' : '';
  return `${count(report.filesRead, 'file')} read in ${duration(report.milliseconds)}${since}${notes.length > 0 ? `; ${list(notes)}` : ''}.${nothing}`;
}

function leftOut({ leftOut: { notProduction, generated, tooLarge } }: CheckReport): string[] {
  const lines: string[] = [];
  if (notProduction > 0) lines.push(`${count(notProduction, 'test, script or config file')} left out; --include-tests to add them.`);
  const others = [...(generated > 0 ? [count(generated, 'generated file')] : []), ...(tooLarge > 0 ? [`${count(tooLarge, 'file')} above 1.5 MB`] : [])];
  if (others.length > 0) lines.push(`${list(others)} left out.`);
  return lines;
}

function takenAway(report: CheckReport): string[] {
  const parts: string[] = [];
  if (report.disabledByComment > 0) parts.push(`${number(report.disabledByComment)} by eslint-disable comments`);
  if (report.suppressedInBulk > 0) parts.push(`${number(report.suppressedInBulk)} by eslint-suppressions.json`);
  if (report.baseline !== null && !report.baseline.written && report.baseline.known > 0) parts.push(`${number(report.baseline.known)} known to ${report.baseline.path}`);
  return parts.length === 0 ? [] : [`Not shown: ${list(parts)}.`];
}

function baselineLines({ baseline }: CheckReport): string[] {
  if (baseline === null) return [];
  const { gone, path } = baseline;
  if (baseline.written) {
    return [`${path} written with ${count(baseline.entries, 'finding')}${gone > 0 ? `; ${number(gone)} that ${gone === 1 ? 'is' : 'are'} gone ${gone === 1 ? 'was' : 'were'} dropped` : ''}.`];
  }
  if (gone > 0) return [`${count(gone, 'finding')} of ${path} ${gone === 1 ? 'is' : 'are'} gone: run with --update-baseline.`];
  return baseline.entries === 0 ? [`${path} holds no findings: run with --update-baseline to write those of today.`] : [];
}
