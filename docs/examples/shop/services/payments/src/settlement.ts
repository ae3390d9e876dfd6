import { setTimeout as sleep } from 'node:timers/promises';

const request = (chargeId: string): Promise<Response> =>
  fetch(`https://provider.example/settlements/${chargeId}`, { method: 'PUT', signal: AbortSignal.timeout(5_000) });

/** Failure: five attempts follow each other at once, on a provider that is already failing. */
export async function settle(chargeId: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(chargeId);
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** Sound: the delay grows, and full jitter keeps callers that failed together apart. */
export async function settleWithBackoff(chargeId: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(chargeId);
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt));
    }
  }
}
