import type { PolicyExport, PolicyModel } from '../policy-types.js';

const breaker: PolicyExport = {
  does: 'bounds-function',
  subject: { at: [0] },
  // `false` and 0 switch it off.
  limit: { argument: { at: [1] }, path: 'timeout', default: 10_000, zero: 'unlimited' },
  breaker: { open: 'EOPENBREAKER' },
  runs: { methods: ['fire', 'call'] },
};

/** The caller stops waiting; the function runs on unless it uses the breaker's abort signal. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'opossum',
    title: 'opossum',
    packages: ['opossum'],
    checked: ['8.5.0', '9.0.0', '10.0.0'],
    exports: { default: breaker },
    sources: { timeout: 'opossum@9.0.0 lib/circuit.js:179 (default 10 s), 731-751; 8.5.0 and 10.0.0 have the same values' },
    verified: 'source+test',
  },
];
