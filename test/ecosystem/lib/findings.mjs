/** Findings as text, and what changed between two runs. No files, no checker. */

/** One finding as a line: `path:line:col rule message`. */
function formatFinding({ path, line, column, rule, message }) {
  return `${path}:${line}:${column} ${rule} ${message.replace(/\s+/g, ' ')}`;
}

/** Findings and crashes as one text that diffs well. */
export function formatRun({ findings, crashes = [] }) {
  const lines = [...findings].sort(byPlace).map(formatFinding);
  return `${[...lines, ...crashes.map((crash) => `CRASH ${crash.path} ${firstLine(crash.message)}`).sort()].join('\n')}\n`;
}

/** Reads what `formatRun` wrote. */
export function parseRun(text) {
  const findings = [];
  const crashes = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const crash = /^CRASH (\S+) (.*)$/.exec(line);
    if (crash !== null) {
      crashes.push({ path: crash[1], message: crash[2] });
      continue;
    }
    const match = /^(.+?):(\d+):(\d+) (\S+) (.*)$/.exec(line);
    if (match === null) throw new Error(`not a finding: ${line}`);
    findings.push({ path: match[1], line: Number(match[2]), column: Number(match[3]), rule: match[4], message: match[5] });
  }
  return { findings, crashes };
}

/**
 * Compares two runs as sets. A place reported by the same rule with other words has changed; it is
 * neither gone nor new.
 */
export function compareRuns(before, after) {
  const place = (finding) => `${finding.path}:${finding.line}:${finding.column} ${finding.rule}`;
  const old = group(before.findings, place);
  const now = group(after.findings, place);
  const added = [];
  const removed = [];
  const changed = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const was = (old.get(key) ?? []).map((finding) => finding.message.replace(/\s+/g, ' '));
    const is = (now.get(key) ?? []).map((finding) => finding.message.replace(/\s+/g, ' '));
    const gone = without(was, is);
    const fresh = without(is, was);
    while (gone.length > 0 && fresh.length > 0) changed.push({ key, before: gone.shift(), after: fresh.shift() });
    removed.push(...gone.map((message) => `${key} ${message}`));
    added.push(...fresh.map((message) => `${key} ${message}`));
  }
  const crashKey = (crash) => `${crash.path} ${firstLine(crash.message)}`;
  const known = new Set((before.crashes ?? []).map(crashKey));
  return { added, removed, changed, newCrashes: (after.crashes ?? []).map(crashKey).filter((key) => !known.has(key)) };
}

export function formatComparison({ added, removed, changed, newCrashes }) {
  return [
    ...added.map((line) => `+ ${line}`),
    ...removed.map((line) => `- ${line}`),
    ...changed.flatMap(({ key, before, after }) => [`~ ${key}`, `    before: ${before}`, `    after:  ${after}`]),
    ...newCrashes.map((line) => `! crash: ${line}`),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${newCrashes.length} new crashes`,
  ].join('\n');
}

function byPlace(a, b) {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1);
}

function group(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** The items of `list` that are not in `other`, each counted as often as it occurs. */
function without(list, other) {
  const rest = [...other];
  return list.filter((item) => {
    const at = rest.indexOf(item);
    if (at === -1) return true;
    rest.splice(at, 1);
    return false;
  });
}

const firstLine = (text) => String(text).split('\n')[0];
