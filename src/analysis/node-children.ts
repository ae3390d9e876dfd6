import type { TSESTree } from '@typescript-eslint/types';

type Node = TSESTree.Node;

const NOT_CHILDREN: ReadonlySet<string> = new Set([
  'type', 'parent', 'loc', 'range', 'start', 'end', 'tokens', 'comments', 'raw', 'regex', 'typeAnnotation', 'returnType', 'typeParameters',
  'typeArguments', 'superTypeArguments', 'superTypeParameters', 'implements',
]);

/**
 * The nodes below a node that may carry a value, in source order, whatever its type. Learnt from the
 * node itself, so that syntax nobody has heard of yet is still walked.
 */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key in node) {
    if (NOT_CHILDREN.has(key)) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) for (const item of value) addNode(item, children);
    else addNode(value, children);
  }
  // Parsers disagree about the order of keys.
  if (children.length > 1) children.sort((a, b) => (a.range?.[0] ?? 0) - (b.range?.[0] ?? 0));
  return children;
}

function addNode(value: unknown, to: Node[]): void {
  if (value != null && typeof value === 'object' && typeof (value as { type?: unknown }).type === 'string') to.push(value as Node);
}
