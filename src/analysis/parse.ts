import { createRequire } from 'node:module';
import { headOf } from './leading-comments.js';
import { nestsTooDeep } from './nesting.js';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';

/** A parsed text, or why it could not be parsed. Offsets are into the text without its BOM. */
export type ParseResult =
  | {
      readonly ok: true;
      readonly program: TSESTree.Program;
      readonly comments: readonly TSESTree.Comment[];
      readonly text: string;
      readonly hadBom: boolean;
      readonly sourceType: 'module' | 'script' | 'commonjs';
    }
  | { readonly ok: false; readonly why: 'flow' | 'syntax' | 'no-parser'; readonly message: string; readonly offset: number | null };

type OxcParser = typeof import('oxc-parser');
type ScopeAnalyzer = typeof import('@typescript-eslint/scope-manager');

const require = createRequire(import.meta.url);
let oxc: OxcParser | null | undefined;
let scopeAnalyzer: ScopeAnalyzer | undefined;

/** Loaded on first use: a lint run that never leaves the linted file needs neither. */
function loadOxc(): OxcParser | null {
  if (oxc === undefined) {
    try {
      oxc = require('oxc-parser') as OxcParser;
    } catch {
      // The native binding is missing on this platform.
      oxc = null;
    }
  }
  return oxc;
}

/** Does the head of this text say that it is written in Flow? */
export function isFlow(text: string): boolean {
  return text.includes('@flow') && headOf(text).comments.some((comment) => /^(?:\/\*[\s*]*|\/\/\s*)@flow\b/.test(comment));
}

type Attempt = Extract<ParseResult, { readonly ok: false }> | { readonly ok: true; readonly result: ReturnType<OxcParser['parseSync']>; readonly text: string; readonly hadBom: boolean; readonly sourceType: 'module' | 'script' | 'commonjs' };

/**
 * Parses a file into the ESTree that typescript-estree would give. Never throws.
 * @param path decides the language by its extension (`.js` may hold JSX)
 */
export function parse(path: string, source: string): ParseResult {
  const attempt = tryParse(path, source);
  if (!attempt.ok) return attempt;
  const { result, text, hadBom, sourceType } = attempt;
  try {
    return { ok: true, program: result.program as unknown as TSESTree.Program, comments: withRanges(result.comments), text, hadBom, sourceType };
  } catch (error) {
    // Nested too deep for the tree to be brought over.
    return { ok: false, why: 'syntax', message: error instanceof Error ? error.message : String(error), offset: null };
  }
}

/** Would `parse` succeed? The tree stays in the parser: bringing it over is most of the work. */
export function parses(path: string, source: string): boolean {
  return tryParse(path, source).ok;
}

function tryParse(path: string, source: string): Attempt {
  const hadBom = source.charCodeAt(0) === 0xfeff;
  const text = hadBom ? source.slice(1) : source;
  if (isFlow(text)) return { ok: false, why: 'flow', message: 'written in Flow', offset: null };
  const parser = loadOxc();
  if (parser === null) return { ok: false, why: 'no-parser', message: 'oxc-parser has no binding for this platform', offset: null };
  const lang = languageOf(path);
  if (nestsTooDeep(text)) return { ok: false, why: 'syntax', message: 'nested too deep to be parsed safely', offset: null };
  const attempts: ('module' | 'commonjs' | 'script')[] = /\.c[jt]s$/.test(path) ? ['commonjs', 'module'] : ['module', 'commonjs', 'script'];
  let firstError: { message: string; offset: number | null } | null = null;
  for (const sourceType of attempts) {
    try {
      const result = parser.parseSync(path, text, { astType: 'ts', range: true, preserveParens: false, lang, sourceType } as never);
      const error = result.errors.find((entry) => (entry.severity as string) === 'Error');
      // The tree is asked for last.
      if (error === undefined && (result.errors.length === 0 || result.program.body.length > 0)) return { ok: true, result, text, hadBom, sourceType };
      firstError ??= { message: error?.message ?? 'cannot be parsed', offset: error?.labels?.[0]?.start ?? null };
    } catch (error) {
      firstError ??= { message: error instanceof Error ? error.message : String(error), offset: null };
    }
  }
  return { ok: false, why: 'syntax', message: firstError?.message ?? 'cannot be parsed', offset: firstError?.offset ?? null };
}

/** oxc puts ranges on nodes only; other parsers put them on comments too. */
function withRanges(comments: readonly { readonly start: number; readonly end: number }[]): TSESTree.Comment[] {
  return comments.map((comment) => ({ ...comment, range: [comment.start, comment.end] })) as unknown as TSESTree.Comment[];
}

function languageOf(path: string): 'ts' | 'tsx' | 'js' | 'jsx' | 'dts' {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  if (path.endsWith('.tsx')) return 'tsx';
  // Plain .js often holds JSX, and nothing that is not JSX parses differently for it.
  return 'jsx';
}

/** Scope analysis for a tree that we parsed ourselves. */
export function analyzeScopes(program: TSESTree.Program, sourceType: 'module' | 'script' | 'commonjs'): ScopeManager {
  scopeAnalyzer ??= require('@typescript-eslint/scope-manager') as ScopeAnalyzer;
  return scopeAnalyzer.analyze(program, {
    sourceType: sourceType === 'module' ? 'module' : 'script',
    globalReturn: sourceType === 'commonjs',
    // No library globals: a name that the file does not declare is global, whatever it is.
    lib: [],
  });
}
