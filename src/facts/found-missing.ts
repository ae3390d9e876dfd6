import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type Block, type ControlFlow } from '../analysis/control-flow.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, unwrap } from '../analysis/syntax.js';
import { writesOf } from '../analysis/writes.js';
import type { Dereference } from './nullable-source.js';

type Node = TSESTree.Node;

/**
 * Is a value tested, found missing, and used all the same? Where the way from the one outcome to the use
 * has no branch, no other condition can keep the two apart.
 * @param holders expressions that are the value: a test of one of them is a test of it
 */
export function isFoundMissing(file: SourceFile, { value, held }: Dereference, holders: ReadonlySet<Node>): boolean {
  if (held === null) return false;
  const flow = controlFlow(file, enclosingFunction(value));
  if (flow.approximate) return false;
  const tested = new Set([...holders].map(unwrap));
  const use = new Set(placesOf(flow, unwrap(value)));
  return flow.blocks.some((block) =>
    block.reachable && block.successors.some(({ kind, test, to }) => kind === 'false' && test !== null && tested.has(unwrap(test)) && leadsTo(to, use, held) && isStillHeld(file, flow, held, test)),
  );
}

/** Without a branch, and without another write on the way. */
function leadsTo(from: Block, use: ReadonlySet<unknown>, held: TSESTree.Identifier): boolean {
  const seen = new Set<Block>();
  for (let block = from; !seen.has(block); ) {
    seen.add(block);
    for (const step of block.steps) {
      if (use.has(step)) return true;
      if (step.kind === 'write' && step.node.type === 'Identifier' && step.node.name === held.name) return false;
    }
    const next = [...new Set(block.successors.filter(({ kind }) => kind !== 'throw').map(({ to }) => to))];
    if (next.length !== 1) return false;
    block = next[0]!;
  }
  return false;
}

/** Nothing but this write can have been the last before the test. */
function isStillHeld(file: SourceFile, flow: ControlFlow, held: TSESTree.Identifier, test: Node): boolean {
  const variable = file.bindings.variableOf(held);
  if (variable === null || variable === 'global') return false;
  return flow.canReach(held, test) && writesOf(file, variable).every(({ target }) => target === held || !flow.canReach(target, test));
}
