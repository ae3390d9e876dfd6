/** A few requests fail: what retries are for. */
import { boundedWait, noFalseOpening, oneLayerOfRetries, successAtFewErrors } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';

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

/** Too few to open a circuit, which would hide how often each is sent. */
export const attempts = {
  name: 'attempts',
  title: 'one read in ten always fails, the others never',
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'unavailable', only: '/payments/bad' });
    const bad = [];
    const good = [];
    for (let round = 0; round < 6; round++) {
      good.push(...(await callers.together(1, 9, (index) => ({ path: `/payments/fine${round}-${index}` }))));
      bad.push(...(await callers.together(1, 1, () => ({ path: `/payments/bad${round}` }))));
    }
    return {
      ...figuresOf(bad), requests: payments.requests.filter(({ key }) => key.includes('/bad')).length,
      controls: good.length, falseOpenings: good.filter(({ status }) => status !== 200).length,
    };
  },
  judge: (before, after) => [oneLayerOfRetries(before, after), noFalseOpening(after, 'a few failures among many good answers')],
};
