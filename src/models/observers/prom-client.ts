import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'prom-client',
    title: 'prom-client',
    packages: ['prom-client'],
    checked: ['15'],
    exports: {
      Counter: { is: 'makes', observer: 'counter' },
      Gauge: { is: 'makes', observer: 'gauge' },
      Histogram: { is: 'makes', observer: 'distribution' },
      Summary: { is: 'makes', observer: 'distribution' },
    },
    observers: {
      counter: { title: 'counter', methods: { inc: 'reports' }, makes: { labels: 'counter' }, types: ['Counter'] },
      gauge: { title: 'gauge', methods: { inc: 'reports', dec: 'reports', set: 'reports' }, makes: { labels: 'gauge' }, types: ['Gauge'] },
      distribution: { title: 'distribution', methods: { observe: 'reports' }, makes: { labels: 'distribution' }, types: ['Histogram', 'Summary'] },
    },
    sources: { methods: 'prom-client@15 README: Counter, Gauge, Histogram, Summary, labels' },
    verified: 'docs',
  },
];
