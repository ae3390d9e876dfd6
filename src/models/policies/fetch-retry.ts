import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'fetch-retry',
    title: 'fetch-retry',
    packages: ['fetch-retry'],
    checked: ['6.0.0'],
    exports: { default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 3, option: 'retries', methods: 'all', backoff: 'fixed', jitter: false, delay: ['retryDelay'],
      edits: [
        { adds: 'delay', path: 'retryDelay', text: '(attempt) => Math.random() * Math.min({cap}, {base} * 2 ** attempt)' },
        { adds: 'growth', path: 'retryDelay', text: '(attempt) => Math.random() * Math.min({cap}, {was} * 2 ** attempt)' },
      ],
      note: 'waits 1 s each time', source: 'retry',
    },
    sources: { retry: 'README of fetch-retry 6: retries 3, retryDelay 1000' },
    verified: 'docs',
  },
];
