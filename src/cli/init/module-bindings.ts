import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from '../../analysis/node-children.js';

/** What a name of a configuration stands for: an export of a module. */
export interface ModuleBinding {
  readonly module: string;
  /** `default`; `*` for a namespace, and for what `require` gives. */
  readonly name: string;
}

/** The names that top-level imports and requires of a file bind. */
export function moduleBindings(program: TSESTree.Program): ReadonlyMap<string, ModuleBinding> {
  const bindings = new Map<string, ModuleBinding>();
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) bindings.set(specifier.local.name, { module: statement.source.value, name: importedName(specifier) });
    } else if (statement.type === 'TSImportEqualsDeclaration') {
      const { moduleReference: reference } = statement;
      if (reference.type === 'TSExternalModuleReference' && reference.expression.type === 'Literal') bindings.set(statement.id.name, { module: String(reference.expression.value), name: '*' });
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        const module = requiredModule(init);
        if (module !== null) bindRequired(id, module, bindings);
      }
    }
  }
  return bindings;
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

/** The module of `require('x')`. */
export function requiredModule(node: TSESTree.Expression | null): string | null {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return null;
  const [argument] = node.arguments;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : null;
}

function bindRequired(id: TSESTree.DestructuringPattern, module: string, to: Map<string, ModuleBinding>): void {
  if (id.type === 'Identifier') to.set(id.name, { module, name: '*' });
  if (id.type !== 'ObjectPattern') return;
  for (const property of id.properties) {
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier') to.set(property.value.name, { module, name: property.key.name });
  }
}

/** Every name that stands anywhere in a file: a new one must be none of them. */
export function namesIn(program: TSESTree.Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesOf(program)) if (node.type === 'Identifier') names.add(node.name);
  return names;
}

/** All nodes of a tree that may carry a value. */
export function* nodesOf(node: TSESTree.Node): Generator<TSESTree.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}
