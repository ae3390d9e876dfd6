import type { TSESTree } from '@typescript-eslint/types';
import { returnsOf } from './returns.js';
import type { SourceFile } from './source-file.js';
import { isFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

/** What a helper such as `withTimeout(promise, ms)` does with one of its parameters. */
export interface BoundedParameter {
  readonly index: number;
  /** The parameter is a promise that is raced, or a function that is called under the bound. */
  readonly as: 'promise' | 'function';
}

const MEMO = Symbol('summarize-bounds');

/**
 * Which parameters a function bounds in time: it settles by a timer although they do not. Only the
 * two shapes that real helpers have are recognised: a race with a timer, and a promise whose
 * executor both follows the parameter and starts a timer that settles it.
 */
export function boundedParameters(file: SourceFile, node: FunctionNode): readonly BoundedParameter[] {
  const memo = file.memo(MEMO, () => new WeakMap<FunctionNode, readonly BoundedParameter[]>());
  let known = memo.get(node);
  if (known === undefined) memo.set(node, (known = find(file, node)));
  return known;
}

function find(file: SourceFile, node: FunctionNode): readonly BoundedParameter[] {
  const found: BoundedParameter[] = [];
  const inside = (call: Node): boolean => call.range[0] >= node.range[0] && call.range[1] <= node.range[1];
  for (const call of file.index.calls) {
    if (!inside(call)) continue;
    const name = calleeName(call.callee);
    if (call.type === 'CallExpression' && (name === 'Promise.race' || name === 'Promise.any')) {
      const list = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
      if (list?.type !== 'ArrayExpression') continue;
      if (!list.elements.some((element) => element != null && settlesByTimer(file, element))) continue;
      for (const element of list.elements) if (element != null) add(found, parameterUse(file, node, unwrap(element)));
    } else if (call.type === 'NewExpression' && name === 'Promise') {
      const executor = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
      if (!isFunction(executor) || !holdsSettlingTimer(file, executor)) continue;
      for (const inner of file.index.calls) {
        if (inner.range[0] < executor.range[0] || inner.range[1] > executor.range[1]) continue;
        // `promise.then(resolve, reject)` or `fn().then(…)` inside the executor.
        if (inner.callee.type === 'MemberExpression' && /^(?:then|finally|catch)$/.test(memberName(inner.callee) ?? '')) {
          add(found, parameterUse(file, node, unwrap(inner.callee.object)));
        }
      }
    }
  }
  return found;
}

function add(found: BoundedParameter[], one: BoundedParameter | null): void {
  if (one !== null && !found.some((other) => other.index === one.index)) found.push(one);
}

/** `promise`, `fn()`, `fn(signal)` where `promise` or `fn` is a parameter of the helper. */
function parameterUse(file: SourceFile, owner: FunctionNode, node: Node): BoundedParameter | null {
  let current = node;
  while (current.type === 'CallExpression' && current.callee.type === 'MemberExpression') current = unwrap(current.callee.object);
  const as = current.type === 'CallExpression' ? 'function' : 'promise';
  const name = current.type === 'CallExpression' ? unwrap(current.callee) : current;
  if (name.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return null;
  const index = owner.params.findIndex((parameter) => variable.identifiers.some((identifier) => identifier.range[0] >= parameter.range[0] && identifier.range[1] <= parameter.range[1]));
  return index === -1 ? null : { index, as };
}

/** Is this a promise that a timer settles: inline, in a variable, or from a function that makes one? */
export function settlesByTimer(file: SourceFile, element: Node, depth = 0): boolean {
  if (depth > 4) return false;
  const node = unwrap(element);
  switch (node.type) {
    case 'NewExpression': {
      const executor = node.arguments[0] === undefined ? null : unwrap(node.arguments[0]);
      return calleeName(node.callee) === 'Promise' && isFunction(executor) && holdsSettlingTimer(file, executor);
    }
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      if (callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(memberName(callee) ?? '')) return settlesByTimer(file, callee.object, depth + 1);
      const name = calleeName(node.callee);
      // `timers/promises` and sleeps by the name everyone gives them: `delay(ms).then(() => { throw … })`.
      if (/(?:^|\.)(?:setTimeout|delay|sleep|wait|timeout\w*|\w*[tT]imeout)$/.test(name)) return true;
      if (callee.type === 'Identifier') {
        const made = functionOf(file, callee);
        return made !== null && (holdsTimer(file, made) || returnsOf(made).some((value) => value !== null && settlesByTimer(file, value, depth + 1)));
      }
      return false;
    }
    case 'AwaitExpression':
      return settlesByTimer(file, node.argument, depth + 1);
    case 'Identifier': {
      const variable = file.bindings.variableOf(node);
      if (variable === null || variable === 'global') return false;
      const definition = variable.defs[0]?.node as Node | undefined;
      return definition?.type === 'VariableDeclarator' && definition.init != null && definition.id.type === 'Identifier' && settlesByTimer(file, definition.init, depth + 1);
    }
    default:
      return false;
  }
}

function functionOf(file: SourceFile, identifier: TSESTree.Identifier): FunctionNode | null {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global') return null;
  const definition = variable.defs[0]?.node as Node | undefined;
  if (isFunction(definition)) return definition;
  if (definition?.type === 'VariableDeclarator' && definition.init != null) {
    const init = unwrap(definition.init);
    return isFunction(init) ? init : null;
  }
  return null;
}

function holdsTimer(file: SourceFile, node: FunctionNode): boolean {
  return file.index.calls.some((call) => call.range[0] >= node.range[0] && call.range[1] <= node.range[1] && /(?:^|\.)setTimeout$/.test(calleeName(call.callee)));
}

/** A timer in an executor whose callback settles the promise. */
function holdsSettlingTimer(file: SourceFile, executor: FunctionNode): boolean {
  const settlers = executor.params.flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : []));
  return file.index.calls.some((call) => {
    if (call.range[0] < executor.range[0] || call.range[1] > executor.range[1] || !/(?:^|\.)setTimeout$/.test(calleeName(call.callee))) return false;
    const handler = call.arguments[0];
    if (handler === undefined) return false;
    const target = unwrap(handler);
    // `setTimeout(onTimeout, ms)`: what a function that is declared here says counts, any other may settle it.
    const named = target.type === 'Identifier' && !settlers.includes(target.name) ? functionOf(file, target) : target;
    if (named === null) return true;
    const text = file.text.slice(named.range[0], named.range[1]);
    return settlers.some((name) => new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(text));
  });
}

function calleeName(callee: Node): string {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    return name === null ? '' : `${calleeName(node.object)}.${name}`;
  }
  return '';
}
