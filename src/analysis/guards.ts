import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { memberPath, pathOf, pathOfVariable, type AccessPath, type PathRoot } from './access-path.js';
import { controlFlowAround, placesOf, type Block, type ControlFlow, type Edge, type Step } from './control-flow.js';
import { reversePostorder } from './dominators.js';
import { effectOf, runsAtOnce, touchesOf, type Touches } from './guard-effects.js';
import { afterCall, ANY, implied, narrowing, NON_NULLISH, NULL, TRUTHY, UNDEFINED, type CallGuards, type Narrowing, type Possible } from './narrowing.js';
import { BOTTOM, flagsOf, holding, joined, lost, LOST_BY_AWAIT, LOST_BY_CALL, LOST_BY_WRITE, mayBe, narrowed, surely, TESTED_ALWAYS, TESTED_SOMEWHERE, type State } from './guard-state.js';
import { possibleValues } from './possible-values.js';
import { isFunction, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';
import { isWrittenOnce, writesOf, type Write } from './writes.js';

export type { AccessPath } from './access-path.js';
export type { CallGuard, CallGuards } from './narrowing.js';

type Node = TSESTree.Node;

export type Tri = 'yes' | 'no' | 'unknown';

/** Why a fact is not known. */
export type GuardReason =
  | 'no-path' // the subject is no place that can be named twice
  | 'no-place' // the node is evaluated in no function that we follow
  | 'unreachable'
  | 'untested' // nothing on any path speaks of it
  | 'some-paths' // known on some paths only, or only in part
  | 'written' // it was written, or something it depends on was
  | 'await' // it may have changed while the function waited
  | 'call'; // a function that writes it was called

/** What holds for a subject just before a node is evaluated. */
export interface Facts {
  /** `yes` and `no` are proved on every path. */
  readonly nonNullish: Tri;
  readonly defined: Tri;
  readonly notNull: Tri;
  readonly truthy: Tri;
  /** Was it tested, however that came out, since it was last written? `unknown`: on some paths. */
  readonly tested: Tri;
  /** Why `nonNullish` is unknown; `null` where it is known. */
  readonly reason: GuardReason | null;
}

export interface GuardOptions {
  /** Assertions, tests and functions that never return, told apart by the caller: this file knows no library. */
  readonly calls?: CallGuards;
}

/** What holds for a subject (an expression, a variable or a path) when control comes to a node. Never throws. */
export function factsAt(file: SourceFile, node: Node, subject: Node | Variable | AccessPath, options: GuardOptions = {}): Facts {
  const path = asPath(file, subject);
  if (path === null) return unknownFacts('no-path');
  const flow = controlFlowAround(file, node);
  // Laid down without its branches, a flow proves nothing.
  const places = flow === null || flow.approximate ? [] : placesOf(flow, node);
  if (flow === null || places.length === 0) return unknownFacts('no-place');
  const state = guardsOf(file, flow, options.calls ?? NO_CALLS).before(places, path);
  return state === BOTTOM ? unknownFacts('unreachable') : toFacts(state);
}

/**
 * Is the subject protected at the node against being something?
 * - `yes`: on every path it is not that
 * - `no`: it was followed, and on some path nothing rules that out
 * - `unknown`: it cannot be followed
 */
export function isGuarded(file: SourceFile, node: Node, subject: Node | Variable | AccessPath, against: 'nullish' | 'undefined' | 'falsy', options: GuardOptions = {}): Tri {
  const facts = factsAt(file, node, subject, options);
  if (facts.reason === 'no-path' || facts.reason === 'no-place' || facts.reason === 'unreachable') return 'unknown';
  const known = against === 'nullish' ? facts.nonNullish : against === 'undefined' ? facts.defined : facts.truthy;
  return known === 'yes' ? 'yes' : 'no';
}

const NO_CALLS: CallGuards = () => null;
function asPath(file: SourceFile, subject: Node | Variable | AccessPath): AccessPath | null {
  if ('key' in subject && 'roots' in subject) return subject;
  return 'type' in subject ? pathOf(file, subject) : pathOfVariable(file, subject);
}

function unknownFacts(reason: GuardReason): Facts {
  return { nonNullish: 'unknown', defined: 'unknown', notNull: 'unknown', truthy: 'unknown', tested: 'unknown', reason };
}

function toFacts(state: State): Facts {
  const kinds = mayBe(state);
  const answer = (wanted: Possible): Tri => ((kinds & ~wanted) === 0 ? 'yes' : (kinds & wanted) === 0 ? 'no' : 'unknown');
  const nonNullish = answer(NON_NULLISH);
  const tested: Tri = (state & TESTED_ALWAYS) !== 0 ? 'yes' : (state & TESTED_SOMEWHERE) !== 0 ? 'unknown' : 'no';
  const because: GuardReason =
    (state & LOST_BY_AWAIT) !== 0 ? 'await' : (state & LOST_BY_CALL) !== 0 ? 'call' : (state & LOST_BY_WRITE) !== 0 ? 'written' : kinds !== ANY || tested !== 'no' ? 'some-paths' : 'untested';
  return { nonNullish, defined: answer(ANY & ~UNDEFINED), notNull: answer(ANY & ~NULL), truthy: answer(TRUTHY), tested, reason: nonNullish === 'unknown' ? because : null };
}

const GUARDS = Symbol('guards');

function guardsOf(file: SourceFile, flow: ControlFlow, calls: CallGuards): FlowGuards {
  const memo = file.memo(GUARDS, () => new WeakMap<CallGuards, WeakMap<ControlFlow, FlowGuards>>());
  let flows = memo.get(calls);
  if (flows === undefined) memo.set(calls, (flows = new WeakMap()));
  let guards = flows.get(flow);
  if (guards === undefined) flows.set(flow, (guards = new FlowGuards(file, flow, calls)));
  return guards;
}

const MAX_DEPTH = 40;
/** States kept in one flow. */
const MAX_KEPT = 4_000_000;

/** A path followed through one flow: the state before each block, and the steps that change it. */
interface Followed {
  readonly before: Int16Array;
  readonly steps: ReadonlyMap<Block, readonly Step[]>;
}

/** One flow; each path is followed through it on its own, on first question. */
class FlowGuards {
  static #depth = 0;
  readonly #file: SourceFile;
  readonly #flow: ControlFlow;
  readonly #calls: CallGuards;
  readonly #followed = new Map<string, Followed | 'busy'>();
  readonly #writtenAt = new Map<Step, Possible>();
  #touches: Touches | undefined;
  #order: readonly Block[] | undefined;
  /** Position in the order, by block id. */
  #rank: Int32Array | undefined;
  #ends: ReadonlySet<Block> | undefined;

  constructor(file: SourceFile, flow: ControlFlow, calls: CallGuards) {
    this.#file = file;
    this.#flow = flow;
    this.#calls = calls;
  }

  /** The state just before some steps, joined. */
  before(places: readonly Step[], path: AccessPath): State {
    // A value made of a value made of a value: how far back is of no use, and the stack is finite.
    if (FlowGuards.#depth >= MAX_DEPTH) return holding(ANY);
    FlowGuards.#depth++;
    const state = this.#stateBefore(places, path);
    FlowGuards.#depth--;
    return state;
  }

  #stateBefore(places: readonly Step[], path: AccessPath): State {
    const followed = this.#follow(path);
    // A value that depends on itself around a loop.
    if (followed === null) return holding(ANY);
    let state: State = BOTTOM;
    for (const place of places) {
      let here: State = followed.before[place.block.id] ?? BOTTOM;
      for (const step of followed.steps.get(place.block) ?? []) if (here !== BOTTOM && step.index < place.index) here = this.#pass(step, path, here);
      state = joined(state, here);
    }
    return state;
  }

  #follow(path: AccessPath): Followed | null {
    const known = this.#followed.get(path.key);
    if (known !== undefined) return known === 'busy' ? null : known;
    if (this.#followed.size * this.#flow.blocks.length > MAX_KEPT) this.#forget();
    this.#followed.set(path.key, 'busy');
    const touches = (this.#touches ??= touchesOf(this.#file, this.#flow));
    const order = (this.#order ??= reversePostorder(this.#flow.entry));
    const rank = (this.#rank ??= ranksOf(order, this.#flow.blocks.length));
    const steps = this.#stepsFor(path, touches);
    const tests = new Set<Edge>();
    for (const root of path.roots) for (const edge of touches.edges.get(root) ?? []) tests.add(edge);

    const before = new Int16Array(this.#flow.blocks.length).fill(BOTTOM);
    before[this.#flow.entry.id] = this.#atEntry(path);
    const followed: Followed = { before, steps };
    for (let changed = true; changed; ) {
      changed = false;
      for (const block of order) {
        let state: State = before[block.id]!;
        if (state === BOTTOM) continue;
        const own = steps.get(block);
        if (own !== undefined) for (const step of own) state = this.#pass(step, path, state);
        const last = own?.at(-1);
        for (const edge of block.successors) {
          const next = joined(before[edge.to.id]!, this.#along(edge, path, state, tests, last));
          if (next === before[edge.to.id]) continue;
          before[edge.to.id] = next;
          // Blocks further on are still to come in this round.
          changed ||= rank[edge.to.id]! <= rank[block.id]!;
        }
      }
    }
    this.#followed.set(path.key, followed);
    return followed;
  }

  /** Bounds the memory that a huge function with many paths takes. */
  #forget(): void {
    for (const [key, followed] of this.#followed) if (followed !== 'busy') this.#followed.delete(key);
  }

  #stepsFor(path: AccessPath, touches: Touches): Map<Block, Step[]> {
    const steps = new Set<Step>();
    for (const root of path.roots) for (const step of touches.steps.get(root) ?? []) steps.add(step);
    if (this.#isShared(path)) for (const step of touches.awaits) steps.add(step);
    if (this.#foreignWrites(path).length > 0) for (const step of touches.plainCalls) steps.add(step);
    const byBlock = new Map<Block, Step[]>();
    for (const step of steps) {
      const list = byBlock.get(step.block);
      if (list === undefined) byBlock.set(step.block, [step]);
      else list.push(step);
    }
    for (const list of byBlock.values()) list.sort((a, b) => a.index - b.index);
    return byBlock;
  }

  #pass(step: Step, path: AccessPath, state: State): State {
    if (step.kind === 'await') return lost(state, LOST_BY_AWAIT);
    const effect = effectOf(this.#file, step, path);
    switch (effect.is) {
      case 'nothing':
        return step.node.type === 'CallExpression' && this.#isWrittenBy(step.node, path) ? lost(state, LOST_BY_CALL) : state;
      case 'used':
        // Where it was null, an error was thrown, which the graph does not show: errors do not learn from this.
        return (state & ~ANY) | (mayBe(state) & NON_NULLISH || NON_NULLISH);
      case 'lost':
        return lost(state, LOST_BY_WRITE);
      case 'deleted':
        return holding(UNDEFINED);
      case 'put':
        return holding(effect.value === null ? TRUTHY : this.#valueOf(effect.value));
      case 'written': {
        // Kept, since a value that is used twice in the next would be asked for twice as often each time.
        const kinds = this.#writtenAt.get(step) ?? this.#written(effect.target, step);
        this.#writtenAt.set(step, kinds);
        return kinds === ANY ? lost(state, LOST_BY_WRITE) : holding(kinds);
      }
    }
  }

  #along(edge: Edge, path: AccessPath, state: State, tests: ReadonlySet<Edge>, last: Step | undefined): State {
    if (edge.kind === 'throw') return flagsOf(state) | surely(state) | (surely(state) << 4);
    if ((this.#ends ??= this.#endsOf()).has(edge.from)) return BOTTOM;
    let result = state;
    const on = this.#narrowing(path);
    if (last?.node.type === 'CallExpression' && last.index === last.block.steps.length - 1) {
      const told = afterCall(on, last.node);
      if (told !== ANY && told !== 'ends') result = narrowed(result, told) | TESTED_ALWAYS | TESTED_SOMEWHERE;
    }
    if (edge.test === null || !tests.has(edge)) return result;
    const [kinds, other] = this.#told(on, edge, edge.test);
    if (kinds !== ANY || other !== ANY) result |= TESTED_ALWAYS | TESTED_SOMEWHERE;
    result = narrowed(result, kinds);
    return mayBe(result) === 0 ? BOTTOM : result;
  }

  /** Blocks whose last call never returns. */
  #endsOf(): ReadonlySet<Block> {
    const ends = this.#flow.blocks.filter((block) => {
      const node = block.steps.at(-1)?.node;
      return node?.type === 'CallExpression' && this.#calls(node) === 'ends';
    });
    return new Set(ends);
  }

  /** What the edge says, and what the edge for the other outcome would. */
  #told(on: Narrowing, edge: Edge, test: Node): [Possible, Possible] {
    if (edge.kind === 'nullish' || edge.kind === 'non-nullish') {
      const nullish = edge.kind === 'nullish';
      return [implied(on, test, nullish ? NULL | UNDEFINED : NON_NULLISH), implied(on, test, nullish ? NON_NULLISH : NULL | UNDEFINED)];
    }
    const holds = edge.kind === 'true';
    if (test.type !== 'SwitchCase') return [narrowing(on, test, holds), narrowing(on, test, !holds)];
    const parent = test.parent as Node | undefined;
    if (parent?.type !== 'SwitchStatement' || test.test === null) return [ANY, ANY];
    // What `discriminant === test` says, asked without such a node in the tree.
    const equal = { type: 'BinaryExpression', operator: '===', left: parent.discriminant, right: test.test } as unknown as Node;
    return [narrowing(on, equal, holds), narrowing(on, equal, !holds)];
  }

  #narrowing(path: AccessPath): Narrowing {
    const stable = [...path.roots].every((root) => typeof root === 'string' || isWrittenOnce(this.#file, root));
    return { file: this.#file, path, calls: this.#calls, valueOf: (node) => this.#valueOf(node), stable };
  }

  /** What an expression may be, where it stands in this flow. */
  #valueOf(node: Node): Possible {
    return possibleValues(node, (place) => {
      const path = pathOf(this.#file, place);
      const steps = path === null ? [] : placesOf(this.#flow, place).filter((step) => step.block.reachable);
      const state = path === null || steps.length === 0 ? BOTTOM : this.before(steps, path);
      return state === BOTTOM ? ANY : mayBe(state);
    });
  }

  #written(target: Node, step: Step): Possible {
    if (target.type !== 'Identifier') {
      const owner = target.parent as Node | undefined;
      return owner?.type === 'AssignmentExpression' && unwrap(owner.left) === target && /^(?:\|\||&&|\?\?)?=$/.test(owner.operator) ? this.#valueOf(owner.right) : ANY;
    }
    const variable = this.#file.bindings.variableOf(target);
    if (variable === null || variable === 'global') return ANY;
    const write = writesOf(this.#file, variable).find((one) => one.target === target);
    return write === undefined ? ANY : this.#writtenBy(write, step);
  }

  #writtenBy(write: Write, step: Step): Possible {
    const defaulted = (kinds: Possible): Possible => (write.fallback === null ? kinds : (kinds & ~UNDEFINED) | ((kinds & UNDEFINED) !== 0 ? this.#valueOf(write.fallback) : 0));
    switch (write.kind) {
      case 'undefined':
        return UNDEFINED;
      case 'function':
      case 'class':
      case 'enum':
      case 'namespace':
        return TRUTHY;
      case 'compound':
        return NON_NULLISH;
      case 'loop':
        return write.node.type === 'ForInStatement' && write.path.length === 0 ? NON_NULLISH : defaulted(ANY);
      case 'declaration':
      case 'assignment': {
        if (write.value === null) return ANY;
        if (write.path.length === 0) return defaulted(this.#valueOf(write.value));
        let path = pathOf(this.#file, write.value);
        for (const part of write.path) path = path === null || part === null ? null : memberPath(path, String(part));
        const state = path === null ? BOTTOM : this.before([step], path);
        return defaulted(state === BOTTOM ? ANY : mayBe(state));
      }
      default:
        return defaulted(ANY);
    }
  }

  /** What holds when the function is called: what held where a callback was passed, or for ever. */
  #atEntry(path: AccessPath): State {
    const owner = this.#flow.fn;
    if (!isFunction(owner) || owner.type === 'FunctionDeclaration') return holding(ANY);
    if (path.roots.has('this') && owner.type !== 'ArrowFunctionExpression') return holding(ANY);
    const outer = controlFlowAround(this.#file, owner);
    const made = outer === null ? [] : placesOf(outer, owner).filter((step) => step.block.reachable);
    if (outer === null || made.length === 0) return holding(ANY);
    const forEver = path.segments.length === 0 && typeof path.root !== 'string' && isWrittenOnce(this.#file, path.root);
    if (!forEver && !(runsAtOnce(owner) && !this.#isChangedHere(path))) return holding(ANY);
    return guardsOf(this.#file, outer, this.#calls).before(made, path);
  }

  /** A callback that runs often must not see what an earlier run changed. */
  #isChangedHere(path: AccessPath): boolean {
    const touches = (this.#touches ??= touchesOf(this.#file, this.#flow));
    for (const root of path.roots) {
      for (const step of touches.steps.get(root) ?? []) {
        const { is } = effectOf(this.#file, step, path);
        if (is !== 'nothing' && is !== 'used') return true;
      }
    }
    return this.#foreignWrites(path).length > 0;
  }

  /** May others change it while this function waits? */
  #isShared(path: AccessPath): boolean {
    if (path.calls) return true;
    if (path.root === 'this') return path.segments.length > 0;
    if (typeof path.root === 'string') return false;
    const outside = this.#isOutside(path.root);
    return (outside && path.segments.length > 0) || this.#foreignWrites(path).length > 0;
  }

  #isOutside(root: PathRoot): boolean {
    return typeof root !== 'string' && !writesOf(this.#file, root).some((write) => this.#flow.stepsOf(write.target).length > 0);
  }

  /** Writes of a variable it depends on, in other functions, besides its definition. */
  #foreignWrites(path: AccessPath): Write[] {
    const foreign: Write[] = [];
    for (const root of path.roots) {
      if (typeof root === 'string' || isWrittenOnce(this.#file, root)) continue;
      for (const write of writesOf(this.#file, root)) {
        if (write.kind !== 'declaration' && write.kind !== 'undefined' && write.kind !== 'parameter' && this.#flow.stepsOf(write.target).length === 0) foreign.push(write);
      }
    }
    return foreign;
  }

  /** Does this call run a function of the file that writes what the path depends on? */
  #isWrittenBy(call: TSESTree.CallExpression, path: AccessPath): boolean {
    const callee = unwrap(call.callee);
    const variable = callee.type === 'Identifier' ? this.#file.bindings.variableOf(callee) : null;
    if (variable === null || variable === 'global') return false;
    const foreign = this.#foreignWrites(path);
    return foreign.length > 0 && writesOf(this.#file, variable).some(({ node, value }) => {
      const [start, end] = (value ?? node).range;
      return foreign.some(({ target }) => target.range[0] >= start && target.range[1] <= end);
    });
  }
}

function ranksOf(order: readonly Block[], blocks: number): Int32Array {
  const rank = new Int32Array(blocks);
  order.forEach((block, i) => (rank[block.id] = i));
  return rank;
}
