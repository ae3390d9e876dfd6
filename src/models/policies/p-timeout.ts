import type { PolicyModel } from '../policy-types.js';

/** Bounds the wait, not the work: the promise runs on, unless it has a `cancel` method. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'p-timeout',
    title: 'p-timeout',
    packages: ['p-timeout'],
    versions: '>=6',
    checked: ['6.1.4', '8.0.0'],
    exports: {
      default: {
        does: 'bounds-promise',
        subject: { at: [0] },
        limit: { argument: { at: [1] }, path: 'milliseconds', default: null, zero: 'invalid' },
      },
    },
    sources: { timeout: 'p-timeout@6 index.js:39, p-timeout@8.0.0 index.js (Infinity sets no limit); run: 0 is refused' },
    verified: 'source+test',
  },
  {
    id: 'p-timeout-5',
    title: 'p-timeout',
    packages: ['p-timeout'],
    versions: '<6',
    checked: ['4.1.0', '5.1.0'],
    exports: {
      default: {
        does: 'bounds-promise',
        subject: { at: [0] },
        // 4 takes 0 as "at once", 5 throws on it.
        limit: { argument: { at: [1] }, path: '', default: null, zero: 'immediate' },
      },
    },
    sources: { timeout: 'p-timeout@4.1.0 index.js, p-timeout@5.1.0 index.js (both take `milliseconds` as second argument); run' },
    verified: 'source+test',
  },
];
