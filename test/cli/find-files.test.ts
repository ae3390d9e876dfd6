import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ESLint } from 'eslint';
import { NOT_PRODUCTION } from '../../src/configs.js';
import { findFiles, wordsOf } from '../../src/cli/find-files.js';
import { tempProject } from './fixture.js';

describe('wordsOf', () => {
  it.each<[globs: string[], path: string, may: boolean]>([
    [['**/*.{test,spec}.*'], '/shop/src/a.test.ts', true],
    [['**/*.{test,spec}.*'], '/shop/src/a.spec.ts', true],
    [['**/*.{test,spec}.*'], '/shop/src/attest.ts', false],
    [['**/{mocks,mock}/**'], '/shop/mock/a.ts', true],
    [['**/{mocks,mock}/**'], '/shop/moc/a.ts', false],
    [['**/[gG]en/**'], '/shop/Gen/a.ts', true],
    [['src/+(a|b)/x.ts'], '/shop/src/a/x.ts', true],
    [['**/*'], '/shop/a.ts', true],
    [['**/{a,}*'], '/shop/b.ts', true],
    [[], '/shop/a.ts', false],
    [['!**/keep.ts', '**/gen/**'], '/shop/gen/keep.ts', true],
  ])('%j, %s: %s', (globs, path, may) => {
    expect(wordsOf(globs)(path)).toBe(may);
  });

  it('never says no where ESLint says yes', async () => {
    const eslint = new ESLint({ cwd: '/shop', overrideConfigFile: true, overrideConfig: [{ ignores: [...NOT_PRODUCTION] }, { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'] }] });
    const mayMatch = wordsOf(NOT_PRODUCTION);
    const names = ['a.test.ts', 'a.e2e-spec.ts', 'order.ts', 'test-util.ts', 'mock_data.js', 'seed.ts', 'vite.config.ts', '.eslintrc.js', 'webpack.dev.js', 'Gruntfile.cjs', 'a.d.ts', 'latest.ts', 'testing.tsx'];
    const folders = ['', 'src/', 'tests/', 'packages/a/__mocks__/', 'bin/', 'tools/', 'src/tools/', 'migrations/', 'src/e2e/', 'contest/', '.storybook/', 'test-kit/', 'dev-server/x/'];
    let ignored = 0;
    for (const path of folders.flatMap((folder) => names.map((name) => `/shop/${folder}${name}`))) {
      if (!(await eslint.isPathIgnored(path))) continue;
      ignored++;
      expect(mayMatch(path), path).toBe(true);
    }
    expect(ignored).toBeGreaterThan(100);
  });
});

describe('findFiles', () => {
  const found = async (cwd: string, paths: readonly string[] = [], ignore: readonly string[] = []): Promise<readonly string[]> =>
    (await findFiles({ cwd, paths, ignore, includeTests: false, loadESLint: () => ESLint })).files.map(({ path }) => path.slice(cwd.length + 1));

  it('leaves out what any .gitignore of the repository names, from a folder within it too', async () => {
    const root = tempProject({
      '.gitignore': 'made/\n*.gen.ts\n',
      'packages/a/.gitignore': 'own.ts\n/local/\n',
      'packages/a/src/a.ts': '', 'packages/a/src/a.gen.ts': '', 'packages/a/own.ts': '', 'packages/a/local/b.ts': '', 'packages/a/src/local/c.ts': '', 'packages/a/made/d.ts': '', 'packages/b/own.ts': '',
    });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect(await found(root)).toEqual(['packages/a/src/a.ts', 'packages/a/src/local/c.ts', 'packages/b/own.ts']);
    expect(await found(join(root, 'packages/a'))).toEqual(['src/a.ts', 'src/local/c.ts']);
    expect(await found(root, ['packages/a/src'])).toEqual(['packages/a/src/a.ts', 'packages/a/src/local/c.ts']);
  });

  it('leaves out what is built, installed, a test, or named by the caller', async () => {
    const root = tempProject({ 'src/a.ts': '', 'src/a.test.ts': '', 'dist/a.js': '', 'node_modules/x/a.js': '', 'src/gen/b.ts': '', 'src/a.d.ts': '', 'src/a.css': '' });
    expect(await found(root)).toEqual(['src/a.ts', 'src/gen/b.ts']);
    expect(await found(root, [], ['**/gen/**'])).toEqual(['src/a.ts']);
    expect(await found(root, ['src/*.ts'])).toEqual(['src/a.ts']);
  });

  it('takes a folder with the name of a file for what it is', async () => {
    const root = tempProject({ 'src/a.ts/b.ts': '', '.gitignore': 'c.ts/\n', 'src/c.ts/d.ts': '' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect(await found(root)).toEqual(['src/a.ts/b.ts']);
  });
});
