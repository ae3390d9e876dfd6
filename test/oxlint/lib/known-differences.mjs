import { readFileSync } from 'node:fs';

/**
 * A difference that is not ours to mend.
 * @typedef {object} Known
 * @property {string} in part of the folder's path where it is seen; it has to be seen there
 * @property {string} pattern regular expression over the line of the difference
 * @property {string} reason
 * @property {string} source where the behaviour is written down, or how it was seen
 */

const FILE = new URL('../known-differences.json', import.meta.url);
const FIELDS = ['in', 'pattern', 'reason', 'source'];

/** @returns {Known[]} */
export function readKnown() {
  const entries = JSON.parse(readFileSync(FILE, 'utf8'));
  for (const [index, entry] of entries.entries()) {
    for (const field of FIELDS) if (typeof entry[field] !== 'string' || entry[field] === '') throw new TypeError(`known-differences.json, entry ${index + 1}: ${field} is missing`);
  }
  return entries;
}

/**
 * Differences with the entry that explains each, and entries that should have explained something here and did not.
 * @param {readonly Known[]} known
 * @param {string} folder
 * @param {readonly import('./compare.mjs').Difference[]} differences
 */
export function explain(known, folder, differences) {
  const here = known.filter((entry) => folder.includes(entry.in)).map((entry) => ({ entry, pattern: new RegExp(entry.pattern), used: false }));
  const explained = differences.map((difference) => {
    const match = here.find(({ pattern }) => pattern.test(difference.text));
    if (match !== undefined) match.used = true;
    return { ...difference, why: match?.entry ?? null };
  });
  return { explained, idle: here.filter(({ used }) => !used).map(({ entry }) => entry) };
}
