import { createRequire } from 'node:module';
import type { Linter } from 'eslint';
import { rules as allRules } from '../rules/index.js';
import type { PresetName, RuleName } from './config-types-esm.js';
import { buildConfigs } from './configs.js';
import type { ResilienceRule } from './eslint/create-rule.js';
import { withProject } from './with-project.js';

export type { CodemodSettings, PresetName, ResilienceRules, ResilienceSettings, RuleName } from './config-types-esm.js';
export type { ProjectOptions } from './with-project.js';
export type { ResilienceRule };

const { name, version } = createRequire(import.meta.url)('eslint-plugin-resilience/package.json') as { name: string; version: string };

/** What `plugins: { resilience }` takes. */
export interface ResiliencePlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'resilience' };
  readonly rules: Record<RuleName, ResilienceRule>;
  readonly configs: Record<PresetName, Linter.Config[]>;
  readonly withProject: typeof withProject;
}

const meta = { name, version, namespace: 'resilience' } as const;
const rules = allRules as Record<RuleName, ResilienceRule>;
const configs = {} as Record<PresetName, Linter.Config[]>;
const plugin: ResiliencePlugin = { meta, rules, configs, withProject };
Object.assign(configs, buildConfigs(plugin, allRules));

export { configs, meta, rules, withProject };
export default plugin;
