import { cache } from './cache.js';

type Basket = Record<string, string>;

/** Failure: HGETALL answers an empty object for a key that is not there, so the miss is never seen. */
export async function readBasket(userId: string, load: () => Promise<Basket>): Promise<Basket> {
  const stored = await cache.hgetall(`basket:${userId}`);
  if (stored) return stored;
  const basket = await load();
  await cache.hset(`basket:${userId}`, basket);
  await cache.expire(`basket:${userId}`, 600);
  return basket;
}

/** Sound: no fields, no entry. */
export async function findBasket(userId: string, load: () => Promise<Basket>): Promise<Basket> {
  const stored = await cache.hgetall(`basket:${userId}`);
  if (Object.keys(stored).length > 0) return stored;
  const basket = await load();
  await cache.hset(`basket:${userId}`, basket);
  await cache.expire(`basket:${userId}`, 600);
  return basket;
}

/** Failure: a cache that is slow or down is filled at once by every request that could not read it. */
export async function readPrice(sku: string, load: () => Promise<number>): Promise<number> {
  const stored = await cache.get(`price:${sku}`).catch(() => null);
  if (stored !== null) return Number(stored);
  const price = await load();
  await cache.set(`price:${sku}`, String(price), 'EX', 60);
  return price;
}
