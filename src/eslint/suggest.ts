import type { Rule } from 'eslint';
import type { Mend } from '../mends/edit.js';

/** A mend as an ESLint suggestion, with the message id that carries its title as `{{title}}`. */
export function suggestion(messageId: string, mend: Mend): Rule.SuggestionReportDescriptor {
  return {
    messageId,
    data: { title: mend.title },
    fix: (fixer) => mend.edits.map((edit) => fixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text)),
  };
}

/** The location of a range, from the line table: not every parser puts `loc` on its nodes. */
export function locationOf(
  lines: { locate(offset: number): { line: number; column: number } },
  range: readonly [number, number],
): { start: { line: number; column: number }; end: { line: number; column: number } } {
  return { start: lines.locate(range[0]), end: lines.locate(range[1]) };
}
