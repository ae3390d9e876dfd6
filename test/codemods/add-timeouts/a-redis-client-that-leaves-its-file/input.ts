import Redis from 'ioredis';

export const redis = new Redis({ host: 'cache.internal' });

export const get = (key: string) => redis.get(key);
