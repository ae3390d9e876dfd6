/** One downstream hangs; calls to the other, through the same service, are measured. */
import { neighbourUnharmed } from '../bounds.mjs';
import { figuresOf, median } from '../figures.mjs';

export const neighbour = {
  name: 'neighbour',
  title: 'payments hangs, catalog is healthy (figures: catalog)',
  alone: true,
  runs: 5,
  patience: 8000,
  async measure({ payments, callers }, { quick }) {
    await payments.fault({ mode: 'hang' });
    const ends = performance.now() + (quick ? 2000 : 6000);
    const more = () => performance.now() < ends;
    const warm = performance.now() + (quick ? 500 : 2000);
    const [outcomes] = await Promise.all([
      callers.steady(100, (index) => ({ path: `/products/p${index}` }), more),
      callers.steady(20, (index) => ({ path: `/payments/p${index}`, hangUpAfter: 7000 }), more),
    ]);
    const measured = outcomes.filter(({ at }) => at >= warm);
    return { ...figuresOf(measured), neighbour: median(measured.map(({ ms }) => ms)) };
  },
  /** The figures of several runs as one: the middle of the medians, the worst of the rest. */
  join: (runs) => ({
    calls: runs.reduce((sum, run) => sum + run.calls, 0),
    good: runs.reduce((sum, run) => sum + run.good, 0),
    endless: runs.reduce((sum, run) => sum + run.endless, 0),
    p99: Math.max(...runs.map((run) => run.p99)),
    longest: Math.max(...runs.map((run) => run.longest)),
    neighbour: median(runs.map((run) => run.neighbour)),
    stoodStill: median(runs.map((run) => run.stoodStill)),
    runs: runs.length,
  }),
  judge: (before, after) => [neighbourUnharmed(before, after)],
};
