import pRetry from 'p-retry';

export const load = (url: string) => pRetry(() => fetch(url), { retries: 4, randomize: true, maxTimeout: 10_000 });
export const slow = (url: string) => pRetry(() => fetch(url), { minTimeout: 30_000, randomize: true });
export const bare = (url: string) => pRetry(() => fetch(url), { randomize: true, maxTimeout: 10_000 });
export const even = (url: string) =>
  pRetry(() => fetch(url), {
    retries: 4,
    factor: 2, // even
    maxTimeout: 5000,
    randomize: true,
  });
