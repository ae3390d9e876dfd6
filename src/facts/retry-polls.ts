import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { enclosingFunction, isFunction, outermost } from '../analysis/syntax.js';
import { NOT_YET, ON_TIMER } from '../models/retry-names.js';

type Node = TSESTree.Node;

/** Does what is tried throw an error of its own that says "not ready"? Then it polls: nothing failed, and nobody failed with it. */
export function throwsNotYet(file: SourceFile, tried: Node): boolean {
  return file.index.calls.some((error) => {
    if (error.type !== 'NewExpression' || !isInside(error, tried) || (outermost(error).parent as Node | undefined)?.type !== 'ThrowStatement') return false;
    return NOT_YET.test(file.text.slice(error.range[0], error.range[1]));
  });
}

/** Is it in a function that each process runs by itself once in a while, by the names around it? */
export function runsOnOwnTimer(node: Node): boolean {
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) {
    if (ON_TIMER.test(nameOfFunction(owner))) return true;
  }
  return false;
}

/** The name of a function, or of the variable or member that holds it; empty for none. */
export function nameOfFunction(fn: Node): string {
  const parent = fn.parent as { readonly key?: unknown; readonly id?: unknown } | undefined;
  const own = (fn as { readonly id?: unknown }).id;
  const named = (own ?? parent?.id ?? parent?.key) as { readonly name?: unknown } | null | undefined;
  return typeof named?.name === 'string' ? named.name : '';
}
