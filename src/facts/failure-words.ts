import type { StakedCall } from './call-stake.js';
import type { SilentFailure } from './silent-failures.js';

/** What is lost without a word, as the end of a sentence about the call that failed. */
const LOST: Readonly<Record<StakedCall['stake'], string>> = {
  payment: 'nobody learns that the payment did not go through',
  commit: 'the program goes on as if the transaction had ended, and its writes may be gone',
  lock: 'the lock may stay taken, and others wait for it',
  ack: 'the message comes again, or is lost, and nobody knows',
  publish: 'the message is lost, and nobody knows',
  write: 'the program goes on as if it had been done',
  io: 'a timeout or an outage there looks like success here',
  awaited: 'a failure there looks like success here',
  call: 'a failure there looks like success here',
  probe: '',
  harmless: '',
};

/** The call by its name, and whether others may fail with it: "`orders.save` (or another call here)". */
export function lostCall({ lost, calls }: SilentFailure): string {
  return `\`${lost.name}\`${calls.every(({ name }) => name === lost.name) ? '' : ' (or another call here)'}`;
}

const SAVES: ReadonlySet<StakedCall['stake'] | null> = new Set(['payment', 'commit', 'publish', 'write']);

/** What a caller that gets a constant cannot tell. */
export function doubtOf({ lost }: SilentFailure): string {
  return SAVES.has(lost.stake) || (lost.stake === 'awaited' && SAVES.has(lost.verb)) ? 'cannot tell that it was not done' : 'cannot tell an outage from an empty result';
}

/** What happens when it fails. */
export function consequenceOf({ lost }: SilentFailure): string {
  return LOST[lost.stake === 'awaited' && lost.verb !== null ? lost.verb : lost.stake];
}

/** How the handler is written: `catch {}`, `.catch(() => {})`. */
export function handlerForm({ handler, handling, comment }: SilentFailure): string {
  switch (handler.channel) {
    case 'catch':
      if (handling.is === 'comment') return comment === 'words' ? 'This catch holds a comment that gives no reason' : 'This catch holds nothing but a comment';
      return handling.is === 'default' ? 'This catch does nothing but return' : 'This catch is empty';
    case 'callback':
      return 'This error check does nothing';
    default:
      return handling.is === 'default' ? `This \`.catch\` drops the error for a \`${handling.gives?.text}\` that nobody reads` : 'This `.catch` handler does nothing';
  }
}

/** What a caller gets in place of a result. */
export function standIn({ gives }: SilentFailure): string {
  return gives === null ? 'nothing' : `\`${gives.text}\``;
}
