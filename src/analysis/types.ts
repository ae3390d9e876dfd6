import type { TSESTree } from '@typescript-eslint/types';

/** Answers that a type program adds where there is one. `null` always means: the types do not tell. */
export interface TypeQueries {
  /** Package and exported name of the class or interface of this expression: `{ package: 'pg', name: 'Pool' }`. */
  declaredIn(node: TSESTree.Node): { readonly package: string; readonly name: string } | null;
  /** Can this expression be null or undefined, as its type says? `null` for `any` and `unknown`. */
  canBeNullish(node: TSESTree.Node): boolean | null;
  /** Is it an array or tuple? */
  isArray(node: TSESTree.Node): boolean | null;
}
