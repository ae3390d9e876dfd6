import type { Around } from './attempt-overruns.js';
import type { Overrun } from './overruns.js';
import type { RetryWords } from './retry-words.js';

/** What is said of a budget that cannot hold. */
export function wordsOfOverrun(overrun: Overrun): RetryWords {
  switch (overrun.is) {
    case 'phase': {
      const { part, whole, call } = overrun;
      return {
        finding: `\`${part.name}\` allows ${duration(part.ms)}, but \`${whole.name}\` ends ${whole.covers === 'total' ? 'the call' : 'the attempt'} after ${duration(whole.ms)}`,
        consequence: `the longer limit of \`${call.operation.name}\` is never reached, so whoever counts on it waits for something that does not happen`,
        mend: `Make \`${part.name}\` shorter than ${duration(whole.ms)}, or \`${whole.name}\` longer`,
      };
    }
    case 'inner': {
      const { part, around, cancels, call } = overrun;
      return {
        finding: `\`${part.name}\` allows \`${call.operation.name}\` ${duration(part.ms)}, but ${nameOf(around)} around it gives up after ${duration(around.ms)}`,
        consequence: cancels ? 'the inner limit is never reached' : `the inner limit is never reached, and the call goes on for up to ${duration(part.ms - around.ms)} with nobody to take its reply`,
        mend: `Make the inner limit shorter than ${duration(around.ms)}`,
      };
    }
    case 'attempts': {
      const { who, attempts, each, waits, around } = overrun;
      return {
        finding: `${attempts} attempts${sum(attempts, each, waits)}, but ${nameOf(around)} gives up after ${duration(around.ms)}`,
        consequence: each > 0 ? `against something that does not answer, the last attempt of ${who} is never made` : `the last attempt of ${who} is never made`,
        mend: 'Allow less for an attempt, make fewer of them, or give all of them longer',
      };
    }
    case 'circuit': {
      const { who, attempts, open, breaker } = overrun;
      return {
        finding: `${who} goes round for \`${open}\` as for any other error`,
        consequence: `while the circuit of ${breaker} is open, each caller waits through ${typeof attempts === 'number' ? `${attempts} attempts` : 'one attempt after the other'} at a call that is not sent, instead of failing at once`,
        mend: `Let \`${open}\` leave the retry`,
      };
    }
  }
}


/** Who gives up, without how. */
function nameOf({ by }: Around): string {
  return by.replace(/, which .*$/, '');
}

/** ` × 10 s + 3 s of waits = 33 s`. */
function sum(attempts: number, each: number, waits: number): string {
  if (each === 0) return ` with ${duration(waits)} of waits between them`;
  const all = attempts * each + waits;
  return ` × ${duration(each)}${waits > 0 ? ` + ${duration(waits)} of waits` : ''} = ${duration(all)}`;
}

function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  return seconds < 600 ? `${Number(seconds.toFixed(2))} s` : `${Number((seconds / 60).toFixed(1))} min`;
}
