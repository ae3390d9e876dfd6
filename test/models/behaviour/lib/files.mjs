/** The experiments that there are, and the rows they may prove. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../experiments/', import.meta.url));
const FIELDS = new Set(['name', 'says', 'proves', 'refutes', 'empty', 'runs', 'ms', 'needs', 'run']);
/** Where nothing is said, an experiment may take this long, ms. */
export const USUAL_MS = 20_000;
/** What takes longer runs with `--long` only. */
export const LONG_MS = 60_000;

const readJson = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

/** The frozen rows, one for each limit in time and each retry of the facts. */
export const claims = () => readJson('claims.json');

/** What the runs showed, as it was last written. */
export const results = () => readJson('results.json');

/** Packages of the facts that have no model, with the reason. */
export const refused = () => readJson('refused.json');

/** @returns {Promise<{ record: string, path: string, sha: string, runs: object[], experiments: import('./experiment.mjs').Experiment[] }[]>} */
export async function experimentFiles() {
  const files = [];
  for (const name of readdirSync(FOLDER).filter((entry) => entry.endsWith('.mjs')).sort()) {
    const path = `${FOLDER}${name}`;
    const { default: found } = await import(pathToFileURL(path).href);
    files.push({ ...found, path, sha: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12) });
  }
  return files;
}

/** What is wrong with a file of experiments, in words; none where it is as it should be. */
export function faultsOf({ record, runs, experiments, path }, { records, claims: rows }) {
  const faults = [];
  const at = basename(path, '.mjs');
  const ids = new Set(rows.filter((row) => row.record === record).map(({ id }) => id));
  if (!records.some((each) => each.record === record)) faults.push(`${at}: no record of facts is called ${record}`);
  if (!Array.isArray(runs) || runs.length === 0) faults.push(`${at}: it has no runs`);
  const names = new Set();
  for (const experiment of experiments) {
    const where = `${at}/${experiment.name}`;
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(experiment.name)) faults.push(`${where}: the name is not in kebab-case`);
    if (names.has(experiment.name)) faults.push(`${where}: the name stands twice`);
    names.add(experiment.name);
    for (const key of Object.keys(experiment)) if (!FIELDS.has(key)) faults.push(`${where}: unknown field ${key}`);
    if (typeof experiment.says !== 'string' || !/^[\p{L}\d`].*[^.]$/u.test(experiment.says)) faults.push(`${where}: \`says\` is a clause without a full stop`);
    const rowsOf = [...(experiment.proves ?? []), ...Object.keys(experiment.refutes ?? {})];
    // A record without rows is of policies, whose models are what is shown.
    if (rowsOf.length === 0 && experiment.empty === undefined && ids.size > 0) faults.push(`${where}: it proves nothing`);
    for (const id of rowsOf) if (!ids.has(id)) faults.push(`${where}: ${id} is no row of ${record}`);
  }
  return faults;
}
