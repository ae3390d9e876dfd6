import type { OptionEquals, ZeroMeans } from './types.js';

/**
 * One limit of what a client keeps for its callers to share: connections, or other things that are
 * borrowed and given back.
 */
export interface PoolModel {
  /**
   * - `size`: how many there are at once
   * - `wait`: how long a caller waits for a free one, ms
   * - `waiters`: how many callers may wait; asked only of a library that cannot limit how long
   * - `sockets`: how many requests are under way at once, of a client beyond whose limit callers queue
   *   without end: setting it moves the wait, so it is not asked for
   */
  readonly limits: 'size' | 'wait' | 'waiters' | 'sockets';
  /** Dotted path of the option. */
  readonly path: string;
  /** What holds when nobody sets it. */
  readonly default: number | 'unlimited';
  /** `invalid`: no pool is made, or one that gives nothing out. */
  readonly zero?: ZeroMeans;
  /** Client shapes that have this pool, where it is not all of them. */
  readonly clients?: readonly string[];
  /** Other options that set the same limit: `extra.connectionTimeoutMillis`. */
  readonly or?: readonly string[];
  /** Nobody waits where this option has this value: `waitForConnections: false`. */
  readonly unless?: Omit<OptionEquals, 'argument'>;
  /** Name of the same option as a parameter of a connection URL. */
  readonly urlParameter?: string;
  /** It is the driver's own, so it holds for the drivers that the model knows. */
  readonly byDriver?: true;
  /** Key into the model's `sources`. */
  readonly source: string;
}
