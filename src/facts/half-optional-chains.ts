import type { TSESTree } from '@typescript-eslint/types';
import { pathOf } from '../analysis/access-path.js';
import { evaluate } from '../analysis/evaluate.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, isOptionalUpTo, memberName, rootOf, unwrap } from '../analysis/syntax.js';
import { NEVER_EMPTY_MEMBERS } from '../models/builtins.js';
import { callsOf } from './io-calls.js';
import { isDeclaredOptional } from './declared-members.js';
import type { NullableKind, NullableSource } from './nullable-source.js';

type Node = TSESTree.Node;

/**
 * Ends of chains that doubt their list: `errors?.[0].message`. Whoever wrote `?.` knew that the list
 * may be missing; that it may be empty was not thought of. Of other members
 * (`settings?.text.trim()`) only where the same place is read with `?.` elsewhere in the file, or where
 * the class of the object declares the member as optional.
 */
export function halfOptionalChains(file: SourceFile, kinds: ReadonlySet<NullableKind>): readonly NullableSource[] {
  if (!/\?\.[^\d]/.test(file.text)) return [];
  const sources: NullableSource[] = [];
  let optional: ReadonlySet<string> | undefined;
  for (const member of file.index.members) {
    const next = nextInChain(member);
    if (next === null || next.optional) continue;
    if (isIndexed(member)) {
      if (!kinds.has('chain') || memberName(member) !== '0' || !doubtsList(file, member) || cannotBeEmpty(file, member.object)) continue;
      sources.push(source('chain', member, `${text(file, member.object)} is empty`, [unwrap(member.object)]));
    } else if (kinds.has('member') && isOptionalUpTo(member)) {
      const key = pathOf(file, member)?.key;
      optional ??= placesReadOptionally(file);
      if ((key !== undefined && optional.has(key)) || isOptionalByType(file, member)) sources.push(source('member', member, 'it is not set', []));
    }
  }
  return sources;
}

function source(kind: 'chain' | 'member', node: TSESTree.MemberExpression, when: string, containers: readonly Node[]): NullableSource {
  return { kind, node, path: [], promise: false, value: 'undefined', name: describe(node), when, typed: kind === 'member', containers };
}

/** `settings?.text.trim()`, where the class of `settings` says `text?: string`. */
function isOptionalByType(file: SourceFile, member: TSESTree.MemberExpression): boolean {
  const name = memberName(member);
  return member.optional && name !== null && isDeclaredOptional(file, member.object, name);
}

/** The member access that goes on from here without parentheses between; behind a `!`, perhaps. */
function nextInChain(member: TSESTree.MemberExpression): TSESTree.MemberExpression | null {
  let object: Node = member;
  if ((object.parent as Node | undefined)?.type === 'TSNonNullExpression') object = object.parent as Node;
  const parent = object.parent as Node | undefined;
  return parent?.type === 'MemberExpression' && parent.object === object ? parent : null;
}

/** `list[0]`. */
function isIndexed(member: TSESTree.MemberExpression): boolean {
  return member.computed && member.property.type === 'Literal' && typeof member.property.value === 'number';
}

/**
 * Does the chain doubt the list itself? `list?.[0].b` does; `a?.list[0].b` doubts `a` only, and says
 * nothing of the list, unless `a` is what a modelled client answered: then the list is data too.
 */
function doubtsList(file: SourceFile, member: TSESTree.MemberExpression): boolean {
  if (member.optional) return true;
  if (!isOptionalUpTo(member)) return false;
  const root = rootOf(member);
  if (root.type !== 'Identifier') return false;
  const { writes, complete } = reachingWrites(file, root);
  const [write] = writes;
  if (!complete || writes.length !== 1 || write!.value === null || write!.path.length > 0) return false;
  const value = unwrap(write!.value);
  const call = value.type === 'AwaitExpression' ? unwrap(value.argument) : value;
  return callsOf(file).io.some(({ node }) => node === call);
}

/** Methods whose list has a first item, whatever it is made of. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(['split', 'exec', 'match', 'concat']);

/** The parts of a text, the groups of a match, a list that is written down. */
function cannotBeEmpty(file: SourceFile, list: Node): boolean {
  const inner = unwrap(list);
  if (inner.type === 'MemberExpression' && NEVER_EMPTY_MEMBERS.test(describe(inner))) return true;
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    return callee.type === 'MemberExpression' && NEVER_EMPTY.has(memberName(callee) ?? '');
  }
  if (inner.type === 'Identifier') {
    const { writes } = reachingWrites(file, inner);
    if (writes.some((write) => write.value !== null && write.path.length === 0 && cannotBeEmpty(file, write.value))) return true;
    // An item of an item of a list: a pair, a match of `matchAll`.
    if (writes.some((write) => write.kind === 'loop')) return true;
  }
  const value = evaluate(file, inner);
  return value.kind === 'array' && value.items.length > 0;
}

/** Keys of the places that a file reads with `?.`. */
function placesReadOptionally(file: SourceFile): ReadonlySet<string> {
  const places = new Set<string>();
  for (const member of file.index.members) {
    if (!member.optional) continue;
    const key = pathOf(file, member.object)?.key;
    if (key !== undefined) places.add(key);
  }
  return places;
}

function text(file: SourceFile, node: Node): string {
  const written = file.text.slice(node.range[0], node.range[1]);
  return written.length <= 40 && !/[\n`]/.test(written) ? `\`${written}\`` : 'the list';
}
