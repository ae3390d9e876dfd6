import type { LibraryRetry } from './library-retries.js';
import type { RetryRegion } from './retries.js';

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
  if (delay.is === 'none') return region.excuse === null ? 'noDelay' : null;
  // How callers spread is a matter of what many of them call.
  if (delay.is !== 'present' || (reach.is !== 'io' && reach.is !== 'given')) return null;
  if (wanted.growth && delay.growth === 'no') return 'fixedDelay';
  return wanted.jitter && delay.jitter === 'no' && delay.growth !== 'unknown' ? 'noJitter' : null;
}

/** The same for a call of a library. */
export function libraryFault({ attempts, attemptsSet, delay }: LibraryRetry, wanted: Wanted): BackoffFault | null {
  if (attempts === null ? !attemptsSet : typeof attempts === 'number' && attempts < ENOUGH_TO_HARM) return null;
  if (delay.is === 'none') return 'noDelay';
  if (delay.is !== 'present') return null;
  if (wanted.growth && delay.growth === 'no') return 'fixedDelay';
  return wanted.jitter && delay.jitter === 'no' ? 'noJitter' : null;
}
