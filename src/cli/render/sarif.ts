import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pageOf, type ResilienceRule } from '../../eslint/create-rule.js';
import { fromRoot, isAbove } from '../find-files.js';
import type { CheckReport, ReportedFinding } from '../report.js';
import { checkoutOf } from './checkout.js';
import type { Render } from './render.js';
import { shown } from './render.js';

/** Root of the workspace: code scanning looks files up from the repository's, wherever in it the run was started. */
export const ROOT = 'SRCROOT';
/** In the properties of the run. */
export const SHARD = 'resilienceShard/v1';

/** SARIF 2.1.0, for code scanning. */
export const render: Render = (report, context) => {
  const findings = shown(report, context);
  const base = checkoutOf(report, context);
  // Rules that reported, and those of the plugin: a viewer can then say what was looked for.
  const names = [...new Set([...Object.keys(context.rules).map((name) => `resilience/${name}`), ...findings.map((finding) => finding.rule)])].sort();
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'eslint-plugin-resilience',
            version: report.pluginVersion,
            semanticVersion: report.pluginVersion,
            informationUri: 'https://github.com/eslint-plugin-resilience/eslint-plugin-resilience',
            rules: names.map((name) => descriptor(name, context.rules[name.replace(/^resilience\//, '')])),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: rootUri(base) } },
        invocations: [{ executionSuccessful: report.internalErrors.length === 0 && !report.unreadable.some((file) => file.explicit), toolExecutionNotifications: notifications(report, base) }],
        results: findings.map((finding) => resultOf(finding, indexOf.get(finding.rule)!, base)),
        ...(report.shard === null ? {} : { properties: { [SHARD]: report.shard } }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function descriptor(name: string, rule: ResilienceRule | undefined): object {
  const docs = rule?.meta.docs;
  const description = docs?.description ?? name;
  return {
    id: name,
    name: name.replace(/^resilience\//, ''),
    shortDescription: { text: sentence(description) },
    fullDescription: { text: `${sentence(description)} Family: ${docs?.family ?? 'unknown'}; preset: ${docs?.tier ?? 'unknown'}.` },
    helpUri: docs?.url ?? pageOf(name.replace(/^resilience\//, '')),
    defaultConfiguration: { level: docs?.tier === 'recommended' ? 'error' : 'warning' },
    properties: { tags: ['resilience', ...(docs === undefined ? [] : [docs.family])] },
  };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

/** A folder as the base of relative references. */
export const rootUri = (folder: string): string => `${pathToFileURL(folder).href.replace(/\/$/, '')}/`;

function resultOf(finding: ReportedFinding, ruleIndex: number, base: string): object {
  const artifactLocation = location(finding.path, base);
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.severity,
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: finding.line, startColumn: finding.column, endLine: finding.endLine, endColumn: finding.endColumn },
        },
      },
    ],
    partialFingerprints: { 'resilienceFinding/v1': finding.fingerprint },
    ...(finding.suggestions.length === 0
      ? {}
      : {
          fixes: finding.suggestions.map(({ description, edit }) => ({
            description: { text: description },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: { startLine: edit.start.line, startColumn: edit.start.column, endLine: edit.end.line, endColumn: edit.end.column },
                    insertedContent: { text: edit.text },
                  },
                ],
              },
            ],
          })),
        }),
  };
}

function location(path: string, base: string): object {
  const relativePath = fromRoot(base, path);
  if (isAbove(relativePath)) return { uri: pathToFileURL(path).href };
  return { uri: relativePath.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function notifications(report: CheckReport, base: string): object[] {
  const at = (relativePath: string, line: number | null = null): object => ({
    physicalLocation: {
      artifactLocation: location(resolve(report.root, relativePath), base),
      ...(line === null ? {} : { region: { startLine: line } }),
    },
  });
  return [
    ...report.internalErrors.map((error) => ({ level: 'error', message: { text: `${error.rule ?? 'unknown rule'}: ${error.message}` }, locations: [at(error.relativePath)] })),
    ...report.unparsed.map((file) => ({ level: 'note', message: { text: file.why === 'flow' ? 'Flow file skipped.' : `Could not be parsed: ${file.message}` }, locations: [at(file.relativePath, file.line)] })),
    ...report.unreadable.map((file) => ({ level: 'warning', message: { text: `Could not be read: ${file.message}` }, locations: [at(file.relativePath)] })),
    ...report.warnings.map((text) => ({ level: 'warning', message: { text } })),
  ];
}
