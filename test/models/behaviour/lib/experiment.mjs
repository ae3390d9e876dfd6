/**
 * What an experiment is: one claim or more about a library, shown by running it against a server that fails.
 *
 * @typedef {object} Experiment
 * @property {string} name unique within the file, kebab-case
 * @property {string} says what was seen, as a sentence for the page: what holds with the option, what without
 * @property {readonly string[]} [proves] rows of `claims.json` that this shows to be so
 * @property {Readonly<Record<string, string>>} [refutes] rows that this shows to be otherwise, and what is true instead
 * @property {string} [empty] the operation whose answer to something missing is shown: `GET of an empty body`
 * @property {readonly Readonly<Record<string, string>>[]} [runs] exact versions, where they are not those of the file
 * @property {number} [ms] how long it takes, ms; 20_000 where nothing is said. Longer than 60_000 only with `--long`
 * @property {readonly ('postgres' | 'mysql' | 'redis' | 'memcached' | 'chromium')[]} [needs] real programs, from Debian
 * @property {(lab: import('./lab.mjs').Lab) => Promise<void>} run throws where it is not as claimed
 */

/**
 * The experiments of a record of facts.
 * @param {object} file
 * @param {string} file.record a record of `claims.json`
 * @param {readonly Readonly<Record<string, string>>[]} file.runs exact versions of the packages that are installed side by side: one run of each experiment for each; `{}` for what Node brings
 * @param {readonly Experiment[]} file.experiments
 */
export function experiments({ record, runs, experiments: list }) {
  return { record, runs, experiments: list };
}
