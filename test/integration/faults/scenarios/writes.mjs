/** A write is applied, and the service does not hear of it. */
import { boundedWait, keyedWritesSucceed, notAppliedTwice } from '../bounds.mjs';
import { figuresOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

/** Charges one after the other, with good reads between, so that no circuit has a reason to open. */
async function charges({ payments, downstreams, callers }, fault, each) {
  await payments.fault({ ...fault, attempts: 1, only: '/charges/' });
  const plain = [];
  const keyed = [];
  for (let index = 0; index < each; index++) {
    plain.push(...(await callers.together(1, 1, () => ({ path: `/charges/plain${index}`, method: 'POST' }))));
    await callers.together(1, 3, (read) => ({ path: `/payments/a${index}-${read}` }));
    keyed.push(...(await callers.together(1, 1, () => ({ path: `/charges/keyed${index}`, method: 'POST', headers: { 'idempotency-key': `key${index}` } }))));
    await callers.together(1, 3, (read) => ({ path: `/payments/b${index}-${read}` }));
  }
  // One whose attempt was given up may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const sent = payments.requests.filter(({ key }) => key.startsWith('POST '));
  return {
    ...figuresOf([...plain, ...keyed]), requests: sent.length,
    twice: [...downstreams.payments.applied.values()].filter((times) => times > 1).length, writes: plain.length + keyed.length,
    keyed: keyed.filter(({ status }) => status === 200).length, keyedWrites: keyed.length,
  };
}

export const droppedReply = {
  name: 'dropped-reply',
  title: 'charges are made, the connection breaks before the answer',
  measure: (stage, { quick }) => charges(stage, { mode: 'drop-reply' }, quick ? 4 : 20),
  judge: (before, after) => [...notAppliedTwice(before, after, true), keyedWritesSucceed(before, after), boundedWait(after)],
};

/** Later than the bound of an attempt: what gave up must not try again. */
export const lateReply = {
  name: 'late-reply',
  title: 'charges are made, the answer comes after the bound of an attempt',
  measure: (stage, { quick }) => charges(stage, { mode: 'late-reply', ms: NUMBERS.attempt + 500 }, quick ? 1 : 4),
  judge: (before, after) => [...notAppliedTwice(before, after, false), keyedWritesSucceed(before, after), boundedWait(after)],
};
