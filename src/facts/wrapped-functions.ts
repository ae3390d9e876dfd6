import type { TSESTree } from '@typescript-eslint/types';
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
    return found.is === 'file' ? exportedIn(found.file, importedName(definition.node as TSESTree.ImportClause)) : [];
  }
  return inlineIn(file, definition.node as Node);
}

/** In the module itself; what it only hands on is not followed. */
function exportedIn(file: SourceFile, name: string): ReturnType<typeof wrappedFunctions> {
  for (const statement of file.program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    if (declaration?.type !== 'VariableDeclaration') continue;
    const declarator = declaration.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (declarator !== undefined) return inlineIn(file, declarator);
  }
  return [];
}

function inlineIn(file: SourceFile, declarator: Node): ReturnType<typeof wrappedFunctions> {
  const init = declarator.type === 'VariableDeclarator' && declarator.init != null ? unwrap(declarator.init) : null;
  if (init?.type !== 'CallExpression') return [];
  return init.arguments.map((argument) => unwrap(argument)).filter(isFunction).map((node) => ({ value: { kind: 'function', file, node }, broken: false }));
}
