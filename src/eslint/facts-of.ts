import type { Rule, SourceCode } from 'eslint';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { createSourceFile } from '../analysis/source-file.js';
import { factsOfFile, type FileFacts } from '../facts/file-facts.js';
import { analyzeScopes } from '../analysis/parse.js';
import { createTypeQueries } from '../analysis/type-queries.js';
import { openProject } from '../facts/open-project.js';
import type { RuntimeVerdict } from '../project/runtime.js';
import { readSettings, type ResilienceSettings } from './settings.js';

/** The facts of the linted file, and where its code runs. */
export interface LintedFile extends FileFacts {
  readonly runtime: () => RuntimeVerdict;
  /** May this code serve requests? `false` for browser code, scripts, and files of mixed packages that show neither side. */
  readonly servesRequests: () => boolean;
  /** `false` when the text alone proves that no client we know is used here. */
  readonly mayUseClients: () => boolean;
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
  let runtime: RuntimeVerdict | undefined;
  const runtimeHere = (): RuntimeVerdict => (runtime ??= project.runtimeOf(path, sourceCode.text));
  const linted: LintedFile = {
    ...factsOfFile(file),
    runtime: runtimeHere,
    servesRequests: () => {
      const { runtime: where, mixed } = runtimeHere();
      return where !== 'browser' && where !== 'script' && mixed !== true;
    },
    mayUseClients: () => !isMinified(sourceCode.text) && project.mayUseClients(path, sourceCode.text, () => importedModules(program, sourceCode.text)),
  };
  kept.set(sourceCode, { settings, linted });
  return linted;
}


const MINIFIED_SIZE = 5000;
const MINIFIED_LINE = 500;

/** Built code that was checked in: long lines on average. Nobody edits it. */
function isMinified(text: string): boolean {
  if (text.length < MINIFIED_SIZE) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > MINIFIED_LINE;
}

/** The modules that a file imports for their values. */
function importedModules(program: TSESTree.Program, text: string): readonly string[] {
  const specifiers: string[] = [];
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type') specifiers.push(statement.source.value);
  }
  // `require` and `import()` stand anywhere.
  for (const match of text.matchAll(/\b(?:require|import)\s*\(\s*['"]([^'"\n]+)['"]/g)) specifiers.push(match[1]!);
  return specifiers;
}
