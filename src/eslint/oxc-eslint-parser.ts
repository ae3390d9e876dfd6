import { createRequire } from 'node:module';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { createLineTable } from '../analysis/line-table.js';
import { analyzeScopes, parse } from '../analysis/parse.js';

/** What ESLint wants of a parser, as far as this one gives it. */
export interface ParseForESLintResult {
  readonly ast: TSESTree.Program;
  readonly scopeManager: ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
  readonly services: Readonly<Record<string, never>>;
}

/** Why a text could not be parsed. ESLint reads `index`, `lineNumber` and `column` into its fatal message. */
export class OxcParseError extends Error {
  override readonly name = 'OxcParseError';
  readonly why: 'flow' | 'syntax' | 'no-parser';
  readonly index: number;
  /** 1-based. */
  readonly lineNumber: number;
  /** 1-based. */
  readonly column: number;

  constructor(why: OxcParseError['why'], message: string, place: { index: number; line: number; column: number }) {
    super(message);
    this.why = why;
    this.index = place.index;
    this.lineNumber = place.line;
    this.column = place.column + 1;
  }
}

/**
 * Every rule of this plugin listens on `Program` and walks by itself, so ESLint need not: with no
 * children listed it visits one node a file, in ESLint 9 and 10 alike. Directive comments do not
 * depend on the walk.
 */
const VISIT_PROGRAM_ONLY: Readonly<Record<string, readonly string[]>> = { Program: [] };

/** `eslint` configuration comments that do not name a rule of ours. */
const FOREIGN_CONFIGURATION = /^\s*(?:eslint\s|eslint-env\s|globals?\s|exported\s)/;

/**
 * Parses for ESLint with oxc, so that linting with this plugin alone needs neither `typescript` nor
 * another parser. The tree has no tokens, and of its nodes only the program and comments have `loc`.
 * @throws OxcParseError
 */
export function parseForESLint(text: string, options?: { readonly filePath?: string }): ParseForESLintResult {
  const result = parse(options?.filePath ?? 'input.js', text);
  const lines = createLineTable(result.ok ? result.text : text);
  if (!result.ok) {
    const index = result.offset ?? 0;
    throw new OxcParseError(result.why, result.message, { index, ...lines.locate(index) });
  }
  const { program } = result;
  const locOf = (start: number, end: number): TSESTree.SourceLocation => ({ start: lines.locate(start), end: lines.locate(end) });
  const comments: TSESTree.Comment[] = [];
  for (const comment of result.comments as readonly (TSESTree.Comment & { start: number; end: number })[]) {
    // A comment that configures other rules would make ESLint run them on a tree without tokens.
    if (comment.type === 'Block' && FOREIGN_CONFIGURATION.test(comment.value) && !comment.value.includes('resilience/')) continue;
    comments.push(Object.assign(comment, { range: [comment.start, comment.end] as [number, number], loc: locOf(comment.start, comment.end) }));
  }
  // oxc's program spans the whole text; ESLint expects the same of the program's location.
  Object.assign(program, { comments, tokens: [], loc: locOf(program.range[0], program.range[1]), parent: null });
  return { ast: program, scopeManager: analyzeScopes(program, result.sourceType), visitorKeys: VISIT_PROGRAM_ONLY, services: {} };
}

const { version } = createRequire(import.meta.url)('eslint-plugin-resilience/package.json') as { version: string };

/** A parser object for `languageOptions.parser`. */
export const oxcParser = { meta: { name: 'resilience/oxc', version }, parseForESLint } as const;
