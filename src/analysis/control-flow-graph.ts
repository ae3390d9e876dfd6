import type { TSESTree } from '@typescript-eslint/types';

type Node = TSESTree.Node;

/**
 * What happens at a step.
 * - `start`: a statement begins (also a logical expression that is only a condition)
 * - `value`: an expression has been evaluated; of a call that throws, it has been attempted
 * - `await`: execution was suspended and is resumed (`await`, `yield`, the next item of `for await`)
 * - `write`: a target (identifier or member) has been written
 * - `jump`: a `return`, `throw`, `break` or `continue` leaves
 */
export type StepKind = 'start' | 'value' | 'await' | 'write' | 'jump';

/** One moment in the evaluation of a node. A node of a `finally` has one for each way through it. */
export interface Step {
  readonly node: Node;
  readonly kind: StepKind;
  readonly block: Block;
  /** Position in `block.steps`. */
  readonly index: number;
}

/** `true` and `false` say how the test came out, `nullish` and `non-nullish` what its value was. */
export type EdgeKind = 'normal' | 'true' | 'false' | 'nullish' | 'non-nullish' | 'throw';

export interface Edge {
  readonly from: Block;
  readonly to: Block;
  readonly kind: EdgeKind;
  /** An expression, a `SwitchCase` (its discriminant equals its test), or a for-in/of loop (there is an item). */
  readonly test: Node | null;
}

/** Steps that run one after another. A step that may throw is the last of its block. */
export interface Block {
  readonly id: number;
  readonly steps: readonly Step[];
  /** Edges leave after the last step. An unreachable block has none. */
  readonly successors: readonly Edge[];
  readonly predecessors: readonly Edge[];
  /** Can the entry reach it? */
  readonly reachable: boolean;
}

/** The finished graph of one function or program. */
export interface Graph {
  readonly entry: Block;
  /** Reached when the function returns. */
  readonly exit: Block;
  /** Reached when an error leaves the function. */
  readonly thrown: Block;
  readonly blocks: readonly Block[];
  /** All steps of a node, in the order they were laid down. */
  stepsOf(node: Node): readonly Step[];
  /** Something was nested too deep to be modelled: its nodes are there, its branches are not. */
  readonly approximate: boolean;
}
