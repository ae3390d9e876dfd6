/**
 * A document as an editor holds it: a text, a version, and offsets where the protocol has lines and characters.
 * @typedef {{ line: number, character: number }} Position
 * @typedef {{ start: Position, end: Position }} Range
 * @typedef {{ range: Range, newText: string }} TextEdit
 * @typedef {{ uri: string, languageId: string, version: number, text: string }} OpenDocument
 */

/** Starts of lines; a line ends at `\r\n`, `\n` or `\r`. */
function lineStarts(text) {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
}

/** @returns {Position} */
export function positionAt(text, offset) {
  const before = lineStarts(text).filter((start) => start <= offset);
  return { line: before.length - 1, character: offset - before.at(-1) };
}

/** @param {Position} position */
function offsetAt(text, { line, character }) {
  const starts = lineStarts(text);
  if (line >= starts.length) throw new RangeError(`line ${line} of a text of ${starts.length} lines`);
  const end = starts[line + 1] ?? text.length;
  if (starts[line] + character > end) throw new RangeError(`character ${character} of line ${line}, which has ${end - starts[line]}`);
  return starts[line] + character;
}

/** The text that a range covers. */
export function textIn(text, { start, end }) {
  return text.slice(offsetAt(text, start), offsetAt(text, end));
}

/**
 * The text after edits that all refer to the text before them, as the protocol has it.
 * @param {readonly TextEdit[]} edits
 */
export function withEdits(text, edits) {
  const parts = edits.map(({ range, newText }) => ({ from: offsetAt(text, range.start), to: offsetAt(text, range.end), newText })).sort((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let done = 0;
  for (const { from, to, newText } of parts) {
    if (from < done) throw new Error('edits overlap');
    result += text.slice(done, from) + newText;
    done = to;
  }
  return result + text.slice(done);
}
