import type { TSESTree } from '@typescript-eslint/types';
import { childrenOf } from '../analysis/node-children.js';
import type { SourceFile } from '../analysis/source-file.js';

type Node = TSESTree.Node;
type NodesByType = { [Kind in Node as `${Kind['type']}`]: Kind };

/** The nodes of these types in a node, itself included, in source order. For small parts of a file: nothing is kept. */
export function nodesWithin<Type extends keyof NodesByType>(file: SourceFile, root: Node, ...types: readonly Type[]): readonly NodesByType[Type][] {
  // Whoever asks will want parents and bindings.
  void file.index;
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ((types as readonly string[]).includes(node.type)) found.push(node);
    stack.push(...childrenOf(node).reverse());
  }
  return found as unknown as readonly NodesByType[Type][];
}
