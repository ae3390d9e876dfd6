import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from '../analysis/node-children.js';
import { nodesInside } from '../analysis/sorted-nodes.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { unwrap } from '../analysis/syntax.js';
import type { RetryRegion } from '../facts/retries.js';
import type { Edit } from './edit.js';
import { freeName } from './free-name.js';
import { insertBefore } from './statements.js';

type Node = TSESTree.Node;

const NAMES = ['waitMs', 'delayMs', 'backoffMs'] as const;

/**
 * A delay that is told in front of the wait, in a log say, is made a constant that both read: else the
 * log would name another one.
 * @param edit what takes the place of the delay
 */
export function toldAlike(file: SourceFile, region: RetryRegion, delay: Node, edit: Edit): readonly Edit[] {
  const found = unwrap(delay).type === 'Literal' ? null : tellings(file, delay);
  const name = found === null ? null : freeName(file, region, NAMES);
  const declared = found === null || name === null ? null : insertBefore(file, found.first, `const ${name} = Math.round(${edit.text})`);
  if (found === null || name === null || declared === null) return [edit];
  return [declared, ...found.nodes.map((node): Edit => ({ range: node.range, text: node.parent?.type === 'Property' && node.parent.shorthand ? `${file.text.slice(...node.range)}: ${name}` : name })), { range: edit.range, text: name }];
}

/** The same expression in the statements in front of the wait, where nothing is written between. */
function tellings(file: SourceFile, delay: Node): { readonly nodes: readonly Node[]; readonly first: Node } | null {
  let statement: Node = delay;
  while (statement.parent != null && statement.parent.type !== 'BlockStatement') statement = statement.parent;
  const block = statement.parent;
  if (block?.type !== 'BlockStatement') return null;
  const before = block.body.slice(0, block.body.indexOf(statement as TSESTree.Statement));
  const text = file.text.slice(...delay.range);
  const nodes = before.flatMap((one) => same(file, one, delay.type, text));
  const first = before.find((one) => nodes.some((node) => isInside(node, one)));
  if (first === undefined) return null;
  const isWritten = nodesInside(file.index.assignments, { range: [first.range[0], statement.range[0]] } as Node).length > 0;
  return isWritten ? null : { nodes, first };
}

function same(file: SourceFile, node: Node, type: Node['type'], text: string): Node[] {
  if (node.type === type && file.text.slice(...node.range) === text) return [node];
  return childrenOf(node).flatMap((child) => same(file, child, type, text));
}

/** In a function that calls itself in several places: the same wait elsewhere in it, found by its text. */
export function sameWaits(file: SourceFile, { kind, fn, retry }: RetryRegion, delay: Node, edit: Edit): readonly Edit[] {
  const pause = retry.pauses[0] === undefined ? null : unwrap(retry.pauses[0]);
  if (kind !== 'recursion' || pause?.type !== 'CallExpression' || pause.arguments[0] !== delay) return [];
  const text = (node: Node): string => file.text.slice(...node.range);
  return nodesInside(file.index.calls, fn).flatMap((call): Edit[] => {
    const [first] = call.arguments;
    const isSame = call !== pause && first !== undefined && text(call.callee) === text(pause.callee) && text(first) === text(delay);
    return isSame ? [{ range: first.range, text: edit.text }] : [];
  });
}
