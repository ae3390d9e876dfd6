import type { Place, Reason } from '../analysis/value.js';
import type { BoundModel } from '../models/types.js';
import type { IoCall } from './io-calls.js';

/** What bounds a call in time, or why nothing does. One per I/O call. */
export interface TimeBound {
  readonly call: IoCall;
  readonly verdict: 'bounded' | 'unbounded' | 'unknown';
  /** What decided: `call-option`, `signal`, `client-option`, `package-default`, `library-default`, `policy`, `stream` …; for unknown, the reason's code. */
  readonly by: string;
  /** Where the deciding thing stands. */
  readonly place: Place | null;
  readonly reason: Reason | null;
  /** For `unbounded`: a bound that is set but does not cover the reply (connect only, an event only). */
  readonly partial: BoundModel | null;
  /** The steps of the judgement, for `explain`, one sentence each. */
  readonly steps: readonly string[];
}
