import type { TSESTree } from '@typescript-eslint/types';
import type { Block, ControlFlow, Edge, Step } from './control-flow.js';

type Node = TSESTree.Node;

/** A place in a graph to walk from: a step that is done, or the head of a block. */
export type Start = Step | Block;

/**
 * Is there a way from some places to others on which nothing can stop it? A test stops where one of
 * its outcomes does not lead there; of these, only such that `passes` accepts lie on the way.
 */
export function isFreeWay(flow: ControlFlow, from: readonly Start[], to: ReadonlySet<Step>, passes: (test: Node) => boolean): boolean {
  if (flow.approximate || to.size === 0) return false;
  const leading = blocksLeadingTo(to);
  const blocks = new Set([...to].map((step) => step.block));
  const seen = new Set<Block>();
  const work = from.map((start) => ('steps' in start ? { block: start, index: 0 } : { block: start.block, index: start.index + 1 }));
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { block, index } = place;
    if (blocks.has(block) && block.steps.slice(index).some((step) => to.has(step))) return true;
    const isGate = block.successors.some((edge) => edge.kind !== 'throw' && !leading.has(edge.to));
    for (const edge of block.successors) {
      if (seen.has(edge.to) || !leading.has(edge.to) || (isGate && isTest(edge) && !passes(edge.test!))) continue;
      seen.add(edge.to);
      work.push({ block: edge.to, index: 0 });
    }
  }
  return false;
}

function isTest(edge: Edge): boolean {
  return edge.test !== null;
}

function blocksLeadingTo(to: ReadonlySet<Step>): ReadonlySet<Block> {
  const leading = new Set<Block>();
  const work = [...to].map((step) => step.block);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (leading.has(block)) continue;
    leading.add(block);
    for (const edge of block.predecessors) work.push(edge.from);
  }
  return leading;
}
