import { setTimeout as sleep } from 'node:timers/promises';

export async function first(url: string): Promise<Response | null> {
  for (let i = 0; i < 3; i++) {
    try {
      return await fetch(url);
    } catch { if (i < 2) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i)); }
  }
  return null;
}

export async function second(url: string): Promise<Response | null> {
  for (let i = 0; i < 4; i++) {
    try {
      return await fetch(url);
    } catch { if (i < 3) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i)); }
  }
  return null;
}
