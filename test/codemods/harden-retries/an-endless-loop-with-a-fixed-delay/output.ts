import { setTimeout as sleep } from 'node:timers/promises';

export async function publish(url: string, body: string): Promise<void> {
  let done = false;
  let attempts = 0;
  while (!done) {
    try {
      await fetch(url, { method: 'POST', body });
      done = true;
    } catch (failure) {
      if (++attempts >= 3) throw failure;
      console.error('publish failed', failure);
      await sleep(Math.random() * Math.min(10_000, 1000 * 2 ** (attempts - 1)));
    }
  }
}
