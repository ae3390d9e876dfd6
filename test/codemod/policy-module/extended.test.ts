import { describe, expect, it } from 'vitest';
import { extendedModule, newModule, serviceIn, type NewModule, type WantedPolicy } from '../../../src/codemod/policy-module/module-text.js';
import { LIBRARY_NAMES, LIMITS } from './written.js';

const wanted = (name: string, section: WantedPolicy['section'] = null): WantedPolicy => ({ name, service: `${name}.internal`, outcomes: 'http', section });
const made = (language: NewModule['language'], options: Partial<NewModule> = {}): string => newModule({ language, limits: LIMITS, policies: [wanted('payments')], ...options });
const ORDERS = "\n/** orders.internal */\nexport const orders: Policy = policy('orders', HTTP);\n";

describe('a module of policies that gets more of them', () => {
  it.each(LIBRARY_NAMES)('is the same with them behind it, on %s', (library) => {
    const before = made('typescript', { library });
    expect(extendedModule(before, [wanted('payments'), wanted('orders')], 'typescript')).toBe(before + ORDERS);
    expect(extendedModule(made('esm', { library }), [wanted('orders')], 'esm')).toBe(made('esm', { library }) + ORDERS.replace(': Policy', ''));
    expect(extendedModule(made('commonjs', { library }), [wanted('orders')], 'commonjs')).toBe(`${made('commonjs', { library })}${ORDERS.replace('export const orders: Policy =', 'const orders = exports.orders =')}`);
  });

  it('stays as it is where it has them all', () => {
    for (const language of ['typescript', 'esm', 'commonjs'] as const) {
      const before = made(language);
      expect(extendedModule(before, [wanted('payments')], language)).toBe(before);
      const more = extendedModule(before, [wanted('orders'), wanted('stock', 'axiosAdapter')], language)!;
      expect(extendedModule(more, [wanted('orders'), wanted('stock', 'axiosAdapter'), wanted('payments')], language)).toBe(more);
    }
  });

  it('gets the part for a client once, with its import among the others', () => {
    for (const language of ['typescript', 'esm', 'commonjs'] as const) {
      const after = extendedModule(made(language), [wanted('orders', 'axiosAdapter'), wanted('stock', 'axiosAdapter')], language)!;
      expect(after.match(/function axiosAdapter/g)).toHaveLength(1);
      expect(after.match(/(?:from|require\()\s*'axios'/g)).toHaveLength(1);
      expect(after.indexOf("'axios'")).toBeLessThan(after.indexOf('LIMITS'));
      expect(after.indexOf("'axios'")).toBeGreaterThan(after.indexOf(' */'));
    }
    const again = extendedModule(extendedModule(made('commonjs'), [wanted('orders', 'axiosAdapter')], 'commonjs')!, [wanted('stock', 'axiosAdapter')], 'commonjs')!;
    expect(again.match(/function axiosAdapter/g)).toHaveLength(1);
    expect(again).toContain('Object.assign(exports, { axiosAdapter });');
  });

  it("keeps its users' changes", () => {
    const before = made('typescript').replace('deadline: 30_000', 'deadline: 5_000').replace("policy('payments', HTTP)", "policy('payments', HTTP, { retries: 0 })").replace('/** api', '/** our own words\n * api');
    expect(extendedModule(before, [wanted('payments'), wanted('orders')], 'typescript')).toBe(before + ORDERS);
    const commented = before.replace('/** payments.internal */\n', '// What we pay with.\n');
    expect(serviceIn(commented, 'payments')).toBe(null);
    expect(extendedModule(commented, [wanted('payments')], 'typescript')).toBe(commented);
  });

  it('keeps line ends, and needs none at its end', () => {
    const windows = made('typescript').replaceAll('\n', '\r\n');
    const after = extendedModule(windows, [wanted('orders', 'axiosAdapter')], 'typescript')!;
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after.endsWith("policy('orders', HTTP);\r\n")).toBe(true);
    expect(serviceIn(windows, 'payments')).toBe('payments.internal');
    expect(extendedModule(made('typescript').trimEnd(), [wanted('orders')], 'typescript')).toBe(made('typescript') + ORDERS);
  });

  it('is left alone where it is another', () => {
    for (const text of ['', 'export const policy = 1;\n', "// our policy: no imports\nimport { retry } from './retry.js';\n", 'export function policy(name) { return name; }\n', "import { policies } from 'cockatiel';\n"]) {
      expect(extendedModule(text, [wanted('orders')], 'typescript')).toBe(null);
    }
  });
});

describe('a module on one that packages share', () => {
  it.each([
    ['typescript', "import { HTTP, policy, type Policy } from '@acme/resilience';\n\n/** payments.internal */\nexport const payments: Policy = policy('payments', HTTP);\n"],
    ['esm', "import { HTTP, policy } from '@acme/resilience';\n\n/** payments.internal */\nexport const payments = policy('payments', HTTP);\n"],
    ['commonjs', "const { HTTP, policy } = require('@acme/resilience');\n\n/** payments.internal */\nconst payments = exports.payments = policy('payments', HTTP);\n"],
  ] as const)('imports it, and gets more policies: %s', (language, text) => {
    expect(made(language, { from: '@acme/resilience' })).toBe(text);
    expect(extendedModule(text, [wanted('orders')], language)).toMatch(/policy\('orders', HTTP\);\n$/);
  });

  it('takes from there how other outcomes are read', () => {
    const before = "import { policy, type Policy } from '@acme/resilience';\n";
    expect(extendedModule(before, [wanted('orders')], 'typescript')).toBe(`import { HTTP } from '@acme/resilience';\n${before}${ORDERS}`);
  });
});
