import type { ObserverModel } from '../observer-types.js';

export const observers: readonly ObserverModel[] = [
  {
    id: 'opentelemetry-api',
    title: 'OpenTelemetry',
    packages: ['@opentelemetry/api'],
    checked: ['1.9'],
    exports: {
      'trace.getActiveSpan': { is: 'makes', observer: 'span' },
      'trace.getSpan': { is: 'makes', observer: 'span' },
      'trace.getTracer': { is: 'makes', observer: 'tracer' },
      'metrics.getMeter': { is: 'makes', observer: 'meter' },
      'diag.error': { is: 'act', does: 'logs' },
      'diag.warn': { is: 'act', does: 'logs' },
      'diag.info': { is: 'act', does: 'logs' },
      'diag.debug': { is: 'act', does: 'logs' },
    },
    observers: {
      span: { title: 'span', methods: { recordException: 'reports', setStatus: 'reports' }, types: ['Span'] },
      tracer: { title: 'tracer', methods: {}, makes: { startSpan: 'span' }, types: ['Tracer'] },
      meter: { title: 'meter', methods: {}, makes: { createCounter: 'instrument', createUpDownCounter: 'instrument', createHistogram: 'instrument', createGauge: 'instrument' }, types: ['Meter'] },
      instrument: { title: 'instrument', methods: { add: 'reports', record: 'reports' }, types: ['Counter', 'UpDownCounter', 'Histogram', 'Gauge'] },
    },
    sources: { methods: '@opentelemetry/api@1.9 build/src/trace/span.d.ts, metrics/Metric.d.ts, as documented' },
    verified: 'docs',
  },
];
