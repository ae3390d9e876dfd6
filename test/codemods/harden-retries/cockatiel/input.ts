import { handleAll, retry } from 'cockatiel';

export const policy = retry(handleAll);
export const limited = retry(handleAll, { maxAttempts: 3 });
