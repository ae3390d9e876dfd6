import { callLimits } from '../facts/call-limits.js';
import { reasonText } from '../facts/reason-words.js';
import type { TimeBound } from '../facts/time-bounds.js';
import { writtenPolicy } from '../facts/written-policies.js';
import { lengthOf, notAsked, notKnown } from './guard-words.js';
import type { Places } from './places.js';
import type { Guard } from './types.js';

/** What ends the wait for a call, as `require-timeout` judges it. */
export function timeoutOf(bound: TimeBound, places: Places): Guard {
  switch (bound.verdict) {
    case 'unbounded':
      return { answer: 'no', detail: absence(bound), at: null };
    case 'unknown':
      return byPolicy(bound, places) ?? notKnown(bound.reason === null ? 'it cannot be read' : reasonText(bound.reason));
    case 'bounded':
      // Its own limit may be turned off because the policy has one.
      return (bound.by === 'no-limit-chosen' ? byPolicy(bound, places) : null) ?? bounded(bound, places);
  }
}

/** The deadline of a policy holds for all attempts together; rules leave such calls alone, whatever it is. */
function byPolicy({ call }: TimeBound, places: Places): Guard | null {
  const policy = writtenPolicy(call);
  if (policy === null) return null;
  const length = policy.deadline === null ? '' : `${lengthOf(policy.deadline)}, `;
  return { answer: 'yes', detail: `${length}by the policy \`${policy.name}\``, at: places.at(policy.place) };
}

function absence({ partial, cancelOnly, defaultMs }: TimeBound): string {
  if (partial !== null) return `\`${partial.path}\` does not end a call that hangs`;
  if (cancelOnly) return 'its signal only cancels';
  return defaultMs === null ? 'none' : `none but the library's own ${lengthOf(defaultMs)}`;
}

function bounded(bound: TimeBound, places: Places): Guard {
  switch (bound.by) {
    case 'stream':
      return notAsked('its reply is a stream');
    case 'blocking':
      return notAsked('it waits on purpose');
    // Somebody says that it is to wait as long as it takes: no fault, and no limit.
    case 'no-limit-chosen':
      return { answer: 'not-asked', detail: 'somebody chose none', at: places.at(bound.place) };
    default:
      return { answer: 'yes', detail: [lengthIn(bound), WHOSE[bound.by] ?? bound.by].filter((part) => part !== null).join(', '), at: places.at(bound.place) };
  }
}

const WHOSE: Readonly<Record<string, string>> = {
  'call-option': 'of the call',
  signal: 'by its signal',
  'client-option': 'of the client',
  'package-default': 'set for the package',
  'library-default': 'of the library',
  policy: 'by what stands around it',
  chained: 'chained to the call',
};

/** How long, where that is one number. */
function lengthIn({ call, place, by }: TimeBound): string | null {
  if (by !== 'call-option' && by !== 'client-option' && by !== 'signal') return null;
  const limits = callLimits(call);
  const found = limits.find((limit) => limit.place !== null && limit.place.node === place?.node) ?? (by === 'signal' ? limits.find(({ name }) => name.endsWith('signal')) : undefined);
  return found === undefined ? null : lengthOf(found.ms);
}
