import type { TSESTree } from '@typescript-eslint/types';
import { memberCalled } from '../analysis/client-member.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, outermost } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/**
 * Is this step of a query builder the one whose result is awaited or handed on? `false` where another
 * step follows, where the query becomes part of another one, and in a statement of its own: a builder
 * does nothing before it is awaited.
 */
export function endsChain(file: SourceFile, step: Node): boolean {
  const holder = outermost(step);
  const parent = holder.parent;
  switch (parent?.type) {
    case 'ExpressionStatement':
    // sql`… ${db.select(…)}`
    case 'TemplateLiteral':
      return false;
    case 'MemberExpression': {
      const name = memberName(parent);
      return parent.object === holder && (name === 'then' || name === 'catch' || name === 'finally');
    }
    default:
      return !isPartOfQuery(file, holder);
  }
}

/** An argument of another step, or in an object or list that is one: `select({ n: db.raw('count(*)') })`. */
function isPartOfQuery(file: SourceFile, node: Node): boolean {
  let holder = node;
  for (let parent = holder.parent; parent != null; parent = holder.parent) {
    if (parent.type === 'CallExpression') return parent.callee !== holder && takesQueries(file, parent.callee);
    if (parent.type !== 'Property' && parent.type !== 'ObjectExpression' && parent.type !== 'ArrayExpression') return false;
    holder = outermost(parent);
  }
  return false;
}

/** `inArray(users.id, db.select(…))`, `query.where('id', 'in', db('orders'))`: a part of a query. */
function takesQueries(file: SourceFile, callee: Node): boolean {
  return presentAlternatives(evaluate(file, callee)).some((value) => {
    if (value.kind === 'export') return file.project.models.clients(value.package).length > 0;
    return memberCalled(value)?.is === 'chain';
  });
}

/** `sql`and id = ${id}`` in another template, or kept in a variable to be put into one: a part of a query. */
export function isFragment(template: TSESTree.TaggedTemplateExpression): boolean {
  const parent = outermost(template).parent;
  switch (parent?.type) {
    case 'TemplateLiteral':
    case 'ExpressionStatement':
    case 'VariableDeclarator':
    case 'Property':
      return true;
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return parent.parent.type === 'TemplateLiteral' || parent.parent.type === 'VariableDeclarator';
    default:
      return false;
  }
}
