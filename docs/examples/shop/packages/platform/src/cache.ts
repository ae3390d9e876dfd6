import { Redis } from 'ioredis';

/** A command to a silent server ends after half a second. */
export const cache = new Redis({
  host: process.env.CACHE_HOST ?? 'cache.internal',
  commandTimeout: 500,
  connectTimeout: 1_000,
  maxRetriesPerRequest: 1,
});

export async function readCached<T>(key: string, load: () => Promise<T>): Promise<T> {
  const stored = await cache.get(key);
  if (stored !== null) return JSON.parse(stored) as T;
  const value = await load();
  await cache.set(key, JSON.stringify(value), 'EX', 60);
  return value;
}
