import { setTimeout as sleep } from 'node:timers/promises';

export async function loadPrices(url: string): Promise<unknown> {
  for (let i = 0; i < 5; i++) {
    if (i > 0) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (i - 1)));
    try {
      const reply = await fetch(url);
      return await reply.json();
    } catch (error) {
      if (error instanceof SyntaxError) {
        console.warn('not JSON', error);
        continue;
      }
      console.error(error);
    }
  }
  return null;
}
