import type { TSESTree } from '@typescript-eslint/types';
import type { TypeQueries } from './types.js';

type Node = TSESTree.Node;

// The parts of the compiler's objects that are used, each as it may be: which version they come from is
// the user's choice, so its enums are never imported and its numbers never written here.

interface TsType {
  readonly flags: number;
  readonly symbol?: TsSymbol | undefined;
  readonly aliasSymbol?: TsSymbol | undefined;
  readonly types?: readonly TsType[];
  readonly target?: TsType;
  isUnion(): boolean;
  isClassOrInterface(): boolean;
  isTypeParameter(): boolean;
}

interface TsSymbol {
  readonly name: string;
  readonly parent?: TsSymbol | undefined;
  readonly declarations?: readonly TsDeclaration[] | undefined;
}

interface TsDeclaration {
  readonly name?: { readonly text?: unknown };
  getSourceFile(): TsSourceFile;
}

interface TsSourceFile {
  readonly fileName: string;
}

interface TsChecker {
  getTypeAtLocation(node: object): TsType;
  getNonNullableType(type: TsType): TsType;
  getBaseConstraintOfType(type: TsType): TsType | undefined;
  typeToString(type: TsType): string;
  getNullType(): TsType;
  getUndefinedType(): TsType;
  getVoidType(): TsType;
  getAnyType(): TsType;
  getUnknownType?(): TsType;
  isArrayType?(type: TsType): boolean;
  isTupleType?(type: TsType): boolean;
  getSymbolAtLocation(node: object): TsSymbol | undefined;
  getExportsOfModule(module: TsSymbol): readonly TsSymbol[];
  getDeclaredTypeOfSymbol(symbol: TsSymbol): TsType;
}

interface TsProgram {
  getTypeChecker(): TsChecker;
  getCompilerOptions(): { readonly strict?: boolean; readonly strictNullChecks?: boolean };
  isSourceFileDefaultLibrary(file: TsSourceFile): boolean;
}

interface Services {
  readonly program: TsProgram;
  readonly esTreeNodeToTSNodeMap: { get(node: Node): object | undefined };
}

/**
 * Type queries on the program that a typed parser hands to ESLint; `null` where it made none. Any
 * failure of the compiler, or of what a parser calls its services, is "the types do not tell".
 */
export function createTypeQueries(parserServices: unknown): TypeQueries | null {
  const services = parserServices as Partial<Services> | null | undefined;
  if (services?.program == null || typeof services.esTreeNodeToTSNodeMap?.get !== 'function') return null;
  const { program, esTreeNodeToTSNodeMap: nodes } = services as Services;
  const asked = attempt(() => {
    const checker = program.getTypeChecker();
    return { checker, kinds: kindsOf(checker), exact: hasNullTypes(program) };
  });
  if (asked === null) return null;
  const { checker, kinds, exact } = asked;

  const typeOf = (node: Node): TsType | null => {
    const tsNode = nodes.get(node);
    if (tsNode === undefined) return null;
    const type = checker.getTypeAtLocation(tsNode);
    return kinds.isOpen(type) ? null : type;
  };
  return {
    declaredIn: (node) =>
      attempt(() => {
        const type = typeOf(node);
        return type === null ? null : declarationOf(program, checker, type);
      }),
    canBeNullish: (node) =>
      attempt(() => {
        const type = typeOf(node);
        // Without strict null checks no type says that it may be null.
        return type === null || !exact ? null : isNullish(checker, kinds, type);
      }),
    isArray: (node) =>
      attempt(() => {
        const type = typeOf(node);
        return type === null ? null : isArray(checker, kinds, type);
      }),
  };
}

function attempt<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch {
    return null;
  }
}

interface Kinds {
  /** `any` and `unknown`. */
  isOpen(type: TsType): boolean;
  /** null, undefined and void. */
  isNothing(type: TsType): boolean;
}

/** Which flags mean what, learnt from types of which it is known: the numbers differ between versions. */
function kindsOf(checker: TsChecker): Kinds {
  const nothing = checker.getNullType().flags | checker.getUndefinedType().flags | checker.getVoidType().flags;
  const open = checker.getAnyType().flags | (checker.getUnknownType?.().flags ?? 0);
  return {
    isOpen: (type) => (type.flags & open) !== 0 || checker.typeToString(type) === 'unknown',
    isNothing: (type) => (type.flags & nothing) !== 0,
  };
}

function hasNullTypes(program: TsProgram): boolean {
  const { strict, strictNullChecks } = program.getCompilerOptions();
  // Where neither is written, the default depends on the version of the compiler, which it does not tell.
  return strictNullChecks ?? strict ?? false;
}

const MAX_LEVEL = 8;

function isNullish(checker: TsChecker, kinds: Kinds, type: TsType, level = 0): boolean | null {
  if (level > MAX_LEVEL || kinds.isOpen(type)) return null;
  if (kinds.isNothing(type)) return true;
  if (type.isUnion()) {
    const parts = (type.types ?? []).map((part) => isNullish(checker, kinds, part, level + 1));
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  const constraint = checker.getBaseConstraintOfType(type);
  if (constraint === undefined || constraint === type) return isDeferred(type) ? null : false;
  return isNullish(checker, kinds, constraint, level + 1);
}

function isArray(checker: TsChecker, kinds: Kinds, type: TsType, level = 0): boolean | null {
  if (level > MAX_LEVEL || kinds.isOpen(type)) return null;
  if (type.isUnion()) {
    const parts = (type.types ?? []).filter((part) => !kinds.isNothing(part)).map((part) => isArray(checker, kinds, part, level + 1));
    return parts.length > 0 && parts.every((part) => part === parts[0]) ? parts[0]! : null;
  }
  if (checker.isArrayType?.(type) === true || checker.isTupleType?.(type) === true) return true;
  const constraint = checker.getBaseConstraintOfType(type);
  if (constraint === undefined || constraint === type) return isDeferred(type) ? null : false;
  return isArray(checker, kinds, constraint, level + 1);
}

/** Not known before it is instantiated: a free type parameter, `T[K]`, a conditional type. It may be anything. */
function isDeferred(type: TsType): boolean {
  return type.isTypeParameter() || 'objectType' in type || 'checkType' in type;
}

/** The package and exported name of the class or interface whose object this is. */
function declarationOf(program: TsProgram, checker: TsChecker, type: TsType): { package: string; name: string } | null {
  const present = checker.getNonNullableType(type);
  if (present.isUnion()) {
    const found = (present.types ?? []).map((part) => declarationOf(program, checker, part));
    return found.every((one) => one !== null && one.package === found[0]?.package && one.name === found[0].name) ? (found[0] ?? null) : null;
  }
  const constraint = checker.getBaseConstraintOfType(present) ?? present;
  // `typeof Pool`, a function or a literal is no object of a named class; a type alias may name one.
  const isNamed = constraint.isClassOrInterface() || constraint.target?.isClassOrInterface() === true;
  const symbol = isNamed ? constraint.symbol : constraint.aliasSymbol;
  const declaration = symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return null;
  const source = declaration.getSourceFile();
  if (program.isSourceFileDefaultLibrary(source)) return null;
  const packageName = ambientModule(symbol) ?? packageOf(source.fileName);
  if (packageName === null) return null;
  const name = exportedName(checker, source, symbol, declaration);
  return name === null ? null : { package: packageName, name };
}

/** `declare module 'http' { class Agent {} }`: the module names itself. */
function ambientModule(symbol: TsSymbol): string | null {
  const quoted = /^"(.*)"$/.exec(symbol.parent?.name ?? '')?.[1];
  return quoted === undefined || /^(?:[./\\]|[A-Za-z]:[/\\])/.test(quoted) ? null : quoted;
}

/**
 * The package that a file belongs to, by the last `node_modules` of its path. A package of the
 * workspace is a symbolic link to a folder outside of it: that is the project's own code.
 */
export function packageOf(fileName: string): string | null {
  const path = fileName.replaceAll('\\', '/');
  const at = path.lastIndexOf('/node_modules/');
  if (at === -1) return null;
  const [first = '', second = ''] = path.slice(at + '/node_modules/'.length).split('/');
  if (first === '@types') return second.includes('__') ? `@${second.replace('__', '/')}` : second;
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** The name under which its own file exports it: `Pool` of `export { PoolImpl as Pool }`; a default by its own name. */
function exportedName(checker: TsChecker, source: TsSourceFile, symbol: TsSymbol, declaration: TsDeclaration): string | null {
  const own = symbol.name === 'default' ? ownName(declaration) : symbol.name;
  const module = checker.getSymbolAtLocation(source);
  if (module !== undefined) {
    const exported = checker.getExportsOfModule(module);
    if (!exported.some((one) => one.name === own)) {
      const alias = exported.find((one) => one.name !== 'default' && checker.getDeclaredTypeOfSymbol(one).symbol === symbol);
      if (alias !== undefined) return alias.name;
    }
  }
  return own === null || own.startsWith('__') || own.startsWith('"') ? null : own;
}

function ownName(declaration: TsDeclaration): string | null {
  return typeof declaration.name?.text === 'string' ? declaration.name.text : 'default';
}
