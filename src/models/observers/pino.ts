import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'pino',
    title: 'pino',
    packages: ['pino'],
    checked: ['9', '10'],
    exports: { default: { is: 'makes', observer: 'logger' }, pino: { is: 'makes', observer: 'logger' } },
    observers: {
      logger: {
        title: 'pino logger',
        methods: { trace: 'logs', debug: 'logs', info: 'logs', warn: 'logs', error: 'logs', fatal: 'fatal' },
        makes: { child: 'logger' },
        types: ['Logger', 'BaseLogger'],
        order: 'error-first',
      },
    },
    sources: { methods: 'pino@9 docs/api.md: logger.trace … logger.fatal([mergingObject], [message]), logger.child(bindings)' },
    verified: 'docs',
  },
];
