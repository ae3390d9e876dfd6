import type { TSESTree } from '@typescript-eslint/types';
import { readLayers } from '../analysis/options.js';
import type { InstanceValue } from '../analysis/value.js';
import type { OwnAttempts } from '../models/seam-types.js';

/** How a client that is made here makes its attempts by itself. */
export interface OwnOfClient {
  /** Its owner chose how it tries again. */
  readonly once: boolean;
  /** Its owner's bound of one attempt. */
  readonly bound: 'none' | 'off' | TSESTree.Property;
}

/**
 * What its owner chose of the attempts that a client makes by itself.
 * @returns `null` where a bound of an attempt is set somewhere else, or may be
 */
export function ownAttempts({ layers, optionsUnknown, made }: InstanceValue, { retries, bound }: OwnAttempts): OwnOfClient | null {
  const answer = (path: string) => readLayers(layers.map(({ value }) => value), path, optionsUnknown);
  const once = retries.paths.some((path) => answer(path).is !== 'absent');
  const limit = answer(bound.path);
  if (limit.is === 'absent') return { once, bound: 'none' };
  if (limit.is === 'unknown') return null;
  if (limit.value.kind === 'literal' && limit.value.value === false) return { once, bound: 'off' };
  const node = limit.place?.node;
  const isHere = node?.type === 'Property' && !node.method && made !== null && limit.place!.file === made.file && node.range[0] > made.node.range[0] && node.range[1] < made.node.range[1];
  return isHere ? { once, bound: node } : null;
}
