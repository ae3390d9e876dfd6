import { setTimeout as sleep } from 'node:timers/promises';

export async function result(url: string): Promise<unknown> {
  for (let i = 0; i < 60; i++) {
    try {
      const reply = await fetch(url);
      if (reply.status === 202) throw new Error('not ready yet');
      return await reply.json();
    } catch {
      await sleep(1000);
    }
  }
  return null;
}
