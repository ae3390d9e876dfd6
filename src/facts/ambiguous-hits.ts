import type { TSESTree } from '@typescript-eslint/types';
import type { Block, ControlFlow } from '../analysis/control-flow.js';
import { NULL, UNDEFINED } from '../analysis/narrowing.js';
import type { SourceFile } from '../analysis/source-file.js';
import { outermost, unwrap } from '../analysis/syntax.js';
import type { Place } from '../analysis/value.js';
import { cacheAccesses, sameEntry, storedAs, type CacheAccess, type MissingAnswer } from './cache-access.js';
import { hitTestsOf, onlyAfter, runsIn, type HitTest, type HitTests } from './hit-tests.js';
import { followRead, type ReadValue } from './read-values.js';
import { storedValueOf, typeKind, type Falsy, type StoredValue } from './stored-values.js';

type Node = TSESTree.Node;

/**
 * How a hit test fails to tell a hit from a miss.
 * - `empty`: the command answers an empty object or list for a missing key, which is neither null nor falsy
 * - `other-null`: the miss is null and the test asks for undefined, or the other way round
 * - `stored-null`: what the miss path stores may be null, and its text is a hit
 * - `stored-empty`: an empty default that stands in for nothing is stored and served
 * - `falsy`: what is stored may be false, 0, '' or null, which the test takes for a miss
 * - `possible`: what is stored was looked at by nobody, nor is what is served
 */
export type Ambiguity = 'empty' | 'other-null' | 'stored-null' | 'stored-empty' | 'falsy' | 'possible';

/** A hit test that cannot tell. */
export interface AmbiguousHit {
  readonly kind: Ambiguity;
  readonly test: HitTest;
  readonly read: CacheAccess;
  readonly value: ReadValue;
  /** What the read answers on a miss, or what is stored: `object` is one around the value. */
  readonly is: '{}' | '[]' | '[null]' | 'object' | 'null' | 'undefined' | Falsy;
  /** The write on the miss path. */
  readonly write: CacheAccess | null;
  /** Where the value that cannot be told from a miss comes from. */
  readonly origin: Place | null;
}

const MEMO = Symbol('ambiguous-hits');

/** The hit tests of a file that cannot tell a hit from a miss, at most one for each read. */
export function ambiguousHits(file: SourceFile): readonly AmbiguousHit[] {
  return file.memo(MEMO, () => {
    const accesses = cacheAccesses(file);
    const found: AmbiguousHit[] = [];
    for (const read of accesses) {
      if (read.role !== 'read' || read.missing === null) continue;
      const value = followRead(file, read.node, read.missing.nullish);
      const hit = judge(read, value, hitTestsOf(read, value), accesses);
      if (hit !== null) found.push(hit);
    }
    return found;
  });
}

function judge(read: CacheAccess, value: ReadValue, found: HitTests, accesses: readonly CacheAccess[]): AmbiguousHit | null {
  const { tests, flow } = found;
  if (tests.length === 0 || flow.approximate) return null;
  return alwaysThere(read, value, found) ?? otherNull(read, value, found) ?? byWhatIsStored(read, value, found, accesses);
}

/** The test can never come out as a miss. */
function alwaysThere(read: CacheAccess, value: ReadValue, { tests, looksInside, flow }: HitTests): AmbiguousHit | null {
  const instead = read.missing!.instead;
  if (instead === null || looksInside || value.lost) return null;
  // Of what was parsed or defaulted, nothing is known.
  const test = tests.find((one) => one.subject.level === 'raw' && !isMerged(one.subject.node));
  if (test === undefined) return null;
  const miss = onlyAfter(flow, test.miss, test.hit, read.node);
  const hit = onlyAfter(flow, test.hit, test.miss, read.node);
  if (!doesSomethingElse(flow, miss, hit, instead) && !givesSomethingElse(test.node, instead)) return null;
  return { kind: 'empty', test, read, value, is: instead, write: null, origin: null };
}

function isMerged(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'ConditionalExpression' || inner.type === 'LogicalExpression';
}

/** Would the way of a miss do anything that an empty answer does not? For a list, going through nothing is the same. */
function doesSomethingElse(flow: ControlFlow, miss: ReadonlySet<Block>, hit: ReadonlySet<Block>, instead: NonNullable<MissingAnswer['instead']>): boolean {
  for (const block of miss) {
    if (block === flow.exit || block === flow.thrown) continue;
    for (const { node, kind } of block.steps) {
      if (kind === 'jump' && node.type === 'ThrowStatement') return true;
      if (kind === 'await') return true;
      if (kind === 'jump' && node.type === 'ReturnStatement') {
        if (instead !== '[]') return true;
        const argument = node.argument === null ? null : unwrap(node.argument);
        // An item of an empty list is no reason to give nothing: what is made of it is given.
        if (argument === null ? givesItem(hit) : !isEmptyList(argument) && !isEmptyMade(argument)) return true;
      }
    }
  }
  return false;
}

/** Does a hit give back what is worked out of the list, and not the list itself or one made of it? */
function givesItem(hit: ReadonlySet<Block>): boolean {
  return [...hit].some(({ steps }) => steps.some(({ node, kind }) => {
    if (kind !== 'jump' || node.type !== 'ReturnStatement' || node.argument === null) return false;
    const { type } = unwrap(node.argument);
    return type !== 'ArrayExpression' && type !== 'AwaitExpression' && type !== 'CallExpression' && !isEmptyMade(unwrap(node.argument));
  }));
}

/** `entry ? new User(entry) : null`: the other branch is not what an empty answer gives. */
function givesSomethingElse(test: Node, instead: NonNullable<MissingAnswer['instead']>): boolean {
  let condition = outermost(test);
  while (condition.parent?.type === 'UnaryExpression') condition = outermost(condition.parent);
  const parent = condition.parent as Node | undefined;
  if (instead === '[]' || parent?.type !== 'ConditionalExpression' || parent.test !== condition) return false;
  return ![parent.consequent, parent.alternate].some((one) => isEmptyMade(unwrap(one)) || isEmptyList(unwrap(one)));
}

function isEmptyList(node: Node): boolean {
  return node.type === 'ArrayExpression' && node.elements.length === 0;
}

/** `new Map()`, `new Set()`, `0`, `false`: what counting or going through an empty list gives. */
function isEmptyMade(node: Node): boolean {
  if (node.type === 'NewExpression') return node.arguments.length === 0;
  if (node.type === 'ObjectExpression') return node.properties.length === 0;
  return node.type === 'Literal' && (node.value === 0 || node.value === false || node.value === '');
}

/** `=== undefined` where the miss is null: every read is a hit. */
function otherNull(read: CacheAccess, value: ReadValue, { tests, looksInside, flow }: HitTests): AmbiguousHit | null {
  if (looksInside || value.lost || value.caught.length > 0 || read.through.length > 1) return null;
  const [test] = tests;
  if (test === undefined || !tests.every((one) => one.form === test.form && one.subject.missing === test.subject.missing)) return null;
  const wrong = (test.form === 'null' && test.subject.missing === UNDEFINED) || (test.form === 'undefined' && test.subject.missing === NULL);
  if (!wrong) return null;
  const miss = onlyAfter(flow, test.miss, test.hit, read.node);
  if (![...miss].some((block) => block !== flow.exit && block.steps.length > 0)) return null;
  return { kind: 'other-null', test, read, value, is: test.subject.missing === NULL ? 'null' : 'undefined', write: null, origin: null };
}

function byWhatIsStored(read: CacheAccess, value: ReadValue, { tests, looksInside, flow }: HitTests, accesses: readonly CacheAccess[]): AmbiguousHit | null {
  if (looksInside || value.lost) return null;
  const typed = typeOfRead(read);
  for (const test of tests) {
    const miss = onlyAfter(flow, test.miss, test.hit, read.node);
    const write = accesses.find((access) => access.role === 'write' && access.file === read.file && sameEntry(read, access) && runsIn(flow, access.node, miss));
    if (write?.value == null) continue;
    const { file, node } = write.value;
    const { expression, stringified } = storedAs(file, node);
    const stored = storedValueOf(file, expression);
    const about = { test, read, value, write };
    const text = read.holds === 'text';
    if (text && !stringified) {
      // A text is only falsy where it is empty.
      if (test.form === 'truthy' && stored.falsy === "''") return { ...about, kind: 'falsy', is: "''", origin: null };
      continue;
    }
    const atText = text && test.subject.level === 'raw';
    const verdict = atText ? asText(stored) : asValue(stored, test, typed);
    if (verdict !== null) return { ...about, ...verdict };
    if (atText && servesParsed(value) && stored.unchecked) return { ...about, kind: 'possible', is: 'null', origin: null };
  }
  return null;
}

/** The text of null is a hit, whatever the test asks. */
function asText(stored: StoredValue): Pick<AmbiguousHit, 'kind' | 'is' | 'origin'> | null {
  if (stored.nullish?.form === 'null') return { kind: 'stored-null', is: stored.nullish.form, origin: stored.nullish.place };
  if (stored.emptyDefault !== null) return { kind: 'stored-empty', is: stored.emptyDefault.form, origin: stored.emptyDefault.place };
  return null;
}

function asValue(stored: StoredValue, test: HitTest, typed: ReturnType<typeof typeKind>): Pick<AmbiguousHit, 'kind' | 'is' | 'origin'> | null {
  if (stored.nullish?.form === 'null' && (test.form === 'truthy' || test.form === 'nullish')) return { kind: 'falsy', is: stored.nullish.form, origin: stored.nullish.place };
  if (stored.emptyDefault !== null) return { kind: 'stored-empty', is: stored.emptyDefault.form, origin: stored.emptyDefault.place };
  if (test.form !== 'truthy') return null;
  const falsy: Falsy | null = stored.falsy ?? (typed === 'boolean' && stored.kind === 'unknown' && !stored.present ? 'false' : null);
  return falsy === null ? null : { kind: 'falsy', is: falsy, origin: null };
}

/** `cache.get<boolean>(key)`, and `new LRUCache<string, boolean>(…)`. */
function typeOfRead({ node, operation, through }: CacheAccess): ReturnType<typeof typeKind> {
  const own = node.type === 'TaggedTemplateExpression' ? 'unknown' : typeKind(node.typeArguments?.params[0]);
  const made = operation.instance?.made?.node;
  return own === 'unknown' && through.length === 0 && made?.type === 'NewExpression' ? typeKind(made.typeArguments?.params[1]) : own;
}

/** What was parsed is handed on as it is. */
function servesParsed(value: ReadValue): boolean {
  return value.returned.some((held) => held.level === 'parsed');
}
