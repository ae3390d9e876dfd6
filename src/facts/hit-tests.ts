import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type Block, type ControlFlow, type Edge } from '../analysis/control-flow.js';
import { constantCondition, literalKinds, NULL, UNDEFINED } from '../analysis/narrowing.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, enclosingFunction, parentThroughWrappers, unwrap } from '../analysis/syntax.js';
import type { CacheAccess } from './cache-access.js';
import { mentions, type Held, type ReadValue } from './read-values.js';

type Node = TSESTree.Node;

/** What a test asks of the value: whether it is truthy; null; undefined; either of these. */
export type HitForm = 'truthy' | 'null' | 'undefined' | 'nullish';

/** A condition that tells a hit from a miss. */
export interface HitTest {
  /** The condition; of `a || b` and `a ?? b` the left side. */
  readonly node: Node;
  readonly subject: Held;
  readonly form: HitForm;
  readonly hit: readonly Edge[];
  readonly miss: readonly Edge[];
  /** `cached ?? load()`: the operator, where the test is one. */
  readonly operator: '||' | '??' | null;
}

export interface HitTests {
  readonly tests: readonly HitTest[];
  /** Conditions that look into the value: its length, its properties, what a predicate says of it. */
  readonly looksInside: boolean;
  readonly flow: ControlFlow;
}

/** The conditions on the value of a read, in the function that reads. */
export function hitTestsOf(access: CacheAccess, value: ReadValue): HitTests {
  const { file, node } = access;
  const flow = controlFlow(file, enclosingFunction(node));
  const tests: HitTest[] = [];
  let looksInside = value.checked;
  const all = testsOf(flow);
  // In a function too large to be walked for every read nothing is said.
  if (flow.allowance.left < 0) return { tests, looksInside: true, flow };
  for (const test of testsAbout(file, all, value)) {
    const edges = all.edges.get(test)!;
    const verdict = classify(file, test, value, edges);
    if (verdict === 'property') continue;
    if (verdict === null) {
      if (mentions(test, value)) looksInside = true;
      continue;
    }
    const missKinds = verdict.positive ? ['false', 'nullish'] : ['true'];
    const miss = edges.filter((edge) => missKinds.includes(edge.kind));
    const hit = edges.filter((edge) => !missKinds.includes(edge.kind));
    tests.push({ node: test, subject: verdict.subject, form: verdict.form, hit, miss, operator: verdict.operator });
  }
  return { tests, looksInside, flow };
}

/** Going through something asks nothing of it. */
const NO_QUESTIONS: ReadonlySet<string> = new Set(['SwitchCase', 'ForOfStatement', 'ForInStatement']);

interface Tests {
  readonly edges: ReadonlyMap<Node, readonly Edge[]>;
  /** Those that are a name: what it stands for may be a condition. */
  readonly names: ReadonlySet<Node>;
  readonly order: ReadonlyMap<Node, number>;
}

const TESTS = new WeakMap<ControlFlow, Tests>();

function testsOf(flow: ControlFlow): Tests {
  let known = TESTS.get(flow);
  if (known === undefined) {
    const edges = edgesByTest(flow);
    const all = [...edges.keys()];
    TESTS.set(flow, (known = { edges, names: new Set(all.filter((test) => unwrap(test).type === 'Identifier')), order: new Map(all.map((test, index) => [test, index])) }));
  }
  return known;
}

/** The tests in which the value stands, and those by names of conditions, in the order of the graph. */
function testsAbout(file: SourceFile, { edges, names, order }: Tests, value: ReadValue): readonly Node[] {
  const found = new Set<Node>([...names].filter((test) => aliased(file, test) !== null));
  for (const { node } of value.places) {
    // A test is an expression: the statement ends the search.
    for (let part: Node | undefined = node; part != null && !/Statement$|Declaration$/.test(part.type); part = part.parent) if (edges.has(part)) found.add(part);
  }
  return [...found].sort((a, b) => order.get(a)! - order.get(b)!);
}

function edgesByTest(flow: ControlFlow): ReadonlyMap<Node, readonly Edge[]> {
  const found = new Map<Node, Edge[]>();
  for (const block of flow.blocks) {
    if (!block.reachable) continue;
    for (const edge of block.successors) {
      if (edge.test === null || edge.kind === 'throw' || NO_QUESTIONS.has(edge.test.type)) continue;
      const list = found.get(edge.test);
      if (list === undefined) found.set(edge.test, [edge]);
      else list.push(edge);
    }
  }
  return found;
}

interface Verdict {
  readonly subject: Held;
  readonly form: HitForm;
  /** The test holds on a hit. */
  readonly positive: boolean;
  readonly operator: '||' | '??' | null;
}

/** `property`: only an optional chain, which asks nothing of the entry. `null`: some other question. */
function classify(file: SourceFile, test: Node, value: ReadValue, edges: readonly Edge[]): Verdict | 'property' | null {
  const inner = unwrap(test);
  const operator = operatorOf(test);
  if (edges.some((edge) => edge.kind === 'nullish' || edge.kind === 'non-nullish')) {
    const subject = placeAt(inner, value);
    if (operator !== '??') return 'property';
    return subject === null ? null : { subject, form: 'nullish', positive: true, operator };
  }
  return plainTest(file, inner, value, operator);
}

function plainTest(file: SourceFile, inner: Node, value: ReadValue, operator: Verdict['operator']): Verdict | null {
  const subject = placeAt(inner, value);
  if (subject !== null) return { subject, form: 'truthy', positive: true, operator };
  switch (inner.type) {
    case 'BinaryExpression':
      return comparison(inner, value);
    case 'CallExpression': {
      const first = inner.arguments[0];
      const held = describe(inner.callee) === 'Boolean' && first !== undefined ? placeAt(unwrap(first), value) : null;
      return held === null ? null : { subject: held, form: 'truthy', positive: true, operator: null };
    }
    case 'UnaryExpression': {
      if (inner.operator !== '!') return null;
      const verdict = plainTest(file, unwrap(inner.argument), value, null);
      return verdict === null ? null : { ...verdict, positive: !verdict.positive };
    }
    case 'AssignmentExpression': {
      const held = inner.operator === '=' ? placeAt(unwrap(inner.right), value) : null;
      return held === null ? null : { subject: held, form: 'truthy', positive: true, operator: null };
    }
    case 'Identifier': {
      const condition = constantCondition(file, inner);
      return condition === null ? null : plainTest(file, unwrap(condition), value, null);
    }
    default:
      return null;
  }
}

/** `const hit = cached !== null` behind a name. */
function aliased(file: SourceFile, test: Node): Node | null {
  const inner = unwrap(test);
  return inner.type === 'Identifier' ? constantCondition(file, inner) : null;
}

function comparison(test: TSESTree.BinaryExpression, value: ReadValue): Verdict | null {
  const equal = test.operator === '===' || test.operator === '==';
  if (!equal && test.operator !== '!==' && test.operator !== '!=') return null;
  for (const [one, other] of [[test.left, test.right], [test.right, test.left]] as const) {
    const subject = placeAt(unwrap(one), value);
    if (subject !== null) {
      const form = nullForm(unwrap(other), test.operator.length === 3);
      return form === null ? null : { subject, form, positive: !equal, operator: null };
    }
    const typed = unwrap(one);
    if (typed.type === 'UnaryExpression' && typed.operator === 'typeof') {
      const held = placeAt(unwrap(typed.argument), value);
      const word = unwrap(other);
      if (held !== null && word.type === 'Literal' && word.value === 'undefined') return { subject: held, form: 'undefined', positive: !equal, operator: null };
    }
  }
  return null;
}

function nullForm(node: Node, strict: boolean): HitForm | null {
  const kinds = literalKinds(node);
  if (kinds !== NULL && kinds !== UNDEFINED) return null;
  return strict ? (kinds === NULL ? 'null' : 'undefined') : 'nullish';
}

function placeAt(node: Node, value: ReadValue): Held | null {
  return value.places.find((place) => unwrap(place.node) === node) ?? null;
}

/** The operator that the test is the left side of. */
function operatorOf(test: Node): '||' | '??' | null {
  const parent = parentThroughWrappers(test);
  if (parent?.type !== 'LogicalExpression' || unwrap(parent.left) !== unwrap(test)) return null;
  return parent.operator === '&&' ? null : parent.operator;
}

const NONE: ReadonlySet<Block> = new Set();

/** Blocks that run after one outcome and not after the other, unless the entry is read again. */
export function onlyAfter(flow: ControlFlow, edges: readonly Edge[], others: readonly Edge[], read: Node): ReadonlySet<Block> {
  const again = new Set(placesOf(flow, read).map((step) => step.block));
  const reached = blocksFrom(flow, edges, again);
  for (const block of blocksFrom(flow, others, again)) reached.delete(block);
  return flow.allowance.left < 0 ? NONE : reached;
}

/** Where control goes after a test, until the entry is read again. */
export interface Ways {
  readonly afterHit: ReadonlySet<Block>;
  readonly afterMiss: ReadonlySet<Block>;
  readonly again: ReadonlySet<Block>;
}

export function waysOf(flow: ControlFlow, test: HitTest, read: Node): Ways {
  const again = new Set(placesOf(flow, read).map((step) => step.block));
  const ways = { afterHit: blocksFrom(flow, test.hit, again), afterMiss: blocksFrom(flow, test.miss, again), again };
  // A walk that was not allowed to end proves nothing.
  return flow.allowance.left < 0 ? { ...ways, afterMiss: NONE } : ways;
}

/**
 * Can a hit come to a place, where no miss comes, from which there is no way to this node any more? What
 * runs because something failed is no such place.
 */
export function passesBy(flow: ControlFlow, test: HitTest, { afterMiss, again }: Ways, node: Node): boolean {
  const wanted = new Set(placesOf(flow, node).map((step) => step.block));
  for (const block of blocksFrom(flow, test.hit, again, (edge) => edge.kind !== 'throw')) {
    if (afterMiss.has(block) || block === flow.thrown || wanted.has(block)) continue;
    if (flow.allowance.left >= 0 && ![...blocksFrom(flow, block.successors, again)].some((next) => wanted.has(next))) return true;
  }
  return false;
}

function blocksFrom({ allowance }: ControlFlow, edges: readonly Edge[], until: ReadonlySet<Block>, goes: (edge: Edge) => boolean = () => true): Set<Block> {
  const seen = new Set<Block>();
  const work = edges.filter(goes).map((edge) => edge.to);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (seen.has(block) || until.has(block)) continue;
    seen.add(block);
    if (--allowance.left < 0) break;
    for (const edge of block.successors) if (goes(edge)) work.push(edge.to);
  }
  return seen;
}

/** Does a node run in one of these blocks? */
export function runsIn(flow: ControlFlow, node: Node, blocks: ReadonlySet<object>): boolean {
  return placesOf(flow, node).some((step) => blocks.has(step.block));
}
