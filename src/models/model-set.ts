import { allModels, globalModels, modelsForPackage, policiesForPackage } from './lookup.js';
import type { ClientModel, MutatorModel } from './types.js';
import type { PolicyModel } from './policy-types.js';
import { isOfPackage, takesPlaceOf } from './user-overrides.js';

/** The models in force: the shipped ones, and the user's in front of them. */
export interface ModelSet {
  /** Models of a package, all versions. */
  clients(packageName: string): readonly ClientModel[];
  policies(packageName: string): readonly PolicyModel[];
  /** Models of a global name such as `fetch`. */
  global(name: string): readonly ClientModel[];
  /** Changes that other models describe and that affect the clients of this one. */
  affecting(modelId: string): readonly MutatorModel[];
  /** The models that a user brought. */
  readonly user: { readonly clients: readonly ClientModel[]; readonly policies: readonly PolicyModel[] };
}

let affectingByModel: Map<string, MutatorModel[]> | undefined;

function shippedAffecting(modelId: string): readonly MutatorModel[] {
  if (affectingByModel === undefined) {
    affectingByModel = new Map();
    for (const model of allModels().clients) {
      for (const mutator of model.mutators ?? []) {
        // The path is read against the package that brings the mutator.
        const owned = mutator.path.includes(':') || model.packages[0] === undefined ? mutator : { ...mutator, path: `${model.packages[0]}:${mutator.path}` };
        for (const id of mutator.affects ?? []) {
          const list = affectingByModel.get(id);
          if (list === undefined) affectingByModel.set(id, [owned]);
          else list.push(owned);
        }
      }
    }
  }
  return affectingByModel.get(modelId) ?? [];
}

/** Shipped models only. */
export const SHIPPED_MODELS: ModelSet = {
  clients: modelsForPackage,
  policies: policiesForPackage,
  global: globalModels,
  affecting: shippedAffecting,
  user: { clients: [], policies: [] },
};

/** Puts the user's models in front. For a package of theirs, the shipped ones that they override are not asked. */
export function createModelSet(clients: readonly ClientModel[], policies: readonly PolicyModel[]): ModelSet {
  if (clients.length === 0 && policies.length === 0) return SHIPPED_MODELS;
  const inFront = <M extends ClientModel | PolicyModel>(own: readonly M[], shipped: readonly M[]): readonly M[] => [...own, ...shipped.filter(({ id }) => !own.some((model) => takesPlaceOf(model, id)))];
  return {
    clients: (name) => inFront(clients.filter((model) => isOfPackage(model, name)), modelsForPackage(name)),
    policies: (name) => inFront(policies.filter((model) => isOfPackage(model, name)), policiesForPackage(name)),
    global: (name) => inFront(clients.filter((model) => model.globals !== undefined && Object.hasOwn(model.globals, name)), globalModels(name)),
    affecting: shippedAffecting,
    user: { clients, policies },
  };
}
