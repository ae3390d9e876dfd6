import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'lifeomic-attempt',
    title: '@lifeomic/attempt',
    packages: ['@lifeomic/attempt'],
    checked: ['3.1.0'],
    exports: { retry: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 2, option: 'maxAttempts', counts: 'attempts', methods: 'all', backoff: 'fixed', jitter: false,
      chosenBy: { path: 'handleError' },
      delay: ['delay'], growth: { path: 'factor', unless: [0, 1] }, randomness: { path: 'jitter', off: [false] },
      edits: [
        { adds: 'delay', path: 'delay', text: '{base}' },
        { adds: 'growth', path: 'factor', text: '2' },
        { adds: 'jitter', path: 'jitter', text: 'true' },
        { adds: 'cap', path: 'maxDelay', text: '{cap}', least: { option: 'delay', default: 200 } },
      ],
      note: 'waits 200 ms each time, unless `factor` is given', source: 'retry',
    },
    sources: { retry: 'README of @lifeomic/attempt 3: delay 200, factor 0, maxAttempts 3, jitter false' },
    verified: 'docs',
  },
];
