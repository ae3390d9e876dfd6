import type { Rule, SourceCode } from 'eslint';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { createSourceFile } from '../analysis/source-file.js';
import { isBuiltCode } from '../facts/built-code.js';
import { reachesCacheByType } from '../facts/cache-calls.js';
import { factsOfFile, type FileFacts } from '../facts/file-facts.js';
import { analyzeScopes } from '../analysis/parse.js';
import { createTypeQueries } from '../analysis/type-queries.js';
import { importedName } from '../facts/io-calls.js';
import { isTestFile } from '../facts/test-files.js';
import { openProject, type ImportedNames } from '../facts/open-project.js';
import type { ClientKind } from '../models/types.js';
import type { RuntimeVerdict } from '../project/runtime.js';
import { readSettings, type ResilienceSettings } from './settings.js';

/** The facts of the linted file, and where its code runs. */
export interface LintedFile extends FileFacts {
  readonly runtime: () => RuntimeVerdict;
  /** May this code serve requests? `false` for browser code, scripts, tests, and files of mixed packages that show neither side. */
  readonly servesRequests: () => boolean;
  /**
   * May this file serve requests and use a client we know, or one of these kinds? `false` for most files,
   * decided without analysing them.
   */
  readonly mayCallOut: (kinds?: ReadonlySet<ClientKind>) => boolean;
  /** May this file serve requests and use a cache, be it by the type of what it was handed? */
  readonly mayUseCaches: () => boolean;
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
  const servesRequests = (): boolean => {
    if (isTestFile(sourceCode.text)) return false;
    const { runtime: where, mixed } = runtimeHere();
    return where !== 'browser' && where !== 'script' && mixed !== true;
  };
  const mayCallOut = (kinds?: ReadonlySet<ClientKind>): boolean => {
    if (isBuiltCode(sourceCode.text)) return false;
    // Views are nearly always for browsers, which is quicker to see than where their imports lead.
    if (VIEW.test(path) && !servesRequests()) return false;
    if (project.usesClients(sourceCode.text, kinds)) return servesRequests();
    return project.importsClients(path, importsOf(program, sourceCode.text), kinds, servesRequests);
  };
  const linted: LintedFile = {
    ...factsOfFile(file),
    runtime: runtimeHere,
    servesRequests,
    mayCallOut,
    mayUseCaches: () => mayCallOut() || (project.crossFile && !isBuiltCode(sourceCode.text) && reachesCacheByType(file) && servesRequests()),
  };
  kept.set(sourceCode, { settings, linted });
  return linted;
}

const VIEW = /\.[cm]?[jt]sx$/;
/** What a file imports for its values. */
function importsOf(program: TSESTree.Program, text: string): readonly ImportedNames[] {
  const imports: ImportedNames[] = [];
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    imports.push({ specifier: statement.source.value, names: statement.specifiers.map(importedName) });
  }
  // `require` and `import()` stand anywhere, and give the whole module.
  for (const match of text.matchAll(/\b(?:require|import)\s*\(\s*['"]([^'"\n]+)['"]/g)) imports.push({ specifier: match[1]!, names: ['*'] });
  return imports;
}
