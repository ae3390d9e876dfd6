/** What has to hold of the service after the codemods, as verdicts with the figures that they rest on. */
import { NUMBERS } from './policy-numbers.mjs';

/** @typedef {{ name: string, holds: boolean, text: string }} Verdict */

export const ms = (value) => (value === Infinity ? 'never' : `${Math.round(value)} ms`);
export const share = (part, whole) => `${((100 * part) / whole).toFixed(2)} %`;
const ratio = ({ requests, calls }) => requests / calls;

/** A timer may be this late on a busy machine, ms. */
const LATE = 50;

/** A scenario that does not hurt the service as it is proves nothing. */
export function hurtsBefore(holds, text) {
  return { name: 'the fault is felt before', holds, text };
}

export function fewRequests(before, after, atLeastBefore) {
  return [
    { name: 'at most 1.1 requests a call at a dead downstream', holds: ratio(after) <= 1.1, text: `${ratio(after).toFixed(2)} (${after.requests} for ${after.calls} calls), before ${ratio(before).toFixed(2)}` },
    ...(atLeastBefore === undefined ? [] : [hurtsBefore(Math.round(10 * ratio(before)) >= 10 * atLeastBefore, `${ratio(before).toFixed(2)} requests a call, at least ${atLeastBefore} expected`)]),
  ];
}

export function oneLayerOfRetries(before, after) {
  return { name: 'no more attempts than before', holds: ratio(after) <= ratio(before), text: `${ratio(after).toFixed(2)} for a call that fails, before ${ratio(before).toFixed(2)}` };
}

export function successAtFewErrors(before, after) {
  const rate = ({ good, calls }) => good / calls;
  return [
    { name: 'at least 10,000 reads', holds: after.calls >= 10_000 && before.calls >= 10_000, text: `${before.calls} before, ${after.calls} after` },
    { name: 'success of at least 99.9 % at 2 % errors', holds: rate(after) >= 0.999, text: `${share(after.good, after.calls)} (${after.calls - after.good} of ${after.calls} failed)` },
    { name: 'success not below before', holds: rate(after) >= rate(before), text: `${after.calls - after.good} of ${after.calls} failed, before ${before.calls - before.good} of ${before.calls}` },
  ];
}

export function boundedWait(after, limit = NUMBERS.deadline, what = 'deadline') {
  return { name: `no wait longer than the ${what} + 10 %`, holds: after.endless === 0 && after.longest <= limit * 1.1, text: `longest ${after.endless > 0 ? `for ever (${after.endless} calls)` : ms(after.longest)}, ${what} ${ms(limit)}` };
}

export function recovered(after, underway = 0) {
  const limit = (NUMBERS.halfOpen + underway) * 1.1;
  return { name: 'recovered within one half-open interval', holds: after.recovery <= limit, text: `${ms(after.recovery)} after the fault, interval ${ms(NUMBERS.halfOpen)}${underway > 0 ? ` + the attempt under way, ${ms(underway)}` : ''}` };
}

export function neighbourUnharmed(before, after) {
  const slack = Math.max(before.neighbour * 0.1, 2);
  return { name: "healthy neighbour's median latency within max(10 %, 2 ms)", holds: after.neighbour - before.neighbour <= slack, text: `${after.neighbour.toFixed(2)} ms, before ${before.neighbour.toFixed(2)} ms (medians of ${after.runs} runs each, alternated)` };
}

export function noFalseOpening(after, why) {
  return { name: `no opening at ${why}`, holds: after.falseOpenings === 0, text: `${after.falseOpenings} of ${after.controls} good calls afterwards failed` };
}

export function notAppliedTwice(before, after, doubledBefore) {
  return [
    { name: 'no write applied twice', holds: after.twice === 0, text: `${after.twice} of ${after.writes} writes, before ${before.twice}` },
    ...(doubledBefore ? [hurtsBefore(before.twice > 0, `${before.twice} of ${before.writes} writes applied twice`)] : []),
  ];
}

export function keyedWritesSucceed(before, after) {
  return { name: 'writes with an idempotency key still get through', holds: after.keyed >= before.keyed, text: `${after.keyed} of ${after.keyedWrites}, before ${before.keyed}` };
}

export function noMoreSockets(before, after, callers) {
  return [
    { name: 'no more sockets than before', holds: after.sockets <= before.sockets, text: `${after.sockets} at most, before ${before.sockets}` },
    // Each caller's next one may open while the one before is being closed.
    ...(callers === undefined ? [] : [{ name: 'discarded answers hold no sockets', holds: after.sockets <= callers * 2, text: `${after.sockets} at most for ${callers} callers` }]),
  ];
}

export function probeKeepsCircuitOpen(after) {
  return { name: 'a probe that its caller aborts does not close the circuit', holds: ratio(after) <= 0.1, text: `${after.requests} of ${after.calls} calls after it reached the dead downstream` };
}

export function budgetKept(after, budget) {
  return { name: "no caller waits past the time that it gave", holds: after.longest <= budget * 1.1 + LATE, text: `longest ${ms(after.longest)}, time given ${ms(budget)}` };
}

export function pauseHonoured(after) {
  return { name: 'Retry-After is honoured', holds: after.early === 0, text: `${after.early} of ${after.calls} retries came early` };
}

export function everyCallGood(after, what) {
  return { name: what, holds: after.good === after.calls, text: `${after.calls - after.good} of ${after.calls} failed` };
}
