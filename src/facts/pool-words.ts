import type { Pool, PoolFault } from './pools.js';

/** A finding in words, for messages. */
export interface PoolWords {
  /** What the pool does. */
  readonly finding: string;
  /** What happens then. */
  readonly consequence: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Says what a pool lets happen; the first fault speaks for what follows. */
export function wordsOfPool(pool: Pool): PoolWords {
  const { model, client } = pool.instance;
  const title = model.clients[client]?.title ?? model.title;
  const mends = pool.faults.map(mendOf);
  return {
    finding: `This ${title} ${pool.faults.map(findingOf).join(', and ')}`,
    consequence: consequenceOf(pool, pool.faults[0]!),
    mend: mends.map((mend, index) => (index === 0 ? mend : mend.replace(/^Set/, 'set'))).join(', and '),
  };
}

function findingOf(fault: PoolFault): string {
  const { limit, is, set } = fault;
  const why = set === null ? `no \`${limit.path}\` is set` : `\`${limit.path}\` is 0, which means no limit`;
  if (is === 'no-pool') return `is made without connections (\`${limit.path}\` is 0)`;
  if (is === 'one') return `holds a single one of what it lends (${why})`;
  switch (limit.limits) {
    case 'wait':
      return `lets callers wait for ever until one is free (${why})`;
    case 'waiters':
      return `lets any number of callers wait until one is free, and for ever (${why})`;
    default:
      return `opens any number of connections (${why})`;
  }
}

function consequenceOf({ size }: Pool, { limit, is }: PoolFault): string {
  if (is === 'no-pool') return 'every query fails';
  if (is === 'one') return 'callers get it one after another, and one that is slow stops them all';
  if (limit.limits === 'size') return 'a burst of requests takes every connection that the server has, from its other clients too';
  const used = size === null ? 'all are in use' : size === 1 ? 'its one is in use' : `all ${size} are in use`;
  return `while ${used}, by slow statements or by leaks, every request joins the queue and hangs`;
}

function mendOf({ limit, is, set }: PoolFault): string {
  const path = `\`${limit.path}\``;
  if (is === 'no-pool') return `Set ${path} to 1 or more${typeof limit.default === 'number' && set !== null ? `, or leave it out for ${limit.default}` : ''}`;
  if (is === 'one') return `Set ${path} to how many may be used at once`;
  switch (limit.limits) {
    case 'wait':
      return `Set ${path}, so that they fail in time`;
    case 'waiters':
      return `Set ${path}, so that those beyond it fail at once`;
    default:
      return `Set ${path} to what this process may take of the server's connections`;
  }
}
