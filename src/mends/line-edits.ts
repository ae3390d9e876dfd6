import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { Edit } from './edit.js';

type Node = TSESTree.Node;

/** Where the line of an offset begins. */
export function lineStart(file: SourceFile, offset: number): number {
  return file.text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, without its line break. */
export function lineEnd(file: SourceFile, offset: number): number {
  const next = file.text.indexOf('\n', offset);
  const end = next === -1 ? file.text.length : next;
  return file.text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins; the end of the text behind the last. */
export function nextLine(file: SourceFile, offset: number): number {
  const next = file.text.indexOf('\n', offset);
  return next === -1 ? file.text.length : next + 1;
}

export function isBlank(file: SourceFile, start: number): boolean {
  return file.text.slice(start, lineEnd(file, start)).trim() === '';
}

/** Has a node its lines for itself, but for comments behind it? */
export function ownsLines(file: SourceFile, node: Node): boolean {
  if (file.text.slice(lineStart(file, node.range[0]), node.range[0]).trim() !== '') return false;
  return restOfLine(file, node.range[1]).trim() === '';
}

/** What stands behind an offset in its line, comments blanked; one that goes on in the next line counts as code. */
function restOfLine(file: SourceFile, from: number): string {
  const to = lineEnd(file, from);
  let text = file.text.slice(from, to);
  for (const { range } of file.comments) {
    if (range[0] >= from && range[1] <= to) text = text.slice(0, range[0] - from) + ' '.repeat(range[1] - range[0]) + text.slice(range[1] - from);
  }
  return text;
}

/** The first line of the comments that stand directly above a line; the line itself where there are none. */
export function withCommentsAbove(file: SourceFile, start: number, from: number): number {
  let first = start;
  for (;;) {
    const above = first === 0 ? -1 : lineStart(file, first - 1);
    if (above < from || isBlank(file, above)) return first;
    const comment = file.comments.find(({ range }) => range[1] > above && range[1] <= lineEnd(file, above) && file.text.slice(range[1], lineEnd(file, above)).trim() === '');
    if (comment === undefined || file.text.slice(lineStart(file, comment.range[0]), comment.range[0]).trim() !== '' || comment.range[0] < from) return first;
    first = lineStart(file, comment.range[0]);
  }
}

/** Moves lines one level in. Blank lines stay, and so does what begins inside a text: its spaces are part of it. */
export function indentLines(file: SourceFile, from: number, to: number, unit: string, roots: readonly Node[]): Edit[] {
  const texts = textsOn(roots);
  const edits: Edit[] = [];
  for (let start = lineStart(file, from); start < to; start = nextLine(file, start)) {
    if (!isBlank(file, start) && !texts.some((isInText) => isInText(start))) edits.push({ range: [start, start], text: unit });
    if (nextLine(file, start) === file.text.length && file.text[file.text.length - 1] !== '\n') break;
  }
  return edits;
}

/** Moves lines out by what they begin with. */
export function outdentLines(file: SourceFile, from: number, to: number, unit: string, roots: readonly Node[]): Edit[] {
  const texts = textsOn(roots);
  const edits: Edit[] = [];
  for (let start = lineStart(file, from); start < to; start = nextLine(file, start)) {
    if (unit !== '' && file.text.startsWith(unit, start) && !texts.some((isInText) => isInText(start))) edits.push({ range: [start, start + unit.length], text: '' });
    if (nextLine(file, start) === file.text.length && file.text[file.text.length - 1] !== '\n') break;
  }
  return edits;
}

/** Templates and texts of several lines. */
function textsOn(roots: readonly Node[]): ((offset: number) => boolean)[] {
  const found: ((offset: number) => boolean)[] = [];
  const visit = (node: Node): void => {
    const [from, to] = node.range;
    if (node.type === 'TemplateLiteral') {
      const code = node.expressions.map(({ range }) => range);
      found.push((offset) => from < offset && offset < to && !code.some(([start, end]) => start <= offset && offset < end));
    } else if (node.type === 'Literal' && typeof node.value === 'string') found.push((offset) => from < offset && offset < to);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const root of roots) visit(root);
  return found;
}

/** Takes whole lines away, and one of two blank lines that would meet, or the one in front of a brace. */
export function removeLines(file: SourceFile, from: number, to: number): Edit {
  const start = lineStart(file, from);
  const end = nextLine(file, to);
  const above = start === 0 ? -1 : lineStart(file, start - 1);
  const below = file.text.slice(end, lineEnd(file, end)).trim();
  const blankAbove = above >= 0 && isBlank(file, above);
  return { range: [blankAbove && (below === '' || below.startsWith('}')) ? above : start, end], text: '' };
}
