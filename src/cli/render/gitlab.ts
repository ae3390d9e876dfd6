import { fromRoot } from '../find-files.js';
import { checkoutOf } from './checkout.js';
import type { Render } from './render.js';
import { shown } from './render.js';

/** One entry of a Code Quality report, as GitLab reads it. */
interface GitlabIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'major' | 'minor';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

/** A Code Quality report: what a merge request adds and mends is told by the fingerprints of the two branches' reports. */
export const render: Render = (report, context) => {
  const checkout = checkoutOf(report, context);
  const issues = shown(report, context).map(
    (finding): GitlabIssue => ({
      description: finding.message,
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: finding.severity === 'error' ? 'major' : 'minor',
      location: { path: fromRoot(checkout, finding.path), lines: { begin: finding.line, end: finding.endLine } },
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
};
