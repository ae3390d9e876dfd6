import type { TSESTree } from '@typescript-eslint/types';
import { findExport, valueOfExport } from '../analysis/exports.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, unwrap } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';
import { importedName } from './io-calls.js';

type Node = TSESTree.Node;

/** `getUser` of `export const getUser = cache(async (id) => …)`: the functions that stand in the making of what is called. */
export function wrappedFunctions(file: SourceFile, callee: Node): readonly { readonly value: Value; readonly broken: boolean }[] {
  const name = unwrap(callee);
  const variable = name.type === 'Identifier' ? file.bindings.variableOf(name) : null;
  if (variable === null || variable === 'global' || variable.defs.length !== 1) return [];
  const definition = variable.defs[0]!;
  if ((definition.type as string) === 'ImportBinding') {
    const declaration = definition.parent as Node | undefined;
    if (declaration?.type !== 'ImportDeclaration') return [];
    const found = file.project.importedModule(file.path, declaration.source.value);
    const exported = found.is === 'file' ? findExport(found.file, importedName(definition.node as TSESTree.ImportClause), file.project) : null;
    return exported === null || exported === 'unknown' || exported.is !== 'local' ? [] : inlineIn(exported.file, valueOfExport(exported));
  }
  return inlineIn(file, valueOfExport({ is: 'local', file, node: name }));
}

function inlineIn(file: SourceFile, made: Node | null): ReturnType<typeof wrappedFunctions> {
  if (made?.type !== 'CallExpression') return [];
  return made.arguments.map((argument) => unwrap(argument)).filter(isFunction).map((node) => ({ value: { kind: 'function', file, node }, broken: false }));
}
