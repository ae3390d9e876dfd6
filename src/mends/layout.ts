import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';

/** The text between two offsets, with comments blanked out, so that what is left is punctuation and space. */
export function withoutComments(file: SourceFile, from: number, to: number): string {
  let text = file.text.slice(from, to);
  for (const { range } of file.comments) {
    if (range[0] < from || range[1] > to) continue;
    const blank = ' '.repeat(range[1] - range[0]);
    text = `${text.slice(0, range[0] - from)}${blank}${text.slice(range[1] - from)}`;
  }
  return text;
}

/** Where a node ends with the parentheses around it; `limit` is the first offset that is not its own. */
export function endOutsideParens(file: SourceFile, node: TSESTree.Node, limit: number): number {
  const close = withoutComments(file, node.range[1], limit).lastIndexOf(')');
  return close === -1 ? node.range[1] : node.range[1] + close + 1;
}

/** Where a node begins with the parentheses around it; between `limit` and it stands the separator. */
export function startOutsideParens(file: SourceFile, node: TSESTree.Node, limit: number, separatedBy: ',' | '('): number {
  const before = withoutComments(file, limit, node.range[0]);
  const separator = before.indexOf(separatedBy);
  const open = before.indexOf('(', separator + 1);
  return open === -1 ? node.range[0] : limit + open;
}

/** The space between the beginning of a line and a place in it, where nothing else stands there. */
export function indentAt(file: SourceFile, offset: number): string {
  const from = file.text.lastIndexOf('\n', offset - 1) + 1;
  return /[^\S\r\n]*$/.exec(file.text.slice(from, offset))![0];
}

/** The line break and indent in front of an offset, where only space stands between; `null` where code does. */
export function newlineBefore(file: SourceFile, offset: number, from: number): string | null {
  return /\r?\n[^\S\r\n]*$/.exec(file.text.slice(from, offset))?.[0] ?? null;
}
