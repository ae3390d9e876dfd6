import type { TSESTree } from '@typescript-eslint/types';
import { isInside } from '../analysis/summarize-body.js';
import { describe, unwrap } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { childrenOf } from '../analysis/node-children.js';
import { isFunction } from '../analysis/syntax.js';
import type { RetryRegion } from './retries.js';

type Node = TSESTree.Node;

/** A loop that does nothing but try again, so that a policy can do it in its place. */
export interface ReplaceableLoop {
  readonly loop: Node;
  /** What is tried: it stays. */
  readonly block: TSESTree.BlockStatement;
  /** Statements behind the loop that are not reached without it, and variables that it alone uses. */
  readonly besides: readonly Node[];
}

/**
 * Is a loop of the form `for (…) { try { …; return x; } catch (error) { … } }`, whose handler only counts, waits and throws the
 * error again?
 */
export function replaceableLoop(file: SourceFile, region: RetryRegion, call: Node): ReplaceableLoop | null {
  const { node: loop } = region;
  if (region.kind !== 'loop' || !('body' in loop) || (loop.body as Node).type !== 'BlockStatement') return null;
  const [attempt, ...more] = (loop.body as TSESTree.BlockStatement).body;
  if (attempt?.type !== 'TryStatement' || more.length > 0 || attempt.finalizer != null || attempt.handler == null) return null;
  const { block, handler } = attempt;
  if (!isInside(call, block) || block.body.at(-1)?.type !== 'ReturnStatement' || leavesLoop(block)) return null;
  if (mentionsCounter(file, loop, block)) return null;
  const error = handler.param?.type === 'Identifier' ? handler.param : null;
  const kept = keptErrors(handler, error);
  if (!handler.body.body.every((statement) => onlyTriesAgain(statement, error))) return null;
  const behind = statementsBehind(loop);
  if (behind === null) return null;
  const [next] = behind;
  // Nothing comes behind it, or what does only says that all attempts failed, in the words of the last one.
  const rethrows = next?.type === 'ThrowStatement' && next.argument.type === 'Identifier' && kept.includes(next.argument.name);
  const isReached = !neverEnds(loop) && !throwsLast(handler, error);
  if (isReached && !rethrows) return null;
  if (behind.length > 1 || (next !== undefined && next.type !== 'ThrowStatement')) return null;
  const declared = kept.flatMap((name) => declarationOf(file, loop, name) ?? []);
  return { loop, block, besides: [...behind, ...declared] };
}

/** `continue` and `break` of the loop itself. */
function leavesLoop(block: Node): boolean {
  return nodesOf(block).some((node) => (node.type === 'ContinueStatement' || node.type === 'BreakStatement') && node.label == null);
}

/** What is tried again depends on how often it was: another page, a longer limit. */
function mentionsCounter(file: SourceFile, loop: Node, block: Node): boolean {
  const [from, to] = block.range;
  const head = file.scopes.scopes.find((scope) => scope.block === loop);
  return head?.variables.some((variable) => variable.references.some(({ identifier }) => identifier.range[0] >= from && identifier.range[1] <= to)) === true;
}

/** Variables that hold the last error: `lastError = error`. */
function keptErrors(handler: TSESTree.CatchClause, error: TSESTree.Identifier | null): readonly string[] {
  return handler.body.body.flatMap((statement) => {
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : null;
    if (expression?.type !== 'AssignmentExpression' || expression.operator !== '=' || expression.left.type !== 'Identifier') return [];
    const value = unwrap(expression.right);
    return value.type === 'Identifier' && value.name === error?.name ? [expression.left.name] : [];
  });
}

/** A wait, a counter, the error kept or thrown again: nothing that would be missed. */
function onlyTriesAgain(statement: Node, error: TSESTree.Identifier | null): boolean {
  switch (statement.type) {
    case 'ContinueStatement':
    case 'EmptyStatement':
      return true;
    case 'ThrowStatement':
      return statement.argument.type === 'Identifier' && statement.argument.name === error?.name;
    case 'IfStatement':
      return statement.alternate == null && isPlainTest(statement.test) && onlyTriesAgain(statement.consequent, error);
    case 'BlockStatement':
      return statement.body.every((inner) => onlyTriesAgain(inner, error));
    case 'ExpressionStatement': {
      const expression = unwrap(statement.expression);
      if (expression.type === 'UpdateExpression') return true;
      if (expression.type === 'AssignmentExpression') return expression.left.type === 'Identifier' && (unwrap(expression.right).type === 'Identifier' || expression.operator !== '=');
      return expression.type === 'AwaitExpression' && isWait(expression.argument);
    }
    case 'VariableDeclaration':
      // `const delay = 100 * 2 ** attempt`
      return statement.declarations.every(({ init }) => init != null && nodesOf(init).every(({ type }) => type !== 'AwaitExpression' && type !== 'NewExpression'));
    default:
      return false;
  }
}

/** A comparison of counters; one that asks for the error chooses what is tried again. */
function isPlainTest(test: Node): boolean {
  return nodesOf(test).every(({ type }) => ['BinaryExpression', 'LogicalExpression', 'Identifier', 'Literal', 'UpdateExpression', 'UnaryExpression'].includes(type));
}

/** `sleep(ms)`, `new Promise((resolve) => setTimeout(resolve, ms))`. */
function isWait(node: Node): boolean {
  const call = unwrap(node);
  if (call.type === 'CallExpression') return /(?:^|\.|_)(?:sleep|delay|wait|pause|setTimeout)$/i.test(describe(call.callee));
  return call.type === 'NewExpression' && describe(call.callee) === 'Promise' && nodesOf(call, true).filter(({ type }) => type === 'CallExpression').every((inner) => inner.type === 'CallExpression' && /^(?:setTimeout|resolve|r|res|done)$/.test(describe(inner.callee)));
}

/** Does the handler throw the last error itself, so that the end of the loop is not reached? */
function throwsLast(handler: TSESTree.CatchClause, error: TSESTree.Identifier | null): boolean {
  return handler.body.body.some((statement) => statement.type === 'IfStatement' && endsInThrow(statement.consequent, error));
}

function endsInThrow(statement: Node, error: TSESTree.Identifier | null): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ThrowStatement' && last.argument.type === 'Identifier' && last.argument.name === error?.name;
}

function neverEnds(loop: Node): boolean {
  if (loop.type === 'ForStatement') return loop.test == null;
  return (loop.type === 'WhileStatement' || loop.type === 'DoWhileStatement') && loop.test.type === 'Literal' && loop.test.value === true;
}

/** What stands behind a loop in its block; `null` where that is no block of a function. */
function statementsBehind(loop: Node): readonly Node[] | null {
  const block = loop.parent;
  if (block?.type !== 'BlockStatement' || !isFunction(block.parent)) return null;
  return block.body.slice(block.body.indexOf(loop as TSESTree.Statement) + 1);
}

/** `let lastError: unknown;` in front of the loop, for it alone. */
function declarationOf(file: SourceFile, loop: Node, name: string): Node | null {
  const block = loop.parent as TSESTree.BlockStatement;
  const statement = block.body.find((one) => one.type === 'VariableDeclaration' && one.declarations.length === 1 && one.declarations[0]!.id.type === 'Identifier' && one.declarations[0]!.id.name === name);
  const end = block.range[1];
  const uses = file.scopes.scopes.flatMap((scope) => scope.references).filter(({ identifier }) => identifier.name === name && identifier.range[0] >= loop.range[0] && identifier.range[1] <= end);
  return statement === undefined || uses.length === 0 ? null : statement;
}

function nodesOf(node: Node, intoFunctions = false): readonly Node[] {
  const found: Node[] = [];
  const visit = (one: Node): void => {
    found.push(one);
    for (const child of childrenOf(one)) if (intoFunctions || !isFunction(child)) visit(child);
  };
  visit(node);
  return found;
}
