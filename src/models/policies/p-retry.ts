import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'p-retry',
    title: 'p-retry',
    packages: ['p-retry'],
    checked: ['4.6.2', '6.2.1', '7.1.1', '9.0.0'],
    exports: {
      default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } },
      makeRetriable: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] }, versions: '>=7' },
    },
    retry: {
      retries: 10, option: 'retries', methods: 'all', backoff: 'exponential', jitter: false, retriesTimeouts: true,
      chosenBy: { path: 'shouldRetry' },
      waits: { first: { path: 'minTimeout', byDefault: 1000 }, factor: { path: 'factor', byDefault: 2 }, most: { path: 'maxTimeout', byDefault: Infinity } },
      forever: 'forever', delay: ['minTimeout'], growth: { path: 'factor', unless: [1] }, randomness: { path: 'randomize', off: [false] },
      edits: [
        { adds: 'delay', path: 'minTimeout', text: '{base}' },
        { adds: 'growth', path: 'factor', text: '2' },
        { adds: 'jitter', path: 'randomize', text: 'true' },
        { adds: 'cap', path: 'maxTimeout', text: '{cap}', least: { option: 'minTimeout', default: 1000 } },
        { adds: 'limit', path: 'retries', text: '{retries}' },
      ],
      note: 'waits 1 s, 2 s, … 512 s: 17 min in all; a TypeError that is not a network error is not tried again', source: 'retry',
    },
    sources: { retry: 'p-retry@7.1.1 index.js:88-165, p-retry@4.6.2 index.js:37-45 (on top of retry, same numbers); run with 4, 6, 7 and 9: 11 calls' },
    verified: 'source+test',
  },
];
