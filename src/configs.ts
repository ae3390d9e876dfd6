import type { Linter } from 'eslint';
import type { Family, ResilienceRule } from './eslint/create-rule.js';

/**
 * Code that does not serve requests: the rules are off there in every preset. A user who wants them
 * on adds a later config object for these globs.
 */
export const NOT_PRODUCTION: readonly string[] = [
  '**/*.{test,spec,e2e,e2e-spec,bench,stories,story,fixture,fixtures,mock}.*',
  '**/{test,tests,__test__,__tests__,__mocks__,__fixtures__,e2e,e2e-tests,e2e-test,integration-test,integration-tests,spec,specs,cypress,playwright,fixtures,testing,testcontainers,testkit,test-kit,test-util,test-utils,test-helpers,test-plugins,test-server,dev-server,testdata,test-data,mocks,mock}/**',
  '**/*{test,spec,mock}{-,_,.,}{util,utils,helper,helpers,setup,server,fixture,fixtures,data}.*',
  '**/{stories,.storybook,storybook}/**',
  '**/{scripts,script,bin,migrations,migration,seeds,seeders,seed,examples,example,benchmarks,bench}/**',
  'tools/**',
  'ci/**',
  '**/{seed,seeds,migrate}.{js,mjs,cjs,ts,mts,cts}',
  '**/*.config.{js,mjs,cjs,ts,mts,cts}',
  '**/.*rc.{js,cjs,mjs,ts}',
  '**/{webpack,rollup,vite,vitest,jest,next,nuxt,tailwind,postcss,babel,gulpfile,Gruntfile}.*.{js,mjs,cjs,ts}',
  '**/{gulpfile,Gruntfile}.{js,mjs,cjs,ts}',
  '**/*.d.{ts,mts,cts}',
];

export type PresetName = 'recommended' | 'strict' | 'all' | Family;

/** Names of the presets, in the order in which they are documented. */
export function presetNames(rules: Readonly<Record<string, ResilienceRule>>): PresetName[] {
  const families = [...new Set(Object.values(rules).map((rule) => rule.meta.docs.family))].sort();
  return ['recommended', 'strict', 'all', ...families];
}

/** The rules of a preset with severity and options, from the rules' own metadata. */
export function rulesOf(preset: PresetName, rules: Readonly<Record<string, ResilienceRule>>): Linter.RulesRecord {
  const record: Linter.RulesRecord = {};
  for (const [name, rule] of Object.entries(rules)) {
    const { tier, family, presetOptions } = rule.meta.docs;
    const on =
      preset === 'all' || preset === family || (preset === 'strict' && tier !== 'off') || (preset === 'recommended' && tier === 'recommended');
    if (!on) continue;
    const variant = preset === 'all' || preset === 'strict' ? preset : 'recommended';
    const options = presetOptions?.[variant] ?? (variant === 'all' ? presetOptions?.strict : undefined) ?? [];
    const severity = tier === 'recommended' ? 'error' : 'warn';
    record[`resilience/${name}`] = [severity, ...options] as Linter.RuleEntry;
  }
  return record;
}

/** Flat configs: the plugin and the rules of a preset, and the same rules off outside production code. */
export function buildConfigs(plugin: object, rules: Readonly<Record<string, ResilienceRule>>): Record<PresetName, Linter.Config[]> {
  const configs = {} as Record<PresetName, Linter.Config[]>;
  for (const preset of presetNames(rules)) {
    const record = rulesOf(preset, rules);
    configs[preset] = [
      { name: `resilience/${preset}`, plugins: { resilience: plugin as never }, rules: record },
      {
        name: `resilience/${preset}/not-production`,
        files: [...NOT_PRODUCTION],
        rules: Object.fromEntries(Object.keys(record).map((name) => [name, 'off' as const])),
      },
    ];
  }
  return configs;
}
