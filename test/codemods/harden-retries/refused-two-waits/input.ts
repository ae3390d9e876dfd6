import { setTimeout as sleep } from 'node:timers/promises';

export async function load(url: string): Promise<Response | null> {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (error instanceof TypeError) await sleep(1000);
      else await sleep(5000);
    }
  }
  return null;
}
