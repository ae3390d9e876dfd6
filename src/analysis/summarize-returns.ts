import type { TSESTree } from '@typescript-eslint/types';
import { NEVER_NULLISH, NULLABLE_METHODS } from '../models/builtins.js';
import { evaluate } from './evaluate.js';
import { factsAt } from './guards.js';
import { presentAlternatives } from './member.js';
import { operationOf } from './operation.js';
import { reachingWrites } from './reaching.js';
import type { SourceFile } from './source-file.js';
import { isGenerator } from './summarize-body.js';
import { builtinName } from './summarize-names.js';
import { NO, question, some, unsure, type Judged } from './summarize-question.js';
import { completionOf } from './summarize-throws.js';
import { describe, isFunction, memberName, unwrap } from './syntax.js';
import { alternatives, type FunctionNode, type Place, type Value } from './value.js';
import { isWrittenOnce } from './writes.js';

type Node = TSESTree.Node;

/** A constant that stands for "nothing there". */
export type EmptyForm = '[]' | '{}' | "''" | '0' | 'false' | 'null' | 'undefined';

/** What a function gives back; of an async function, what its promise does. */
export interface Returned {
  /** Can it be null or undefined? */
  readonly nullish: Judged;
  /** The constant empty values that it may give, and where each is written. */
  readonly empty: readonly { readonly form: EmptyForm; readonly place: Place }[];
  /** It gives nothing but such constants, on every path. */
  readonly alwaysEmpty: boolean;
  /** The parameter that it gives back on every path, as it came. */
  readonly parameter: number | null;
}

const NOTHING_KNOWN: Returned = { nullish: unsure('depth'), empty: [], alwaysEmpty: false, parameter: null };

/** What a function returns, on the paths that return. */
export const returnedFrom = question<Returned>(find, { ...NOTHING_KNOWN, nullish: NO }, NOTHING_KNOWN);

function find(file: SourceFile, fn: FunctionNode): Returned {
  if (fn.body == null) return { ...NOTHING_KNOWN, nullish: unsure('syntax', 'no body') };
  if (isGenerator(fn)) return { ...NOTHING_KNOWN, nullish: NO };
  const { at, fallsOff } = completionOf(file, fn);
  // `null` is a return without a value, or the end of the body.
  const results: (Node | null)[] = fn.body.type === 'BlockStatement' ? at.map((statement) => statement.argument) : [fn.body];
  if (fallsOff) results.push(null);
  const forms = results.map((node) => (node === null ? [{ form: 'undefined' as const, place: { file, node: fn } }] : emptyForms(file, node)));
  const parameters = new Set(results.map((node) => (node === null ? null : parameterOf(file, fn, node))));
  return {
    nullish: some(results, (node) => (node === null ? { is: 'yes', place: { file, node: fn } } : mayBeNullish(file, node))),
    empty: forms.flat(),
    alwaysEmpty: results.length > 0 && results.every((node, i) => node === null || (forms[i]!.length > 0 && isEmptyForm(file, node) !== null)),
    parameter: parameters.size === 1 ? [...parameters][0]! : null,
  };
}

/** The empty constants among the values of an expression: of `rows ?? []` the list. */
function emptyForms(file: SourceFile, node: Node, level = 0): { form: EmptyForm; place: Place }[] {
  if (level > MAX_LEVEL) return [];
  const inner = unwrapPromise(node);
  const form = isEmptyForm(file, inner);
  if (form !== null) return [{ form, place: { file, node: inner } }];
  switch (inner.type) {
    case 'ConditionalExpression':
      return [...emptyForms(file, inner.consequent, level + 1), ...emptyForms(file, inner.alternate, level + 1)];
    case 'LogicalExpression':
      return inner.operator === '&&' ? [] : emptyForms(file, inner.right, level + 1);
    default:
      return [];
  }
}

/** `await x`, `Promise.resolve(x)` and `x.finally(done)` are x for who waits. */
function unwrapPromise(node: Node): Node {
  let inner = unwrap(node);
  for (;;) {
    if (inner.type === 'AwaitExpression') inner = unwrap(inner.argument);
    else if (inner.type === 'CallExpression' && describe(inner.callee) === 'Promise.resolve' && inner.arguments[0] !== undefined) inner = unwrap(inner.arguments[0]);
    else if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && memberName(inner.callee) === 'finally') inner = unwrap(inner.callee.object);
    else return inner;
  }
}

function isEmptyForm(file: SourceFile, node: Node): EmptyForm | null {
  const inner = unwrapPromise(node);
  if (inner.type === 'ArrayExpression') return inner.elements.length === 0 ? '[]' : null;
  if (inner.type === 'ObjectExpression') return inner.properties.length === 0 ? '{}' : null;
  if (inner.type !== 'Literal' && inner.type !== 'Identifier' && inner.type !== 'UnaryExpression' && inner.type !== 'TemplateLiteral') return null;
  // A list or object behind a name may be filled before it is returned; a constant cannot.
  if (inner.type === 'Identifier') {
    const variable = file.bindings.variableOf(inner);
    if (variable === null || (variable !== 'global' && !isWrittenOnce(file, variable))) return null;
  }
  const value = evaluate(file, inner);
  if (value.kind !== 'literal') return null;
  switch (value.value) {
    case null: return 'null';
    case undefined: return 'undefined';
    case '': return "''";
    case 0: return '0';
    case false: return 'false';
    default: return null;
  }
}

function parameterOf(file: SourceFile, fn: FunctionNode, node: Node): number | null {
  const inner = unwrapPromise(node);
  const variable = inner.type === 'Identifier' ? file.bindings.variableOf(inner) : null;
  if (variable === null || variable === 'global' || !isWrittenOnce(file, variable)) return null;
  const index = fn.params.findIndex((parameter) => variable.identifiers.includes(parameter as never));
  return index === -1 ? null : index;
}

const MAX_LEVEL = 12;

/** May this expression be null or undefined, where it stands? `yes`: a value it may have is. */
export function mayBeNullish(file: SourceFile, node: Node, level = 0): Judged {
  if (level > MAX_LEVEL) return unsure('depth');
  const inner = unwrapPromise(node);
  const next = (part: Node): Judged => mayBeNullish(file, part, level + 1);
  switch (inner.type) {
    case 'ConditionalExpression':
      return some([inner.consequent, inner.alternate], next);
    case 'LogicalExpression':
      return inner.operator === '&&' ? some([inner.left, inner.right], next) : next(inner.right);
    case 'AssignmentExpression':
      return /^(?:=|\?\?=|\|\|=)$/.test(inner.operator) ? next(inner.right) : NO;
    case 'SequenceExpression':
      return inner.expressions.length === 0 ? NO : next(inner.expressions.at(-1)!);
    case 'CallExpression':
      return callIsNullish(file, inner);
    case 'Identifier':
    case 'MemberExpression':
      return placeIsNullish(file, inner, level);
    case 'UnaryExpression':
      return inner.operator === 'void' ? { is: 'yes', place: { file, node: inner } } : NO;
    case 'Literal':
      return inner.value === null && inner.raw === 'null' ? { is: 'yes', place: { file, node: inner } } : NO;
    case 'YieldExpression':
    case 'TaggedTemplateExpression':
      return byTypes(file, inner, unsure('opaque-call'));
    default:
      return NO;
  }
}

function placeIsNullish(file: SourceFile, node: TSESTree.Identifier | TSESTree.MemberExpression, level: number): Judged {
  const yes: Judged = { is: 'yes', place: { file, node } };
  const { nonNullish } = factsAt(file, node, node);
  if (nonNullish === 'yes') return NO;
  if (nonNullish === 'no') return yes;
  if (node.type === 'Identifier') {
    const { writes, complete } = reachingWrites(file, node);
    if (complete && writes.length > 0 && writes.every((write) => write.kind !== 'parameter' && write.kind !== 'import')) {
      const judged = some(writes, (write): Judged => {
        if (write.kind === 'undefined') return yes;
        if (write.kind === 'function' || write.kind === 'class') return NO;
        if (write.value === null || write.path.length > 0) return unsure('syntax', write.kind);
        return mayBeNullish(file, write.value, level + 1);
      });
      // What may be null by its origin may have been tested since, in part.
      if (judged.is !== 'unknown') return judged;
    }
  }
  return byTypes(file, node, some(alternatives(evaluate(file, node)), (value) => valueIsNullish(value, yes)));
}

function valueIsNullish(value: Value, yes: Judged): Judged {
  switch (value.kind) {
    case 'literal':
      return value.value == null ? yes : NO;
    case 'env':
      return yes;
    case 'parameter':
      return unsure('parameter');
    case 'export':
      return unsure('opaque-call', value.package);
    case 'unknown':
      return { is: 'unknown', reason: value.reason };
    case 'builtin':
      return unsure('opaque-call', value.path.join('.'));
    default:
      return NO;
  }
}

function callIsNullish(file: SourceFile, call: TSESTree.CallExpression): Judged {
  const yes: Judged = { is: 'yes', place: { file, node: call } };
  const judged = some(presentAlternatives(evaluate(file, call.callee)), (callee): Judged => {
    if (callee.kind === 'function') return returnedFrom(callee.file, callee.node).nullish;
    const operation = operationOf(callee);
    const empty = operation?.operation.empty;
    if (empty?.path === '' && (empty.value === 'null' || empty.value === 'undefined')) return empty.asks === undefined ? yes : unsure('opaque-call', describe(call.callee));
    const name = builtinName(callee);
    if (name !== null && NEVER_NULLISH.has(name)) return NO;
    if (operation === null && (callee.kind === 'unknown' || callee.kind === 'parameter') && isNullableMethod(file, call)) return yes;
    return unsure('opaque-call', describe(call.callee));
  });
  return byTypes(file, call, judged);
}

/** `list.find(…)`, `text.match(…)`, `new Map().get(…)`: methods that answer nothing when the thing is missing. */
function isNullableMethod(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const model = method !== null && Object.hasOwn(NULLABLE_METHODS, method) ? NULLABLE_METHODS[method] : undefined;
  if (model === undefined || callee.type !== 'MemberExpression') return false;
  switch (method) {
    // Of a list only with a function: other things have a `find` too.
    case 'find':
    case 'findLast':
      return call.arguments[0] !== undefined && isFunction(unwrap(call.arguments[0]));
    case 'match':
    case 'exec': {
      const pattern = unwrap(method === 'match' ? (call.arguments[0] ?? callee.object) : callee.object);
      return evaluate(file, pattern).kind === 'regexp';
    }
    default:
      return model.receivers.includes(madeBy(file, callee.object) ?? '');
  }
}

/** The class of an object that is made where we can see it: `new Map()`, `[]`. */
function madeBy(file: SourceFile, receiver: Node): string | null {
  let made = unwrap(receiver);
  if (made.type === 'Identifier') {
    const { writes } = reachingWrites(file, made);
    const value = writes.length === 1 && writes[0]!.path.length === 0 ? writes[0]!.value : null;
    if (value === null) return null;
    made = unwrap(value);
  }
  if (made.type === 'ArrayExpression') return 'Array';
  return made.type === 'NewExpression' ? builtinName(evaluate(file, made.callee)) : null;
}

/** Where reading does not tell, types may. */
function byTypes(file: SourceFile, node: Node, judged: Judged): Judged {
  if (judged.is !== 'unknown' || file.types === null) return judged;
  const nullish = file.types.canBeNullish(node);
  return nullish === null ? judged : nullish ? { is: 'yes', place: { file, node } } : NO;
}
