import type { PolicyModel } from '../policy-types.js';
import type { RetryModel } from '../retry-types.js';

const wrapped = { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } as const;

const unchosen: RetryModel = {
  retries: 10, option: 'retries', methods: 'all', backoff: 'exponential', jitter: false, retriesTimeouts: true,
  waits: { first: { path: 'minTimeout', byDefault: 1000 }, factor: { path: 'factor', byDefault: 2 }, most: { path: 'maxTimeout', byDefault: Infinity } },
  delay: ['minTimeout'], growth: { path: 'factor', unless: [1] }, randomness: { path: 'randomize', off: [false] },
  edits: [
    { adds: 'delay', path: 'minTimeout', text: '{base}' },
    { adds: 'growth', path: 'factor', text: '2' },
    { adds: 'jitter', path: 'randomize', text: 'true' },
    { adds: 'cap', path: 'maxTimeout', text: '{cap}', least: { option: 'minTimeout', default: 1000 } },
    { adds: 'limit', path: 'retries', text: '{retries}' },
  ],
  note: 'waits 1 s, 2 s, … 512 s: 17 min in all; a TypeError that is not a network error is not tried again', source: 'retry',
};

const retry: RetryModel = { ...unchosen, chosenBy: { path: 'shouldRetry' } };

/** From 7 on `forever` throws, and `retries: Infinity` is what takes the limit away. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'p-retry',
    title: 'p-retry',
    packages: ['p-retry'],
    versions: '>=7',
    checked: ['7.1.1', '9.0.0'],
    exports: { default: wrapped, makeRetriable: wrapped },
    retry,
    sources: { retry: 'p-retry@7.1.1 index.js:88-165, p-retry@9.0.0 index.js:88-101,249-261; run with 7 and 9: 11 calls, and `forever` throws' },
    verified: 'source+test',
  },
  {
    id: 'p-retry-6',
    title: 'p-retry',
    packages: ['p-retry'],
    versions: '>=6.2 <7',
    checked: ['6.2.1'],
    exports: { default: wrapped },
    retry: { ...retry, forever: 'forever' },
    sources: { retry: 'p-retry@6.2.1 index.js (on top of retry, same numbers); run: 11 calls, and without end with `forever`' },
    verified: 'source+test',
  },
  {
    id: 'p-retry-6.1',
    title: 'p-retry',
    packages: ['p-retry'],
    versions: '<6.2',
    checked: ['4.6.2', '6.1.0'],
    exports: { default: wrapped },
    retry: { ...unchosen, forever: 'forever' },
    sources: { retry: 'p-retry@4.6.2 index.js:37-45 (on top of retry, same numbers), p-retry@6.1.0 index.js (no `shouldRetry` before 6.2); run with 4: 11 calls, and without end with `forever`' },
    verified: 'source+test',
  },
];
