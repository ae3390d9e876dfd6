import type { PolicyExport, PolicyModel } from '../policy-types.js';

const runs = { methods: ['execute'], signal: 'signal' } as const;

const exports = {
  timeout: {
    does: 'makes-policy',
    limit: { argument: { at: [0] }, path: '', default: null, zero: 'immediate' },
    cooperative: { unlessArgument: 1, is: 'TimeoutStrategy.Aggressive', equals: 'aggressive', path: 'strategy' },
    runs,
  },
  wrap: { does: 'combines', runs },
  // The rest run the function and bound nothing in time.
  retry: { does: 'passes', retries: true, retryOptions: { at: [1] }, runs },
  circuitBreaker: { does: 'passes', breaker: { open: 'BrokenCircuitError' }, runs },
  bulkhead: { does: 'passes', runs },
  fallback: { does: 'passes', runs },
  noop: { does: 'passes', runs },
} as const satisfies Record<string, PolicyExport>;

const chosenBy = { argument: 0, all: 'handleAll', but: { text: 'handleWhen((error) => !(error instanceof {error}))', imports: 'handleWhen' } } as const;

const edits = [
  { adds: 'delay', path: 'backoff', text: 'new ExponentialBackoff({ initialDelay: {base}, maxDelay: {cap} })', imports: 'ExponentialBackoff' },
  { adds: 'limit', path: 'maxAttempts', text: '{retries}' },
] as const;

/** One entry a major: the values are the same, the packaging is not (4 is ESM and wants Node 22). */
export const policies: readonly PolicyModel[] = [
  {
    id: 'cockatiel',
    title: 'cockatiel',
    packages: ['cockatiel'],
    versions: '>=4',
    checked: ['4.0.0'],
    exports,
    retry: {
      retries: Infinity, option: 'maxAttempts', counts: 'retries', methods: 'all', backoff: 'none', jitter: false, retriesTimeouts: true, delay: ['backoff'], chosenBy, edits,
      note: 'tries again at once and without end, unless `maxAttempts` and `backoff` are given', source: 'retry',
    },
    sources: {
      timeout: 'cockatiel@4.0.0 dist/Policy.js:196, dist/TimeoutPolicy.js',
      retry: 'cockatiel@4.0.0 dist/Policy.js:232; run: more than 500 calls within 2 s',
    },
    verified: 'source+test',
  },
  {
    id: 'cockatiel-3',
    title: 'cockatiel',
    packages: ['cockatiel'],
    versions: '<4',
    checked: ['3.2.1'],
    exports,
    retry: {
      retries: Infinity, option: 'maxAttempts', counts: 'retries', methods: 'all', backoff: 'none', jitter: false, retriesTimeouts: true, delay: ['backoff'], chosenBy, edits,
      note: 'tries again at once and without end, unless `maxAttempts` and `backoff` are given', source: 'retry',
    },
    sources: {
      timeout: 'cockatiel@3.2.1 dist/Policy.js:160-200, dist/TimeoutPolicy.js; run on node 20, 22 and 24: the signal is aborted when `execute` returns',
      retry: 'cockatiel@3.2.1 dist/Policy.js:247, dist/RetryPolicy.js:52-59',
    },
    verified: 'source+test',
  },
];
