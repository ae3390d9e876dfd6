import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support.js';

/** The files that come with the built plugin, in a fresh process. */
function loadedFiles(): string[] {
  const output = execFileSync(process.execPath, [join(ROOT, 'test/tools/lib/loaded-modules.mjs'), join(ROOT, 'dist/src/index.js')], { encoding: 'utf8' });
  return (JSON.parse(output) as string[]).map((path) => path.replaceAll('\\', '/'));
}

describe('loading the plugin', () => {
  const files = loadedFiles();

  it('is seen to load its own modules', () => {
    for (const path of ['dist/src/index.js', 'dist/rules/index.js', 'dist/src/configs.js']) expect(files.some((file) => file.endsWith(path)), path).toBe(true);
  });

  it.each([
    'eslint', 'typescript', 'ts-morph', 'oxc-parser', '@typescript-eslint/utils', '@typescript-eslint/typescript-estree', '@typescript-eslint/parser',
    'commander', 'ora', 'globby', 'simple-git',
  ])('does not load %s', (name) => {
    expect(files.filter((path) => path.includes(`/node_modules/${name}/`))).toEqual([]);
  });

  it('loads nothing of the command line or the codemod runner', () => {
    expect(files.filter((path) => /\/dist\/(?:src\/(?:cli|codemod)|codemods)\//.test(path))).toEqual([]);
  });
});
