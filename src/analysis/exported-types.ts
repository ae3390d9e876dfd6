import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from './source-file.js';

/** A type alias, and the file in which it is written. */
export interface FoundAlias {
  readonly file: SourceFile;
  readonly node: TSESTree.TSTypeAliasDeclaration;
}

const MAX_DEPTH = 8;

/** The type alias that a file exports by a name, through re-exports and stars; `null` where it exports none, or not to be seen. */
export function exportedAlias(file: SourceFile, name: string, depth = 0): FoundAlias | null {
  if (depth > MAX_DEPTH) return null;
  const stars: string[] = [];
  for (const statement of file.program.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      const { declaration } = statement;
      if (declaration?.type === 'TSTypeAliasDeclaration' && declaration.id.name === name) return { file, node: declaration };
      for (const { exported, local } of statement.specifiers) {
        if (exported.type !== 'Identifier' || exported.name !== name || local.type !== 'Identifier') continue;
        return statement.source == null ? ownAlias(file, local.name) : through(file, statement.source.value, local.name, depth);
      }
    } else if (statement.type === 'ExportAllDeclaration' && statement.exported == null) stars.push(statement.source.value);
  }
  for (const specifier of stars) {
    const found = through(file, specifier, name, depth);
    if (found !== null) return found;
  }
  return null;
}

function ownAlias(file: SourceFile, name: string): FoundAlias | null {
  const node = file.program.body.find((statement): statement is TSESTree.TSTypeAliasDeclaration => statement.type === 'TSTypeAliasDeclaration' && statement.id.name === name);
  return node === undefined ? null : { file, node };
}

function through(file: SourceFile, specifier: string, name: string, depth: number): FoundAlias | null {
  const module = file.project.importedModule(file.path, specifier);
  return module.is === 'file' ? exportedAlias(module.file, name, depth + 1) : null;
}
