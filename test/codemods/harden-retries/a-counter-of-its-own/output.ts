import { setTimeout as sleep } from 'node:timers/promises';

export async function save(url: string, retries: number): Promise<void> {
  let attempt = 0;
  while (retries > 0) {
    try {
      await fetch(url, { method: 'PUT' });
      return;
    } catch (error) {
      retries -= 1;
      if (retries <= 0) throw error;
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt++));
    }
  }
}

export async function read(url: string, retries: number): Promise<Response | null> {
  let attempt = 0;
  while (retries > 0) {
    try {
      return await fetch(url);
    } catch {
      retries -= 1;
      if (retries > 0) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt++));
    }
  }
  return null;
}
