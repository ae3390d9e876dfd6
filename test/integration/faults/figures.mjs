/** Figures over the outcomes of calls. */

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => quantile(values, 0.5);

/** @param {import('./load.mjs').Outcome[]} outcomes */
export function figuresOf(outcomes) {
  const waits = outcomes.map(({ ms }) => ms);
  return {
    calls: outcomes.length,
    good: outcomes.filter(({ status }) => status === 200 || status === 404).length,
    p99: quantile(waits, 0.99),
    longest: Math.max(0, ...waits),
    endless: outcomes.filter(({ outcome }) => outcome === 'waits for ever').length,
  };
}

/** Time from the end of a fault until every call that was sent later was answered well, ms; Infinity where the last one still was not. */
export function recoveryOf(outcomes, faultEnded) {
  const later = outcomes.filter(({ at }) => at >= faultEnded).sort((a, b) => a.at - b.at);
  const lastBad = later.findLastIndex(({ status }) => status !== 200);
  if (lastBad === later.length - 1) return Infinity;
  return lastBad === -1 ? 0 : later[lastBad + 1].at - faultEnded;
}
