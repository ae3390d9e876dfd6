import type { TSESTree } from '@typescript-eslint/types';
import type { Cursor } from './control-flow-cursor.js';
import { childrenOf } from './node-children.js';
import { isFunction } from './syntax.js';

type Node = TSESTree.Node;

const MAY_THROW: ReadonlySet<string> = new Set([
  'CallExpression', 'NewExpression', 'AwaitExpression', 'YieldExpression', 'TaggedTemplateExpression', 'ImportExpression',
]);

const PLAIN: ReadonlySet<string> = new Set([
  'ArrayExpression', 'ObjectExpression', 'SpreadElement', 'SequenceExpression', 'UnaryExpression', 'TemplateElement', 'Decorator',
  'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'ParenthesizedExpression',
  'ImportAttribute', 'EmptyStatement', 'DebuggerStatement', 'ArrayPattern', 'ObjectPattern', 'VariableDeclarator',
]);

/** May evaluating the node itself throw? What nobody knows may. */
export function mayThrow(node: Node): boolean {
  return MAY_THROW.has(node.type) || (!PLAIN.has(node.type) && !node.type.startsWith('JSX'));
}

/**
 * Lays down all nodes below, innermost first, on one path: the way out for code that is nested too
 * deep to recurse into. Iterative.
 */
export function layFlat(cursor: Cursor, root: Node): void {
  cursor.approximate = true;
  const order: Node[] = [];
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const node = stack.pop()!;
    order.push(node);
    if (!isFunction(node)) for (const child of childrenOf(node)) stack.push(child);
  }
  let throws = false;
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    cursor.step(node, node.type === 'AwaitExpression' || node.type === 'YieldExpression' ? 'await' : 'value');
    throws ||= MAY_THROW.has(node.type) || node.type === 'ThrowStatement';
  }
  if (throws) cursor.mayThrow();
}
