import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import { evaluate } from '../analysis/evaluate.js';
import { valueOfType } from '../analysis/evaluate-type.js';
import { presentAlternatives } from '../analysis/member.js';
import { reachingWrites } from '../analysis/reaching.js';
import { returnsOf } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { staticName } from '../analysis/syntax.js';
import type { FunctionNode, Value } from '../analysis/value.js';

type Node = TSESTree.Node;

const MAX_DEPTH = 4;

/**
 * Is a member declared as one that may be left out (`text?: string`) in the class that an expression is
 * known to hold: by the annotation of the variable, or of the function that gave it? By syntax alone;
 * what is declared nowhere is not.
 */
export function isDeclaredOptional(file: SourceFile, object: Node, name: string): boolean {
  const type = declaredType(file, object, 0);
  if (type?.kind !== 'object-of-class') return false;
  return type.node.body.body.some((member) => (member.type === 'PropertyDefinition' || member.type === 'TSAbstractPropertyDefinition') && member.optional && staticName(member.key, member.computed) === name);
}

function declaredType(file: SourceFile, node: Node, depth: number): Value | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrapAwaited(node);
  if (inner.type === 'Identifier') {
    const { writes, complete } = reachingWrites(file, inner);
    const [only] = writes;
    if (!complete || writes.length !== 1 || only!.path.length > 0) return null;
    if (only!.target.typeAnnotation != null) return valueOfType(file, only!.target.typeAnnotation.typeAnnotation);
    return only!.value === null ? null : declaredType(file, only!.value, depth + 1);
  }
  if (inner.type !== 'CallExpression') return null;
  const callees = presentAlternatives(evaluate(file, inner.callee));
  const [callee] = callees;
  return callees.length === 1 && callee?.kind === 'function' ? typeGiven(callee.file, callee.node, depth) : null;
}

/** What a function says that it gives, or what it gives in all its returns but those of nothing. */
function typeGiven(file: SourceFile, fn: FunctionNode, depth: number): Value | null {
  if (fn.returnType != null) return valueOfType(file, fn.returnType.typeAnnotation);
  if (fn.body?.type !== 'BlockStatement') return null;
  const given = returnsOf(fn).filter((result) => result !== null && !(result.type === 'Literal' && result.value === null));
  return given.length === 1 ? declaredType(file, given[0]!, depth + 1) : null;
}
