import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { unwrap } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';

type Node = TSESTree.Node;

const MAX_DEPTH = 3;

/**
 * `breaker.execute(() => …)`, `new CircuitBreaker(() => …)`: a policy of a library around the call.
 * @param unread does a policy that cannot be read count as one?
 */
export function breakerAround(file: SourceFile, start: Node, unread = true): Node | null {
  for (let node: Node | undefined = start; node?.parent != null; node = node.parent) {
    const parent: Node = node.parent;
    if ((parent.type !== 'CallExpression' && parent.type !== 'NewExpression') || parent.callee === node) continue;
    const callee = unwrap(parent.callee);
    if (presentAlternatives(evaluate(file, callee)).some((value) => value.kind === 'policy-export' && value.model.exports[value.path]?.breaker !== undefined)) return parent;
    if (callee.type === 'MemberExpression' && presentAlternatives(evaluate(file, callee.object)).some((value) => value.kind === 'policy' && breaks(value, unread))) return parent;
  }
  return null;
}

/** Does a policy break a circuit, itself or by one that is wrapped in it? */
export function breaks(policy: Extract<Value, { kind: 'policy' }>, unread: boolean, depth = 0): boolean {
  const made = policy.model.exports[policy.path];
  if (made?.breaker !== undefined) return true;
  const { file, node } = policy.place;
  if (made?.does !== 'combines' || depth >= MAX_DEPTH || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return false;
  // What is spread in may hold one.
  return node.arguments.some((part) => (part.type === 'SpreadElement' ? unread : presentAlternatives(evaluate(file, part)).some((inner) => (inner.kind === 'policy' ? breaks(inner, unread, depth + 1) : unread && inner.kind !== 'policy-export'))));
}
