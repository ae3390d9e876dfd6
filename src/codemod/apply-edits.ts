import { isSameShared, type Edit } from '../mends/edit.js';

/**
 * Applies edits to a text in one pass. Line ends that an edit brings in are those of the text.
 * @param source as on the disk; the ranges do not count its BOM
 * @throws Error when two edits overlap: whoever plans keeps them apart
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const bom = source.charCodeAt(0) === 0xfeff ? source[0]! : '';
  const text = source.slice(bom.length);
  const eol = endOfLine(text);
  let result = bom;
  let from = 0;
  const each = edits.filter((edit, index) => !edits.slice(0, index).some((other) => isSameShared(edit, other)));
  for (const { range, text: added } of each.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    if (range[0] < from) throw new Error(`edits overlap at offset ${range[0]}`);
    result += text.slice(from, range[0]) + (eol === '\n' ? added : added.replace(/\r?\n/g, eol));
    from = range[1];
  }
  return result + text.slice(from);
}

/**
 * Where a text stands that some of the edits bring in or lie around, once all are applied.
 * @param some among `edits`
 * @returns offsets without the BOM
 */
export function rangeAfter(edits: readonly Edit[], some: readonly Edit[]): readonly [number, number] {
  const grown = (offset: number, inclusive: boolean): number =>
    edits.reduce((sum, { range, text }) => (range[1] < offset || (range[1] === offset && inclusive) ? sum + text.length - (range[1] - range[0]) : sum), offset);
  return [Math.min(...some.map(({ range }) => grown(range[0], false))), Math.max(...some.map(({ range }) => grown(range[1], true)))];
}

/** Do two edits change the same text, or insert at one place? */
export function overlaps(one: Edit, other: Edit): boolean {
  if (one.range[0] === other.range[0]) return true;
  return one.range[0] < other.range[1] && other.range[0] < one.range[1];
}

/** How most lines end; a text of one line ends them as Unix does. */
function endOfLine(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows * 2 > all ? '\r\n' : '\n';
}
