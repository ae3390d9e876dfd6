import { backOff } from 'exponential-backoff';

export const load = (url: string) => backOff(() => fetch(url), { numOfAttempts: 5 });
