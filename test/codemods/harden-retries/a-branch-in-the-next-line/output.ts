import { setTimeout as sleep } from 'node:timers/promises';

export const load = async (url: string, n = 1): Promise<Response> => {
  try {
    return await fetch(url);
  } catch (error) {
    if (n < 5) {
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (n - 1)))
      return load(url, n + 1)
    }
    throw error
  }
}
