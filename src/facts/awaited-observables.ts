import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName, outermost, unwrap } from '../analysis/syntax.js';
import { AWAITS_OBSERVABLE, PLAIN_OPERATORS } from '../models/observable-names.js';

type Node = TSESTree.Node;

/**
 * The call that makes a promise of an observable: `firstValueFrom(http.get(url).pipe(map(read)))`.
 * @returns `null` where somebody else subscribes, or an operator on the way may hide an error or subscribe again
 */
export function awaitedObservable(file: SourceFile, made: TSESTree.CallExpression): TSESTree.CallExpression | null {
  let whole: Node = made;
  for (;;) {
    const holder = outermost(whole);
    const { parent } = holder;
    if (parent?.type === 'CallExpression') return parent.arguments[0] === holder && isOneOf(file, parent.callee, AWAITS_OBSERVABLE) ? parent : null;
    if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== whole || memberName(parent) !== 'pipe' || parent.parent.type !== 'CallExpression') return null;
    whole = parent.parent;
    if (!parent.parent.arguments.every((argument) => unwrap(argument).type === 'CallExpression' && isOneOf(file, (unwrap(argument) as TSESTree.CallExpression).callee, PLAIN_OPERATORS))) return null;
  }
}

function isOneOf(file: SourceFile, callee: Node, names: Readonly<Record<string, readonly string[]>>): boolean {
  const value = evaluate(file, callee);
  return value.kind === 'export' && Object.hasOwn(names, value.package) && names[value.package]!.includes(value.path.at(-1) ?? '');
}
