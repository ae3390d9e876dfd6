/** Answers whose body is slow, stops half-way, or is never read. */
import { boundedWait, everyCallGood, hurtsBefore, noMoreSockets, pauseHonoured } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

const KINDS = ['payments', 'invoices'];

export const slowBody = {
  name: 'slow-body',
  title: 'the head comes at once, the body within 400 ms',
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'drip', ms: 50, pieces: 8 });
    const outcomes = [];
    for (const kind of KINDS) outcomes.push(...(await callers.together(5, 2, (index) => ({ path: `/${kind}/s${index}` }))));
    return { ...figuresOf(outcomes), requests: payments.requests.length };
  },
  judge: (_, after) => [everyCallGood(after, 'a slow body is read to its end'), boundedWait(after)],
};

export const stalledBody = {
  name: 'stalled-body',
  title: 'the head and half of the body, then nothing',
  patience: 5000,
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'stall' });
    const outcomes = await Promise.all(KINDS.map((kind) => callers.together(3, 1, (index) => ({ path: `/${kind}/h${index}` }))));
    return { ...figuresOf(outcomes.flat()), requests: payments.requests.length, sockets: payments.peak };
  },
  judge: (before, after) => [hurtsBefore(before.endless > 0, `${before.endless} of ${before.calls} calls wait for ever`), boundedWait(after)],
};

const CALLERS = 10;

export const discarded = {
  name: 'discarded',
  title: `first sendings of a tenth of the reads get a 503 with 256 KB that nobody reads; ${CALLERS} callers`,
  async measure({ payments, callers }, { quick }) {
    await payments.fault({ mode: 'unavailable', bytes: 256 * 1024, share: 0.1, attempts: 1 });
    const outcomes = await callers.together(CALLERS, quick ? 20 : 40, (index) => ({ path: `/payments/d${index}` }));
    return { ...figuresOf(outcomes), requests: payments.requests.length, sockets: payments.peak };
  },
  judge: (before, after) => [everyCallGood(after, 'every read succeeds at its second attempt'), ...noMoreSockets(before, after, CALLERS)],
};

/** Sent again no earlier than asked, less what a timer may be early, ms. */
const PAUSE = 1000 - 20;

export const retryAfter = {
  name: 'retry-after',
  title: 'the first sending of each read gets a 503 with "Retry-After: 1"',
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'unavailable', attempts: 1, headers: { 'retry-after': '1' } });
    const outcomes = await callers.together(3, 1, (index) => ({ path: `/payments/r${index}` }));
    const times = groups(payments.requests);
    const early = [...times.values()].filter(([first, second]) => second !== undefined && second - first < PAUSE).length;
    return { ...figuresOf(outcomes), requests: payments.requests.length, early };
  },
  judge: (before, after) => [hurtsBefore(before.early > 0, `${before.early} of ${before.calls} retries came early`), pauseHonoured(after), everyCallGood(after, 'and the call succeeds after the pause'), boundedWait(after, NUMBERS.deadline)],
};

/** Times of arrival by method and URL. */
function groups(requests) {
  const times = new Map();
  for (const { at, key } of requests) times.set(key, [...(times.get(key) ?? []), at]);
  return times;
}
