import type { InstanceValue } from '../analysis/value.js';
import { POOLED, pools, type PoolFault } from '../facts/pools.js';
import { reasonText } from '../facts/reason-words.js';
import { notAsked, notKnown } from './guard-words.js';
import type { Places } from './places.js';
import type { Guard } from './types.js';

/** What limits the connections that a client keeps, and the wait for one. */
export function poolOf(instance: InstanceValue | null, places: Places): Guard {
  if (instance === null || !POOLED.has(instance.model.kind)) return notAsked('it keeps none worth a limit');
  const limits = (instance.model.pool ?? []).filter(({ limits: what, clients }) => what !== 'sockets' && clients?.includes(instance.client) !== false);
  if (limits.length === 0) return notAsked(instance.model.driver === undefined ? 'it keeps no pool' : 'the driver below it keeps them');
  const { made } = instance;
  if (made === null) return notKnown(instance.optionsUnknown === null ? 'where it is made is not known' : reasonText(instance.optionsUnknown));
  const pool = pools(made.file).find(({ node }) => node === made.node);
  if (pool === undefined) return notKnown('where it is made is not read');
  const [fault] = pool.faults;
  if (fault !== undefined) return { answer: 'no', detail: wordsOf(fault), at: places.at(fault.set ?? made) };
  const [reason] = pool.unknown;
  if (reason !== undefined) return notKnown(reasonText(reason));
  return { answer: 'yes', detail: pool.size === null ? 'limited' : `at most ${pool.size}`, at: places.at(made) };
}

function wordsOf({ is, limit }: PoolFault): string {
  if (is === 'no-pool') return `\`${limit.path}\` is 0: it gives nothing out`;
  if (is === 'one') return `no \`${limit.path}\`: a single one`;
  if (limit.limits === 'wait') return `no \`${limit.path}\`: callers wait for ever for a free one`;
  return limit.limits === 'waiters' ? `no \`${limit.path}\`: any number of callers wait` : `no \`${limit.path}\`: any number of connections`;
}
