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
  for (const [test, edges] of edgesByTest(flow)) {
    if (!mentions(test, value) && aliased(file, test) === null) continue;
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

function edgesByTest(flow: ControlFlow): ReadonlyMap<Node, Edge[]> {
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

/** Blocks that run after one outcome and not after the other, unless the entry is read again. */
export function onlyAfter(flow: ControlFlow, edges: readonly Edge[], others: readonly Edge[], read: Node): ReadonlySet<Block> {
  const again = new Set(placesOf(flow, read).map((step) => step.block));
  const reached = blocksFrom(edges, again);
  for (const block of blocksFrom(others, again)) reached.delete(block);
  return reached;
}

/** Where control goes after a test, until the entry is read again. */
export interface Ways {
  readonly afterHit: ReadonlySet<Block>;
  readonly afterMiss: ReadonlySet<Block>;
  readonly again: ReadonlySet<Block>;
}

export function waysOf(flow: ControlFlow, test: HitTest, read: Node): Ways {
  const again = new Set(placesOf(flow, read).map((step) => step.block));
  return { afterHit: blocksFrom(test.hit, again), afterMiss: blocksFrom(test.miss, again), again };
}

/**
 * Can a hit come to a place, where no miss comes, from which there is no way to this node any more? What
 * runs because something failed is no such place.
 */
export function passesBy(flow: ControlFlow, test: HitTest, { afterMiss, again }: Ways, node: Node): boolean {
  const wanted = new Set(placesOf(flow, node).map((step) => step.block));
  for (const block of blocksFrom(test.hit, again, (edge) => edge.kind !== 'throw')) {
    if (afterMiss.has(block) || block === flow.thrown || wanted.has(block)) continue;
    if (![...blocksFrom(block.successors, again)].some((next) => wanted.has(next))) return true;
  }
  return false;
}

function blocksFrom(edges: readonly Edge[], until: ReadonlySet<Block>, goes: (edge: Edge) => boolean = () => true): Set<Block> {
  const seen = new Set<Block>();
  const work = edges.filter(goes).map((edge) => edge.to);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (seen.has(block) || until.has(block)) continue;
    seen.add(block);
    for (const edge of block.successors) if (goes(edge)) work.push(edge.to);
  }
  return seen;
}

/** Does a node run in one of these blocks? */
export function runsIn(flow: ControlFlow, node: Node, blocks: ReadonlySet<object>): boolean {
  return placesOf(flow, node).some((step) => blocks.has(step.block));
}
