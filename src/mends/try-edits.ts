import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { Edit } from './edit.js';
import { indentAt } from './layout.js';
import { indentLines, isBlank, lineEnd, lineStart, nextLine, ownsLines, removeLines, withCommentsAbove } from './line-edits.js';
import type { Region } from './release-in-finally.js';
import type { ReleaseStatement } from './release-statements.js';

type Statement = TSESTree.Statement;

/** Puts a `try` around some statements, and the release behind them. `null` where they share their lines with other code. */
export function wrapInTry(file: SourceFile, region: Region): readonly Edit[] | null {
  const { taken, body, tail, chosen, releases } = region;
  const last = body.at(-1)!;
  if (!ownsLines(file, last) || (tail !== null && !ownsLines(file, tail.node))) return null;
  const layout = layoutOf(file, taken);
  const { base, unit, eol } = layout;
  const first = firstLine(file, taken);
  const edits: Edit[] = [{ range: [first, first], text: `${base}try {${eol}` }];
  const others = releases.filter((one) => one !== tail);
  if (tail !== null && tail.node.range[0] > last.range[1]) {
    const top = withCommentsAbove(file, lineStart(file, tail.node.range[0]), nextLine(file, last.range[1]));
    let blank = top;
    while (blank > first && isBlank(file, lineStart(file, blank - 1))) blank = lineStart(file, blank - 1);
    const close = lineEnd(file, tail.node.range[1]);
    edits.push(...indentLines(file, first, blank, unit, body), { range: [blank, top], text: `${base}} finally {${eol}` }, ...indentLines(file, top, close, unit, [tail.node]), { range: [close, close], text: `${eol}${base}}` });
  } else {
    const close = lineEnd(file, last.range[1]);
    const text = tail === null ? reindented(file, chosen.node.range, `${base}${unit}`) : lifted(file, tail, `${base}${unit}`);
    edits.push(...indentLines(file, first, close, unit, body), { range: [close, close], text: `${eol}${base}} finally {${eol}${text}${eol}${base}}` });
    if (tail !== null) edits.push(removeLines(file, liftedFrom(file, tail), tail.node.range[1]));
  }
  return merged([...edits, ...others.map((one) => remove(file, one))]);
}

/** Gives a `try` a `finally`, or the one that it has one more statement; the release stands in it, or right behind it. */
export function extendTry(file: SourceFile, { taken, tail, chosen, releases }: Region, end: TSESTree.TryStatement): readonly Edit[] | null {
  const { unit, eol } = layoutOf(file, taken);
  const base = indentAt(file, end.range[0]);
  const isLifted = ownsLines(file, chosen.node) && (chosen === tail || chosen.among === end.block.body || chosen.among === end.handler?.body.body);
  const text = isLifted ? lifted(file, chosen, `${base}${unit}`) : reindented(file, chosen.node.range, `${base}${unit}`);
  const removed = releases.map((one) => (one === chosen && isLifted ? removeLines(file, liftedFrom(file, one), one.node.range[1]) : remove(file, one)));
  if (end.finalizer !== null) {
    const brace = end.finalizer.range[1] - 1;
    const start = lineStart(file, brace);
    if (file.text.slice(start, brace).trim() !== '') return null;
    return merged([...removed, { range: [start, start], text: `${text}${eol}` }]);
  }
  // As the `catch` in front of it: on a line of its own, or behind the brace.
  const onOwnLine = end.handler !== null && file.text.slice(end.block.range[1], end.handler.range[0]).includes('\n');
  return merged([...removed, { range: [end.range[1], end.range[1]], text: `${onOwnLine ? `${eol}${base}` : ' '}finally {${eol}${text}${eol}${base}}` }]);
}

/** Begins a `try` earlier, right behind the taking. */
export function moveTryUp(file: SourceFile, taken: Statement, between: readonly Statement[], end: TSESTree.TryStatement): readonly Edit[] | null {
  const { base, unit, eol } = layoutOf(file, taken);
  const open = end.block.range[0] + 1;
  if (between.length === 0 || file.text.slice(open, lineEnd(file, open)).trim() !== '' || !ownsLines(file, end)) return null;
  const first = firstLine(file, taken);
  const start = lineStart(file, end.range[0]);
  return merged([{ range: [first, first], text: `${base}try {${eol}` }, ...indentLines(file, first, start, unit, between), { range: [start, nextLine(file, open)], text: '' }]);
}

interface Layout {
  readonly base: string;
  readonly unit: string;
  readonly eol: string;
}

function layoutOf(file: SourceFile, taken: Statement): Layout {
  const base = indentAt(file, taken.range[0]);
  const outer = indentAt(file, taken.parent.range[1] - 1);
  const unit = base.length > outer.length && base.startsWith(outer) ? base.slice(outer.length) : base.includes('\t') ? '\t' : '  ';
  return { base, unit, eol: eolAt(file, taken.range[1]) };
}

/** How the line of an offset ends. */
function eolAt(file: SourceFile, offset: number): string {
  return file.text[lineEnd(file, offset)] === '\r' ? '\r\n' : '\n';
}

/** The line behind the taking; blank ones stay in front of the `try`. */
function firstLine(file: SourceFile, taken: Statement): number {
  let start = nextLine(file, taken.range[1]);
  while (isBlank(file, start)) start = nextLine(file, start);
  return start;
}

/** A statement with the comments above it and behind it. */
function lifted(file: SourceFile, { node }: ReleaseStatement, indent: string): string {
  return reindented(file, [liftedFrom(file, { node }), lineEnd(file, node.range[1])], indent);
}

function liftedFrom(file: SourceFile, { node }: Pick<ReleaseStatement, 'node'>): number {
  return withCommentsAbove(file, lineStart(file, node.range[0]), node.parent!.range[0] + 1);
}

function reindented(file: SourceFile, [from, to]: readonly [number, number], indent: string): string {
  const old = indentAt(file, from + /^[^\S\r\n]*/.exec(file.text.slice(from))![0].length);
  return file.text.slice(from, to).split(/\r?\n/).map((line, index) => indent + (line.startsWith(old) ? line.slice(old.length) : index === 0 ? line.trimStart() : line)).join(eolAt(file, from));
}

/** Takes a release away: its lines, or only itself where a comment or other code shares them. */
function remove(file: SourceFile, { node, among }: ReleaseStatement): Edit {
  const { parent } = node;
  // A `finally` that did nothing else goes with it.
  if (among.length === 1 && parent?.parent?.type === 'TryStatement' && parent.parent.finalizer === parent) return { range: [parent.parent.handler!.range[1], parent.range[1]], text: '' };
  const [from, to] = node.range;
  const isAlone = file.text.slice(lineStart(file, from), from).trim() === '' && file.text.slice(to, lineEnd(file, to)).trim() === '';
  if (isAlone) return removeLines(file, from, to);
  return { range: [from, to + /^[^\S\r\n]*/.exec(file.text.slice(to))![0].length], text: '' };
}

/** In order; insertions at one place are one, and none is left in what is taken away. */
function merged(edits: readonly Edit[]): readonly Edit[] {
  const removed = edits.filter(({ range }) => range[1] > range[0]);
  const found: Edit[] = [];
  for (const edit of edits) {
    const [at, to] = edit.range;
    if (at === to && removed.some(({ range, text }) => text === '' && range[0] <= at && at < range[1])) continue;
    const same = found.findIndex(({ range }) => range[0] === at && range[1] === at);
    if (at === to && same >= 0) found[same] = { range: [at, at], text: found[same]!.text + edit.text };
    else found.push(edit);
  }
  return found.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}
