import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { memberCalled } from '../analysis/client-member.js';
import { evaluate } from '../analysis/evaluate.js';
import { constructorOf } from '../analysis/evaluate-class.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingClass } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';
import type { ArgumentRef, ConstructModel } from '../models/types.js';

export type CallOrNew = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call whose options a client is made with. */
export interface Construction {
  readonly node: CallOrNew;
  /** `null` where it takes none. */
  readonly options: ArgumentRef | null;
}

/** The construction into which options of a client can be written: its own, or that of the client it wraps. */
export function constructionOf(file: SourceFile, node: CallOrNew, depth = 0): Construction | null {
  const construct = constructModel(file, node);
  if (construct === null) return null;
  if (construct.from === undefined) return { node, options: construct.options ?? null };
  // Its limits are those of the client it is made from; options of its own are something else.
  const source = argumentValue(file, node.arguments, construct.from)?.value;
  const made = source?.kind === 'instance' ? source.made : null;
  if (made == null || made.file !== file || depth > 2 || (made.node.type !== 'CallExpression' && made.node.type !== 'NewExpression')) return null;
  return constructionOf(file, made.node, depth + 1);
}

function constructModel(file: SourceFile, node: CallOrNew): ConstructModel | null {
  const callees: readonly Value[] = node.callee.type === 'Super' ? superclassOf(file, node) : presentAlternatives(evaluate(file, node.callee));
  return callees.length === 1 ? constructOf(callees[0]!) : null;
}

function superclassOf(file: SourceFile, node: CallOrNew): readonly Value[] {
  const superclass = enclosingClass(node)?.superClass;
  return superclass == null ? [] : presentAlternatives(evaluate(file, superclass));
}

function constructOf(callee: Value): ConstructModel | null {
  switch (callee.kind) {
    case 'model-export':
      return callee.export.is === 'class' || callee.export.is === 'factory' ? callee.export : null;
    case 'instance':
    case 'instance-member': {
      const member = memberCalled(callee);
      return member?.is === 'factory' ? member : null;
    }
    case 'class': {
      // A subclass without a constructor hands its arguments on.
      if (constructorOf(callee.node) !== null || callee.node.superClass === null) return null;
      const base = presentAlternatives(evaluate(callee.file, callee.node.superClass));
      return base.length === 1 ? constructOf(base[0]!) : null;
    }
    default:
      return null;
  }
}
