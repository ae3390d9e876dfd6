import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { afterEach } from 'vitest';
import { runInit, type InitOptions } from '../../../src/cli/commands/init.js';
import { forgetWorkspaces } from '../../../src/project/workspace.js';
import { forgetDisk } from '../../../src/project/disk.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { ESLINT, linkPackages, ROOT, runNode, tempFolder, writeFiles, type Files } from '../../integration/support.js';
import { fakeHost } from '../fixture.js';

export const FIXTURES = join(ROOT, 'test/fixtures/init');
export const CALL = "export const order = () => fetch('http://orders.internal');\n";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Packages that the configurations of the fixtures take in and that are too small to be installed. */
const SMALL: Files = {
  'node_modules/eslint-config-prettier/package.json': '{ "name": "eslint-config-prettier", "version": "10.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/eslint-config-prettier/index.js': "export default { name: 'prettier', rules: { 'no-extra-semi': 'off' } };\n",
  'node_modules/@acme/compose/package.json': '{ "name": "@acme/compose", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/@acme/compose/index.js': 'export default (...configs) => Object.assign(Promise.resolve(configs), { append: (...more) => [...configs, ...more] });\n',
};

const LINKED = ['eslint', 'eslint-plugin-resilience', 'eslint-plugin-n', 'typescript-eslint', 'globals', 'jiti'];

/** A project with a call to judge, and with what its configuration may take in. */
export function project(files: Files, linked: readonly string[] = LINKED): string {
  const root = tempFolder('init');
  folders.push(root);
  linkPackages(root, linked);
  writeFiles(root, { 'package.json': '{ "name": "orders", "private": true, "dependencies": { "axios": "^1.7.0", "pg": "^8.0.0" } }', 'package-lock.json': '{}', 'src/orders.js': CALL, ...SMALL, ...files });
  return root;
}

/** The same with the files of a fixture. */
export function fixture(path: string): string {
  const root = project({});
  cpSync(join(FIXTURES, path), root, { recursive: true, filter: (from) => !/[\\/]after\.\w+$/.test(from) });
  return root;
}

export interface InitRun {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process; a usage error gives 2, as on the command line. */
export async function init(root: string, options: Partial<InitOptions> = {}): Promise<InitRun> {
  // What a test writes is no older than what the last one read.
  forgetDisk();
  forgetWorkspaces();
  const host = fakeHost(root);
  try {
    const exit = await runInit({ preset: 'recommended', ...options }, host);
    return { exit, out: host.out(), err: host.err() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message };
  }
}

/** What the real ESLint reports of a file by the configuration that is there. */
export async function reported(root: string, file = 'src/orders.js'): Promise<readonly (string | null)[]> {
  // typescript-eslint remembers each folder whose configuration took it in, and parses nothing once they are two.
  const alone = Object.entries(filesIn(root)).some(([name, text]) => name.startsWith('eslint.config.') && text.includes('typescript-eslint'));
  const results = alone ? (JSON.parse(runNode(root, [ESLINT, '--format', 'json', file]).stdout) as ESLint.LintResult[]) : await new ESLint({ cwd: root }).lintFiles([file]);
  const [result] = results;
  return result!.messages.map(({ ruleId, fatal, message }: Linter.LintMessage) => (fatal === true ? message : ruleId));
}

/** All files but those that are installed, with their bytes. */
export function filesIn(root: string): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  return Object.fromEntries(names.map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'latin1')]));
}

export function put(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
