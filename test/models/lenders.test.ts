import { describe, expect, it } from 'vitest';
import { LENDERS, lenderOfPackage } from '../../src/models/lenders.js';
import { modelsForPackage } from '../../src/models/lookup.js';

describe.each(LENDERS.map((model) => [model.id, model] as const))('%s', (_id, model) => {
  it('says from where it knows each loan', () => {
    for (const { source, call } of model.lends) expect(Object.keys(model.sources), call).toContain(source);
    expect(model.checked.length).toBeGreaterThan(0);
  });

  it('says how each loan is given back, once', () => {
    for (const { returned, call } of model.lends) {
      expect(returned.length, call).toBeGreaterThan(0);
      expect(new Set(returned.map((one) => JSON.stringify(one))).size, call).toBe(returned.length);
    }
    expect(new Set(model.lends.map(({ call }) => call)).size).toBe(model.lends.length);
  });

  it('has types that stand for steps from which something is lent', () => {
    for (const steps of Object.values(model.types ?? {})) expect(model.lends.some(({ call }) => call.startsWith(`${steps}.`)), steps).toBe(true);
  });

  it('is no client: those say what they lend themselves', () => {
    for (const name of model.packages) expect(modelsForPackage(name), name).toEqual([]);
  });
});

it('is found by each of its packages', () => {
  for (const model of LENDERS) for (const name of model.packages) expect(lenderOfPackage(name)).toBe(model);
  expect(lenderOfPackage('nobody')).toBeNull();
});
