import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, tempFolder, writeFiles } from '../integration/support.ts';
import { compareFolder } from './lib/compare-folder.mjs';
import { compareFindings } from './lib/compare.mjs';
import { explain, readKnown } from './lib/known-differences.mjs';
import { modelSamples, oddFiles, pageSamples } from './lib/sample-projects.mjs';

const folders = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder outside `test/`, so that nothing takes the files for test code. */
function folderOf(name, fill) {
  const folder = tempFolder(name);
  folders.push(folder);
  fill(folder);
  return folder;
}

/** Compares, and gives what a reader has to see: no difference, but some findings. */
async function compared(name, fill, options) {
  const report = await compareFolder(folderOf(name, fill), options);
  return { ...report, unexplained: report.differences.filter(({ why }) => why === null).map(({ text }) => text) };
}

const finding = (more = {}) => ({ file: 'src/a.ts', rule: 'require-timeout', message: 'no timeout', severity: 'error', start: '3:5', end: '3:20', suggestions: [], fix: null, ...more });
const textsOf = (eslint, oxlint) => compareFindings(eslint, oxlint).differences.map(({ text }) => text);

describe('the comparison', () => {
  const mended = { title: 'Bound it', text: 'fetch(x, y)' };

  it('counts what is the same', () => {
    expect(compareFindings([finding({ suggestions: [mended] })], [finding({ suggestions: [mended] })])).toEqual({ agreed: 1, differences: [] });
  });

  it.each([
    ['a finding that one of them lacks', [finding()], [], ['only ESLint: src/a.ts:3:5 require-timeout no timeout']],
    ['a second finding at the same place', [finding()], [finding(), finding()], ['only oxlint: src/a.ts:3:5 require-timeout no timeout']],
    ['another end', [finding()], [finding({ end: '3:21' })], ['differs in end 3:20 and 3:21: src/a.ts:3:5 require-timeout no timeout']],
    ['another severity', [finding()], [finding({ severity: 'warning' })], ['differs in severity error and warning: src/a.ts:3:5 require-timeout no timeout']],
    ['a suggestion that is missing', [finding({ suggestions: [mended] })], [finding()], ['differs in suggestions [Bound it] and []: src/a.ts:3:5 require-timeout no timeout']],
    ['a suggestion with another edit', [finding({ suggestions: [mended] })], [finding({ suggestions: [{ ...mended, text: 'fetch(x,y)' }] })], ['differs in the edits of [Bound it]: src/a.ts:3:5 require-timeout no timeout']],
    ['suggestions in another order', [finding({ suggestions: [mended, { title: 'Z', text: '' }] })], [finding({ suggestions: [{ title: 'Z', text: '' }, mended] })], ['differs in the order of suggestions: src/a.ts:3:5 require-timeout no timeout']],
    ['a fix', [finding({ fix: 'x' })], [finding()], ['differs in the fix: src/a.ts:3:5 require-timeout no timeout']],
    ['a file that one of them cannot parse', [finding()], [finding({ rule: '(not parsed)', message: 'Unexpected token' })], ['only ESLint parses src/a.ts: Unexpected token']],
  ])('sees %s', (_what, eslint, oxlint, texts) => {
    expect(textsOf(eslint, oxlint)).toEqual(texts);
  });
});

describe('known differences', () => {
  const known = [{ in: 'shop', pattern: '^only oxlint: .* no timeout$', reason: 'because', source: 'seen' }];
  const difference = { file: 'src/a.ts', text: 'only oxlint: src/a.ts:3:5 require-timeout no timeout' };

  it('explain what they match, in their folder', () => {
    expect(explain(known, '/work/shop', [difference])).toEqual({ explained: [{ ...difference, why: known[0] }], idle: [] });
    expect(explain(known, '/work/other', [difference])).toEqual({ explained: [{ ...difference, why: null }], idle: [] });
  });

  it('are to go when they match nothing', () => {
    expect(explain(known, '/work/shop', []).idle).toEqual(known);
  });

  it('give a reason and its source', () => {
    expect(readKnown().every(({ pattern }) => new RegExp(pattern) instanceof RegExp)).toBe(true);
  });
});

describe('ESLint and oxlint say the same', () => {
  it('of the fixtures for hosts', async () => {
    const { unexplained, agreed } = await compared('compared-hosts', (folder) => {
      cpSync(join(ROOT, 'test/fixtures/hosts/src'), join(folder, 'src'), { recursive: true });
      cpSync(join(ROOT, 'test/fixtures/hosts/package.json'), join(folder, 'package.json'));
    });
    expect(unexplained).toEqual([]);
    expect(agreed).toBeGreaterThan(10);
  });

  it('of projects of every package manager, and of the example', async () => {
    const { unexplained, agreed } = await compared('compared-projects', (folder) => {
      cpSync(join(ROOT, 'test/fixtures/projects'), join(folder, 'projects'), { recursive: true });
      cpSync(join(ROOT, 'docs/examples/shop'), join(folder, 'shop'), { recursive: true });
    });
    expect(unexplained).toEqual([]);
    expect(agreed).toBeGreaterThan(15);
  });

  it.each([
    ['samples-of-pages', pageSamples, 150],
    ['samples-of-models', modelSamples, 100],
    ['odd-files', oddFiles, 10],
  ])('of %s', async (name, files, atLeast) => {
    const { unexplained, idle, agreed } = await compared(name, (folder) => writeFiles(folder, files()));
    expect(unexplained).toEqual([]);
    expect(idle).toEqual([]);
    expect(agreed).toBeGreaterThan(atLeast);
  });

  const CALL = 'fetch(`http://a.internal/${id}`)';
  const PACKAGE = { 'package.json': '{ "name": "orders", "private": true, "type": "module", "engines": { "node": ">=20" } }' };

  it('of places after a byte order mark, Windows line ends and characters of two units', async () => {
    const { unexplained, agreed } = await compared('compared-places', (folder) =>
      writeFiles(folder, {
        ...PACKAGE,
        'src/mark.js': `\uFEFFexport const a = (id) => ${CALL};\n`,
        'src/mark-and-shebang-like.js': `\uFEFF/* 💥 */ export const a = (id) => ["é💥", ${CALL}];\r\nexport const b = (id) => ${CALL};\r\n`,
        'src/windows.ts': `// 𝒂\r\n\r\nexport const a = (id: string) => ["💥", ${CALL}]; // é\r\n/* 日本\r\n語 */ export const b = (id: string) => ${CALL};`,
        'src/old-mac.js': `export const a = (id) => ${CALL};\rexport const b = (id) => ${CALL};\r`,
        'src/separators.js': `export const s = "\u2028"; export const a = (id) => ${CALL};\n`,
      }),
    );
    expect(unexplained).toEqual([]);
    expect(agreed).toBe(8);
  });

  it('where comments switch rules off', async () => {
    const { unexplained, agreed } = await compared('compared-comments', (folder) =>
      writeFiles(folder, {
        ...PACKAGE,
        'src/next-line.js': `// eslint-disable-next-line resilience/require-timeout -- it ends by itself\nexport const a = (id) => ${CALL};\nexport const b = (id) => ${CALL};\n`,
        'src/block.js': `/* eslint-disable resilience/require-timeout */\nexport const a = (id) => ${CALL};\n/* eslint-enable resilience/require-timeout */\nexport const b = (id) => ${CALL};\n`,
        'src/same-line.js': `export const a = (id) => ${CALL}; // eslint-disable-line\nexport const b = (id) => ${CALL}; // eslint-disable-line no-console, resilience/require-timeout\nexport const c = (id) => ${CALL}; // eslint-disable-line no-console\n`,
      }),
    );
    expect(unexplained).toEqual([]);
    expect(agreed).toBe(3);
  });

  it('with settings: one file at a time, another runtime', async () => {
    const fill = (folder) => cpSync(join(ROOT, 'docs/examples/shop'), folder, { recursive: true });
    const apart = await compared('compared-apart', fill, { settings: { crossFile: false } });
    const together = await compared('compared-together', fill);
    const browser = await compared('compared-browser', fill, { settings: { runtime: 'browser' } });
    for (const report of [apart, together, browser]) expect(report.unexplained).toEqual([]);
    expect(apart.agreed).toBeGreaterThan(0);
    expect(apart.agreed).toBeLessThan(together.agreed);
    expect(browser.agreed).toBeLessThan(together.agreed);
  });
});
