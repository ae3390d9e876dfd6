import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, memberName, outermost, unwrap } from '../analysis/syntax.js';
import type { ClientModel } from '../models/types.js';
import { callsOf, type IoCall } from './io-calls.js';
import type { NullableSource } from './nullable-source.js';

type Node = TSESTree.Node;

/**
 * Members that errors of a client do not always have: `error.response` in the handler of an axios
 * call. The error of a `catch` is such an error where the block that it ends makes the call; that of
 * `.catch(…)` and of a second callback of `.then` where it is the call's.
 */
export function errorResponses(file: SourceFile): readonly NullableSource[] {
  const sources: NullableSource[] = [];
  const calls = callsOf(file).io.filter((call) => call.operation.model.errors?.optional !== undefined);
  if (calls.length === 0) return sources;
  for (const { block, handler } of file.index.tries) {
    if (handler?.param == null) continue;
    const call = calls.find(({ node }) => isWithin(node, block) && enclosingFunction(node) === enclosingFunction(block));
    if (call !== undefined) add(sources, call.operation.model, handler.param);
  }
  for (const call of calls) {
    const parameter = handlerOf(call);
    if (parameter !== null) add(sources, call.operation.model, parameter);
  }
  return sources;
}

function add(sources: NullableSource[], model: ClientModel, parameter: Node): void {
  const named = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (named.type !== 'Identifier' || sources.some((source) => source.node === named)) return;
  for (const { path, when } of model.errors?.optional ?? []) {
    sources.push({ kind: 'response', node: named, path: path.split('.'), promise: false, value: 'undefined', name: `${named.name}.${path}`, when, typed: false });
  }
}

function isWithin(node: Node, outer: Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

/** The parameter of the handler that is chained to a call. */
function handlerOf(call: IoCall): Node | null {
  let promise: Node = outermost(call.node);
  for (let step = 0; step < 8; step++) {
    const member = promise.parent as Node | undefined;
    const next = member?.type === 'MemberExpression' && unwrap(member.object) === unwrap(promise) ? (member.parent as Node | undefined) : undefined;
    if (member?.type !== 'MemberExpression' || next?.type !== 'CallExpression' || next.callee !== member) return null;
    const name = memberName(member);
    const argument = name === 'catch' ? next.arguments[0] : name === 'then' ? next.arguments[1] : undefined;
    const handler = argument === undefined ? null : unwrap(argument);
    if (isFunction(handler)) return handler.params[0] ?? null;
    promise = outermost(next);
  }
  return null;
}
