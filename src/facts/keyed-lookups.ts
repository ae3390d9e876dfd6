import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, enclosingFunction, isFunction, memberName, outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import type { IoCall } from './io-calls.js';

type Node = TSESTree.Node;

const CHANGES_ROWS = /^(?:update|delete|del)$/;

/** Methods whose first argument is the primary key. */
const BY_KEY = /^(?:findByPk|findById|findOneById)$/;
const PRIMARY_KEY = /^(?:id|_id|uuid)$/;

/**
 * Is the record chosen by its primary key alone, and the key a parameter of a function with a name?
 * Then whoever calls has mostly loaded the record before; that is not seen here. What comes in a
 * callback, such as an item of a list, is data.
 */
export function isByKeyOfCaller(call: IoCall): boolean {
  const key = keyOf(call);
  return key !== null && isOfCaller(call.file, unwrap(key), call.operation.operation.effect === 'write');
}

/** Is an argument what a function with a name was handed, as it came or a part of it? */
export function isHandedIn(file: SourceFile, node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' ? isHandedIn(file, inner.object) : isOfCaller(file, inner, false);
}

/**
 * Does a write change a table from which the same function has read before: `db.select().from(orders)`,
 * then `db.update(orders)`? What it changes was there a moment ago.
 */
export function isReadBefore(call: IoCall, io: readonly IoCall[]): boolean {
  const table = call.operation.operation.effect === 'write' ? tableOf(call) : null;
  if (table === null) return false;
  let owner: Node = enclosingFunction(call.node);
  for (let outer = owner; isFunction(outer); outer = enclosingFunction(outer)) owner = outer;
  const names = new RegExp(`\\b${table}\\b`);
  return io.some((other) => {
    if (other.operation.operation.effect !== 'read' || other.node.range[1] > call.node.range[0] || other.node.range[0] < owner.range[0]) return false;
    return names.test(call.file.text.slice(other.node.range[0], other.node.range[1]));
  });
}

/** The name that the step of a builder is given which changes rows: `orders` of `db.update(orders).set(…)`. */
function tableOf({ node }: IoCall): string | null {
  let table: string | null = null;
  for (let step: Node = node; step.type === 'CallExpression'; ) {
    const [first] = step.arguments;
    const callee = unwrap(step.callee);
    if (callee.type !== 'MemberExpression') break;
    // Whether a new row meets an old one, no read before it tells.
    if (first?.type === 'Identifier' && CHANGES_ROWS.test(memberName(callee) ?? '')) table = first.name;
    step = unwrap(callee.object);
  }
  return table;
}

/** What stands for the primary key; `null` where something else chooses the record, too. */
function keyOf({ node }: IoCall): Node | null {
  if (node.type === 'TaggedTemplateExpression') return null;
  for (let step: Node = node; step.type === 'CallExpression'; ) {
    const callee = unwrap(step.callee);
    if (callee.type !== 'MemberExpression') return null;
    const [first] = step.arguments;
    const method = memberName(callee);
    if (first !== undefined && first.type !== 'SpreadElement' && method !== null) {
      if (BY_KEY.test(method)) return first;
      if (method === 'findOneBy') return onlyKey(unwrap(first));
      if (method === 'where') return comparedKey(unwrap(first));
      const where = /^(?:find|update|delete)/.test(method) ? propertyOf(unwrap(first), 'where') : null;
      if (where !== null) return onlyKey(where);
    }
    step = unwrap(callee.object);
  }
  return null;
}

function propertyOf(node: Node, name: string): Node | null {
  if (node.type !== 'ObjectExpression') return null;
  const property = node.properties.find((one) => one.type === 'Property' && staticName(one.key, one.computed) === name);
  return property?.type === 'Property' ? unwrap(property.value) : null;
}

/** `{ id }`, `{ id: orderId }`. */
function onlyKey(node: Node): Node | null {
  const [property] = node.type === 'ObjectExpression' && node.properties.length === 1 ? node.properties : [];
  return property?.type === 'Property' && PRIMARY_KEY.test(staticName(property.key, property.computed) ?? '') ? property.value : null;
}

/** `eq(orders.id, orderId)`. */
function comparedKey(node: Node): Node | null {
  if (node.type !== 'CallExpression' || describe(node.callee) !== 'eq') return null;
  const [column, key] = node.arguments;
  const inner = column === undefined ? null : unwrap(column);
  return inner?.type === 'MemberExpression' && PRIMARY_KEY.test(memberName(inner) ?? '') ? (key ?? null) : null;
}

/** A parameter; of an update, also what is read off one under a name for an id: `data.orderId`. */
function isOfCaller(file: SourceFile, key: Node, isWrite: boolean): boolean {
  if (key.type === 'MemberExpression') {
    return isWrite && /.(?:Id|ID)$/.test(memberName(key) ?? '') && isOfCaller(file, unwrap(key.object), false);
  }
  const variable = key.type === 'Identifier' ? file.bindings.variableOf(key) : null;
  if (variable === null || variable === 'global') return false;
  return variable.defs.some(({ type, node }) => type === 'Parameter' && isFunction(node as Node) && hasName(node as FunctionNode));
}

/** A function, a method, a function in a variable: not one that is handed to a call. */
function hasName(fn: FunctionNode): boolean {
  const parent = outermost(fn).parent as Node | undefined;
  return parent != null && parent.type !== 'CallExpression' && parent.type !== 'NewExpression';
}
