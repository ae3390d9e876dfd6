import type { PolicyModel } from '../policy-types.js';

const edits = [
  { adds: 'delay', path: 'backoff', text: "{ type: 'exponential', delay: {job} }" },
  { adds: 'growth', path: 'backoff', text: "{ type: 'exponential', delay: {was} }" },
  { adds: 'growth', path: 'backoff.type', text: "'exponential'" },
] as const;

/** A failed job is run again as often as `attempts` says, at once unless `backoff` is set. */
export const policies: readonly PolicyModel[] = [
  {
    id: 'bullmq',
    title: 'BullMQ',
    packages: ['bullmq'],
    checked: ['5.81.5', '6.7.0'],
    exports: {
      Queue: {
        does: 'makes-policy',
        retryOptions: { at: [1], path: 'defaultJobOptions' },
        retryMethods: { add: { at: [2] } },
        runs: { methods: [] },
      },
    },
    retry: {
      retries: 0, option: 'attempts', counts: 'attempts', methods: 'all', backoff: 'none', jitter: false,
      delay: ['backoff'], growth: { path: 'backoff.type', when: ['exponential'] }, randomness: { path: 'backoff.jitter', off: [0], versions: '>=6' },
      edits: [
        { adds: 'delay', path: 'backoff', text: "{ type: 'exponential', delay: {job}, jitter: 0.5 }", versions: '>=6' },
        { adds: 'growth', path: 'backoff', text: "{ type: 'exponential', delay: {was}, jitter: 0.5 }", versions: '>=6' },
        ...edits,
        { adds: 'jitter', path: 'backoff.jitter', text: '0.5', versions: '>=6' },
      ],
      note: 'runs a failed job again at once, unless `backoff` is set', source: 'retry',
    },
    sources: { retry: 'bullmq@6.7.0 dist/cjs/classes/job.js:87,455; dist/esm/interfaces/base-job-options.d.ts:20-66' },
    verified: 'source',
  },
  {
    id: 'bull',
    title: 'Bull',
    packages: ['bull'],
    checked: ['4.16.5'],
    exports: {
      default: {
        does: 'makes-policy',
        retryOptions: { at: [1, 2], path: 'defaultJobOptions' },
        retryMethods: { add: { at: 'last', after: 1, keys: ['attempts', 'backoff', 'delay', 'priority', 'removeOnComplete', 'removeOnFail', 'jobId', 'repeat', 'lifo', 'timeout'] } },
        runs: { methods: [] },
      },
    },
    retry: {
      retries: 0, option: 'attempts', counts: 'attempts', methods: 'all', backoff: 'none', jitter: false,
      delay: ['backoff'], growth: { path: 'backoff.type', when: ['exponential'] }, edits,
      note: 'runs a failed job again at once, unless `backoff` is set', source: 'retry',
    },
    sources: { retry: 'bull@4.16.5 lib/job.js, lib/backoffs.js; REFERENCE.md: attempts 1, no backoff' },
    verified: 'docs',
  },
  {
    id: 'nestjs-bull',
    title: 'BullModule',
    packages: ['@nestjs/bullmq', '@nestjs/bull'],
    checked: ['11.0.0'],
    exports: {
      'BullModule.registerQueue': { does: 'passes', retryOptions: { at: [0], path: 'defaultJobOptions' } },
      'BullModule.forRoot': { does: 'passes', retryOptions: { at: [0], path: 'defaultJobOptions' } },
      'BullModule.registerQueueAsync': { does: 'passes', retryOptions: { at: [0], factory: 'useFactory', path: 'defaultJobOptions' } },
      'BullModule.forRootAsync': { does: 'passes', retryOptions: { at: [0, 1], factory: 'useFactory', path: 'defaultJobOptions' } },
    },
    retry: {
      retries: 0, option: 'attempts', counts: 'attempts', methods: 'all', backoff: 'none', jitter: false,
      delay: ['backoff'], growth: { path: 'backoff.type', when: ['exponential'] }, edits,
      note: 'runs a failed job again at once, unless `backoff` is set', source: 'retry',
    },
    sources: { retry: 'docs.nestjs.com/techniques/queues: the options are those of the queue' },
    verified: 'docs',
  },
];
