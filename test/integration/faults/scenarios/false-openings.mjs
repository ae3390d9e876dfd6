/** What is no fault of the downstream: records that do not exist, and callers that give up. */
import { budgetKept, noFalseOpening, probeKeepsCircuitOpen } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

const KINDS = ['payments', 'invoices'];

/** Good calls, after something that might have opened a circuit; what fails of them was kept from a healthy downstream. */
async function controls({ payments, callers }) {
  await payments.fault({ mode: 'pass' });
  const outcomes = [];
  for (const kind of KINDS) outcomes.push(...(await callers.together(5, 6, (index) => ({ path: `/${kind}/good${index}` }))));
  return { controls: outcomes.length, falseOpenings: outcomes.filter(({ status }) => status !== 200).length };
}

export const missing = {
  name: 'missing',
  title: 'every read asks for a record that does not exist (404)',
  async measure(stage) {
    const outcomes = [];
    for (const kind of KINDS) outcomes.push(...(await stage.callers.together(5, 20, (index) => ({ path: `/${kind}/missing${index}` }))));
    return { ...figuresOf(outcomes), requests: stage.payments.requests.length, ...(await controls(stage)) };
  },
  judge: (_, after) => [noFalseOpening(after, '4xx')],
};

/** Callers that close the connection, and callers whose own short limit is over, while the downstream is only slow. */
export const aborts = {
  name: 'aborts',
  title: 'callers give up after 100 ms on a downstream that takes 400',
  async measure(stage) {
    await stage.payments.fault({ mode: 'delay', ms: 400 });
    const outcomes = [];
    for (const kind of KINDS) {
      outcomes.push(...(await stage.callers.together(5, 6, (index) => ({ path: `/${kind}/left${index}`, hangUpAfter: 100 }))));
      outcomes.push(...(await stage.callers.together(5, 6, (index) => ({ path: `/${kind}/short${index}`, headers: { 'x-budget-ms': '100' } }))));
    }
    return { ...figuresOf(outcomes), ...(await controls(stage)) };
  },
  judge: (_, after) => [noFalseOpening(after, "callers' aborts")],
};

const BUDGET = 200;

export const budget = {
  name: 'budget',
  title: `callers give ${BUDGET} ms, the downstream says "try again in 1 s"`,
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'unavailable', headers: { 'retry-after': '1' } });
    const outcomes = await callers.together(3, 1, (index) => ({ path: `/payments/b${index}`, headers: { 'x-budget-ms': String(BUDGET) } }));
    return { ...figuresOf(outcomes), requests: payments.requests.length };
  },
  judge: (_, after) => [budgetKept(after, BUDGET)],
};

/** The circuit is open, its interval is over, and the caller whose call is the probe gives up. */
export const probe = {
  name: 'probe',
  title: 'the call that probes an open circuit is aborted by its caller',
  async measure({ payments, callers }) {
    await payments.fault({ mode: 'unavailable' });
    await callers.together(1, 20, (index) => ({ path: `/payments/o${index}` }));
    await payments.fault({ mode: 'hang' });
    await new Promise((resolve) => setTimeout(resolve, NUMBERS.halfOpen + 300));
    await callers.together(1, 1, () => ({ path: '/payments/probe', headers: { 'x-budget-ms': '150' } }));
    await payments.fault({ mode: 'unavailable' });
    const earlier = payments.requests.length;
    const outcomes = await callers.together(20, 1, (index) => ({ path: `/payments/n${index}` }));
    return { ...figuresOf(outcomes), requests: payments.requests.length - earlier };
  },
  judge: (_, after) => [probeKeepsCircuitOpen(after)],
};
