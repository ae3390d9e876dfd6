import type { TSESTree } from '@typescript-eslint/types';
import { evaluateCall } from './evaluate-call.js';
import { evaluateIdentifier } from './evaluate-binding.js';
import { evaluateThis } from './evaluate-class.js';
import { evaluateObject } from './evaluate-object.js';
import { clientOfType } from './evaluate-type.js';
import { readMember } from './member.js';
import type { SourceFile } from './source-file.js';
import { isFunction, memberName, outermost, unwrap } from './syntax.js';
import { UNDEFINED, alternatives, join, literal, unknown, type Value } from './value.js';

type Node = TSESTree.Node;

const MEMO = Symbol('evaluate');
/** Deep enough for real code; a limit all the same, since code is input. */
const MAX_DEPTH = 48;
/** What a node is while it is being evaluated: a value that depends on itself. */
export const IN_PROGRESS: Value = unknown('depth', 'depends on itself');

let depth = 0;

/**
 * What an expression evaluates to, as far as reading can tell. Memoised per node, depth-limited,
 * total: it never throws and never runs code.
 */
export function evaluate(file: SourceFile, node: Node | null | undefined): Value {
  if (node == null) return UNDEFINED;
  const memo = file.memo(MEMO, () => new WeakMap<Node, Value>());
  const target = unwrap(node);
  const known = memo.get(target);
  if (known !== undefined) return known;
  if (depth >= MAX_DEPTH) return unknown('depth', 'nested too deeply');
  memo.set(target, IN_PROGRESS);
  depth++;
  let value: Value;
  try {
    value = namedByTypes(file, target, evaluateExpression(file, target));
  } finally {
    depth--;
    memo.delete(target);
  }
  memo.set(target, value);
  return value;
}

/**
 * A receiver that reading does not explain may still have a type that names a client's class. Asked
 * only for what a call is made on: the types of everything else would cost more than they tell.
 */
function namedByTypes(file: SourceFile, node: Node, value: Value): Value {
  // What ran out of depth is not unexplained: it may be asked again from nearer.
  if ((value.kind !== 'unknown' || value.reason.code === 'depth') && value.kind !== 'parameter') return value;
  if ((node.type !== 'Identifier' && node.type !== 'MemberExpression') || !isReceiver(node) || file.types === null) return value;
  const declared = file.types.declaredIn(node);
  return (declared === null ? null : clientOfType(file, declared.package, declared.name)) ?? value;
}

/** `pool` of `pool.query()`, `ctx.db` of `ctx.db.users.find()`. */
function isReceiver(node: Node): boolean {
  let current = outermost(node);
  let isObject = false;
  for (let parent = current.parent; parent?.type === 'MemberExpression' && parent.object === current; parent = current.parent) {
    current = outermost(parent);
    isObject = true;
  }
  const user = current.parent;
  return isObject && ((user?.type === 'CallExpression' && user.callee === current) || (user?.type === 'TaggedTemplateExpression' && user.tag === current));
}

function evaluateExpression(file: SourceFile, node: Node): Value {
  switch (node.type) {
    case 'Literal':
      if ('regex' in node && node.regex != null) return { kind: 'regexp', source: node.regex.pattern };
      return literal(node.value as string | number | boolean | bigint | null);
    case 'TemplateLiteral':
      return evaluateTemplate(file, node);
    case 'Identifier':
      return evaluateIdentifier(file, node);
    case 'ThisExpression':
      return evaluateThis(file, node);
    case 'MemberExpression': {
      const name = memberName(node) ?? literalKey(evaluate(file, node.property));
      const object = evaluate(file, node.object);
      return name === null ? unknown('dynamic-key') : readMember(object, name, { file, node });
    }
    case 'CallExpression':
    case 'NewExpression':
      return evaluateCall(file, node);
    case 'ObjectExpression':
      return evaluateObject(file, node);
    case 'ArrayExpression':
      return {
        kind: 'array',
        // A hole is undefined, and keeps the positions after it.
        items: node.elements.filter((element) => element?.type !== 'SpreadElement').map((element) => () => evaluate(file, element)),
        open: node.elements.some((element) => element?.type === 'SpreadElement') ? { code: 'opaque-spread' } : null,
      };
    case 'ConditionalExpression':
      return join([evaluate(file, node.consequent), evaluate(file, node.alternate)]);
    case 'LogicalExpression':
      return evaluateLogical(file, node);
    case 'AwaitExpression':
      return awaited(evaluate(file, node.argument));
    case 'AssignmentExpression':
      return node.operator === '=' ? evaluate(file, node.right) : node.operator.length === 3 ? join([evaluate(file, node.left), evaluate(file, node.right)]) : unknown('syntax');
    case 'SequenceExpression':
      return evaluate(file, node.expressions.at(-1));
    case 'UnaryExpression':
      return evaluateUnary(file, node);
    case 'BinaryExpression':
      return evaluateBinary(file, node);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return { kind: 'class', file, node };
    case 'ImportExpression':
      return evaluateImportExpression(file, node);
    default:
      if (isFunction(node)) return { kind: 'function', file, node };
      return unknown('syntax', node.type);
  }
}

/** Awaiting a query runs it: what it answers is no query. */
function awaited(value: Value): Value {
  const isQuery = (member: Value): boolean => member.kind === 'instance' && member.model.clients[member.client]?.awaited !== undefined;
  return alternatives(value).some(isQuery) ? unknown('opaque-call', 'what a query answers') : value;
}

function evaluateImportExpression(file: SourceFile, node: TSESTree.ImportExpression): Value {
  const source = evaluate(file, node.source);
  if (source.kind !== 'literal' || typeof source.value !== 'string') return unknown('unresolved-import');
  return moduleValue(file, source.value);
}

/** Does a module of a package hold another API than the one that its models tell of? */
export function isOtherModule(file: SourceFile, packageName: string, specifier: string): boolean {
  return specifier !== packageName && file.project.models.clients(packageName).some((model) => model.otherModules?.includes(specifier) === true);
}

/** The namespace of an imported module. */
export function moduleValue(file: SourceFile, specifier: string): Value {
  const module = file.project.importedModule(file.path, specifier);
  switch (module.is) {
    case 'file':
      return { kind: 'module', file: module.file };
    case 'package':
      if (isOtherModule(file, module.name, specifier)) return unknown('opaque-call', specifier);
      return { kind: 'export', package: module.name, path: [], from: file };
    case 'uninteresting':
      return unknown('opaque-call', 'a module with no client we know');
    default:
      return unknown(module.reason === 'off' ? 'other-file-off' : 'unresolved-import', specifier);
  }
}

function literalKey(value: Value): string | null {
  return value.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number') ? String(value.value) : null;
}

function evaluateTemplate(file: SourceFile, node: TSESTree.TemplateLiteral): Value {
  const parts: (string | null)[] = [];
  for (let i = 0; i < node.quasis.length; i++) {
    parts.push(node.quasis[i]!.value.cooked ?? '');
    if (i < node.expressions.length) parts.push(textOf(evaluate(file, node.expressions[i])));
  }
  return textValue(parts);
}

function textOf(value: Value): string | null {
  if (value.kind === 'literal' && value.value !== undefined && value.value !== null) return String(value.value);
  if (value.kind === 'text' && value.parts.every((part) => part !== null)) return value.parts.join('');
  return null;
}

function textValue(parts: readonly (string | null)[]): Value {
  return parts.every((part) => part !== null) ? literal(parts.join('')) : { kind: 'text', parts };
}

/** Is this value certainly an object, function or non-empty value? */
export function isTruthy(value: Value): boolean | null {
  switch (value.kind) {
    case 'literal':
      return Boolean(value.value);
    case 'object':
    case 'array':
    case 'function':
    case 'class':
    case 'object-of-class':
    case 'instance':
    case 'operation':
    case 'signal':
    case 'controller':
    case 'module':
    case 'policy':
    case 'url':
    case 'regexp':
      return true;
    default:
      return null;
  }
}

function evaluateLogical(file: SourceFile, node: TSESTree.LogicalExpression): Value {
  const left = evaluate(file, node.left);
  if (node.operator === '&&') {
    const truthy = isTruthy(left);
    if (truthy === true) return evaluate(file, node.right);
    if (truthy === false) return left;
    // A falsy left is undefined, null, false or '': none of them carries an option.
    return join([UNDEFINED, evaluate(file, node.right)]);
  }
  const kept: Value[] = [];
  for (const member of alternatives(left)) {
    if (node.operator === '||' && isTruthy(member) === false) continue;
    if (node.operator === '??' && member.kind === 'literal' && (member.value === null || member.value === undefined)) continue;
    kept.push(member);
  }
  if (kept.length > 0 && kept.every((member) => isTruthy(member) === true || (node.operator === '??' && member.kind === 'literal'))) return join(kept);
  return join([...kept, evaluate(file, node.right)]);
}

function evaluateUnary(file: SourceFile, node: TSESTree.UnaryExpression): Value {
  if (node.operator === 'void') return UNDEFINED;
  const value = evaluate(file, node.argument);
  if (value.kind === 'literal') {
    if (node.operator === '-' && typeof value.value === 'number') return literal(-value.value);
    if (node.operator === '+') return literal(Number(value.value));
    if (node.operator === '!') return literal(!value.value);
  }
  return unknown('syntax', node.operator);
}

function evaluateBinary(file: SourceFile, node: TSESTree.BinaryExpression): Value {
  const left = evaluate(file, node.left);
  const right = evaluate(file, node.right);
  if (left.kind === 'literal' && right.kind === 'literal') {
    const [a, b] = [left.value, right.value];
    if (typeof a === 'number' && typeof b === 'number') {
      switch (node.operator) {
        case '+': return literal(a + b);
        case '-': return literal(a - b);
        case '*': return literal(a * b);
        case '/': return literal(a / b);
        case '%': return literal(a % b);
        case '**': return literal(a ** b);
        default: return unknown('syntax', node.operator);
      }
    }
  }
  if (node.operator === '+') {
    const isText = (value: Value): boolean => value.kind === 'text' || (value.kind === 'literal' && typeof value.value === 'string');
    if (isText(left) || isText(right)) return textValue([...partsOf(left), ...partsOf(right)]);
  }
  return unknown('syntax', node.operator);
}

function partsOf(value: Value): readonly (string | null)[] {
  return value.kind === 'text' ? value.parts : [textOf(value)];
}
