import type { TSESTree } from '@typescript-eslint/types';
import { describe, parentThroughWrappers, unwrap } from './syntax.js';

type Node = TSESTree.Node;

/** The expression whose value this is for who waits: strips `await`, `Promise.resolve(…)` and what `unwrap` strips. */
export function unwrapAwaited(node: Node): Node {
  let inner = unwrap(node);
  for (;;) {
    if (inner.type === 'AwaitExpression') inner = unwrap(inner.argument);
    else if (inner.type === 'CallExpression' && inner.arguments[0] !== undefined && describe(inner.callee) === 'Promise.resolve') inner = unwrap(inner.arguments[0]);
    else return inner;
  }
}

/** A promise method that is called on an expression: `p.catch(f)` for `p`. */
export interface Chained {
  readonly call: TSESTree.CallExpression;
  readonly method: 'then' | 'catch' | 'finally';
}

/** The call of `then`, `catch` or `finally` that stands directly on an expression; `null` where none does. */
export function chainedOn(node: Node): Chained | null {
  const member = parentThroughWrappers(node);
  if (member?.type !== 'MemberExpression' || unwrap(member.object) !== unwrap(node) || member.computed || member.property.type !== 'Identifier') return null;
  const call = parentThroughWrappers(member);
  const method = member.property.name;
  if (call?.type !== 'CallExpression' || unwrap(call.callee) !== member) return null;
  return method === 'then' || method === 'catch' || method === 'finally' ? { call, method } : null;
}
