import type { TSESTree } from '@typescript-eslint/types';
import { BLOCKING_SLEEPS, SLEEP_BUILTINS, SLEEP_EXPORTS, SLEEP_NAMES, SYNCHRONOUS_CALLBACKS, TIMELESS_WEB_CLASSES } from '../models/builtins.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import { reachingWrites } from './reaching.js';
import type { SourceFile } from './source-file.js';
import { isGenerator, ownNodes } from './summarize-body.js';
import { builtinName, isListedExport, isTimeout } from './summarize-names.js';
import { NO, question, some, unsure, type Judged } from './summarize-question.js';
import { describe, isFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode, Value } from './value.js';

type Node = TSESTree.Node;

/** Does waiting for this function take time by a timer, on some path? */
export const sleeps = question<Judged>(find, NO, unsure('depth'));

/** Levels of expressions looked into. */
const MAX_LEVEL = 12;
/** Functions with names that call each other. */
const MAX_NAMES = 3;

function find(file: SourceFile, fn: FunctionNode): Judged {
  if (fn.body == null) return unsure('syntax', 'no body');
  if (isGenerator(fn)) return unsure('opaque-call', 'generator');
  for (const call of ownNodes(file, fn, 'CallExpression')) {
    const name = evaluateName(file, call.callee);
    if (name !== null && BLOCKING_SLEEPS.has(name)) return { is: 'yes', place: { file, node: call } };
  }
  const awaited = ownNodes(file, fn, 'AwaitExpression').map((node): Node => node.argument);
  const returned = fn.body.type === 'BlockStatement' ? ownNodes(file, fn, 'ReturnStatement').flatMap((node) => node.argument ?? []) : [fn.body];
  const judged = some([...awaited, ...returned], (node) => waits(file, node));
  if (judged.is !== 'no') return judged;
  return ownNodes(file, fn, 'ForOfStatement').some((loop) => loop.await) ? unsure('opaque-call', 'for await') : NO;
}

/** Does waiting for this expression take time by a timer? A plain value takes none. */
export function waits(file: SourceFile, node: Node, level = 0): Judged {
  if (level > MAX_LEVEL) return unsure('depth');
  const inner = unwrap(node);
  const next = (part: Node): Judged => waits(file, part, level + 1);
  switch (inner.type) {
    case 'AwaitExpression':
      return next(inner.argument);
    case 'ConditionalExpression':
      return some([inner.consequent, inner.alternate], next);
    case 'LogicalExpression':
      return some([inner.left, inner.right], next);
    case 'AssignmentExpression':
      return next(inner.right);
    case 'SequenceExpression':
      return inner.expressions.length === 0 ? NO : next(inner.expressions.at(-1)!);
    case 'CallExpression':
      return callWaits(file, inner, level);
    case 'NewExpression':
      return promiseWaits(file, inner);
    case 'Identifier':
      return variableWaits(file, inner, level);
    case 'MemberExpression':
    case 'TaggedTemplateExpression':
    case 'YieldExpression':
    case 'ImportExpression':
      return unsure('opaque-call', describe(inner));
    default:
      return NO;
  }
}

function variableWaits(file: SourceFile, node: TSESTree.Identifier, level: number): Judged {
  const { writes, complete, reason } = reachingWrites(file, node);
  const judged = some(writes, (write): Judged => {
    if (write.kind === 'parameter') return unsure('parameter', node.name);
    if (write.value === null) return write.kind === 'undefined' ? NO : unsure('syntax', write.kind);
    return write.path.length === 0 ? waits(file, write.value, level + 1) : NO;
  });
  if (judged.is !== 'no' || complete) return judged;
  return { is: 'unknown', reason: reason ?? { code: 'syntax' } };
}

function callWaits(file: SourceFile, call: TSESTree.CallExpression, level: number): Judged {
  const callee = unwrap(call.callee);
  const next = (part: Node): Judged => waits(file, part, level + 1);
  if (callee.type === 'MemberExpression') {
    const method = memberName(callee);
    // The callbacks of a promise are waited for too.
    if (method === 'then' || method === 'catch' || method === 'finally') {
      return some([next(callee.object), ...call.arguments.map((argument) => callbackWaits(file, argument))], (judged) => judged);
    }
    if (method !== null && SYNCHRONOUS_CALLBACKS.has(method) && call.arguments[0] !== undefined && isFunction(unwrap(call.arguments[0]))) {
      return callbackWaits(file, call.arguments[0]);
    }
  }
  return some(presentAlternatives(evaluate(file, call.callee)), (value) => calleeWaits(file, call, value, next));
}

function calleeWaits(file: SourceFile, call: TSESTree.CallExpression, callee: Value, next: (part: Node) => Judged): Judged {
  const yes: Judged = { is: 'yes', place: { file, node: call } };
  const name = builtinName(callee);
  const [first] = call.arguments;
  // What the call of a client waits for is not a timer of ours.
  if (callee.kind === 'operation' || callee.kind === 'instance' || callee.kind === 'instance-member') return NO;
  if (callee.kind === 'function') return sleeps(callee.file, callee.node);
  if (isListedExport(callee, SLEEP_EXPORTS) || (name !== null && SLEEP_BUILTINS.has(name))) return yes;
  switch (name) {
    case 'Promise.resolve':
      return first === undefined ? NO : next(first);
    case 'Promise.all':
    case 'Promise.allSettled':
    case 'Promise.race':
    case 'Promise.any': {
      const list = first === undefined ? null : unwrap(first);
      if (list === null) return NO;
      if (list.type !== 'ArrayExpression') return next(list);
      const parts = list.elements.flatMap((element) => (element == null ? [] : [next(element.type === 'SpreadElement' ? element.argument : element)]));
      const isRace = name === 'Promise.race' || name === 'Promise.any';
      // The first to settle ends a race: a timer in it bounds the others, it need not be waited for.
      if (isRace && !parts.every((part) => part.is === 'yes') && parts.some((part) => part.is === 'yes')) return unsure('wrapper', 'raced with a timer');
      return some(parts, (part) => part);
    }
    default:
      break;
  }
  if (isPromisifiedTimeout(file, call.callee)) return yes;
  if (isOfTimelessClass(file, call.callee)) return NO;
  if (SLEEP_NAMES.test(describe(call.callee).split('.').at(-1)!)) return yes;
  if (callee.kind === 'builtin') return callee.path.length > 1 ? NO : unsure('opaque-call', name ?? undefined);
  if (callee.kind === 'unknown') return { is: 'unknown', reason: callee.reason };
  return unsure(callee.kind === 'parameter' ? 'parameter' : 'opaque-call', describe(call.callee));
}

/** `stream.cancel()` of `stream: ReadableStream`. */
function isOfTimelessClass(file: SourceFile, callee: Node): boolean {
  const member = unwrap(callee);
  const owner = member.type === 'MemberExpression' ? unwrap(member.object) : null;
  const variable = owner?.type === 'Identifier' ? file.bindings.variableOf(owner) : null;
  if (variable === null || variable === 'global') return false;
  return variable.identifiers.some((identifier) => {
    const type = (identifier as TSESTree.Identifier).typeAnnotation?.typeAnnotation;
    return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && TIMELESS_WEB_CLASSES.has(type.typeName.name);
  });
}

function callbackWaits(file: SourceFile, argument: Node): Judged {
  return some(presentAlternatives(evaluate(file, argument)), (value) => (value.kind === 'function' ? sleeps(value.file, value.node) : value.kind === 'unknown' ? { is: 'unknown', reason: value.reason } : NO));
}

/** `const sleep = promisify(setTimeout)`. */
function isPromisifiedTimeout(file: SourceFile, callee: Node): boolean {
  let made = unwrap(callee);
  if (made.type === 'Identifier') {
    const { writes } = reachingWrites(file, made);
    const value = writes.length === 1 && writes[0]!.path.length === 0 ? writes[0]!.value : null;
    if (value === null) return false;
    made = unwrap(value);
  }
  if (made.type !== 'CallExpression' || made.arguments.length !== 1) return false;
  const promisify = evaluate(file, made.callee);
  return promisify.kind === 'export' && /^(?:node:)?util$/.test(promisify.package) && promisify.path.at(-1) === 'promisify' && isTimeout(evaluate(file, made.arguments[0]));
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`. */
function promiseWaits(file: SourceFile, made: TSESTree.NewExpression): Judged {
  if (evaluateName(file, made.callee) !== 'Promise') return NO;
  const executor = made.arguments[0] === undefined ? null : unwrap(made.arguments[0]);
  if (!isFunction(executor)) return unsure('opaque-call', 'executor');
  const resolve = executor.params[0];
  const variable = resolve?.type === 'Identifier' ? file.bindings.variableOf(resolve) : null;
  if (variable === null || variable === 'global') return NO;
  let timer: Node | null = null;
  let doubt: Judged = NO;
  for (const reference of variable.references) {
    const use = reference.identifier as Node;
    for (const by of settledBy(file, use, executor)) {
      if (by === 'timer') timer = use;
      // A listener (an abort, an event) may end the wait early; anything else may be what is really waited for.
      else if (by === 'other') doubt = unsure('wrapper', 'settled by a timer or by something else');
      else if (by === 'handed-on') doubt = unsure('opaque-call', 'resolve is handed on');
    }
  }
  return timer === null ? (doubt.is === 'unknown' && doubt.reason.code === 'opaque-call' ? doubt : NO) : doubt.is === 'no' ? { is: 'yes', place: { file, node: timer } } : doubt;
}

type SettledBy = 'timer' | 'listener' | 'other' | 'handed-on';

/** Under which calls, within the executor, a use of `resolve` stands; in a function with a name, those of its uses. */
function settledBy(file: SourceFile, use: Node, executor: FunctionNode, level = 0): readonly SettledBy[] {
  let child: Node = use;
  let handedOn = false;
  for (let parent = child.parent as Node | undefined; parent != null && child !== executor; child = parent, parent = child.parent as Node | undefined) {
    const named = usesOf(file, child);
    // `const done = () => { resolve(); }; setTimeout(done, ms)`
    if (named !== null && named.length > 0 && level < MAX_NAMES) return named.flatMap((one) => settledBy(file, one, executor, level + 1));
    if (parent.type !== 'CallExpression' || parent.callee === child) continue;
    if (isTimeout(evaluate(file, parent.callee))) return [isNoDelay(file, parent.arguments[1]) ? 'other' : 'timer'];
    const callee = unwrap(parent.callee);
    if (callee.type === 'MemberExpression' && /^(?:(?:add|remove)(?:Event)?Listener|on|once|off)$/.test(memberName(callee) ?? '')) return ['listener'];
    if (child === use) handedOn = !(callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(memberName(callee) ?? ''));
  }
  return [handedOn ? 'handed-on' : 'other'];
}

/** The uses of a function by its name; `null` where it has none. */
function usesOf(file: SourceFile, fn: Node): readonly Node[] | null {
  if (!isFunction(fn)) return null;
  const parent = fn.parent as Node | undefined;
  const name = fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' && parent.init === fn ? parent.id : null;
  const variable = name?.type === 'Identifier' ? file.bindings.variableOf(name) : null;
  if (variable === null || variable === 'global') return null;
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
}

/** A timer of no time lets others run; it is no wait. */
function isNoDelay(file: SourceFile, delay: Node | undefined): boolean {
  if (delay === undefined) return true;
  const value = evaluate(file, delay);
  return value.kind === 'literal' && !(Number(value.value) > 0);
}

function evaluateName(file: SourceFile, callee: Node): string | null {
  return callee.type === 'Super' ? null : builtinName(evaluate(file, callee));
}
