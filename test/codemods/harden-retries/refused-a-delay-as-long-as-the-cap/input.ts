import { setTimeout as sleep } from 'node:timers/promises';

export async function load(url: string): Promise<Response | null> {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(30_000);
    }
  }
  return null;
}
