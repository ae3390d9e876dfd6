import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/** Expressions that stand for the reply of a call: itself, awaited, in a constant, or as the parameter of a `.then`. */
export function repliesOf(file: SourceFile, call: Node): readonly Node[] {
  const name = replyName(call);
  const parameter = parameterOfThen(call);
  return [awaited(call), ...(name?.type === 'Identifier' ? usesOf(file, name) : []), ...(parameter === null ? [] : usesOf(file, parameter))];
}

/** What the reply is bound to: `const reply = await fetch(url)`, `const { body } = await fetch(url)`. */
export function replyName(call: Node): TSESTree.BindingName | null {
  const holder = awaited(call);
  const parent = holder.parent;
  return parent?.type === 'VariableDeclarator' && parent.init === holder ? parent.id : null;
}

/** The places that read a variable. */
export function usesOf(file: SourceFile, name: TSESTree.Identifier): readonly Node[] {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return [];
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
}

function awaited(call: Node): Node {
  const holder = outermost(call);
  return holder.parent?.type === 'AwaitExpression' ? outermost(holder.parent) : holder;
}

function parameterOfThen(call: Node): TSESTree.Identifier | null {
  const holder = outermost(call);
  const member = holder.parent;
  if (member?.type !== 'MemberExpression' || member.object !== holder || memberName(member) !== 'then' || member.parent.type !== 'CallExpression') return null;
  const handler = member.parent.arguments[0] === undefined ? null : unwrap(member.parent.arguments[0]);
  const [parameter] = handler !== null && isFunction(handler) ? handler.params : [];
  return parameter?.type === 'Identifier' ? parameter : null;
}
