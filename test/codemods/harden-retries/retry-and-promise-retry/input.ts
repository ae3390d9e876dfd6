import promiseRetry from 'promise-retry';
import retry from 'retry';

export const operation = retry.operation({ retries: 5, minTimeout: 100 });
export const load = (url: string) => promiseRetry({ retries: 5 }, (again) => fetch(url).catch(again));
