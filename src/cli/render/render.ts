import type { ResilienceRule } from '../../eslint/create-rule.js';
import type { CliHost } from '../host.js';
import type { CheckReport, ReportedFinding } from '../report.js';

/** What a renderer may know besides the report. */
export interface RenderContext {
  readonly host: CliHost;
  /** Warnings are not shown. */
  readonly quiet: boolean;
  /** What the user said about colours. */
  readonly color: boolean | undefined;
  readonly rules: Readonly<Record<string, ResilienceRule>>;
}

/** Turns a report into text that ends with a line break. */
export type Render = (report: CheckReport, context: RenderContext) => string;

/** The findings that are printed, by path and place. */
export function shown(report: CheckReport, context: Pick<RenderContext, 'quiet'>): ReportedFinding[] {
  return report.findings
    .filter((finding) => !context.quiet || finding.severity === 'error')
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1)));
}
