import pRetry from 'p-retry';
import { handleAll, retry } from 'cockatiel';

export const forever = retry(handleAll, { maxAttempts: Infinity });
export const eager = (url: string) => pRetry(() => fetch(url), { retries: 5, minTimeout: 0 });
