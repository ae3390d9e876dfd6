import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, outermost } from '../analysis/syntax.js';
import { NO_REASON_WORDS, SPEAKS_OF_FAILURE, TOOL_COMMENT } from '../models/error-names.js';
import type { ErrorHandler } from './error-handlers.js';
import { statementOf } from './handler-place.js';

type Node = TSESTree.Node;

/** What a comment says: why, something, or nothing. */
export type CommentKind = 'reason' | 'words' | 'none';

/**
 * The best that the comments of a handler say: inside it, on its line, in front of a `.catch`, and, where
 * they speak of failure, in front of a try or of the function whose first statement that is.
 */
export function commentOf(handler: ErrorHandler): CommentKind {
  const { file, node, statement, guarded } = handler;
  const first = statementOf(statement ?? guarded);
  let best: CommentKind = 'none';
  // What stands in the guarded code speaks of something else.
  const from = Math.min(statement === null ? guarded.range[1] : node.range[0], node.range[0]);
  for (const comment of commentsAround(file, from, Math.max(node.range[1], first.range[1]))) best = better(best, kindOf(comment.value));
  // In front of a try most comments say what is done there, and not what its failure means: with words in
  // the handler they explain it all the same.
  const before = commentsBefore(file, first.range[0]);
  if (statement === null || best === 'words') for (const comment of before) best = better(best, kindOf(comment.value));
  if (best !== 'reason') {
    for (const comment of [...before, ...commentsOfFunction(file, first)]) if (SPEAKS_OF_FAILURE.test(comment.value)) best = better(best, kindOf(comment.value));
  }
  return best;
}

/** The comment of the function that does nothing before this statement. */
function commentsOfFunction(file: SourceFile, first: Node): readonly TSESTree.Comment[] {
  const block = first.parent;
  const fn = block?.type === 'BlockStatement' && block.body.length <= 4 ? block.parent : null;
  if (!isFunction(fn)) return [];
  let holder: Node = outermost(fn);
  if (holder.parent?.type === 'VariableDeclarator') holder = holder.parent.parent;
  else if (holder.parent != null && /^(?:MethodDefinition|PropertyDefinition|Property)$/.test(holder.parent.type)) holder = holder.parent;
  if (holder.parent?.type === 'ExportNamedDeclaration' || holder.parent?.type === 'ExportDefaultDeclaration') holder = holder.parent;
  return commentsBefore(file, holder.range[0]);
}

/** Comments inside a range, and behind it on its last line. */
function commentsAround(file: SourceFile, from: number, to: number): readonly TSESTree.Comment[] {
  const found: TSESTree.Comment[] = [];
  for (let at = lastBefore(file.comments, from) + 1; at < file.comments.length; at++) {
    const comment = file.comments[at]!;
    if (comment.range[1] > to && !/^[^\S\n]*[;,)]*[^\S\n]*$/.test(file.text.slice(to, comment.range[0]))) break;
    found.push(comment);
  }
  return found;
}

/** Comments right in front of an offset. */
function commentsBefore(file: SourceFile, from: number): readonly TSESTree.Comment[] {
  const before: TSESTree.Comment[] = [];
  let edge = from;
  for (let at = lastBefore(file.comments, from); at >= 0; at--) {
    const comment = file.comments[at]!;
    // A blank line between: it belongs to something else.
    if (!/^[^\S\n]*\n?[^\S\n]*$/.test(file.text.slice(comment.range[1], edge))) break;
    // Behind code on its line, it speaks of that.
    const lineStart = file.text.lastIndexOf('\n', comment.range[0] - 1) + 1;
    if (!/^\s*$/.test(file.text.slice(lineStart, comment.range[0]))) break;
    before.push(comment);
    edge = comment.range[0];
  }
  return before;
}

function lastBefore(comments: readonly TSESTree.Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.range[0] < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Does a comment say why? A directive to a tool says something only behind its `--`. */
export function kindOf(text: string): CommentKind {
  const said = TOOL_COMMENT.test(text) ? (/\s--\s+([\s\S]*)$/.exec(text)?.[1] ?? '') : text;
  const words = said.toLowerCase().match(/[\p{L}][\p{L}'’]+/gu) ?? [];
  if (words.length === 0) return 'none';
  return words.filter((word) => !NO_REASON_WORDS.has(word.replace('’', "'"))).length >= 2 ? 'reason' : 'words';
}

function better(one: CommentKind, other: CommentKind): CommentKind {
  return one === 'reason' || other === 'reason' ? 'reason' : one === 'words' || other === 'words' ? 'words' : 'none';
}
