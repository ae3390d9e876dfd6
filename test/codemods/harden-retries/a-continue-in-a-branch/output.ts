import { setTimeout as sleep } from 'node:timers/promises';

export async function loadStock(url: string, tries: number): Promise<unknown> {
  let attempt = 0;
  while (true) {
    try {
      const reply = await fetch(url);
      return await reply.json();
    } catch (error) {
      attempt++;
      if (attempt < tries) {
        await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (attempt - 1)));
        continue;
      }
      throw error;
    }
  }
}
