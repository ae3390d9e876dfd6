import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type ControlFlow, type Step } from '../analysis/control-flow.js';
import { evaluate } from '../analysis/evaluate.js';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { isFreeWay, type Start } from '../analysis/summarize-gates.js';
import type { Retry } from '../analysis/summarize-retries.js';
import { enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';
import { writesOf } from '../analysis/writes.js';

type Node = TSESTree.Node;

/**
 * Can it go round for ever? There is a way from a failure to the next attempt on which no test asks for
 * anything but the error: no counter, no clock, no flag that somebody else may set.
 */
export function isEndless(file: SourceFile, fn: FunctionNode, retry: Retry): boolean {
  const passes = (test: Node): boolean => isAboutFailure(file, retry, test);
  const flow = controlFlow(file, fn);
  if (retry.node.type !== 'CallExpression') {
    const from = retry.handler ?? retry.calls[0]?.parent;
    const again = retry.attempt ?? retry.calls[0]?.parent;
    if (from === undefined || again === undefined) return false;
    return isFreeWay(flow, placesOf(flow, from), new Set(placesOf(flow, again)), passes);
  }
  return isFreeRecursion(file, fn, flow, retry, passes);
}

/** The way to the attempt, and the way from its failure to the call. */
function isFreeRecursion(file: SourceFile, fn: FunctionNode, flow: ControlFlow, retry: Retry, passes: (test: Node) => boolean): boolean {
  const { handler, node } = retry;
  if (handler === null) return false;
  const attempt = placeIn(flow, retry.attempt ?? handler, fn);
  if (attempt === null || !isFreeWay(flow, [flow.entry], new Set(attempt), passes)) return false;
  const home = isFunction(handler) ? handler : fn;
  const inner = controlFlow(file, home);
  const call = placeIn(inner, node, home);
  const starts: readonly Start[] = isFunction(handler) ? [inner.entry] : placesOf(inner, handler);
  if (call === null || !isFreeWay(inner, starts, new Set(call), passes)) return false;
  // A callback within: `setTimeout(() => { if (this.closed) return; this.connect(); })`.
  const owner: Node = enclosingFunction(node);
  if (owner === home || !isFunction(owner)) return true;
  const last = controlFlow(file, owner);
  return isFreeWay(last, [last.entry], new Set(placesOf(last, node)), passes);
}

/** The place of a node in a function's flow; of one in a closure, the place of what holds the closure. */
function placeIn(flow: ControlFlow, node: Node, home: Node): readonly Step[] | null {
  for (let current: Node | undefined = node; current != null && current !== home; current = current.parent) {
    const places = placesOf(flow, current);
    if (places.length > 0) return places;
  }
  return null;
}

/** Does a test only look at the error or the reply, or at what success sets? */
function isAboutFailure(file: SourceFile, retry: Retry, test: Node): boolean {
  const inner = unwrap(test);
  if (/^(?:ForOf|ForIn)Statement$/.test(inner.type) || inner.type === 'SwitchCase') return inner.type === 'SwitchCase';
  const value = evaluate(file, inner);
  if (value.kind === 'literal') return true;
  const stack: Node[] = [inner];
  let sawFailure = false;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'ThisExpression') {
      // `this.isRetryable(error)` asks about the error.
      if (!isCalleeWithArguments(node)) return false;
      continue;
    }
    if (node.type === 'Identifier') {
      const variable = file.bindings.variableOf(node);
      if (variable === null || variable === 'global') {
        if (node.name === 'Date' || node.name === 'performance') return false;
        continue;
      }
      if (isOfFailure(file, retry, variable, 0)) sawFailure = true;
      else if (!isConstant(file, variable)) return false;
    }
    stack.push(...childrenOf(node).filter((child) => !(node.type === 'MemberExpression' && !node.computed && child === node.property)));
  }
  return sawFailure;
}

function isCalleeWithArguments(node: Node): boolean {
  let current: Node = node;
  while (current.parent?.type === 'MemberExpression' && current.parent.object === current) current = current.parent;
  return current !== node && current.parent?.type === 'CallExpression' && current.parent.callee === current && current.parent.arguments.length > 0;
}

/** The error, the reply, something read from them in the round, or a flag that the attempt sets. */
function isOfFailure(file: SourceFile, retry: Retry, variable: Variable, depth: number): boolean {
  if (depth > 3) return false;
  const writes = writesOf(file, variable);
  const { node, handler, attempt } = retry;
  return writes.some((write) => {
    if (write.kind === 'catch') return true;
    if (write.kind === 'parameter') return handler !== null && isFunction(handler) && write.node === handler;
    if (!isInside(write.target, node) && !(handler !== null && isInside(write.target, handler))) return false;
    if (attempt !== null && isInside(write.target, attempt.block) && write.kind === 'assignment') return true;
    if (write.value === null) return false;
    if (retry.calls.some((call) => isInside(call, write.value!))) return true;
    return variablesIn(file, write.value).some((inner) => inner !== variable && isOfFailure(file, retry, inner, depth + 1));
  });
}

function variablesIn(file: SourceFile, expression: Node): readonly Variable[] {
  const found: Variable[] = [];
  const stack: Node[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const variable = node.type === 'Identifier' ? file.bindings.variableOf(node) : null;
    if (variable !== null && variable !== 'global') found.push(variable);
    stack.push(...childrenOf(node));
  }
  return found;
}

/** A function, class, import, or constant: it does not change from round to round. */
function isConstant(file: SourceFile, variable: Variable): boolean {
  return writesOf(file, variable).every((write) => write.kind === 'function' || write.kind === 'class' || write.kind === 'import' || write.kind === 'enum' || write.kind === 'namespace') || variable.defs.every((definition) => (definition.parent as Node | null | undefined)?.type === 'VariableDeclaration' && (definition.parent as TSESTree.VariableDeclaration).kind === 'const' && variable.scope.type === 'module');
}
