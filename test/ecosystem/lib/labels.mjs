/** Labels: how reports are chosen for reading, matched to what was read before, and scored. */
import { createHash } from 'node:crypto';

const LABELS = ['bug', 'bad practice', 'false'];
const SAMPLE = 40;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The order in which reports are read: nobody chooses it. */
export function orderKey({ repository, path, line, rule }) {
  return sha256(`${repository}:${path}:${line}:${rule}`);
}

/** Names a report on the command line. */
export const idOf = (report) => orderKey(report).slice(0, 12);

/** The code of a line without its layout: survives reformatting and moves within the file. */
export function shapeOf(line) {
  return sha256(line.replace(/\s+/g, '').replace(/["'`]/g, "'").replace(/[;,]$/, '')).slice(0, 16);
}

/** All reports where they are few, else those with the smallest hashes. */
export function sample(reports, limit = SAMPLE) {
  const unique = [...new Map(reports.map((report) => [orderKey(report), report])).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, report]) => report);
  return unique.length <= limit ? unique : unique.slice(0, limit);
}

/** Ten labelled reports for another reader, by a hash of their own. */
export function secondSample(rows, limit = 10) {
  const first = [...new Map(rows.map((row) => [orderKey(row), row])).values()];
  return first.sort((a, b) => (sha256(`second:${orderKey(a)}`) < sha256(`second:${orderKey(b)}`) ? -1 : 1)).slice(0, limit);
}

/**
 * Finds the report that each label speaks of. Same repository, path, rule and code shape; where a
 * file holds the same code twice, the nearest line. A report answers to one label.
 */
export function matchLabels(verdicts, reports) {
  const free = new Set(reports);
  const matched = new Map();
  const key = (item) => `${item.repository}\0${item.path}\0${item.rule}\0${item.shape}`;
  const byKey = new Map();
  for (const report of reports) byKey.set(key(report), [...(byKey.get(key(report)) ?? []), report]);
  const pairs = verdicts
    .flatMap((verdict) => (byKey.get(key(verdict)) ?? []).map((report) => ({ verdict, report, distance: Math.abs(verdict.line - report.line) })))
    .sort((a, b) => a.distance - b.distance);
  for (const { verdict, report } of pairs) {
    if (matched.has(verdict) || !free.has(report)) continue;
    matched.set(verdict, report);
    free.delete(report);
  }
  return matched;
}

/** One verdict a report from the rows of all readers: where readers differ on keeping it, it is false. */
export function verdictsOf(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.repository}\0${row.path}\0${row.rule}\0${row.shape}\0${row.line}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const disputed = group.some((row) => (row.label === 'false') !== (first.label === 'false'));
    // Of two readers who both keep it, the milder label stands.
    const label = disputed ? 'false' : group.some((row) => row.label === 'bad practice') ? 'bad practice' : first.label;
    return { ...first, label, disputed, readers: group.map((row) => row.reader) };
  });
}

/** Lower end of Wilson's 95 % interval: what a share proves at this many labels. */
export function wilsonLowerBound(kept, total, z = 1.959964) {
  if (total === 0) return 0;
  const share = kept / total;
  const centre = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * total)) / total);
  return Math.max(0, (centre - spread) / (1 + (z * z) / total));
}

/** Why a row cannot be kept as a label, or null. */
export function labelProblem(row) {
  for (const field of ['repository', 'commit', 'path', 'rule', 'shape', 'label', 'reader']) {
    if (typeof row[field] !== 'string' || row[field] === '') return `${field} is missing`;
  }
  if (!Number.isInteger(row.line) || row.line < 1) return 'line is not a line number';
  if (!LABELS.includes(row.label)) return `label is none of ${LABELS.join(', ')}`;
  if (row.label === 'false' && (typeof row.reason !== 'string' || row.reason === '')) return 'a false report needs a reason';
  return null;
}

/** Figures of one rule: labels against what is reported now, in the repositories that were scanned. */
export function score(rows, reports, repositories) {
  const verdicts = verdictsOf(rows).filter((verdict) => repositories.has(verdict.repository));
  const matched = matchLabels(verdicts, reports);
  const present = verdicts.filter((verdict) => matched.has(verdict));
  const count = (label) => present.filter((verdict) => verdict.label === label).length;
  const kept = count('bug') + count('bad practice');
  return {
    reports: reports.length,
    labelled: present.length,
    bug: count('bug'),
    badPractice: count('bad practice'),
    false: count('false'),
    disputed: present.filter((verdict) => verdict.disputed).length,
    kept: present.length === 0 ? null : kept / present.length,
    lowerBound: present.length === 0 ? null : wilsonLowerBound(kept, present.length),
    lostBugs: verdicts.filter((verdict) => verdict.label === 'bug' && !matched.has(verdict)),
    falseAlarms: present.filter((verdict) => verdict.label === 'false'),
  };
}
