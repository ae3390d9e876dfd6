import type { PolicyModel } from '../policy-types.js';

/** Limits how many run at once; bounds nothing in time, and its queue has no limit. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'p-limit',
    title: 'p-limit',
    packages: ['p-limit'],
    checked: ['3.1.0', '7.3.3'],
    exports: {
      default: { does: 'passes', runs: { methods: ['', 'map'] } },
      limitFunction: { does: 'passes', subject: { at: [0] }, versions: '>=6' },
    },
    sources: { passes: 'p-limit@7.3.3 index.js, p-limit@3.1.0 index.js; run: a third call waits behind two that hang' },
    verified: 'source+test',
  },
];
