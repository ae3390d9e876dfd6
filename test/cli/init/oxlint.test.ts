import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.js';
import { rulesOf } from '../../../src/configs.js';
import { editOxlint } from '../../../src/cli/init/oxlint-config.js';
import { ROOT, runNode } from '../../integration/support.js';
import { CALL, filesIn, init, project } from './run.js';

const read = (root: string): string => readFileSync(join(root, '.oxlintrc.json'), 'utf8');
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');
const hasOxlint = spawnSync(process.execPath, [OXLINT, '--version']).status === 0;

const COMMENTED = `{
  // Chosen by all of us.
  "jsPlugins": ["./own.js" /* ours */],
  "rules": {
    "no-var": "error", // old code
    "resilience/no-empty-catch": "off"
  },
  "overrides": [
    { "files": ["src/**"], "rules": { "no-var": "warn" } }
  ],
}
`;

describe('an oxlint configuration', () => {
  it('keeps comments and what it says of our rules', () => {
    const edit = editOxlint(COMMENTED, 'recommended', []);
    if (edit.is !== 'edited') throw new Error(edit.is);
    const { text } = edit;
    for (const line of ['  // Chosen by all of us.', '/* ours */', '"no-var": "error", // old code', '"resilience/no-empty-catch": "off"']) expect(text).toContain(line);
    expect(text).toMatch(/"jsPlugins": \[\s*"\.\/own\.js",\s*"eslint-plugin-resilience"[^\]]*\]/);
    for (const rule of Object.keys(rulesOf('recommended', rules))) expect(text.split(`"${rule}"`).length - 1, rule).toBe(2);
    // Ours first: the user's own overrides have the last word.
    expect(text.indexOf('*.config.')).toBeLessThan(text.indexOf('"src/**"'));
    expect(editOxlint(text, 'recommended', [])).toEqual({ is: 'there' });
  });

  it.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n'), /[^\r]\n/],
    ['tabs', (text: string) => text.replaceAll('  ', '\t'), /^ +"/m],
  ])('with %s keeps them', (_name, change, never) => {
    const edit = editOxlint(change('{\n  "rules": {\n    "no-var": "error"\n  }\n}\n'), 'recommended', []);
    if (edit.is !== 'edited') throw new Error(edit.is);
    expect(edit.text).not.toMatch(never);
  });

  it('with a byte order mark keeps it', () => {
    expect(editOxlint('\uFEFF{}\n', 'recommended', [])).toMatchObject({ is: 'edited', text: expect.stringMatching(/^\uFEFF\{/) });
  });

  it.each([
    ['{ "rules": ', /not JSON/],
    ['[]', /no object/],
    ['{ "rules": [] }', /another form/],
    ['{ "jsPlugins": "x" }', /another form/],
  ])('%s is left alone', (text, why) => {
    expect(editOxlint(text, 'recommended', [])).toMatchObject({ is: 'left', why: expect.stringMatching(why) });
  });
});

const LINKED = ['oxlint', 'eslint-plugin-resilience'];

describe.skipIf(!hasOxlint)('init beside oxlint alone', () => {
  it('edits its configuration, which then reports', async () => {
    const root = project({ '.oxlintrc.json': COMMENTED.replace('"./own.js" /* ours */', ''), 'test/orders.js': CALL }, LINKED);
    expect(await init(root, { yes: true })).toMatchObject({ exit: 0, err: '', out: expect.stringMatching(/Tried with oxlint [\d.]+: it loads\.\n\.oxlintrc\.json written\.[^]*npx oxlint/) });
    const { stdout } = runNode(root, [OXLINT, '--format', 'unix', 'src', 'test']);
    expect(stdout).toMatch(/src\/orders\.js:1:\d+: .*require-timeout/);
    expect(stdout).not.toContain('test/orders.js');
    const after = filesIn(root);
    expect((await init(root, { yes: true })).out).toContain('already: nothing to change');
    expect(filesIn(root)).toEqual(after);
  });

  it('does not write what oxlint would not load', async () => {
    const root = project({ '.oxlintrc.json': '{ "jsPlugins": ["eslint-plugin-that-is-not-installed"] }' }, LINKED);
    const before = filesIn(root);
    expect(await init(root, { yes: true })).toMatchObject({ exit: 2, err: expect.stringContaining('oxlint would not load it') });
    expect(filesIn(root)).toEqual(before);
  });

  it('writes a new one where it is asked to', async () => {
    const root = project({ 'eslint.config.mjs': 'export default [];\n' }, [...LINKED, 'eslint']);
    expect(await init(root, { yes: true, oxlint: true })).toMatchObject({ exit: 0, err: '' });
    expect(JSON.parse(read(root))).toMatchObject({ jsPlugins: ['eslint-plugin-resilience'], rules: { 'resilience/require-timeout': 'error' } });
    expect(readFileSync(join(root, 'eslint.config.mjs'), 'utf8')).toBe('export default [];\n');
  });
});

describe('a program that configures oxlint', () => {
  it('is left alone', async () => {
    const root = project({ 'oxlint.config.ts': "import { defineConfig } from 'oxlint';\nexport default defineConfig({});\n" }, LINKED);
    expect(await init(root, { yes: true })).toMatchObject({ exit: 2, err: expect.stringMatching(/oxlint\.config\.ts is left alone: it is a program\.[^]*jsPlugins: \['eslint-plugin-resilience'\][^]*'resilience\/require-timeout': 'error',/) });
  });
});
