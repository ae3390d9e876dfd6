import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { nodesInside } from './sorted-nodes.js';
import { isInside, ownNodes } from './summarize-body.js';
import { countersOf, mentions, type Loop } from './summarize-loop.js';
import { builtinName } from './summarize-names.js';
import { unwrap } from './syntax.js';
import type { FunctionNode, Value } from './value.js';
import { writesOf } from './writes.js';

type Node = TSESTree.Node;

/** `null`: limited, by how much is not known. */
export type Attempts = number | 'unbounded' | null;

/** A limit that a condition sets: a number of rounds, or one that is not known. */
type Cap = number | 'some';

/** What a limit is; a caller may know more of it than its function. */
export type ReadLimit = (file: SourceFile, node: Node) => Value;

/** How often a loop tries, at most: by its test, by its list, and by what leaves it after a failure. */
export function attemptsOf(file: SourceFile, fn: FunctionNode, loop: Loop, attempt: TSESTree.TryStatement | null, read: ReadLimit = evaluate): Attempts {
  const counters = countersOf(file, loop).filter((counter) => !isReset(file, counter, loop));
  const caps: Cap[] = [];
  if (loop.type === 'ForOfStatement') caps.push(lengthOf(file, loop.right));
  else if (loop.test != null) for (const part of parts(loop.test, '&&')) caps.push(...capOf(file, part, counters, 'stays', loop, attempt, read));
  for (const node of nodesInside(ownNodes(file, fn, 'IfStatement'), loop.body)) {
    if ((attempt !== null && isInside(node, attempt.block)) || !leaves(node.consequent)) continue;
    for (const part of parts(node.test, '||')) caps.push(...capOf(file, part, counters, 'leaves', loop, attempt, read));
  }
  if (nodesInside(ownNodes(file, fn, 'CallExpression'), loop).some((call) => calledName(call) === 'throwIfAborted')) caps.push('some');
  return leastOf(caps);
}

function leastOf(caps: readonly Cap[]): Attempts {
  const numbers = caps.filter((cap) => cap !== 'some');
  if (numbers.length > 0) return Math.min(...numbers);
  return caps.length > 0 ? null : 'unbounded';
}

/** A counter that is set back in the loop limits nothing. */
export function isReset(file: SourceFile, counter: Variable, loop: Loop): boolean {
  return writesOf(file, counter).some((write) => write.kind === 'assignment' && isInside(write.target, loop.body));
}

/** The operands of a condition: `a && b` leaves when one fails, `a || b` when one holds. */
export function parts(test: Node, operator: '&&' | '||'): readonly Node[] {
  const inner = unwrap(test);
  return inner.type === 'LogicalExpression' && inner.operator === operator ? [...parts(inner.left, operator), ...parts(inner.right, operator)] : [inner];
}

/** Does a branch end the attempts? */
export function leaves(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ThrowStatement' || last?.type === 'ReturnStatement' || last?.type === 'BreakStatement';
}

function capOf(file: SourceFile, part: Node, counters: readonly Variable[], when: 'stays' | 'leaves', loop: Loop, attempt: TSESTree.TryStatement | null, read: ReadLimit): readonly Cap[] {
  const test = unwrap(part);
  const counter = counters.find((one) => mentions(test, one));
  if (counter !== undefined) {
    const counted = countedCap(file, test, counter, when, loop, attempt, read);
    return counted === 'unlimited' ? [] : [counted];
  }
  // A deadline, a signal, or a question to somebody who may know.
  if (/\bDate\.now\b|performance\.now|deadline|hrtime|elapsed/i.test(file.text.slice(test.range[0], test.range[1]))) return ['some'];
  if (/\.aborted\b/.test(file.text.slice(test.range[0], test.range[1]))) return ['some'];
  return when === 'stays' && unwrapNot(test).type !== 'Identifier' && unwrapNot(test).type !== 'MemberExpression' && unwrapNot(test).type !== 'Literal' ? ['some'] : [];
}

function unwrapNot(node: Node): Node {
  let inner = unwrap(node);
  while (inner.type === 'UnaryExpression' && inner.operator === '!') inner = unwrap(inner.argument);
  if (inner.type === 'AwaitExpression') inner = unwrap(inner.argument);
  return inner;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '===': '===', '==': '==', '!==': '!==', '!=': '!=' };

/** What a comparison of a counter allows; `unlimited` against infinity. */
function countedCap(file: SourceFile, test: Node, counter: Variable, when: 'stays' | 'leaves', loop: Loop, attempt: TSESTree.TryStatement | null, read: ReadLimit): Cap | 'unlimited' {
  const step = stepOf(file, counter, loop);
  const start = startOf(file, counter, loop, read);
  const own = unwrap(test);
  // `while (retries--)`, `if (!retries) throw`
  if (own.type === 'UpdateExpression' && when === 'stays') return start !== null && step === -1 ? Math.max(own.prefix ? start - 1 : start, 0) : 'some';
  if (own.type === 'Identifier' && when === 'stays') return start !== null && step === -1 ? Math.max(start, 0) : 'some';
  if (own.type !== 'BinaryExpression') return 'some';
  const left = unwrap(own.left);
  const isLeft = mentions(left, counter);
  const counted = isLeft ? left : unwrap(own.right);
  const operator = isLeft ? own.operator : MIRRORED[own.operator];
  const bound = read(file, isLeft ? own.right : own.left);
  if (bound.kind === 'literal' && bound.value === Infinity) return 'unlimited';
  if (bound.kind !== 'literal' || typeof bound.value !== 'number' || !Number.isFinite(bound.value) || start === null || step === null) return 'some';
  if (counted.type !== 'Identifier' && counted.type !== 'UpdateExpression') return 'some';
  const rounds = (bound.value - start) * step;
  const inclusive = operator === '<=' || operator === '>=';
  if (when === 'stays') {
    const goesTowards = step === 1 ? operator === '<' || operator === '<=' : operator === '>' || operator === '>=';
    if (!goesTowards && operator !== '!==' && operator !== '!=') return 'some';
    const first = counted.type === 'UpdateExpression' && counted.prefix ? 1 : 0;
    return Math.max(rounds + (inclusive ? 1 : 0) - first, 0);
  }
  const passed = step === 1 ? operator === '>' || operator === '>=' : operator === '<' || operator === '<=';
  if (!passed && operator !== '===' && operator !== '==') return 'some';
  // Counted before the test, the test sees the number of failures; else that of the failures before.
  const before = (counted.type === 'UpdateExpression' && counted.prefix) || isCountedBefore(file, counter, own, attempt);
  return Math.max(rounds + (inclusive || !passed ? 1 : 2) - (before ? 1 : 0), 1);
}

/** Is the counter stepped in the same round, before this test? */
function isCountedBefore(file: SourceFile, counter: Variable, test: Node, attempt: TSESTree.TryStatement | null): boolean {
  const home = attempt === null ? null : (attempt.handler ?? attempt);
  return writesOf(file, counter).some(
    (write) => write.kind === 'compound' && write.target.range[1] < test.range[0] && ((home !== null && isInside(write.target, home)) || (attempt !== null && write.target.range[1] <= attempt.range[0] && isInRound(write.target, attempt))),
  );
}

/** In the body of the loop that holds the attempt, not in its head. */
function isInRound(target: Node, attempt: Node): boolean {
  const body = attempt.parent;
  return body != null && isInside(target, body);
}

/** By how much a loop steps a variable; `null` where it is more than one, or not told. */
export function stepOf(file: SourceFile, counter: Variable, loop: Loop): 1 | -1 | null {
  const steps = file.index.assignments.filter((node) => isInside(node, loop) && mentions(node.type === 'UpdateExpression' ? node.argument : node.left, counter));
  const signs = new Set(
    steps.map((node) => {
      if (node.type === 'UpdateExpression') return node.operator === '++' ? 1 : -1;
      const by = evaluate(file, node.right);
      if (by.kind !== 'literal' || by.value !== 1) return null;
      return node.operator === '+=' ? 1 : node.operator === '-=' ? -1 : null;
    }),
  );
  return signs.size === 1 ? [...signs][0]! : null;
}

/** The number a counter begins with; `null` where it is not known. */
export function startOf(file: SourceFile, counter: Variable, loop: Loop, read: ReadLimit = evaluate): number | null {
  const before = writesOf(file, counter).filter((write) => write.kind !== 'compound' && !isInside(write.target, loop.body));
  const first = before.length === 1 ? before[0]! : null;
  if (first === null || first.value === null || first.path.length > 0) return null;
  const value = read(file, first.value);
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : null;
}

/** How many items a list has. */
function lengthOf(file: SourceFile, list: Node): Cap {
  const inner = unwrap(list);
  if (inner.type === 'ArrayExpression' && inner.elements.length === 1 && inner.elements[0]?.type === 'SpreadElement') return lengthOf(file, inner.elements[0].argument);
  const value = evaluate(file, inner);
  if (value.kind === 'array' && value.open === null) return value.items.length;
  if (inner.type !== 'CallExpression' && inner.type !== 'NewExpression') return 'some';
  const callee = unwrap(inner.callee);
  if (callee.type === 'MemberExpression' && /^(?:keys|entries|values|fill)$/.test(calledName(inner) ?? '')) return lengthOf(file, callee.object);
  const name = builtinName(evaluate(file, callee));
  const [first] = inner.arguments;
  if (first === undefined) return 'some';
  const size = evaluate(file, first);
  if (name === 'Array' && size.kind === 'literal' && typeof size.value === 'number') return size.value;
  if (name === 'Array.from' && size.kind === 'object') {
    const length = size.entries.get('length')?.value();
    if (length?.kind === 'literal' && typeof length.value === 'number') return length.value;
  }
  return 'some';
}

function calledName(call: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : null;
}
