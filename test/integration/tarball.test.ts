import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, tempFolder, writeFiles } from './support.js';

/**
 * The package as a user gets it: packed, installed from the tarball into an empty project, run. Needs
 * the registry, so it runs where RESILIENCE_TARBALL=1 asks for it; `.ci/run` does.
 */
const wanted = process.env['RESILIENCE_TARBALL'] === '1';
const npm = (cwd: string, ...args: string[]): string => execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], { cwd, encoding: 'utf8', shell: process.platform === 'win32', timeout: 240_000 });

let folder: string;
let tarball: string;
beforeAll(() => {
  if (!wanted) return;
  folder = tempFolder('tarball');
  // Built by the global set-up already; packing must not build under the other tests' feet.
  npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', folder);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!);
}, 240_000);
afterAll(() => {
  if (wanted) rmSync(folder, { recursive: true, force: true });
});

const BAD = "export const order = (id) => fetch(`http://orders.internal/${id}`);\n";

describe.skipIf(!wanted)('the packed package', () => {
  describe.each(['9', '10'])('with ESLint %s', (major) => {
    let project: string;
    beforeAll(() => {
      project = join(folder, `eslint-${major}`);
      mkdirSync(project);
      writeFiles(project, { 'package.json': '{ "name": "orders", "version": "1.0.0", "private": true, "type": "module", "engines": { "node": ">=20" } }', 'src/orders.js': BAD });
      npm(project, 'install', '--save-dev', `eslint@${major}`, tarball);
    }, 300_000);

    const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync('npx', ['--no-install', ...args], { cwd: project, encoding: 'utf8', shell: process.platform === 'win32', env: { ...process.env, NO_COLOR: '1', npm_config_loglevel: 'error' } });

    it('installs that ESLint and no compiler', () => {
      const version = (JSON.parse(readFileSync(join(project, 'node_modules/eslint/package.json'), 'utf8')) as { version: string }).version;
      expect(version).toMatch(new RegExp(`^${major}\\.`));
      expect(existsSync(join(project, 'node_modules/typescript'))).toBe(false);
    });

    it('lints through an ES module configuration', () => {
      writeFiles(project, { 'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default [...resilience.configs.recommended];\n" });
      const { status, stdout, stderr } = run('eslint', 'src');
      expect(stderr).toBe('');
      expect(stdout).toContain('resilience/require-timeout');
      expect(status).toBe(1);
    });

    it('lints through a CommonJS configuration', () => {
      writeFiles(project, { 'eslint.config.cjs': "const resilience = require('eslint-plugin-resilience');\nmodule.exports = [...resilience.configs.recommended];\n" });
      const { status, stdout, stderr } = run('eslint', '--config', 'eslint.config.cjs', 'src');
      expect(stderr.replace(/^\(node.*\n?/gm, '')).toBe('');
      expect(stdout).toContain('resilience/require-timeout');
      expect(status).toBe(1);
    });

    it('checks TypeScript from the command line, with no configuration and no compiler', () => {
      rmSync(join(project, 'eslint.config.js'), { force: true });
      rmSync(join(project, 'eslint.config.cjs'), { force: true });
      writeFiles(project, { 'src/stock.ts': BAD.replace('(id)', '(id: string): Promise<Response>') });
      const { status, stdout, stderr } = run('eslint-plugin-resilience', 'check');
      expect(stderr).toBe('');
      expect(stdout).toContain('src/stock.ts');
      expect(stdout).toContain('src/orders.js');
      expect(status).toBe(1);
    });
  });
});
