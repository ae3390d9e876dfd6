import { handleAll, retry, ExponentialBackoff } from 'cockatiel';

export const policy = retry(handleAll, { backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 10_000 }), maxAttempts: 2 });
export const limited = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 10_000 }) });
