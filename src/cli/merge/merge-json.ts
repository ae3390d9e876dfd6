import { resolve } from 'node:path';
import { workspaceRootOf } from '../../project/workspace.js';
import type { PresetName } from '../../configs.js';
import { DecisionCounter } from '../decision-stats.js';
import { fromRoot } from '../find-files.js';
import type { JsonReport } from '../render/json.js';
import type { BaselineOutcome, CheckReport, ReportedFinding } from '../report.js';
import { UsageError } from '../usage-error.js';
import { failureWarnings } from '../user-settings.js';
import type { Read } from './read-reports.js';

/**
 * The report that one run over everything would have given.
 * @param cwd the workspace around it is where the reports' folders lie
 * @throws UsageError where reports do not fit together
 */
export function mergeJson(reports: readonly Read<JsonReport>[], cwd: string): CheckReport {
  const workspace = workspaceRootOf(cwd);
  const [{ report: first }] = reports as [Read<JsonReport>, ...Read<JsonReport>[]];
  const common = reports.every(({ report }) => report.folder === first.folder);
  const root = common ? resolve(workspace, first.folder) : workspace;
  for (const { file, report } of reports) requireFits(file, report, first, reports[0]!.file);
  const sum = (of: (report: JsonReport) => number): number => reports.reduce((total, { report }) => total + of(report), 0);
  /** All items of one kind, by path. */
  const placed = <Item extends { readonly relativePath: string }>(of: (report: JsonReport) => readonly Item[]): Item[] =>
    reports
      .flatMap(({ report }) => of(report).map((item) => ({ ...item, relativePath: fromRoot(root, resolve(workspace, report.folder, item.relativePath)) })))
      .sort((a, b) => byPath(resolve(root, a.relativePath), resolve(root, b.relativePath)));
  const findings = reports.flatMap(({ report }) => report.findings.map((finding) => findingOf(finding, resolve(workspace, report.folder), root)));
  requireOnce(reports);
  return {
    root,
    workspace,
    shard: null,
    preset: first.preset as PresetName,
    eslintVersion: first.tool.eslint,
    pluginVersion: first.tool.version,
    findings,
    filesRead: sum(({ summary }) => summary.filesRead),
    unparsed: placed(({ unparsed }) => unparsed),
    unreadable: placed(({ unreadable }) => unreadable),
    internalErrors: placed(({ internalErrors }) => internalErrors),
    leftOut: {
      notProduction: sum(({ summary }) => summary.leftOut.notProduction),
      generated: sum(({ summary }) => summary.leftOut.generated),
      tooLarge: sum(({ summary }) => summary.leftOut.tooLarge),
    },
    disabledByComment: sum(({ summary }) => summary.disabledByComment),
    suppressedInBulk: sum(({ summary }) => summary.suppressedInBulk),
    baseline: baselineOf(reports.map(({ report }) => report.summary.baseline)),
    since: first.summary.since,
    warnings: warningsOf(reports.map(({ report }) => report)),
    stats: statsOf(reports.map(({ report }) => report)),
    // They ran at once: one waited for the longest.
    milliseconds: Math.max(...reports.map(({ report }) => report.summary.milliseconds)),
  };
}

function requireFits(file: string, report: JsonReport, first: JsonReport, firstFile: string): void {
  if (report.preset !== first.preset) throw new UsageError(`${firstFile} was made with --preset ${first.preset} and ${file} with --preset ${report.preset}: give all the same options.`);
  if (report.tool.eslint !== first.tool.eslint) throw new UsageError(`${firstFile} was made with ESLint ${first.tool.eslint} and ${file} with ${report.tool.eslint}: run all with one version.`);
  if (report.shard !== null && report.folder !== first.folder) throw new UsageError(`${firstFile} was made in ${first.folder || 'the root'} and ${file} in ${report.folder || 'the root'}: run all shards in one folder.`);
  const listed = report.findings.filter(({ severity }) => severity === 'warning').length;
  if (listed < report.summary.warnings) throw new UsageError(`${file} was made with --quiet, so its warnings are not there. Run the check without it and give --quiet to merge.`);
}

/** @throws UsageError for a finding that stands in two reports */
function requireOnce(reports: readonly Read<JsonReport>[]): void {
  const seen = new Map<string, string>();
  for (const { file, report } of reports) {
    for (const { fingerprint, path } of report.findings) {
      const other = seen.get(fingerprint);
      if (other !== undefined && other !== file) throw new UsageError(`${other} and ${file} both judge ${path}: merge reports that share no file.`);
      seen.set(fingerprint, file);
    }
  }
}

function findingOf({ url: _, path, ...finding }: JsonReport['findings'][number], from: string, root: string): ReportedFinding {
  const absolute = resolve(from, path);
  return { ...finding, path: absolute, relativePath: fromRoot(root, absolute) };
}

function baselineOf(outcomes: readonly (BaselineOutcome | null)[]): BaselineOutcome | null {
  const given = outcomes.filter((outcome) => outcome !== null);
  if (given.length === 0) return null;
  const sum = (of: (outcome: BaselineOutcome) => number): number => given.reduce((total, outcome) => total + of(outcome), 0);
  return { path: given[0]!.path, known: sum(({ known }) => known), gone: sum(({ gone }) => gone), written: given.some(({ written }) => written), entries: Math.max(...given.map(({ entries }) => entries)) };
}

/** Configurations that several shards could not load are named once. */
function warningsOf(reports: readonly JsonReport[]): readonly string[] {
  if (reports.every(({ shard }) => shard !== null)) return failureWarnings(reports.flatMap(({ shard }) => shard!.configFailures));
  return [...new Set(reports.flatMap(({ warnings }) => warnings))];
}

function statsOf(reports: readonly JsonReport[]): CheckReport['stats'] {
  if (reports.every(({ stats }) => stats === null)) return null;
  const counter = new DecisionCounter();
  for (const { stats } of reports) for (const rule of stats ?? []) counter.addCounted(rule);
  return counter.result();
}

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
