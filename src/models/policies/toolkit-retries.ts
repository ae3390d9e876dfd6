import type { PolicyModel } from '../policy-types.js';

/** `retry` of general helper libraries: no delay unless one is given. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'es-toolkit',
    title: 'es-toolkit',
    packages: ['es-toolkit'],
    checked: ['1.39.10'],
    exports: { retry: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: Infinity, option: 'retries', shorthand: true, methods: 'all', backoff: 'none', jitter: false, delay: ['delay'],
      edits: [
        { adds: 'delay', path: 'delay', text: '(attempts) => Math.random() * Math.min({cap}, {base} * 2 ** attempts)' },
        { adds: 'growth', path: 'delay', text: '(attempts) => Math.random() * Math.min({cap}, {was} * 2 ** attempts)' },
        { adds: 'limit', path: 'retries', text: '{retries}' },
      ],
      note: 'tries again at once and without end, unless `retries` and `delay` are given', source: 'retry',
    },
    sources: { retry: 'es-toolkit.dev/reference/function/retry.html: retries Infinity, delay 0' },
    verified: 'docs',
  },
  {
    id: 'radash',
    title: 'radash',
    packages: ['radash'],
    checked: ['12.1.0'],
    exports: { retry: { does: 'passes', retries: true, subject: { at: [1] }, retryOptions: { at: [0] } } },
    retry: {
      retries: 2, option: 'times', counts: 'attempts', methods: 'all', backoff: 'none', jitter: false, delay: ['delay', 'backoff'],
      edits: [
        { adds: 'delay', path: 'backoff', text: '(count) => Math.random() * Math.min({cap}, {base} * 2 ** (count - 1))' },
        { adds: 'growth', path: 'backoff', replaces: 'delay', text: '(count) => Math.random() * Math.min({cap}, {was} * 2 ** (count - 1))' },
      ],
      note: 'tries three times at once, unless `delay` or `backoff` is given', source: 'retry',
    },
    sources: { retry: 'radash-docs.vercel.app/docs/async/retry: times 3, no delay' },
    verified: 'docs',
  },
];
