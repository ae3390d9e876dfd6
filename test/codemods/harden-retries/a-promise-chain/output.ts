import { get } from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

export function load(url: string, retries = 3): Promise<unknown> {
  return get(url, { timeout: 1000 }).catch((error) => {
    if (retries === 0) throw error;
    return sleep(Math.random() * Math.min(10_000, 200 * 2 ** (3 - retries))).then(() => load(url, retries - 1));
  });
}

export const ping = (url: string, n = 0): Promise<Response> => fetch(url).catch((error) => (n < 3 ? sleep(Math.random() * Math.min(10_000, 200 * 2 ** n)).then(() => ping(url, n + 1)) : Promise.reject(error)));
