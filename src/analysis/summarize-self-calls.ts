import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { COPIES_OF_ITSELF } from '../models/retry-names.js';
import { controlFlow } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { childrenOf } from './node-children.js';
import type { SourceFile } from './source-file.js';
import { parts, type Attempts } from './summarize-attempts.js';
import { isInside } from './summarize-body.js';
import { isFreeRecursion, isFreeWay, placeIn, type RecursionPlace } from './summarize-gates.js';
import { mentions } from './summarize-loop.js';
import { enclosingFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';
import { writesOf } from './writes.js';

type Node = TSESTree.Node;

/** A call by which a function does the same again. */
export interface SelfCall {
  readonly attempts: Attempts;
  /** The parameter that counts the attempts. */
  readonly counter: Variable | null;
}

interface Counter {
  readonly variable: Variable;
  readonly step: 1 | -1;
  readonly index: number;
}

const MAX_LEVEL = 4;

/** How often a function that calls itself tries; `null` when it calls itself with other work. */
export function selfCall(file: SourceFile, fn: FunctionNode, place: RecursionPlace): SelfCall | null {
  const counters: Counter[] = [];
  for (const [index, argument] of place.node.arguments.entries()) {
    const parameter = fn.params[index];
    const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = name?.type === 'Identifier' ? file.bindings.variableOf(name) : null;
    if (variable === undefined || variable === null || variable === 'global') {
      if (parameter === undefined || argument.type !== 'Identifier') return null;
      continue;
    }
    const own = unwrap(argument);
    if (isSame(file, own, variable)) continue;
    if (!mentions(own, variable)) return null;
    const step = own.type === 'BinaryExpression' && (own.operator === '+' || own.operator === '-') ? (own.operator === '+' ? 1 : -1) : own.type === 'UpdateExpression' ? (own.operator === '++' ? 1 : -1) : null;
    if (step === null) return null;
    counters.push({ variable, step, index });
  }
  if (counters.length === 0) return { attempts: mayStop(file, fn, place.node) ? null : 'unbounded', counter: null };
  // A delay that grows is no counter: one that some test on the way reads is.
  const counter = counters.find(({ variable }) => !isFree(file, fn, place, (test) => !dependsOn(file, test, variable))) ?? null;
  if (counter === null) return { attempts: 'unbounded', counter: counters[0]!.variable };
  return { attempts: recursionCap(file, fn, place, counter), counter: counter.variable };
}

/** The parameter itself, or a copy of what it holds, made to be used once more: `const [now, later] = stream.tee()`. */
function isSame(file: SourceFile, argument: Node, parameter: Variable, level = 0): boolean {
  const inner = unwrap(argument);
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    return callee.type === 'MemberExpression' && inner.arguments.length === 0 && COPIES_OF_ITSELF.has(memberName(callee) ?? '') && isSame(file, callee.object, parameter, level + 1);
  }
  if (inner.type !== 'Identifier' || level > MAX_LEVEL) return false;
  const variable = file.bindings.variableOf(inner);
  if (variable === null || variable === 'global') return false;
  if (variable === parameter) return true;
  const [write, ...more] = writesOf(file, variable);
  return more.length === 0 && write?.kind === 'declaration' && write.value !== null && unwrap(write.value).type === 'CallExpression' && isSame(file, write.value, parameter, level + 1);
}

/** Does a test read a variable, or a constant that was made of it? */
function dependsOn(file: SourceFile, test: Node, variable: Variable, level = 0): boolean {
  if (mentions(test, variable)) return true;
  if (level > MAX_LEVEL) return true;
  const stack: Node[] = [test];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const read = node.type === 'Identifier' ? file.bindings.variableOf(node) : null;
    if (read !== null && read !== 'global') {
      // Its own parameters, and what a handler is given, are not made of it.
      if (writesOf(file, read).some((write) => (write.kind === 'declaration' || write.kind === 'assignment') && write.value !== null && write.value !== test && dependsOn(file, write.value, variable, level + 1))) return true;
    }
    stack.push(...childrenOf(node));
  }
  return false;
}

/** Is there a way to the next attempt past all tests but those that pass? Without a handler, from the beginning of the function. */
function isFree(file: SourceFile, fn: FunctionNode, place: RecursionPlace, passes: (test: Node) => boolean): boolean {
  if (place.handler !== null) return isFreeRecursion(file, fn, place, passes);
  const flow = controlFlow(file, fn);
  const call = placeIn(flow, place.node, fn);
  if (call === null || !isFreeWay(flow, [flow.entry], new Set(call), passes)) return false;
  const owner: Node = enclosingFunction(place.node);
  if (owner === fn) return true;
  const inner = controlFlow(file, owner as FunctionNode);
  const own = placeIn(inner, place.node, owner);
  return own !== null && isFreeWay(inner, [inner.entry], new Set(own), passes);
}

/** A test on the way that reads something of its own: an abort, a deadline, a field that counts. */
function mayStop(file: SourceFile, fn: FunctionNode, call: Node): boolean {
  for (let current: Node = call; current !== fn && current.parent != null; current = current.parent) {
    if (current.parent.type === 'IfStatement' || current.parent.type === 'ConditionalExpression') return true;
  }
  return file.index.assignments.some((node) => node.type === 'UpdateExpression' && isInside(node, fn));
}

/** The condition in which a node stands, within a function. */
function conditionOf(node: Node, fn: FunctionNode): Node | null {
  for (let current = node; current !== fn && current.parent != null; current = current.parent) {
    const parent: Node = current.parent;
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' || parent.type === 'WhileStatement') && parent.test === current) return current;
    if (parent.type === 'LogicalExpression' && parent.left === current && !(parent.parent?.type === 'IfStatement')) return current;
    if (parent.type.endsWith('Statement')) return null;
  }
  return null;
}

/** Known where the counter starts from its default, and one test that all ways pass holds it against a number. */
function recursionCap(file: SourceFile, fn: FunctionNode, place: RecursionPlace, counter: Counter): Attempts {
  const parameter = fn.params[counter.index];
  const start = parameter?.type === 'AssignmentPattern' ? evaluate(file, parameter.right) : null;
  if (start?.kind !== 'literal' || typeof start.value !== 'number') return null;
  for (const reference of counter.variable.references) {
    const condition = conditionOf(reference.identifier as Node, fn);
    if (condition === null) continue;
    for (const part of [...parts(condition, '||'), ...parts(condition, '&&')]) {
      if (part.type !== 'BinaryExpression' || part.left !== reference.identifier) continue;
      const bound = evaluate(file, part.right);
      if (bound.kind !== 'literal' || typeof bound.value !== 'number') continue;
      if (isFree(file, fn, place, (test) => !isInside(part, test))) continue;
      const distance = (bound.value - start.value) * counter.step;
      // At `n <= 0` and at `n > 0` the one that stands at 0 is the last: its failure ends it.
      const extra = counter.step === -1 ? (part.operator === '<=' || part.operator === '>' || part.operator === '===' ? 1 : 0) : part.operator === '>=' || part.operator === '<' || part.operator === '===' ? 1 : part.operator === '>' || part.operator === '<=' ? 2 : 0;
      return Math.max(distance + extra, 1);
    }
  }
  return null;
}
