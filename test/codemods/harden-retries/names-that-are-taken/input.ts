import { delay } from './clock.js';

const sleep = 'soundly';

export async function load(url: string, attempt: string): Promise<Response> {
  let failures = 0;
  while (failures < 3) {
    try {
      return await fetch(`${url}?attempt=${attempt}&slept=${sleep}`);
    } catch (error) {
      failures++;
    }
  }
  return delay(Response.error());
}
