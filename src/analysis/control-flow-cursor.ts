import type { TSESTree } from '@typescript-eslint/types';
import type { Block, Edge, EdgeKind, Graph, Step, StepKind } from './control-flow-graph.js';

type Node = TSESTree.Node;

/** A block while the graph is built. */
export class OpenBlock implements Block {
  readonly steps: Step[] = [];
  readonly successors: Edge[] = [];
  readonly predecessors: Edge[] = [];
  reachable = false;
  constructor(readonly id: number) {}
}

/** What lies around the code being laid down and changes where a jump or an error goes. */
export type Frame =
  | { readonly kind: 'loop' | 'switch' | 'label'; readonly outer: Frame | null; readonly labels: readonly string[]; readonly breakTo: OpenBlock; readonly continueTo: OpenBlock | null }
  | { readonly kind: 'catch'; readonly outer: Frame | null; readonly handler: OpenBlock }
  | FinallyFrame;

/** One way through a `finally`: it is entered for these destinations and goes on to them. */
export interface Passage {
  readonly entry: OpenBlock;
  readonly destinations: Destination[];
}

/** Where control goes on; `null` block: the error goes on to the next handler. */
interface Destination {
  readonly block: OpenBlock | null;
  readonly frame: Frame | null;
}

export interface FinallyFrame {
  readonly kind: 'finally';
  readonly outer: Frame | null;
  readonly passages: Passage[];
  /** All ways share one passage: less exact, but nested ones cannot multiply. */
  readonly shared: boolean;
}

/**
 * The place where code is laid down. Reachability is known while building, since no edge into a
 * block is made after the block was laid down, other than from code behind it.
 */
export class Cursor {
  readonly blocks: OpenBlock[] = [];
  readonly entry: OpenBlock;
  readonly exit: OpenBlock;
  readonly thrown: OpenBlock;
  current: OpenBlock;
  frame: Frame | null = null;
  /** Where an optional chain goes on when it is cut short. */
  chainEnd: OpenBlock | null = null;
  depth = 0;
  finallyDepth = 0;
  approximate = false;
  readonly #steps = new Map<Node, Step | Step[]>();

  constructor() {
    this.entry = this.open();
    this.entry.reachable = true;
    this.exit = this.open();
    this.thrown = this.open();
    this.current = this.entry;
  }

  open(): OpenBlock {
    const block = new OpenBlock(this.blocks.length);
    this.blocks.push(block);
    return block;
  }

  /** Goes on laying down in another block. */
  at(block: OpenBlock): void {
    this.current = block;
  }

  step(node: Node, kind: StepKind): void {
    const block = this.current;
    const step: Step = { node, kind, block, index: block.steps.length };
    block.steps.push(step);
    const known = this.#steps.get(node);
    if (known === undefined) this.#steps.set(node, step);
    else if (Array.isArray(known)) known.push(step);
    else this.#steps.set(node, [known, step]);
  }

  edge(from: OpenBlock, to: OpenBlock, kind: EdgeKind, test: Node | null = null): void {
    if (!from.reachable) return;
    const edge: Edge = { from, to, kind, test };
    from.successors.push(edge);
    to.predecessors.push(edge);
    to.reachable = true;
  }

  /** An edge from here. */
  to(block: OpenBlock, kind: EdgeKind = 'normal', test: Node | null = null): void {
    this.edge(this.current, block, kind, test);
  }

  /** Ends this block and goes on in a new one, along one edge. */
  next(kind: EdgeKind = 'normal', test: Node | null = null): void {
    const block = this.open();
    this.to(block, kind, test);
    this.current = block;
  }

  /** What follows is not reached. */
  dead(): void {
    this.current = this.open();
  }

  /** The step just laid down may throw. */
  mayThrow(): void {
    if (!this.current.reachable) return;
    this.to(this.throwTarget(), 'throw');
    this.next();
  }

  throwTarget(): OpenBlock {
    for (let frame = this.frame; frame !== null; frame = frame.outer) {
      if (frame.kind === 'catch') return frame.handler;
      if (frame.kind === 'finally') return this.#passage(frame, { block: null, frame: null });
    }
    return this.thrown;
  }

  /** Leaves for a block outside of some frames: through the `finally` blocks between. */
  leave(destination: OpenBlock, frame: Frame | null): void {
    if (this.current.reachable) this.to(this.#route(destination, frame));
    this.dead();
  }

  /** From the end of a passage on to where it was going. */
  resume(passage: Passage): void {
    const end = this.current;
    if (!end.reachable) return;
    for (const { block, frame } of passage.destinations) {
      if (block === null) this.edge(end, this.throwTarget(), 'throw');
      else this.edge(end, this.#route(block, frame), 'normal');
    }
  }

  #route(destination: OpenBlock, until: Frame | null): OpenBlock {
    for (let frame = this.frame; frame !== null && frame !== until; frame = frame.outer) {
      if (frame.kind === 'finally') return this.#passage(frame, { block: destination, frame: until });
    }
    return destination;
  }

  #passage(frame: FinallyFrame, destination: Destination): OpenBlock {
    for (const passage of frame.passages) {
      if (passage.destinations.some((one) => one.block === destination.block)) return passage.entry;
    }
    const first = frame.passages[0];
    if (frame.shared && first !== undefined) {
      first.destinations.push(destination);
      return first.entry;
    }
    const passage: Passage = { entry: this.open(), destinations: [destination] };
    frame.passages.push(passage);
    return passage.entry;
  }

  finish(): Graph {
    const steps = this.#steps;
    const none: readonly Step[] = [];
    return {
      entry: this.entry,
      exit: this.exit,
      thrown: this.thrown,
      blocks: this.blocks,
      approximate: this.approximate,
      stepsOf(node) {
        const known = steps.get(node);
        if (known === undefined) return none;
        return Array.isArray(known) ? known : [known as Step];
      },
    };
  }
}
