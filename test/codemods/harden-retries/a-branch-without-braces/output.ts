import { setTimeout as sleep } from 'node:timers/promises';

export class Orders {
  async load(url: string, attempt = 0): Promise<Response> {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt < 3) {
        await sleep(Math.random() * Math.min(10_000, 200 * 2 ** attempt));
        return this.load(url, attempt + 1);
      }
      throw error;
    }
  }
}
