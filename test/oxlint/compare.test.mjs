import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    expect(explain(known, '/code/shop', [difference])).toEqual({ explained: [{ ...difference, why: known[0] }], idle: [] });
    expect(explain(known, '/code/other', [difference])).toEqual({ explained: [{ ...difference, why: null }], idle: [] });
  });

  it('are to go when they match nothing', () => {
    expect(explain(known, '/code/shop', []).idle).toEqual(known);
  });

  it('give a reason and its source', () => {
    expect(readKnown().every(({ pattern }) => new RegExp(pattern) instanceof RegExp)).toBe(true);
  });
});

describe('ESLint and oxlint say the same', () => {
  const CALL = 'fetch(`http://a.internal/${id}`)';
  const PACKAGE = '{ "name": "orders", "private": true, "type": "module", "engines": { "node": ">=20" } }';

  /** Places after a byte order mark, other line ends, and characters of several units. */
  const PLACES = {
    'package.json': PACKAGE,
    'src/mark.js': `\uFEFFexport const a = (id) => ${CALL};\n`,
    'src/mark-and-comment.js': `\uFEFF/* 💥 */ export const a = (id) => ["é💥", ${CALL}];\r\nexport const b = (id) => ${CALL};\r\n`,
    'src/windows.ts': `// 𝒂\r\n\r\nexport const a = (id: string) => ["💥", ${CALL}]; // é\r\n/* 日本\r\n語 */ export const b = (id: string) => ${CALL};`,
    'src/old-mac.js': `export const a = (id) => ${CALL};\rexport const b = (id) => ${CALL};\r`,
    'src/separators.js': `export const s = "\u2028"; export const a = (id) => ${CALL};\n`,
  };
  /** Comments that switch rules off, read by both. */
  const COMMENTS = {
    'package.json': PACKAGE,
    'src/next-line.js': `// eslint-disable-next-line resilience/require-timeout -- it ends by itself\nexport const a = (id) => ${CALL};\nexport const b = (id) => ${CALL};\n`,
    'src/block.js': `/* eslint-disable resilience/require-timeout */\nexport const a = (id) => ${CALL};\n/* eslint-enable resilience/require-timeout */\nexport const b = (id) => ${CALL};\n`,
    'src/same-line.js': `export const a = (id) => ${CALL}; // eslint-disable-line\nexport const b = (id) => ${CALL}; // eslint-disable-line no-console, resilience/require-timeout\nexport const c = (id) => ${CALL}; // eslint-disable-line no-console\n`,
  };
  const below = (name, files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
  const shop = (folder) => cpSync(join(ROOT, 'docs/examples/shop'), folder, { recursive: true });

  let whole;
  beforeAll(async () => {
    whole = await compared('compared-code', (folder) => {
      cpSync(join(ROOT, 'test/fixtures/hosts/src'), join(folder, 'hosts/src'), { recursive: true });
      cpSync(join(ROOT, 'test/fixtures/hosts/package.json'), join(folder, 'hosts/package.json'));
      cpSync(join(ROOT, 'test/fixtures/projects'), join(folder, 'projects'), { recursive: true });
      shop(join(folder, 'shop'));
      writeFiles(folder, { ...below('pages', pageSamples()), ...below('models', modelSamples()), ...below('odd', oddFiles()), ...below('places', PLACES), ...below('comments', COMMENTS) });
    });
  });

  it.each([
    ['the fixtures for hosts', 'hosts', 15],
    ['projects of every package manager', 'projects', 2],
    ['the example', 'shop', 15],
    ['the samples of the rules\' pages', 'pages', 150],
    ['an unbounded call of each model', 'models', 80],
    ['code that nobody writes by hand', 'odd', 10],
    ['places after a byte order mark, other line ends and wide characters', 'places', 8],
    ['code where comments switch rules off', 'comments', 3],
  ])('of %s', (_what, name, atLeast) => {
    expect(whole.unexplained.filter((text) => text.includes(`${name}/`))).toEqual([]);
    expect(whole.findings.filter(({ file }) => file.startsWith(`${name}/`)).length).toBeGreaterThanOrEqual(atLeast);
  });

  it('and nothing else', () => {
    expect(whole.unexplained).toEqual([]);
    expect(whole.agreed).toBe(whole.eslint);
    expect(whole.oxlint).toBe(whole.eslint);
    expect(whole.suggestions).toBeGreaterThan(100);
    expect(whole.fixes).toBe(0);
  });

  it('with settings: one file at a time, another runtime', async () => {
    const together = whole.findings.filter(({ file }) => file.startsWith('shop/')).length;
    const apart = await compared('compared-apart', shop, { settings: { crossFile: false } });
    const browser = await compared('compared-browser', shop, { settings: { runtime: 'browser' } });
    for (const { unexplained } of [apart, browser]) expect(unexplained).toEqual([]);
    expect(apart.agreed).toBeGreaterThan(0);
    expect(apart.agreed).toBeLessThan(together);
    expect(browser.agreed).toBeLessThan(together);
  });

  it('except for what is known', async () => {
    const report = await compared('parse-server-inline-config', (folder) =>
      writeFiles(folder, {
        'package.json': PACKAGE,
        'src/flow.js': `// @flow\ntype Order = {| id: string |};\nexport const a = (id) => ${CALL};\n`,
        'src/annotated.js': `export const a = (id: string) => ${CALL};\n`,
        'src/configured.js': `/* eslint resilience/require-timeout: "off" */\nexport const a = (id) => ${CALL};\n`,
      }),
    );
    expect(report.unexplained).toEqual([]);
    expect(report.idle).toEqual([]);
    expect(report.differences.map(({ text }) => text)).toEqual([
      expect.stringContaining('only oxlint parses src/flow.js:'),
      expect.stringContaining('only ESLint parses src/annotated.js:'),
      expect.stringContaining('only oxlint: src/configured.js:2:26 require-timeout'),
    ]);
  });
});
