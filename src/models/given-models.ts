import type { PolicyModel } from './policy-types.js';
import type { ClientModel } from './types.js';

/** Any field may be left out; which may not, the reader of the settings says. JSON has a word for what is without limit. */
type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Given<T[Key]> | undefined }
    : number extends T
      ? T | 'Infinity'
      : T;

/** A model as users write it. */
export type GivenModel = Given<ClientModel> | Given<PolicyModel>;

/** A list of models, or what a file of models holds. */
export type GivenModels = readonly GivenModel[] | { readonly $schema?: string | undefined; readonly models: readonly GivenModel[] };
