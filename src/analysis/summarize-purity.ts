import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './evaluate.js';
import { childrenOf } from './node-children.js';
import { presentAlternatives } from './member.js';
import type { SourceFile } from './source-file.js';
import { isInside } from './summarize-body.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;

const MAX_DEPTH = 3;

/** Is a call answered by its arguments alone, so that the same ones get the same answer: `isClient(db)`? */
export function asksOnlyItsArguments(file: SourceFile, call: TSESTree.CallExpression, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const callees = presentAlternatives(evaluate(file, call.callee));
  return callees.length > 0 && callees.every((callee) => callee.kind === 'function' && !callee.node.async && callee.node.body != null && readsOnlyItself(callee.file, callee.node, depth));
}

/** Nothing is written and nothing is read but parameters and what is declared within, by name or as the text of a property. */
function readsOnlyItself(file: SourceFile, fn: FunctionNode, depth: number): boolean {
  const stack: Node[] = [fn.body!];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    switch (node.type) {
      case 'ThisExpression':
      case 'UpdateExpression':
      case 'AssignmentExpression':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return false;
      case 'CallExpression':
        if (!asksOnlyItsArguments(file, node, depth + 1)) return false;
        stack.push(...node.arguments);
        continue;
      case 'MemberExpression':
        // A field of what is handed in may be another one the next time.
        return false;
      case 'Identifier': {
        const variable = file.bindings.variableOf(node);
        const isOwn = variable !== null && variable !== 'global' && variable.defs.some((definition) => isInside(definition.name as Node, fn));
        if (variable !== null && !isOwn && node.name !== 'undefined') return false;
        continue;
      }
      default:
        break;
    }
    stack.push(...childrenOf(node));
  }
  return true;
}
