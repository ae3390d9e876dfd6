import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import { controlFlowAround } from '../analysis/control-flow.js';
import { evaluate } from '../analysis/evaluate.js';
import { factsAt } from '../analysis/guards.js';
import { presentAlternatives } from '../analysis/member.js';
import { operationOf } from '../analysis/operation.js';
import { reachingWrites } from '../analysis/reaching.js';
import { returnsOf } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { summarize } from '../analysis/summarize.js';
import { mayBeNullish } from '../analysis/summarize-returns.js';
import { describe, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Place, Value } from '../analysis/value.js';
import type { Write } from '../analysis/writes.js';
import { errorDefaultOf } from './error-defaults.js';

type Node = TSESTree.Node;

/** What kind of value a cache is given, as far as its expression or type tells. */
export type StoredKind = 'boolean' | 'count' | 'number' | 'string' | 'object' | 'array' | 'function' | 'unknown';

/** Values that a truthiness test takes for a miss. */
export type Falsy = 'false' | '0' | "''" | 'null' | 'undefined';

/** What is known of a value at the place where it is stored. */
export interface StoredValue {
  readonly kind: StoredKind;
  /** It may be null or undefined, and nothing before the write rules that out: proved, by this place. */
  readonly nullish: { readonly form: 'null' | 'undefined'; readonly place: Place } | null;
  /** It is what an unresolved call gave, of unknown kind, and nothing looked at it before it was stored. */
  readonly unchecked: boolean;
  /** An empty default that stands in for nothing: `rows ?? []`. */
  readonly emptyDefault: { readonly form: '[]' | '{}'; readonly place: Place } | null;
  /** A constant that stands in for the result of a call that failed. */
  readonly errorDefault: { readonly text: string; readonly place: Place } | null;
  /** It is proved to be truthy. */
  readonly present: boolean;
  /** A falsy value that it is known to take. */
  readonly falsy: Falsy | null;
}

const MAX_DEPTH = 6;

/** Reads a stored value where it is written. */
export function storedValueOf(file: SourceFile, node: Node): StoredValue {
  const inner = unwrapAwaited(node);
  const guard = factsAt(file, inner, inner);
  const tested = (guard.tested !== 'no' && guard.reason !== 'no-path') || lookedInto(file, inner);
  const errorDefault = errorDefaultOf(file, inner);
  const kind = kindOf(file, inner);
  const present = guard.nonNullish === 'yes';
  const judged = present || errorDefault !== null ? null : mayBeNullish(file, inner);
  const nullish = judged?.is === 'yes' && isData(file, inner) ? { form: formOf(judged.place), place: judged.place } : null;
  return {
    kind,
    nullish: tested ? null : nullish,
    unchecked: !tested && kind === 'unknown' && judged?.is === 'unknown' && isLoaded(file, inner),
    emptyDefault: tested ? null : emptyDefaultOf(file, inner),
    errorDefault: guard.truthy === 'yes' || (errorDefault !== null && tested) ? null : errorDefault,
    present: guard.truthy === 'yes',
    falsy: guard.truthy === 'yes' ? null : falsyOf(file, inner, kind),
  };
}

/** Is it what a call gave, directly or by a variable? A parameter is the caller's business. */
function isLoaded(file: SourceFile, node: Node): boolean {
  return sourcesOf(file, node).every((source) => unwrapAwaited(source).type === 'CallExpression');
}

/** Not a part of something: a member that may be absent says little of the entry. */
function isData(file: SourceFile, node: Node): boolean {
  return node.type !== 'MemberExpression' || file.types === null;
}

/** The expressions that a local may hold; the expression itself, where it is none. */
function sourcesOf(file: SourceFile, node: Node): readonly Node[] {
  const inner = unwrapAwaited(node);
  if (inner.type !== 'Identifier') return [inner];
  const { writes, complete } = reachingWrites(file, inner);
  const values = writes.map(valueOf);
  return complete && values.length > 0 && !values.includes(null) ? (values as Node[]) : [inner];
}

function valueOf(write: Write): Node | null {
  return write.value !== null && write.path.length === 0 && (write.kind === 'declaration' || write.kind === 'assignment') ? write.value : null;
}

/** Is something asked of it, or of a part of it, in a condition on the way to the place where it is stored? */
function lookedInto(file: SourceFile, node: Node): boolean {
  const variable = node.type === 'Identifier' ? file.bindings.variableOf(node) : null;
  const flow = controlFlowAround(file, node);
  if (variable === null || variable === 'global' || flow === null) return false;
  const mentioned = variable.references.map((reference) => (reference.identifier as Node).range[0]);
  return flow.blocks.some((block) =>
    block.successors.some(({ test, kind }) => {
      if (test === null || kind === 'throw' || test.type === 'SwitchCase') return false;
      return mentioned.some((at) => at >= test.range[0] && at < test.range[1]) && flow.canReach(test, node);
    }),
  );
}

function formOf({ file: from, node }: Place): 'null' | 'undefined' {
  const inner = unwrapAwaited(node);
  const value = inner.type === 'Literal' ? literalOf(inner) : null;
  if (value !== null) return value;
  if (inner.type === 'CallExpression') {
    for (const callee of presentAlternatives(evaluate(from, inner.callee))) {
      const empty = operationOf(callee)?.operation.empty;
      if (empty?.value === 'null' || empty?.value === 'undefined') return empty.value;
    }
  }
  return inner.type === 'Identifier' && inner.name !== 'undefined' ? 'null' : isFunction(inner) ? 'undefined' : 'null';
}

function literalOf(node: TSESTree.Literal): 'null' | null {
  return node.value === null && node.raw === 'null' ? 'null' : null;
}

/** `x ?? []` and `x || {}`, at the write or in the function that loads. */
function emptyDefaultOf(file: SourceFile, node: Node, depth = 0): StoredValue['emptyDefault'] {
  if (depth > MAX_DEPTH) return null;
  for (const source of sourcesOf(file, node)) {
    const inner = unwrapAwaited(source);
    if (inner.type === 'LogicalExpression' && inner.operator !== '&&') {
      const right = unwrap(inner.right);
      if (right.type === 'ArrayExpression' && right.elements.length === 0) return { form: '[]', place: { file, node: right } };
      if (right.type === 'ObjectExpression' && right.properties.length === 0) return { form: '{}', place: { file, node: right } };
    }
    const loader = functionOf(file, inner);
    if (loader === null) continue;
    for (const returned of resultsOf(loader.node)) {
      const found = returned === null ? null : emptyDefaultOf(loader.file, returned, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The project function whose result this is. */
function functionOf(file: SourceFile, node: Node): Extract<Value, { kind: 'function' }> | null {
  if (node.type !== 'CallExpression') return null;
  const callees = presentAlternatives(evaluate(file, node.callee));
  return callees.length === 1 && callees[0]!.kind === 'function' ? callees[0]! : null;
}

/** The expressions that a function gives back; `null` for a return without a value. */
function resultsOf(fn: FunctionNode): readonly (Node | null)[] {
  if (fn.body == null) return [];
  return fn.body.type === 'BlockStatement' ? returnsOf(fn) : [fn.body];
}

/** A falsy value that the expression may take, by its constants or its kind. */
function falsyOf(file: SourceFile, node: Node, kind: StoredKind): Falsy | null {
  const constants = sourcesOf(file, node).map((source) => unwrap(source));
  if (constants.every((constant) => constant.type === 'Literal')) {
    return constants.some((constant) => constant.type === 'Literal' && constant.value === false) ? 'false' : constants.some((constant) => constant.type === 'Literal' && constant.value === 0) ? '0' : null;
  }
  if (kind === 'boolean') return 'false';
  if (kind === 'count') return '0';
  for (const source of sourcesOf(file, node)) {
    const loader = functionOf(file, unwrapAwaited(source));
    if (loader === null) continue;
    const empty = summarize(loader.file, loader.node).returns.empty.find(({ form }) => form === 'false' || form === '0' || form === "''");
    if (empty !== undefined) return empty.form as Falsy;
  }
  return null;
}

/** What kind of value an expression has, by its form, its annotation or what the called function gives back. */
function kindOf(file: SourceFile, node: Node, depth = 0): StoredKind {
  if (depth > MAX_DEPTH) return 'unknown';
  const inner = unwrapAwaited(node);
  const next = (one: Node): StoredKind => kindOf(file, one, depth + 1);
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'boolean' ? 'boolean' : typeof inner.value === 'number' ? 'number' : typeof inner.value === 'string' ? 'string' : 'unknown';
    case 'TemplateLiteral':
      return 'string';
    case 'ObjectExpression':
      return 'object';
    case 'ArrayExpression':
      return 'array';
    case 'UnaryExpression':
      return inner.operator === '!' ? 'boolean' : inner.operator === '+' || inner.operator === '-' ? 'number' : 'unknown';
    case 'BinaryExpression':
      return /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(inner.operator) ? 'boolean' : /^[-*/%]$/.test(inner.operator) ? 'number' : 'unknown';
    case 'ConditionalExpression':
      return same([next(inner.consequent), next(inner.alternate)]);
    case 'LogicalExpression':
      return same([next(inner.left), next(inner.right)]);
    case 'MemberExpression':
      return /^(?:length|size)$/.test(memberName(inner) ?? '') ? 'count' : 'unknown';
    case 'Identifier': {
      const annotated = annotationKind(file, inner);
      if (annotated !== 'unknown') return annotated;
      const sources = sourcesOf(file, inner);
      return sources.length === 1 && sources[0] === inner ? 'unknown' : same(sources.map(next));
    }
    case 'CallExpression':
      return callKind(file, inner, depth);
    default:
      return 'unknown';
  }
}

const BOOLEAN_METHODS = /^(?:some|every|includes|has|startsWith|endsWith|isArray|test)$/;
const ARRAY_METHODS = /^(?:map|filter|flatMap|toSorted|flat)$/;

function callKind(file: SourceFile, call: TSESTree.CallExpression, depth: number): StoredKind {
  const name = describe(call.callee);
  if (name === 'Boolean') return 'boolean';
  if (/^(?:Number|parseInt|parseFloat|Number\.parse(?:Int|Float)|Math\.\w+)$/.test(name)) return 'number';
  if (name === 'String' || name === 'JSON.stringify') return 'string';
  const loader = functionOf(file, call);
  if (loader !== null) {
    const annotated = typeKind(loader.node.returnType?.typeAnnotation);
    if (annotated !== 'unknown') return annotated;
    const results = resultsOf(loader.node);
    return results.length === 0 || results.includes(null) ? 'unknown' : same(results.map((result) => kindOf(loader.file, result!, depth + 1)));
  }
  const callee = unwrap(call.callee);
  const method = callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
  if (BOOLEAN_METHODS.test(method) && call.parent?.type !== 'AwaitExpression') return 'boolean';
  if (ARRAY_METHODS.test(method) && call.arguments[0] !== undefined && isFunction(unwrap(call.arguments[0]))) return 'array';
  return 'unknown';
}

function same(kinds: readonly StoredKind[]): StoredKind {
  return new Set(kinds).size === 1 ? kinds[0]! : 'unknown';
}

/** The type that a local was declared with. */
function annotationKind(file: SourceFile, node: TSESTree.Identifier): StoredKind {
  const variable = file.bindings.variableOf(node);
  if (variable === null || variable === 'global') return 'unknown';
  return same(variable.identifiers.map((identifier) => typeKind((identifier as TSESTree.Identifier).typeAnnotation?.typeAnnotation)));
}

/** The kind that a type annotation means: `Promise<boolean>`, `number | null`. */
export function typeKind(type: Node | null | undefined): StoredKind {
  switch (type?.type) {
    case 'TSBooleanKeyword':
      return 'boolean';
    case 'TSNumberKeyword':
      return 'number';
    case 'TSStringKeyword':
      return 'string';
    case 'TSArrayType':
      return 'array';
    case 'TSTypeLiteral':
      return 'object';
    case 'TSTypeReference':
      return type.typeName.type === 'Identifier' && type.typeName.name === 'Promise' ? typeKind(type.typeArguments?.params[0]) : 'unknown';
    case 'TSUnionType': {
      const known = type.types.filter((member) => member.type !== 'TSNullKeyword' && member.type !== 'TSUndefinedKeyword');
      return same(known.map(typeKind));
    }
    default:
      return 'unknown';
  }
}
