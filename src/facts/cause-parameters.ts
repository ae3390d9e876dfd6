import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { baseOf, constructorOf } from '../analysis/evaluate-class.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingFunction, memberName, staticName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';
import { BUILTIN_ERRORS, CAUSE_NAMES, ERROR_CLASSES, MAYBE_CAUSE_NAMES, type ErrorClassModel } from '../models/error-classes.js';

type Node = TSESTree.Node;

/**
 * Where the constructor of an error takes the error that it is made for.
 * - `options`: a property of the argument at a position
 * - `argument`: the argument itself
 * - `none`: nowhere, as the class is written
 */
export type CauseParameter =
  | { readonly is: 'options'; readonly at: number; readonly key: string }
  | { readonly is: 'argument'; readonly at: number; readonly key: string }
  | { readonly is: 'none' };

/** A class of errors whose constructors could all be read, down to one whose options are known. */
export interface ErrorClass {
  readonly takes: CauseParameter;
  /** A builtin class itself. */
  readonly builtin: boolean;
  /** The types of its options are those of the language: `cause` came with ES2022. */
  readonly typedByLanguage: boolean;
  readonly model: ErrorClassModel | null;
  /** Where it is written, if in the project. */
  readonly node: Node | null;
}

const MAX_CLASSES = 8;

/** The class of errors that is made by calling `callee`; `null` where it is not known, or its way to a builtin is not. */
export function errorClassOf(file: SourceFile, callee: Node): ErrorClass | null {
  return ofValue(evaluate(file, callee), 0);
}

function ofValue(value: Value, level: number): ErrorClass | null {
  switch (value.kind) {
    case 'builtin': {
      const [name = '', ...rest] = value.path;
      const at = rest.length === 0 && Object.hasOwn(BUILTIN_ERRORS, name) ? BUILTIN_ERRORS[name]! : null;
      return at === null ? null : { takes: { is: 'options', at, key: 'cause' }, builtin: true, typedByLanguage: true, model: null, node: null };
    }
    case 'export': {
      const model = ERROR_CLASSES.find((one) => one.package === value.package && value.path.length === 1 && value.path[0] === one.name);
      return model === undefined ? null : { takes: { is: 'options', at: model.optionsAt, key: 'cause' }, builtin: false, typedByLanguage: false, model, node: null };
    }
    case 'class': {
      if (level > MAX_CLASSES) return null;
      const base = baseOf(value.file, value.node);
      const inherited = base === null ? null : ofValue(base, level + 1);
      if (inherited === null) return null;
      const constructor = constructorOf(value.node);
      if (constructor === null) return { ...inherited, builtin: false, node: value.node };
      const takes = throughSuper(value.file, constructor, inherited.takes);
      return takes === null ? null : { takes, builtin: false, typedByLanguage: false, model: inherited.model?.failure === undefined ? inherited.model : null, node: value.node };
    }
    default:
      return null;
  }
}

/** What a constructor makes of the parameter of its base; `null` where that cannot be read. */
function throughSuper(file: SourceFile, fn: FunctionNode, inherited: CauseParameter): CauseParameter | null {
  const supers = file.index.calls.filter((call) => call.callee.type === 'Super' && isInside(call, fn) && enclosingFunction(call) === fn);
  const [call] = supers;
  if (call === undefined || supers.length > 1) return null;
  const [rest] = fn.params;
  const spread = call.arguments.find((argument) => argument.type === 'SpreadElement');
  if (spread !== undefined || fn.params.some((param) => param.type === 'RestElement')) {
    // `constructor(...args) { super(...args) }` changes nothing.
    const same = fn.params.length === 1 && call.arguments.length === 1 && rest?.type === 'RestElement' && rest.argument.type === 'Identifier' && spread !== undefined && isNamed(spread.argument, rest.argument.name);
    return same ? inherited : null;
  }
  const handed = inherited.is === 'none' ? undefined : call.arguments[inherited.at];
  if (handed === undefined || inherited.is === 'none') return ownParameter(file, fn);
  if (inherited.is === 'argument') return fromExpression(fn, handed, inherited.key);
  return optionsHanded(fn, handed, inherited.key) ?? (mayHoldCause(handed) ? null : ownParameter(file, fn));
}

function isNamed(node: Node, name: string): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name;
}

/** `super(message, options)`, `super(message, { cause })`, `super(message, cause ? { cause } : undefined)`. */
function optionsHanded(fn: FunctionNode, handed: Node, key: string): CauseParameter | null {
  const node = unwrap(handed);
  switch (node.type) {
    case 'Identifier': {
      const at = positionOf(fn, node.name);
      return at === -1 || !admits(fn, at, key) ? null : { is: 'options', at, key };
    }
    case 'ConditionalExpression':
      return optionsHanded(fn, node.consequent, key) ?? optionsHanded(fn, node.alternate, key);
    case 'LogicalExpression':
      return optionsHanded(fn, node.right, key) ?? optionsHanded(fn, node.left, key);
    case 'ObjectExpression': {
      for (const property of node.properties) {
        if (property.type === 'Property' && staticName(property.key, property.computed) === key) return fromExpression(fn, property.value, key);
      }
      const spread = node.properties.findLast((property) => property.type === 'SpreadElement');
      return spread?.type === 'SpreadElement' ? optionsHanded(fn, spread.argument, key) : null;
    }
    default:
      return null;
  }
}

/** An object without a key `cause` and without spreads holds none. */
function mayHoldCause(handed: Node): boolean {
  const node = unwrap(handed);
  if (node.type === 'ObjectExpression') return node.properties.some((property) => property.type === 'SpreadElement' || staticName(property.key, property.computed) === 'cause');
  return !(node.type === 'Literal' || (node.type === 'Identifier' && node.name === 'undefined'));
}

/** `cause`, `options.cause`, `options?.cause ?? null`. */
function fromExpression(fn: FunctionNode, expression: Node, key: string): CauseParameter | null {
  const node = unwrap(expression);
  if (node.type === 'LogicalExpression') return fromExpression(fn, node.left, key);
  if (node.type === 'ConditionalExpression') return fromExpression(fn, node.consequent, key) ?? fromExpression(fn, node.alternate, key);
  if (node.type === 'Identifier') {
    const at = positionOf(fn, node.name);
    if (at !== -1) return { is: 'argument', at, key: node.name };
    const patterned = inPattern(fn, node.name);
    return patterned;
  }
  if (node.type !== 'MemberExpression') return null;
  const object = unwrap(node.object);
  const name = memberName(node);
  const at = object.type === 'Identifier' ? positionOf(fn, object.name) : -1;
  return at === -1 || name === null ? null : { is: 'options', at, key: name };
}

/** The position of a parameter by its name; -1 for none. */
function positionOf(fn: FunctionNode, name: string): number {
  return fn.params.findIndex((param) => nameOf(param) === name);
}

function nameOf(param: Node): string | null {
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
  const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
  return target.type === 'Identifier' ? target.name : null;
}

/** `constructor({ message, cause })` */
function inPattern(fn: FunctionNode, name: string): CauseParameter | null {
  for (const [at, param] of fn.params.entries()) {
    const target = param.type === 'AssignmentPattern' ? param.left : param;
    if (target.type !== 'ObjectPattern') continue;
    for (const property of target.properties) {
      if (property.type !== 'Property') continue;
      const held = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
      const key = staticName(property.key, property.computed);
      if (held.type === 'Identifier' && held.name === name && key !== null) return { is: 'options', at, key };
    }
  }
  return null;
}

/** An inline type that does not list the key has no room for it. */
function admits(fn: FunctionNode, at: number, key: string): boolean {
  const param = fn.params[at]!;
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
  const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
  const type = target.type === 'Identifier' ? target.typeAnnotation?.typeAnnotation : undefined;
  if (type == null || type.type !== 'TSTypeLiteral') return true;
  return type.members.some((member) => member.type !== 'TSPropertySignature' || staticName(member.key, member.computed) === key);
}

/** All that is handed in is kept, or the stack is done away with on purpose. */
const MEANT_FOR_MORE = /\bObject\.(?:assign|define\w+)\(|\barguments\b|\bthis\[|\bthis\.stack\s*=/;

/** The parameter that a constructor keeps as the cause itself; `null` where one may be. */
function ownParameter(file: SourceFile, fn: FunctionNode): CauseParameter | null {
  for (const [at, param] of fn.params.entries()) {
    const name = nameOf(param);
    if (name !== null && CAUSE_NAMES.has(name)) return { is: 'argument', at, key: name };
  }
  const text = file.text.slice(...fn.range);
  for (const cause of CAUSE_NAMES) {
    if (!text.includes(cause)) continue;
    const patterned = inPattern(fn, cause);
    if (patterned !== null) return patterned;
    const read = file.index.members.find((member) => isInside(member, fn) && memberName(member) === cause && unwrap(member.object).type === 'Identifier' && positionOf(fn, nameAt(member.object)) !== -1);
    if (read !== undefined) return { is: 'options', at: positionOf(fn, nameAt(read.object)), key: cause };
    return null;
  }
  // Something else that is handed in may be the error, or hold it.
  if (MEANT_FOR_MORE.test(text) || fn.params.some((param) => MAYBE_CAUSE_NAMES.test(nameOf(param) ?? 'options'))) return null;
  return { is: 'none' };
}

function nameAt(node: Node): string {
  const inner = unwrap(node);
  return inner.type === 'Identifier' ? inner.name : '';
}
