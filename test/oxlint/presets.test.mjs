import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, linkPackages, runNode, tempFolder, writeFiles } from '../integration/support.ts';
import { OXLINT } from './lib/host-setup.mjs';

const { default: plugin } = await import(new URL('../../dist/src/index.js', import.meta.url).href);
const PRESETS = Object.keys(plugin.configs);
const extended = (preset) => `./node_modules/eslint-plugin-resilience/docs/oxlint/${preset}.json`;

let project;
beforeAll(() => {
  project = tempFolder('oxlint-presets');
  cpSync(join(ROOT, 'docs/examples/shop'), project, { recursive: true });
  writeFiles(project, { '.gitignore': 'node_modules\n' });
  linkPackages(project, ['eslint-plugin-resilience']);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Findings of oxlint under a configuration, one a line. */
function withOxlint(cwd, configuration, ...args) {
  writeFileSync(join(cwd, '.oxlintrc.json'), JSON.stringify(configuration));
  const { stdout, stderr } = runNode(cwd, [OXLINT, '--format', 'json', ...args, '.']);
  expect(stderr).toBe('');
  expect(stdout, 'a report').toMatch(/^\{ "diagnostics"/);
  return JSON.parse(stdout)
    .diagnostics.filter(({ code }) => code?.startsWith('resilience('))
    .map(({ filename, labels, code, message, severity }) => `${filename}:${labels[0].span.line} ${code.slice('resilience('.length, -1)} ${severity} ${message}`)
    .sort();
}

async function withEslint(cwd, configs, patterns) {
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [{ files: ['**/*.{js,ts,mjs,cjs,mts,cts,tsx,jsx}'], languageOptions: { parser: typescriptParser } }, ...configs] });
  const results = await eslint.lintFiles(patterns);
  return results
    .flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, severity, message }) => `${filePath.slice(cwd.length + 1)}:${line} ${ruleId.slice('resilience/'.length)} ${severity === 2 ? 'error' : 'warning'} ${message}`))
    .sort();
}

describe('the presets for oxlint', () => {
  it('are one a preset', () => {
    expect(readdirSync(join(ROOT, 'docs/oxlint')).sort()).toEqual(PRESETS.map((name) => `${name}.json`).sort());
  });

  it.each(PRESETS)('%s is loaded by `extends`, and finds what the preset finds in ESLint', async (preset) => {
    const found = withOxlint(project, { extends: [extended(preset)] });
    expect(found).toEqual(await withEslint(project, plugin.configs[preset], ['.']));
    if (['recommended', 'strict', 'all', 'timeouts'].includes(preset)) expect(found.length).toBeGreaterThan(5);
  });

  it('leave oxlint\'s own rules as they are', () => {
    writeFiles(project, { 'services/orders/src/debug.ts': 'debugger;\n' });
    writeFileSync(join(project, '.oxlintrc.json'), JSON.stringify({ extends: [extended('recommended')] }));
    const { stdout } = runNode(project, [OXLINT, '--format', 'unix', 'services/orders/src/debug.ts']);
    rmSync(join(project, 'services/orders/src/debug.ts'));
    expect(stdout).toContain('eslint(no-debugger)');
  });

  it('give way to what the user\'s configuration says', () => {
    const mine = { extends: [extended('recommended')], rules: { 'resilience/require-timeout': 'warn' } };
    const severities = (lines) => new Set(lines.filter((line) => line.includes(' require-timeout ')).map((line) => line.split(' ')[2]));
    expect([...severities(withOxlint(project, mine))]).toEqual(['warning']);
    const folder = { extends: [extended('recommended')], overrides: [{ files: ['services/orders/**'], rules: { 'resilience/require-timeout': 'off' } }] };
    const found = withOxlint(project, folder).filter((line) => line.includes(' require-timeout '));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((line) => line.startsWith('services/orders/'))).toEqual([]);
  });

  it('lose a rule\'s options to a severity on its own, as the page says', async () => {
    const of = (lines) => lines.filter((line) => line.includes(' require-timeout '));
    const [, options] = plugin.configs.all[0].rules['resilience/require-timeout'];
    const bare = of(withOxlint(project, { extends: [extended('all')], rules: { 'resilience/require-timeout': 'error' } }));
    const whole = of(withOxlint(project, { extends: [extended('all')], rules: { 'resilience/require-timeout': ['error', options] } }));
    expect(whole).toEqual(of(await withEslint(project, [...plugin.configs.all, { rules: { 'resilience/require-timeout': 'error' } }], ['.'])));
    expect(bare.length).toBeLessThan(whole.length);
  });

  it('are found by their name from a program', () => {
    const program = "import preset from 'eslint-plugin-resilience/oxlint/recommended.json' with { type: 'json' };\nconsole.log(Object.keys(preset.rules).length);";
    const { stdout } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], { cwd: project, encoding: 'utf8' });
    expect(Number(stdout)).toBe(Object.keys(plugin.configs.recommended[0].rules).length);
  });
});

describe('code outside production', () => {
  // Every rule says something of every file here, so that globs alone decide.
  const ALWAYS = `export default { meta: { name: 'eslint-plugin-resilience' }, rules: Object.fromEntries(${JSON.stringify(Object.keys(plugin.rules))}.map((name) => [name, { meta: { schema: false }, create: (context) => ({ Program: (node) => context.report({ node, message: 'on' }) }) }])) };\n`;
  const PATHS = [
    'src/orders/client.ts', 'src/index.js', 'packages/api/src/server.ts', 'src/testimony/report.ts', 'src/latest/handler.ts', 'src/contest.ts', 'src/config/http.ts', 'packages/api/tools/load.ts',
    'src/client.test.ts', 'src/client.e2e-spec.ts', 'test/client.ts', 'packages/api/tests/deep/client.ts', 'src/__mocks__/axios.ts', 'scripts/release.mjs', 'migrations/001-orders.ts', 'vite.config.ts',
    '.eslintrc.cjs', 'src/button.stories.tsx', 'src/types.d.ts', 'prisma/seed.ts', 'gulpfile.js', 'tools/load.ts', 'ci/check.mjs', 'src/test-utils.ts', 'webpack.prod.js', '.storybook/main.ts', 'packages/ci/src/run.ts',
  ];

  it('is told by the same globs in both', async () => {
    const folder = tempFolder('oxlint-globs');
    try {
      mkdirSync(join(folder, 'always'));
      writeFiles(folder, { 'always/index.mjs': ALWAYS, ...Object.fromEntries(PATHS.map((path) => [path, 'export {};\n'])) });
      const { default: always } = await import(`file://${join(folder, 'always/index.mjs')}`);
      const preset = JSON.parse(readFileSync(join(ROOT, 'docs/oxlint/recommended.json'), 'utf8'));
      const filesOf = (lines) => [...new Set(lines.map((line) => line.split(':')[0]))].filter((path) => path !== 'always/index.mjs');
      const inOxlint = filesOf(withOxlint(folder, { ...preset, jsPlugins: ['./always/index.mjs'] }));
      const stubbed = plugin.configs.recommended.map((config) => (config.plugins === undefined ? config : { ...config, plugins: { resilience: always } }));
      expect(inOxlint).toEqual(filesOf(await withEslint(folder, stubbed, PATHS)));
      expect(inOxlint).toEqual(PATHS.filter((path) => /^(?:src\/(?:orders|index|testimony|latest|contest|config)|packages\/api\/(?:src|tools)|packages\/ci)/.test(path)).sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
