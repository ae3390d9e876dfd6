import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extraPackages } from '../../support/extra-packages.js';
import { CLI, ROOT, linkPackages, tempFolder, writeFiles, type Files, type Ran } from '../support.js';

/** Nothing of the machine's own settings. */
const APART = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', NO_COLOR: '1', FORCE_COLOR: '0', GITHUB_WORKSPACE: '', GITHUB_STEP_SUMMARY: '', CI_PROJECT_DIR: '' };

export const PAGE = 'docs/ci.md';
export const pageText = (): string => readFileSync(join(ROOT, PAGE), 'utf8');

/** A call that waits without end. */
export const unbounded = (name: string): string => `export const ${name} = (id) => fetch(\`http://${name}.internal/\${id}\`);\n`;

export function git(folder: string, ...args: string[]): string {
  const own = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...own, ...args], { cwd: folder, env: { ...process.env, ...APART }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}

/** A project with the commands of ESLint and of the checkout, where `npx` finds them. */
export function installed(name: string, files: Files): string {
  const folder = tempFolder(name);
  writeFiles(folder, { '.gitignore': 'node_modules\n.eslintcache\n', 'package.json': '{ "name": "shop", "private": true, "type": "module", "engines": { "node": ">=20" } }', ...files });
  linkPackages(folder, ['eslint', 'eslint-plugin-resilience']);
  chmodSync(CLI, 0o755);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  link(join(folder, 'node_modules/.bin/eslint'), join(ROOT, 'node_modules/eslint/bin/eslint.js'));
  link(join(folder, 'node_modules/.bin/eslint-plugin-resilience'), CLI);
  // npm's own takes longer to find a command of the folder than the command to run.
  writeFiles(folder, { 'node_modules/.bin/npx': '#!/bin/sh\ncommand="$1"\nshift\nexec "$(dirname "$0")/$command" "$@"\n' });
  chmodSync(join(folder, 'node_modules/.bin/npx'), 0o755);
  return folder;
}

/** As `installed`, with one commit on `main`. */
export function repository(name: string, files: Files): string {
  const folder = installed(name, files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, 'first');
  return folder;
}

export function link(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Runs lines of a page in a shell, as a reader or a runner does. */
export function shell(cwd: string, line: string, env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', line], { cwd, encoding: 'utf8', env: { ...process.env, ...APART, PATH: `${join(cwd, 'node_modules/.bin')}:${process.env['PATH']}`, ...env } });
  return { status, stdout, stderr };
}

/** Runs the command line of the checkout. */
export function resilience(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd, encoding: 'utf8', env: { ...process.env, ...APART, ...env } });
  return { status, stdout, stderr };
}

/** Tools from outside that the recipes speak of. */
export function tools(): string {
  return extraPackages({
    '@microsoft/eslint-formatter-sarif': '3.1.0',
    '@microsoft/jest-sarif': '1.0.0-beta.0',
    'ajv-draft-04': '1.0.0',
    'ajv-formats': '3.0.1',
    'eslint-lowest': 'npm:eslint@9.34.0',
    'lint-staged': '16.3.4',
  });
}
