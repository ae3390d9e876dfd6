import { describe, expect, it } from 'vitest';
import { loadESLint } from '../../src/cli/load-eslint.js';
import { runCli } from '../../src/cli/program.js';
import { join } from 'node:path';
import { fakeHost, tempProject } from './fixture.js';

async function cli(root: string, ...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  const host = fakeHost(root);
  const exit = await runCli(args, host);
  return { exit, out: host.out(), err: host.err() };
}

describe('the command line', () => {
  it('prints help and version with 0', async () => {
    expect(await cli('/', '--help')).toMatchObject({ exit: 0, out: expect.stringMatching(/check \[options\] \[paths\.\.\.\][^]*explain[^]*Exit codes:/) });
    expect(await cli('/', '--version')).toMatchObject({ exit: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect((await cli('/', 'check', '--help')).out).toMatch(/--since-lines/);
  });

  it.each([
    [['check', '--fromat', 'json'], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    [['chekc'], /unknown command 'chekc'\n\(Did you mean check\?\)/],
    [['check', '--format', 'xml'], /Allowed choices are stylish, json, sarif, github/],
    [['check', '--runtime', 'deno'], /Allowed choices are node, browser, worker/],
    [['check', '--max-warnings', 'few'], /A whole number of 0 or more is wanted/],
    [['check', '--baseline'], /argument missing/],
    [['explain'], /missing required argument 'target'/],
  ])('%j ends with 2', async (args, message) => {
    expect(await cli('/', ...args)).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(message) });
  });

  it('prints a usage error without a stack', async () => {
    const root = tempProject({});
    expect(await cli(root, 'check', 'nowhere')).toEqual({ exit: 2, out: '', err: `nowhere: no such file or directory. Paths are read from ${root}.\n` });
  });

  it('hands options to the check', async () => {
    const root = tempProject({ 'app/a.ts': 'export const a = 1;', 'app/old/b.ts': 'export const b = 1;', 'app/c/d.ts': 'export const d = 1;' });
    const run = await cli(root, 'check', '--cwd', 'app', '--ignore', 'old/**', '--ignore', 'c/**', '--no-config', '--no-cross-file', '--format', 'json', '--stats');
    expect(run.exit).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ schemaVersion: 1, root: join(root, 'app'), summary: { filesRead: 1 }, stats: [] });
  });
});

describe('ESLint', () => {
  it('is taken from the project, else from this package', () => {
    expect(Number.parseInt(loadESLint(tempProject({})).version, 10)).toBeGreaterThanOrEqual(9);
  });

  it.each([
    ['package-lock.json', 'npm install --save-dev eslint'],
    ['pnpm-lock.yaml', 'pnpm add --save-dev eslint'],
    ['yarn.lock', 'yarn add --dev eslint'],
    ['bun.lock', 'bun add --dev eslint'],
  ])('that is missing beside %s: %s', (lock, command) => {
    const root = tempProject({ [lock]: '', 'app/x.js': '' });
    const from = join(root, 'app/noop.js');
    expect(() => loadESLint(join(root, 'app'), [from])).toThrow(`ESLint is not installed. Install it with: ${command}`);
  });

  it('that is too old is named', () => {
    const root = tempProject({ 'node_modules/eslint/package.json': '{ "name": "eslint", "version": "8.57.1" }' });
    expect(() => loadESLint(root, [join(root, 'noop.js')])).toThrow('ESLint 8.57.1 is installed, and version 9 or later is needed. Install it with: npm install --save-dev eslint');
  });
});
