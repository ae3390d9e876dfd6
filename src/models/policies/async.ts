import type { PolicyModel } from '../policy-types.js';

/** The callback library: `retry` waits only where `interval` says so. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'async',
    title: 'async',
    packages: ['async'],
    checked: ['3.2.6'],
    exports: {
      retry: { does: 'passes', retries: true, retryOptions: { at: [0] } },
      'default.retry': { does: 'passes', retries: true, retryOptions: { at: [0] } },
      retryable: { does: 'passes', retries: true, retryOptions: { at: [0] } },
      'default.retryable': { does: 'passes', retries: true, retryOptions: { at: [0] } },
    },
    retry: {
      retries: 4, option: 'times', counts: 'attempts', shorthand: true, methods: 'all', backoff: 'none', jitter: false, delay: ['interval'],
      edits: [
        { adds: 'delay', path: 'interval', text: '(count) => Math.random() * Math.min({cap}, {base} * 2 ** (count - 1))' },
        { adds: 'growth', path: 'interval', text: '(count) => Math.random() * Math.min({cap}, {was} * 2 ** (count - 1))' },
      ],
      note: 'tries again at once, unless `interval` is given', source: 'retry',
    },
    sources: { retry: 'caolan.github.io/async/v3/docs.html#retry: times 5, interval 0' },
    verified: 'docs',
  },
];
