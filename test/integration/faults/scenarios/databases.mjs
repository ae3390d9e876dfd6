/** PostgreSQL and Redis stop answering for a time, as real servers behind the proxy. */
import { boundedWait, hurtsBefore } from '../bounds.mjs';
import { figuresOf, recoveryOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

async function silence(proxy, callers, path, { quick }) {
  await callers.together(5, 2, () => ({ path }));
  await proxy.fault({ mode: 'hang' });
  const outcomes = await callers.steady(10, () => ({ path }), (index) => index < (quick ? 10 : 30));
  await proxy.fault({ mode: 'pass' });
  const ended = performance.now();
  const later = await callers.steady(10, () => ({ path }), (index) => index < 20);
  return { ...figuresOf(outcomes), recovery: recoveryOf(later, ended), sockets: proxy.peak };
}

export const postgres = {
  name: 'postgres',
  title: 'PostgreSQL answers nothing',
  needs: 'postgres',
  patience: 7500,
  measure: (stage, size) => silence(stage.postgres, stage.callers, '/orders/o1', size),
  // A statement may wait for a connection first: each has its bound.
  judge: (before, after) => [hurtsBefore(before.endless > 0, `${before.endless} of ${before.calls} calls wait for ever`), boundedWait(after, 2 * NUMBERS.deadline, 'bounds of a connection and a statement')],
};

export const redis = {
  name: 'redis',
  title: 'Redis answers nothing',
  needs: 'redis',
  patience: 7500,
  measure: (stage, size) => silence(stage.redis, stage.callers, '/sessions/s1', size),
  judge: (before, after) => [hurtsBefore(before.endless > 0, `${before.endless} of ${before.calls} calls wait for ever`), boundedWait(after)],
};
