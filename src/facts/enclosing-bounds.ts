import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { boundedParameters, settlesByTimer } from '../analysis/summarize-bounds.js';
import { describe, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Place, Reason, Value } from '../analysis/value.js';
import { MAY_BOUND, TIMERS } from '../models/builtins.js';
import type { ArgumentRef } from '../models/types.js';
import { helperMs, limitMs, plainArgument, timerMs } from './bound-lengths.js';
import type { PolicyExport } from '../models/policy-types.js';

type Node = TSESTree.Node;

/** What stands around a call and bounds it in time. */
export type Enclosing =
  | { readonly is: 'bounded'; readonly by: string; readonly place: Place; readonly cooperative: CooperativeSignal | null; /** The limit, ms, where it is one number. */ readonly ms: number | null }
  | { readonly is: 'unknown'; readonly reason: Reason }
  | null;

/** The call is only bounded when it is handed this signal: a parameter of the function that a policy runs. */
export interface CooperativeSignal {
  readonly owner: FunctionNode;
  readonly path: string;
}

const MAX_HOPS = 200;

/** A timer's name says "timeout" too, and bounds nothing of what it runs. */
function mayBound(name: string): boolean {
  return MAY_BOUND.test(name) && !TIMERS.has(name.split('.').at(-1)!);
}

/**
 * Looks for a bound around an expression: a race with a timer, a timeout helper of the project, a
 * policy that runs the function in which the call stands.
 */
export function enclosingBound(file: SourceFile, start: Node, depth = 0): Enclosing {
  if (depth > 3) return null;
  let node: Node = outermost(start);
  let maybe: Enclosing = null;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const parent: Node | undefined = node.parent;
    if (parent == null || parent.type === 'Program') return maybe;
    let found: Enclosing = null;
    if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== node) {
      found = byCallee(file, parent, node);
    } else if (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier' && !isFunction(unwrap(node)) && depth < 3) {
      found = byUses(file, parent.id, depth);
    } else if (isFunction(parent) && node === parent.body) {
      found = byOwnName(file, parent, depth);
    }
    if (parent.type === 'CallExpression' && parent.callee !== node) found ??= byChainAfter(parent);
    if (parent.type === 'MethodDefinition') found ??= byDecorator(parent);
    if (found?.is === 'bounded') return found;
    maybe ??= found;
    node = parent;
  }
  return maybe;
}

/** `from(call).pipe(timeout(ms))`, `pipe(effect, Effect.timeout(ms))`, `Bluebird.resolve(call).timeout(ms)`: libraries that nobody modelled. */
function byChainAfter(start: TSESTree.CallExpression): Enclosing {
  const isBound = (argument: Node): boolean => unwrap(argument).type === 'CallExpression' && mayBound(describe((unwrap(argument) as TSESTree.CallExpression).callee));
  const mayBe = (name: string): Enclosing => ({ is: 'unknown', reason: { code: 'wrapper', detail: `\`${name}\` may bound it` } });
  if (/(?:^|\.)(?:pipe|flow)$/.test(describe(start.callee)) && start.arguments.some(isBound)) return mayBe(describe(start.callee));
  let holder = outermost(start);
  while (holder.parent?.type === 'MemberExpression' && unwrap(holder.parent.object) === unwrap(holder)) {
    const call = outermost(holder.parent).parent;
    const name = memberName(holder.parent) ?? '';
    if (call?.type !== 'CallExpression' || unwrap(call.callee) !== unwrap(holder.parent)) return null;
    if (mayBound(name) || (name === 'pipe' && call.arguments.some(isBound))) return mayBe(`.${name}`);
    holder = outermost(call);
  }
  return null;
}

/** `@Timeout(5000) async load() { … }`. */
function byDecorator(method: TSESTree.MethodDefinition): Enclosing {
  const names = (method.decorators ?? []).map(({ expression }) => describe(expression).replace(/\(\)$/, ''));
  const name = names.find(mayBound);
  return name === undefined ? null : { is: 'unknown', reason: { code: 'wrapper', detail: `\`@${name}\` may bound it` } };
}

/** Is `argument` of `call` bounded by what is called? */
function byCallee(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, argument: Node): Enclosing {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  const name = describe(call.callee);
  if (name === 'Promise.race' || name === 'Promise.any') return byRace(file, call, argument);
  if (name === 'Promise' && call.type === 'NewExpression') return byExecutor(file, call, argument);
  for (const callee of presentAlternatives(evaluate(file, call.callee))) {
    const found = byValue(file, call, callee, argument, index);
    if (found !== 'unresolved') return found;
  }
  const receiver = receiverPolicy(file, call, argument);
  if (receiver !== 'unresolved') return receiver;
  // A helper that we cannot read, and whose name says that it bounds: nothing is proved either way.
  return mayBound(name) ? { is: 'unknown', reason: { code: 'wrapper', detail: `\`${name}\` may bound it` } } : null;
}

function byValue(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, callee: Value, argument: Node, index: number): Enclosing | 'unresolved' {
  switch (callee.kind) {
    case 'policy-export': {
      const policy = callee.model.exports[callee.path];
      if (policy === undefined || policy.does === 'passes') return null;
      return byPolicy(file, call, callee.model.title, policy, argument);
    }
    case 'function': {
      const bounded = boundedParameters(callee.file, callee.node).find((parameter) => parameter.index === index);
      if (bounded === undefined) {
        const name = describe(call.callee);
        return mayBound(name) ? { is: 'unknown', reason: { code: 'wrapper', detail: `\`${name}\` may bound it` } } : null;
      }
      const isBoundedForm = bounded.as === 'promise' ? true : isFunction(unwrap(argument));
      return isBoundedForm ? { is: 'bounded', by: `\`${describe(call.callee)}\`, which gives up by a timer`, place: { file, node: call }, cooperative: null, ms: helperMs(file, call, callee.file, callee.node) } : null;
    }
    default:
      return 'unresolved';
  }
}

/** `Promise.race([call, timer])`; `argument` may be the array or an element that was reached through it. */
function byRace(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, argument: Node): Enclosing {
  const list = unwrap(argument);
  if (list.type !== 'ArrayExpression') return { is: 'unknown', reason: { code: 'wrapper', detail: 'raced with promises we cannot list' } };
  const timed = list.elements.filter((element) => element != null && settlesByTimer(file, element));
  if (timed.length > 0) return { is: 'bounded', by: '`Promise.race` with a timer', place: { file, node: call }, cooperative: null, ms: timed.length === 1 ? timerMs(file, timed[0]!) : null };
  return { is: 'unknown', reason: { code: 'wrapper', detail: 'raced with something that may be a timer' } };
}

/** `new Promise((resolve, reject) => { setTimeout(reject, ms); call.then(resolve) })`. */
function byExecutor(file: SourceFile, call: TSESTree.NewExpression, argument: Node): Enclosing {
  const executor = unwrap(argument);
  if (!isFunction(executor)) return null;
  return settlesByTimer(file, call) ? { is: 'bounded', by: 'a timer that settles the promise around it', place: { file, node: call }, cooperative: null, ms: timerMs(file, call) } : null;
}

/** An argument of a policy function: `pTimeout(call, …)`, `new CircuitBreaker(fn)`. */
function byPolicy(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, title: string, policy: PolicyExport, argument: Node): Enclosing {
  if (policy.does !== 'bounds-promise' && policy.does !== 'bounds-function') return null;
  if (!isArgument(call, policy.subject ?? { at: [0] }, argument)) return null;
  return hasLimit(file, call, policy) ? { is: 'bounded', by: `${title}`, place: { file, node: call }, cooperative: null, ms: limitMs(file, call, policy) } : null;
}

function isArgument(call: TSESTree.CallExpression | TSESTree.NewExpression, ref: ArgumentRef, argument: Node): boolean {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  return ref.at === 'last' ? index === call.arguments.length - 1 : ref.at.includes(index);
}

/** Does the policy have a limit: one that is set, or its own default? Unknown counts: somebody chose it. */
function hasLimit(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, policy: PolicyExport): boolean {
  const limit = policy.limit;
  if (limit === undefined) return true;
  const options = argumentValue(file, call.arguments, limit.argument) ?? plainArgument(file, call, limit.argument);
  const answer = readOption(options?.value ?? null, limit.path);
  if (answer.is === 'absent') return limit.default !== null;
  if (answer.is === 'unknown' || answer.value.kind !== 'literal') return true;
  const value = answer.value.value;
  return !(value === false || value === Infinity || (value === 0 && limit.zero !== 'default' && limit.zero !== 'immediate'));
}

/** `policy.execute(fn)`: the function in which the call stands is run by a policy object. */
function receiverPolicy(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, argument: Node): Enclosing | 'unresolved' {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return 'unresolved';
  const method = memberName(callee);
  const policies = presentAlternatives(evaluate(file, callee.object)).filter((receiver) => receiver.kind === 'policy');
  for (const policy of policies) {
    const found = policyBound(policy, method, unwrap(argument));
    if (found !== null) return found;
  }
  // A policy that we can read and that bounds nothing is not "a helper that may".
  return policies.length > 0 ? null : 'unresolved';
}

function policyBound(policy: Extract<Value, { kind: 'policy' }>, method: string | null, argument: Node): Enclosing {
  const made = policy.model.exports[policy.path];
  if (made === undefined) return null;
  const { file, node } = policy.place;
  const call = node as TSESTree.CallExpression;
  if (made.does === 'combines') {
    let maybe: Enclosing = null;
    for (const part of call.arguments) {
      for (const inner of presentAlternatives(evaluate(file, part.type === 'SpreadElement' ? part.argument : part))) {
        if (inner.kind === 'policy') {
          const found = policyBound(inner, method, argument);
          if (found?.is === 'bounded') return found;
          maybe ??= found;
        } else if (inner.kind !== 'policy-export') {
          maybe ??= { is: 'unknown', reason: { code: 'wrapper', detail: 'a policy we cannot read' } };
        }
      }
    }
    return maybe;
  }
  if (made.does !== 'makes-policy' || made.limit === undefined || made.runs?.methods.includes(method ?? '') !== true) return null;
  if (!hasLimit(file, call, made)) return null;
  const cooperative = isCooperative(file, call, made);
  const signalPath = made.runs.signal;
  if (cooperative && (signalPath === undefined || !isFunction(argument))) return null;
  return {
    is: 'bounded',
    by: `${policy.model.title} ${policy.path}`,
    place: policy.place,
    cooperative: cooperative && isFunction(argument) && signalPath !== undefined ? { owner: argument, path: signalPath } : null,
    ms: limitMs(file, call, made),
  };
}

function isCooperative(file: SourceFile, call: TSESTree.CallExpression, policy: PolicyExport): boolean {
  if (policy.cooperative === undefined) return false;
  if (policy.cooperative === 'always') return true;
  const { unlessArgument, is, equals, path } = policy.cooperative;
  const node = call.arguments[unlessArgument];
  if (node === undefined || node.type === 'SpreadElement') return node === undefined;
  let value = evaluate(file, node);
  if (value.kind === 'object' && path !== undefined) {
    const answer = readOption(value, path);
    if (answer.is === 'absent') return true;
    if (answer.is === 'set') value = answer.value;
  }
  if (value.kind === 'literal') return value.value !== equals;
  const name = value.kind === 'policy-export' ? value.path : value.kind === 'export' ? value.path.join('.') : describe(node);
  return !(name === is || name.endsWith(`.${is}`) || describe(node).endsWith(is.split('.').slice(-1)[0]!));
}

/** `const p = call; … Promise.race([p, timer])`. */
function byUses(file: SourceFile, name: TSESTree.Identifier, depth: number): Enclosing {
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return null;
  for (const reference of variable.references) {
    if (reference.init === true || !reference.isRead()) continue;
    let node: Node = outermost(reference.identifier as Node);
    if (node.parent?.type === 'ArrayExpression') node = node.parent;
    const parent = node.parent;
    if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== node) {
      const found = byCallee(file, parent, node);
      if (found?.is === 'bounded') return found;
      if (found !== null) return found;
    }
  }
  void depth;
  return null;
}

/**
 * A named function: handed to a policy (`new CircuitBreaker(load)`), or called nowhere in this file
 * but under a bound.
 */
function byOwnName(file: SourceFile, node: FunctionNode, depth: number): Enclosing {
  const holder = outermost(node).parent;
  const name =
    node.type === 'FunctionDeclaration' ? node.id : holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? holder.id : null;
  if (name == null) return null;
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return null;
  const uses = variable.references.filter((reference) => reference.init !== true && reference.isRead()).map((reference) => outermost(reference.identifier as Node));
  let calls = 0;
  let bounded: Enclosing = null;
  for (const use of uses) {
    const parent = use.parent;
    if (parent == null) continue;
    if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== use) {
      const found = byCallee(file, parent, use);
      if (found !== null) return found;
    } else if (parent.type === 'CallExpression' && parent.callee === use) {
      calls++;
      // Its own recursion says nothing.
      if (use.range[0] >= node.range[0] && use.range[1] <= node.range[1]) {
        calls--;
        continue;
      }
      const found = enclosingBound(file, parent, depth + 1);
      if (found === null) return null;
      bounded ??= found;
    }
  }
  const isExported = file.index.imports.length >= 0 && variable.references.some((reference) => (reference.identifier as Node).parent?.type === 'ExportSpecifier');
  const declaredExport = (node.type === 'FunctionDeclaration' ? node.parent : holder?.parent?.parent)?.type === 'ExportNamedDeclaration';
  return calls > 0 && !isExported && !declaredExport ? bounded : null;
}
