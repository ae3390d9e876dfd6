import { createRequire } from 'node:module';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globby } from 'globby';
import { oxlintPreset } from '../../tools/lib/oxlint-presets.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PLUGIN = join(ROOT, 'dist/src/index.js');

/** The script that starts oxlint under Node. */
export const OXLINT = createRequire(import.meta.url).resolve('oxlint/package.json').replace(/package\.json$/, 'bin/oxlint');

/** What both hosts can parse: the languages of templates are oxlint's alone. */
const SOURCES = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}';

/**
 * Both hosts over one folder: the same files, rules, options, settings, and globs that begin at that folder.
 * @typedef {object} Setup
 * @property {string} root absolute
 * @property {readonly string[]} files paths from the root, with forward slashes
 * @property {readonly import('eslint').Linter.Config[]} configs for ESLint
 * @property {string} oxlintConfig file that `--config` takes; outside the root, which is not written to
 * @property {() => void} remove
 */

/**
 * @param {string} folder
 * @param {{ preset?: string, settings?: Record<string, unknown> }} options
 * @returns {Promise<Setup>}
 */
export async function setUp(folder, { preset = 'all', settings = {} } = {}) {
  const root = realpathSync(resolve(folder));
  const ours = { resilience: { crossFile: true, ...settings } };
  const configs = await configsFor(preset);
  const own = mkdtempSync(join(realpathSync(tmpdir()), 'oxlint-compare-'));
  const oxlintConfig = join(own, '.oxlintrc.json');
  writeFileSync(oxlintConfig, JSON.stringify(configurationOutside(root, oxlintPreset(configs), ours)));
  const files = await globby(SOURCES, { cwd: root, gitignore: true, ignore: ['**/node_modules/**', '**/dist/**', '**/*.min.js'], followSymbolicLinks: false });
  return {
    root,
    files: files.sort(),
    configs: [{ settings: ours }, ...configs],
    oxlintConfig,
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** The configs of a preset, from the built plugin. */
export async function configsFor(preset) {
  const { configs } = await import(pathToFileURL(PLUGIN).href);
  if (!Object.hasOwn(configs, preset)) throw new TypeError(`no preset is named ${preset}: ${Object.keys(configs).join(', ')}`);
  return configs[preset];
}

/** The preset for a configuration that lies elsewhere: oxlint reads globs from the configuration's own folder. */
function configurationOutside(root, preset, settings) {
  return {
    ...preset,
    jsPlugins: [PLUGIN],
    plugins: [],
    categories: { correctness: 'off' },
    settings,
    overrides: preset.overrides.map(({ files, rules }) => ({ files: files.map((glob) => `${root}/${glob}`), rules })),
  };
}
