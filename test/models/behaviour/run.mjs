/**
 * `npm run models:proof [-- --only <record>[/<experiment>],… --long --jobs <n> --list]`: runs what the models
 * say of libraries against servers that fail, and writes `results.json`. Results of what is not run now stay.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LONG_MS, USUAL_MS, claims, experimentFiles, faultsOf, results } from './lib/files.mjs';
import { install } from './lib/install.mjs';
import { runOne } from './lib/run-one.mjs';
import { startServices } from './lib/services.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, long: { type: 'boolean' }, list: { type: 'boolean' }, jobs: { type: 'string', default: '4' } } });
const only = values.only?.split(',');
const files = await experimentFiles();
const faults = files.flatMap((file) => faultsOf(file, claims()));
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}

const label = (versions) => Object.entries(versions).map((entry) => entry.join('@')).join(' ') || `node@${process.versions.node}`;
const jobs = files.flatMap(({ record, path, sha, runs, experiments }) =>
  experiments.flatMap((experiment) => (experiment.runs ?? runs).map((versions) => ({ record, path, sha, experiment, versions, what: `${record}/${experiment.name}` }))),
);
const wanted = jobs.filter(({ record, what, experiment }) => (only === undefined || only.includes(record) || only.includes(what)) && (values.long === true || (experiment.ms ?? USUAL_MS) <= LONG_MS));
if (only !== undefined && wanted.length === 0) {
  console.error(`No experiment is called ${values.only}. Records: ${files.map(({ record }) => record).join(', ')}.${values.long === true ? '' : ' Those that take longer than a minute want --long.'}`);
  process.exit(1);
}
if (values.list === true) {
  for (const { what, versions } of wanted) console.log(`${what} (${label(versions)})`);
  process.exit(0);
}

const services = await startServices(wanted.flatMap(({ experiment }) => experiment.needs ?? []));
const ran = [];
const left = [];
const folders = new Map();
/** One installation at a time, each once. */
let installing = Promise.resolve();
function folderOf(versions) {
  const key = JSON.stringify(versions);
  if (!folders.has(key)) folders.set(key, (installing = installing.then(() => install(versions), () => install(versions))));
  return folders.get(key);
}

const queue = [...wanted].sort((a, b) => (b.experiment.ms ?? USUAL_MS) - (a.experiment.ms ?? USUAL_MS));
async function worker() {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const { experiment, versions, record, what, path, sha } = job;
    const missing = (experiment.needs ?? []).filter((name) => !(name in services.started));
    if (missing.length > 0) {
      left.push(`${what}: ${missing.join(', ')} is not installed`);
      continue;
    }
    let outcome;
    try {
      outcome = await runOne({ file: path, experiment, folder: await folderOf(versions), versions, services: services.started });
    } catch (error) {
      outcome = { ok: false, why: error.message.split('\n').slice(0, 3).join(' '), seconds: 0 };
    }
    console.log(`${outcome.ok ? 'ok  ' : 'FAIL'} ${what} (${label(versions)}) ${outcome.seconds} s${outcome.ok ? '' : `\n     ${outcome.why}`}`);
    ran.push({ record, experiment: experiment.name, ran: label(versions), node: process.versions.node.split('.')[0], ok: outcome.ok, sha });
  }
}
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, worker));
await services.close();

const keyOf = ({ record, experiment, ran: versions }) => `${record}/${experiment} ${versions.replace(/^node@.*/, 'node')}`;
const now = new Map(ran.map((result) => [keyOf(result), result]));
const there = new Set(jobs.map(({ record, experiment, versions }) => keyOf({ record, experiment: experiment.name, ran: label(versions) })));
const kept = results().filter((result) => !now.has(keyOf(result)) && there.has(keyOf(result)));
const all = [...kept, ...ran].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
writeFileSync(new URL('results.json', import.meta.url), `[\n${all.map((result) => `  ${JSON.stringify(result)}`).join(',\n')}\n]\n`);

for (const line of left) console.log(`left ${line}`);
const failed = ran.filter(({ ok }) => !ok).length;
console.log(`${ran.length - failed} of ${wanted.length} experiments hold, ${failed} fail, ${left.length} left out; ${jobs.length} in all`);
process.exitCode = failed > 0 ? 1 : 0;
