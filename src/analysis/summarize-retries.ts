import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, placesOf, type Block, type ControlFlow, type Step } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import type { SourceFile } from './source-file.js';
import { attemptsOf, recursionAttempts, type Attempts } from './summarize-attempts.js';
import { isGenerator, isInside, ownNodes } from './summarize-body.js';
import { countersOf, isInvariant, mentions, type Loop } from './summarize-loop.js';
import { builtinName } from './summarize-names.js';
import { question } from './summarize-question.js';
import { waits } from './summarize-sleeps.js';
import { isFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;
type Attempt = TSESTree.CallExpression;

/** The function tries something again when it failed. */
export interface Retry {
  /** How often it tries in all; `null` when it is limited, by how much is not known. */
  readonly attempts: Attempts;
  /** Does it wait by a timer before each further attempt? */
  readonly delayed: 'yes' | 'no' | 'unknown';
  /** The loop, or the call of itself. */
  readonly node: Node;
  /** The parameter that is called: a helper such as `retry(fn)`. */
  readonly runs: number | null;
}

/** Does a function retry by itself: a loop in which success leaves and failure goes on, or a call of itself in its own handler? */
export const retryIn = question<Retry | null>(find, null, null);

function find(file: SourceFile, fn: FunctionNode): Retry | null {
  if (fn.body == null || isGenerator(fn)) return null;
  const loops = ownNodes(file, fn, 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForOfStatement');
  if (loops.length > 0) {
    const flow = controlFlow(file, fn);
    if (flow.approximate) return null;
    // Outer loops come first; the loop that tries again is the innermost that holds the attempt.
    for (const loop of [...loops].reverse()) {
      if (loop.type === 'ForOfStatement' && loop.await) continue;
      const found = inLoop(file, fn, flow, loop);
      if (found !== null) return found;
    }
  }
  return byRecursion(file, fn);
}

function inLoop(file: SourceFile, fn: FunctionNode, flow: ControlFlow, loop: Loop): Retry | null {
  const statusAttempt = attemptByStatus(file, fn, loop);
  for (const attempt of ownNodes(file, fn, 'TryStatement')) {
    if (attempt.handler == null || !isInside(attempt, loop)) continue;
    // Without awaits, a `try` in a branch is one way of many: parsers are full of them.
    if (!fn.async && attempt.parent !== loop.body) continue;
    const calls = attemptsIn(file, fn, attempt.block);
    if (calls.length === 0 || !calls.every((call) => isInvariant(file, loop, call))) continue;
    const again = new Set(placesOf(flow, attempt));
    const handler = placesOf(flow, attempt.handler);
    if (!leadsTo(handler, again, loop, new Set())) continue;
    const goesOn = leadsTo([...again], again, loop, new Set(handler));
    if (goesOn && statusAttempt === null && !setsFlag(file, loop, attempt.block)) continue;
    return {
      attempts: attemptsOf(file, fn, loop, attempt),
      delayed: delayOf(file, fn, flow, loop, attempt.handler, attempt),
      node: loop,
      runs: parameterCalled(file, fn, calls),
    };
  }
  if (statusAttempt === null || !isInvariant(file, loop, statusAttempt.call)) return null;
  const { call, awaited } = statusAttempt;
  const places = placesOf(flow, awaited);
  if (!leadsTo(places, new Set(places), loop, new Set())) return null;
  return { attempts: attemptsOf(file, fn, loop, null), delayed: delayOf(file, fn, flow, loop, awaited, awaited), node: loop, runs: parameterCalled(file, fn, [call]) };
}

/** The calls that may fail in a block: of an async function those it awaits, since only their failure is seen. */
function attemptsIn(file: SourceFile, fn: FunctionNode, block: Node): readonly Attempt[] {
  const calls = fn.async
    ? ownNodes(file, fn, 'AwaitExpression').flatMap((node) => {
        const argument = unwrap(node.argument);
        return isInside(node, block) && argument.type === 'CallExpression' && waits(file, argument).is !== 'yes' ? [argument] : [];
      })
    : ownNodes(file, fn, 'CallExpression').filter((call) => isInside(call, block));
  // `(await fetch(url)).json()` is one attempt.
  return calls.filter((call) => !calls.some((other) => other !== call && isInside(other, call) && isInside(other, call.callee)));
}

/** Is there a way, inside the loop, from some steps on to one of others, past none that bars it? */
function leadsTo(from: readonly Step[], to: ReadonlySet<Step>, loop: Loop, barred: ReadonlySet<Step>): boolean {
  const seen = new Set<Block>();
  const work = from.map((step) => ({ block: step.block, index: step.index + 1 }));
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { block, index } = place;
    let ends = false;
    for (const step of block.steps.slice(index)) {
      if (to.has(step)) return true;
      ends = barred.has(step) || !isInside(step.node, loop) || (step.node === loop && step.kind === 'start');
      if (ends) break;
    }
    if (ends) continue;
    for (const edge of block.successors) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      work.push({ block: edge.to, index: 0 });
    }
  }
  return false;
}

/** `while (!done) { try { …; done = true } catch {} }`: success ends the loop by what its test reads. */
function setsFlag(file: SourceFile, loop: Loop, block: Node): boolean {
  if (loop.type === 'ForOfStatement' || loop.test == null) return false;
  const { test } = loop;
  return file.index.assignments.some((node) => {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=' || !isInside(node, block) || node.left.type !== 'Identifier') return false;
    const variable = file.bindings.variableOf(node.left);
    return variable !== null && variable !== 'global' && mentions(test, variable);
  });
}

/** `const res = await call(); if (res.ok) return res;`: a reply that says that it failed. */
function attemptByStatus(file: SourceFile, fn: FunctionNode, loop: Loop): { call: Attempt; awaited: TSESTree.AwaitExpression } | null {
  for (const awaited of ownNodes(file, fn, 'AwaitExpression')) {
    const call = unwrap(awaited.argument);
    if (!isInside(awaited, loop) || call.type !== 'CallExpression') continue;
    const holder = awaited.parent as Node;
    const target = holder.type === 'VariableDeclarator' ? holder.id : holder.type === 'AssignmentExpression' && holder.operator === '=' ? holder.left : null;
    const variable = target?.type === 'Identifier' ? file.bindings.variableOf(target) : null;
    if (variable === null || variable === 'global') continue;
    if (variable.references.some((reference) => isInside(reference.identifier as Node, loop) && isStatusTest(reference.identifier as Node))) return { call, awaited };
  }
  return null;
}

/** `res.ok` in a condition, or `res.status` beside a number: a job whose status is a word is polled, not retried. */
function isStatusTest(use: Node): boolean {
  const member = use.parent as Node | undefined;
  if (member?.type !== 'MemberExpression' || member.object !== use) return false;
  const name = memberName(member);
  let parent = member.parent as Node | undefined;
  if (name === 'status' || name === 'statusCode') {
    if (parent?.type !== 'BinaryExpression') return false;
    const other = unwrap(parent.left === member ? parent.right : parent.left);
    return other.type === 'Literal' && typeof other.value === 'number';
  }
  if (name !== 'ok') return false;
  while (parent?.type === 'UnaryExpression' || parent?.type === 'LogicalExpression') parent = parent.parent as Node | undefined;
  return parent?.type === 'IfStatement' || parent?.type === 'WhileStatement' || parent?.type === 'DoWhileStatement' || parent?.type === 'ForStatement' || parent?.type === 'ConditionalExpression';
}

/** Does every way from a failure to the next attempt wait? */
function delayOf(file: SourceFile, fn: FunctionNode, flow: ControlFlow, around: Node, from: Node, to: Node): Retry['delayed'] {
  const counters = around.type === 'CallExpression' ? [] : countersOf(file, around as Loop);
  const pauses = ownNodes(file, fn, 'AwaitExpression').flatMap((node) => {
    const isAttempt = to.type === 'TryStatement' ? isInside(node, to.block) : node === to;
    const { is } = isAttempt ? { is: 'no' as const } : waits(file, node.argument);
    return is === 'no' ? [] : [{ node, sure: is === 'yes' }];
  });
  const through = (kinds: typeof pauses) => (node: Node): boolean =>
    kinds.some((pause) => pause.node === node) || (node.type === 'IfStatement' && isFirstOrLast(node, counters) && kinds.some((pause) => isInside(pause.node, node)));
  const sure = pauses.filter((pause) => pause.sure);
  if (sure.length > 0 && flow.everyPath(from, to, through(sure)) === 'yes') return 'yes';
  const onTheWay = pauses.filter((pause) => flow.canReach(from, pause.node) && flow.canReach(pause.node, to));
  return onTheWay.length > 0 ? 'unknown' : 'no';
}

/** `if (attempt > 0) await sleep()`: passed over only where there is no next attempt, or none before. */
function isFirstOrLast(node: TSESTree.IfStatement, counters: readonly Variable[]): boolean {
  return counters.some((counter) => mentions(node.test, counter));
}

function parameterCalled(file: SourceFile, fn: FunctionNode, calls: readonly Attempt[]): number | null {
  for (const call of calls) {
    const callee = evaluate(file, call.callee);
    if (callee.kind === 'parameter' && callee.node === fn && callee.path.length === 0) return callee.index;
  }
  return null;
}

/** `catch (e) { return load(id, tries - 1) }`, also in `.catch(…)` and behind a timer. */
function byRecursion(file: SourceFile, fn: FunctionNode): Retry | null {
  for (const call of file.index.calls) {
    if (call.type !== 'CallExpression' || !isInside(call, fn) || !isOwnName(file, fn, call)) continue;
    if (!presentAlternatives(evaluate(file, call.callee)).some((callee) => callee.kind === 'function' && callee.node === fn)) continue;
    const from = handlerAround(call, fn);
    if (from === null) continue;
    const attempts = recursionAttempts(file, fn, call);
    if (attempts === 'no-retry') continue;
    return { attempts, delayed: recursionDelay(file, fn, from, call), node: call, runs: null };
  }
  return null;
}

/** Cheap, before anything is evaluated: a function calls itself by its name. */
function isOwnName(file: SourceFile, fn: FunctionNode, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  return name !== null && file.text.slice(Math.max(0, fn.range[0] - 200), fn.body?.range[0] ?? fn.range[1]).includes(name);
}

/** The handler of the function in which a node stands: a catch clause, or a function handed to `.catch`. */
function handlerAround(node: Node, fn: FunctionNode): Node | null {
  for (let current: Node = node; current !== fn && current.parent != null; current = current.parent) {
    const parent: Node = current.parent;
    if (parent.type === 'CatchClause' && parent.body === current) return parent;
    if (isFunction(current) && parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression') {
      const method = memberName(parent.callee);
      if ((method === 'catch' && parent.arguments[0] === current) || (method === 'then' && parent.arguments[1] === current)) return current;
    }
  }
  return null;
}

function recursionDelay(file: SourceFile, fn: FunctionNode, from: Node, call: TSESTree.CallExpression): Retry['delayed'] {
  let owner: FunctionNode = fn;
  for (let current: Node | undefined = call.parent; current != null && current !== fn; current = current.parent) {
    if (isFunction(current) && owner === fn) owner = current;
    if (current.type === 'CallExpression' && builtinName(evaluate(file, current.callee)) === 'setTimeout') return 'yes';
    // `sleep(100).then(() => load(id))`
    if (current.type === 'CallExpression' && current.callee.type === 'MemberExpression' && memberName(current.callee) === 'then' && !isInside(call, current.callee) && waits(file, current.callee.object).is === 'yes') return 'yes';
  }
  const flow = controlFlow(file, owner);
  if (from.type === 'CatchClause') return owner === fn ? delayOf(file, fn, flow, call, from, call) : 'unknown';
  if (owner !== from) return 'unknown';
  const pauses = ownNodes(file, owner, 'AwaitExpression').filter((node) => waits(file, node.argument).is === 'yes');
  return flow.everyPath('entry', call, (node) => pauses.includes(node as TSESTree.AwaitExpression)) === 'yes' ? 'yes' : pauses.length > 0 ? 'unknown' : 'no';
}
