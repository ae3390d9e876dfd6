import retry from 'async/retry';
import { retry as attempt } from '@lifeomic/attempt';
import fetchRetry from 'fetch-retry';
import { retry as again } from 'radash';

export const one = attempt(() => fetch('http://orders.internal'), { maxAttempts: 5, factor: 2, jitter: true, maxDelay: 10_000 });
export const two = fetchRetry(fetch, { retries: 5, retryDelay: (attempt) => Math.random() * Math.min(10_000, 200 * 2 ** attempt) });
export const three = fetchRetry(fetch, { retries: 5, retryDelay: (attempt) => Math.random() * Math.min(10_000, 500 * 2 ** attempt) });
export const four = again({ times: 5, backoff: (count) => Math.random() * Math.min(10_000, 300 * 2 ** (count - 1)) }, () => fetch('http://orders.internal'));
export { retry };
