import type { PolicyExport, PolicyModel } from '../policy-types.js';
import type { RetryModel } from '../retry-types.js';

const limit = { argument: { at: [0] }, path: '', default: null, zero: 'immediate' } as const;
const operator: PolicyExport = { does: 'bounds-stream', limit };

const exports: PolicyModel['exports'] = { timeout: operator, timeoutWith: operator, retry: { does: 'passes', retries: true, retryOptions: { at: [0] } } };
const retry: RetryModel = { retries: Infinity, option: 'count', shorthand: true, methods: 'all', backoff: 'none', jitter: false, source: 'retry' };

/** Operators that end an Observable in time: they unsubscribe from the source, which aborts a request. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'rxjs',
    title: 'rxjs',
    // `rxjs/operators` hands out the same functions.
    packages: ['rxjs'],
    versions: '>=7',
    checked: ['7.8.2'],
    exports,
    retry: {
      ...retry,
      delay: ['delay'],
      edits: [
        { adds: 'delay', path: 'delay', text: '(_error, count) => timer(Math.random() * Math.min({cap}, {base} * 2 ** (count - 1)))', imports: 'timer', versions: '>=7' },
        { adds: 'growth', path: 'delay', text: '(_error, count) => timer(Math.random() * Math.min({cap}, {was} * 2 ** (count - 1)))', imports: 'timer', versions: '>=7' },
        { adds: 'limit', path: 'count', text: '{retries}', versions: '>=7' },
      ],
      note: 'subscribes again at once, without end, unless `count` and `delay` are given',
    },
    sources: {
      retry: 'rxjs@7.8.2 src/internal/operators/retry.ts: `count = Infinity`, no delay unless `delay` is given; `{ count }` and a number',
      timeout: 'rxjs@7.8.2 src/internal/operators/timeout.ts:300-386 (a number, a Date or `{ first, each }`; unsubscribes from the source), timeoutWith.ts',
    },
    verified: 'source',
  },
  {
    id: 'rxjs-6',
    title: 'rxjs',
    packages: ['rxjs'],
    versions: '<7',
    checked: ['6.6.7'],
    exports,
    retry: { ...retry, note: 'subscribes again at once, without end, unless it is told how often' },
    sources: {
      retry: 'rxjs@6.6.7 internal/operators/retry.js:17 (a number, and no delay)',
      timeout: 'rxjs@6.6.7 src/internal/operators/timeout.ts, timeoutWith.ts',
    },
    verified: 'source',
  },
];
