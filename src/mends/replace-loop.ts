import type { SourceFile } from '../analysis/source-file.js';
import type { ReplaceableLoop } from '../facts/replaceable-loops.js';
import type { Edit } from './edit.js';
import { lineEnd, lineStart, nextLine, outdentLines, ownsLines, removeLines } from './line-edits.js';

/**
 * Takes a loop away that only tries again, so that what it tries stands in its place.
 * @param within edits in what is tried: they move out with it
 * @returns `null` where it does not have its lines for itself
 */
export function replaceLoop(file: SourceFile, { loop, block, besides }: ReplaceableLoop, within: readonly Edit[]): readonly Edit[] | null {
  const [first] = block.body;
  const last = block.body.at(-1);
  if (first === undefined || last === undefined || !ownsLines(file, loop) || !ownsLines(file, first) || !ownsLines(file, last) || besides.some((node) => !ownsLines(file, node))) return null;
  const head = lineStart(file, loop.range[0]);
  // Comments above what is tried stay with it.
  const from = nextLine(file, block.range[0]);
  const to = lineEnd(file, last.range[1]);
  if (file.comments.some(({ range }) => (range[0] >= head && range[1] <= from) || (range[0] >= to && range[1] <= loop.range[1]))) return null;
  const indent = file.text.slice(head, loop.range[0]);
  const inner = file.text.slice(lineStart(file, first.range[0]), first.range[0]);
  if (!inner.startsWith(indent)) return null;
  const tail = lineEnd(file, loop.range[1]);
  const unit = inner.slice(indent.length);
  return [
    { range: [head, from], text: '' },
    ...outdentLines(file, from, to, unit, block.body),
    ...within.map((edit) => ({ ...edit, text: edit.text.replaceAll(`\n${unit}`, '\n') })),
    { range: [to, tail], text: '' },
    ...besides.map((node) => removeLines(file, node.range[0], node.range[1])),
  ];
}
