/** Real fixes: whether a rule speaks before the fix and is quieter after it. No files, no checker. */

/** How far from the fault a report may stand, in lines. */
const NEAR = 3;
export const PRESETS = ['recommended', 'strict'];

/** The rules of a kind of fault, those still to be written among them. */
export const RULES_OF = {
  timeout: ['require-timeout', 'no-misconfigured-timeout', 'no-timeout-overrun'],
  retry: ['require-retry-backoff', 'require-retry-limit', 'no-nested-retry', 'no-indiscriminate-retry'],
  'nonidempotent-retry': ['no-unsafe-retry', 'no-indiscriminate-retry'],
  swallow: ['no-empty-catch', 'no-swallowed-error', 'require-error-cause', 'no-error-detail-loss', 'no-unfinished-handler'],
  null: ['no-unguarded-null', 'no-inverted-null-guard', 'require-number-check', 'no-nullish-env-default'],
  cache: ['no-ambiguous-cache-hit', 'no-cache-fill-on-error', 'require-cache-ttl', 'no-cache-stampede', 'no-keyspace-scan', 'no-unbounded-cache'],
  pool: ['require-pool-limits', 'require-error-listener', 'require-release', 'no-client-per-request', 'no-unbounded-concurrency'],
  queue: ['require-durable-ack', 'no-early-ack', 'no-replay-from-start', 'require-poison-message-handling', 'no-unhandled-async-callback', 'no-swallowed-error'],
  idempotency: ['no-unsafe-retry', 'no-check-then-act'],
  other: ['no-defaults-last', 'no-unguarded-parse', 'no-unhandled-async-callback', 'require-error-listener', 'no-unguarded-null'],
};

const NO_RULE = 'no rule of this kind exists yet';

/**
 * What became of a pair under one preset.
 * @param pair with `category`, `path` and `fire_lines`
 * @param before the run on the code before the fix, as the checker gives it; `after` likewise
 * @param built names of the rules that exist
 * @returns `by`: the rules that caught it; `seen`: what was seen instead where none did
 */
export function judgePair(pair, before, after, built) {
  const kind = (RULES_OF[pair.category] ?? []).filter((rule) => built.has(rule));
  if (kind.length === 0) return { by: [], seen: NO_RULE };
  if (before.filesRead === 0) return { by: [], seen: 'the preset leaves the file out' };
  if (before.unparsed > 0) return { by: [], seen: 'not parsed' };
  if (before.crashes.length + after.crashes.length > 0) return { by: [], seen: 'a rule crashed' };
  const reports = (run, rule) => run.findings.filter((finding) => finding.path === pair.path && finding.rule === rule);
  const isNear = (finding) => pair.fire_lines.some((line) => Math.abs(line - finding.line) <= NEAR);
  const speaking = kind.filter((rule) => reports(before, rule).some(isNear));
  const by = speaking.filter((rule) => reports(after, rule).length < reports(before, rule).length);
  if (by.length > 0) return { by, seen: null };
  if (speaking.length > 0) return { by, seen: 'reported before and after' };
  const elsewhere = kind.flatMap((rule) => reports(before, rule));
  return { by, seen: elsewhere.length > 0 ? `silent there; ${elsewhere.length} reports elsewhere in the file` : 'silent' };
}

/**
 * The row that is kept. A reason that somebody wrote stays as long as the row stays missed.
 * @param verdicts one a preset; null when the clone is not at hand
 */
export function rowOf(pair, verdicts, previous) {
  const row = { id: pair.id, category: pair.category, needs: pair.needs };
  if (verdicts === null) return { ...row, result: 'not available' };
  const caught = Object.fromEntries(PRESETS.map((preset) => [preset, verdicts[preset].by]));
  if (PRESETS.some((preset) => caught[preset].length > 0)) return { ...row, result: 'caught', caught };
  const { seen } = verdicts.strict;
  const written = previous?.result === 'missed' && previous.reason !== NO_RULE ? previous.reason : undefined;
  const reason = written ?? (seen === NO_RULE ? NO_RULE : undefined);
  return { ...row, result: 'missed', seen, ...(reason === undefined ? {} : { reason }) };
}

/** Ids of the missed rows that nobody has explained. */
export function withoutReason(rows) {
  return rows.filter((row) => row.result === 'missed' && (typeof row.reason !== 'string' || row.reason.trim() === '')).map((row) => row.id);
}

/** The table by kind of fault; all pairs are in it. */
export function tableOf(rows) {
  const line = (name, group) => {
    const count = (test) => group.filter(test).length;
    return [
      name, group.length, count((row) => row.result === 'caught'), count((row) => row.result === 'missed'), count((row) => row.result === 'not available'),
      ...PRESETS.map((preset) => count((row) => (row.caught?.[preset] ?? []).length > 0)), count((row) => row.reason === NO_RULE),
    ].map(String);
  };
  const cells = [
    ['kind', 'pairs', 'caught', 'missed', 'not available', ...PRESETS.map((preset) => `by ${preset}`), 'missed for want of a rule'],
    ...[...new Set(rows.map((row) => row.category))].sort().map((category) => line(category, rows.filter((row) => row.category === category))),
    line('all', rows),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ')).join('\n');
}
