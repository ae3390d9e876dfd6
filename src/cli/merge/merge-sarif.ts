import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workspaceRootOf } from '../../project/workspace.js';
import { ROOT, rootUri, SHARD } from '../render/sarif.js';
import { UsageError } from '../usage-error.js';
import { failureWarnings } from '../user-settings.js';
import type { Read, SarifLog, SarifNotification, SarifResult } from './read-reports.js';

/** What decides the exit code, beside the text. */
export interface MergedSarif {
  readonly text: string;
  readonly errors: number;
  readonly warnings: number;
  /** Every run reached its end. */
  readonly complete: boolean;
  readonly parsedAll: boolean;
}

/**
 * One run out of several, with one table of rules.
 * @param cwd paths in the reports start at the root of the workspace around it
 * @throws UsageError for a finding that stands in two of them
 */
export function mergeSarif(reports: readonly Read<SarifLog>[], cwd: string, quiet: boolean): MergedSarif {
  const workspace = workspaceRootOf(cwd);
  requireOnce(reports);
  const runs = reports.map(({ report }) => report.runs[0]);
  const [first] = runs;
  const rules = [...new Map(runs.flatMap(({ tool }) => tool.driver.rules).map((rule) => [rule.id, rule])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const all = runs.flatMap(({ results }) => results);
  const results = all
    .filter(({ level }) => !quiet || level === 'error')
    .map((result) => ({ result, path: pathOf(result, workspace) }))
    .sort((a, b) => byPath(a.path, b.path) || byPlace(a.result, b.result))
    .map(({ result }) => ({ ...result, ruleIndex: indexOf.get(result.ruleId) ?? -1 }));
  const notifications = runs.flatMap(({ invocations }) => invocations[0].toolExecutionNotifications);
  const complete = runs.every(({ invocations }) => invocations[0].executionSuccessful);
  const { properties: _, ...run } = first!;
  const log = {
    ...reports[0]!.report,
    runs: [
      {
        ...run,
        tool: { ...run.tool, driver: { ...run.tool.driver, rules } },
        originalUriBaseIds: { [ROOT]: { uri: rootUri(workspace) } },
        invocations: [{ ...run.invocations[0], executionSuccessful: complete, toolExecutionNotifications: inOrder(notifications, reports, workspace) }],
        results,
      },
    ],
  };
  return {
    text: `${JSON.stringify(log, null, 2)}\n`,
    errors: all.filter(({ level }) => level === 'error').length,
    warnings: all.filter(({ level }) => level === 'warning').length,
    complete,
    parsedAll: !notifications.some(({ level, message }) => level === 'note' && message.text.startsWith('Could not be parsed')),
  };
}

/** As one run has them: errors, files that could not be parsed, files that could not be read, and what is not about a file. */
function inOrder(all: readonly SarifNotification[], reports: readonly Read<SarifLog>[], workspace: string): readonly unknown[] {
  const groupOf = ({ level, locations }: SarifNotification): number => (level === 'error' ? 0 : level === 'note' ? 1 : locations === undefined ? 3 : 2);
  const located = all
    .filter((one) => groupOf(one) < 3)
    .map((one) => ({ one, group: groupOf(one), path: pathOf(one as { locations: NonNullable<SarifNotification['locations']> }, workspace) }))
    .sort((a, b) => a.group - b.group || byPath(a.path, b.path));
  const stamps = reports.flatMap(({ report }) => report.runs[0].properties?.[SHARD] ?? []);
  const texts = stamps.length > 0 ? failureWarnings(stamps.flatMap(({ configFailures }) => configFailures)) : [...new Set(all.filter((one) => groupOf(one) === 3).map(({ message }) => message.text))];
  return [...located.map(({ one }) => one), ...texts.map((text) => ({ level: 'warning', message: { text } }))];
}

function requireOnce(reports: readonly Read<SarifLog>[]): void {
  const seen = new Map<string, string>();
  for (const { file, report } of reports) {
    for (const { partialFingerprints, locations } of report.runs[0].results) {
      const key = JSON.stringify(partialFingerprints);
      const other = seen.get(key);
      if (other !== undefined && other !== file) throw new UsageError(`${other} and ${file} both judge ${locations[0].physicalLocation.artifactLocation.uri}: merge reports that share no file.`);
      seen.set(key, file);
    }
  }
}

function pathOf({ locations }: Pick<SarifResult, 'locations'> | { readonly locations: NonNullable<SarifNotification['locations']> }, workspace: string): string {
  const { uri, uriBaseId } = locations[0]!.physicalLocation.artifactLocation;
  return uriBaseId === undefined ? fileURLToPath(uri) : resolve(workspace, decodeURIComponent(uri));
}

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byPlace(a: SarifResult, b: SarifResult): number {
  const [{ region: one }, { region: other }] = [a.locations[0].physicalLocation, b.locations[0].physicalLocation];
  return one.startLine - other.startLine || one.startColumn - other.startColumn || byPath(a.ruleId, b.ruleId);
}
