import { setTimeout as sleep } from 'node:timers/promises';

export async function loadPrices(url: string): Promise<unknown> {
  for (let i = 0; i < 5; i++) {
    const reply = await fetch(url);
    if (reply.ok) return reply.json();
    if (i < 4) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i));
  }
  return null;
}
