import { defineCodemod, type PlanStep } from '../src/codemod/define-codemod.js';
import type { SourceFile } from '../src/analysis/source-file.js';
import { factsOfFile } from '../src/facts/file-facts.js';
import type { LibraryRetry } from '../src/facts/library-retries.js';
import { mayRetry, type RetryRegion } from '../src/facts/retries.js';
import { excuseOf, excuseOfLibrary } from '../src/facts/retry-excuses.js';
import { backoffFault, isUnlimited, isUnlimitedLibrary, libraryFault, type BackoffFault } from '../src/facts/retry-faults.js';
import type { Mend } from '../src/mends/edit.js';
import { hardenRegion } from '../src/mends/harden-region.js';
import { hardenLibrary } from '../src/mends/library-retry.js';
import type { RetryNumbers } from '../src/mends/retry-numbers.js';

const BACKOFF = 'require-retry-backoff';
const LIMIT = 'require-retry-limit';
/** As the rule is told in `strict`. */
const WANTED = { growth: true, jitter: true } as const;

export default defineCodemod({
  name: 'harden-retries',
  description: 'give every retry that lacks them a growing, capped delay with full jitter, and a limit',
  rule: [BACKOFF, LIMIT],
  options: {
    base: { type: 'ms', default: 200, description: 'The longest first wait, where nobody wrote one; it doubles from there.' },
    cap: { type: 'ms', default: 10_000, description: 'The longest wait, where nobody wrote one.' },
    attempts: { type: 'number', default: 3, description: 'How often a retry without an end tries in all.' },
    job: { type: 'ms', default: 1_000, description: 'The first wait of a job of a queue, where nobody wrote one.' },
  },
  refusals: {
    'calls-itself': 'it calls itself without an end, and no parameter counts how often',
    'reply-fails': 'it has no end, and a reply says that it failed: what its caller then gets is not told',
    'no-place': 'it has no end, and there is no room or no name for a counter in front of it',
    'told-forever': 'somebody wrote that it tries for ever',
    'switched-off': 'somebody wrote that it does not wait',
    'several-ways': 'several ways lead to the next attempt, and none of them is passed always',
    'ended-elsewhere': 'something else than a counter ends it (a deadline, a signal, a flag), and a growing wait would not see that',
    'list-of-rounds': 'it goes through a list of rounds, so which one is the last is not told',
    'no-counter': 'nothing counts its attempts, and there is no room for a counter in front of it',
    'cannot-wait': 'the function is not async, or what the call gives is not handed on as a promise',
    'several-waits': 'it waits in more than one place, or its wait was not found',
    'delay-elsewhere': 'how long it waits is written outside of it, where others may use it',
    'delay-above-cap': 'it waits as long as `cap` already; say a larger one',
    'delay-unknown': 'how long it waits comes from a call or a choice that was not read',
    'no-local-edit': 'the options are not written here, or the library has none for it',
    conflict: 'only what lost a race is tried again: it reads anew, and waiting helps nobody',
    'new-name': 'each attempt makes a new name or key',
    person: 'somebody answers between the attempts',
    credentials: 'it goes again with new credentials',
    polls: 'it asks until something is there: nothing failed',
    lasts: 'by its name it is kept up for as long as the process lives: a connection, a consumer, a wait at boot',
    'client-waits': 'the client waits between attempts of its own; what is wrong there is a retry of retries',
    'by-callback': 'what is tried answers by a callback, and throws before anything is sent',
    'caller-chooses': 'how long it waits is its caller’s choice',
    'reach-unread': 'whether what it tries leaves the process was not read',
    'delay-unread': 'it waits between the attempts; for what, or for how long, was not read',
    'on-timer': 'each process does it by itself, once in a while',
  },
  mayApply: (text, gates) => mayRetry(text) && gates.servesRequests(),
  plan({ file, options }) {
    const facts = factsOfFile(file);
    return [...facts.retryRegions().flatMap((region) => stepOfRegion(file, region, options)), ...facts.libraryRetries().flatMap((retry) => stepOfLibrary(file, retry, options))];
  },
});

function stepOfRegion(file: SourceFile, region: RetryRegion, numbers: RetryNumbers): PlanStep[] {
  const at = region.range[0];
  const faults = { backoff: backoffFault(region, WANTED), endless: isUnlimited(region) };
  if (faults.backoff !== null || faults.endless) return [stepOf(at, region.subject, hardenRegion(file, region, faults, numbers), faults)];
  const excuse = excuseOf(region);
  return excuse === null ? [] : [{ kind: 'refusal', at, reason: excuse, detail: region.subject }];
}

function stepOfLibrary(file: SourceFile, retry: LibraryRetry, numbers: RetryNumbers): PlanStep[] {
  const at = retry.range[0];
  const faults = { backoff: libraryFault(retry, WANTED), endless: isUnlimitedLibrary(retry) };
  if (faults.backoff !== null || faults.endless) return [stepOf(at, retry.name, hardenLibrary(file, retry, faults, numbers), faults)];
  const excuse = excuseOfLibrary(retry);
  return excuse === null ? [] : [{ kind: 'refusal', at, reason: excuse, detail: retry.name }];
}

function stepOf(at: number, subject: string, mend: Mend | string, { backoff, endless }: { readonly backoff: BackoffFault | null; readonly endless: boolean }): PlanStep {
  if (typeof mend === 'string') return { kind: 'refusal', at, reason: mend, detail: subject };
  return { kind: 'edit', at, edits: mend.edits, title: mend.title, mends: [...(backoff === null ? [] : [BACKOFF]), ...(endless ? [LIMIT] : [])] };
}
