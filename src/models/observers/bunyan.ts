import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'bunyan',
    title: 'bunyan',
    packages: ['bunyan'],
    checked: ['1.8', '2'],
    exports: { default: { is: 'makes', observer: 'logger' }, createLogger: { is: 'makes', observer: 'logger' } },
    observers: {
      logger: {
        title: 'bunyan logger',
        methods: { trace: 'logs', debug: 'logs', info: 'logs', warn: 'logs', error: 'logs', fatal: 'fatal' },
        makes: { child: 'logger' },
        types: ['default', 'Logger'],
        order: 'error-first',
      },
    },
    sources: { methods: 'bunyan@1.8 README: log method API, log.child, levels' },
    verified: 'docs',
  },
];
