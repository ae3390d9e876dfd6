import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside, ownNodes } from '../analysis/summarize-body.js';
import { countersOf, type Loop } from '../analysis/summarize-loop.js';
import { nodesInside } from '../analysis/sorted-nodes.js';
import { asks, counterAt, leavingTests, nextRound, type FailureCounter } from '../facts/retry-counter.js';
import type { RetryRegion } from '../facts/retries.js';
import type { Edit } from './edit.js';
import { newlineBefore } from './layout.js';
import { appendStatement, deeper, insertBefore, prependStatement } from './statements.js';

type Node = TSESTree.Node;
type Block = TSESTree.BlockStatement;

/** Why a wait cannot be put into a loop. */
export type NoPlace = 'several-ways' | 'ended-elsewhere' | 'list-of-rounds';

/** A place in a loop that is passed before each further attempt. */
export interface WaitPlace {
  readonly offset: number;
  /** A test that keeps it from waiting behind the last failure; `null`: none is needed. */
  readonly guard: string | null;
  /** What counts the failures there, where that is not to be asked for at the offset. */
  readonly counter?: FailureCounter;
  write(statement: string): Edit | null;
}

/** Where a loop can wait, so that each way to the next attempt passes it, and none behind the last. */
export function waitPlace(file: SourceFile, region: RetryRegion, endless: boolean): WaitPlace | NoPlace {
  const loop = region.node as Loop;
  const block = blockOf(file, region);
  const ways = block === null ? null : waysOn(file, block, loop);
  if (block === null || ways?.length !== 1) return atHead(file, loop) ?? 'several-ways';
  const [way] = ways;
  const offset = way === 'end' ? block.range[1] - 1 : way!.range[0];
  const guard = endless || isLeftBefore(file, region, block, offset) || (way !== 'end' && isAskedAround(file, loop, way!, block)) ? null : guardAt(file, loop, offset);
  if (guard !== null && typeof guard !== 'string') return guard.not === 'several-ways' ? (atHead(file, loop) ?? 'ended-elsewhere') : guard.not;
  return { offset, guard, write: (statement) => (way === 'end' ? appendStatement(file, block, statement) : beforeStatement(file, way!, statement)) };
}

/** The handler; the whole body where a reply may say that it failed, or where what ends the attempts stands behind the `try`. */
function blockOf(file: SourceFile, { retry, node }: RetryRegion): Block | null {
  const { body } = node as Loop;
  const { handler, attempt } = retry;
  const isBehind = attempt !== null && leavingTests(file, body).some((test) => test.parent === body && test.range[0] >= attempt.range[1]);
  const block = handler?.type === 'CatchClause' && retry.byReply !== true && !isBehind ? handler.body : handler === null || handler.type === 'CatchClause' ? body : null;
  return block?.type === 'BlockStatement' ? block : null;
}

/** The ways from a block to the next round: its end, and each `continue`. `null` where that is not told by its form. */
function waysOn(file: SourceFile, block: Block, loop: Loop): readonly ('end' | TSESTree.ContinueStatement)[] | null {
  const fn = fnOf(loop);
  const own = fn === null ? [] : nodesInside(ownNodes(file, fn, 'ContinueStatement'), block).filter((one) => loopOf(one) === loop);
  if (own.some((one) => one.label !== null)) return null;
  const isReached = reachesEnd(block);
  return isReached === null ? null : isReached ? ['end', ...own] : own;
}

function fnOf(loop: Node): Parameters<typeof ownNodes>[1] | null {
  for (let current = loop.parent; current != null; current = current.parent) if (/Function/.test(current.type)) return current as Parameters<typeof ownNodes>[1];
  return null;
}

function loopOf(node: Node): Node | null {
  for (let current = node.parent; current != null; current = current.parent) if (/^(?:For|While|DoWhile)/.test(current.type)) return current;
  return null;
}

/** Does control come to the end of a statement, as far as its form tells? `null`: not told. */
function reachesEnd(statement: Node): boolean | null {
  switch (statement.type) {
    case 'ThrowStatement':
    case 'ReturnStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return false;
    case 'BlockStatement': {
      const answers = statement.body.map(reachesEnd);
      return answers.includes(false) ? false : answers.includes(null) ? null : true;
    }
    case 'IfStatement':
      return statement.alternate == null ? true : either(reachesEnd(statement.consequent), reachesEnd(statement.alternate));
    case 'TryStatement':
      if (statement.finalizer != null && reachesEnd(statement.finalizer) !== true) return null;
      return statement.handler == null ? reachesEnd(statement.block) : either(reachesEnd(statement.block), reachesEnd(statement.handler.body));
    case 'SwitchStatement':
    case 'LabeledStatement':
      return null;
    case 'WhileStatement':
    case 'DoWhileStatement':
      return statement.test.type === 'Literal' ? null : true;
    case 'ForStatement':
      return statement.test == null ? null : true;
    default:
      return true;
  }
}

function either(one: boolean | null, other: boolean | null): boolean | null {
  return one === true || other === true ? true : one === null || other === null ? null : false;
}

/** Is the last failure sent out of the loop before it comes to a place? */
function isLeftBefore(file: SourceFile, { retry, node }: RetryRegion, block: Block, offset: number): boolean {
  const counters = countersOf(file, node as Loop);
  const { attempt } = retry;
  const tests = leavingTests(file, block).filter((test) => test.range[0] < offset && counters.some((counter) => asks(file, test.test, counter)));
  if (block !== (node as Loop).body || attempt === null || attempt.handler === null) return tests.length > 0;
  // Of a `try` both ways lead here: a reply that says it failed, and an error.
  return tests.some((test) => test.parent === block) || (tests.some((test) => isInside(test, attempt.block)) && tests.some((test) => isInside(test, attempt.handler!)));
}

/** `if (attempt < tries) continue;` */
function isAskedAround(file: SourceFile, loop: Loop, way: Node, block: Block): boolean {
  const counters = countersOf(file, loop);
  for (let current = way; current !== block && current.parent != null; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'IfStatement' && parent.consequent === current && counters.some((counter) => asks(file, parent.test, counter))) return true;
  }
  return false;
}

function guardAt(file: SourceFile, loop: Loop, offset: number): string | { readonly not: NoPlace } {
  const next = nextRound(file, loop, offset);
  if (next.is === 'test') return next.text;
  if (loop.type === 'ForOfStatement') return { not: 'list-of-rounds' };
  return { not: next.is === 'unread' && loop.type === 'ForStatement' ? 'several-ways' : 'ended-elsewhere' };
}

/** At the beginning of each round but the first: of a loop whose head counts from a number. */
function atHead(file: SourceFile, loop: Loop): WaitPlace | null {
  const { body } = loop;
  if (loop.type !== 'ForStatement' || loop.update == null || body.type !== 'BlockStatement') return null;
  const offset = body.range[0] + 1;
  const counter = counterAt(file, loop, offset);
  if (counter === null || counter.step !== 1 || counter.first === null || !isInside(loop.update, loop)) return null;
  return { offset, guard: `${counter.variable.name} > ${counter.first}`, counter: { ...counter, first: counter.first + 1 }, write: (statement) => prependStatement(file, body, statement) };
}

/** In front of a statement; one that is a branch by itself becomes a block. */
export function beforeStatement(file: SourceFile, statement: Node, added: string): Edit | null {
  const { parent } = statement;
  const before = insertBefore(file, statement, added);
  if (before !== null || parent?.type !== 'IfStatement') return before;
  const text = file.text.slice(...statement.range);
  const end = text.endsWith(';') ? ';' : '';
  const line = newlineBefore(file, parent.range[0], 0);
  const inner = line === null ? ' ' : deeper(file, line);
  const block = `{${inner}${added}${line === null ? ';' : end}${inner}${text}${line ?? ' '}}`;
  // `if (last)` and the branch in the next line.
  const from = parent.consequent === statement ? file.text.lastIndexOf(')', statement.range[0]) + 1 : statement.range[0];
  const isSpace = file.text.slice(from, statement.range[0]).trim() === '';
  return isSpace && from < statement.range[0] ? { range: [from, statement.range[1]], text: ` ${block}` } : { range: statement.range, text: block };
}
