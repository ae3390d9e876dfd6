import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe } from '../analysis/syntax.js';
import type { Release } from '../facts/releases.js';
import type { Mend } from './edit.js';
import { declaredInside, givesAwayLater } from './region-checks.js';
import { failsOrLeaves, releaseStatements, waits, type NotMovable, type ReleaseStatement } from './release-statements.js';
import { ownsLines } from './line-edits.js';
import { extendTry, moveTryUp, wrapInTry } from './try-edits.js';

type Statement = TSESTree.Statement;

/** Why a release cannot be moved into a `finally` here. */
export type FinallyRefusal =
  | NotMovable
  | 'by-outcome'
  | 'never-released'
  | 'out-of-reach'
  | 'written-again'
  | 'declared-inside'
  | 'work-after-release'
  | 'returns-unawaited'
  | 'finally-there'
  | 'lender-ends';

/** Where the `try` goes, and what it holds. */
export interface Region {
  readonly taken: Statement;
  /** What it wraps. */
  readonly body: readonly Statement[];
  /** The statement among them, or behind them, that gives back when all goes well; `null` where each way has its own. */
  readonly tail: ReleaseStatement | null;
  /** The one whose text the `finally` gets. */
  readonly chosen: ReleaseStatement;
  readonly releases: readonly ReleaseStatement[];
}

/** Moves what gives something back into a `finally` around the code that uses it. */
export function releaseInFinally(file: SourceFile, release: Release): Mend | FinallyRefusal {
  const { model, leaks, statement: taken, variable } = release;
  if (model.byOutcome === true) return 'by-outcome';
  if (leaks === 'always') return 'never-released';
  // Given back after its lender is closed, it may fail.
  if (release.uses.ends.length > 0) return 'lender-ends';
  const releases = releaseStatements(file, release);
  if (typeof releases === 'string') return releases;
  const { parent } = taken;
  if (parent.type !== 'BlockStatement' || !ownsLines(file, taken)) return 'odd-place';
  const block = parent.body;
  const from = block.indexOf(taken);
  const reads = (variable?.references ?? []).filter((one) => one.isRead()).map(({ identifier }) => identifier as TSESTree.Node);
  const used = [...reads, ...releases.map(({ node }) => node)];
  if (used.some((node) => node.range[0] < taken.range[1] || !isInside(node, parent))) return 'out-of-reach';
  const writes = (variable?.references ?? []).filter((one) => one.isWrite() && (one.identifier as TSESTree.Node).range[0] > taken.range[1]);
  if (writes.length > 0) return 'written-again';
  const last = Math.max(...used.map((node) => block.findIndex((statement) => isInside(node, statement))));
  const end = block[last]!;
  const between = block.slice(from + 1, last);
  const finish = (edits: Mend['edits'] | null): Mend | FinallyRefusal =>
    edits === null ? 'odd-place' : { edits, title: `move \`${describe(chosen.call.callee)}()\` into \`finally\``, safety: 'behaviour' };
  const inFinally = releases.filter(({ node }) => finallyOf(node) !== null);
  const chosen = inFinally[0] ?? releases.find(({ node }) => node === end) ?? releases.find(({ text }) => /\bawait\b/.test(text)) ?? releases.at(-1)!;

  if (end.type === 'TryStatement' && releases.every(({ node }) => isInside(node, end))) {
    if (end.handler === null && inFinally.length === releases.length && end.finalizer !== null && releases.every(({ among }) => among === end.finalizer!.body)) {
      if (declaredInside(file, between).some((node) => !isInside(node, end))) return 'declared-inside';
      return givesAwayLater(file, release, between) ? 'returns-unawaited' : finish(moveTryUp(file, taken, between, end));
    }
    if (inFinally.length === 0 && !failsOrLeaves(between)) {
      const reason = checkEach(releases, { taken, end, body: [end] }) ?? (givesAwayLater(file, release, [end]) ? 'returns-unawaited' : null);
      if (reason !== null) return reason;
      if (end.finalizer !== null && failsOrLeaves(end.finalizer.body)) return 'finally-there';
      return finish(extendTry(file, { taken, body: [end], tail: null, chosen, releases }, end));
    }
  }
  if (inFinally.some(({ node, among }) => !isOnlyWork(file, finallyOf(node)!, node) || among.length !== 1)) return 'finally-there';

  const tail = releases.find(({ node }) => node === end) ?? null;
  const before = tail === null || between.length === 0 ? undefined : between.at(-1)!;
  if (before?.type === 'TryStatement' && before.finalizer === null && releases.length === 1 && !failsOrLeaves(between.slice(0, -1)) && !givesAwayLater(file, release, [before])) {
    return finish(extendTry(file, { taken, body: [before], tail, chosen, releases }, before));
  }
  const isGivenBackAtEnd = tail !== null || inFinally.length > 0;
  let body = block.slice(from + 1, tail === null ? last + 1 : last);
  if (body.length === 0) return 'odd-place';
  if (declaredInside(file, body).length > 0) {
    // What stands behind may be run before the release, too, as long as nobody is waited for.
    const rest = block.slice(last + 1);
    body = block.slice(from + 1);
    if (rest.length === 0 || waits(rest) || declaredInside(file, body).length > 0) return 'declared-inside';
  }
  const reason = checkEach(releases.filter((one) => one !== tail && !inFinally.includes(one)), { taken, end, body }) ?? (givesAwayLater(file, release, isGivenBackAtEnd ? block.slice(from + 1, last + 1) : body) ? 'returns-unawaited' : null);
  return reason ?? finish(wrapInTry(file, { taken, body, tail, chosen, releases }));
}

/** Taken away, none of them may leave a way on which more is done before the `finally` than was before the release. */
function checkEach(releases: readonly ReleaseStatement[], { taken, end, body }: { taken: Statement; end: Statement; body: readonly Statement[] }): FinallyRefusal | null {
  for (const { node, among } of releases) {
    const following = among.slice(among.indexOf(node) + 1);
    if (among.length === 1) return 'odd-place';
    if (waits(following)) return 'work-after-release';
    const isInTry = end.type === 'TryStatement' && (among === end.block.body || among === end.handler?.body.body);
    if (!isInTry && !leaves(following.at(-1), taken, body)) return 'odd-place';
  }
  return null;
}

/** Does a statement leave the region? A `break` of a loop in it does not. */
function leaves(last: Statement | undefined, taken: Statement, body: readonly Statement[]): boolean {
  if (last === undefined) return false;
  if (last.type === 'ReturnStatement' || last.type === 'ThrowStatement') return true;
  if ((last.type !== 'BreakStatement' && last.type !== 'ContinueStatement') || last.label !== null) return false;
  for (let current: TSESTree.Node | undefined = last.parent; current !== undefined && !body.includes(current as Statement) && current !== taken.parent; current = current.parent) {
    if (isLoopOrSwitch(current)) return false;
  }
  return !body.some((statement) => isLoopOrSwitch(statement) && isInside(last, statement));
}

function isLoopOrSwitch({ type }: TSESTree.Node): boolean {
  return /^(?:For|ForIn|ForOf|While|DoWhile|Switch)Statement$/.test(type);
}

/** The `finally` in which a statement stands. */
function finallyOf(node: TSESTree.Node): TSESTree.TryStatement | null {
  for (let child = node, current = node.parent; current !== undefined && !/Function/.test(current.type); child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.finalizer === child) return current;
  }
  return null;
}

/** Is giving it back all that a `finally` does, so that it can go with its `try` left a `try`? */
function isOnlyWork(file: SourceFile, { handler, finalizer }: TSESTree.TryStatement, node: Statement): boolean {
  if (handler === null || finalizer === null || finalizer.body.length !== 1 || finalizer.body[0] !== node) return false;
  return !file.comments.some(({ range }) => range[0] > handler.range[1] && range[1] < finalizer.range[1]);
}
