import type { LibraryRetry } from './library-retries.js';
import type { RetryRegion } from './retries.js';
import { isKeptUp } from './retry-faults.js';
import type { ReasonForNoDelay } from './retry-reasons.js';

/** Why a retry that waits too little is none of the faults that are reported. */
export type Excuse = ReasonForNoDelay | 'polls' | 'lasts' | 'client-waits' | 'by-callback' | 'caller-chooses' | 'reach-unread' | 'delay-unread' | 'on-timer';

/** Fewer attempts harm nobody. */
const ENOUGH_TO_HARM = 3;

/**
 * Of a region in which no fault is proved: why it may do without a better wait, or without an end.
 * `null`: it lacks nothing.
 */
export function excuseOf(region: RetryRegion): Excuse | null {
  const { attempts, delay, reach, excuse, polls } = region;
  if (typeof attempts === 'number' && attempts < ENOUGH_TO_HARM) return null;
  if (delay.is === 'none') return excuse ?? (reach.backsOff === true ? 'client-waits' : reach.byCallback === true ? 'by-callback' : null);
  if (delay.jitter === 'yes') return region.endless && isKeptUp(region) ? 'lasts' : null;
  if (excuse !== null) return excuse;
  if (polls) return 'polls';
  if (!region.endless && (delay.is === 'unknown' || delay.jitter === 'unknown')) return 'delay-unread';
  if (isKeptUp(region)) return 'lasts';
  if (delay.is === 'unknown' || delay.jitter === 'unknown') return 'delay-unread';
  if (delay.byCaller && reach.is !== 'given') return 'caller-chooses';
  return reach.is === 'io' || reach.is === 'given' ? null : 'reach-unread';
}

/** The same for a call of a library. */
export function excuseOfLibrary({ attempts, delay, polls, onTimer }: LibraryRetry): Excuse | null {
  if (attempts === null || (typeof attempts === 'number' && attempts < ENOUGH_TO_HARM) || delay.is !== 'present') return null;
  if (delay.growth === 'unknown' && delay.jitter === 'unknown' && !delay.byDefault) return 'delay-unread';
  if (delay.growth !== 'no' && delay.jitter !== 'no') return null;
  return polls ? 'polls' : onTimer ? 'on-timer' : null;
}
