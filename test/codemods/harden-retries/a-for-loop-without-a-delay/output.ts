import { setTimeout as sleep } from 'node:timers/promises';

export async function loadOrder(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(url, { signal: AbortSignal.timeout(2000) });
    } catch (error) {
      // The other side may be busy.
      console.error(error);
      if (attempt < 2) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt));
    }
  }
  throw new Error('orders cannot be reached');
}
