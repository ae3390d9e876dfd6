import { setTimeout as sleep } from 'node:timers/promises';

export async function retry<T>(run: () => Promise<T>, times = 3): Promise<T> {
  let last: unknown;
  for (let i = 0; i < times; i++) {
    try {
      return await run();
    } catch (error) {
      last = error;
      if (i < times - 1) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i));
    }
  }
  throw last;
}
