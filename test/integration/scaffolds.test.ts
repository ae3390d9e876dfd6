import { cpSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runNode, tempFolder, type Ran } from './support.js';

/** A copy of the sources: scaffolds write into the checkout that they stand in. */
let copy: string;
beforeAll(() => {
  copy = tempFolder('scaffolds');
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.page.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'src', 'rules', 'codemods', 'docs', 'test', 'vitest.config.ts', 'eslint.config.js']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.includes('.tmp') });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const tool = (name: string, ...args: string[]): Ran => runNode(copy, [join(copy, 'test/tools', name), ...args]);
const bin = (path: string, ...args: string[]): Ran => runNode(copy, [join(ROOT, 'node_modules', path), ...args]);

describe('the scaffolds', () => {
  it.each([
    ['new-rule.mjs', ['require-parachute', '--family', 'timeouts'], ['rules/require-parachute.ts', 'test/rules/require-parachute.test.ts', 'docs/rules/require-parachute.md']],
    ['new-client.mjs', ['carrier-pigeon', '--kind', 'http'], ['src/models/clients/carrier-pigeon.ts', 'test/models/clients/carrier-pigeon.test.ts']],
    ['new-codemod.mjs', ['add-parachutes', '--rule', 'require-parachute'], ['codemods/add-parachutes.ts', 'test/codemods/add-parachutes.test.ts', 'docs/codemods/add-parachutes.md']],
  ])('%s writes its files', (name, args, files) => {
    const result = tool(name, ...args);
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    for (const file of files) expect(existsSync(join(copy, file)), file).toBe(true);
  });

  it('register what they wrote', () => {
    const read = (path: string): string => readFileSync(join(copy, path), 'utf8');
    expect(read('rules/index.ts')).toContain("'require-parachute': requireParachute");
    expect(read('codemods/index.ts')).toContain("'add-parachutes': addParachutes");
    expect(read('src/models/registry.ts')).toContain('carrier-pigeon');
    expect(read('README.md')).toContain('docs/rules/require-parachute.md');
    expect(read('docs/rules/require-parachute.md')).toContain('<!-- generated: supported clients -->');
    expect(tool('update.mjs', '--check', '--no-build').stdout).toBe('');
  });

  it('write code that type-checks', () => {
    expect(bin('typescript/bin/tsc', '-p', 'tsconfig.json').stdout).toBe('');
  });

  it('write code that the linter accepts', () => {
    const files = ['rules/require-parachute.ts', 'codemods/add-parachutes.ts', 'src/models/clients/carrier-pigeon.ts', 'test/rules/require-parachute.test.ts', 'test/codemods/add-parachutes.test.ts'];
    expect(bin('eslint/bin/eslint.js', '--max-warnings', '0', ...files).stdout).toBe('');
  });

  it.each([
    ['tests that pass', ['test/rules/require-parachute', 'test/models/clients/carrier-pigeon', 'test/models/integrity', 'test/codemods/add-parachutes', 'test/meta/layering']],
    ['pages that the page tests accept', ['test/meta/docs', '--testNamePattern', 'require-parachute|add-parachutes']],
    ['a rule that the rule tests accept', ['test/meta/rules', '--testNamePattern', '^require-parachute (?!with )']],
  ])('write %s', (_title, args) => {
    const result = bin('vitest/vitest.mjs', 'run', ...args);
    expect(result.stdout + result.stderr).not.toMatch(/FAIL|No test files found/);
    expect(result.status).toBe(0);
  });

  it.each([
    ['new-rule.mjs', ['require-parachute'], 'rules/require-parachute.ts exists already'],
    ['new-rule.mjs', ['RequireThing'], 'is not kebab-case'],
    ['new-rule.mjs', ['timeouts'], 'does not begin with'],
    ['new-rule.mjs', ['no-a', '--family', 'weather'], '"weather" is not a family'],
    ['new-rule.mjs', [], 'a name is needed'],
    ['new-rule.mjs', ['../no-escape'], 'is not kebab-case'],
    ['new-client.mjs', ['carrier-pigeon'], 'exists already'],
    ['new-client.mjs', ['owl', '--kind', 'bird'], '"bird" is not a kind'],
    ['new-client.mjs', ['owl', '--package', "x'; evil()"], 'is not the name of a package'],
    ['new-codemod.mjs', ['parachutes'], 'does not begin with a verb'],
    ['new-codemod.mjs', ['add-wings', '--rule', 'no-such-rule'], 'there is no rule'],
    ['new-codemod.mjs', ['add-wings', '--bogus'], 'Unknown option'],
  ])('%s refuses %j', (name, args, message) => {
    const result = tool(name, ...args);
    expect(result.stderr).toContain(message);
    expect(result.status).toBe(2);
  });
});
