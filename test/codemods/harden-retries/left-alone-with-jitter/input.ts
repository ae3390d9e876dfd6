import { setTimeout as sleep } from 'node:timers/promises';

export async function load(url: string): Promise<unknown> {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch {
      if (i < 4) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i));
    }
  }
  return null;
}
