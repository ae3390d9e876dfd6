import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { unwrap } from '../analysis/syntax.js';
import type { InvertedGuard } from '../facts/inverted-guards.js';
import type { Edit, Mend } from './edit.js';
import { withoutComments } from './layout.js';

type Node = TSESTree.Node;

/**
 * Edits for a condition that is the wrong way round: the other operator, or the test turned.
 * @returns the possible mends, best first
 */
export function turnGuard(file: SourceFile, guard: InvertedGuard): readonly Mend[] {
  const mends = [otherOperator(file, guard)];
  if (guard.is === 'reads-nullish') mends.push(optionalRead(file, guard));
  return mends.filter((mend) => mend !== null);
}

function otherOperator(file: SourceFile, { node, operand, meant }: InvertedGuard): Mend | null {
  const several = unwrap(node.left) !== unwrap(operand);
  // Of several operands only the last stands beside the right side.
  if (several && (node.left.type !== 'LogicalExpression' || node.left.right !== operand)) return null;
  const from = node.left.range[1];
  const at = withoutComments(file, from, node.right.range[0]).indexOf(node.operator);
  if (at === -1) return null;
  // `&&` binds more than `||`, and neither goes with `??`: what stood together must stay together.
  const edits: Edit[] = [];
  const operator: Edit = { range: [from + at, from + at + 2], text: meant };
  if (several) {
    const start = operand.range[0];
    const pair: Edit[] = meant === '||' ? [{ range: [start, start], text: '(' }, operator, { range: [node.range[1], node.range[1]], text: ')' }] : [operator];
    return { edits: pair, title: `Write \`${meant}\` for \`${node.operator}\``, safety: 'behaviour' };
  }
  const left = joins(node.left, meant) ? wrapped(node.left) : [];
  const right = joins(node.right, meant) ? wrapped(node.right) : [];
  const parent = node.parent as Node | undefined;
  const around = parent?.type === 'LogicalExpression' && parent.operator !== meant && !isParenthesised(file, node) ? wrapped(node) : [];
  edits.push(...around.slice(0, 1), ...left, operator, ...right, ...around.slice(1));
  return { edits, title: `Write \`${meant}\` for \`${node.operator}\``, safety: 'behaviour' };
}

/** Would the new operator take a part of this operand? */
function joins(operand: Node, meant: '&&' | '||'): boolean {
  return meant === '&&' && operand.type === 'LogicalExpression' && operand.operator === '||';
}

function wrapped(node: Node): readonly Edit[] {
  return [{ range: [node.range[0], node.range[0]], text: '(' }, { range: [node.range[1], node.range[1]], text: ')' }];
}

function isParenthesised(file: SourceFile, node: Node): boolean {
  return /\(\s*$/.test(file.text.slice(0, node.range[0])) && /^\s*\)/.test(file.text.slice(node.range[1]));
}

/** `x.y` to `x?.y`: where the test is meant as it stands. */
function optionalRead(file: SourceFile, { read }: InvertedGuard): Mend | null {
  if (read?.type !== 'MemberExpression') return null;
  const from = read.object.range[1];
  const at = withoutComments(file, from, read.property.range[0]).search(read.computed ? /\[/ : /\./);
  if (at === -1) return null;
  const parent = read.parent as Node | undefined;
  if (parent?.type === 'AssignmentExpression' && parent.left === read) return null;
  return { edits: [{ range: [from + at, from + at + 1], text: read.computed ? '?.[' : '?.' }], title: 'Read it with `?.`', safety: 'behaviour' };
}
