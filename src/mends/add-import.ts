import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import type { Edit } from './edit.js';

type Node = TSESTree.Node;

/** An export of a package, and the name under which the file is to have it. */
export interface Wanted {
  readonly from: string;
  readonly name: string;
  readonly as: string;
}

/** Does no scope of the file know this name, nor any code use it as a global? */
export function isFree(file: SourceFile, name: string): boolean {
  return file.bindings.globalReferences(name).length === 0 && file.scopes.scopes.every((scope) => !scope.set.has(name) || scope.set.get(name)!.defs.length === 0);
}

/**
 * Adds an import, in the way the file has its others: into a declaration of the same package, else as
 * a line behind the last one.
 * @returns `null` where the file's module system is not told by what it has
 */
export function addImport(file: SourceFile, { from, name, as }: Wanted): readonly Edit[] | null {
  const { body } = file.program;
  const imports = body.filter((node): node is TSESTree.ImportDeclaration => node.type === 'ImportDeclaration');
  const specifier = name === as ? name : `${name} as ${as}`;
  const same = imports.find((node) => node.source.value === from && node.importKind !== 'type' && node.specifiers.some((one) => one.type === 'ImportSpecifier'));
  if (same !== undefined) {
    const last = same.specifiers.at(-1)!;
    return [{ range: [last.range[1], last.range[1]], text: `, ${specifier}` }];
  }
  const quote = quoteOf(file, imports[0]?.source);
  if (imports.length > 0 || body.some((node) => node.type.startsWith('Export'))) {
    const line = `import { ${specifier} } from ${quote}${from}${quote}${endsWithSemicolon(file, imports[0]) ? ';' : ''}`;
    const last = imports.at(-1);
    if (last !== undefined) return [{ range: [last.range[1], last.range[1]], text: `\n${line}` }];
    const first = body[0]!;
    // A directive or a comment of the file's head stays in front.
    return body.some((node) => isDirective(node)) ? null : [{ range: [first.range[0], first.range[0]], text: `${line}\n\n` }];
  }
  const required = body.filter(isRequire);
  const last = required.at(-1);
  if (last === undefined) return null;
  const pair = name === as ? name : `${name}: ${as}`;
  return [{ range: [last.range[1], last.range[1]], text: `\nconst { ${pair} } = require(${quoteOf(file, undefined)}${from}${quoteOf(file, undefined)})${endsWithSemicolon(file, last) ? ';' : ''}` }];
}

function isDirective(node: Node): boolean {
  return node.type === 'ExpressionStatement' && node.directive != null;
}

function isRequire(node: Node): boolean {
  if (node.type !== 'VariableDeclaration') return false;
  const init = node.declarations[0]?.init;
  return init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require';
}

function quoteOf(file: SourceFile, source: TSESTree.Node | undefined): string {
  if (source !== undefined) return file.text[source.range[0]] === '"' ? '"' : "'";
  const double = /require\(\s*"/.test(file.text);
  return double ? '"' : "'";
}

function endsWithSemicolon(file: SourceFile, node: Node | undefined): boolean {
  return node === undefined || file.text[node.range[1] - 1] === ';';
}
