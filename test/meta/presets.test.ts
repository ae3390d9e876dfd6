import { Linter, type ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin, { configs, rules } from '../../src/index.js';
import { NOT_PRODUCTION, presetNames, rulesOf } from '../../src/configs.js';

/** Is a rule on for a file under a preset, as ESLint itself works it out? */
function reportsFor(path: string, preset: Linter.Config[]): boolean {
  const linter = new Linter({ configType: 'flat', cwd: '/project' });
  // A rule of our own that always reports shows whether the preset's globs switch its rules off.
  const always: ESLint.Plugin = { rules: Object.fromEntries(Object.keys(rules).map((name) => [name, { meta: { schema: false }, create: (context) => ({ Program: (node) => context.report({ node, message: name }) }) }])) };
  const stubbed = preset.map((config) => (config.plugins === undefined ? config : { ...config, plugins: { resilience: always } }));
  const messages = linter.verify('export {};', [{ files: ['**/*.{js,ts,mjs,cjs,mts,cts,tsx,jsx}'] }, ...stubbed], { filename: `/project/${path}` });
  return messages.some((message) => message.ruleId?.startsWith('resilience/') === true);
}

describe('presets', () => {
  it('are recommended, strict, all and one a family', () => {
    const families = [...new Set(Object.values(rules).map((rule) => rule.meta.docs.family))].sort();
    expect(Object.keys(configs)).toEqual(['recommended', 'strict', 'all', ...families]);
    expect(presetNames(rules)).toEqual(Object.keys(configs));
  });

  it('follow the metadata: each tier holds the smaller one', () => {
    const names = (preset: 'recommended' | 'strict' | 'all'): string[] => Object.keys(rulesOf(preset, rules));
    const all = Object.keys(rules).map((name) => `resilience/${name}`);
    expect(names('all')).toEqual(all);
    expect(names('strict')).toEqual(expect.arrayContaining(names('recommended')));
    for (const [name, rule] of Object.entries(rules)) {
      const { tier, family } = rule.meta.docs;
      expect(names('recommended').includes(`resilience/${name}`), name).toBe(tier === 'recommended');
      expect(names('strict').includes(`resilience/${name}`), name).toBe(tier !== 'off');
      expect(Object.keys(rulesOf(family, rules)), name).toContain(`resilience/${name}`);
    }
  });

  it('carry the plugin itself, so a config needs nothing else', () => {
    for (const preset of Object.values(configs)) expect(preset[0]?.plugins?.['resilience']).toBe(plugin);
  });

  it.each(Object.entries(configs))('%s is a config that ESLint accepts', (_name, preset) => {
    const linter = new Linter({ configType: 'flat' });
    expect(linter.verify('export const ready = true;', preset, { filename: 'src/ready.js' })).toEqual([]);
  });
});

describe('not-production globs', () => {
  const preset = configs.all;

  it.each([
    'src/orders/client.ts', 'src/index.js', 'packages/api/src/server.ts', 'apps/api/routes/orders.ts', 'src/testimony/report.ts',
    'src/latest/handler.ts', 'src/contest.ts', 'src/configuration.ts', 'src/config/http.ts', 'src/seeding.ts', 'src/binary/encode.ts', 'src/protest/x.mts',
  ])('leave %s on', (path) => {
    expect(reportsFor(path, preset)).toBe(true);
  });

  it.each([
    'src/orders/client.test.ts', 'src/orders/client.spec.js', 'test/client.ts', 'packages/api/tests/deep/client.ts', 'src/__tests__/client.ts',
    'src/__mocks__/axios.ts', 'e2e/checkout.ts', 'scripts/release.mjs', 'migrations/001-orders.ts', 'vite.config.ts', '.eslintrc.cjs',
    'packages/web/stories/button.ts', 'src/button.stories.tsx', 'src/types.d.ts', 'bench/parse.ts', 'prisma/seed.ts', 'gulpfile.js',
  ])('switch %s off', (path) => {
    expect(reportsFor(path, preset)).toBe(false);
  });

  it('are matched by every preset', () => {
    for (const configsOfPreset of Object.values(configs)) expect(configsOfPreset.at(-1)?.files).toEqual([...NOT_PRODUCTION]);
  });
});
