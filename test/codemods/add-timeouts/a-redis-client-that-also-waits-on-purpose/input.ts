import Redis from 'ioredis';

const redis = new Redis({ host: 'cache.internal' });

export const next = () => redis.blpop('jobs', 0);
export const get = (key: string) => redis.get(key);
