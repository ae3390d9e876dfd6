import { fromRoot } from '../find-files.js';
import type { BaselineOutcome, InternalError, LeftOut, RuleStats, Suggestion, UnparsedFile, UnreadableFile } from '../report.js';
import type { ShardStamp } from '../shard-stamp.js';
import { pageOf } from '../../eslint/create-rule.js';
import type { Render } from './render.js';
import { shown } from './render.js';

/**
 * What `check --format json` prints. Within one `schemaVersion` fields are added, never taken away
 * or given another meaning. Paths are relative to `root` with forward slashes; lines and columns are
 * 1-based, the end column is exclusive.
 */
export interface JsonReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string; readonly eslint: string };
  /** Absolute. */
  readonly root: string;
  /** Path of `root` in its workspace; empty at the top. */
  readonly folder: string;
  /** Which of several runs this was; `null` for one that did everything. */
  readonly shard: ShardStamp | null;
  readonly preset: string;
  readonly findings: readonly JsonFinding[];
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly files: number;
    readonly packages: readonly { readonly name: string; readonly findings: number }[];
    readonly filesRead: number;
    readonly leftOut: LeftOut;
    readonly disabledByComment: number;
    readonly suppressedInBulk: number;
    readonly baseline: BaselineOutcome | null;
    readonly since: { readonly ref: string; readonly changedFiles: number } | null;
    readonly milliseconds: number;
  };
  readonly unparsed: readonly UnparsedFile[];
  readonly unreadable: readonly UnreadableFile[];
  readonly internalErrors: readonly InternalError[];
  readonly warnings: readonly string[];
  /** With `--stats`, else `null`. */
  readonly stats: readonly RuleStats[] | null;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly package: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly messageId: string;
  readonly url: string;
  readonly fingerprint: string;
  readonly suggestions: readonly Suggestion[];
}

/** For programs. */
export const render: Render = (report, context) => {
  const findings = shown(report, context);
  const packages = new Map<string, number>();
  for (const finding of findings) packages.set(finding.package, (packages.get(finding.package) ?? 0) + 1);
  const json: JsonReport = {
    schemaVersion: 1,
    tool: { name: 'eslint-plugin-resilience', version: report.pluginVersion, eslint: report.eslintVersion },
    root: report.root,
    folder: fromRoot(report.workspace, report.root),
    shard: report.shard,
    preset: report.preset,
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      path: finding.relativePath,
      package: finding.package,
      line: finding.line,
      column: finding.column,
      endLine: finding.endLine,
      endColumn: finding.endColumn,
      message: finding.message,
      messageId: finding.messageId,
      url: context.rules[bare(finding.rule)]?.meta.docs.url ?? pageOf(bare(finding.rule)),
      fingerprint: finding.fingerprint,
      suggestions: finding.suggestions,
    })),
    summary: {
      errors: findings.filter((finding) => finding.severity === 'error').length,
      // Counted even where --quiet leaves them out of the list.
      warnings: report.findings.filter((finding) => finding.severity === 'warning').length,
      files: new Set(findings.map((finding) => finding.path)).size,
      packages: [...packages].map(([name, total]) => ({ name, findings: total })).sort((a, b) => b.findings - a.findings || (a.name < b.name ? -1 : 1)),
      filesRead: report.filesRead,
      leftOut: report.leftOut,
      disabledByComment: report.disabledByComment,
      suppressedInBulk: report.suppressedInBulk,
      baseline: report.baseline,
      since: report.since,
      milliseconds: Math.round(report.milliseconds),
    },
    unparsed: report.unparsed,
    unreadable: report.unreadable,
    internalErrors: report.internalErrors,
    warnings: report.warnings,
    stats: report.stats,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
};

const bare = (rule: string): string => rule.replace(/^resilience\//, '');
