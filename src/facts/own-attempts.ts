import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readLayers } from '../analysis/options.js';
import { alternatives, type InstanceValue } from '../analysis/value.js';
import type { OwnAttempts } from '../models/seam-types.js';
import { libraryRetries } from './library-retries.js';

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
  const once = retries.paths.some((path) => answer(path).is !== 'absent') || isRetriedByLibrary(made);
  if (bound === undefined) return { once, bound: 'none' };
  const limit = answer(bound.path);
  if (limit.is === 'absent') return { once, bound: 'none' };
  if (limit.is === 'unknown') return null;
  if (limit.value.kind === 'literal' && limit.value.value === false) return { once, bound: 'off' };
  const node = limit.place?.node;
  const isHere = node?.type === 'Property' && !node.method && made !== null && limit.place!.file === made.file && node.range[0] > made.node.range[0] && node.range[1] < made.node.range[1];
  return isHere ? { once, bound: node } : null;
}

/** `axiosRetry(api, { retries: 3 })`, in the file that makes the client. */
function isRetriedByLibrary(made: InstanceValue['made']): boolean {
  if (made === null) return false;
  return libraryRetries(made.file).some(({ node }) => node.arguments.some((argument) => argument.type !== 'SpreadElement' && alternatives(evaluate(made.file, argument)).some((value) => value.kind === 'instance' && value.made?.node === made.node)));
}
