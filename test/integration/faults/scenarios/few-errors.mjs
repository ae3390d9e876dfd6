/** A few requests fail: what retries are for. */
import { boundedWait, everyCallGood, successAtFewErrors } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

/** Calls a second. */
const RATE = 200;

export const errors = {
  name: 'errors',
  title: '2 % of requests fail, by 503 or reset',
  alone: true,
  async measure({ payments, callers }, { quick }) {
    await payments.fault({ mode: 'errors', share: 0.02 });
    const reads = quick ? 1000 : 10_000;
    const outcomes = await callers.steady(RATE, (index) => ({ path: `/payments/p${index}` }), (index) => index < reads);
    return { ...figuresOf(outcomes), requests: payments.requests.length, sockets: payments.peak };
  },
  judge: (before, after, { quick }) => [...successAtFewErrors(before, after).slice(quick ? 1 : 0), boundedWait(after)],
};

/** So many pause between two attempts that a bulkhead which counted them would be full. */
const PAUSE = 2;
const SHARE = (1.2 * NUMBERS.concurrency) / (RATE * PAUSE);

export const sleepers = {
  name: 'sleepers',
  title: `${Math.round(100 * SHARE)} % of reads are asked to come back in ${PAUSE} s: more than the bulkhead holds`,
  alone: true,
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'unavailable', share: SHARE, attempts: 1, headers: { 'retry-after': String(PAUSE) } });
    const outcomes = await callers.steady(RATE, (index) => ({ path: `/payments/z${index}` }), (index) => index < RATE * PAUSE * 2);
    return { ...figuresOf(outcomes), requests: payments.requests.length, sockets: payments.peak };
  },
  judge: (_, after) => [everyCallGood(after, 'nobody is turned away while others pause'), boundedWait(after)],
};
