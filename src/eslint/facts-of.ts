import type { Rule, SourceCode } from 'eslint';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { createSourceFile } from '../analysis/source-file.js';
import { isBuiltCode } from '../facts/built-code.js';
import { reachesCacheByType } from '../facts/cache-calls.js';
import { factsOfFile, type FileFacts } from '../facts/file-facts.js';
import { gatesOf, importsOf, type FileGates } from '../facts/file-gates.js';
import { analyzeScopes } from '../analysis/parse.js';
import { createTypeQueries } from '../analysis/type-queries.js';
import { openProject } from '../facts/open-project.js';
import { readSettings, type ResilienceSettings } from './settings.js';

/** The facts of the linted file, and whether it is worth a question. */
export interface LintedFile extends FileFacts, FileGates {
  /** May this file serve requests and use a cache, be it by the type of what it was handed? */
  mayUseCaches(): boolean;
}

const kept = new WeakMap<SourceCode, { settings: ResilienceSettings; linted: LintedFile }>();

/**
 * The facts of the file that ESLint (or oxlint) is at: one set for all rules.
 * @throws SettingsError when `settings.resilience` is malformed
 */
export function factsOf(context: Rule.RuleContext): LintedFile {
  const settings = readSettings(context.settings);
  const { sourceCode } = context;
  const known = kept.get(sourceCode);
  if (known !== undefined && known.settings === settings) return known.linted;
  const path = context.physicalFilename ?? context.filename;
  const project = openProject(path, settings);
  const program = sourceCode.ast as unknown as TSESTree.Program;
  const file = createSourceFile({
    path,
    text: sourceCode.text,
    program,
    comments: program.comments ?? [],
    scopes: () => (sourceCode.scopeManager as unknown as ScopeManager | null) ?? analyzeScopes(program, program.sourceType === 'module' ? 'module' : 'script'),
    types: () => createTypeQueries(sourceCode.parserServices),
    project,
  });
  const gates = gatesOf(path, sourceCode.text, project, () => importsOf(program, sourceCode.text));
  const linted: LintedFile = {
    ...factsOfFile(file),
    ...gates,
    mayUseCaches: () => gates.mayCallOut() || (project.crossFile && !isBuiltCode(sourceCode.text) && reachesCacheByType(file) && gates.servesRequests()),
  };
  kept.set(sourceCode, { settings, linted });
  return linted;
}
