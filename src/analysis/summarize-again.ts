import type { TSESTree } from '@typescript-eslint/types';
import type { Block, Edge, Step } from './control-flow.js';
import { isInside } from './summarize-body.js';
import type { Loop } from './summarize-loop.js';

type Node = TSESTree.Node;

/** A place to walk on from. */
interface Place {
  readonly block: Block;
  readonly index: number;
}

/** Is there a way, inside the loop, from some steps on to one of others, past none that bars it? */
export function leadsTo(from: readonly Step[], to: ReadonlySet<Step>, loop: Loop, barred: ReadonlySet<Step> = new Set()): boolean {
  return walk(from.map((step) => ({ block: step.block, index: step.index + 1 })), to, loop, barred);
}

/** The same from an edge on. */
export function edgeLeadsTo(from: Edge, to: ReadonlySet<Step>, loop: Loop): boolean {
  return walk([{ block: from.to, index: 0 }], to, loop, new Set());
}

/** The same where nothing throws, and none of some edges is taken. */
export function leadsToWithout(from: readonly (Step | Edge)[], to: ReadonlySet<Step>, loop: Loop, edges: ReadonlySet<Edge>): boolean {
  const places = from.map((start) => ('to' in start ? { block: start.to, index: 0 } : { block: start.block, index: start.index + 1 }));
  return walk(places, to, loop, new Set(), (edge) => edge.kind !== 'throw' && !edges.has(edge));
}

function walk(work: Place[], to: ReadonlySet<Step>, loop: Loop, barred: ReadonlySet<Step>, goes: (edge: Edge) => boolean = () => true): boolean {
  const seen = new Set<Block>();
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { block, index } = place;
    let ends = false;
    for (const step of block.steps.slice(index)) {
      if (to.has(step)) return true;
      ends = barred.has(step) || leaves(step.node, step, loop);
      if (ends) break;
    }
    if (ends) continue;
    for (const edge of block.successors) {
      if (seen.has(edge.to) || !goes(edge)) continue;
      seen.add(edge.to);
      work.push({ block: edge.to, index: 0 });
    }
  }
  return false;
}

function leaves(node: Node, step: Step, loop: Loop): boolean {
  return !isInside(node, loop) || (node === loop && step.kind === 'start');
}
