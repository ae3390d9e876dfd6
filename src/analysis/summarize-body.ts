import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from './node-children.js';
import type { SourceFile } from './source-file.js';
import { isFunction } from './syntax.js';
import type { FunctionNode } from './value.js';

type Node = TSESTree.Node;
type NodesByType = { [Kind in Node as `${Kind['type']}`]: Kind };

const MEMO = Symbol('own nodes');

/**
 * The nodes of these types that a function itself evaluates, in source order: those of functions and
 * classes inside it are theirs.
 */
export function ownNodes<Type extends keyof NodesByType>(file: SourceFile, fn: FunctionNode, ...types: readonly Type[]): readonly NodesByType[Type][] {
  const byFunction = file.memo(MEMO, () => new WeakMap<FunctionNode, ReadonlyMap<string, readonly Node[]>>());
  let byType = byFunction.get(fn);
  if (byType === undefined) byFunction.set(fn, (byType = collect(file, fn)));
  if (types.length === 1) return (byType.get(types[0]!) ?? []) as unknown as readonly NodesByType[Type][];
  const found = types.flatMap((type) => byType!.get(type) ?? []);
  found.sort((a, b) => a.range[0] - b.range[0]);
  return found as unknown as readonly NodesByType[Type][];
}

/** Is one node inside another? Each is inside itself. */
export function isInside(inner: Node, outer: Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

/** Does a function give its results later, by `yield`? Calling it runs nothing of it. */
export function isGenerator(fn: FunctionNode): boolean {
  return fn.type !== 'ArrowFunctionExpression' && fn.generator;
}

function collect(file: SourceFile, fn: FunctionNode): ReadonlyMap<string, readonly Node[]> {
  // Whoever asks will want parents and bindings.
  void file.index;
  const byType = new Map<string, Node[]>();
  const stack: Node[] = [...(fn.body == null ? [] : [fn.body as Node]), ...[...fn.params].reverse()];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const list = byType.get(node.type);
    if (list === undefined) byType.set(node.type, [node]);
    else list.push(node);
    if (isFunction(node) || node.type === 'ClassBody') continue;
    stack.push(...childrenOf(node).reverse());
  }
  return byType;
}
