/** A small service that uses the built plugin, as an editor would find it. */
import { linkPackages, tempFolder, writeFiles } from '../integration/support.ts';

const CONFIG = `import resilience from 'eslint-plugin-resilience';
import tseslint from 'typescript-eslint';

export default [
  tseslint.configs.base,
  ...resilience.configs.recommended,
  { files: ['**/*.{js,ts,tsx}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }, rules: { 'prefer-const': 'warn' } },
  { files: ['**/quiet/**'], rules: { 'resilience/require-timeout': 'off' } },
];
`;

const OXLINT = {
  plugins: [],
  categories: { correctness: 'off' },
  jsPlugins: ['eslint-plugin-resilience'],
  rules: { 'resilience/require-timeout': 'error', 'resilience/no-empty-catch': 'error', 'prefer-const': 'warn' },
  overrides: [{ files: ['**/quiet/**'], rules: { 'resilience/require-timeout': 'off' } }],
};

/**
 * @param {Record<string, string>} files beside the manifest and the configurations
 * @returns {string} the folder, which the caller removes
 */
export function makeProject(files = {}) {
  const folder = tempFolder('editor');
  linkPackages(folder, ['eslint', 'eslint-plugin-resilience', 'typescript-eslint', 'typescript']);
  writeFiles(folder, {
    'package.json': '{ "name": "orders", "type": "module", "engines": { "node": ">=20" } }',
    'eslint.config.js': CONFIG,
    '.oxlintrc.json': JSON.stringify(OXLINT),
    ...files,
  });
  return folder;
}
