import { Redis } from 'ioredis';

const redis = new Redis({ host: process.env.REDIS_HOST ?? '127.0.0.1', port: Number(process.env.REDIS_PORT ?? 6379), lazyConnect: true });
redis.on('error', (error) => console.error(error.message));

export async function getSession(id: string): Promise<string | null> {
  return redis.get(`session:${id}`);
}
