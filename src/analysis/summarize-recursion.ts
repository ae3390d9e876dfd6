import type { TSESTree } from '@typescript-eslint/types';
import { FAILURE_EVENTS } from '../models/retry-names.js';
import { controlFlow } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import type { SourceFile } from './source-file.js';
import { isInside } from './summarize-body.js';
import { pausesBeforeCall, pausesIn } from './summarize-pauses.js';
import type { Retry } from './summarize-retries.js';
import { selfCall, type SelfCall } from './summarize-self-calls.js';
import { enclosingFunction, isFunction, memberName, staticName, unwrap } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;
type CallsByName = ReadonlyMap<string, readonly TSESTree.CallExpression[]>;

const CALLS = Symbol('calls by name');

/** `catch (e) { return load(id, tries - 1) }`, also in `.catch(…)`, in an error callback or listener, and behind a timer. */
export function retriesByRecursion(file: SourceFile, fn: FunctionNode): readonly Retry[] {
  const name = nameOf(fn);
  if (name === null) return [];
  const retries: Retry[] = [];
  const counters = new Set<SelfCall['counter']>();
  const others: { readonly call: TSESTree.CallExpression; readonly self: SelfCall }[] = [];
  for (const call of callsByName(file).get(name) ?? []) {
    if (!isInside(call, fn) || !presentAlternatives(evaluate(file, call.callee)).some((callee) => callee.kind === 'function' && callee.node === fn)) continue;
    const handler = handlerAround(file, call, fn);
    const attempt = handler?.type === 'CatchClause' && handler.parent.type === 'TryStatement' ? handler.parent : null;
    const self = selfCall(file, fn, { node: call, handler, attempt });
    if (self === null) continue;
    if (handler === null) {
      // It calls itself after a success too, and counts nothing: it polls.
      if (self.attempts === 'unbounded') return [];
      others.push({ call, self });
      continue;
    }
    counters.add(self.counter);
    retries.push({ attempts: self.attempts, ...pausesBeforeCall(file, fn, handler, call), node: call, calls: [], attempt, handler, runs: null });
  }
  // What its handler counts, the function counts elsewhere too: there a reply says that the attempt failed.
  for (const { call, self } of others) {
    const branch = self.counter !== null && counters.has(self.counter) ? branchAround(call, fn) : null;
    if (branch === null) continue;
    retries.push({ attempts: self.attempts, ...pausesIn(file, fn, controlFlow(file, fn), call, { from: branch, attempts: [], again: call }), node: call, calls: [], attempt: null, handler: null, branch, runs: null });
  }
  return retries;
}

/** The outermost `if` of a function in which a node of its own stands: `if (!reply.ok) { …; return load(id, attempt + 1); }`. */
function branchAround(node: Node, fn: FunctionNode): TSESTree.IfStatement | null {
  if (enclosingFunction(node) !== fn) return null;
  let branch: TSESTree.IfStatement | null = null;
  for (let current = node; current !== fn && current.parent != null; current = current.parent) {
    if (current.parent.type === 'IfStatement' && current.parent.test !== current) branch = current.parent;
  }
  return branch;
}

/** Functions that call something of their own name: the only ones that may call themselves. */
export function mayCallItself(file: SourceFile, fn: FunctionNode): boolean {
  const name = nameOf(fn);
  return name !== null && (callsByName(file).get(name)?.some((call) => isInside(call, fn)) ?? false);
}

function callsByName(file: SourceFile): CallsByName {
  return file.memo(CALLS, () => {
    const byName = new Map<string, TSESTree.CallExpression[]>();
    for (const call of file.index.calls) {
      if (call.type !== 'CallExpression') continue;
      const callee = unwrap(call.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
      if (name === null) continue;
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [call]);
      else list.push(call);
    }
    return byName;
  });
}

/** The name by which a function can call itself. */
function nameOf(fn: FunctionNode): string | null {
  if (fn.id != null) return fn.id.name;
  const parent = fn.parent as Node | undefined;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return staticName(parent.key, parent.computed);
    case 'AssignmentExpression':
      return parent.left.type === 'Identifier' ? parent.left.name : parent.left.type === 'MemberExpression' ? memberName(parent.left) : null;
    default:
      return null;
  }
}

/** The handler of the function in which a node stands: a catch clause, or a function that is called with an error. */
function handlerAround(file: SourceFile, node: Node, fn: FunctionNode): Node | null {
  for (let current: Node = node; current !== fn && current.parent != null; current = current.parent) {
    const parent: Node = current.parent;
    if (parent.type === 'CatchClause' && parent.body === current) return parent;
    if (isFunction(current) && isHandler(current, parent)) return current;
    if (parent.type === 'IfStatement' && parent.consequent === current) {
      const callback = errorCallback(file, parent);
      if (callback !== null && callback !== fn && isInside(callback, fn)) return callback;
    }
  }
  return null;
}

/** `.catch(f)`, `.then(_, f)`, `.on('error', f)`, `socket.onclose = f`. */
function isHandler(fn: FunctionNode, parent: Node): boolean {
  if (parent.type === 'AssignmentExpression') {
    return parent.right === fn && parent.left.type === 'MemberExpression' && /^on(?:close|error|end)$/.test(memberName(parent.left) ?? '');
  }
  if (parent.type !== 'CallExpression' || parent.callee.type !== 'MemberExpression') return false;
  const [first, second] = parent.arguments;
  switch (memberName(parent.callee)) {
    case 'catch':
      return first === fn;
    case 'then':
      return second === fn;
    case 'on':
    case 'once':
    case 'addListener':
    case 'addEventListener':
      return second === fn && first?.type === 'Literal' && FAILURE_EVENTS.has(String(first.value));
    default:
      return false;
  }
}

/** `(err, reply) => { if (err) … }`: the function, where the test is of its first parameter. */
function errorCallback(file: SourceFile, { test }: TSESTree.IfStatement): FunctionNode | null {
  const tested = unwrap(test);
  if (tested.type !== 'Identifier') return null;
  const variable = file.bindings.variableOf(tested);
  const definition = variable === null || variable === 'global' ? undefined : variable.defs[0];
  const owner = definition?.node as Node | undefined;
  if ((definition?.type as string | undefined) !== 'Parameter' || !isFunction(owner) || owner.params[0] !== definition?.name) return null;
  return owner.parent?.type === 'CallExpression' && owner.parent.arguments.includes(owner as never) ? owner : null;
}
