import type { TSESTree } from '@typescript-eslint/types';
import { controlFlowAround } from '../analysis/control-flow.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, memberName, rootOf, unwrap } from '../analysis/syntax.js';
import { STATE_MEMBERS } from '../models/client-names.js';

type Node = TSESTree.Node;

/** Is the state of its client asked for on every way to a call: `if (redis.status !== 'ready') return;`? */
export function asksForState(file: SourceFile, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const root = statesOf(file).length === 0 ? null : nameOf(rootOf(receiverOf(call)));
  if (root === null) return false;
  const owner = enclosingFunction(call);
  const flow = controlFlowAround(file, call);
  if (flow === null) return false;
  return statesOf(file).some((member) => nameOf(rootOf(member)) === root && enclosingFunction(member) === owner && flow.dominates(member, call));
}

const STATES = Symbol('states of clients');

/** Reads of what may be the state of a client. */
function statesOf(file: SourceFile): readonly TSESTree.MemberExpression[] {
  return file.memo(STATES, () => file.index.members.filter((member) => STATE_MEMBERS.has(memberName(member) ?? '')));
}

/** What a chain of calls begins with: `redis` of `redis.pipeline().setex()`. */
function receiverOf(call: Node): Node {
  let current = unwrap(call);
  while (current.type === 'CallExpression' || current.type === 'MemberExpression') current = unwrap(current.type === 'CallExpression' ? current.callee : current.object);
  return current;
}

function nameOf(node: Node): string | null {
  return node.type === 'Identifier' ? node.name : node.type === 'ThisExpression' ? 'this' : null;
}
