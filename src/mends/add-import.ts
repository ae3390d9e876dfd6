import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { staticName } from '../analysis/syntax.js';
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

/** The name under which a file has, or is to have, an export of a module: its own, or another where that is taken. */
export function localName(file: SourceFile, from: string, name: string, otherwise: string): { readonly as: string; readonly isThere: boolean } {
  for (const node of file.program.body) {
    if (node.type !== 'ImportDeclaration' || node.source.value !== from || node.importKind === 'type') continue;
    const there = node.specifiers.find((one) => one.type === 'ImportSpecifier' && (one.imported.type === 'Identifier' ? one.imported.name : one.imported.value) === name);
    if (there !== undefined) return { as: there.local.name, isThere: true };
  }
  const required = requiredAs(file, from, name);
  if (required !== null) return { as: required, isThere: true };
  return { as: isFree(file, name) ? name : otherwise, isThere: false };
}

/** `const { payments: pay } = require('./resilience')` */
function requiredAs(file: SourceFile, from: string, name: string): string | null {
  for (const node of file.program.body) {
    if (!isRequire(node) || node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      const source = init?.type === 'CallExpression' ? init.arguments[0] : undefined;
      if (source?.type !== 'Literal' || source.value !== from || id.type !== 'ObjectPattern') continue;
      const there = id.properties.find((entry) => entry.type === 'Property' && staticName(entry.key, entry.computed) === name);
      if (there?.type === 'Property' && there.value.type === 'Identifier') return there.value.name;
    }
  }
  return null;
}

/** What has to be known of a file to import something into it. */
type Importer = Pick<SourceFile, 'program' | 'text'>;

/**
 * Adds an import, in the way the file has its others: into a declaration of the same package, else as
 * a line behind the last one.
 * @returns `null` where the file's module system is not told by what it has
 */
export function addImport(file: Importer, wanted: Wanted): readonly Edit[] | null {
  return addImports(file, [wanted]);
}

/** The same for several at once, each written once however often it is wanted. */
export function addImports(file: Importer, wanted: readonly Wanted[]): readonly Edit[] | null {
  const sources = [...new Set(wanted.map(({ from }) => from))];
  const edits = sources.map((from) => fromOne(file, from, wanted.filter((one) => one.from === from)));
  return edits.every((edit) => edit !== null) ? joinAtOnePlace(edits.flat()) : null;
}

/** Lines behind the last import are one edit, whatever they import from. */
function joinAtOnePlace(edits: readonly Edit[]): readonly Edit[] {
  const places = [...new Set(edits.map(({ range }) => range.join()))];
  return places.map((place) => {
    const same = edits.filter(({ range }) => range.join() === place);
    return { ...same[0]!, text: same.map(({ text }) => text).join('') };
  });
}

function fromOne(file: Importer, from: string, wanted: readonly Wanted[]): readonly Edit[] | null {
  const { body } = file.program;
  const imports = body.filter((node): node is TSESTree.ImportDeclaration => node.type === 'ImportDeclaration');
  const names = [...new Map(wanted.map((one) => [one.as, one])).values()].sort((a, b) => (a.as < b.as ? -1 : 1));
  const specifiers = names.map(({ name, as }) => (name === as ? name : `${name} as ${as}`)).join(', ');
  const same = imports.find((node) => node.source.value === from && node.importKind !== 'type' && node.specifiers.some((one) => one.type === 'ImportSpecifier'));
  if (same !== undefined) {
    const last = same.specifiers.at(-1)!;
    return [{ range: [last.range[1], last.range[1]], text: `, ${specifiers}` }];
  }
  const quote = quoteOf(file, imports[0]?.source);
  if (imports.length > 0 || body.some((node) => node.type.startsWith('Export'))) {
    const line = `import { ${specifiers} } from ${quote}${from}${quote}${endsWithSemicolon(file, imports[0]) ? ';' : ''}`;
    const last = imports.at(-1);
    if (last !== undefined) return [{ range: [last.range[1], last.range[1]], text: `\n${line}` }];
    const first = body[0]!;
    // A directive or a comment of the file's head stays in front.
    return body.some((node) => isDirective(node)) ? null : [{ range: [first.range[0], first.range[0]], text: `${line}\n\n` }];
  }
  const required = body.filter(isRequire);
  const last = required.at(-1);
  if (last === undefined) return null;
  const pairs = names.map(({ name, as }) => (name === as ? name : `${name}: ${as}`)).join(', ');
  const own = quoteOf(file, undefined);
  return [{ range: [last.range[1], last.range[1]], text: `\nconst { ${pairs} } = require(${own}${from}${own})${endsWithSemicolon(file, last) ? ';' : ''}` }];
}

function isDirective(node: Node): boolean {
  return node.type === 'ExpressionStatement' && node.directive != null;
}

function isRequire(node: Node): boolean {
  if (node.type !== 'VariableDeclaration') return false;
  const init = node.declarations[0]?.init;
  return init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require';
}

function quoteOf(file: Importer, source: TSESTree.Node | undefined): string {
  if (source !== undefined) return file.text[source.range[0]] === '"' ? '"' : "'";
  const double = /require\(\s*"/.test(file.text);
  return double ? '"' : "'";
}

function endsWithSemicolon(file: Importer, node: Node | undefined): boolean {
  return node === undefined || file.text[node.range[1] - 1] === ';';
}
