import type { TSESTree } from '@typescript-eslint/types';
import { NULL, UNDEFINED, type Possible } from '../analysis/narrowing.js';
import { returnsOf } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { completionOf } from '../analysis/summarize-throws.js';
import { enclosingClass, memberName, staticName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { writesOf } from '../analysis/writes.js';
import { CACHE_TYPE } from '../models/cache-names.js';
import { parameterIndex } from './cache-keys.js';

type Node = TSESTree.Node;

/** What a method of a class, which is a cache by its name, does to the Map that it keeps. */
export type MapMethod =
  | { readonly does: 'get'; readonly call: TSESTree.CallExpression; readonly field: Node; readonly key: Node; readonly missing: Possible }
  | { readonly does: 'set'; readonly call: TSESTree.CallExpression; readonly field: Node; readonly key: Node; readonly value: Node };

/**
 * `get(key)` that gives back what lies in the Map or a part of it, and nothing else but null or undefined;
 * `set(key, value)` that puts the value there, alone or beside a time. `null`: anything else.
 */
export function mapMethodOf(file: SourceFile, fn: FunctionNode): MapMethod | null {
  if (fn.type !== 'FunctionExpression' || fn.parent.type !== 'MethodDefinition' || fn.body == null) return null;
  const owner = enclosingClass(fn.body);
  if (owner?.id == null || !CACHE_TYPE.test(owner.id.name)) return null;
  const calls = file.index.calls.filter((call): call is TSESTree.CallExpression => call.type === 'CallExpression' && within(call, fn) && isMapField(unwrap(call.callee), owner));
  const named = (name: string): TSESTree.CallExpression[] => calls.filter((call) => memberName(unwrap(call.callee) as TSESTree.MemberExpression) === name);
  const [get, set] = [named('get'), named('set')];
  const call = set.length === 1 ? set[0]! : set.length === 0 && get.length === 1 ? get[0]! : null;
  const key = call?.arguments[0];
  if (call === null || key === undefined || parameterIndex(file, key, fn) !== 0) return null;
  const field = (unwrap(call.callee) as TSESTree.MemberExpression).object;
  if (call === set[0]) {
    const value = call.arguments[1] === undefined ? null : parameterIn(file, call.arguments[1], fn);
    return value === null ? null : { does: 'set', call, field, key, value };
  }
  const missing = givenBack(file, fn, call);
  return missing === null ? null : { does: 'get', call, field, key, missing };
}

/** `this.#entries.get` with `#entries = new Map()`. */
function isMapField(callee: Node, owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const field = unwrap(callee.object);
  if (field.type !== 'MemberExpression' || unwrap(field.object).type !== 'ThisExpression') return false;
  const name = memberName(field);
  return owner.body.body.some((member) => {
    if (member.type !== 'PropertyDefinition' || member.static || staticName(member.key, member.computed) !== name || member.value == null) return false;
    const made = unwrap(member.value);
    return made.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Map';
  });
}

/** The value that a caller hands over, as it lies in the Map: itself, or a property of what does. */
function parameterIn(file: SourceFile, stored: Node, fn: FunctionNode): Node | null {
  const inner = unwrap(stored);
  if (parameterIndex(file, inner, fn) === 1) return inner;
  if (inner.type !== 'ObjectExpression') return null;
  for (const property of inner.properties) if (property.type === 'Property' && parameterIndex(file, property.value, fn) === 1) return property.value;
  return null;
}

/** What is given back for a key that is missing; `null` where something is given back that is no entry. */
function givenBack(file: SourceFile, fn: FunctionNode, call: TSESTree.CallExpression): Possible | null {
  let missing: Possible = completionOf(file, fn).fallsOff ? UNDEFINED : 0;
  let entries = 0;
  for (const argument of returnsOf(fn)) {
    const inner = argument === null ? null : unwrap(argument);
    if (inner === null || (inner.type === 'Identifier' && inner.name === 'undefined')) missing |= UNDEFINED;
    else if (inner.type === 'Literal' && inner.value === null && inner.raw === 'null') missing |= NULL;
    else if (!isEntry(file, inner, call)) return null;
    else {
      entries++;
      // Without a part of it that is asked for past a guard, a missing entry comes back as it is.
      if (inner.type !== 'MemberExpression' || isOptional(argument!)) missing |= UNDEFINED;
    }
  }
  return entries > 0 && missing !== 0 ? missing : null;
}

function isOptional(node: Node): boolean {
  return node.type === 'ChainExpression';
}

/** `entry`, `entry.value`, `this.#entries.get(key)`, `this.#entries.get(key)?.value`. */
function isEntry(file: SourceFile, node: Node, call: TSESTree.CallExpression): boolean {
  const inner = unwrap(node);
  if (inner === call) return true;
  if (inner.type === 'MemberExpression') return memberName(inner) !== null && isEntry(file, inner.object, call);
  const variable = inner.type === 'Identifier' ? file.bindings.variableOf(inner) : null;
  if (variable === null || variable === 'global') return false;
  const writes = writesOf(file, variable);
  return writes.length === 1 && writes[0]!.value !== null && writes[0]!.path.length === 0 && unwrap(writes[0]!.value) === call;
}

function within(inner: Node, outer: Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
