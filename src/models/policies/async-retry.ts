import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'async-retry',
    title: 'async-retry',
    packages: ['async-retry'],
    checked: ['1.3.3'],
    exports: { default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 10, option: 'retries', methods: 'all', backoff: 'exponential', jitter: true, retriesTimeouts: true,
      waits: { first: { path: 'minTimeout', byDefault: 1000 }, factor: { path: 'factor', byDefault: 2 }, most: { path: 'maxTimeout', byDefault: Infinity } },
      forever: 'forever', growth: { path: 'factor', unless: [1] }, randomness: { path: 'randomize', off: [false] },
      edits: [{ adds: 'growth', path: 'factor', text: '2' }, { adds: 'limit', path: 'retries', text: '{retries}' }],
      note: 'waits 1 s, 2 s, … with a random factor of 1 to 2', source: 'retry',
    },
    sources: { retry: 'async-retry@1.3.3 lib/index.js:4-13, retry@0.13.1 lib/retry.js:18-22' },
    verified: 'source',
  },
];
