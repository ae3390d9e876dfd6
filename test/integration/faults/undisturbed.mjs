/** Measures again when the machine was busy with something else: a service that stood still says nothing of its policies. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The longest that this process may have stood still, ms. */
export const STILL = 200;

/**
 * @param {() => Promise<T>} measure
 * @template T
 * @returns {Promise<T & { stoodStill: number }>} the first undisturbed try, or the least disturbed
 */
export async function undisturbed(measure, tries, log = () => undefined) {
  let best;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const figures = await measure();
    delay.disable();
    const stoodStill = delay.max / 1e6;
    if (best === undefined || stoodStill < best.stoodStill) best = { ...figures, stoodStill };
    if (stoodStill <= STILL) break;
    log(`the machine stood still for ${Math.round(stoodStill)} ms${attempt < tries ? ': measured again' : ''}`);
  }
  return best;
}
