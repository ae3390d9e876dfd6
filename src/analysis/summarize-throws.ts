import type { TSESTree } from '@typescript-eslint/types';
import { NEVER_THROWS, PLAIN_METHODS, THROWS_ON_BAD_INPUT } from '../models/builtins.js';
import { constructorOf } from './evaluate-class.js';
import { controlFlow, type Block, type Edge, type Step } from './control-flow.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives } from './member.js';
import type { SourceFile } from './source-file.js';
import { isGenerator, ownNodes } from './summarize-body.js';
import { builtinName } from './summarize-names.js';
import { question } from './summarize-question.js';
import { isFunction, memberName, unwrap } from './syntax.js';
import type { FunctionNode, Value } from './value.js';

type Node = TSESTree.Node;

/** Does calling it (and waiting for its promise) end in an error? `sometimes`: some path surely can. */
export type Throws = 'always' | 'sometimes' | 'never' | 'unknown';

/** How a function ends. */
export interface Completion {
  readonly throws: Throws;
  /** Can it return at all? `false`: it always throws, ends the process, or never ends. */
  readonly returns: boolean;
  /** The return statements that can be reached. */
  readonly at: readonly TSESTree.ReturnStatement[];
  /** Can it run past its last statement? */
  readonly fallsOff: boolean;
}

const UNKNOWN: Completion = { throws: 'unknown', returns: true, at: [], fallsOff: true };

/** How a function ends, with the functions it calls. */
export const completionOf = question<Completion>(find, { ...UNKNOWN, throws: 'never' }, UNKNOWN);

function find(file: SourceFile, fn: FunctionNode): Completion {
  if (fn.body == null) return UNKNOWN;
  const flow = controlFlow(file, fn);
  const at = ownNodes(file, fn, 'ReturnStatement');
  if (isGenerator(fn) || flow.approximate) return { ...UNKNOWN, at };

  const ofNode = kept((node) => (node.type === 'AwaitExpression' ? settling(file, node.argument) : evaluating(file, node)));
  const ofResult = kept((node) => settling(file, node));
  const stepOutcome = (step: Step): Throws => ofNode(step.node);
  const resultOutcome = (node: Node | null): Throws => (node === null ? 'never' : ofResult(node));

  /** The blocks that are reached, when an error leaves a step in one of these cases. */
  const reach = (erring: ReadonlySet<Throws>): ReadonlySet<Block> => {
    const seen = new Set<Block>([flow.entry]);
    const work = [flow.entry];
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      for (const edge of block.successors) {
        if (seen.has(edge.to) || !isFollowed(edge, block.steps.at(-1), erring)) continue;
        seen.add(edge.to);
        work.push(edge.to);
      }
    }
    return seen;
  };
  const isFollowed = (edge: Edge, last: Step | undefined, erring: ReadonlySet<Throws>): boolean => {
    if (last === undefined) return true;
    if (last.kind === 'jump' && last.node.type === 'ReturnStatement') return resultOutcome(last.node.argument) !== 'always';
    // The way on of a `finally` that an error entered.
    if (!isFallible(last)) return true;
    const outcome = stepOutcome(last);
    return edge.kind === 'throw' ? erring.has(outcome) : outcome !== 'always';
  };
  /** Is a rejected promise handed back? No `catch` around the return sees it. */
  const rejects = (reached: ReadonlySet<Block>, erring: ReadonlySet<Throws>): boolean => {
    if (fn.body!.type !== 'BlockStatement') return reached.has(flow.exit) && erring.has(resultOutcome(fn.body!));
    return at.some((node) => flow.stepsOf(node).some((step) => step.kind === 'jump' && reached.has(step.block)) && erring.has(resultOutcome(node.argument)));
  };

  const all = reach(MAY_BE);
  const sure = reach(SURELY);
  const isExpression = fn.body.type !== 'BlockStatement';
  const completes = all.has(flow.exit) && !(isExpression && resultOutcome(fn.body) === 'always');
  const mayThrow = all.has(flow.thrown) || rejects(all, MAY_BE);
  const throws: Throws = !completes ? (mayThrow ? 'always' : 'never') : sure.has(flow.thrown) || rejects(sure, SURELY) ? 'sometimes' : mayThrow ? 'unknown' : 'never';
  const reached = at.filter((node) => flow.stepsOf(node).some((step) => step.kind === 'jump' && all.has(step.block)) && resultOutcome(node.argument) !== 'always');
  return { throws, returns: completes, at: reached, fallsOff: !isExpression && fallsOff(flow.entry, flow.exit, (edge, last) => isFollowed(edge, last, MAY_BE)) };
}

/** Asks about each node once: evaluating a node and waiting for its result are two questions. */
function kept(ask: (node: Node) => Throws): (node: Node) => Throws {
  const outcomes = new Map<Node, Throws>();
  return (node) => {
    let outcome = outcomes.get(node);
    if (outcome === undefined) outcomes.set(node, (outcome = ask(node)));
    return outcome;
  };
}

const MAY_BE: ReadonlySet<Throws> = new Set<Throws>(['always', 'sometimes', 'unknown']);
const SURELY: ReadonlySet<Throws> = new Set<Throws>(['always', 'sometimes']);

/** Is the exit reached without a return? */
function fallsOff(entry: Block, exit: Block, isFollowed: (edge: Edge, last: Step | undefined) => boolean): boolean {
  const seen = new Set<Block>([entry]);
  const work = [entry];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (block === exit) return true;
    const last = block.steps.at(-1);
    if (last?.kind === 'jump' && last.node.type === 'ReturnStatement') continue;
    for (const edge of block.successors) {
      if (seen.has(edge.to) || !isFollowed(edge, last)) continue;
      seen.add(edge.to);
      work.push(edge.to);
    }
  }
  return false;
}

function isFallible(step: Step): boolean {
  switch (step.node.type) {
    case 'ThrowStatement':
      return step.kind === 'jump';
    case 'CallExpression':
    case 'NewExpression':
    case 'AwaitExpression':
      return step.kind !== 'start';
    default:
      return false;
  }
}

/** Does evaluating this node itself throw? A function that gives a promise throws where that is awaited. */
function evaluating(file: SourceFile, node: Node): Throws {
  if (node.type === 'ThrowStatement') return 'always';
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return 'unknown';
  return ofAlternatives(file, node, (callee) => {
    switch (callee.kind) {
      case 'function':
        return callee.node.async ? 'never' : completionOf(callee.file, callee.node).throws;
      case 'class': {
        const constructor = constructorOf(callee.node);
        if (constructor !== null) return completionOf(callee.file, constructor).throws;
        return callee.node.superClass == null ? 'never' : 'unknown';
      }
      // The call of a client begins; it fails when it is awaited.
      case 'operation':
      case 'instance':
      case 'instance-member':
      case 'model-export':
        return 'never';
      default:
        return builtinThrows(callee, node);
    }
  });
}

function builtinThrows(callee: Value, node: TSESTree.CallExpression | TSESTree.NewExpression): Throws {
  const name = builtinName(callee);
  if (name !== null) {
    if (NEVER_THROWS.has(name)) return 'never';
    return THROWS_ON_BAD_INPUT.has(node.type === 'NewExpression' ? `new ${name}` : name) ? 'sometimes' : 'unknown';
  }
  const target = unwrap(node.callee);
  // Reading a member of nothing throws too, but that is not what the call does.
  const method = target.type === 'MemberExpression' ? memberName(target) : null;
  return method !== null && (PLAIN_METHODS.has(method) || /^(?:then|catch|finally)$/.test(method)) ? 'never' : 'unknown';
}

/** Does waiting for this expression throw? A plain value does not. */
export function settling(file: SourceFile, node: Node): Throws {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ConditionalExpression':
      return either([settling(file, inner.consequent), settling(file, inner.alternate)]);
    case 'LogicalExpression':
      return either(['never', settling(file, inner.left), settling(file, inner.right)]);
    case 'NewExpression':
      return promiseRejects(file, inner);
    case 'CallExpression':
      return callSettles(file, inner);
    case 'TaggedTemplateExpression':
      // A query, or a text.
      return 'unknown';
    case 'Identifier':
    case 'MemberExpression':
      // A value, or a promise that somebody else made: its failure is theirs, but waiting here may show it.
      return node.parent?.type === 'AwaitExpression' ? 'unknown' : 'never';
    default:
      return 'never';
  }
}

function callSettles(file: SourceFile, call: TSESTree.CallExpression): Throws {
  const target = unwrap(call.callee);
  if (target.type === 'MemberExpression') {
    const method = memberName(target);
    const handler = call.arguments[method === 'then' ? 1 : 0];
    // With a handler for its error, a promise fails when the handler does.
    if ((method === 'catch' && handler !== undefined) || (method === 'then' && handler !== undefined)) {
      const outcomes = presentAlternatives(evaluate(file, handler)).map((value): Throws => (value.kind === 'function' ? completionOf(value.file, value.node).throws : 'unknown'));
      const own = either(['never', ...outcomes]);
      return method === 'catch' ? own : either([own, 'unknown']);
    }
    if (method === 'then' || method === 'finally') return either([settling(file, target.object), 'unknown']);
  }
  return ofAlternatives(file, call, (callee) => {
    switch (callee.kind) {
      case 'function':
        return completionOf(callee.file, callee.node).throws;
      case 'operation':
      case 'instance':
      case 'instance-member':
        return 'sometimes';
      default:
        break;
    }
    const name = builtinName(callee);
    if (name === 'Promise.reject') return 'always';
    if (name === 'Promise.resolve') return call.arguments[0] === undefined ? 'never' : settling(file, call.arguments[0]);
    if (name === 'Promise.all' || name === 'Promise.race' || name === 'Promise.any') return 'unknown';
    // A method of a list or a text gives a value; one by which stores are called too may give a promise.
    return STORE_METHODS.has(target.type === 'MemberExpression' ? (memberName(target) ?? '') : '') || call.parent?.type === 'AwaitExpression' ? settledBuiltin(callee, call) : builtinThrows(callee, call);
  });
}

const STORE_METHODS: ReadonlySet<string> = new Set(['has', 'delete', 'clear', 'keys', 'values', 'entries', 'push', 'pop', 'shift', 'unshift']);

/** Waiting for a builtin fails where the builtin does; for anything else, nobody knows. */
function settledBuiltin(callee: Value, call: TSESTree.CallExpression): Throws {
  return builtinName(callee) === null ? 'unknown' : builtinThrows(callee, call);
}

/** `new Promise((resolve, reject) => …)`: it cannot fail where nobody asks for `reject`. */
function promiseRejects(file: SourceFile, made: TSESTree.NewExpression): Throws {
  if (builtinName(evaluate(file, made.callee)) !== 'Promise') return 'never';
  const executor = made.arguments[0] === undefined ? null : unwrap(made.arguments[0]);
  if (!isFunction(executor)) return 'unknown';
  const reject = executor.params[1];
  if (reject === undefined) return completionOf(file, executor).throws;
  const variable = reject.type === 'Identifier' ? file.bindings.variableOf(reject) : null;
  return variable !== null && variable !== 'global' && variable.references.length === 0 ? completionOf(file, executor).throws : 'sometimes';
}

function ofAlternatives(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression, ask: (callee: Value) => Throws): Throws {
  if (call.callee.type === 'Super') return 'unknown';
  const callees = presentAlternatives(evaluate(file, call.callee));
  return callees.length === 0 ? 'unknown' : either(callees.map(ask));
}

/** One of several, we do not know which. */
function either(outcomes: readonly Throws[]): Throws {
  if (outcomes.every((outcome) => outcome === outcomes[0])) return outcomes[0] ?? 'never';
  if (outcomes.includes('always') || outcomes.includes('sometimes')) return 'sometimes';
  return outcomes.includes('unknown') ? 'unknown' : 'never';
}
