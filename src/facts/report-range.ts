import type { TSESTree } from '@typescript-eslint/types';

type Node = TSESTree.Node;

/** What a report underlines: of a call its callee, of a loop its head. Many lines below hide the code. */
export function headOf(node: Node): readonly [number, number] {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      return node.callee.range;
    case 'ForStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [node.range[0], Math.max(node.body.range[0], node.range[0] + 1)];
    default:
      return node.range;
  }
}
