import { setTimeout as sleep } from 'node:timers/promises';

export async function ping(url: string): Promise<boolean> {
  let retries = 4;
  while (retries--) {
    try {
      await fetch(url);
      return true;
    } catch {
      if (retries > 0) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (3 - retries)));
      continue;
    }
  }
  return false;
}
