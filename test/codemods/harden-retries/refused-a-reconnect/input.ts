import { setTimeout as sleep } from 'node:timers/promises';

export async function connect(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch {
      await sleep(1000);
    }
  }
}
