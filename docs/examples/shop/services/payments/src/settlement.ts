import { setTimeout as sleep } from 'node:timers/promises';
import got from 'got';

const provider = got.extend({ prefixUrl: 'https://provider.example', timeout: { request: 5_000 }, retry: { limit: 0 } });

/** Failure: five attempts follow each other at once, on a provider that is already failing. */
export async function settle(chargeId: string): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await provider.put(`settlements/${chargeId}`);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** Sound: the delay grows, and full jitter keeps callers that failed together apart. */
export async function settleWithBackoff(chargeId: string): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await provider.put(`settlements/${chargeId}`);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt));
    }
  }
}
