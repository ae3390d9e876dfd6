import { setTimeout as sleep } from 'node:timers/promises';

export async function publish(url: string, body: string): Promise<void> {
  let attempts = 0;
  for (;;) {
    try {
      await fetch(url, { method: 'POST', body });
      return;
    } catch (error) {
      if (++attempts >= 3) throw error;
      // again
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (attempts - 1)));
    }
  }
}
