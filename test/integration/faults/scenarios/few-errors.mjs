/** Every fiftieth request fails: what retries are for. */
import { boundedWait, successAtFewErrors } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';

export const errors = {
  name: 'errors',
  title: '2 % of requests fail, by 503 or reset',
  alone: true,
  async measure({ payments, callers }, { quick }) {
    await payments.fault({ mode: 'errors', share: 0.02 });
    const reads = quick ? 1000 : 10_000;
    const outcomes = await callers.steady(400, (index) => ({ path: `/payments/p${index}` }), (index) => index < reads);
    return { ...figuresOf(outcomes), requests: payments.requests.length, sockets: payments.peak };
  },
  judge: (before, after, { quick }) => [...successAtFewErrors(before, after).slice(quick ? 1 : 0), boundedWait(after)],
};
