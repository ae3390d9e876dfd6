import { Redis } from 'ioredis';
import { redis as redisPolicy } from './resilience';

const redis = new Redis(process.env.REDIS_URL!, { maxRetriesPerRequest: 3 });

export async function session(id: string): Promise<string | null> {
  return await redisPolicy.retryUnsent(() => redis.get(`session:${id}`));
}

export async function begin(id: string, user: string): Promise<void> {
  await redisPolicy.retryUnsent(() => redis.set(`session:${id}`, user, 'EX', 3_600));
}

/** A queue's worker waits on purpose. */
export const next = () => redis.blpop('jobs', 0);

export const both = () => redis.multi().incr('a').incr('b').exec();

export const listen = () => redis.subscribe('news');

export const entries = () => redis.xread('BLOCK', 5_000, 'STREAMS', 'log', '$');

redis.on('ready', () => {
  void redis.get('flag');
});
