import type { PolicyModel } from '../policy-types.js';

/** Spaces calls out and limits how many run at once; bounds nothing in time unless a job has an `expiration`. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'bottleneck',
    title: 'bottleneck',
    packages: ['bottleneck'],
    checked: ['2.19.5'],
    exports: { default: { does: 'passes', runs: { methods: ['schedule', 'wrap'] } } },
    sources: { passes: 'README of bottleneck 2: `schedule`, `wrap`, `expiration` null' },
    verified: 'docs',
  },
];
