import { createRequire } from 'node:module';
import type { ESLint, Linter } from 'eslint';
import { rules } from '../rules/index.js';
import { buildConfigs, type PresetName } from './configs.js';
import { withProject } from './with-project.js';

const { name, version } = createRequire(import.meta.url)('eslint-plugin-resilience/package.json') as { name: string; version: string };

const meta = { name, version, namespace: 'resilience' } as const;
const configs: Record<PresetName, Linter.Config[]> = {} as Record<PresetName, Linter.Config[]>;
const plugin = { meta, rules, configs, withProject } as unknown as ESLint.Plugin & { withProject: typeof withProject };
Object.assign(configs, buildConfigs(plugin, rules));

export { configs, meta, rules, withProject };
export default plugin;
// `require()` of an ES module gives its namespace; this name makes it give the plugin.
export { plugin as 'module.exports' };
