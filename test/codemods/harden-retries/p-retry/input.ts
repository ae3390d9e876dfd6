import pRetry from 'p-retry';

export const load = (url: string) => pRetry(() => fetch(url), { retries: 4 });
export const slow = (url: string) => pRetry(() => fetch(url), { minTimeout: 30_000 });
export const bare = (url: string) => pRetry(() => fetch(url));
export const even = (url: string) =>
  pRetry(() => fetch(url), {
    retries: 4,
    factor: 1, // even
    maxTimeout: 5000,
  });
