import { setTimeout as sleep } from 'node:timers/promises';

export async function load(url: string, waitMs: number): Promise<unknown> {
  for (let i = 0; i < 3; i++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(waitMs);
    }
  }
  return null;
}
