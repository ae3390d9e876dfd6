import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'p-queue',
    title: 'p-queue',
    packages: ['p-queue'],
    checked: ['6.6.2', '8.1.1', '9.3.5'],
    exports: {
      // Counted from the start of a task, not while it waits in the queue. Before 9 the promise resolves
      // with undefined unless `throwOnTimeout` is set: the caller waits no longer either way.
      default: {
        does: 'makes-policy',
        limit: { argument: { at: [0] }, path: 'timeout', default: null, zero: 'invalid' },
        runs: { methods: ['add', 'addAll'] },
      },
    },
    sources: { timeout: 'p-queue@9.3.5 dist/index.js:89-92,350-390, p-queue@6.6.2 dist/index.js:36-37,157-159, p-queue@8 dist/index.js:214-235' },
    verified: 'source',
  },
];
