import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type Block, type ControlFlow, type Edge, type Step } from './control-flow.js';
import type { SourceFile } from './source-file.js';
import { enclosingFunction, isFunction } from './syntax.js';
import type { FunctionNode } from './value.js';

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

/** Where a function calls itself after a failure. */
export interface RecursionPlace {
  /** The call of itself. */
  readonly node: TSESTree.CallExpression;
  /** Where it is after a failure: a catch clause, or a function that is called with the error. */
  readonly handler: Node | null;
  /** The `try`, where there is one. */
  readonly attempt: Node | null;
}

/** The same for a function that calls itself: the way to the attempt, and the way from its failure to the call. */
export function isFreeRecursion(file: SourceFile, fn: FunctionNode, { node, handler, attempt }: RecursionPlace, passes: (test: Node) => boolean): boolean {
  if (handler === null) return false;
  const flow = controlFlow(file, fn);
  const tried = placeIn(flow, attempt ?? handler, fn);
  if (tried === null || !isFreeWay(flow, [flow.entry], new Set(tried), passes)) return false;
  const home = isFunction(handler) ? handler : fn;
  const inner = controlFlow(file, home);
  const call = placeIn(inner, node, home);
  const starts: readonly Start[] = isFunction(handler) ? [inner.entry] : placesOf(inner, handler);
  if (call === null || !isFreeWay(inner, starts, new Set(call), passes)) return false;
  // A callback within: `setTimeout(() => { if (this.closed) return; this.connect(); })`.
  const owner: Node = enclosingFunction(node);
  if (owner === home || !isFunction(owner)) return true;
  const last = controlFlow(file, owner);
  return isFreeWay(last, [last.entry], new Set(placesOf(last, node)), passes);
}

/** The place of a node in a function's flow; of one in a closure, the place of what holds the closure. */
export function placeIn(flow: ControlFlow, node: Node, home: Node): readonly Step[] | null {
  for (let current: Node | undefined = node; current != null && current !== home; current = current.parent) {
    const places = placesOf(flow, current);
    if (places.length > 0) return places;
  }
  return null;
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
