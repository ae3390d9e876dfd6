import type { TSESTree } from '@typescript-eslint/types';
import { matchesPath } from '../models/lookup.js';
import { memberCalled } from './client-member.js';
import { handedByType } from './contextual-type.js';
import { evaluateVariable } from './evaluate-binding.js';
import { applicable } from './evaluate-export.js';
import { exportedAlias } from './exported-types.js';
import { evaluate, isOtherModule } from './evaluate.js';
import { readMember } from './member.js';
import type { SourceFile } from './source-file.js';
import { unknown, type InstanceValue, type Value } from './value.js';

type Node = TSESTree.Node;

/**
 * What a value of this type annotation is: a client of a known class (its options unknown), or an
 * object of a project class. `null` where the type tells nothing of that kind.
 */
export function valueOfType(file: SourceFile, type: Node): Value | null {
  // `type A = A | null`: aliases can lead back to themselves.
  if (depth >= MAX_DEPTH) return null;
  depth++;
  try {
    return readType(file, type);
  } finally {
    depth--;
  }
}

const MAX_DEPTH = 16;
let depth = 0;

function readType(file: SourceFile, type: Node): Value | null {
  switch (type.type) {
    case 'TSTypeReference': {
      const name = type.typeName;
      if (name.type === 'Identifier') {
        if (TRANSPARENT.has(name.name)) {
          const argument = type.typeArguments?.params[0];
          return argument === undefined ? null : name.name === 'ReturnType' ? returnType(file, argument) : valueOfType(file, argument);
        }
        return namedType(file, name, []);
      }
      return name.type === 'TSQualifiedName' ? qualified(file, name) : null;
    }
    case 'TSTypeQuery':
      return type.exprName.type === 'Identifier' ? withUnknownOptions(evaluate(file, type.exprName)) : null;
    case 'TSUnionType': {
      const known = type.types.filter((member) => member.type !== 'TSNullKeyword' && member.type !== 'TSUndefinedKeyword');
      if (known.length === 1) return valueOfType(file, known[0]!);
      return sameLibrary(known.map((member) => valueOfType(file, member)));
    }
    case 'TSIndexedAccessType':
      return handedByType(file, type);
    case 'TSImportType':
      return importedType(file, type);
    case 'TSIntersectionType':
      return type.types.map((member) => valueOfType(file, member)).find((value) => value !== null) ?? null;
    default:
      return null;
  }
}

/** `PrismaClient | Prisma.TransactionClient`: the first, where all are clients of one library. */
function sameLibrary(values: readonly (Value | null)[]): Value | null {
  const first = values[0];
  return first?.kind === 'instance' && values.every((value) => value?.kind === 'instance' && value.model === first.model) ? first : null;
}

const TRANSPARENT: ReadonlySet<string> = new Set(['Readonly', 'Required', 'NonNullable', 'Awaited', 'Promise', 'ReturnType', 'Mutable', 'Omit', 'Pick']);

/** `ReturnType<typeof createClient>`: the client that the factory makes. */
function returnType(file: SourceFile, argument: Node): Value | null {
  if (argument.type !== 'TSTypeQuery' || argument.exprName.type === 'TSImportType') return null;
  const value = valueOfName(file, argument.exprName);
  if (value?.kind === 'instance-member') {
    const member = memberCalled(value);
    return member?.is === 'factory' ? typedInstance(value.instance, member.makes, file) : null;
  }
  if (value?.kind !== 'model-export' || (value.export.is !== 'class' && value.export.is !== 'factory')) return null;
  return typedInstance(value, value.export.makes, file);
}

/** `createClient`, `axios.create` in a type query. */
function valueOfName(file: SourceFile, name: Node): Value | null {
  if (name.type === 'Identifier') return evaluate(file, name);
  if (name.type !== 'TSQualifiedName') return null;
  const left = valueOfName(file, name.left);
  return left === null ? null : readMember(left, name.right.name, { file, node: name });
}

/** `import('ioredis').Redis` */
function importedType(file: SourceFile, type: TSESTree.TSImportType): Value | null {
  // Parsers of one syntax tree differ: the source is a literal, or a literal type around one.
  const argument = (type as { source?: Node }).source ?? type.argument;
  const source = argument.type === 'TSLiteralType' ? argument.literal : (argument as Node);
  if (source.type !== 'Literal' || typeof source.value !== 'string' || type.qualifier?.type !== 'Identifier') return null;
  const module = file.project.importedModule(file.path, source.value);
  return module.is === 'package' && !isOtherModule(file, module.name, source.value) ? clientOfType(file, module.name, type.qualifier.name) : null;
}

function qualified(file: SourceFile, name: TSESTree.TSQualifiedName): Value | null {
  return name.left.type === 'Identifier' ? namedType(file, name.left, [name.right.name]) : null;
}

function namedType(file: SourceFile, identifier: TSESTree.Identifier, rest: readonly string[]): Value | null {
  const variable = findInScopes(file, identifier);
  if (variable === null) return null;
  const definition = variable.defs[0];
  if (definition === undefined) return null;
  const kind = definition.type as string;
  if (kind === 'ClassName' && rest.length === 0) {
    return { kind: 'object-of-class', file, node: definition.node as TSESTree.ClassDeclaration, made: null };
  }
  if (kind === 'Type' && rest.length === 0) {
    const alias = definition.node as Node;
    return alias.type === 'TSTypeAliasDeclaration' ? valueOfType(file, alias.typeAnnotation) : null;
  }
  if (kind !== 'ImportBinding') return null;
  const declaration = definition.parent as Node | undefined;
  if (declaration?.type !== 'ImportDeclaration') return null;
  const clause = definition.node as TSESTree.ImportClause;
  const imported = clause.type === 'ImportSpecifier' ? (clause.imported.type === 'Identifier' ? clause.imported.name : clause.imported.value) : clause.type === 'ImportDefaultSpecifier' ? 'default' : null;
  const module = file.project.importedModule(file.path, declaration.source.value);
  if (module.is === 'package') {
    const exported = rest.at(-1) ?? imported;
    if (exported === null || isOtherModule(file, module.name, declaration.source.value)) return null;
    const local = exported === 'default' ? identifier.name : exported;
    return clientOfType(file, module.name, local);
  }
  if (module.is === 'file' && rest.length === 0) {
    const value = evaluateVariable(file, variable, identifier);
    if (value.kind === 'class') return { kind: 'object-of-class', file: value.file, node: value.node, made: null };
    const alias = imported === null ? null : exportedAlias(module.file, imported);
    if (alias !== null) return valueOfType(alias.file, alias.node.typeAnnotation);
  }
  return null;
}

/** The variable that a type name means, searched outwards from its scope. */
function findInScopes(file: SourceFile, identifier: TSESTree.Identifier) {
  const direct = file.bindings.variableOf(identifier);
  if (direct !== null && direct !== 'global') return direct;
  // Value-only scope analysis (plain JavaScript parsers) does not list type references.
  for (const scope of file.scopes.scopes) {
    const found = scope.set.get(identifier.name);
    if (found !== undefined && found.defs.length > 0 && (scope.type as string) === 'module') return found;
  }
  return null;
}

/** An instance of the client shape that a package's type name stands for. */
export function clientOfType(file: SourceFile, packageName: string, typeName: string): Value | null {
  for (const model of applicable(file, packageName, file.project.models.clients(packageName))) {
    for (const [client, shape] of Object.entries(model.clients)) {
      if (shape.types?.some((name) => matchesPath(name, typeName))) return typedInstance({ model, packageName }, client, file);
    }
  }
  return null;
}

/** A client of which only the class is known. */
export function typedInstance({ model, packageName }: Pick<InstanceValue, 'model' | 'packageName'>, client: string, from: SourceFile): InstanceValue {
  const injected = model.clients[client]?.registrations !== undefined;
  return {
    kind: 'instance',
    model,
    packageName,
    client,
    layers: [],
    made: null,
    optionsUnknown: { code: injected ? 'injected' : 'parameter', detail: 'only its class is known' },
    from,
  };
}

function withUnknownOptions(value: Value): Value | null {
  if (value.kind === 'instance') return { ...value, layers: [], made: null, optionsUnknown: { code: 'parameter', detail: 'only its class is known' } };
  // `typeof User`: the class itself.
  if (value.kind === 'class') return value;
  return value.kind === 'unknown' ? unknown('untyped-receiver') : null;
}
