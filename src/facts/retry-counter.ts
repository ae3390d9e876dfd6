import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { nodesInside } from '../analysis/sorted-nodes.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isReset, leaves, parts, startOf, stepOf } from '../analysis/summarize-attempts.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { countersOf, mentions, type Loop } from '../analysis/summarize-loop.js';
import { enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import type { FunctionNode } from '../analysis/value.js';

type Node = TSESTree.Node;
type Step = TSESTree.UpdateExpression | TSESTree.AssignmentExpression;

/** A variable that counts failures, as code at a place can read it. */
export interface FailureCounter {
  readonly variable: Variable;
  readonly step: 1 | -1;
  /** What it holds at the place behind the first failure; `null`: not known. */
  readonly first: number | null;
}

/** Where a loop steps a counter: once, in every round. */
interface Stepping {
  readonly node: Step;
  readonly in: 'test' | 'update' | 'body';
}

/** The counter that limits a loop, or that its head steps, as it stands at an offset of its body; `null` for none, or several. */
export function counterAt(file: SourceFile, loop: Loop, offset: number): FailureCounter | null {
  const found = countersOf(file, loop).flatMap((variable): FailureCounter[] => {
    const step = isReset(file, variable, loop) ? null : stepOf(file, variable, loop);
    const stepping = step === null ? null : steppingOf(file, loop, variable);
    if (step === null || stepping === null || !(stepping.in === 'update' || limits(file, loop, variable))) return [];
    if (variable.scope.block.range[0] > loop.body.range[0] || isInside(variable.scope.block as Node, loop.body)) return [];
    const start = startOf(file, variable, loop);
    return [{ variable, step, first: start === null ? null : isBefore(stepping, loop, offset) ? start + step : start }];
  });
  return found.length === 1 ? found[0]! : null;
}

/** The parameter that a function counts its calls of itself by. */
export function counterOfCalls(file: SourceFile, fn: FunctionNode, call: TSESTree.CallExpression): FailureCounter | null {
  const found = fn.params.flatMap((parameter, index): FailureCounter[] => {
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = name.type === 'Identifier' ? file.bindings.variableOf(name) : null;
    const argument = call.arguments[index];
    if (variable === null || variable === 'global' || argument === undefined) return [];
    const next = unwrap(argument);
    if (next.type !== 'BinaryExpression' || (next.operator !== '+' && next.operator !== '-') || !isVariable(file, next.left, variable)) return [];
    const by = evaluate(file, next.right);
    if (by.kind !== 'literal' || by.value !== 1) return [];
    const start = parameter.type === 'AssignmentPattern' ? evaluate(file, parameter.right) : null;
    return [{ variable, step: next.operator === '+' ? 1 : -1, first: start?.kind === 'literal' && typeof start.value === 'number' ? start.value : null }];
  });
  return found.length === 1 ? found[0]! : null;
}

function isVariable(file: SourceFile, node: Node, variable: Variable): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && file.bindings.variableOf(inner) === variable;
}

/** Is a counter read where the rounds may end: by the loop's test, or by a test in it? */
function limits(file: SourceFile, loop: Loop, counter: Variable): boolean {
  if (loop.type !== 'ForOfStatement' && loop.test != null && mentions(loop.test, counter)) return true;
  const fn = enclosingFunction(loop);
  return isFunction(fn) && nodesInside(ownNodes(file, fn, 'IfStatement'), loop.body).some(({ test }) => asks(file, test, counter));
}

/** The tests of a loop's own function inside a node whose branch ends the attempts. */
export function leavingTests(file: SourceFile, node: Node): readonly TSESTree.IfStatement[] {
  const fn = enclosingFunction(node);
  return isFunction(fn) ? nodesInside(ownNodes(file, fn, 'IfStatement'), node).filter((one) => leaves(one.consequent) || (one.alternate != null && leaves(one.alternate))) : [];
}

/** Does a test read a counter, or something that is told from it: `isLast`? */
export function asks(file: SourceFile, test: Node, counter: Variable): boolean {
  if (mentions(test, counter)) return true;
  const inner = unwrap(test);
  if (inner.type === 'LogicalExpression') return asks(file, inner.left, counter) || asks(file, inner.right, counter);
  if (inner.type === 'UnaryExpression') return asks(file, inner.argument, counter);
  const named = inner.type === 'Identifier' ? file.bindings.variableOf(inner) : null;
  const declarator = named === null || named === 'global' ? undefined : (named.defs[0]?.node as Node | undefined);
  return declarator?.type === 'VariableDeclarator' && declarator.init != null && mentions(declarator.init, counter);
}

function steppingOf(file: SourceFile, loop: Loop, counter: Variable): Stepping | null {
  const steps = nodesInside(file.index.assignments, loop).filter((node) => isVariable(file, node.type === 'UpdateExpression' ? node.argument : node.left, counter));
  const [node] = steps;
  if (node === undefined || steps.length > 1) return null;
  if (loop.type === 'ForStatement' && loop.update != null && isInside(node, loop.update)) return { node, in: 'update' };
  if (loop.type !== 'ForOfStatement' && loop.test != null && isInside(node, loop.test)) return { node, in: 'test' };
  return isInside(node, loop.body) && !isOfSuccess(file, node, loop) ? { node, in: 'body' } : null;
}

/** Behind something awaited in a `try`: it counts what went well. */
function isOfSuccess(file: SourceFile, step: Node, loop: Loop): boolean {
  for (let current: Node = step; current !== loop && current.parent != null; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'TryStatement' && parent.block === current && /\bawait\b/.test(file.text.slice(current.range[0], step.range[0]))) return true;
  }
  return false;
}

/** Has the counter been stepped in the same round, where this offset is reached? */
function isBefore({ node, in: where }: Stepping, loop: Loop, offset: number): boolean {
  return where === 'body' ? node.range[1] <= offset : where === 'test' && loop.type !== 'DoWhileStatement';
}

/** A test that asks, at an offset of the body, whether a loop's head lets another round begin. */
export type NextRound =
  /** Its head always does: what ends it stands elsewhere. */
  | { readonly is: 'open' }
  | { readonly is: 'test'; readonly text: string }
  /** It is ended by something that could not be read from here: a deadline, a signal, a list. */
  | { readonly is: 'unread' };

const UNREAD: NextRound = { is: 'unread' };
const OPEN: NextRound = { is: 'open' };

export function nextRound(file: SourceFile, loop: Loop, offset: number): NextRound {
  if (loop.type === 'ForOfStatement') return UNREAD;
  if (loop.test == null) return OPEN;
  const counters = countersOf(file, loop);
  let isFlag = true;
  for (const part of parts(loop.test, '&&')) {
    const test = unwrap(part);
    const counter = counters.find((one) => mentions(test, one));
    if (counter !== undefined) return counted(file, loop, test, counter, offset);
    const plain = test.type === 'UnaryExpression' && test.operator === '!' ? unwrap(test.argument) : test;
    if (plain.type !== 'Literal' && plain.type !== 'Identifier') isFlag = false;
  }
  return isFlag ? OPEN : UNREAD;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function counted(file: SourceFile, loop: Loop, test: Node, counter: Variable, offset: number): NextRound {
  const stepping = steppingOf(file, loop, counter);
  const step = stepOf(file, counter, loop);
  if (stepping === null || step === null || (stepping.in === 'body' && !isEveryRound(stepping.node, loop, offset))) return UNREAD;
  const { name } = counter;
  // `while (left--)`, `while (left)`
  if (isVariable(file, test, counter) || (test.type === 'UpdateExpression' && !test.prefix)) return step === -1 && stepping.in !== 'update' ? { is: 'test', text: `${name} > 0` } : UNREAD;
  if (test.type !== 'BinaryExpression') return UNREAD;
  const isLeft = mentions(test.left, counter);
  const own = unwrap(isLeft ? test.left : test.right);
  const bound = isLeft ? test.right : test.left;
  const operator = isLeft ? test.operator : MIRRORED[test.operator];
  const isUp = operator === '<' || operator === '<=';
  if (operator === undefined || !/^[<>]=?$/.test(operator) || isUp !== (step === 1) || !(own.type === 'UpdateExpression' || isVariable(file, own, counter))) return UNREAD;
  const text = boundText(file, bound);
  if (text === null) return UNREAD;
  const isStepped = stepping.in === 'body' ? stepping.node.range[1] <= offset : stepping.in === 'test' && own.type === 'UpdateExpression' && !own.prefix;
  if (isStepped) return { is: 'test', text: `${name} ${operator} ${text}` };
  if (operator.endsWith('=')) return { is: 'test', text: `${name} ${operator[0]!} ${text}` };
  return { is: 'test', text: `${name} ${operator} ${moved(text, step)}` };
}

/** A step that stands in the handler or the body itself, not in a branch of it. */
function isEveryRound(node: Node, loop: Loop, offset: number): boolean {
  const statement = node.parent;
  const list = statement?.type === 'ExpressionStatement' ? statement.parent : null;
  if (list == null) return false;
  if (list === loop.body) return true;
  return list.type === 'BlockStatement' && list.parent.type === 'CatchClause' && list.range[0] <= offset && offset <= list.range[1];
}

/** A bound that is the same text wherever it stands in the loop. */
function boundText(file: SourceFile, bound: Node): string | null {
  const inner = unwrap(bound);
  const text = file.text.slice(...bound.range);
  if (inner.type === 'Literal' || inner.type === 'Identifier') return text;
  if (inner.type === 'MemberExpression') return /^[\w$.#]+$/.test(text) ? text : null;
  return inner.type === 'BinaryExpression' && /^[\w$.]+ [+-] \d+$/.test(text) ? text : null;
}

/** `5` -> `4`, `limit` -> `limit - 1`, `retries + 1` -> `retries`: the bound of the round before. */
function moved(text: string, step: 1 | -1): string {
  if (/^\d+$/.test(text)) return String(Number(text) - step);
  const sum = /^(.+) ([+-]) (\d+)$/.exec(text);
  const rest = (sum === null ? 0 : Number(`${sum[2]}${sum[3]}`)) - step;
  const name = sum === null ? text : sum[1]!;
  return rest === 0 ? name : `${name} ${rest < 0 ? '-' : '+'} ${Math.abs(rest)}`;
}
