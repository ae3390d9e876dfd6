import type { Block } from './control-flow-graph.js';

/** Which blocks lie on every path from the entry to a block. */
export interface Dominators {
  /** Reachable blocks in reverse postorder. */
  readonly order: readonly Block[];
  /** Does every path from the entry to `b` pass `a`? Both must be reachable and hold steps; a block dominates itself. */
  dominates(a: Block, b: Block): boolean;
}

/** The reachable blocks in reverse postorder; iterative. */
export function reversePostorder(entry: Block): Block[] {
  const order: Block[] = [];
  const seen = new Set<Block>([entry]);
  const stack: { block: Block; next: number }[] = [{ block: entry, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const edge = top.block.successors[top.next++];
    if (edge === undefined) {
      order.push(top.block);
      stack.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      stack.push({ block: edge.to, next: 0 });
    }
  }
  return order.reverse();
}

/**
 * The block of all uncaught errors has an edge from each call: asking for its dominator would walk
 * the whole tree once a call. No node is evaluated in it, so nobody asks.
 */
function isSink(block: Block): boolean {
  return block.steps.length === 0 && block.successors.length === 0;
}

/** "A Simple, Fast Dominance Algorithm" (Cooper, Harvey, Kennedy 2001); answers from tree intervals. */
export function computeDominators(entry: Block): Dominators {
  const order = reversePostorder(entry);
  const rank = new Map<Block, number>();
  order.forEach((block, i) => rank.set(block, i));
  const idom = new Int32Array(order.length).fill(-1);
  idom[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      if (isSink(order[i]!)) continue;
      let best = -1;
      for (const { from } of order[i]!.predecessors) {
        let a = rank.get(from) ?? -1;
        if (a < 0 || idom[a] === -1) continue;
        let b = best;
        while (b >= 0 && a !== b) {
          while (a > b) a = idom[a]!;
          while (b > a) b = idom[b]!;
        }
        best = a;
      }
      if (idom[i] !== best) {
        idom[i] = best;
        changed = true;
      }
    }
  }
  // Pre- and post-numbers of the tree turn each question into two comparisons.
  const children: number[][] = order.map(() => []);
  for (let i = 1; i < order.length; i++) if (idom[i]! >= 0) children[idom[i]!]!.push(i);
  const enter = new Int32Array(order.length);
  const leave = new Int32Array(order.length);
  let clock = 0;
  const stack: { at: number; next: number }[] = [{ at: 0, next: 0 }];
  enter[0] = clock++;
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const child = children[top.at]![top.next++];
    if (child === undefined) {
      leave[top.at] = clock++;
      stack.pop();
    } else {
      enter[child] = clock++;
      stack.push({ at: child, next: 0 });
    }
  }
  return {
    order,
    dominates(a, b) {
      const x = rank.get(a);
      const y = rank.get(b);
      return x !== undefined && y !== undefined && enter[x]! <= enter[y]! && leave[y]! <= leave[x]!;
    },
  };
}
