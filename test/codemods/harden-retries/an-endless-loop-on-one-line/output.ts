import { setTimeout as sleep } from 'node:timers/promises';

export async function publish(url: string): Promise<Response> {
  let attempts = 0;
  while (true) { try { return await fetch(url); } catch (error) { if (++attempts >= 3) throw error; await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (attempts - 1))); } }
}
