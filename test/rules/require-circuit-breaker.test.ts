import { describe, expect, it } from 'vitest';
import { lintProject } from '../meta/lint-project.js';

const reports = (code: string): number[] => lintProject('require-circuit-breaker', { 'src/sample.ts': code }).map((message) => message.line);

describe('reports', () => {
  it('a call that nothing bounds', () => {
    expect(reports("export const order = () => fetch('http://orders.internal');")).toEqual([1]);
  });
});

describe('is silent on', () => {
  it('a call with a signal that fires by itself', () => {
    expect(reports("export const order = () => fetch('http://orders.internal', { signal: AbortSignal.timeout(500) });")).toEqual([]);
  });

  it('a function of the same name', () => {
    expect(reports('const fetch = (url: string) => url; export const order = () => fetch(String(1));')).toEqual([]);
  });
});
