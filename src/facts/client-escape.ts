import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, outermost, unwrap } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/**
 * Does a client stay in the file or class that makes it? `false` as soon as it is exported, returned,
 * stored elsewhere or handed to a function: others may then pass bounds that we do not see.
 */
export function staysInFile(file: SourceFile, construction: Node): boolean {
  let holder = outermost(construction);
  if (holder.parent?.type === 'AwaitExpression') holder = outermost(holder.parent);
  const parent = holder.parent;
  switch (parent?.type) {
    case 'MemberExpression':
    case 'ExpressionStatement':
      return true;
    case 'VariableDeclarator': {
      if (parent.id.type !== 'Identifier' || parent.parent.parent?.type === 'ExportNamedDeclaration') return false;
      return everyUseStays(file, parent.id);
    }
    case 'PropertyDefinition':
      return true;
    case 'AssignmentExpression': {
      const target = unwrap(parent.left);
      if (target.type === 'Identifier') return everyUseStays(file, target);
      return target.type === 'MemberExpression' && unwrap(target.object).type === 'ThisExpression';
    }
    default:
      return false;
  }
}

function everyUseStays(file: SourceFile, name: TSESTree.Identifier): boolean {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return false;
  // Top-level `var` and functions of scripts are visible to other scripts; modules are the rule today.
  return variable.references.every((reference) => {
    if (!reference.isRead()) return true;
    const use = outermost(reference.identifier as Node);
    const parent = use.parent;
    switch (parent?.type) {
      case 'MemberExpression':
        return parent.object === use;
      case 'CallExpression':
        return parent.callee === use;
      case 'IfStatement':
      case 'UnaryExpression':
        return true;
      case 'ReturnStatement':
        return false;
      default:
        return isFunction(parent) ? false : parent?.type === 'BinaryExpression' || parent?.type === 'ExpressionStatement';
    }
  });
}
