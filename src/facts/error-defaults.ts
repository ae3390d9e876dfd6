import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import { controlFlowAround, placesOf } from '../analysis/control-flow.js';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import { reachingWrites } from '../analysis/reaching.js';
import { returnsOf } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { completionOf } from '../analysis/summarize-throws.js';
import { describe, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import type { FunctionNode, Place } from '../analysis/value.js';
import type { Write } from '../analysis/writes.js';

type Node = TSESTree.Node;

/** A constant that stands in for the result of a call that failed, and where it is written. */
export interface ErrorDefault {
  readonly text: string;
  readonly place: Place;
}

const MAX_DEPTH = 4;

/**
 * The default that an expression may hold because a call before it failed: `load().catch(() => [])`, a
 * local that keeps or is given a constant where a catch goes on, a project function that returns one
 * from its handler. A handler that may throw tells errors apart, and its default is an answer.
 */
export function errorDefaultOf(file: SourceFile, node: Node, depth = 0): ErrorDefault | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrapAwaited(node);
  switch (inner.type) {
    case 'CallExpression':
      return ofChain(file, inner) ?? ofFunction(file, inner, depth);
    case 'Identifier':
      return ofLocal(file, inner, depth);
    case 'LogicalExpression': {
      const left = inner.operator === '&&' ? null : errorDefaultOf(file, inner.left, depth + 1);
      if (left === null) return null;
      const passes = inner.operator === '??' ? /^(?:null|undefined)$/ : /^(?:null|undefined|false|0|''|"")$/;
      return passes.test(left.text) ? constantAt(file, inner.right) : left;
    }
    default:
      return null;
  }
}

/** `load().catch(() => [])`. */
function ofChain(file: SourceFile, call: TSESTree.CallExpression): ErrorDefault | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'catch') return null;
  const handler = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
  return isFunction(handler) ? handlerDefault(file, handler) : null;
}

/** What a handler answers in place of the result, if it answers one constant whatever the error. */
function handlerDefault(file: SourceFile, handler: FunctionNode): ErrorDefault | null {
  if (handler.body == null) return null;
  if (handler.body.type !== 'BlockStatement') return constantAt(file, handler.body);
  const { throws, fallsOff, at } = completionOf(file, handler);
  if (throws !== 'never' && mayThrowItself(file, handler)) return null;
  if (fallsOff) return { text: 'undefined', place: { file, node: handler } };
  const found = at.map((statement) => (statement.argument === null ? null : constantAt(file, statement.argument)));
  return found.length === 1 ? found[0]! : null;
}

/** A `throw` of the handler's own, on some path. */
function mayThrowItself(file: SourceFile, handler: Node): boolean {
  const [from, to] = handler.range;
  return /\bthrow\b/.test(file.text.slice(from, to)) || /\breject\b/.test(file.text.slice(from, to));
}

function ofLocal(file: SourceFile, node: TSESTree.Identifier, depth: number): ErrorDefault | null {
  const { writes, complete } = reachingWrites(file, node);
  if (!complete) return null;
  if (writes.length === 1) {
    const [only] = writes;
    return only!.value === null || only!.path.length > 0 || only!.kind === 'compound' ? null : errorDefaultOf(file, only!.value, depth + 1);
  }
  for (const write of writes) {
    const tried = file.index.tries.find((one) => one.handler != null && contains(one.block, write.target) && writes.some((other) => other !== write && mayHold(file, one, other)));
    if (tried === undefined || !goesOn(file, tried, node)) continue;
    const kept = writes.find((other) => other !== write && mayHold(file, tried, other));
    const constant = kept?.value == null ? (kept?.kind === 'undefined' ? { text: 'undefined', place: { file, node: kept.target } } : null) : constantAt(file, kept.value);
    if (constant !== null) return constant;
  }
  return null;
}

/** Is this other write made in the handler, or before the try, so that it holds where the try failed? */
function mayHold(file: SourceFile, tried: TSESTree.TryStatement, write: Write): boolean {
  if (contains(tried.handler!, write.target)) return !mayThrowItself(file, tried.handler!);
  return write.target.range[1] <= tried.range[0] && !mayThrowItself(file, tried.handler!);
}

/** Does control come from the handler to the node? */
function goesOn(file: SourceFile, tried: TSESTree.TryStatement, node: Node): boolean {
  const flow = controlFlowAround(file, node);
  const first = tried.handler!.body.body[0];
  if (flow === null || contains(tried, node)) return false;
  if (first === undefined) return true;
  return placesOf(flow, first).length > 0 && flow.canReach(first, node);
}

/** A project function that returns a constant from a handler of its own. */
function ofFunction(file: SourceFile, call: TSESTree.CallExpression, depth: number): ErrorDefault | null {
  const callees = presentAlternatives(evaluate(file, call.callee));
  const [callee] = callees;
  if (callees.length !== 1 || callee?.kind !== 'function' || callee.node.body == null) return null;
  const { file: from, node: fn } = callee;
  const results = fn.body!.type === 'BlockStatement' ? returnsOf(fn) : [fn.body as TSESTree.Expression];
  for (const result of results) {
    if (result === null) continue;
    const tried = from.index.tries.find((one) => one.handler != null && contains(one.handler, result) && contains(fn, one));
    const found = tried === undefined ? errorDefaultOf(from, result, depth + 1) : mayThrowItself(from, tried.handler!) ? null : constantAt(from, result);
    if (found !== null) return found;
  }
  return null;
}

/** An empty or plain constant. */
function constantAt(file: SourceFile, node: Node): ErrorDefault | null {
  const inner = unwrapAwaited(node);
  const place = { file, node: inner };
  switch (inner.type) {
    case 'Literal':
      return { text: inner.raw, place };
    case 'ArrayExpression':
      return inner.elements.length === 0 ? { text: '[]', place } : null;
    case 'ObjectExpression':
      return inner.properties.length === 0 ? { text: '{}', place } : null;
    case 'Identifier':
      return inner.name === 'undefined' ? { text: 'undefined', place } : null;
    case 'UnaryExpression':
      return inner.operator === 'void' ? { text: 'undefined', place } : null;
    case 'CallExpression':
      return /^new Map|^new Set/.test(describe(inner.callee)) ? { text: describe(inner.callee), place } : null;
    default:
      return null;
  }
}

function contains(outer: Node, inner: Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
