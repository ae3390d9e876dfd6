import type { PolicyModel } from '../policy-types.js';

const timeouts = {
  retries: 10, option: 'retries', methods: 'all', backoff: 'exponential', jitter: false,
  forever: 'forever', delay: ['minTimeout'], growth: { path: 'factor', unless: [1] }, randomness: { path: 'randomize', off: [false] },
  edits: [
    { adds: 'delay', path: 'minTimeout', text: '{base}' },
    { adds: 'growth', path: 'factor', text: '2' },
    { adds: 'cap', path: 'maxTimeout', text: '{cap}', least: { option: 'minTimeout', default: 1000 } },
    { adds: 'jitter', path: 'randomize', text: 'true' },
    { adds: 'limit', path: 'retries', text: '{retries}' },
  ],
  note: 'waits 1 s, 2 s, … 512 s: 17 min in all', source: 'retry',
} as const;

/** Promise wrappers take the same options. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'retry',
    title: 'retry',
    packages: ['retry'],
    checked: ['0.12.0', '0.13.1'],
    exports: {
      operation: { does: 'passes', retries: true, retryOptions: { at: [0] } },
      'default.operation': { does: 'passes', retries: true, retryOptions: { at: [0] } },
    },
    retry: timeouts,
    sources: { retry: 'retry@0.13.1 lib/retry.js:3-40; run: 11 calls' },
    verified: 'source+test',
  },
  {
    id: 'promise-retry',
    title: 'promise-retry',
    packages: ['promise-retry'],
    checked: ['1.1.1', '2.0.1'],
    // `promiseRetry(fn, options)` and `promiseRetry(options, fn)`.
    exports: { default: { does: 'passes', retries: true, subject: { at: [0, 1] }, retryOptions: { at: [1, 0] } } },
    retry: timeouts,
    sources: { retry: 'promise-retry@2.0.1 index.js:12-24 (options go to retry as they are); run: 11 calls with options first and last' },
    verified: 'source+test',
  },
];
