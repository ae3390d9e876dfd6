import { fromRoot } from '../find-files.js';
import type { CheckReport, ReportedFinding } from '../report.js';
import { pageOf } from '../../eslint/create-rule.js';
import { checkoutOf } from './checkout.js';
import type { RenderContext } from './render.js';
import { shown } from './render.js';
import { summaryLines } from './summary.js';
import { number } from './words.js';

/** GitHub takes 1 MiB from a step; a row has a few hundred bytes. */
const MOST_ROWS = 500;

/** The page of a step in GitHub Actions: all findings as a table, where annotations end at ten of a kind. */
export function renderStepSummary(report: CheckReport, context: RenderContext): string {
  const findings = shown(report, context);
  const [verdict, ...rest] = summaryLines(report, context.rules);
  const lines = ['### eslint-plugin-resilience', '', `**${escape(verdict!)}** ${rest.map(escape).join(' ')}`, ''];
  if (findings.length > 0) {
    const linkOf = linker(report, context);
    lines.push('| place | severity | rule | finding |', '| --- | --- | --- | --- |');
    for (const finding of findings.slice(0, MOST_ROWS)) {
      const name = finding.rule.replace(/^resilience\//, '');
      const page = context.rules[name]?.meta.docs.url ?? pageOf(name);
      lines.push(`| ${linkOf(finding)} | ${finding.severity} | [${escape(finding.rule)}](${page}) | ${escape(finding.message)} |`);
    }
    if (findings.length > MOST_ROWS) lines.push('', `And ${number(findings.length - MOST_ROWS)} more: the JSON report lists all.`);
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}

/** A place as a link to the commit that was checked, where GitHub says which. */
function linker(report: CheckReport, context: RenderContext): (finding: ReportedFinding) => string {
  const checkout = checkoutOf(report, context);
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = context.host.env;
  return (finding) => {
    const path = fromRoot(checkout, finding.path);
    const place = escape(`${path}:${finding.line}`);
    if (!server || !repository || !commit) return place;
    // Parentheses would end the address.
    const address = path.split('/').map(encodeURIComponent).join('/').replace(/\(/g, '%28').replace(/\)/g, '%29');
    return `[${place}](${server}/${repository}/blob/${commit}/${address}#L${finding.line})`;
  };
}

/** Text for a cell: spans of code stay as they are but for what would end the cell; elsewhere nothing is markup. */
function escape(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part.replace(/\|/g, '\\|') : part.replace(/[\\|[\]*_`]/g, '\\$&').replace(/</g, '&lt;')))
    .join('');
}
