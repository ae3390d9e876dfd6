import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { Edit } from './edit.js';
import { newlineBefore } from './layout.js';

type Node = TSESTree.Node;

/** Writes a statement at the end of a block, on a line of its own where the block has lines. */
export function appendStatement(file: SourceFile, block: TSESTree.BlockStatement, statement: string): Edit {
  const text = withEnd(file, block.body.at(-1), statement);
  const close = block.range[1] - 1;
  const lineOfClose = newlineBefore(file, close, block.range[0] + 1);
  if (lineOfClose === null) {
    const inner = file.text.slice(block.range[0] + 1, close);
    // A comment to the end of the line cannot be here: the brace is on the same line.
    return { range: [block.range[0] + 1 + inner.trimEnd().length, close], text: ` ${text} ` };
  }
  const first = block.body[0];
  const indent = (first === undefined ? null : newlineBefore(file, first.range[0], block.range[0] + 1)) ?? deeper(file, lineOfClose);
  const at = close - lineOfClose.length;
  return { range: [at, at], text: `${indent}${text}` };
}

/** Writes a statement at the head of a block. */
export function prependStatement(file: SourceFile, block: TSESTree.BlockStatement, statement: string): Edit {
  const text = withEnd(file, block.body.at(-1), statement);
  const open = block.range[0] + 1;
  const lineOfClose = newlineBefore(file, block.range[1] - 1, open);
  const first = block.body[0];
  const indent = first === undefined ? (lineOfClose === null ? null : deeper(file, lineOfClose)) : newlineBefore(file, first.range[0], open);
  return { range: [open, open], text: indent === null ? ` ${text}${first === undefined && lineOfClose === null ? ' ' : ''}` : `${indent}${text}` };
}

/** Writes a statement in front of another, which stands in a block. */
export function insertBefore(file: SourceFile, statement: Node, added: string): Edit | null {
  if (statement.parent?.type !== 'BlockStatement') return null;
  const at = statement.range[0];
  const indent = newlineBefore(file, at, statement.parent.range[0] + 1) ?? ' ';
  return { range: [at, at], text: `${withEnd(file, statement, added)}${indent}` };
}

/** Does the file end its statements with semicolons? Asked of one nearby. */
function withEnd(file: SourceFile, near: Node | undefined, statement: string): string {
  const example = near !== undefined && /^(?:Expression|Return|Throw|Variable|Break|Continue)/.test(near.type) ? near : file.program.body.find((node) => /^(?:Import|Variable|Expression)/.test(node.type));
  return example === undefined || file.text[example.range[1] - 1] === ';' ? `${statement};` : statement;
}

/** One level further in than a line. */
export function deeper(file: SourceFile, line: string): string {
  const unit = line.includes('\t') || /\n\t/.test(file.text) ? '\t' : /\n( {2}| {4})(?! )\S/.exec(file.text)?.[1] ?? '  ';
  return `${line}${unit}`;
}
