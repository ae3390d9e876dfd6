import type { TSESTree } from '@typescript-eslint/types';
import type { OperationValue, Value } from '../analysis/value.js';

/** A call that leaves the process, resolved to a model. */
export interface IoCall {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;
  readonly operation: OperationValue;
  /** The value of its options argument; `null` when none is passed. */
  readonly options: Value | null;
  /** The argument node of the options, where one is written. */
  readonly optionsNode: TSESTree.Node | null;
  /** `stream` and `blocking` calls wait on purpose: they want an abort signal, not a timeout. */
  readonly mode: 'reply' | 'stream' | 'blocking';
}
