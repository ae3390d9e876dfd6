import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import type { SourceFile } from './source-file.js';
import { UNDEFINED, join, unknown, type FunctionNode, type Value } from './value.js';

type Node = TSESTree.Node;

/** What a function returns, joined over its returns. */
export function returnedBy(file: SourceFile, node: FunctionNode): Value {
  if (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration') {
    if (node.generator) return unknown('opaque-call', 'generator');
  }
  if (node.body == null) return unknown('opaque-call');
  if (node.body.type !== 'BlockStatement') return evaluate(file, node.body);
  const values = returnsOf(node).map((argument) => evaluate(file, argument));
  return values.length === 0 ? UNDEFINED : join(values);
}

/** The arguments of the returns of a function's own body. */
export function returnsOf(node: FunctionNode): readonly (TSESTree.Expression | null)[] {
  const found: (TSESTree.Expression | null)[] = [];
  const visit = (statement: Node | null | undefined): void => {
    if (statement == null) return;
    switch (statement.type) {
      case 'ReturnStatement':
        found.push(statement.argument);
        break;
      case 'BlockStatement':
        statement.body.forEach(visit);
        break;
      case 'IfStatement':
        visit(statement.consequent);
        visit(statement.alternate);
        break;
      case 'TryStatement':
        visit(statement.block);
        visit(statement.handler?.body);
        visit(statement.finalizer);
        break;
      case 'SwitchStatement':
        for (const branch of statement.cases) branch.consequent.forEach(visit);
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
      case 'WithStatement':
        visit(statement.body);
        break;
      default:
        break;
    }
  };
  visit(node.body);
  return found;
}

