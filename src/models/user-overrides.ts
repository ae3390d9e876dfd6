import { allModels, globalModels, modelsForPackage, policiesForPackage } from './lookup.js';
import type { PolicyModel } from './policy-types.js';
import type { ClientModel } from './types.js';
import { suggestion } from './user-errors.js';
import { rangesMeet } from './version-range.js';

type Model = ClientModel | PolicyModel;

/** Does a user's model stand in the place of the shipped one with this id? */
export function takesPlaceOf(model: Model, id: string): boolean {
  return model.id === id || model.overrides?.includes(id) === true;
}

/** Is a model about this package, by its name or a pattern? */
export function isOfPackage({ packages }: Pick<Model, 'packages'>, name: string): boolean {
  return packages.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name));
}

/**
 * What is wrong with a user's model beside the shipped ones: it knows a package that they know, and does
 * not say that it takes their place; or it says so of one that has nothing to do with it.
 * @param named its id is written, so that one of a shipped model is meant
 */
export function overrideFaults(model: Model, named: boolean): (readonly [path: string, text: string])[] {
  const faults: [string, string][] = [];
  const { clients, policies } = allModels();
  const shipped: readonly Model[] = 'clients' in model ? clients : policies;
  const known = shippedFor(model);
  const isKnown = (id: string): boolean => known.some((other) => other.id === id);
  model.overrides?.forEach((id, i) => {
    const meant = shipped.find((other) => other.id === id);
    if (meant === undefined) faults.push([`.overrides[${i}]`, `"${id}" is the id of no shipped model${suggestion(id, shipped.map((other) => other.id))}${known.length > 0 ? `; of ${thingsOf(model)} there ${known.length === 1 ? 'is' : 'are'} ${quoted(known)}` : ''}`]);
    else if (!isKnown(id)) faults.push([`.overrides[${i}]`, `the shipped model "${id}" is about ${thingsOf(meant)}, this one about ${thingsOf(model)}: there is nothing to override`]);
  });
  if (named && !isKnown(model.id) && shipped.some((other) => other.id === model.id)) {
    faults.push(['.id', `"${model.id}" is the id of a shipped model of ${thingsOf(shipped.find((other) => other.id === model.id)!)}; give this one another`]);
  }
  const clashing = known.filter((other) => !(named && other.id === model.id) && model.overrides?.includes(other.id) !== true && rangesMeet(model.versions, other.versions));
  // One of several that share the package is named: the others are for versions that this model was not meant for, or stand behind it.
  if (clashing.length > 0 && !known.some((other) => (named && other.id === model.id) || model.overrides?.includes(other.id) === true)) {
    faults.push([
      'globals' in model && model.packages.length === 0 ? '.globals' : '.packages',
      `${thingsOf(model, clashing)} is known already, by the shipped ${clashing.length === 1 ? 'model' : 'models'} ${quoted(clashing)}; write "overrides": [${clashing.map(({ id }) => JSON.stringify(id)).join(', ')}] to put yours in ${clashing.length === 1 ? 'its' : 'their'} place, or leave it out`,
    ]);
  }
  return faults;
}

/** The shipped models of the packages and globals of a model, of the same sort. */
function shippedFor(model: Model): readonly Model[] {
  // A pattern of the user's is about each package that a shipped model names and it covers.
  const named = allModels();
  const isClient = 'clients' in model;
  const found = new Set<Model>();
  for (const entry of model.packages) {
    if (entry.endsWith('*')) for (const other of isClient ? named.clients : named.policies) if (other.packages.some((name) => name === entry || (!name.endsWith('*') && isOfPackage(model, name)))) found.add(other);
    if (!entry.endsWith('*')) for (const other of isClient ? modelsForPackage(entry) : policiesForPackage(entry)) found.add(other);
  }
  if (isClient) for (const name of Object.keys(model.globals ?? {})) for (const other of globalModels(name)) found.add(other);
  return [...found];
}

const quoted = (models: readonly Model[]): string => models.map(({ id }) => `"${id}"`).join(' and ');

/** Packages and globals for messages; with `shared`, those that the others know too. */
function thingsOf(model: Model, shared: readonly Model[] | null = null): string {
  const globals = 'globals' in model ? Object.keys(model.globals ?? {}) : [];
  const packages = shared === null ? model.packages : model.packages.filter((name) => shared.some((other) => isOfPackage(other, name) || other.packages.some((entry) => isOfPackage({ packages: [name] }, entry))));
  const names = packages.length > 0 ? packages : globals;
  return names.slice(0, 3).map((name) => `"${name}"`).join(', ');
}
