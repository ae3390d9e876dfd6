/** Which versions a model is held against: the newest of the lowest major that it claims, and the newest of all. */
import { isBuiltin } from 'node:module';
import semver from 'semver';

/** Declarations of what Node itself brings, by the package they are published in. */
const NODE_TYPES = '@types/node';

/** The packages of a model by name: of a pattern, those of the table. Globals and modules of Node stand in its declarations. */
export function packagesOf(model, table) {
  const named = model.packages.flatMap((name) => {
    if (isBuiltin(name)) return [NODE_TYPES];
    if (!name.endsWith('*')) return [name];
    if (table.patterns[name] === undefined) throw new Error(`${model.id}: packages.json names no package for ${name}`);
    return table.patterns[name];
  });
  return [...new Set(model.globals === undefined ? named : [...named, NODE_TYPES])];
}

/** The modules of a package that the paths of a model may stand in. */
export function modulesOf(model, name, table) {
  if (name === NODE_TYPES) return model.packages.filter((module) => isBuiltin(module));
  return [name, ...(table.packages[name]?.modules ?? [])];
}

/** What to ask of the registry: a range for the lowest major, where it is known, and one for the newest version. */
export function rangesOf(model, name) {
  if (name === NODE_TYPES) return { lowest: '20.x', highest: '*' };
  const range = model.versions ?? '*';
  const major = lowestMajor(model, name);
  return { lowest: major === null ? null : within(range, major), highest: range };
}

/** Does the version of the declarations say which options there are? Those of Node follow its own majors. */
export function holdsAt(version, range) {
  return range === undefined || semver.satisfies(version, range);
}

export function lowestMajor(model, name) {
  const floor = model.versions === undefined ? null : semver.minVersion(model.versions);
  const majors = checkedOf(model, name).map(({ major }) => major);
  // One of several packages may be younger than the range that they share: `@nats-io/nats-core` begins at 3.
  if (floor !== null && semver.gt(floor, '0.0.0')) return model.packages.length > 1 && majors.length > 0 ? Math.max(floor.major, Math.min(...majors)) : floor.major;
  return majors.length === 0 ? null : Math.min(...majors);
}

/** The newest of the versions that were read for the model. */
export function newestChecked(model, name) {
  return semver.rsort(checkedOf(model, name).filter((version) => semver.satisfies(version, model.versions ?? '*')))[0]?.version ?? null;
}

/** `checked` names the package where the model has several: `pg 8.23.1`. */
function checkedOf(model, name) {
  return model.checked.flatMap((text) => {
    const [first, second] = text.split(' ');
    const named = semver.coerce(first) === null || !/^\d/.test(first);
    if (named && first !== name) return [];
    const version = semver.parse(named ? second : first);
    return version === null ? [] : [version];
  });
}

function within(range, major) {
  const bounds = `>=${major}.0.0 <${major + 1}.0.0`;
  return range.split('||').map((part) => (part.trim() === '*' ? bounds : `${bounds} ${part.trim()}`)).join(' || ');
}

/** The declarations that stand beside a package which has none. */
export function typesFor(name, version, table) {
  const entry = Object.entries(table.packages[name]?.types ?? {}).find(([range]) => range === '*' || semver.satisfies(version, range));
  return entry === undefined ? [] : [entry[1]];
}
