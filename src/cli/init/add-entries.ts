import type { TSESTree } from '@typescript-eslint/types';
import type { Edit } from '../../mends/edit.js';
import type { ConfigList } from './config-list.js';
import { inComment } from './in-comment.js';
import type { TextStyle } from './text-style.js';

/** Where the file's text is read: without its BOM. */
export interface ConfigText {
  readonly text: string;
  readonly comments: readonly TSESTree.Comment[];
}

/**
 * Edits that add entries to a list, one a line where the list has its entries on lines. They stand at its end, or before
 * the first that speaks of our rules: what the user says of them stays the last word.
 * @param entries their lines below the first are indented against it
 */
export function addEntries({ holder, entries: given }: ConfigList, added: readonly string[], { text, comments }: ConfigText, style: TextStyle): readonly Edit[] {
  const close = holder.range[1] - 1;
  const before = given.find((entry) => /['"`]resilience\//.test(text.slice(...entry.range)));
  if (before !== undefined) return [insertBefore(before, added, text)];
  const last = given.at(-1);
  if (last === undefined) return [fill(openOf(holder, text, comments), close, added, text, style)];
  const comma = commaAfter(last.range[1], close, text, comments);
  // Lines tell the form of the list, and a last entry whose bracket closes on its own last line tells another.
  const onLines = text.slice(last.range[1], close).includes('\n');
  if (!onLines) return [{ range: [last.range[1], last.range[1]], text: added.map((entry) => `, ${indented(entry, lineIndent(text, last.range[0]))}`).join('') }];
  const indent = startsLine(text, last.range[0]) ? lineIndent(text, last.range[0]) : lineIndent(text, close) + style.indent;
  const end = lineEnd(comma === null ? last.range[1] : comma + 1, close, text, comments);
  const lines = added.map((entry) => `\n${indent}${indented(entry, indent)}`).join(',') + (comma === null ? '' : ',');
  if (comma !== null) return [{ range: [end, end], text: lines }];
  return end === last.range[1] ? [{ range: [end, end], text: `,${lines}` }] : [{ range: [last.range[1], last.range[1]], text: ',' }, { range: [end, end], text: lines }];
}

function insertBefore(entry: TSESTree.Node, added: readonly string[], text: string): Edit {
  const at = entry.range[0];
  const indent = lineIndent(text, at);
  const between = startsLine(text, at) ? `,\n${indent}` : ', ';
  return { range: [at, at], text: added.map((one) => `${indented(one, indent)}${between}`).join('') };
}

/** Into an empty list, below the comments that it may hold. */
function fill(open: number, close: number, added: readonly string[], text: string, style: TextStyle): Edit {
  const inside = text.slice(open, close);
  if (!inside.includes('\n')) {
    const outer = lineIndent(text, open);
    return added.length === 1 && !added[0]!.includes('\n')
      ? { range: [close, close], text: added[0]! }
      : { range: [close, close], text: `${added.map((entry) => `\n${outer}${style.indent}${indented(entry, outer + style.indent)},`).join('')}\n${outer}` };
  }
  const outer = lineIndent(text, close);
  const at = open + inside.trimEnd().length;
  return { range: [at, at], text: added.map((entry) => `\n${outer}${style.indent}${indented(entry, outer + style.indent)},`).join('') };
}

/** Behind the opening bracket. */
function openOf(holder: ConfigList['holder'], text: string, comments: readonly TSESTree.Comment[]): number {
  if (holder.type === 'ArrayExpression') return holder.range[0] + 1;
  let at = (holder.typeArguments ?? holder.callee).range[1];
  while (text[at] !== '(' || inComment(at, comments)) at++;
  return at + 1;
}

function commaAfter(from: number, close: number, text: string, comments: readonly TSESTree.Comment[]): number | null {
  for (let at = from; at < close; at++) if (text[at] === ',' && !inComment(at, comments)) return at;
  return null;
}

/** The end of a line's code with the comment that closes the line; where more follows on the line, the offset itself. */
function lineEnd(from: number, close: number, text: string, comments: readonly TSESTree.Comment[]): number {
  const stop = text.indexOf('\n', from);
  const end = stop === -1 || stop > close ? close : stop;
  const trailing = comments.filter(({ range }) => range[0] >= from && range[0] < end);
  const last = trailing.at(-1);
  if (last === undefined || last.range[1] > end) return from;
  return last.range[1];
}

/** The white space at the start of the line of an offset. */
function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))![0];
}

const startsLine = (text: string, offset: number): boolean => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';

const indented = (entry: string, indent: string): string => entry.replaceAll('\n', `\n${indent}`);
