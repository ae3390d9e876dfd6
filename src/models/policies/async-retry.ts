import type { PolicyModel } from '../policy-types.js';
import type { RetryModel } from '../retry-types.js';

const shared = {
  title: 'async-retry',
  packages: ['async-retry'],
  exports: { default: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
  verified: 'source+test',
} as const satisfies Partial<PolicyModel>;

const growing = {
  retries: 10, option: 'retries', methods: 'all', backoff: 'exponential', retriesTimeouts: true,
  waits: { first: { path: 'minTimeout', byDefault: 1000 }, factor: { path: 'factor', byDefault: 2 }, most: { path: 'maxTimeout', byDefault: Infinity } },
  forever: 'forever', growth: { path: 'factor', unless: [1] }, randomness: { path: 'randomize', off: [false] },
} as const satisfies Partial<RetryModel>;

const edits = [{ adds: 'growth', path: 'factor', text: '2' }, { adds: 'limit', path: 'retries', text: '{retries}' }] as const;

export const policies: readonly PolicyModel[] = [
  {
    ...shared,
    id: 'async-retry',
    versions: '>=1.3.1',
    checked: ['1.3.1', '1.3.3'],
    retry: { ...growing, jitter: true, edits, note: 'waits 1 s, 2 s, … with a random factor of 1 to 2', source: 'retry' },
    sources: { retry: 'async-retry@1.3.3 lib/index.js:4-13, retry@0.13.1 lib/retry.js:18-22; run: 20 first waits are spread over a second' },
  },
  {
    ...shared,
    id: 'async-retry-1.2',
    versions: '<1.3.1',
    checked: ['1.2.3', '1.3.0'],
    retry: {
      ...growing, jitter: false,
      edits: [...edits, { adds: 'jitter', path: 'randomize', text: 'true' }],
      note: 'waits 1 s, 2 s, …', source: 'retry',
    },
    // 1.3.0 means to set `randomize`, and asks for it by a condition that never holds.
    sources: { retry: 'async-retry@1.2.3 lib/index.js:6-7, async-retry@1.3.0 lib/index.js:9-11; run: 20 first waits are the same' },
  },
];
