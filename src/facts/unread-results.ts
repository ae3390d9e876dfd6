import type { TSESTree } from '@typescript-eslint/types';
import { outermost, staticName } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import { STARTING_VALUE } from '../models/error-names.js';

type Node = TSESTree.Node;

/** Is this an item of an awaited list that is taken apart without it: `const [a, b] = await Promise.all([one(), two(), three()])`? */
export function isLeftOut(node: Node): boolean {
  const item = outermost(node);
  const list = item.parent;
  if (list?.type !== 'ArrayExpression' || list.elements.some((element) => element?.type === 'SpreadElement')) return false;
  const pattern = patternOf(list);
  if (pattern?.type !== 'ArrayPattern' || pattern.elements.some((element) => element?.type === 'RestElement')) return false;
  return (pattern.elements[list.elements.indexOf(item as TSESTree.Expression)] ?? null) === null;
}

function patternOf(list: Node): Node | null {
  const combined = outermost(list).parent;
  const awaited = combined?.type === 'CallExpression' ? outermost(combined).parent : null;
  const holder = awaited?.type === 'AwaitExpression' ? outermost(awaited).parent : null;
  return holder?.type === 'VariableDeclarator' ? holder.id : null;
}

/** Is the value only where a form starts: `{ defaultValues: previous }`, by itself or by the local that holds it? */
export function isStartingValue(file: SourceFile, node: Node): boolean {
  const value = outermost(node);
  const holder = value.parent?.type === 'AwaitExpression' ? outermost(value.parent) : value;
  if (startsAt(holder)) return true;
  const parent = holder.parent;
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(parent.id);
  if (variable === null || variable === 'global') return false;
  const reads = variable.references.filter((reference) => reference.isRead());
  return reads.length > 0 && reads.every((reference) => startsAt(outermost(reference.identifier as Node)));
}

function startsAt(value: Node): boolean {
  const parent = value.parent;
  return parent?.type === 'Property' && parent.value === value && STARTING_VALUE.test(staticName(parent.key, parent.computed) ?? '');
}
