import { setTimeout as sleep } from 'node:timers/promises';

export const pause = (ms: number) => sleep(ms);

export async function save(url: string, body: string): Promise<void> {
  let left = 5;
  while (left > 0) {
    try {
      await fetch(url, { method: 'PUT', body });
      return;
    } catch (error) {
      left--;
      if (left === 0) throw error;
    }
  }
}
