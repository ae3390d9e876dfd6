import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { isWrittenOnce, writesOf } from '../analysis/writes.js';

type Node = TSESTree.Node;

/**
 * A key as a text that two expressions share where they name the same entry: the same literal, the same
 * template of the same parts, the same local, or locals that were made of the same expression. A parameter
 * is a hole, which `fillKey` fills with what a caller passes.
 * @returns `null` where the expression cannot be named: it has effects, or is too deep
 */
export function keyText(file: SourceFile, node: Node): string | null {
  return write(file, node, 0);
}

/**
 * The key with what a call passes in the places of the parameters of a function, and what the function is
 * called on in the place of `this`; `null` where nothing is known of one.
 */
export function fillKey(key: string | null, fn: FunctionNode, file: SourceFile, call: TSESTree.CallExpression): string | null {
  const own = idOf(fn);
  const args = call.arguments;
  const callee = unwrap(call.callee);
  let known = true;
  let bound = key;
  if (bound?.includes(THIS) === true && callee.type === 'MemberExpression' && callee.object.type !== 'Super') {
    const receiver = keyText(file, callee.object);
    bound = receiver === null ? null : bound.replaceAll(THIS, () => receiver);
  }
  if (bound === null || !bound.includes(OPEN)) return bound;
  const filled = bound.replace(HOLE, (hole, id: string, index: string) => {
    if (Number(id) !== own) return hole;
    const argument = args[Number(index)];
    const text = argument === undefined || args.slice(0, Number(index) + 1).some((one) => one.type === 'SpreadElement') ? null : keyText(file, argument);
    if (text === null) known = false;
    return text ?? '';
  });
  return known && filled.length <= MAX_LENGTH ? filled : null;
}

/** The object whose method is being read. */
const THIS = '\u0003';
const OPEN = '\u0001';
const HOLE = /\u0001(\d+):(\d+)\u0002/g;
const MAX_DEPTH = 10;
const MAX_LENGTH = 2000;

const ids = new WeakMap<object, number>();
let next = 0;

/** A number of its own for each variable and function, across files. */
function idOf(thing: object): number {
  let id = ids.get(thing);
  if (id === undefined) ids.set(thing, (id = next++));
  return id;
}

function write(file: SourceFile, node: Node, depth: number): string | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrapAwaited(node);
  const part = (one: Node): string | null => write(file, one, depth + 1);
  switch (inner.type) {
    case 'Literal':
      return JSON.stringify(String(inner.value));
    case 'TemplateLiteral': {
      const parts: string[] = [];
      for (const [i, quasi] of inner.quasis.entries()) {
        if (quasi.value.raw !== '') parts.push(JSON.stringify(quasi.value.cooked));
        const expression = inner.expressions[i];
        if (expression === undefined) continue;
        const text = part(expression);
        if (text === null) return null;
        parts.push(text);
      }
      return parts.join('+') || '""';
    }
    case 'BinaryExpression': {
      const [left, right] = [part(inner.left), part(inner.right)];
      return left === null || right === null ? null : `${left}${inner.operator}${right}`;
    }
    case 'Identifier':
      return variableText(file, inner, depth);
    case 'ThisExpression':
      return THIS;
    case 'MemberExpression': {
      const object = part(inner.object);
      const name = memberName(inner);
      const key = name ?? (inner.computed ? part(inner.property) : null);
      return object === null || key === null ? null : `${object}.${key}`;
    }
    case 'CallExpression': {
      const callee = part(inner.callee);
      const parts = inner.arguments.map(part);
      return callee === null || parts.includes(null) ? null : `${callee}(${parts.join()})`;
    }
    case 'ArrayExpression': {
      const parts = inner.elements.map((element) => (element === null ? '' : part(element)));
      return parts.includes(null) ? null : `[${parts.join()}]`;
    }
    case 'ObjectExpression': {
      const parts = inner.properties.map((property) => {
        if (property.type !== 'Property' || property.computed || isFunction(property.value)) return null;
        const value = part(property.value);
        return value === null ? null : `${property.key.type === 'Identifier' ? property.key.name : ''}:${value}`;
      });
      return parts.includes(null) ? null : `{${parts.join()}}`;
    }
    default:
      return null;
  }
}

function variableText(file: SourceFile, node: TSESTree.Identifier, depth: number): string | null {
  const variable = file.bindings.variableOf(node);
  if (variable === null) return null;
  if (variable === 'global') return node.name;
  const parameter = parameterOf(variable);
  if (parameter !== null && isWrittenOnce(file, variable)) return `${OPEN}${idOf(parameter.fn)}:${parameter.index}\u0002`;
  const [only] = writesOf(file, variable);
  if (only?.kind === 'declaration' && only.value !== null && only.path.length === 0 && only.fallback === null && isWrittenOnce(file, variable)) {
    const made = write(file, only.value, depth + 1);
    if (made !== null) return made;
  }
  return `v${idOf(variable)}`;
}

/** The parameter that a variable is, where it is the whole of one. */
export function parameterOf(variable: Variable): { readonly fn: FunctionNode; readonly index: number } | null {
  const definition = variable.defs[0];
  if ((definition?.type as string | undefined) !== 'Parameter') return null;
  const fn = definition!.node as Node;
  if (!isFunction(fn)) return null;
  const index = fn.params.findIndex((parameter) => {
    const plain = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    return plain.type === 'Identifier' && variable.identifiers.includes(plain as never);
  });
  return index === -1 ? null : { fn, index };
}

/** Is this expression the parameter of the function, as it came? Its index, or `null`. */
export function parameterIndex(file: SourceFile, node: Node, fn: FunctionNode): number | null {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? file.bindings.variableOf(inner) : null;
  if (variable === null || variable === 'global') return null;
  const parameter = parameterOf(variable);
  return parameter?.fn === fn && isWrittenOnce(file, variable) ? parameter.index : null;
}
