import type { TSESTree } from '@typescript-eslint/types';
import { pathOf } from '../analysis/access-path.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, outermost, unwrap } from '../analysis/syntax.js';
import type { NullableKind, NullableSource } from '../facts/nullable-source.js';
import type { NullableUse } from '../facts/nullable-values.js';
import type { Edit, Mend } from './edit.js';
import { endOutsideParens } from './layout.js';

type Node = TSESTree.Node;

/** `if (row == null) throw new Error('…');` where the value is bound, or before the statement that uses it. */
export function throwEarly(file: SourceFile, { at, source }: NullableUse): Mend | null {
  if (at.how === 'itself' || at.how === 'destructuring') return null;
  const value = unwrap(at.value);
  const bound = at.held === null ? null : declarationOf(at.held);
  // Where it is bound, whatever uses it later; in the function that uses it, so that nobody else fails.
  if (bound !== null && at.held !== null && value.type === 'Identifier' && enclosingFunction(bound) === enclosingFunction(value)) {
    const indent = indentOf(file, bound);
    return mendOf([{ range: [bound.range[1], bound.range[1]], text: `${indent}${check(file, at.held.name, source)}` }]);
  }
  const statement = statementOf(value);
  if (statement === null) return null;
  const indent = indentOf(file, statement);
  const start = statement.range[0];
  const path = pathOf(file, value);
  if (path !== null && !path.calls && !file.text.slice(...value.range).includes('\n')) {
    return mendOf([{ range: [start, start], text: `${check(file, file.text.slice(...value.range), source)}${indent}` }]);
  }
  return inConstant(file, { at, source, statement, value, indent });
}

/** The result of a call gets a name, so that it can be tested. */
function inConstant(file: SourceFile, { at, source, statement, value, indent }: Pick<NullableUse, 'at' | 'source'> & { statement: Node; value: Node; indent: string }): Mend | null {
  const name = freeName(file, NAMES[source.kind] ?? 'found');
  if (name === null) return null;
  const start = statement.range[0];
  // What comes before it in the statement would run after it.
  const earlier = file.index.calls.some((call) => call.range[0] >= start && call.range[1] <= value.range[0]);
  if (earlier) return null;
  const holder = outermost(at.value);
  const parent = holder.parent as Node | undefined;
  if (parent?.type !== 'MemberExpression' || parent.object !== holder) return null;
  const end = endOutsideParens(file, holder, parent.property.range[0]);
  const open = openingOf(file, holder, start);
  if (open === null) return null;
  return mendOf([
    { range: [start, start], text: `const ${name} = ${file.text.slice(...value.range)};${indent}${check(file, name, source)}${indent}` },
    { range: [open, end], text: name },
  ]);
}

/** Where an expression begins with the parentheses that stand right before it. */
function openingOf(file: SourceFile, node: Node, limit: number): number | null {
  const after = file.text.slice(node.range[1], node.range[1] + 200);
  let closings = 0;
  for (const found of /^[\s)]*/.exec(after)![0]) if (found === ')') closings++;
  let at = node.range[0];
  for (let left = closings; left > 0; left--) {
    const before = /\(\s*$/.exec(file.text.slice(limit, at));
    if (before === null) return null;
    at = limit + before.index;
  }
  return at;
}

function mendOf(edits: readonly Edit[]): Mend {
  return { edits, title: 'Throw an error of your own where it is missing', safety: 'behaviour' };
}

const NAMES: Readonly<Partial<Record<NullableKind, string>>> = { row: 'row', record: 'found', match: 'match', env: 'value', chain: 'first' };

const WHAT: Readonly<Partial<Record<NullableKind, string>>> = {
  row: 'no row found', record: 'not found', match: 'unexpected format', web: 'missing parameter', chain: 'nothing found', function: 'not found', lookup: 'not found',
};

/** The test and its error. The error of a client is thrown on as it is: nobody knows more. */
function check(_file: SourceFile, text: string, source: NullableSource): string {
  if (source.kind === 'response' && source.node.type === 'Identifier') return `if (${text} == null) throw ${source.node.name};`;
  const what = source.kind === 'env' ? `${source.name.split('.').at(-1)!} is not set` : (WHAT[source.kind] ?? 'missing value');
  return `if (${text} == null) throw new Error('${what}');`;
}

/** The declaration of a variable, where a statement can follow it. */
function declarationOf(target: TSESTree.Identifier): TSESTree.VariableDeclaration | null {
  let current: Node = target;
  for (let parent = current.parent as Node | undefined; parent != null; parent = current.parent as Node | undefined) {
    if (parent.type === 'VariableDeclaration') return isInBlock(parent) && parent.declarations.length === 1 ? parent : null;
    if (isFunction(parent) || /Statement$/.test(parent.type)) return null;
    current = parent;
  }
  return null;
}

function isInBlock(statement: Node): boolean {
  const parent = statement.parent as Node | undefined;
  return parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'StaticBlock';
}

/** The statement that always evaluates the node, where another can stand before it. */
function statementOf(node: Node): Node | null {
  let current: Node = node;
  for (let parent = current.parent as Node | undefined; parent != null; parent = current.parent as Node | undefined) {
    if (isInBlock(current)) return current.type.endsWith('Statement') || /^(?:VariableDeclaration|ExportNamedDeclaration|ExportDefaultDeclaration)$/.test(current.type) ? current : null;
    switch (parent.type) {
      case 'LogicalExpression':
      case 'AssignmentPattern':
        if (parent.right === current) return null;
        break;
      case 'ConditionalExpression':
        if (parent.test !== current) return null;
        break;
      case 'ForOfStatement':
        if (parent.right !== current) return null;
        break;
      case 'IfStatement':
        if (parent.test !== current) return null;
        break;
      case 'SwitchStatement':
        if (parent.discriminant !== current) return null;
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'SwitchCase':
      case 'CatchClause':
      case 'ClassBody':
        return null;
      case 'MemberExpression':
      case 'CallExpression':
        // What is skipped where a link before it is missing.
        if (isOptionalBefore(parent, current)) return null;
        break;
      default:
        if (isFunction(parent)) return null;
    }
    current = parent;
  }
  return null;
}

/** An argument or key behind `?.` is not always evaluated. */
function isOptionalBefore(parent: TSESTree.MemberExpression | TSESTree.CallExpression, child: Node): boolean {
  const first = parent.type === 'MemberExpression' ? parent.object : parent.callee;
  if (first === child) return false;
  for (let current: Node = parent; ; ) {
    if (current.type === 'MemberExpression') {
      if (current.optional) return true;
      current = current.object;
    } else if (current.type === 'CallExpression') {
      if (current.optional) return true;
      current = current.callee;
    } else return false;
  }
}

/** The line break and indent of a statement. */
function indentOf(file: SourceFile, statement: Node): string {
  const line = file.text.lastIndexOf('\n', statement.range[0] - 1) + 1;
  const indent = /^[^\S\n]*/.exec(file.text.slice(line, statement.range[0]))![0];
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  // In a line with others (`() => { a(); b(); }`) a space does.
  return line + indent.length === statement.range[0] ? `${eol}${indent}` : ' ';
}

/** A name that the file does not use. */
function freeName(file: SourceFile, wanted: string): string | null {
  for (const name of [wanted, `${wanted}Value`, `${wanted}Result`, 'maybeMissing']) if (!new RegExp(`\\b${name}\\b`).test(file.text)) return name;
  return null;
}
