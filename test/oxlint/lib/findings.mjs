/**
 * One finding, in the same words for both hosts.
 * @typedef {object} Finding
 * @property {string} file path from the root
 * @property {string} rule without the plugin's name; `(not parsed)` for a file that the host could not read
 * @property {string} message for a file that was not parsed: the parser's
 * @property {'error' | 'warning'} severity
 * @property {string} start `line:column`, 1-based, columns in UTF-16 units
 * @property {string} end
 * @property {readonly Mended[]} suggestions in the order in which they are offered; in oxlint those of every finding at the place
 * @property {string | null} fix the file after the automatic fix
 */

/**
 * @typedef {object} Mended
 * @property {string} title
 * @property {string} text the whole file with the edit applied
 */

export const NOT_PARSED = '(not parsed)';

/** Findings in the order of their places: hosts report in orders of their own. */
export function sorted(findings) {
  const key = ({ file, start, rule, message }) => {
    const [line, column] = start.split(':').map((part) => part.padStart(7, '0'));
    return `${file}\0${line}\0${column}\0${rule}\0${message}`;
  };
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A finding in one line, for people and for the patterns of known differences. */
export function lineOf({ file, start, rule, message }) {
  return `${file}:${start} ${rule} ${message}`;
}
