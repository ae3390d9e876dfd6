import type { ObserverModel } from '../observer-types.js';

const act = { is: 'act', does: 'reports' } as const;

export const observers: readonly ObserverModel[] = [
  {
    id: 'sentry',
    title: 'Sentry',
    packages: ['@sentry/node', '@sentry/core', '@sentry/nestjs', '@sentry/nextjs', '@sentry/serverless', '@sentry/aws-serverless', '@sentry/google-cloud-serverless', '@sentry/bun', '@sentry/deno', '@sentry/cloudflare', '@sentry/remix'],
    checked: ['8', '9', '10'],
    exports: {
      captureException: act,
      captureMessage: act,
      captureEvent: act,
      captureCheckIn: act,
      getCurrentScope: { is: 'makes', observer: 'scope' },
      getClient: { is: 'makes', observer: 'scope' },
      'logger.fatal': { is: 'act', does: 'fatal' },
      ...Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error'].map((level) => [`logger.${level}`, { is: 'act', does: 'logs' } as const])),
    },
    observers: {
      scope: { title: 'Sentry scope', methods: { captureException: 'reports', captureMessage: 'reports', captureEvent: 'reports' }, makes: { clone: 'scope' }, types: ['Scope', 'Client', 'NodeClient'] },
    },
    sources: { methods: '@sentry/node@8 docs: capturing errors and events; @sentry/core@9 exports (logger)' },
    verified: 'docs',
  },
];
