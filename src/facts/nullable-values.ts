import type { TSESTree } from '@typescript-eslint/types';
import { pathOf } from '../analysis/access-path.js';
import { factsAt } from '../analysis/guards.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingFunction, memberName, unwrap } from '../analysis/syntax.js';
import { COUNTS } from '../models/builtins.js';
import { tsconfigOf } from '../project/tsconfig.js';
import { constantForm } from './constant-form.js';
import { errorResponses } from './error-responses.js';
import { isBuiltCode } from './built-code.js';
import { isFoundMissing } from './found-missing.js';
import { halfOptionalChains } from './half-optional-chains.js';
import { callGuardsOf, guardedAt, mayTest } from './null-guards.js';
import { nullableBuiltins } from './nullable-builtins.js';
import { flowOf, type NullableFlow } from './nullable-flow.js';
import { nullableResults } from './nullable-results.js';
import type { Dereference, NullableKind, NullableSource } from './nullable-source.js';

/** What became of a source: where it is first used although it may be missing. */
export interface NullableUse {
  readonly source: NullableSource;
  /** The first place that fails. */
  readonly at: Dereference;
  /**
   * - `unguarded`: nothing on some path to it rules out null
   * - `guarded`: something does, wherever it is used
   * - `unknown`: it cannot be followed
   */
  readonly verdict: 'unguarded' | 'guarded' | 'unknown';
  /** Is the value tested somewhere, though not on every path to the use? Guards may correlate. */
  readonly tested: boolean;
  /** `!` or a cast says that it is there. */
  readonly asserted: boolean;
  /** Types report it already. */
  readonly byTypes: boolean;
}

const WORDS: Readonly<Partial<Record<NullableKind, RegExp>>> = {
  chain: /\?\.[^\d]/,
  member: /\?\.[^\d]/,
  lookup: /\.(?:get|find|findLast|pop|shift|at)\(/,
  match: /\.(?:match|exec)\(/,
  env: /\.env\b/,
  web: /\.(?:get|getItem|header)\(/,
  reduce: /\.reduce(?:Right)?\b/,
};

/** Can a text hold a source of these kinds that needs no client? Most texts hold none. */
export function mayBeNull(text: string, kinds: ReadonlySet<NullableKind>): boolean {
  if (isBuiltCode(text)) return false;
  for (const kind of kinds) if (WORDS[kind]?.test(text) === true) return true;
  return false;
}

const MEMO = Symbol('nullable uses');

/**
 * What may be missing in a file, and where it is used first.
 * @param callsOut `false`: nothing of modelled clients is looked for
 */
export function nullableUses(file: SourceFile, kinds: ReadonlySet<NullableKind>, callsOut: boolean): readonly NullableUse[] {
  const memo = file.memo(MEMO, () => new Map<string, readonly NullableUse[]>());
  const key = [...kinds].sort().join();
  let uses = memo.get(key);
  if (uses === undefined) memo.set(key, (uses = find(file, kinds, callsOut)));
  return uses;
}

function find(file: SourceFile, kinds: ReadonlySet<NullableKind>, callsOut: boolean): readonly NullableUse[] {
  const any = (...some: readonly NullableKind[]): boolean => some.some((kind) => kinds.has(kind));
  const sources: NullableSource[] = [];
  if (callsOut && any('row', 'record', 'function')) sources.push(...nullableResults(file));
  if (callsOut && kinds.has('response')) sources.push(...errorResponses(file));
  if (any('chain', 'member')) sources.push(...halfOptionalChains(file, kinds));
  if (any('lookup', 'match', 'env', 'web', 'reduce')) sources.push(...nullableBuiltins(file));
  const uses: NullableUse[] = [];
  for (const source of sources) if (kinds.has(source.kind)) uses.push(...usesOf(file, source));
  return distinct(file, uses.sort((a, b) => a.at.node.range[0] - b.at.node.range[0]));
}

/** One place, one report; and one for all places of a function that take the first item of the same list. */
function distinct(file: SourceFile, uses: readonly NullableUse[]): readonly NullableUse[] {
  const seen = new Set<unknown>();
  const lists = new WeakMap<object, Set<string>>();
  return uses.filter((use) => {
    if (use.verdict !== 'unguarded') return true;
    if (seen.has(use.at.node)) return false;
    seen.add(use.at.node);
    const key = use.source.kind === 'chain' ? pathOf(file, use.source.node)?.key : undefined;
    if (key === undefined) return true;
    const owner = enclosingFunction(use.source.node);
    const known = lists.get(owner) ?? new Set();
    lists.set(owner, known);
    return !known.has(key) && known.add(key) !== null;
  });
}

/** One source, one use: the first that is not guarded. */
function usesOf(file: SourceFile, source: NullableSource): NullableUse[] {
  const flow = source.kind === 'reduce' ? ITSELF(source) : flowOf(file, source);
  const judged = [...flow.dereferences]
    .sort((a, b) => a.value.range[1] - b.value.range[1])
    .map((at): NullableUse => ({ source, at, verdict: verdictOf(file, source, at, flow), tested: isTested(file, source, at, flow), asserted: at.asserted, byTypes: isTyped(file, source, at) }));
  const first = judged.find((use) => use.verdict === 'unguarded' && !use.asserted) ?? judged.find((use) => use.verdict === 'unguarded') ?? judged[0];
  return first === undefined ? [] : [first];
}

/** `list.reduce(f)` fails by itself; what guards it is a test of its list. */
const ITSELF = (source: NullableSource): NullableFlow => {
  const call = source.node as TSESTree.CallExpression;
  return { dereferences: [{ value: call, node: call, how: 'itself', asserted: false, held: null, containers: source.containers ?? [] }], tested: false, holders: new Set(), counts: [] };
};

/** Is something asked of it anywhere? Not where the answer is that it is missing, and it is used at once. */
function isTested(file: SourceFile, source: NullableSource, at: Dereference, flow: NullableFlow): boolean {
  const tested = flow.tested || isRepeated(file, source) || isMeasured(file, source) || isAskedAbout(file, source);
  return tested && !(flow.tested && isFoundMissing(file, at, flow.holders));
}

function verdictOf(file: SourceFile, source: NullableSource, at: Dereference, flow: NullableFlow): NullableUse['verdict'] {
  if (isFallenBackFrom(file, at)) return 'guarded';
  const value = unwrap(at.value);
  const guarded = guardedAt(file, value, at.value, source.value, at.containers, flow.counts);
  if (guarded === 'yes') return 'guarded';
  if (guarded === 'no') return flow.tested && isWrittenAgain(file, at) && !isFoundMissing(file, at, flow.holders) ? 'unknown' : 'unguarded';
  // What has no name cannot have been tested by it, unless it is not reached at all.
  const { reason } = factsAt(file, value, at.value, { calls: callGuardsOf(file) });
  return reason === 'no-path' && pathOf(file, value) === null ? 'unguarded' : 'unknown';
}

/** It stands in a `try` whose `catch` does not look at the error and answers a constant: that is for the TypeError, too. */
function isFallenBackFrom(file: SourceFile, { node }: Dereference): boolean {
  const statement = file.index.tries.findLast((one) => isInside(node, one.block) && enclosingFunction(one) === enclosingFunction(node));
  const handler = statement?.handler ?? null;
  if (handler === null || handler.param != null) return false;
  const [only, ...more] = handler.body.body;
  return more.length === 0 && only?.type === 'ReturnStatement' && constantForm(file, only.argument) !== null;
}

/** Another write reaches the place as well, after a test: `if (!x) x = make()`. */
function isWrittenAgain(file: SourceFile, at: Dereference): boolean {
  const value = unwrap(at.value);
  return value.type === 'Identifier' && reachingWrites(file, value).writes.length > 1;
}

/** The same expression is written again in its function, and not to be used at once: `s.match(re) ? s.match(re)[1] : null`. */
function isRepeated(file: SourceFile, source: NullableSource): boolean {
  if (source.node.type !== 'CallExpression' && source.kind !== 'env') return false;
  const owner = enclosingFunction(source.node);
  const written = file.text.slice(source.node.range[0], source.node.range[1]);
  const around = file.text.slice(owner.range[0], owner.range[1]);
  return around.split(written).slice(1).filter((after) => !USED_AT_ONCE.test(after)).length > (USED_AT_ONCE.test(file.text.slice(source.node.range[1])) ? 0 : 1);
}

/** What stands behind an expression of which a member is read: `(await find(key)).name`. */
const USED_AT_ONCE = /^\)*!?\s*[.[]/;

/** The list of which the first item is taken is measured in the same function, or read with a guard. */
function isMeasured(file: SourceFile, { node, containers }: NullableSource): boolean {
  const keys = new Set((containers ?? []).map((container) => pathOf(file, container)?.key).filter((key) => key !== undefined));
  if (keys.size === 0) return false;
  const { range } = enclosingFunction(node);
  const members = membersByObject(file);
  const inside = (member: TSESTree.MemberExpression): boolean => member.range[0] >= range[0] && member.range[1] <= range[1];
  const measures = (member: TSESTree.MemberExpression): boolean => {
    // The call itself measures nothing.
    if (node.type === 'CallExpression' && member === unwrap(node.callee)) return false;
    const name = memberName(member);
    return name !== null && (COUNTS.includes(name) || /^(?:some|every|includes|find|findIndex)$/.test(name));
  };
  for (const key of keys) if (members.get(key)?.some((member) => inside(member) && measures(member)) === true) return true;
  const own = pathOf(file, node)?.key;
  return own !== undefined && members.get(own)?.some((member) => member.optional && inside(member)) === true;
}

/** `Long.isLong(a?.at) ? a?.at.toNumber() : 0`, `const isMedia = isMedia(body.message)`: a call whose name tests asks about the very place. */
function isAskedAbout(file: SourceFile, { kind, node }: NullableSource): boolean {
  if (kind !== 'member') return false;
  const places = new Set<string>();
  for (let part: TSESTree.Node = unwrap(node); part.type === 'MemberExpression'; part = unwrap(part.object)) {
    const key = pathOf(file, part)?.key;
    if (key !== undefined) places.add(key);
  }
  const { range } = enclosingFunction(node);
  return file.index.calls.some((call) => call.range[0] >= range[0] && call.range[1] <= range[1] && mayTest(call) && call.arguments.some((argument) => {
    const key = pathOf(file, argument)?.key;
    return key !== undefined && places.has(key);
  }));
}

const MEMBERS = Symbol('members by object');

/** Member accesses by the place that they read from. */
function membersByObject(file: SourceFile): ReadonlyMap<string, readonly TSESTree.MemberExpression[]> {
  return file.memo(MEMBERS, () => {
    const groups = new Map<string, TSESTree.MemberExpression[]>();
    for (const member of file.index.members) {
      const key = pathOf(file, member.object)?.key;
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [member]);
      else group.push(member);
    }
    return groups;
  });
}

/** Does the compiler report it where null checks are strict? What is read by index it takes to be there. */
function isTyped(file: SourceFile, source: NullableSource, at: Dereference): boolean {
  if (!/\.[cm]?tsx?$/.test(file.path)) return false;
  // The type of a chain holds the undefined of its other links.
  if (file.types !== null && source.kind !== 'chain') {
    const nullish = file.types.canBeNullish(at.value);
    return nullish === true || (nullish === false && source.typed && !at.asserted);
  }
  const config = tsconfigOf(file.path);
  if (config?.strictNulls === false) return false;
  if (source.typed) return !at.asserted;
  return config?.checkedIndex === true && source.kind !== 'response' && !at.asserted;
}
