import retry from 'async/retry';
import { retry as attempt } from '@lifeomic/attempt';
import fetchRetry from 'fetch-retry';
import { retry as again } from 'radash';

export const one = attempt(() => fetch('http://orders.internal'), { maxAttempts: 5 });
export const two = fetchRetry(fetch, { retries: 5 });
export const three = fetchRetry(fetch, { retries: 5, retryDelay: 500 });
export const four = again({ times: 5, delay: 300 }, () => fetch('http://orders.internal'));
export { retry };
