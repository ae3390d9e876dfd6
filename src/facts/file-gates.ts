import type { TSESTree } from '@typescript-eslint/types';
import type { ClientKind } from '../models/types.js';
import type { RuntimeVerdict } from '../project/runtime.js';
import { isBuiltCode } from './built-code.js';
import { importedName } from './io-calls.js';
import { mayBorrow } from './loans.js';
import type { ImportedNames, OpenProject } from './open-project.js';
import { isTestFile } from './test-files.js';

/** Whether a file is worth a question at all. Cheap: most files are spared by their text. */
export interface FileGates {
  /** Where its code runs. */
  runtime(): RuntimeVerdict;
  /** May this code serve requests? `false` for browser code, scripts, tests, code that a tool wrote, and files of mixed packages that show neither side. */
  servesRequests(): boolean;
  /** May this file serve requests and use a client we know, or one of these kinds? Decided without analysing it. */
  mayCallOut(kinds?: ReadonlySet<ClientKind>): boolean;
  /** May this file serve requests and take something that has to be given back? By its text. */
  mayBorrow(): boolean;
}

const VIEW = /\.[cm]?[jt]sx$/;

/**
 * The questions about one file of a project. Nothing is worked out before it is asked.
 * @param imports what the file imports for its values
 */
export function gatesOf(path: string, text: string, project: OpenProject, imports: () => readonly ImportedNames[]): FileGates {
  let verdict: RuntimeVerdict | undefined;
  const runtime = (): RuntimeVerdict => (verdict ??= project.runtimeOf(path, text));
  let serves: boolean | undefined;
  const servesRequests = (): boolean => (serves ??= decideServing());
  const decideServing = (): boolean => {
    if (isTestFile(text) || isBuiltCode(text)) return false;
    const { runtime: where, mixed } = runtime();
    return where !== 'browser' && where !== 'script' && mixed !== true;
  };
  return {
    runtime,
    servesRequests,
    mayBorrow: () => mayBorrow(text, project.models) && servesRequests(),
    mayCallOut(kinds) {
      if (isBuiltCode(text)) return false;
      // Views are nearly always for browsers, which is quicker to see than where their imports lead.
      if (VIEW.test(path) && !servesRequests()) return false;
      if (project.usesClients(text, kinds)) return servesRequests();
      return project.importsClients(path, imports(), kinds, servesRequests);
    },
  };
}

/** What a file imports for its values, from its tree. */
export function importsOf(program: TSESTree.Program, text: string): readonly ImportedNames[] {
  const imports: ImportedNames[] = [];
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    imports.push({ specifier: statement.source.value, names: statement.specifiers.map(importedName) });
  }
  return [...imports, ...wholeModules(text)];
}

const IMPORT = /\bimport\s+(?!type\b)([\w$*{}\s,]+?)\s*\bfrom\s*['"]([^'"\n]+)['"]/g;

/** The same from its text alone, for files that are not parsed yet: what looks like an import counts as one. */
export function importsByText(text: string): readonly ImportedNames[] {
  const imports: ImportedNames[] = [];
  for (const [, clause, specifier] of text.matchAll(IMPORT)) {
    const named = /\{([^}]*)\}/.exec(clause!)?.[1] ?? null;
    const names = (named ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')).map((name) => name.split(/\s+as\s+/)[0]!);
    const rest = clause!.replace(/\{[^}]*\}/, '');
    if (rest.includes('*')) names.push('*');
    else if (/[\w$]/.test(rest)) names.push('default');
    if (names.length > 0) imports.push({ specifier: specifier!, names });
  }
  return [...imports, ...wholeModules(text)];
}

/** `require` and `import()` stand anywhere, and give the whole module. */
function wholeModules(text: string): readonly ImportedNames[] {
  return [...text.matchAll(/\b(?:require|import)\s*\(\s*['"]([^'"\n]+)['"]/g)].map((match) => ({ specifier: match[1]!, names: ['*'] }));
}
