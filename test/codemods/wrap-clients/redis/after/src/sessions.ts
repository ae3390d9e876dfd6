import { createClient } from 'redis';
import { redis as redisPolicy } from './resilience';

const redis = createClient({ url: process.env.REDIS_URL!, disableOfflineQueue: true });
await redis.connect();

export async function session(id: string): Promise<string | null> {
  return redisPolicy.retryUnsent(() => redis.get(`session:${id}`));
}

export const next = () => redis.blPop('jobs', 0);

export const both = () => redis.multi().incr('a').incr('b').exec();

export const listen = () => redis.subscribe('news', () => undefined);
