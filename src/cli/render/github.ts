import { resolve } from 'node:path';
import { fromRoot } from '../find-files.js';
import type { ReportedFinding } from '../report.js';
import { checkoutOf } from './checkout.js';
import type { Render } from './render.js';
import { shown } from './render.js';
import { summaryLines } from './summary.js';
import { count } from './words.js';

/** GitHub shows this many annotations of a kind for a step, and drops what comes after. */
const MOST_ANNOTATIONS = 10;

/**
 * Workflow commands that GitHub Actions shows at the lines of a pull request, and the summary below. What GitHub would
 * drop is printed as plain lines: of a command, its log shows the message and not the place.
 */
export const render: Render = (report, context) => {
  const checkout = checkoutOf(report, context);
  const room = { error: MOST_ANNOTATIONS, warning: MOST_ANNOTATIONS };
  const lines: string[] = [];
  const plain: string[] = [];
  for (const error of report.internalErrors) {
    const path = fromRoot(checkout, resolve(report.root, error.relativePath));
    const text = `${error.rule ?? 'unknown rule'}: ${error.message}`;
    if (room.error-- > 0) lines.push(`::error file=${escapeProperty(path)},title=internal error::${escapeData(text)}`);
    else plain.push(`${path}: internal error: ${text}`);
  }
  for (const finding of shown(report, context)) {
    const path = fromRoot(checkout, finding.path);
    if (room[finding.severity]-- > 0) lines.push(command(finding, path));
    else plain.push(`${path}:${finding.line}:${finding.column}: ${finding.severity}: ${finding.message} (${finding.rule})`);
  }
  if (plain.length > 0) {
    lines.push(`::group::${count(plain.length, 'more report')}: GitHub shows ${MOST_ANNOTATIONS} of a kind at the lines`, ...plain.map(oneLine), '::endgroup::');
  }
  return `${[...lines, ...summaryLines(report, context.rules)].join('\n')}\n`;
};

function command(finding: ReportedFinding, path: string): string {
  const properties: [string, string | number][] = [
    ['file', path],
    ['line', finding.line],
    ['endLine', finding.endLine],
    ['col', finding.column],
    // GitHub takes an end column only on the line of the start.
    ...(finding.endLine === finding.line ? [['endColumn', finding.endColumn] as [string, number]] : []),
    ['title', finding.rule],
  ];
  const suggestion = finding.suggestions[0];
  const text = suggestion === undefined ? finding.message : `${finding.message}\nSuggestion: ${suggestion.description}`;
  return `::${finding.severity} ${properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(text)}`;
}

const escapeData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
/** A second line could be a command. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');
