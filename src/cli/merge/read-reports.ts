import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { JsonReport } from '../render/json.js';
import { SHARD } from '../render/sarif.js';
import type { ShardStamp } from '../shard-stamp.js';
import { oneLine, UsageError } from '../usage-error.js';

/** A report with the name of its file as it was given. */
export interface Read<Report> {
  readonly file: string;
  readonly report: Report;
}

/** What is asked of a SARIF log; the rest of it is handed on as it is. */
export type SarifLog = v.InferOutput<typeof sarifLog>;
export type SarifRun = SarifLog['runs'][0];
export type SarifResult = SarifRun['results'][number];
export type SarifNotification = SarifRun['invocations'][0]['toolExecutionNotifications'][number];

const TOOL = 'eslint-plugin-resilience';
const whole = v.pipe(v.number(), v.integer());
const place = v.object({ line: whole, column: whole });
const suggestion = v.object({ description: v.string(), edit: v.object({ start: place, end: place, text: v.string() }) });
const stamp = v.object({
  index: whole,
  of: whole,
  packages: whole,
  allPackages: whole,
  split: v.string(),
  commit: v.nullable(v.string()),
  options: v.record(v.string(), v.unknown()),
  configFailures: v.array(v.object({ config: v.string(), message: v.string() })),
}) satisfies v.GenericSchema<unknown, ShardStamp>;
const tally = { set: whole, absent: whole, unknown: whole };

const jsonReport = v.object({
  schemaVersion: v.literal(1),
  tool: v.object({ name: v.literal(TOOL), version: v.string(), eslint: v.string() }),
  root: v.string(),
  folder: v.string(),
  shard: v.nullable(stamp),
  preset: v.string(),
  findings: v.array(
    v.object({
      rule: v.string(),
      severity: v.picklist(['error', 'warning']),
      path: v.string(),
      package: v.string(),
      line: whole,
      column: whole,
      endLine: whole,
      endColumn: whole,
      message: v.string(),
      messageId: v.string(),
      url: v.string(),
      fingerprint: v.string(),
      suggestions: v.array(suggestion),
    }),
  ),
  summary: v.object({
    errors: whole,
    warnings: whole,
    files: whole,
    packages: v.array(v.object({ name: v.string(), findings: whole })),
    filesRead: whole,
    leftOut: v.object({ notProduction: whole, generated: whole, tooLarge: whole }),
    disabledByComment: whole,
    suppressedInBulk: whole,
    baseline: v.nullable(v.object({ path: v.string(), known: whole, gone: whole, written: v.boolean(), entries: whole })),
    since: v.nullable(v.object({ ref: v.string(), changedFiles: whole })),
    milliseconds: v.number(),
  }),
  unparsed: v.array(v.object({ relativePath: v.string(), why: v.picklist(['syntax', 'flow']), message: v.string(), line: v.nullable(whole), column: v.nullable(whole) })),
  unreadable: v.array(v.object({ relativePath: v.string(), message: v.string(), explicit: v.boolean() })),
  internalErrors: v.array(v.object({ relativePath: v.string(), rule: v.nullable(v.string()), message: v.string() })),
  warnings: v.array(v.string()),
  stats: v.nullable(
    v.array(v.object({ rule: v.string(), sites: whole, ...tally, decidedShare: v.nullable(v.number()), kinds: v.record(v.string(), v.object(tally)), unknownReasons: v.array(v.object({ reason: v.string(), count: whole })) })),
  ),
}) satisfies v.GenericSchema<unknown, JsonReport>;

const artifact = v.looseObject({ uri: v.string(), uriBaseId: v.optional(v.string()) });
const notification = v.looseObject({
  level: v.string(),
  message: v.looseObject({ text: v.string() }),
  locations: v.optional(v.array(v.looseObject({ physicalLocation: v.looseObject({ artifactLocation: artifact }) }))),
});
const sarifLog = v.looseObject({
  version: v.literal('2.1.0'),
  runs: v.tuple([
    v.looseObject({
      tool: v.looseObject({ driver: v.looseObject({ name: v.literal(TOOL), version: v.string(), rules: v.array(v.looseObject({ id: v.string() })) }) }),
      originalUriBaseIds: v.record(v.string(), v.looseObject({ uri: v.string() })),
      invocations: v.tuple([v.looseObject({ executionSuccessful: v.boolean(), toolExecutionNotifications: v.array(notification) })]),
      results: v.array(
        v.looseObject({
          ruleId: v.string(),
          ruleIndex: whole,
          level: v.string(),
          locations: v.tuple([v.looseObject({ physicalLocation: v.looseObject({ artifactLocation: artifact, region: v.looseObject({ startLine: whole, startColumn: whole }) }) })]),
          partialFingerprints: v.record(v.string(), v.string()),
        }),
      ),
      properties: v.optional(v.looseObject({ [SHARD]: v.optional(stamp) })),
    }),
  ]),
});

/**
 * Reads reports of `check`, all of one kind.
 * @throws UsageError for a file that is none
 */
export async function readReports(cwd: string, files: readonly string[]): Promise<{ readonly kind: 'json'; readonly reports: readonly Read<JsonReport>[] } | { readonly kind: 'sarif'; readonly reports: readonly Read<SarifLog>[] }> {
  const json: Read<JsonReport>[] = [];
  const sarif: Read<SarifLog>[] = [];
  for (const file of files) {
    const data = await dataOf(cwd, file);
    if (typeof data === 'object' && data !== null && 'runs' in data) sarif.push({ file, report: parse(sarifLog, data, file) });
    else json.push({ file, report: parse(jsonReport, data, file) });
  }
  if (json.length > 0 && sarif.length > 0) throw new UsageError(`${json[0]!.file} is JSON and ${sarif[0]!.file} is SARIF: merge reports of one format.`);
  return json.length > 0 ? { kind: 'json', reports: json } : { kind: 'sarif', reports: sarif };
}

async function dataOf(cwd: string, file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${oneLine(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no report: ${oneLine(error)}. Write it with check --format json --output-file ${file}.`);
  }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, data: unknown, file: string): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, data, { abortEarly: true });
  // The data itself: what is handed on keeps the order of its fields.
  if (parsed.success) return data as v.InferOutput<Schema>;
  const [issue] = parsed.issues;
  throw new UsageError(`${file} is no report of eslint-plugin-resilience: at ${v.getDotPath(issue!) ?? 'the top'}, ${issue!.expected ?? 'something else'} is expected and ${issue!.received} was found.`);
}
