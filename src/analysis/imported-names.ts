import type { TSESTree } from '@typescript-eslint/types';
import type { ExportEntry } from './exports.js';
import type { SourceFile } from './source-file.js';
import { staticName, unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** A top-level name that stands for something of another module. */
export interface ImportedName {
  readonly specifier: string;
  /** `'*'` is the module, `'module.exports'` what `require` gives, else the exported name. */
  readonly name: string;
}

/** Names at the top level of a file that are bound to another module: by `import`, or by a constant from `require`. */
export function importedNames(file: SourceFile): ReadonlyMap<string, ImportedName> {
  const names = new Map<string, ImportedName>();
  for (const statement of file.program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        if (statement.importKind !== 'type') fromImport(statement, names);
        break;
      case 'TSImportEqualsDeclaration':
        if (statement.moduleReference.type === 'TSExternalModuleReference') {
          const specifier = stringOf(statement.moduleReference.expression);
          if (specifier !== null) names.set(statement.id.name, { specifier, name: 'module.exports' });
        }
        break;
      case 'VariableDeclaration':
        if (statement.kind === 'const' || statement.kind === 'var') for (const declarator of statement.declarations) fromRequire(declarator, names);
        break;
      default:
    }
  }
  return names;
}

function fromImport(statement: TSESTree.ImportDeclaration, names: Map<string, ImportedName>): void {
  const specifier = statement.source.value;
  for (const entry of statement.specifiers) {
    if (entry.type === 'ImportNamespaceSpecifier') names.set(entry.local.name, { specifier, name: '*' });
    else if (entry.type === 'ImportDefaultSpecifier') names.set(entry.local.name, { specifier, name: 'default' });
    else if (entry.importKind !== 'type') {
      names.set(entry.local.name, { specifier, name: entry.imported.type === 'Identifier' ? entry.imported.name : entry.imported.value });
    }
  }
}

function fromRequire(declarator: TSESTree.VariableDeclarator, names: Map<string, ImportedName>): void {
  if (declarator.init == null) return;
  const required = requireOf(declarator.init);
  if (required === null) return;
  if (declarator.id.type === 'Identifier') names.set(declarator.id.name, required);
  // `const { a: b } = require('x')`; a member of a member is left to evaluation.
  if (declarator.id.type !== 'ObjectPattern' || required.name !== 'module.exports') return;
  for (const property of declarator.id.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    const name = staticName(property.key, property.computed);
    if (name !== null) names.set(property.value.name, { specifier: required.specifier, name });
  }
}

/** The module of `require('x')`, or the export of `require('x').y`. */
export function requireOf(node: Node): ImportedName | null {
  const inner = unwrap(node);
  if (inner.type === 'MemberExpression') {
    const whole = requireOf(inner.object);
    const name = staticName(inner.property, inner.computed);
    return whole?.name === 'module.exports' && name !== null ? { specifier: whole.specifier, name } : null;
  }
  if (inner.type !== 'CallExpression' || inner.callee.type !== 'Identifier' || inner.callee.name !== 'require') return null;
  const specifier = inner.arguments.length === 1 ? stringOf(inner.arguments[0]!) : null;
  return specifier === null ? null : { specifier, name: 'module.exports' };
}

/** An expression as an export; one that only names an import is followed there. */
export function entryOf(node: Node, imported: ReadonlyMap<string, ImportedName>): ExportEntry {
  const name = node.type === 'Identifier' ? imported.get(node.name) : undefined;
  return name === undefined ? { is: 'local', node } : { is: 'reexport', ...name };
}

function stringOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? null) : null;
}
