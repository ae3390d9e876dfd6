import type { TSESTree } from '@typescript-eslint/types';
import { isWithin, pathOf, type AccessPath } from '../analysis/access-path.js';
import { evaluate } from '../analysis/evaluate.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, isOptionalUpTo, unwrap } from '../analysis/syntax.js';
import { isBuiltCode } from './built-code.js';

type Node = TSESTree.Node;

/** A condition that lets through exactly what it was to keep out. */
export interface InvertedGuard {
  readonly node: TSESTree.LogicalExpression;
  /**
   * - `reads-nullish`: the right side reads a member of what the left side has just found to be missing
   * - `always-true`: `x !== 'a' || x !== 'b'`
   * - `always-false`: `x === 'a' && x === 'b'`
   */
  readonly is: 'reads-nullish' | 'always-true' | 'always-false';
  /** The operand of the left side that is the wrong way round. */
  readonly operand: Node;
  /** What is tested, as written. */
  readonly subject: string;
  /** The read that fails. */
  readonly read: Node | null;
  /** The operator that was meant. */
  readonly meant: '&&' | '||';
}

/** Where a file holds an operator that can stand in such a condition. */
const MAY_HOLD = /&&|\|\|/;

/** All inverted guards of a file, in source order. */
export function invertedGuards(file: SourceFile): readonly InvertedGuard[] {
  if (!MAY_HOLD.test(file.text) || isBuiltCode(file.text)) return [];
  const found: InvertedGuard[] = [];
  for (const node of file.index.logicals) {
    if (node.operator === '??') continue;
    const guard = readsNullish(file, node) ?? comparesTwice(file, node);
    if (guard !== null) found.push(guard);
  }
  return found;
}

/** `x != null || x.y`, `x == null && x.y`, `!x && x.y`: the right side runs only where x is missing. */
function readsNullish(file: SourceFile, node: TSESTree.LogicalExpression): InvertedGuard | null {
  let found: InvertedGuard | null = null;
  // Of `a && !x && x.y` the operand just before counts as well as all before it; the first that tests it is named.
  for (const operand of operandsBefore(node).reverse()) {
    const missing = missingWhere(file, operand, node.operator === '&&');
    const read = missing === null ? null : firstRead(file, node.right, missing.path, missing.proof);
    if (missing !== null && read !== null) found = { node, operand, is: 'reads-nullish', subject: textOf(file, missing.node), read, meant: node.operator === '&&' ? '||' : '&&' };
    // What runs in between may have set what was tested before it.
    if (mayWrite(operand)) break;
  }
  return found;
}

/** Nobody writes a guard this far before the read; a condition of thousands of operands is a table. */
const MAX_OPERANDS = 16;

/** The operands that have all come out the same way when the right side runs, the nearest last. */
function operandsBefore(node: TSESTree.LogicalExpression): Node[] {
  const operands: Node[] = [];
  let left: Node = unwrap(node.left);
  while (operands.length < MAX_OPERANDS && left.type === 'LogicalExpression' && left.operator === node.operator) {
    operands.unshift(left.right);
    left = unwrap(left.left);
  }
  // A chain that goes on is no operand of it.
  if (left.type !== 'LogicalExpression' || left.operator !== node.operator) operands.unshift(left);
  return operands;
}

function mayWrite(node: Node): boolean {
  const stack: Node[] = [node];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    if (/^(?:Assignment|Update|Call|New|Await|Yield)Expression$/.test(current.type)) return true;
    stack.push(...childrenOf(current));
  }
  return false;
}

interface Missing {
  readonly node: Node;
  readonly path: AccessPath;
  /** `nullish`: it is null or undefined; `falsy`: it may also be 0 or '', whose members can be read. */
  readonly proof: 'nullish' | 'falsy';
}

/** What is missing where this operand comes out so. */
function missingWhere(file: SourceFile, operand: Node, holds: boolean): Missing | null {
  const inner = unwrap(operand);
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    const argument = unwrap(inner.argument);
    const path = holds ? pathOf(file, argument) : null;
    return path === null || path.calls ? null : { node: argument, path, proof: 'falsy' };
  }
  // `x || x.y`
  if (!holds && (inner.type === 'Identifier' || inner.type === 'MemberExpression')) {
    const path = pathOf(file, inner);
    return path === null || path.calls ? null : { node: inner, path, proof: 'falsy' };
  }
  if (inner.type !== 'BinaryExpression' || !/^[!=]==?$/.test(inner.operator)) return null;
  const equal = inner.operator.startsWith('=') === holds;
  const [subject, other] = isNothing(file, inner.right) ? [inner.left, inner.right] : isNothing(file, inner.left) ? [inner.right, inner.left] : [null, null];
  if (!equal || subject === null || other === null) return null;
  const plain = unwrap(subject);
  if (plain.type === 'UnaryExpression' && plain.operator === 'typeof') {
    const path = pathOf(file, plain.argument);
    return path === null || path.calls ? null : { node: plain.argument, path, proof: 'nullish' };
  }
  // `typeof x === undefined` never holds; `x === 'undefined'` is about a text.
  if (isText(other)) return null;
  const path = pathOf(file, plain);
  return path === null || path.calls ? null : { node: plain, path, proof: 'nullish' };
}

function isText(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' && typeof inner.value === 'string';
}

function isNothing(file: SourceFile, node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return (inner.value === null && inner.raw === 'null') || (inner.value === 'undefined' && isTypeofOperand(node));
  if (inner.type === 'UnaryExpression') return inner.operator === 'void';
  return inner.type === 'Identifier' && inner.name === 'undefined' && file.bindings.variableOf(inner) === 'global';
}

function isTypeofOperand(node: Node): boolean {
  const parent = node.parent as Node | undefined;
  if (parent?.type !== 'BinaryExpression') return false;
  const other = unwrap(parent.left === node ? parent.right : parent.left);
  return other.type === 'UnaryExpression' && other.operator === 'typeof';
}

/** Members that only lists, texts and functions have: of '' and 0 they are read on purpose. */
const OF_FALSY = /^(?:length|toString|valueOf|toFixed|constructor)$/;

/** The first member of the path that is read without `?.`, where it is certainly evaluated, and nothing wrote the path before. */
function firstRead(file: SourceFile, node: Node, path: AccessPath, proof: Missing['proof']): Node | null {
  const inner = unwrap(node);
  if (isFunction(inner)) return null;
  switch (inner.type) {
    case 'LogicalExpression':
    case 'AssignmentExpression':
      // Only what comes first is certain: later operands may be guarded by it, or by a write.
      return firstRead(file, inner.left, path, proof);
    case 'ConditionalExpression':
      return firstRead(file, inner.test, path, proof);
    case 'MemberExpression': {
      const own = pathOf(file, inner.object);
      if (own !== null && own.key === path.key) {
        if (inner.optional || isOptionalUpTo(inner.object)) return null;
        const name = inner.computed || inner.property.type !== 'Identifier' ? '' : inner.property.name;
        return proof === 'falsy' && OF_FALSY.test(name) ? null : inner;
      }
      if (own !== null && !isWithin(own, path)) return null;
      return firstRead(file, inner.object, path, proof);
    }
    case 'CallExpression':
      return firstRead(file, inner.callee, path, proof) ?? firstOf(file, inner.arguments, path, proof);
    case 'UnaryExpression':
      return inner.operator === 'typeof' ? null : firstRead(file, inner.argument, path, proof);
    case 'BinaryExpression':
      return firstRead(file, inner.left, path, proof) ?? firstRead(file, inner.right, path, proof);
    case 'AwaitExpression':
      return firstRead(file, inner.argument, path, proof);
    case 'TemplateLiteral':
      return firstOf(file, inner.expressions, path, proof);
    default:
      return null;
  }
}

function firstOf(file: SourceFile, nodes: readonly Node[], path: AccessPath, proof: Missing['proof']): Node | null {
  for (const node of nodes) {
    const inner = unwrap(node);
    // What is handed to a function is read before the call, which may set it.
    if (inner.type === 'CallExpression') return firstRead(file, inner, path, proof);
    if (isFunction(inner) || inner.type === 'SpreadElement') return null;
    const read = firstRead(file, inner, path, proof);
    if (read !== null) return read;
  }
  return null;
}

/** `x !== 'a' || x !== 'b'` always holds, `x === 'a' && x === 'b'` never does. */
function comparesTwice(file: SourceFile, node: TSESTree.LogicalExpression): InvertedGuard | null {
  const right = comparisonOf(file, node.right);
  if (right === null || right.equal !== (node.operator === '&&')) return null;
  for (const operand of operandsBefore(node)) {
    const left = comparisonOf(file, operand);
    if (left === null || left.equal !== right.equal || left.path.key !== right.path.key || !differ(left, right)) continue;
    return { node, operand, is: right.equal ? 'always-false' : 'always-true', subject: textOf(file, left.node), read: null, meant: right.equal ? '||' : '&&' };
  }
  return null;
}

interface Comparison {
  readonly node: Node;
  readonly path: AccessPath;
  readonly value: unknown;
  readonly equal: boolean;
  readonly strict: boolean;
}

function comparisonOf(file: SourceFile, node: Node): Comparison | null {
  const inner = unwrap(node);
  if (inner.type !== 'BinaryExpression' || !/^[!=]==?$/.test(inner.operator)) return null;
  const constant = (side: Node): { value: unknown } | null => {
    const plain = unwrap(side);
    if (plain.type !== 'Literal' && plain.type !== 'TemplateLiteral' && plain.type !== 'Identifier' && plain.type !== 'UnaryExpression') return null;
    const value = evaluate(file, plain);
    return value.kind === 'literal' ? { value: value.value } : null;
  };
  const [subject, value] = constant(inner.right) !== null ? [inner.left, constant(inner.right)!] : constant(inner.left) !== null ? [inner.right, constant(inner.left)!] : [null, null];
  if (subject === null || value === null) return null;
  const plain = unwrap(subject);
  // `typeof x` is a place of its own; what a call answers may be another thing the second time.
  const place = plain.type === 'UnaryExpression' && plain.operator === 'typeof' ? plain.argument : plain;
  const path = pathOf(file, place);
  if (path === null || path.calls || evaluate(file, place).kind === 'literal') return null;
  return { node: plain, path: place === plain ? path : { ...path, key: `typeof ${path.key}` }, value: value.value, equal: inner.operator.startsWith('='), strict: inner.operator.length === 3 };
}

/** Can no value equal both? `x != null || x != undefined` compares with the same thing. */
function differ(a: Comparison, b: Comparison): boolean {
  if (a.value === b.value) return false;
  if (a.strict && b.strict) return true;
  // `0 == ''`, `null == undefined`, `1 == true`.
  return typeof a.value === typeof b.value && typeof a.value === 'string';
}

function textOf(file: SourceFile, node: Node): string {
  return file.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, 60);
}
