import { NOT_PARSED, lineOf, sorted } from './findings.mjs';

/**
 * @typedef {object} Difference
 * @property {string} file
 * @property {string} text one line, which patterns of known differences are held to
 */

/**
 * What two hosts say of the same files, finding by finding.
 * @param {readonly import('./findings.mjs').Finding[]} eslint
 * @param {readonly import('./findings.mjs').Finding[]} oxlint
 * @returns {{ agreed: number, differences: Difference[] }}
 */
export function compareFindings(eslint, oxlint) {
  const unread = (findings) => new Map(findings.filter(({ rule }) => rule === NOT_PARSED).map(({ file, message }) => [file, message]));
  const [unreadByEslint, unreadByOxlint] = [unread(eslint), unread(oxlint)];
  const differences = [];
  for (const [file, why] of unreadByEslint) if (!unreadByOxlint.has(file)) differences.push({ file, text: `only oxlint parses ${file}: ${why}` });
  for (const [file, why] of unreadByOxlint) if (!unreadByEslint.has(file)) differences.push({ file, text: `only ESLint parses ${file}: ${why}` });
  // Of a file that one of them cannot read, the other's findings say nothing.
  const judged = (findings) => sorted(findings.filter(({ file }) => !unreadByEslint.has(file) && !unreadByOxlint.has(file)));

  const theirs = new Map();
  for (const finding of judged(oxlint)) theirs.set(identity(finding), [...(theirs.get(identity(finding)) ?? []), finding]);
  const ours = judged(eslint);
  const inFile = byFile(ours);
  let agreed = 0;
  for (const finding of ours) {
    const same = theirs.get(identity(finding))?.shift();
    const text = same === undefined ? `only ESLint: ${lineOf(finding)}` : differing(finding, same, offeredAt(finding, inFile.get(finding.file)));
    if (text === null) agreed += 1;
    else differences.push({ file: finding.file, text });
  }
  for (const finding of [...theirs.values()].flat()) differences.push({ file: finding.file, text: `only oxlint: ${lineOf(finding)}` });
  return { agreed, differences };
}

function byFile(findings) {
  const groups = new Map();
  for (const finding of findings) groups.set(finding.file, [...(groups.get(finding.file) ?? []), finding]);
  return groups;
}

/** What makes two findings the same one; the rest has to be equal then. */
function identity({ file, start, rule, message }) {
  return `${file}\0${start}\0${rule}\0${message}`;
}

/** Suggestions that an editor shows at a finding: those of every finding whose range touches its own. */
function offeredAt(finding, others) {
  const from = (place) => place.split(':').map(Number);
  const before = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
  return others.filter(({ start, end }) => before(from(start), from(finding.end)) && before(from(finding.start), from(end))).flatMap(({ suggestions }) => suggestions);
}

/**
 * The parts in which two reports of one finding differ; `null`: none. oxlint's server does not say whose a suggestion is,
 * so what it offers at the place is held to all that ESLint has there, and the finding's own to their order.
 */
function differing(eslint, oxlint, offered) {
  const parts = [];
  for (const part of ['end', 'severity']) if (eslint[part] !== oxlint[part]) parts.push(`${part} ${eslint[part]} and ${oxlint[part]}`);
  const [expected, got] = [offered, oxlint.suggestions].map((list) => list.map(keyOf).sort());
  if (expected.join('\n') !== got.join('\n')) {
    const titles = (list) => list.map(({ title }) => title).sort().join(' | ');
    parts.push(titles(offered) === titles(oxlint.suggestions) ? `the edits of [${titles(offered)}]` : `suggestions [${titles(offered)}] and [${titles(oxlint.suggestions)}]`);
  } else if (!inOrder(eslint.suggestions.map(keyOf), oxlint.suggestions.map(keyOf))) parts.push('the order of suggestions');
  if (eslint.fix !== oxlint.fix) parts.push('the fix');
  return parts.length === 0 ? null : `differs in ${parts.join(', ')}: ${lineOf(eslint)}`;
}

const keyOf = ({ title, text }) => `${title}\0${text}`;

/** Do the first ones stand among the second in their order? */
function inOrder(first, second) {
  let at = 0;
  for (const key of second) if (key === first[at]) at += 1;
  return at === first.length;
}
