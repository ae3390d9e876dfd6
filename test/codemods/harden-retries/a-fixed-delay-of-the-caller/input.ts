import { setTimeout as sleep } from 'node:timers/promises';

export async function withRetry<T>(run: () => Promise<T>, retries = 3, delayMs = 1000): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= retries) throw error;
      await sleep(delayMs);
    }
  }
}
