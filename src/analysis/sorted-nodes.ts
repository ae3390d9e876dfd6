import type { TSESTree } from '@typescript-eslint/types';

type Ranged = Pick<TSESTree.Node, 'range'>;

/**
 * The nodes of a list that lie inside another node, found without going through all of the list.
 * @param sorted by where they begin, as the syntax index and `ownNodes` give them
 */
export function nodesInside<T extends Ranged>(sorted: readonly T[], outer: Ranged): readonly T[] {
  const [from, to] = outer.range;
  const found: T[] = [];
  for (let at = firstFrom(sorted, from); at < sorted.length && sorted[at]!.range[0] < to; at++) if (sorted[at]!.range[1] <= to) found.push(sorted[at]!);
  return found;
}

/** The position of the first node that begins at an offset or behind it. */
export function firstFrom(sorted: readonly Ranged[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.range[0] < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
