import { LASTS_WITH_THE_PROCESS as LASTS } from '../models/retry-names.js';
import type { LibraryRetry } from './library-retries.js';
import type { RetryRegion } from './retries.js';
import { nameOfFunction } from './retry-polls.js';

/** What is asked of a delay beyond that there is one. */
export interface Wanted {
  readonly growth: boolean;
  readonly jitter: boolean;
}

/** What is wrong with the wait between attempts; the worst that holds. */
export type BackoffFault = 'noDelay' | 'fixedDelay' | 'noJitter';

/** One immediate retry is allowed. */
const ENOUGH_TO_HARM = 3;

/** What is wrong with the wait of a region; `null`: nothing, or nothing that is proved. */
export function backoffFault(region: RetryRegion, wanted: Wanted): BackoffFault | null {
  const { attempts, delay, reach } = region;
  if (typeof attempts === 'number' && attempts < ENOUGH_TO_HARM) return null;
  // A client that backs off by itself waits within each attempt: what is wrong then is a retry of retries.
  // What fails before anything leaves the process does harm to nobody else.
  if (delay.is === 'none') return region.excuse === null && reach.backsOff !== true && reach.byCallback !== true ? 'noDelay' : null;
  // How long to wait is the caller's choice, who knows what for; so is a wait for something that is not there yet.
  if ((delay.byCaller && reach.is !== 'given') || region.polls) return null;
  // How callers spread is a matter of what many of them call.
  if (delay.is !== 'present' || (reach.is !== 'io' && reach.is !== 'given') || isKeptUp(region)) return null;
  // A random delay is not the same each time.
  if (wanted.growth && delay.growth === 'no' && delay.jitter !== 'yes') return 'fixedDelay';
  return wanted.jitter && delay.jitter === 'no' && delay.growth !== 'unknown' ? 'noJitter' : null;
}

/** The same for a call of a library. */
export function libraryFault({ attempts, attemptsSet, delay, polls, onTimer }: LibraryRetry, wanted: Wanted): BackoffFault | null {
  if (attempts === null ? !attemptsSet : typeof attempts === 'number' && attempts < ENOUGH_TO_HARM) return null;
  if (delay.is === 'none') return 'noDelay';
  // What polls does not fail together with others, nor does what each process does once in a while.
  if (delay.is !== 'present' || polls || onTimer) return null;
  if (wanted.growth && delay.growth === 'no') return 'fixedDelay';
  return wanted.jitter && delay.jitter === 'no' ? 'noJitter' : null;
}

/** Is a region without any end? What is kept up for as long as the process lives may be. */
export function isUnlimited(region: RetryRegion): boolean {
  const { endless, delay } = region;
  if (!endless || isKeptUp(region)) return false;
  // A growing delay asks less and less; one that is not known may grow.
  return delay.is === 'none' || delay.growth === 'no';
}

/** A connection, a main loop, a wait for something to come up: by the name of the function, or of what it calls. */
export function isKeptUp({ subject, reach, fn }: RetryRegion): boolean {
  return LASTS.test(nameOfFunction(fn)) || (reach.is !== 'given' && LASTS.test(subject));
}

/** The same for a call of a library. */
export function isUnlimitedLibrary({ attempts, delay }: LibraryRetry): boolean {
  return attempts === 'unbounded' && (delay.is === 'none' || (delay.is === 'present' && delay.growth === 'no'));
}
