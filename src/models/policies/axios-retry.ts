import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'axios-retry',
    title: 'axios-retry',
    packages: ['axios-retry'],
    checked: ['3.9.1', '4.5.0'],
    exports: { default: { does: 'passes', retries: true, attachesTo: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 3, option: 'retries', methods: 'all', afterReply: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'], chosenBy: { path: 'retryCondition' }, backoff: 'none', jitter: false, delay: ['retryDelay'],
      // Of a broken connection nobody knows whether the request was carried out; only two conditions ask for the method.
      condition: {
        path: 'retryCondition', sparesWrites: ['isIdempotentRequestError', 'isSafeRequestError'],
        repeatsWrites: ['isNetworkOrIdempotentRequestError', 'isNetworkError', 'isRetryableError'],
      },
      edits: [{ adds: 'delay', path: 'retryDelay', text: '{callee}.exponentialDelay' }],
      note: 'tries again at once; from 4.2 on a Retry-After header is waited for', source: 'retry',
    },
    sources: { retry: 'axios-retry@4.5.0 dist/esm/index.js: `retryDelay: noDelay`, `retries: 3`; run: a POST on ECONNRESET was sent 4 times; axios-retry@4.1.0 dist/esm/index.js: noDelay reads no header, axios-retry@4.2.0 does' },
    verified: 'source+test',
  },
];
