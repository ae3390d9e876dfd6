import type { TSESTree } from '@typescript-eslint/types';
import { commonJsExports } from './exports-commonjs.js';
import { entryOf, importedNames, type ImportedName } from './imported-names.js';
import type { ProjectPort, SourceFile } from './source-file.js';
import { unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** One export, as the syntax states it. */
export type ExportEntry =
  /**
   * Made in this file. The node is the exported expression, the function or class declaration, or an
   * identifier: of a declaration (`export const x`) or a reference (`export { x }`).
   */
  | { readonly is: 'local'; readonly node: Node }
  /** Made elsewhere. `'*'` is the whole module, `'module.exports'` what `require` gives. */
  | { readonly is: 'reexport'; readonly specifier: string; readonly name: string };

/** What a file exports. */
export interface ModuleExports {
  /**
   * By exported name. `module.exports = x` and `export = x` stand under `'module.exports'`; the members
   * of an `x` that is no object literal are not listed: they are members of its value.
   */
  readonly entries: ReadonlyMap<string, ExportEntry>;
  /** Modules all of whose names are exported too. */
  readonly stars: readonly string[];
  /** Names that are not listed may be exported: something was not understood. */
  readonly open: boolean;
}

/** While it is built. */
export interface ExportTable {
  readonly entries: Map<string, ExportEntry>;
  readonly stars: string[];
  open: boolean;
}

const MEMO = Symbol('exports');

/** What a file exports, by syntax alone; ESM, CommonJS and TypeScript's forms. Memoised, never throws. */
export function exportsOf(file: SourceFile): ModuleExports {
  return file.memo(MEMO, () => {
    const table: ExportTable = { entries: new Map(), stars: [], open: false };
    const imported = importedNames(file);
    for (const statement of file.program.body) esmExports(statement, imported, table);
    commonJsExports(file, imported, table);
    return table;
  });
}

function esmExports(statement: TSESTree.ProgramStatement, imported: ReadonlyMap<string, ImportedName>, table: ExportTable): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      if (statement.exportKind === 'type') return;
      if (statement.declaration != null) exportDeclaration(statement.declaration, table);
      for (const specifier of statement.specifiers) {
        if (specifier.exportKind === 'type') continue;
        const exported = nameOf(specifier.exported);
        const local = nameOf(specifier.local);
        if (statement.source != null) table.entries.set(exported, { is: 'reexport', specifier: statement.source.value, name: local });
        else table.entries.set(exported, entryOf(specifier.local, imported));
      }
      return;
    case 'ExportAllDeclaration':
      if (statement.exportKind === 'type') return;
      if (statement.exported != null) table.entries.set(nameOf(statement.exported), { is: 'reexport', specifier: statement.source.value, name: '*' });
      else table.stars.push(statement.source.value);
      return;
    case 'ExportDefaultDeclaration':
      if (statement.declaration.type !== 'TSInterfaceDeclaration') table.entries.set('default', entryOf(statement.declaration, imported));
      return;
    case 'TSExportAssignment':
      table.entries.set('module.exports', entryOf(statement.expression, imported));
      return;
    case 'TSImportEqualsDeclaration':
      // `export import x = require('y')`, for parsers that do not wrap it.
      if ((statement as { isExport?: boolean }).isExport === true) exportDeclaration(statement, table);
      return;
    default:
  }
}

function exportDeclaration(declaration: Node, table: ExportTable): void {
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (declaration.id != null) table.entries.set(declaration.id.name, { is: 'local', node: declaration });
      return;
    case 'VariableDeclaration':
      for (const declarator of declaration.declarations) {
        for (const identifier of boundIdentifiers(declarator.id)) table.entries.set(identifier.name, { is: 'local', node: identifier });
      }
      return;
    case 'TSEnumDeclaration':
      table.entries.set(declaration.id.name, { is: 'local', node: declaration });
      return;
    case 'TSModuleDeclaration':
      if (declaration.id.type === 'Identifier' && !declaration.declare) table.entries.set(declaration.id.name, { is: 'local', node: declaration });
      return;
    case 'TSImportEqualsDeclaration': {
      const specifier = requiredModule(declaration.moduleReference);
      if (specifier !== null) table.entries.set(declaration.id.name, { is: 'reexport', specifier, name: 'module.exports' });
      else table.open = true;
      return;
    }
    default:
      // Types and ambient declarations export no value.
  }
}

/** The specifier of `require('x')` in `import y = require('x')`. */
function requiredModule(reference: Node): string | null {
  if (reference.type !== 'TSExternalModuleReference') return null;
  return reference.expression.type === 'Literal' && typeof reference.expression.value === 'string' ? reference.expression.value : null;
}

/** The identifiers that a pattern binds, in source order. */
function boundIdentifiers(pattern: Node): readonly TSESTree.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => boundIdentifiers(property.type === 'Property' ? property.value : property.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element == null ? [] : boundIdentifiers(element)));
    case 'AssignmentPattern':
      return boundIdentifiers(pattern.left);
    case 'RestElement':
      return boundIdentifiers(pattern.argument);
    default:
      return [];
  }
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
}

/** Where an export is made. */
export type FoundExport =
  | { readonly is: 'local'; readonly file: SourceFile; readonly node: Node }
  /** An export of a package: `path` below the module, empty for the module itself. `from` imports it, and so decides on its version. */
  | { readonly is: 'package'; readonly name: string; readonly subpath: string; readonly path: readonly string[]; readonly from: SourceFile }
  /** All exports of a project file. */
  | { readonly is: 'module'; readonly file: SourceFile };

const MAX_DEPTH = 24;

/**
 * Finds where an exported name is made, through re-exports and stars.
 * @param name `'default'`, `'*'` for the module itself, `'module.exports'` for what `require` gives
 * @returns `null`: not exported by this name (where the file has a `'module.exports'`, it may be a member
 * of that value). `'unknown'`: another file could not be read or understood.
 */
export function findExport(file: SourceFile, name: string, port: ProjectPort): FoundExport | null | 'unknown' {
  const memo = file.memo(FOUND, () => new Map<string, FoundExport | null | 'unknown'>());
  let found = memo.get(name);
  if (found === undefined) memo.set(name, (found = follow(file, name, port, new Set(), 0)));
  return found;
}

const FOUND = Symbol('found exports');

function follow(file: SourceFile, name: string, port: ProjectPort, visited: Set<string>, depth: number): FoundExport | null | 'unknown' {
  if (name === '*') return { is: 'module', file };
  const key = `${file.path}\0${name}`;
  if (visited.has(key)) return null;
  if (depth > MAX_DEPTH) return 'unknown';
  visited.add(key);
  const exported = exportsOf(file);
  const whole = exported.entries.get('module.exports');
  const entry = exported.entries.get(name) ?? (name === 'default' ? whole : undefined);
  if (entry !== undefined) {
    return entry.is === 'local' ? { is: 'local', file, node: entry.node } : followTo(file, entry.specifier, entry.name, port, visited, depth);
  }
  if (name === 'module.exports') return { is: 'module', file };
  // `module.exports = require('./client')` hands on every name.
  if (whole?.is === 'reexport' && (whole.name === 'module.exports' || whole.name === '*')) {
    return followTo(file, whole.specifier, name, port, visited, depth);
  }
  const throughStars = name === 'default' ? null : followStars(file, exported.stars, name, port, visited, depth);
  if (throughStars !== null) return throughStars;
  return exported.open ? 'unknown' : null;
}

function followStars(file: SourceFile, stars: readonly string[], name: string, port: ProjectPort, visited: Set<string>, depth: number): FoundExport | null | 'unknown' {
  const packages: FoundExport[] = [];
  let unread = false;
  for (const specifier of stars) {
    const found = followTo(file, specifier, name, port, visited, depth);
    if (found === 'unknown') unread = true;
    else if (found?.is === 'package') packages.push(found);
    // A file of the project states what it exports; a package only may export the name.
    else if (found !== null) return found;
  }
  if (unread || packages.length > 1) return 'unknown';
  return packages[0] ?? null;
}

function followTo(file: SourceFile, specifier: string, name: string, port: ProjectPort, visited: Set<string>, depth: number): FoundExport | null | 'unknown' {
  const imported = port.importedModule(file.path, specifier);
  switch (imported.is) {
    case 'file':
      return follow(imported.file, name, port, visited, depth + 1);
    case 'package':
      return { is: 'package', name: imported.name, subpath: imported.subpath, path: name === '*' || name === 'module.exports' ? [] : [name], from: file };
    default:
      return 'unknown';
  }
}

/**
 * What an exported name of a file is declared with: the call of `export const payments = policy(…)`, of
 * `const payments = policy(…); export { payments }` and of `exports.payments = policy(…)`.
 * @param found where the export is made
 * @returns `null` for a function, a class, and what has no value
 */
export function valueOfExport({ file, node }: Extract<FoundExport, { readonly is: 'local' }>): Node | null {
  const variable = node.type === 'Identifier' ? file.bindings.variableOf(node) : null;
  const definition = variable === null || variable === 'global' || variable.defs.length !== 1 ? null : (variable.defs[0]!.node as Node);
  let value: Node | null | undefined = node.type !== 'Identifier' ? node : definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' ? definition.init : null;
  while (value?.type === 'AssignmentExpression') value = value.right;
  return value == null ? null : unwrap(value);
}
