import { setTimeout as sleep } from 'node:timers/promises';

export async function notify(url: string): Promise<void> {
  let attempts = 0;
  let failure: unknown;
  do {
    try {
      await fetch(url, { method: 'POST' });
      return;
    } catch (error) {
      failure = error;
      if (attempts < 4) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempts));
    }
    attempts += 1;
  } while (attempts < 5);
  throw failure;
}
