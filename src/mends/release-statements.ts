import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { childrenOf } from '../analysis/node-children.js';
import { isFunction, outermost, unwrap } from '../analysis/syntax.js';
import type { Release } from '../facts/releases.js';

type Node = TSESTree.Node;

/** A statement that gives something back, and does nothing else: the call, or the call where there is something to give back. */
export interface ReleaseStatement {
  readonly node: TSESTree.Statement;
  readonly call: TSESTree.CallExpression;
  /** The statements among which it stands. */
  readonly among: readonly TSESTree.Statement[];
  /** What the `finally` says instead of it. */
  readonly text: string;
}

/** Why a return of something cannot be moved as it is. */
export type NotMovable = 'takes-arguments' | 'odd-place' | 'releases-differ';

/** The statements that give something back, where each can be taken away by itself. */
export function releaseStatements(file: SourceFile, release: Release): readonly ReleaseStatement[] | NotMovable {
  const found: ReleaseStatement[] = [];
  for (const call of release.uses.returns) {
    const isHanded = release.model.returned.some(({ by }) => by === 'argument') && call.arguments.length === 1;
    // `release(err)`, `release(true)`: what it says depends on how the work went.
    if (call.arguments.length > 0 && !isHanded) return 'takes-arguments';
    const statement = statementOf(call);
    const node = statement === null ? null : withGuard(file, release, statement);
    const among = node === null ? null : listOf(node);
    if (node === null || among === null) return 'odd-place';
    found.push({ node, call, among, text: file.text.slice(...node.range) });
  }
  const said = new Set(found.map(({ call }) => file.text.slice(...call.range).replace(/\?(?=\.)|!(?=\.)|\s+/g, '')));
  return said.size > 1 ? 'releases-differ' : found;
}

function statementOf(call: TSESTree.CallExpression): TSESTree.ExpressionStatement | null {
  let current = outermost(call);
  if (current.parent?.type === 'AwaitExpression') current = outermost(current.parent);
  return current.parent?.type === 'ExpressionStatement' ? current.parent : null;
}

/** `if (client) client.release()`: with the condition, where it asks about the loan alone. */
function withGuard(file: SourceFile, { variable }: Release, statement: TSESTree.ExpressionStatement): TSESTree.Statement | null {
  const block = statement.parent;
  const guard = block.type === 'BlockStatement' && block.body.length === 1 ? block.parent : block;
  if (guard.type !== 'IfStatement') return statement;
  if (guard.alternate !== null || variable === null || !asksOnlyAbout(guard.test)) return block === guard ? null : statement;
  return guard;

  function asksOnlyAbout(node: Node): boolean {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier':
        return file.bindings.variableOf(inner) === variable || inner.name === 'undefined';
      case 'Literal':
        return inner.value === null;
      case 'MemberExpression':
        return !inner.computed && asksOnlyAbout(inner.object);
      case 'UnaryExpression':
        return asksOnlyAbout(inner.argument);
      case 'LogicalExpression':
      case 'BinaryExpression':
        return asksOnlyAbout(inner.left as Node) && asksOnlyAbout(inner.right);
      default:
        return false;
    }
  }
}

function listOf(node: Node): readonly TSESTree.Statement[] | null {
  return node.parent?.type === 'BlockStatement' ? node.parent.body : null;
}

/** The nodes in some statements that satisfy a test, those of functions inside left out. */
export function nodesWithin(roots: readonly Node[], test: (node: Node) => boolean): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (test(node)) found.push(node);
    if (!isFunction(node)) for (const child of childrenOf(node)) visit(child);
  };
  for (const root of roots) visit(root);
  return found;
}

/** Does some code wait? */
export function waits(roots: readonly Node[]): boolean {
  return nodesWithin(roots, isWait).length > 0;
}

/** Can some code fail in a way that is asked about, or leave? */
export function failsOrLeaves(roots: readonly Node[]): boolean {
  return nodesWithin(roots, (node) => isWait(node) || node.type === 'ThrowStatement' || node.type === 'ReturnStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement').length > 0;
}

function isWait(node: Node): boolean {
  return node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await) || (node.type === 'VariableDeclaration' && node.kind === 'await using');
}
