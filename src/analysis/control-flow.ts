import type { TSESTree } from '@typescript-eslint/types';
import { buildControlFlow } from './control-flow-builder.js';
import type { Block, Graph, Step } from './control-flow-graph.js';
import { computeDominators, type Dominators } from './dominators.js';
import { enclosingFunction, isFunction } from './syntax.js';
import type { SourceFile } from './source-file.js';
import type { FunctionNode } from './value.js';

export type { Block, Edge, Step } from './control-flow-graph.js';

type Node = TSESTree.Node;

/**
 * In which order the nodes of one function may run.
 *
 * A node's place is where its evaluation is complete; a statement's place is where it begins. A call
 * is in place once it was attempted, whether or not it throws. Nested functions and the instance
 * fields of classes are no part of the graph: questions about nodes in them answer like questions
 * about code that is not there (`null`, `false`, `'unknown'`).
 */
export interface ControlFlow extends Graph {
  /**
   * Steps of walks through the graph that may still be made. Each question walks; in a function of
   * thousands of statements thousands of questions would be millions of steps. Once none is left the
   * answers are those for code of which nothing is known.
   */
  readonly allowance: Allowance;
  /** Whose flow it is. */
  readonly fn: FunctionNode | TSESTree.Program;
  /** The block of the node's place; of the first that is reached, where a `finally` gives it several. */
  blockOf(node: Node): Block | null;
  /** Is the node's place ever reached? */
  isReachable(node: Node): boolean;
  /** Does every path from the entry to `b` pass `a`? A node dominates itself; nothing dominates what is not reached. */
  dominates(a: Node, b: Node): boolean;
  /** Is there a path that leads from `from` on to `to`, errors included? For one node: does it run again? */
  canReach(from: Node, to: Node): boolean;
  /**
   * Does every path from the completion of `from` to `to` pass a node that `through` accepts?
   * `'end'` is a return or an uncaught error; a path that ends in `process.exit()` reaches no end.
   * Where `from` is a call, its own failure is no such path.
   * - `'unreachable'`: there is no path
   * - `'unknown'`: a node has no place here, or the code is nested too deep
   */
  everyPath(from: Node | 'entry', to: Node | 'return' | 'throw' | 'end', through: (node: Node) => boolean): 'yes' | 'no' | 'unreachable' | 'unknown';
  /** Does some path from `from` to `to` suspend (await, yield) between the two? */
  awaitsBetween(from: Node, to: Node): boolean;
}

/** Steps that may still be made. */
export interface Allowance {
  left: number;
}

/** Enough for everything that is asked of functions that people write. */
const LEAST_STEPS = 250_000;
const STEPS_A_BLOCK = 32;

export interface ControlFlowOptions {
  /** Reading a member (other than of `this`) may throw too. Off by default. */
  readonly memberAccessThrows?: boolean;
}

const FLOWS = Symbol('control-flow');
const FLOWS_OF_MEMBERS = Symbol('control-flow with throwing members');

/** The control flow of a function, without the functions in it. Made on first use, kept with the file. Never throws. */
export function controlFlow(file: SourceFile, fn: FunctionNode | TSESTree.Program, options: ControlFlowOptions = {}): ControlFlow {
  const memberAccessThrows = options.memberAccessThrows ?? false;
  const flows = file.memo(memberAccessThrows ? FLOWS_OF_MEMBERS : FLOWS, () => new WeakMap<Node, ControlFlow>());
  let flow = flows.get(fn);
  if (flow === undefined) {
    // The builder asks for bindings, and those rely on the parents that the index sets.
    void file.index;
    flows.set(fn, (flow = withQuestions(fn, buildControlFlow(file, fn, memberAccessThrows))));
  }
  return flow;
}

/** The control flow that a node is part of; `null` where it hangs in no function or program. */
export function controlFlowAround(file: SourceFile, node: Node, options: ControlFlowOptions = {}): ControlFlow | null {
  void file.index;
  const owner: Node = enclosingFunction(node);
  return isFunction(owner) || owner.type === 'Program' ? controlFlow(file, owner, options) : null;
}

/** Where the node is in place: its completions, or the beginnings of a statement. Only reached ones, if any is. */
export function placesOf(graph: Graph, node: Node): readonly Step[] {
  const steps = graph.stepsOf(node);
  if (steps.length <= 1) return steps;
  // The read of `x += 1` comes before its write, the beginning of `return x` before its jump.
  const kind = steps[0]!.kind;
  const places = steps.filter((step) => step.kind === kind);
  const reached = places.filter((step) => step.block.reachable);
  return reached.length > 0 ? reached : places;
}

function withQuestions(fn: FunctionNode | TSESTree.Program, graph: Graph): ControlFlow {
  let dominators: Dominators | undefined;
  const allowance: Allowance = { left: Math.max(LEAST_STEPS, STEPS_A_BLOCK * graph.blocks.length) };
  const reachedPlaces = (node: Node): readonly Step[] => placesOf(graph, node).filter((step) => step.block.reachable);

  return {
    ...graph,
    fn,
    allowance,
    blockOf: (node) => placesOf(graph, node)[0]?.block ?? null,
    isReachable: (node) => reachedPlaces(node).length > 0,
    dominates(a, b) {
      const from = reachedPlaces(a);
      const to = reachedPlaces(b);
      if (from.length === 0 || to.length === 0 || graph.approximate) return false;
      if (from.length === 1 && to.length === 1) {
        const [x, y] = [from[0]!, to[0]!];
        if (x.block === y.block) return x.index <= y.index;
        return (dominators ??= computeDominators(graph.entry)).dominates(x.block, y.block);
      }
      const barrier = new Set(from);
      const wanted = new Set(to.filter((step) => !barrier.has(step)));
      return search(allowance, [startOf(graph.entry)], (step) => (wanted.has(step) ? 'found' : barrier.has(step) ? 'stop' : 'on')) === 'no';
    },
    canReach(from, to) {
      const wanted = new Set(reachedPlaces(to));
      return wanted.size > 0 && search(allowance, reachedPlaces(from).map(after), (step) => (wanted.has(step) ? 'found' : 'on')) !== 'no';
    },
    everyPath(from, to, through) {
      const starts = from === 'entry' ? [startOf(graph.entry)] : reachedPlaces(from).map(afterSuccess);
      if (from !== 'entry' && graph.stepsOf(from).length === 0) return 'unknown';
      const wanted = new Set<Step>();
      const ends = new Set<Block>();
      if (to === 'return' || to === 'end') ends.add(graph.exit);
      if (to === 'throw' || to === 'end') ends.add(graph.thrown);
      if (typeof to !== 'string') {
        if (graph.stepsOf(to).length === 0) return 'unknown';
        for (const step of reachedPlaces(to)) wanted.add(step);
      }
      const found = (step: Step): boolean => wanted.has(step);
      const isEnd = (block: Block): boolean => ends.has(block);
      if (search(allowance, starts, (step) => (found(step) ? 'found' : 'on'), isEnd) === 'no') return 'unreachable';
      if (graph.approximate) return 'unknown';
      const around = search(allowance, starts, (step) => (found(step) ? 'found' : through(step.node) ? 'stop' : 'on'), isEnd);
      return around === 'unknown' ? 'unknown' : around === 'yes' ? 'no' : 'yes';
    },
    awaitsBetween(from, to) {
      const wanted = new Set(reachedPlaces(to));
      if (wanted.size === 0) return false;
      const resumed: Place[] = [];
      search(allowance, reachedPlaces(from).map(after), (step) => {
        if (step.kind === 'await' && !wanted.has(step)) resumed.push(after(step));
        return 'on';
      });
      return resumed.length > 0 && search(allowance, resumed, (step) => (wanted.has(step) ? 'found' : 'on')) !== 'no';
    },
  };
}

/** A place between two steps. */
interface Place {
  readonly block: Block;
  readonly index: number;
  /** The step before it succeeded: an error is not its way on. */
  readonly succeeded?: boolean;
}

const startOf = (block: Block): Place => ({ block, index: 0 });
const after = (step: Step): Place => ({ block: step.block, index: step.index + 1 });
const afterSuccess = (step: Step): Place => ({
  ...after(step),
  succeeded: (step.kind === 'value' || step.kind === 'await') && step.index === step.block.steps.length - 1,
});

/** Walks forward from some places, each block at most once from its head. `yes`: a step or block was found; `unknown`: the walk was not allowed to end. */
function search(allowance: Allowance, starts: readonly Place[], visit: (step: Step) => 'found' | 'stop' | 'on', isEnd: (block: Block) => boolean = () => false): 'yes' | 'no' | 'unknown' {
  const seen = new Set<Block>();
  const work: Place[] = [...starts];
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { block, succeeded } = place;
    if (isEnd(block)) return 'yes';
    allowance.left -= 1 + block.steps.length - place.index;
    if (allowance.left < 0) return 'unknown';
    let verdict: 'stop' | 'on' = 'on';
    for (let i = place.index; i < block.steps.length && verdict === 'on'; i++) {
      const answer = visit(block.steps[i]!);
      if (answer === 'found') return 'yes';
      verdict = answer;
    }
    if (verdict === 'stop') continue;
    for (const edge of block.successors) {
      if ((succeeded === true && edge.kind === 'throw') || seen.has(edge.to)) continue;
      seen.add(edge.to);
      work.push(startOf(edge.to));
    }
  }
  return 'no';
}
