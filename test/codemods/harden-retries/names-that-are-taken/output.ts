import { delay } from './clock.js';
import { setTimeout as pause } from 'node:timers/promises';

const sleep = 'soundly';

export async function load(url: string, attempt: string): Promise<Response> {
  let failures = 0;
  while (failures < 3) {
    try {
      return await fetch(`${url}?attempt=${attempt}&slept=${sleep}`);
    } catch (error) {
      failures++;
      if (failures < 3) await pause(Math.random() * Math.min(10_000, 200 * 2 ** (failures - 1)));
    }
  }
  return delay(Response.error());
}
