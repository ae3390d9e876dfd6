import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'dd-trace',
    title: 'dd-trace',
    packages: ['dd-trace'],
    checked: ['5'],
    exports: {
      default: { is: 'observer', observer: 'tracer' },
      tracer: { is: 'observer', observer: 'tracer' },
      'default.init': { is: 'makes', observer: 'tracer' },
      'default.dogstatsd.increment': { is: 'act', does: 'reports' },
      'tracer.dogstatsd.increment': { is: 'act', does: 'reports' },
    },
    observers: {
      tracer: { title: 'tracer', methods: {}, makes: { startSpan: 'span', init: 'tracer', scope: 'scope' }, types: ['Tracer'] },
      scope: { title: 'scope', methods: {}, makes: { active: 'span' }, types: ['Scope'] },
      span: { title: 'span', methods: { setTag: 'reports', addTags: 'reports', log: 'reports' }, types: ['Span'] },
    },
    sources: { methods: 'dd-trace@5 docs/API.md: manual instrumentation, span tags (error), custom metrics' },
    verified: 'docs',
  },
];
