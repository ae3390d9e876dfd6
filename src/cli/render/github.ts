import { resolve } from 'node:path';
import { fromRoot, isAbove } from '../find-files.js';
import type { CheckReport } from '../report.js';
import type { Render, RenderContext } from './render.js';
import { shown } from './render.js';
import { summaryLines } from './summary.js';

/** Workflow commands that GitHub Actions shows at the lines of a pull request, and the summary below. */
export const render: Render = (report, context) => {
  const lines = shown(report, context).map((finding) => {
    const properties: [string, string | number][] = [
      ['file', pathFor(finding.path, report, context)],
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
  });
  for (const error of report.internalErrors) {
    lines.push(`::error file=${escapeProperty(pathFor(resolve(report.root, error.relativePath), report, context))},title=internal error::${escapeData(`${error.rule ?? 'unknown rule'}: ${error.message}`)}`);
  }
  return `${[...lines, ...summaryLines(report, context.rules)].join('\n')}\n`;
};

/** GitHub looks paths up from the checkout, which may be above the working directory. */
function pathFor(path: string, report: CheckReport, context: RenderContext): string {
  const workspace = context.host.env['GITHUB_WORKSPACE'];
  if (workspace !== undefined && workspace !== '') {
    const relative = fromRoot(workspace, path);
    if (!isAbove(relative)) return relative;
  }
  return fromRoot(report.root, path);
}

const escapeData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
