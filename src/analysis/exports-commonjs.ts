import type { TSESTree } from '@typescript-eslint/types';
import type { ExportEntry, ExportTable } from './exports.js';
import { entryOf, requireOf, type ImportedName } from './imported-names.js';
import type { SourceFile } from './source-file.js';
import { memberName, staticName, unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** What part of the exports an expression names. */
type ExportTarget = { readonly is: 'whole' } | { readonly is: 'name'; readonly name: string } | { readonly is: 'dynamic' };

/** Adds what a file exports the CommonJS way. */
export function commonJsExports(file: SourceFile, imported: ReadonlyMap<string, ImportedName>, table: ExportTable): void {
  if (!/\bexports\b/.test(file.text)) return;
  // Names that two statements give different values: which one holds is not known.
  const seen = new Map<string, Node>();
  const set = (name: string, node: Node): void => {
    const value = assignedValue(file, node);
    if (isVoid(value)) return;
    const before = seen.get(name);
    if (before !== undefined && before !== value) {
      table.entries.delete(name);
      table.open = true;
      return;
    }
    seen.set(name, value);
    table.entries.set(name, commonJsEntry(value, imported));
  };
  for (const assignment of file.index.assignments) {
    if (assignment.type !== 'AssignmentExpression' || assignment.operator !== '=') continue;
    const target = targetOf(file, assignment.left);
    if (target === null) continue;
    if (target.is === 'dynamic') table.open = true;
    else if (target.is === 'name') set(target.name, assignment.right);
    else if (!isExportsObject(file, assignment.right)) {
      set('module.exports', assignment.right);
      const value = assignedValue(file, assignment.right);
      if (value.type === 'ObjectExpression') objectExports(value, table, set);
    }
  }
  for (const call of file.index.calls) if (call.type === 'CallExpression') callExports(file, call, table, set);
}

function objectExports(object: TSESTree.ObjectExpression, table: ExportTable, set: (name: string, node: Node) => void): void {
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      const spread = requireOf(property.argument);
      if (spread?.name === 'module.exports') table.stars.push(spread.specifier);
      else table.open = true;
      continue;
    }
    const name = staticName(property.key, property.computed);
    // A getter's result is not the getter.
    if (name === null || property.kind !== 'init') table.open = true;
    else set(name, property.value);
  }
}

function callExports(file: SourceFile, call: TSESTree.CallExpression, table: ExportTable, set: (name: string, node: Node) => void): void {
  const [first, second, third] = call.arguments;
  if (call.callee.type === 'MemberExpression' && call.callee.object.type === 'Identifier' && call.callee.object.name === 'Object') {
    const method = memberName(call.callee);
    if (first === undefined || !isExportsObject(file, first)) return;
    if (method === 'defineProperty') {
      const name = second === undefined ? null : staticName(second, true);
      if (name === '__esModule') return;
      const value = third?.type === 'ObjectExpression' ? third.properties.find((entry) => entry.type === 'Property' && staticName(entry.key, entry.computed) === 'value') : undefined;
      if (name !== null && value?.type === 'Property') set(name, value.value);
      else table.open = true;
    } else if (method === 'assign') {
      for (const source of call.arguments.slice(1)) {
        if (source.type === 'ObjectExpression') objectExports(source, table, set);
        else table.open = true;
      }
      // What is assigned later in the list may replace what was found.
      table.open = true;
    } else if (method === 'defineProperties') {
      table.open = true;
    }
    return;
  }
  // TypeScript's own helper: `__exportStar(require('./x'), exports)`.
  if (first !== undefined && second !== undefined && isExportsObject(file, second)) {
    const star = requireOf(first);
    if (star?.name === 'module.exports') table.stars.push(star.specifier);
    else table.open = true;
  }
}

/** Which part of the exports is assigned; `null` when the expression names something else. */
function targetOf(file: SourceFile, left: Node): ExportTarget | null {
  const node = unwrap(left);
  if (node.type !== 'MemberExpression') return null;
  if (isExportsObject(file, node)) return { is: 'whole' };
  if (!isExportsObject(file, node.object)) return null;
  const name = memberName(node);
  if (name === null) return { is: 'dynamic' };
  return name === '__esModule' ? null : { is: 'name', name };
}

/** Is it `exports` or `module.exports` of this module, and no local name? */
function isExportsObject(file: SourceFile, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'Identifier') return node.name === 'exports' && isModuleScoped(file, node);
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    memberName(node) === 'exports' &&
    isModuleScoped(file, node.object)
  );
}

function isModuleScoped(file: SourceFile, identifier: TSESTree.Identifier): boolean {
  return file.bindings.variableOf(identifier) === 'global';
}

/** The value of `a = b = value`. */
function assignedValue(file: SourceFile, node: Node): Node {
  let value = unwrap(node);
  while (value.type === 'AssignmentExpression' && value.operator === '=' && targetOfOrExports(file, value.left)) value = unwrap(value.right);
  return value;
}

function targetOfOrExports(file: SourceFile, left: Node): boolean {
  return targetOf(file, left) !== null || isExportsObject(file, left);
}

/** `exports.a = void 0` only announces a name that is set later. */
function isVoid(node: Node): boolean {
  return (node.type === 'UnaryExpression' && node.operator === 'void') || (node.type === 'Identifier' && node.name === 'undefined');
}

function commonJsEntry(value: Node, imported: ReadonlyMap<string, ImportedName>): ExportEntry {
  const required = requireOf(value);
  return required === null ? entryOf(value, imported) : { is: 'reexport', ...required };
}
