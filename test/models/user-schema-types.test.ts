import type { InferInput, InferOutput } from 'valibot';
import { expectTypeOf, it } from 'vitest';
import type { GivenModel, GivenModels } from '../../src/models/given-models.js';
import type { PolicyModel } from '../../src/models/policy-types.js';
import type { ClientModel } from '../../src/models/types.js';
import type { UserSchemas } from '../../src/models/user-schema.js';

/** The same without `readonly`, and without `undefined` where a field may be left out. */
type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { -readonly [K in keyof T]: Plain<Exclude<T[K], undefined>> } : T;

/** Every field there, so that one which only one side has is seen. */
type Whole<T> = T extends readonly (infer Item)[] ? Whole<Item>[] : T extends object ? { -readonly [K in keyof T]-?: Whole<Exclude<T[K], undefined>> } : T;

type Client = UserSchemas['client'];
type Policy = UserSchemas['policy'];

it('accepts every model that the types allow', () => {
  expectTypeOf<Plain<ClientModel>>().toExtend<Plain<InferInput<Client>>>();
  expectTypeOf<Plain<PolicyModel>>().toExtend<Plain<InferInput<Policy>>>();
});

it('has each field of the types, and no other', () => {
  expectTypeOf<Whole<ClientModel>>().toExtend<Whole<InferOutput<Client>>>();
  expectTypeOf<Whole<InferOutput<Client>>>().toExtend<Whole<ClientModel>>();
  expectTypeOf<Whole<PolicyModel>>().toExtend<Whole<InferOutput<Policy>>>();
  expectTypeOf<Whole<InferOutput<Policy>>>().toExtend<Whole<PolicyModel>>();
});

it('takes in a typed configuration what the schema takes', () => {
  expectTypeOf<InferInput<Client>>().toExtend<GivenModel>();
  expectTypeOf<InferInput<Policy>>().toExtend<GivenModel>();
  expectTypeOf<InferInput<UserSchemas['file']>>().toExtend<GivenModels>();
});
