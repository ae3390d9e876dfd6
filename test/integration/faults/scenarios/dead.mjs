/** The downstream is down for a minute, and comes back. */
import { boundedWait, fewRequests, hurtsBefore, noMoreSockets, recovered } from '../bounds.mjs';
import { figuresOf, recoveryOf } from '../figures.mjs';
import { NUMBERS } from '../policy-numbers.mjs';

/** Time with callers after the fault: one half-open interval, the bound of an attempt, and some to be sure, s. */
const AFTERWARDS = (NUMBERS.halfOpen + NUMBERS.attempt) / 1000 + 3;

/** A call that is sent so shortly before the end of the fault, ms, may find a good downstream. */
const EDGE = 100;

/** Good for two seconds, then the fault for a time, then good again; callers at a steady rate all along. */
async function outage({ payments, callers }, { fault, rate, seconds, healthy = 2 }) {
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const turns = [];
  const turn = async (to) => {
    await payments.fault(to);
    turns.push(performance.now());
  };
  const timers = [setTimeout(() => void turn(fault), healthy * 1000), setTimeout(() => void turn({ mode: 'pass' }), (healthy + seconds) * 1000)];
  const outcomes = await callers.steady(rate, (index) => ({ path: `/payments/p${index}` }), () => since() < healthy + seconds + AFTERWARDS);
  for (const timer of timers) clearTimeout(timer);
  const [began, ended] = turns;
  const during = outcomes.filter(({ at }) => at >= began && at < ended - EDGE);
  const theirs = new Set(during.map(({ path }) => `GET ${path}`));
  const requests = payments.requests.filter(({ key }) => theirs.has(key)).length;
  const perSecond = (times) => times.reduce((counts, at) => counts.set(Math.floor((at - start) / 1000), (counts.get(Math.floor((at - start) / 1000)) ?? 0) + 1), new Map());
  return {
    ...figuresOf(during), requests, sockets: payments.peak, recovery: recoveryOf(outcomes, ended),
    timeline: {
      from: healthy, to: healthy + seconds, until: Math.floor(healthy + seconds + AFTERWARDS), rate,
      requests: [...perSecond(payments.requests.map(({ at }) => at))], good: [...perSecond(outcomes.filter(({ status }) => status === 200).map(({ at }) => at))],
    },
  };
}

const minute = ({ quick }) => (quick ? 3 : 60);

export const dead = {
  name: 'dead',
  title: 'every request is answered 503',
  measure: (stage, size) => outage(stage, { fault: { mode: 'unavailable' }, rate: 20, seconds: minute(size) }),
  judge: (before, after) => [...fewRequests(before, after, 3), boundedWait(after), recovered(after)],
};

export const reset = {
  name: 'reset',
  title: 'every request is answered with a reset',
  measure: (stage, size) => outage(stage, { fault: { mode: 'reset' }, rate: 20, seconds: minute(size) }),
  judge: (before, after) => [...fewRequests(before, after, 3), boundedWait(after), recovered(after)],
};

/** So few calls that the probes of a half-open circuit weigh most. */
export const trickle = {
  name: 'trickle',
  title: '503, and a call every two seconds',
  measure: (stage, size) => outage(stage, { fault: { mode: 'unavailable' }, rate: 0.5, seconds: minute(size) }),
  // In a few seconds there are too few calls to weigh probes against.
  judge: (before, after, { quick }) => [...(quick ? [] : fewRequests(before, after, 3)), boundedWait(after)],
};

export const hang = {
  name: 'hang',
  title: 'connections are accepted, nothing is answered',
  patience: 5000,
  measure: (stage, size) => outage(stage, { fault: { mode: 'hang' }, rate: 20, seconds: minute(size) }),
  judge: (before, after) => [...fewRequests(before, after), hurtsBefore(before.endless > 0, `${before.endless} of ${before.calls} calls wait for ever`), boundedWait(after), recovered(after, NUMBERS.attempt), ...noMoreSockets(before, after)],
};

export const refuse = {
  name: 'refuse',
  title: 'the port is closed',
  // What a closed port was asked cannot be counted.
  measure: async (stage, { quick }) => ({ ...(await outage(stage, { fault: { mode: 'refuse' }, rate: 20, seconds: quick ? 3 : 15 })), requests: undefined }),
  judge: (_, after) => [boundedWait(after), recovered(after)],
};
