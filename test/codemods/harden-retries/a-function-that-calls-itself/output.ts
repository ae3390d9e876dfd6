import { setTimeout as sleep } from 'node:timers/promises';

export async function loadOrder(url: string, left = 5): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left === 0) throw error;
    await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (5 - left)));
    return loadOrder(url, left - 1);
  }
}
