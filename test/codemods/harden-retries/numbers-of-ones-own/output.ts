import pRetry from 'p-retry';
import { setTimeout as sleep } from 'node:timers/promises';

export async function publish(url: string): Promise<Response> {
  let attempts = 0;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (++attempts >= 5) throw error;
      console.error(error);
      await sleep(Math.random() * Math.min(2000, 50 * 2 ** (attempts - 1)));
    }
  }
}

export const load = (url: string) => pRetry(() => fetch(url), { retries: 4, randomize: true, maxTimeout: 2000 });
