import type { Effect } from './types.js';

/**
 * What a time limit really covers.
 * - `queue`: waiting on our side before anything is sent (pool slot, command queue)
 * - `connect`: until the connection stands
 * - `headers`: until the reply begins
 * - `idle`: silence on the socket; a dripping body passes it
 * - `attempt`: one attempt, body included
 * - `total`: the whole call, retries included
 * - `server`: the server ends the work; the client hears of it only while the connection lives
 */
export type Covers = 'queue' | 'connect' | 'headers' | 'idle' | 'attempt' | 'total' | 'server';

/** What a zero in the option means. */
export type ZeroMeans = 'unlimited' | 'default' | 'invalid' | 'immediate';

/** One option that limits time, or a limit that no option sets. */
export interface BoundModel {
  /** Dotted path of the option inside the options object; `.timeout().deadline` where it is set by chaining; of a `fixed` one a name for people. */
  readonly path: string;
  /** It holds by itself, and nothing sets it: the library has it in its code. */
  readonly fixed?: true;
  /** Where it may be written; of a `fixed` one, whose it is: the client's. */
  readonly at: readonly ('call' | 'client')[];
  readonly covers: Covers;
  /** What the number counts; `epoch-ms` is a point in time. */
  readonly unit: 'ms' | 's' | 'epoch-ms';
  /** The value that holds when nobody sets it; `null` when nothing bounds then. */
  readonly default: number | null;
  readonly zero?: ZeroMeans;
  /** `false` when the option logs or emits an event and the call goes on hanging. Default `true`. */
  readonly rejects?: boolean;
  /** The option only rejects when this one is set to this value; else it logs at most. */
  readonly requires?: { readonly path: string; readonly equals: string | number | boolean };
  /**
   * `true`: a bare number in the parent's place means this path (`timeout: 500` for `timeout.request`).
   * `false`: the parent takes an object only.
   */
  readonly shorthand?: boolean;
  /** Values that switch the limit off, besides what `zero` says: `false` in ky, `null` in undici. */
  readonly off?: readonly (false | null | 'Infinity')[];
  /** Client shapes that take this option, where it is not all of them: `acquireTimeout` of a pool. */
  readonly clients?: readonly string[];
  /** Effects of the operations that it bounds, where it is not all of them: a service may give its writes less time than its reads. */
  readonly effects?: readonly Effect[];
  /** Environment variables from which the library itself reads this limit. */
  readonly env?: readonly string[];
  /** Name of the same option as a parameter of a connection URL. */
  readonly urlParameter?: string;
  /** semver range of the package in which this option exists with this default. */
  readonly versions?: string;
  /** One clause for messages: what the option does or fails to do. */
  readonly note?: string;
  /** Key into the model's `sources`. */
  readonly source: string;
}

/** How an AbortSignal reaches a call. */
export interface SignalModel {
  /** Option path: `signal`, `abortSignal`, `request.signal`. */
  readonly path: string;
  /** Where it may be passed. */
  readonly at: readonly ('call' | 'client')[];
  /** `false` when aborting does not settle a call that was already sent. Default `true`. */
  readonly bounds?: boolean;
  /** semver range of the package in which it is taken. */
  readonly versions?: string;
  /** Key into the model's `sources`. */
  readonly source: string;
}
