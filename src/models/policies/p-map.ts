import type { PolicyModel } from '../policy-types.js';

/** Limits how many run at once; bounds nothing in time. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'p-map',
    title: 'p-map',
    packages: ['p-map'],
    checked: ['4.0.0', '7.1.1'],
    exports: {
      default: { does: 'passes', subject: { at: [1] } },
      pMapSettled: { does: 'passes', subject: { at: [1] } },
      pMapKeyed: { does: 'passes', subject: { at: [1] } },
      pMapSettledKeyed: { does: 'passes', subject: { at: [1] } },
      pMapIterable: { does: 'passes', subject: { at: [1] }, versions: '>=7' },
    },
    sources: { passes: 'p-map@7.1.1 index.js, p-map@4.0.0 index.js:4' },
    verified: 'source',
  },
];
