/**
 * Holds the models of the libraries against the declarations that the libraries publish, at the lowest and
 * the highest major that each claims: `npm run models:types`. A path that is not there fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allModels } from '../../../dist/src/models/lookup.js';
import { checkClient } from './client.mjs';
import { fingerprintOf } from './fingerprint.mjs';
import { folderOf } from './install.mjs';
import { judge, totals } from './judge.mjs';
import { place, readLock } from './lock.mjs';
import { checkPolicy } from './policy.mjs';
import { declarationsOf } from './program.mjs';
import { modulesOf, packagesOf } from './versions.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = resolve(HERE, '../../.tmp/models-types');

const HELP = `npm run models:types -- [options]

  --only <text>    models with these ids, or of these packages, by comma
  --refresh        ask anew which versions are the lowest and the highest
  --json <file>    what was found, with all that is listed
  --verbose        list what is untyped, skipped and in other versions only`;

const { values: options } = parseArgs({ options: { only: { type: 'string' }, refresh: { type: 'boolean' }, json: { type: 'string' }, verbose: { type: 'boolean' }, help: { type: 'boolean' } } });
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const table = read('packages.json');
const { clients, policies } = allModels();
const only = options.only?.split(',');
const isChosen = (model) => only === undefined || [model.id, ...packagesOf(model, table)].some((name) => only.includes(name));
const chosen = [...clients, ...policies].filter(isChosen);
if (chosen.length === 0) {
  console.error(`No model has the id or the package ${options.only}.`);
  process.exit(2);
}

const lockFile = join(HERE, 'versions.json');
const lock = readLock(lockFile);
const failed = await place({ models: chosen, table, root: ROOT, lock, lockFile, refresh: options.refresh === true, say: (text) => console.log(text) });

const programs = new Map();
const checks = [];
for (const model of chosen) {
  for (const name of packagesOf(model, table)) {
    for (const version of lock[model.id]?.[name]?.versions ?? []) {
      if (failed.has(`${name}@${version}`)) continue;
      const modules = modulesOf(model, name, table);
      const key = `${name}@${version} ${modules.join()}`;
      // Models of one package follow each other; a program is too large to keep them all.
      if (!programs.has(key)) {
        programs.clear();
        programs.set(key, declarationsOf(folderOf(ROOT, name, version), modules));
      }
      if (options.verbose) console.error(`${model.id} ${name}@${version}`);
      const check = clients.includes(model) ? checkClient : checkPolicy;
      checks.push({ model: model.id, package: name, version, rows: check(model, programs.get(key), version) });
    }
  }
}

const ids = new Set(chosen.map(({ id }) => id));
const { results, unneeded } = judge(checks, read('left-out.json').filter(({ model }) => ids.has(model)));
for (const result of results) {
  console.log(`${result.failures.length > 0 ? '✗' : '✓'} ${result.model.padEnd(28)} ${`${result.package}@${result.version}`.padEnd(40)} ${String(result.found).padStart(4)} of ${result.checked}${also(result)}`);
  for (const failure of result.failures) console.log(`    ✗ ${failure}`);
  if (options.verbose) for (const kind of ['untyped', 'elsewhere', 'leftOut', 'skipped']) for (const text of result[kind]) console.log(`    ${kind}: ${text}`);
}
for (const [what, why] of failed) console.log(`✗ ${what} could not be installed: ${why}`);
for (const { model, path } of unneeded) console.log(`✗ left-out.json: ${model} ${path} is there now, or is asked no more`);

if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ results, failed: [...failed], unneeded }, null, 2)}\n`);
writeFileSync(join(HERE, 'results.json'), `${JSON.stringify(kept(), null, 2)}\n`);

const sum = totals(results);
console.log(
  `${sum.models} of ${chosen.length} models against ${sum.packages} package versions (${sum.pairs} pairs): ${sum.found} of ${sum.checked} paths found, ${sum.untyped} untyped, ` +
    `${sum.elsewhere} in another version or package of the model only, ${sum.leftOut} left out by the declarations, ${sum.skipped} skipped; ` +
    `${sum.failures} failures, ${failed.size} not installed, ${unneeded.length} needless exceptions`,
);
process.exitCode = sum.failures + failed.size + unneeded.length > 0 ? 1 : 0;

function also({ untyped, elsewhere, leftOut, skipped }) {
  const parts = Object.entries({ untyped, elsewhere, 'left out': leftOut, skipped }).filter(([, list]) => list.length > 0);
  return parts.length === 0 ? '' : `  (${parts.map(([name, list]) => `${list.length} ${name}`).join(', ')})`;
}

/** Without what depends on the machine or the day; what was not asked of now stays as it was found. */
function kept() {
  const prints = new Map(chosen.map((model) => [model.id, fingerprintOf(model)]));
  const rows = results.map(({ model, package: name, version, checked, found, untyped, failures, elsewhere, leftOut, skipped }) => ({
    model, fingerprint: prints.get(model), package: name, version, checked, found, untyped: untyped.length, elsewhere: elsewhere.length, leftOut: leftOut.length, skipped: skipped.length, failures,
  }));
  const before = read('results.json').filter(({ model }) => !ids.has(model));
  return [...clients, ...policies].flatMap(({ id }) => [...before, ...rows].filter(({ model }) => model === id));
}

function read(name) {
  return JSON.parse(readFileSync(join(HERE, name), 'utf8'));
}
