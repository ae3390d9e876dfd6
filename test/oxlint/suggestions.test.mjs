import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, linkPackages, runNode, tempFolder, writeFiles } from '../integration/support.ts';
import { compareFolder } from './lib/compare-folder.mjs';
import { OXLINT, setUp } from './lib/host-setup.mjs';
import { eslintFor, withEslint } from './lib/with-eslint.mjs';

const { rules } = await import(new URL('../../dist/src/index.js', import.meta.url).href);

const CALL = 'fetch(`http://a.internal/${id}`)';
const FILES = {
  '.gitignore': 'node_modules\n',
  'hosts/src/mark.js': `\uFEFF// 💥\r\nexport const a = (id) => ["é💥", ${CALL}];\r\nexport const b = (id) => ${CALL};\r\n`,
};

let folder;
let setup;
const textOf = (file) => readFileSync(join(folder, file), 'utf8');

beforeAll(async () => {
  folder = tempFolder('oxlint-suggestions');
  cpSync(join(ROOT, 'docs/examples/shop'), join(folder, 'shop'), { recursive: true });
  cpSync(join(ROOT, 'test/fixtures/hosts/src'), join(folder, 'hosts/src'), { recursive: true });
  cpSync(join(ROOT, 'test/fixtures/hosts/package.json'), join(folder, 'hosts/package.json'));
  writeFiles(folder, FILES);
  linkPackages(folder, ['eslint-plugin-resilience']);
  setup = await setUp(folder, { preset: 'recommended' });
});
afterAll(() => {
  setup.remove();
  rmSync(folder, { recursive: true, force: true });
});

const oxlint = (flag) => runNode(folder, [OXLINT, '--config', setup.oxlintConfig, '--disable-nested-config', flag, '.']);

/** Files as they are with the suggestions of ESLint, where every finding of the file that has any has one. */
async function mendedByEslint() {
  const mended = new Map();
  for (const { filePath, messages } of await eslintFor(setup).lintFiles([...setup.files])) {
    const offers = messages.flatMap(({ suggestions }) => (suggestions === undefined ? [] : [suggestions]));
    if (offers.length === 0 || offers.some(({ length }) => length > 1)) continue;
    const file = filePath.slice(folder.length + 1).replaceAll('\\', '/');
    const whole = textOf(file);
    const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
    const edits = offers.map(([{ fix }]) => fix).sort((a, b) => b.range[0] - a.range[0]);
    mended.set(file, mark + edits.reduce((text, { range, text: insert }) => `${text.slice(0, range[0])}${insert}${text.slice(range[1])}`, whole.slice(mark.length)));
  }
  return mended;
}

describe('what oxlint applies', () => {
  it('is nothing without being asked: no rule has an automatic fix', async () => {
    expect(Object.entries(rules).filter(([, { meta }]) => meta.fixable !== undefined)).toEqual([]);
    const before = setup.files.map(textOf);
    expect(oxlint('--fix').status).toBe(1);
    expect(setup.files.map(textOf)).toEqual(before);
  });

  it.each(['--fix-dangerously', '--fix-suggestions'])('with %s is what ESLint suggests', async (flag) => {
    const before = new Map(setup.files.map((file) => [file, textOf(file)]));
    const expected = await mendedByEslint();
    expect(expected.size).toBeGreaterThan(8);
    expect([...expected.keys()]).toContain('hosts/src/mark.js');
    try {
      expect(oxlint(flag).stderr).toBe('');
      for (const [file, text] of expected) expect(textOf(file), file).toBe(text);
      if (flag === '--fix-dangerously') return;
      const after = await withEslint(setup);
      // What was mended is silent, and of the rest both say the same again.
      expect(after.filter(({ file, suggestions }) => expected.has(file) && suggestions.length > 0)).toEqual([]);
      const again = await compareFolder(folder, { preset: 'recommended', known: [] });
      expect(again.differences).toEqual([]);
      expect(again.eslint).toBe(after.length);
    } finally {
      writeFiles(folder, Object.fromEntries(before));
    }
  });
});
