import { setTimeout as sleep } from 'node:timers/promises';
import { report } from '@acme/telemetry';
import { work } from '@acme/work';

export async function load(url: string): Promise<unknown> {
  for (let i = 0; i < 3; i++) {
    try {
      return await fetch(url);
    } catch (error) {
      await report(error);
    }
  }
  return null;
}

export async function perform(): Promise<unknown> {
  for (let i = 0; i < 3; i++) {
    try {
      return await work();
    } catch {
      await sleep(1000);
    }
  }
  return null;
}
