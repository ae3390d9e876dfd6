/** The exact versions that a run is made with: `versions.json`, by model and package. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import semver from 'semver';
import { eachOf, folderOf, installRange, installVersion } from './install.mjs';
import { newestChecked, packagesOf, rangesOf } from './versions.mjs';

export function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Puts every package of the models into place: the versions of the lock, or what the ranges give where
 * it has none (`refresh`: everywhere).
 * @returns what could not be installed, by `name@version`
 */
export async function place({ models, table, root, lock, lockFile, refresh, say }) {
  mkdirSync(root, { recursive: true });
  const failed = new Map();
  const asked = new Map();
  for (const model of models) {
    for (const name of packagesOf(model, table)) {
      const ranges = rangesOf(model, name);
      const kept = lock[model.id]?.[name];
      // A range that was changed since is asked anew.
      if (!refresh && kept !== undefined && kept.of === (model.versions ?? '*')) continue;
      for (const range of [ranges.lowest, ranges.highest]) if (range !== null) asked.set(`${name} ${range}`, { name, range });
    }
  }
  const found = new Map();
  await eachOf(asked.values(), async ({ name, range }) => {
    try {
      found.set(`${name} ${range}`, await installRange(root, name, range, table));
      say(`  ${name}@${found.get(`${name} ${range}`)} for ${range}`);
    } catch (error) {
      failed.set(`${name}@${range}`, lastLines(error));
      say(`  ${name}@${range} could not be installed: ${lastLines(error)}`);
    }
  });
  for (const model of models) {
    for (const name of packagesOf(model, table)) {
      const { lowest, highest } = rangesOf(model, name);
      if (!found.has(`${name} ${highest}`) || (lowest !== null && !found.has(`${name} ${lowest}`))) continue;
      // npm passes over what wants a newer Node; a version that was read for the model is held against it all the same.
      const newest = later(found.get(`${name} ${highest}`), newestChecked(model, name));
      const versions = lowest === null ? [newest] : [found.get(`${name} ${lowest}`), newest];
      (lock[model.id] ??= {})[name] = { of: model.versions ?? '*', versions: [...new Set(versions)] };
    }
  }
  writeFileSync(lockFile, `${JSON.stringify(Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);

  const exact = new Map();
  for (const model of models) {
    for (const name of packagesOf(model, table)) {
      for (const version of lock[model.id]?.[name]?.versions ?? []) exact.set(folderOf(root, name, version), { name, version });
    }
  }
  await eachOf(exact.values(), async ({ name, version }) => {
    try {
      await installVersion(root, name, version, table);
    } catch (error) {
      failed.set(`${name}@${version}`, lastLines(error));
    }
  });
  return failed;
}

const later = (one, other) => (other !== null && semver.gt(other, one) ? other : one);

function lastLines(error) {
  return String(error.stderr || error.message).trim().split('\n').filter((line) => !line.includes('complete log')).slice(0, 2).join(' ').slice(0, 200);
}
