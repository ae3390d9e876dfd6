import { resolve } from 'node:path';
import { presetNames, type PresetName } from '../../configs.js';
import { collectDecisions } from '../../eslint/decisions.js';
import { workspaceRootOf } from '../../project/workspace.js';
import { applyBaseline } from '../baseline.js';
import { applyBulkSuppressions } from '../bulk-suppressions.js';
import { changesSince, type Changes } from '../changed-files.js';
import { DecisionCounter } from '../decision-stats.js';
import { findFiles } from '../find-files.js';
import { fingerprintOf } from '../fingerprint.js';
import type { CliHost } from '../host.js';
import { lintFiles, type CheckedPlugin } from '../lint-files.js';
import { loadESLint, type LoadedESLint } from '../load-eslint.js';
import { settingsMerger } from '../merged-settings.js';
import { packageLabels } from '../package-label.js';
import { ownVersion } from '../own-version.js';
import { startProgress } from '../progress.js';
import { checkoutOf } from '../render/checkout.js';
import { appendStepSummary } from '../step-summary.js';
import type { Render } from '../render/render.js';
import type { BaselineOutcome, CheckReport, Finding } from '../report.js';
import { parseShard, takeShare } from '../shard.js';
import { stampOf } from '../shard-stamp.js';
import { UsageError } from '../usage-error.js';
import { NO_USER_SETTINGS, userSettings } from '../user-settings.js';
import { writeReport } from '../write-report.js';

export const FORMATS = ['stylish', 'json', 'sarif', 'github', 'gitlab'] as const;
export type CheckFormat = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly preset: string;
  readonly format: CheckFormat;
  readonly outputFile?: string | undefined;
  readonly stats?: boolean | undefined;
  /** Absent: any number. */
  readonly maxWarnings?: number | undefined;
  readonly quiet?: boolean | undefined;
  readonly since?: string | undefined;
  readonly sinceLines?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  /** `false`: the user's ESLint configuration is not asked for settings. */
  readonly config?: boolean | undefined;
  /** `false`: what the rules say is judged, not what comments in the code switch off. No option of the command line. */
  readonly inlineConfig?: boolean | undefined;
  /** `false`: no other file is read. */
  readonly crossFile?: boolean | undefined;
  readonly runtime?: string | undefined;
  readonly includeTests?: boolean | undefined;
  readonly strictParse?: boolean | undefined;
  /** Findings do not fail the run; what keeps it from being complete does. */
  readonly exitZero?: boolean | undefined;
  /** `i/n`: the packages of one of n runs. */
  readonly shard?: string | undefined;
  /** The plugin that runs; absent: this package's. */
  readonly plugin?: CheckedPlugin | undefined;
  /** The ESLint that runs it; absent: the project's. */
  readonly eslint?: LoadedESLint | undefined;
}

/** Checks files and prints the report. Gives the exit code: 0 nothing, 1 findings, 2 a run that is not to be relied on. */
export async function runCheck(options: CheckOptions, host: CliHost): Promise<number> {
  const report = await check(options, host);
  const { render } = await RENDERERS[options.format]();
  const { rules } = options.plugin ?? (await shippedPlugin());
  // A file is no terminal: no colours unless they are asked for.
  const color = options.outputFile === undefined ? options.color : (options.color ?? false);
  const context = { host, quiet: options.quiet === true, color, rules };
  await writeReport(render(report, context), options, host);
  if (options.format === 'github') await appendStepSummary(report, context);
  // The stylish report holds them itself.
  if (options.format !== 'stylish') for (const warning of report.warnings) host.stderr.write(`warning: ${warning}\n`);
  const exit = exitCode(report, options);
  return exit === 1 && options.exitZero === true ? 0 : exit;
}

export const RENDERERS: Readonly<Record<CheckFormat, () => Promise<{ readonly render: Render }>>> = {
  stylish: () => import('../render/stylish.js'),
  json: () => import('../render/json.js'),
  sarif: () => import('../render/sarif.js'),
  github: () => import('../render/github.js'),
  gitlab: () => import('../render/gitlab.js'),
};

/** Runs the rules and says what they found. Prints nothing but progress. */
export async function check(options: CheckOptions, host: CliHost): Promise<CheckReport> {
  const started = performance.now();
  const root = resolve(host.cwd, options.cwd ?? '.');
  if (options.updateBaseline === true && options.baseline === undefined) throw new UsageError('--update-baseline needs --baseline <file>: the file to write.');
  if (options.sinceLines === true && options.since === undefined) throw new UsageError('--since-lines needs --since <ref>: what the lines are compared with.');
  const shard = parseShard(options.shard);
  if (shard !== null && options.updateBaseline === true) throw new UsageError('--update-baseline with --shard: a shard knows the findings of its own packages alone. Update the baseline in a run without --shard.');
  const plugin = options.plugin ?? (await shippedPlugin());
  const preset = presetOf(options.preset, plugin);
  const eslint = options.eslint ?? loadESLint(root);
  const changes = options.since === undefined ? null : await changesSince(root, options.since);
  const found = await findFiles({
    cwd: root,
    paths: options.paths,
    ignore: options.ignore ?? [],
    includeTests: options.includeTests === true,
    loadESLint: () => eslint.ESLint,
  });
  const changed = changes === null ? found.files : found.files.filter((file) => changes.files.has(file.path));
  const own = shard === null ? null : takeShare(shard, root, changed.map(({ path }) => path), found.notProduction);
  const files = own === null ? changed : changed.filter(({ path }) => own.has(path));
  const workspace = workspaceRootOf(root);
  const user = options.config === false ? NO_USER_SETTINGS : userSettings(() => eslint.ESLint, root);
  const counter = options.stats === true ? new DecisionCounter() : null;
  const stopCollecting = counter === null ? null : collectDecisions((decision) => counter.add(decision));
  const progress = await startProgress(host, 'Reading files');
  let linted;
  try {
    linted = await lintFiles({
      root,
      files,
      ESLint: eslint.ESLint,
      plugin,
      preset,
      settingsOf: settingsMerger(options, (path) => user.of(path)),
      labelOf: packageLabels(workspace),
      read: host.read,
      inlineConfig: options.inlineConfig !== false,
      onFile: (done, total, at) => progress.update(done, total, at),
    });
  } finally {
    progress.stop();
    stopCollecting?.();
  }
  // Equal lines of two workspaces of one repository are two findings.
  const checkout = checkoutOf({ root, workspace }, { host });
  const { findings, suppressed, baseline } = await subtract(options, root, linted.findings, linted.judged, changes);
  return {
    root,
    workspace,
    shard: own === null ? null : await stampOf(own.share, root, options, user.failures()),
    preset,
    eslintVersion: eslint.version,
    pluginVersion: ownVersion(),
    findings: findings.map(({ code, ordinal, ...finding }) => ({ ...finding, fingerprint: fingerprintOf({ ...finding, code, ordinal }, checkout) })),
    filesRead: linted.filesRead,
    unparsed: linted.unparsed,
    unreadable: linted.unreadable,
    internalErrors: linted.internalErrors,
    leftOut: { notProduction: own === null ? found.notProduction.length : found.notProduction.filter(own.has).length, generated: linted.generated, tooLarge: linted.tooLarge },
    disabledByComment: linted.disabledByComment,
    suppressedInBulk: suppressed,
    baseline,
    since: changes === null ? null : { ref: options.since!, changedFiles: changes.files.size },
    warnings: user.warnings(),
    stats: counter?.result() ?? null,
    milliseconds: performance.now() - started,
  };
}

/** 2 before 1: a run that broke says nothing about what it did not reach. */
export function exitCode(report: CheckReport, options: Pick<CheckOptions, 'maxWarnings' | 'strictParse'>): number {
  if (report.internalErrors.length > 0 || report.unreadable.some((file) => file.explicit)) return 2;
  if (options.strictParse === true && report.unparsed.some((file) => file.why === 'syntax')) return 2;
  const warnings = report.findings.filter((finding) => finding.severity === 'warning').length;
  if (warnings < report.findings.length) return 1;
  return options.maxWarnings !== undefined && warnings > options.maxWarnings ? 1 : 0;
}

/** Takes away what is known or not asked about: bulk suppressions, unchanged lines, the baseline. */
async function subtract(
  options: CheckOptions,
  root: string,
  all: readonly Finding[],
  judged: ReadonlySet<string>,
  changes: Changes | null,
): Promise<{ findings: readonly Finding[]; suppressed: number; baseline: BaselineOutcome | null }> {
  const bulk = await applyBulkSuppressions(root, all);
  const onChangedLines = (list: readonly Finding[]): readonly Finding[] =>
    changes !== null && options.sinceLines === true ? list.filter((finding) => changes.touches(finding.path, finding.line, finding.endLine)) : list;
  if (options.baseline === undefined) return { findings: onChangedLines(bulk.findings), suppressed: bulk.suppressed, baseline: null };
  const { findings, outcome } = await applyBaseline({
    file: resolve(root, options.baseline),
    name: options.baseline,
    update: options.updateBaseline === true,
    findings: bulk.findings,
    judged,
    countsDeleted: (parseShard(options.shard)?.index ?? 1) === 1,
  });
  return { findings: onChangedLines(findings), suppressed: bulk.suppressed, baseline: outcome };
}

function presetOf(name: string, plugin: CheckedPlugin): PresetName {
  const names = presetNames(plugin.rules);
  const preset = names.find((known) => known === name);
  if (preset === undefined) throw new UsageError(`--preset ${name}: there is no such preset. Presets: ${names.join(', ')}.`);
  return preset;
}

export async function shippedPlugin(): Promise<CheckedPlugin> {
  const { rules } = await import('../../../rules/index.js');
  return { rules };
}
