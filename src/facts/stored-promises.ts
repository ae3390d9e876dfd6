import type { TSESTree } from '@typescript-eslint/types';
import { controlFlowAround, placesOf, type ControlFlow } from '../analysis/control-flow.js';
import type { SourceFile } from '../analysis/source-file.js';
import { outermost, unwrap } from '../analysis/syntax.js';

type Node = TSESTree.Node;

/**
 * The call whose promise a constant holds, where nobody but this reader hears of its failure: no other
 * reader of the constant lies on one way with it. `null` where somebody does, or it cannot be told.
 * @param reader `p` of `await p.catch(() => {})`
 */
export function heardOnlyHere(file: SourceFile, reader: TSESTree.Identifier): TSESTree.CallExpression | null {
  const variable = file.bindings.variableOf(reader);
  if (variable === null || variable === 'global' || variable.defs.length !== 1) return null;
  const declarator = variable.defs[0]!.node as Node;
  if (declarator.type !== 'VariableDeclarator' || declarator.init == null || declarator.parent.kind !== 'const') return null;
  const made = unwrap(declarator.init);
  if (made.type !== 'CallExpression') return null;
  const flow = controlFlowAround(file, declarator);
  const here = flow === null ? null : placed(flow, reader);
  if (flow === null || here === null) return null;
  const others = variable.references.filter((reference) => reference.isRead() && reference.identifier !== reader);
  const isElsewhere = others.every(({ identifier }) => {
    const there = placed(flow, identifier as Node);
    return there !== null && there !== here && !flow.canReach(here, there) && !flow.canReach(there, here);
  });
  return isElsewhere ? made : null;
}

/** The promise with its handler is waited for or handed on: it is more than marked as handled. */
export function isWaitedFor(guarded: Node): boolean {
  const member = outermost(guarded).parent;
  const call = member?.type === 'MemberExpression' ? outermost(member).parent : undefined;
  const holder = call === undefined ? undefined : outermost(call).parent;
  return holder !== undefined && holder.type !== 'ExpressionStatement' && !(holder.type === 'UnaryExpression' && holder.operator === 'void');
}

/** The nearest place in this flow that holds a node: for what stands in a function inside, where that function stands. */
function placed(flow: ControlFlow, node: Node): Node | null {
  for (let current: Node | undefined = node; current !== undefined && current !== flow.fn; current = current.parent) if (placesOf(flow, current).length > 0) return current;
  return null;
}
