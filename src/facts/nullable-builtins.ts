import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { operationOf } from '../analysis/operation.js';
import { reachingWrites } from '../analysis/reaching.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, enclosingFunction, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import { ALWAYS_SET, GIVES_UNDEFINED, NULLABLE_METHODS, NULLABLE_WEB_METHODS } from '../models/builtins.js';
import { classOf } from './builtin-classes.js';
import { guardedAt } from './null-guards.js';
import type { NullableKind, NullableSource } from './nullable-source.js';

type Node = TSESTree.Node;

const CALLED = /\.(?:get|getItem|header|find|findLast|pop|shift|at|match|exec|reduce|reduceRight)\b/;

/** What methods of the language and its run times, and the environment, leave null or undefined. */
export function nullableBuiltins(file: SourceFile): readonly NullableSource[] {
  const sources: NullableSource[] = [];
  if (CALLED.test(file.text)) {
    for (const node of file.index.calls) {
      const source = node.type === 'CallExpression' ? ofCall(file, node) : null;
      if (source !== null) sources.push(source);
    }
  }
  if (file.text.includes('.env')) for (const node of file.index.members) addVariable(file, node, sources);
  return sources;
}

function ofCall(file: SourceFile, node: TSESTree.CallExpression): NullableSource | null {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || callee.optional || node.optional) return null;
  const method = memberName(callee);
  if (method === null || !CALLED.test(`.${method}`)) return null;
  const list = listBehind(callee.object);
  const make = (kind: NullableKind, value: 'null' | 'undefined', when: string, typed = true): NullableSource => ({
    kind, node, path: [], promise: false, value, name: describe(callee), when, typed, containers: [list],
  });
  if (method === 'reduce' || method === 'reduceRight') {
    const [reducer, ...more] = node.arguments;
    const isReducer = reducer !== undefined && isFunction(unwrap(reducer)) && (unwrap(reducer) as TSESTree.ArrowFunctionExpression).params.length >= 2;
    return isReducer && more.length === 0 && !isModelled(file, callee) && !hasItems(file, callee.object) ? make('reduce', 'undefined', 'the list is empty', false) : null;
  }
  const web = Object.hasOwn(NULLABLE_WEB_METHODS, method) ? NULLABLE_WEB_METHODS[method] : undefined;
  const model = Object.hasOwn(NULLABLE_METHODS, method) ? NULLABLE_METHODS[method] : undefined;
  switch (method) {
    case 'find':
    case 'findLast':
      // Of a list only with a function: other things have a `find` too.
      return node.arguments.length <= 2 && isFunction(node.arguments[0] === undefined ? null : unwrap(node.arguments[0])) && !isModelled(file, callee)
        && !isAskedBefore(file, node, callee) ? make('lookup', 'undefined', 'no item matches') : null;
    case 'match':
    case 'exec': {
      const pattern = unwrap(method === 'match' ? (node.arguments[0] ?? callee.object) : callee.object);
      const value = evaluate(file, pattern);
      return value.kind === 'regexp' && node.arguments.length === 1 && !alwaysMatches(value.source) && !isTestedBefore(file, node) ? make('match', 'null', 'the text does not match') : null;
    }
    default: {
      const receiver = classOf(file, callee.object);
      if (receiver === null) return null;
      if (web?.includes(receiver) === true) return make('web', GIVES_UNDEFINED.has(receiver) ? 'undefined' : 'null', 'it was not sent');
      if (model?.receivers.includes(receiver) !== true) return null;
      if (receiver === 'Array' || receiver === 'String') {
        const filled = guardedAt(file, node, node, 'undefined', [list], []) === 'yes';
        return filled || hasItems(file, callee.object) ? null : make('lookup', model.value, 'the list is empty');
      }
      return keyIsThere(file, node, callee) ? null : make('lookup', model.value, 'the key is missing');
    }
  }
}

/** `orders.map(f)` has as many items as `orders`. */
function listBehind(node: Node): Node {
  let list = unwrap(node);
  for (let step = 0; step < 8; step++) {
    const callee = list.type === 'CallExpression' ? unwrap(list.callee) : null;
    if (callee?.type !== 'MemberExpression' || !/^(?:map|sort|toSorted|reverse|toReversed|slice)$/.test(memberName(callee) ?? '')) break;
    list = unwrap(callee.object);
  }
  return list;
}

/** The same condition is asked in the function by `some`, `findIndex` or `filter`: the item was there a moment ago. */
function isAskedBefore(file: SourceFile, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): boolean {
  const condition = unwrap(call.arguments[0]!);
  if (!isFunction(condition)) return false;
  const body = file.text.slice(condition.body.range[0], condition.body.range[1]);
  const list = file.text.slice(callee.object.range[0], callee.object.range[1]);
  // A callback runs after what the function around it has asked.
  let owner = enclosingFunction(call);
  for (let outer = enclosingFunction(owner); isFunction(outer); outer = enclosingFunction(outer)) owner = outer;
  const around = file.text.slice(owner.range[0], owner.range[1]);
  return around.split(body).length > 2 || new RegExp(`${escape(list)}\\s*\\??\\.(?:some|every|length)\\b`).test(around);
}

/** The text is tested somewhere in the function, by a pattern or by a function whose name says so. */
function isTestedBefore(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee) as TSESTree.MemberExpression;
  const subject = memberName(callee) === 'match' ? callee.object : call.arguments[0]!;
  const text = file.text.slice(subject.range[0], subject.range[1]);
  const owner = enclosingFunction(call);
  const around = file.text.slice(owner.range[0], owner.range[1]);
  return new RegExp(`\\.test\\(\\s*${escape(text)}\\b|\\b(?:is|has)[A-Z]\\w*\\(\\s*${escape(text)}\\b|(?<![\\w.])${escape(text)}\\??\\.(?:includes|startsWith|endsWith|indexOf|search)\\(`).test(around);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isModelled(file: SourceFile, callee: Node): boolean {
  return presentAlternatives(evaluate(file, callee)).some((value) => operationOf(value) !== null || value.kind === 'function' || value.kind === 'export');
}

/** A list that has an item whatever happens: the parts of a text, items that are written down. */
function hasItems(file: SourceFile, list: Node, level = 0): boolean {
  const inner = unwrap(list);
  if (level > 4) return false;
  if (inner.type === 'ArrayExpression') return inner.elements.some((element) => element !== null && element.type !== 'SpreadElement');
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (name === 'split') return true;
    return name !== null && /^(?:map|reverse|sort|toSorted|toReversed|concat)$/.test(name) && callee.type === 'MemberExpression' && hasItems(file, callee.object, level + 1);
  }
  if (inner.type === 'LogicalExpression') return hasItems(file, inner.right, level + 1) && hasItems(file, inner.left, level + 1);
  if (inner.type === 'Identifier') {
    const { writes, complete } = reachingWrites(file, inner);
    return complete && writes.length > 0 && writes.every((write) => write.value !== null && write.path.length === 0 && hasItems(file, write.value, level + 1));
  }
  return false;
}

/** A pattern that matches the empty text, wherever it looks, fails nowhere. */
function alwaysMatches(source: string): boolean {
  // `/.{1,64}/g` cuts a text in pieces: only a text without a character fails.
  if (/^\(?(?:\.|\[\\s\\S\])(?:\+|\{1,\d*\})\??\)?$/.test(source)) return true;
  if (/\$|\\b|\\B|\(\?/.test(source.replace(/\(\?:/g, '('))) return false;
  try {
    return new RegExp(source).test('');
  } catch {
    return true;
  }
}

/** The key comes out of the map itself: `for (const key of map.keys())`. */
function keyIsThere(file: SourceFile, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): boolean {
  const key = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
  const map = file.text.slice(callee.object.range[0], callee.object.range[1]);
  // A map whose keys are listed anywhere in the function is mostly read with these.
  const owner = enclosingFunction(call);
  const around = file.text.slice(owner.range[0], owner.range[1]);
  if (around.includes(`${map}.has(`) || around.includes(`${map}.set(`)) return true;
  if (around.includes(`${map}.keys()`) || around.includes(`${map}.entries()`) || around.includes(`of ${map})`)) return true;
  return key === null;
}

/** `process.env.X`, as far as it may be unset. */
function addVariable(file: SourceFile, node: TSESTree.MemberExpression, sources: NullableSource[]): void {
  const owner = unwrap(node.object);
  if (owner.type !== 'MemberExpression' || memberName(owner) !== 'env') return;
  const name = memberName(node);
  if (name === null || ALWAYS_SET.has(name)) return;
  const value = evaluate(file, node);
  if (value.kind !== 'env') return;
  sources.push({ kind: 'env', node, path: [], promise: false, value: 'undefined', name: describe(node), when: 'the variable is not set', typed: true });
}
