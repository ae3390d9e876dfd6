/** From what was found in each version to what stands: a row a model and version, with its failures. */
import semver from 'semver';
import { isName } from './findings.mjs';

/**
 * @param checks rows `{ model, package, version, rows }`
 * @param leftOut entries of left-out.json that concern these models
 * @returns `{ results, unneeded }`
 */
export function judge(checks, leftOut) {
  const foundIn = new Map();
  for (const { model, package: name, version, rows } of checks) {
    for (const { what, outcome } of rows) if (outcome === 'found') push(foundIn, `${model} ${what}`, `${name}@${version}`);
  }
  const used = new Set();
  const results = checks.map(({ model, package: name, version, rows }) => {
    const result = { model, package: name, version, checked: 0, found: 0, untyped: [], failures: [], elsewhere: [], leftOut: [], skipped: [] };
    for (const { what, outcome, why } of rows) {
      if (outcome === 'skipped') {
        result.skipped.push(`${what}: ${why}`);
        continue;
      }
      result.checked++;
      const there = foundIn.get(`${model} ${what}`);
      if (outcome === 'found') result.found++;
      else if (outcome === 'untyped') result.untyped.push(what);
      else if (there !== undefined && (outcome === 'unreached' || isName(what))) result.elsewhere.push(`${what}: there in ${there.join(', ')}`);
      else {
        const entry = leftOut.find((item) => item.model === model && item.paths.includes(what) && (item.package === undefined || item.package === name) && (item.versions === undefined || semver.satisfies(version, item.versions)));
        if (entry === undefined) result.failures.push(why === undefined ? what : `${what}: ${why}`);
        else {
          used.add(`${leftOut.indexOf(entry)} ${what}`);
          result.leftOut.push(what);
        }
      }
    }
    return result;
  });
  return { results, unneeded: leftOut.flatMap(({ model, paths }, i) => paths.filter((path) => !used.has(`${i} ${path}`)).map((path) => ({ model, path }))) };
}

function push(map, key, value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export function totals(results) {
  const sum = (pick) => results.reduce((all, result) => all + pick(result), 0);
  return {
    models: new Set(results.map(({ model }) => model)).size,
    packages: new Set(results.map(({ package: name, version }) => `${name}@${version}`)).size,
    pairs: results.length,
    checked: sum(({ checked }) => checked),
    found: sum(({ found }) => found),
    untyped: sum(({ untyped }) => untyped.length),
    elsewhere: sum(({ elsewhere }) => elsewhere.length),
    leftOut: sum(({ leftOut }) => leftOut.length),
    skipped: sum(({ skipped }) => skipped.length),
    failures: sum(({ failures }) => failures.length),
  };
}
