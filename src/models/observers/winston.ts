import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'winston',
    title: 'winston',
    packages: ['winston'],
    checked: ['3'],
    exports: {
      default: { is: 'observer', observer: 'logger' },
      createLogger: { is: 'makes', observer: 'logger' },
      'loggers.get': { is: 'makes', observer: 'logger' },
      'loggers.add': { is: 'makes', observer: 'logger' },
      ...Object.fromEntries(['log', 'error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'].map((level) => [level, { is: 'act', does: 'logs' } as const])),
    },
    observers: {
      logger: {
        title: 'winston logger',
        // npm and syslog levels.
        methods: {
          log: 'logs', error: 'logs', warn: 'logs', info: 'logs', http: 'logs', verbose: 'logs', debug: 'logs', silly: 'logs',
          warning: 'logs', notice: 'logs', crit: 'logs', alert: 'fatal', emerg: 'fatal',
        },
        makes: { child: 'logger' },
        types: ['Logger'],
        order: 'message-first',
      },
    },
    sources: { methods: 'winston@3 README: Logging, Logging Levels, child loggers' },
    verified: 'docs',
  },
];
