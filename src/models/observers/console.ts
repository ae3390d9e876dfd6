import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'console',
    title: 'console',
    packages: [],
    checked: ['node 22'],
    globals: { console: { is: 'observer', observer: 'console' } },
    exports: {},
    observers: {
      console: {
        title: 'console',
        methods: { log: 'logs', error: 'logs', warn: 'logs', info: 'logs', debug: 'logs', trace: 'logs', dir: 'logs', table: 'logs' },
        order: 'message-first',
      },
    },
    sources: { methods: 'node@22 docs: api/console.html' },
    verified: 'docs',
  },
];
