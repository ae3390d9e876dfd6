import { resolve } from 'node:path';
import type { CliHost } from '../host.js';
import type { CheckedPlugin } from '../lint-files.js';
import { requireWhole } from '../merge/complete-set.js';
import { mergeJson } from '../merge/merge-json.js';
import { mergeSarif } from '../merge/merge-sarif.js';
import { readReports } from '../merge/read-reports.js';
import { ownVersion } from '../own-version.js';
import { SHARD } from '../render/sarif.js';
import type { ShardStamp } from '../shard-stamp.js';
import { UsageError } from '../usage-error.js';
import { writeReport } from '../write-report.js';
import { exitCode, RENDERERS, shippedPlugin, type CheckFormat } from './check.js';

export interface MergeOptions {
  /** Files that `check` wrote. */
  readonly reports: readonly string[];
  /** Absent: SARIF for SARIF, else text for people. */
  readonly format?: CheckFormat | undefined;
  readonly outputFile?: string | undefined;
  /** Absent: what the shards were given, else any number. */
  readonly maxWarnings?: number | undefined;
  readonly quiet?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  /** The plugin whose rules are described; absent: this package's. */
  readonly plugin?: CheckedPlugin | undefined;
}

/** Joins reports and prints the one that a single run would have given. Gives its exit code. */
export async function runMerge(options: MergeOptions, host: CliHost): Promise<number> {
  const cwd = resolve(host.cwd, options.cwd ?? '.');
  const quiet = options.quiet === true;
  const read = await readReports(cwd, options.reports);
  if (read.kind === 'sarif') {
    if (options.format !== undefined && options.format !== 'sarif') throw new UsageError(`--format ${options.format} wants JSON reports: SARIF holds less than it prints. Run check with --format json.`);
    const shards = read.reports.map(({ report }) => report.runs[0].properties?.[SHARD] ?? null);
    requireWhole(read.reports.map(({ file, report }, index) => ({ file, version: report.runs[0].tool.driver.version, shard: shards[index]! })), ownVersion());
    const given = limitsOf(options, shards);
    const merged = mergeSarif(read.reports, cwd, quiet);
    await writeReport(merged.text, options, host);
    if (!merged.complete || (given.strictParse && !merged.parsedAll)) return 2;
    return merged.errors > 0 || (given.maxWarnings !== undefined && merged.warnings > given.maxWarnings) ? 1 : 0;
  }
  const shards = read.reports.map(({ report }) => report.shard);
  requireWhole(read.reports.map(({ file, report }) => ({ file, version: report.tool.version, shard: report.shard })), ownVersion());
  const given = limitsOf(options, shards);
  const report = mergeJson(read.reports, cwd);
  const format = options.format ?? 'stylish';
  const { render } = await RENDERERS[format]();
  const { rules } = options.plugin ?? (await shippedPlugin());
  const color = options.outputFile === undefined ? options.color : (options.color ?? false);
  await writeReport(render(report, { host, quiet, color, rules }), options, host);
  if (format !== 'stylish') for (const warning of report.warnings) host.stderr.write(`warning: ${warning}\n`);
  return exitCode(report, given);
}

/** What the shards were told to fail on. */
function limitsOf(options: MergeOptions, shards: readonly (ShardStamp | null)[]): { readonly maxWarnings: number | undefined; readonly strictParse: boolean } {
  const given = shards[0]?.options ?? {};
  // The warnings that it hides are not in the reports.
  if (given['quiet'] === true) throw new UsageError('The shards were run with --quiet, so their warnings are not there. Run them without it and give --quiet to merge.');
  const limit = options.maxWarnings ?? given['maxWarnings'];
  return { maxWarnings: typeof limit === 'number' ? limit : undefined, strictParse: given['strictParse'] === true };
}
