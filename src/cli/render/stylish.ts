import { colorsFor, type Colors } from '../color.js';
import type { CheckReport, InternalError, ReportedFinding } from '../report.js';
import type { Render } from './render.js';
import { shown } from './render.js';
import { statsLines } from './stats.js';
import { summaryLines, tally } from './summary.js';
import { count, wrap } from './words.js';

const FALLBACK_WIDTH = 100;
const WIDEST = 140;
const NARROWEST_TEXT = 30;
/** Longer lists say how many more there are. */
const MOST_LISTED = 10;
const ISSUES = 'https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/issues';

/** For people: findings by package and file, then what a reader wants to know of the run. */
export const render: Render = (report, context) => {
  const colors = colorsFor(context.host, context.color);
  const width = Math.min(context.host.stdout.columns ?? FALLBACK_WIDTH, WIDEST);
  const findings = shown(report, context);
  const lines: string[] = [];
  const packages = tally(findings);
  for (const [label, total] of packages) {
    if (packages.length > 1) lines.push(colors.bold(`${label}: ${count(total, 'finding')}`), '');
    lines.push(...filesOf(findings.filter((finding) => finding.package === label), width, colors));
  }
  lines.push(...troubles(report, width, colors));
  if (report.stats !== null) lines.push(...statsLines(report.stats, colors), '');
  const [verdict, ...rest] = summaryLines(report, context.rules);
  lines.push(report.findings.length === 0 ? colors.bold(verdict!) : colors.bold(report.findings.some((finding) => finding.severity === 'error') ? colors.red(verdict!) : colors.yellow(verdict!)));
  const hidden = report.findings.length - findings.length;
  if (hidden > 0) rest.unshift(`${count(hidden, 'warning')} not listed (--quiet).`);
  lines.push(...rest.flatMap((line) => wrap(line, width)));
  return `${lines.join('\n')}\n`;
};

function filesOf(findings: readonly ReportedFinding[], width: number, colors: Colors): string[] {
  const lines: string[] = [];
  const byFile = new Map<string, ReportedFinding[]>();
  for (const finding of findings) byFile.set(finding.relativePath, [...(byFile.get(finding.relativePath) ?? []), finding]);
  for (const [path, list] of byFile) {
    lines.push(colors.underline(path));
    const placeWidth = Math.max(...list.map((finding) => placeOf(finding).length));
    for (const finding of list) lines.push(...findingLines(finding, placeWidth, width, colors));
    lines.push('');
  }
  return lines;
}

function findingLines(finding: ReportedFinding, placeWidth: number, width: number, colors: Colors): string[] {
  const severity = finding.severity.padEnd('warning'.length);
  const paint = finding.severity === 'error' ? colors.red : colors.yellow;
  const indent = ' '.repeat(2 + placeWidth + 2 + severity.length + 2);
  const room = Math.max(width - indent.length, NARROWEST_TEXT);
  const [first, ...more] = wrap(finding.message, room);
  const lines = [`  ${colors.dim(placeOf(finding).padEnd(placeWidth))}  ${paint(severity)}  ${first!}`, ...more.map((line) => indent + line)];
  const suggestion = finding.suggestions[0];
  if (suggestion !== undefined) lines.push(...wrap(`Suggestion: ${suggestion.description}`, room).map((line) => indent + colors.cyan(line)));
  lines.push(indent + colors.dim(finding.rule));
  return lines;
}

const placeOf = (finding: ReportedFinding): string => `${finding.line}:${finding.column}`;

/** What kept files or rules from being judged. */
function troubles(report: CheckReport, width: number, colors: Colors): string[] {
  const lines: string[] = [];
  const section = (title: string, items: readonly string[]): void => {
    if (items.length === 0) return;
    lines.push(colors.bold(title), ...items.slice(0, MOST_LISTED).flatMap((item) => wrap(item, width - 4).map((line, i) => (i === 0 ? '  ' : '    ') + line)));
    if (items.length > MOST_LISTED) lines.push(`  and ${items.length - MOST_LISTED} more (--format json lists all)`);
    lines.push('');
  };
  section(
    'Could not be parsed',
    report.unparsed.filter((file) => file.why === 'syntax').map((file) => `${file.relativePath}${file.line === null ? '' : `:${file.line}:${file.column ?? 1}`}: ${file.message}`),
  );
  section('Could not be read', report.unreadable.map((file) => `${file.relativePath}: ${file.message}`));
  section('Internal errors', alike(report.internalErrors));
  if (report.internalErrors.length > 0) {
    lines.push(...wrap(`An internal error is a defect of eslint-plugin-resilience ${report.pluginVersion}, not of your code. Report it with the file, if you may share it, at ${ISSUES}.`, width), '');
  }
  section('Warnings', report.warnings);
  return lines;
}

/** One line for each way in which a rule failed, most frequent first: one defect often meets many files. */
function alike(errors: readonly InternalError[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { rule, message, relativePath } of errors) {
    const key = `${rule ?? 'unknown rule'}: ${message}`;
    groups.set(key, [...(groups.get(key) ?? []), relativePath]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([key, paths]) => `${key} In ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${count(paths.length - 3, 'other file')}` : ''}.`.replace(/([^.]) In /, '$1. In '));
}
