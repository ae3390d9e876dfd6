import type { TSESTree } from '@typescript-eslint/types';
import { ANY, NON_NULLISH, NULL, TRUTHY, UNDEFINED, literalKinds, type Possible } from './narrowing.js';
import { memberName, unwrap } from './syntax.js';

type Node = TSESTree.Node;

const MAX_DEPTH = 20;

/**
 * Which kinds of value an expression may have, by its form alone.
 * @param valueAt answers for expressions that name a place, where they stand
 */
export function possibleValues(node: Node, valueAt: (node: Node) => Possible, depth = 0): Possible {
  const inner = unwrap(node);
  const constant = literalKinds(inner);
  if (constant !== null) return constant;
  if (depth > MAX_DEPTH) return ANY;
  const of = (part: Node): Possible => possibleValues(part, valueAt, depth + 1);
  switch (inner.type) {
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'NewExpression':
    case 'ImportExpression':
    case 'JSXElement':
    case 'JSXFragment':
    case 'MetaProperty':
      return TRUTHY;
    case 'TemplateLiteral':
      return inner.quasis.some((quasi) => quasi.value.raw !== '') ? TRUTHY : NON_NULLISH;
    case 'UnaryExpression':
      return inner.operator === 'typeof' ? TRUTHY : NON_NULLISH;
    case 'UpdateExpression':
    case 'BinaryExpression':
      return NON_NULLISH;
    case 'AssignmentExpression':
      if (inner.operator === '=') return of(inner.right);
      return /^(?:\|\||&&|\?\?)=$/.test(inner.operator) ? ANY : NON_NULLISH;
    case 'SequenceExpression':
      return inner.expressions.length === 0 ? ANY : of(inner.expressions.at(-1)!);
    case 'ConditionalExpression':
      return of(inner.consequent) | of(inner.alternate);
    case 'LogicalExpression': {
      const left = of(inner.left);
      if (inner.operator === '??') return (left & NON_NULLISH) | ((left & (NULL | UNDEFINED)) !== 0 ? of(inner.right) : 0);
      if (inner.operator === '||') return (left & TRUTHY) | ((left & ~TRUTHY) !== 0 ? of(inner.right) : 0);
      return (left & ~TRUTHY) | ((left & TRUTHY) !== 0 ? of(inner.right) : 0);
    }
    case 'CallExpression':
      // `regex.exec(text)` and `text.match(regex)` give a list or null.
      if (inner.arguments.length === 1 && /^(?:exec|match)$/.test(calledMethod(inner) ?? '')) return NULL | TRUTHY;
      return valueAt(inner);
    case 'Identifier':
    case 'MemberExpression':
    case 'ThisExpression':
      return valueAt(inner);
    default:
      return ANY;
  }
}

function calledMethod(call: TSESTree.CallExpression): string | null {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && !call.optional && !callee.optional ? memberName(callee) : null;
}
