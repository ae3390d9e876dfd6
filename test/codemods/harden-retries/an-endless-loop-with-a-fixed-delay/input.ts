import { setTimeout as sleep } from 'node:timers/promises';

export async function publish(url: string, body: string): Promise<void> {
  let done = false;
  while (!done) {
    try {
      await fetch(url, { method: 'POST', body });
      done = true;
    } catch (failure) {
      console.error('publish failed', failure);
      await sleep(1000);
    }
  }
}
