import type { TSESTree } from '@typescript-eslint/types';
import { pathInPattern } from './evaluate-binding.js';
import type { SourceFile } from './source-file.js';
import { enclosingClass, isFunction, memberName, staticName, unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** Where a type name comes from, as the file that uses it states. */
export type TypeOrigin =
  | { readonly is: 'local'; readonly node: Node }
  | { readonly is: 'imported'; readonly specifier: string; readonly name: string };

const MAX_DEPTH = 4;

/**
 * The name of the type with which a variable, parameter or field is declared: `ICache` of `this.cache`
 * with `constructor(private readonly cache: ICache)`. By syntax alone, and in this file alone.
 */
export function declaredTypeName(file: SourceFile, receiver: Node): string | null {
  const type = typeOf(file, receiver, 0);
  return type === null ? null : nameOf(type);
}

function typeOf(file: SourceFile, node: Node, depth: number): Node | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return typeOfVariable(file, inner, depth);
  if (inner.type !== 'MemberExpression') return null;
  const name = memberName(inner);
  if (name === null) return null;
  if (unwrap(inner.object).type === 'ThisExpression') return typeOfField(inner, name);
  const object = typeOf(file, inner.object, depth + 1);
  return object === null ? null : memberType(file, object, name);
}

function typeOfVariable(file: SourceFile, node: TSESTree.Identifier, depth: number): Node | null {
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return null;
  const definition = variable.defs[0];
  const name = definition?.name as Node | undefined;
  if (name?.type !== 'Identifier') return null;
  if (name.typeAnnotation != null) return name.typeAnnotation.typeAnnotation;
  const owner = definition!.node as Node;
  if (isFunction(owner)) return owner.params.reduce<Node | null>((found, pattern) => found ?? typeInPattern(file, pattern, name), null);
  // `const cache = this.cache`, `const { cache } = deps`.
  if (owner.type !== 'VariableDeclarator' || owner.init == null) return null;
  if (owner.id.type === 'Identifier') return classOf(owner.init) ?? typeOf(file, owner.init, depth + 1);
  const steps = pathInPattern(owner.id, name)?.steps;
  const object = steps?.length === 1 ? typeOf(file, owner.init, depth + 1) : null;
  return object === null ? null : memberType(file, object, steps![0]!);
}

/** The class in `new Cache()`. */
function classOf(node: Node): TSESTree.Identifier | null {
  const inner = unwrap(node);
  return inner.type === 'NewExpression' && inner.callee.type === 'Identifier' ? inner.callee : null;
}

/** `({ cache }: { cache: ICache }) => …` */
function typeInPattern(file: SourceFile, parameter: Node, name: Node): Node | null {
  const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (pattern.type !== 'ObjectPattern' || pattern.typeAnnotation == null) return null;
  const steps = pathInPattern(pattern, name)?.steps;
  return steps?.length === 1 ? memberType(file, pattern.typeAnnotation.typeAnnotation, steps[0]!) : null;
}

function typeOfField(node: Node, name: string): Node | null {
  const owner = enclosingClass(node);
  for (const member of owner?.body.body ?? []) {
    if ((member.type === 'PropertyDefinition' || member.type === 'TSAbstractPropertyDefinition') && staticName(member.key, member.computed) === name) {
      return member.typeAnnotation?.typeAnnotation ?? (member.value == null ? null : classOf(member.value));
    }
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
    for (const parameter of member.value.params) {
      if (parameter.type !== 'TSParameterProperty') continue;
      const target = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
      if (target.type === 'Identifier' && target.name === name) return target.typeAnnotation?.typeAnnotation ?? null;
    }
  }
  return null;
}

/** The type of a member of an object type that is written in this file. */
function memberType(file: SourceFile, type: Node, name: string): Node | null {
  for (const member of membersOf(file, type)) {
    if (member.type === 'TSPropertySignature' && staticName(member.key, member.computed) === name) return member.typeAnnotation?.typeAnnotation ?? null;
  }
  return null;
}

function membersOf(file: SourceFile, type: Node): readonly Node[] {
  if (type.type === 'TSTypeLiteral') return type.members;
  const name = nameOf(type);
  const origin = name === null ? null : originOfType(file, name);
  if (origin?.is !== 'local') return [];
  if (origin.node.type === 'TSInterfaceDeclaration') return origin.node.body.body;
  return origin.node.type === 'TSTypeAliasDeclaration' && origin.node.typeAnnotation.type === 'TSTypeLiteral' ? origin.node.typeAnnotation.members : [];
}

const TRANSPARENT: ReadonlySet<string> = new Set(['Readonly', 'Required', 'NonNullable']);

function nameOf(type: Node): string | null {
  if (type.type === 'Identifier') return type.name;
  if (type.type === 'TSUnionType') {
    const known = type.types.filter((member) => member.type !== 'TSNullKeyword' && member.type !== 'TSUndefinedKeyword');
    return known.length === 1 ? nameOf(known[0]!) : null;
  }
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null;
  const argument = type.typeArguments?.params[0];
  return TRANSPARENT.has(type.typeName.name) && argument !== undefined ? nameOf(argument) : type.typeName.name;
}

/** The declaration or import that a type name means at the top level of a file. */
export function originOfType(file: SourceFile, name: string): TypeOrigin | null {
  for (const statement of file.program.body) {
    if (statement.type === 'ImportDeclaration') {
      for (const clause of statement.specifiers) {
        if (clause.local.name !== name) continue;
        if (clause.type === 'ImportSpecifier') return { is: 'imported', specifier: statement.source.value, name: clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value };
        return clause.type === 'ImportDefaultSpecifier' ? { is: 'imported', specifier: statement.source.value, name } : null;
      }
      continue;
    }
    const declared = declarationIn(statement);
    if (declared?.id?.name === name) return { is: 'local', node: declared };
  }
  return null;
}

type Declared = TSESTree.ClassDeclaration | TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration;

/** The class, interface or alias that a statement declares, exported or not. */
export function declarationIn(statement: Node): Declared | null {
  const inner = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
  return inner?.type === 'ClassDeclaration' || inner?.type === 'TSInterfaceDeclaration' || inner?.type === 'TSTypeAliasDeclaration' ? (inner as Declared) : null;
}
