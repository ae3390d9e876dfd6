import type { Attempts } from '../analysis/summarize-attempts.js';
import type { LibraryRetry } from './library-retries.js';
import type { RetryRegion } from './retries.js';
import type { BackoffFault } from './retry-faults.js';

/** The parts of a message. */
export interface RetryWords {
  readonly finding: string;
  readonly consequence: string;
  readonly mend: string;
}

const MENDS: Readonly<Record<BackoffFault, string>> = {
  noDelay: 'Wait before the next attempt, longer after each failure, with a random part',
  fixedDelay: 'Let the delay grow with the attempts, with a limit and a random part',
  noJitter: 'Add a random part to the delay',
};

/** What is said of a region of the project's own code. */
export function wordsOfRegion(region: RetryRegion, fault: BackoffFault): RetryWords {
  const { subject, attempts } = region;
  switch (fault) {
    case 'noDelay':
      return { finding: `\`${subject}\` is tried ${times(attempts)} with no delay between`, consequence: consequenceOfNoDelay(attempts), mend: MENDS.noDelay };
    case 'fixedDelay':
      return { finding: `\`${subject}\` is tried again after ${region.delay.ms === null ? 'the same delay' : `${region.delay.ms} ms`} each time`, consequence: CONSEQUENCE_OF_FIXED, mend: MENDS.fixedDelay };
    case 'noJitter':
      return { finding: `the delay between attempts of \`${subject}\` has no random part`, consequence: CONSEQUENCE_OF_NO_JITTER, mend: MENDS.noJitter };
  }
}

/** What is said of a call of a library. */
export function wordsOfLibrary(retry: LibraryRetry, fault: BackoffFault): RetryWords {
  const { name, attempts, delay, retry: model } = retry;
  const option = model.delay?.[0];
  switch (fault) {
    case 'noDelay':
      return {
        finding: delay.byDefault ? `\`${name}\` has no \`${option}\`, so ${retry.model.title} tries ${times(attempts)} with no delay between` : `\`${name}\` sets \`${option}\` to nothing, so the attempts follow each other with no delay`,
        consequence: consequenceOfNoDelay(attempts),
        mend: `Set \`${option}\``,
      };
    case 'fixedDelay':
      return { finding: `\`${name}\` waits the same time between all attempts`, consequence: CONSEQUENCE_OF_FIXED, mend: MENDS.fixedDelay };
    case 'noJitter':
      return { finding: `\`${name}\` waits with no random part`, consequence: CONSEQUENCE_OF_NO_JITTER, mend: model.randomness === undefined ? MENDS.noJitter : `Set \`${model.randomness.path}\`` };
  }
}

/** What is said of a region that nothing ends. */
export function wordsOfUnlimited({ subject, kind, delay }: RetryRegion): RetryWords {
  return {
    finding: kind === 'loop' ? `nothing but success ends this loop around \`${subject}\`` : `\`${subject}\` calls itself after each failure, with no limit`,
    consequence: delay.is === 'none' ? 'while the other side is down it spins, and its caller never gets an answer' : 'while the other side is down its caller never gets an answer, and callers pile up behind it',
    mend: 'Stop after a number of attempts or at a deadline, and throw the last error',
  };
}

/** What is said of a call of a library that never gives up. */
export function wordsOfUnlimitedLibrary({ name, attemptsSet, retry, model }: LibraryRetry): RetryWords {
  return {
    finding: attemptsSet ? `\`${name}\` is told to try for ever` : `\`${name}\` has no \`${retry.option ?? 'limit'}\`, and ${model.title} then tries for ever`,
    consequence: 'while the other side is down its caller never gets an answer, and callers pile up behind it',
    mend: `Set \`${retry.option ?? 'a limit'}\``,
  };
}

const CONSEQUENCE_OF_FIXED = 'what is down for longer is asked just as often, and callers that failed together come back together';
const CONSEQUENCE_OF_NO_JITTER = 'callers that failed together come back together, wave after wave';

function times(attempts: Attempts): string {
  return attempts === 'unbounded' ? 'again and again' : attempts === null ? 'several times' : `${attempts} times`;
}

function consequenceOfNoDelay(attempts: Attempts): string {
  if (attempts === 'unbounded') return 'while the other side is down, this is a busy loop of calls that keeps it down';
  return 'all attempts are over before a short outage is, and each caller puts that many times the load on what is failing';
}
