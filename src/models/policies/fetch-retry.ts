import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'fetch-retry',
    title: 'fetch-retry',
    packages: ['fetch-retry'],
    checked: ['5.0.6', '6.0.0'],
    exports: { default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 3, option: 'retries', methods: 'all', backoff: 'fixed', jitter: false, delay: ['retryDelay'],
      edits: [
        { adds: 'delay', path: 'retryDelay', text: '(attempt) => Math.random() * Math.min({cap}, {base} * 2 ** attempt)' },
        { adds: 'growth', path: 'retryDelay', text: '(attempt) => Math.random() * Math.min({cap}, {was} * 2 ** attempt)' },
      ],
      note: 'waits 1 s each time; a reply, 503 too, is tried again only where `retryOn` says so', source: 'retry',
    },
    sources: { retry: 'fetch-retry@6.0.0 index.js:25-29; run: a GET and a POST that are reset are asked 4 times, 503 once' },
    verified: 'source+test',
  },
];
