import type { PolicyExport, PolicyModel } from '../types.js';

const limit = { argument: { at: [0] }, path: '', default: null, zero: 'immediate' } as const;
const operator: PolicyExport = { does: 'bounds-stream', limit };

/** Operators that end an Observable in time: they unsubscribe from the source, which aborts a request. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'rxjs',
    title: 'rxjs',
    // `rxjs/operators` hands out the same functions.
    packages: ['rxjs'],
    checked: ['6.6.7', '7.8.2'],
    exports: { timeout: operator, timeoutWith: operator },
    sources: {
      timeout: 'rxjs@7.8.2 src/internal/operators/timeout.ts:300-386 (a number, a Date or `{ first, each }`; unsubscribes from the source), timeoutWith.ts; rxjs@6.6.7 src/internal/operators/timeout.ts, timeoutWith.ts',
    },
    verified: 'source',
  },
];
