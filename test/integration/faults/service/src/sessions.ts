import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', { lazyConnect: true });
redis.on('error', (error) => console.error(error.message));

export async function getSession(id: string): Promise<string | null> {
  return redis.get(`session:${id}`);
}
