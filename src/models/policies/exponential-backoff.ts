import type { PolicyModel } from '../policy-types.js';

export const policies: readonly PolicyModel[] = [
  {
    id: 'exponential-backoff',
    title: 'exponential-backoff',
    packages: ['exponential-backoff'],
    checked: ['2.2.1', '3.1.3'],
    exports: { backOff: { does: 'passes', retries: true, subject: { at: [0] }, retryOptions: { at: [1] } } },
    retry: {
      retries: 9, option: 'numOfAttempts', counts: 'attempts', methods: 'all', backoff: 'exponential', jitter: false,
      chosenBy: { path: 'retry' }, delay: ['startingDelay'], growth: { path: 'timeMultiple', unless: [1] }, randomness: { path: 'jitter', off: ['none'] },
      edits: [
        { adds: 'delay', path: 'startingDelay', text: '{base}' },
        { adds: 'growth', path: 'timeMultiple', text: '2' },
        { adds: 'cap', path: 'maxDelay', text: '{cap}', least: { option: 'startingDelay', default: 100 } },
        { adds: 'jitter', path: 'jitter', text: "'full'" },
        { adds: 'limit', path: 'numOfAttempts', text: '{attempts}' },
      ],
      note: 'waits 100 ms, 200 ms, …', source: 'retry',
    },
    sources: { retry: 'exponential-backoff@3.1.3 dist/options.js: numOfAttempts 10, startingDelay 100, timeMultiple 2, jitter none; run with 2 and 3' },
    verified: 'source+test',
  },
];
