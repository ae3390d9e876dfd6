import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codemodFigures } from '../tools/lib/generate.mjs';
import { sumRows } from './lib/codemod-figures.mjs';
import { commitAll, git, judgeChanges, syntaxErrors } from './lib/codemod-run.mjs';

const FETCH = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n';
const PACKAGE = '{ "name": "shop", "type": "module", "engines": { "node": ">=20" } }';
const row = (more = {}) => ({ repository: 'acme/shop', codemod: 'add-timeouts', filesRead: 10, filesChanged: 1, edits: 2, added: 3, removed: 1, skipped: { 'no-local-edit': 1 }, unread: {}, failed: 0, strays: 0, broken: 0, secondRun: 0, undone: true, ...more });

let folder;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'codemods-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args) => execFileSync(process.execPath, [fileURLToPath(new URL('./run.mjs', import.meta.url)), ...args], { encoding: 'utf8' });

/** A work tree with one commit, then changed. */
function changed(name, before, after) {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  for (const [path, text] of Object.entries(before)) writeFileSync(join(root, path), text);
  commitAll(root);
  for (const [path, text] of Object.entries(after)) writeFileSync(join(root, path), text);
  return root;
}

describe('what a run did', () => {
  const patch = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-let a = 1;\n+let a = 2;\n';

  it('is what git sees, when the report says so', () => {
    const root = changed('same', { 'a.ts': 'let a = 1;\n' }, { 'a.ts': 'let a = 2;\n' });
    expect(judgeChanges(root, { changes: [{ path: 'a.ts', patch }] })).toEqual({ added: 1, removed: 1, strays: [], broken: [] });
  });

  it('is found where the report says nothing of it, or something else', () => {
    const root = changed('more', { 'a.ts': 'let a = 1;\n', 'b.ts': 'let b = 1;\n' }, { 'a.ts': 'let a = 2;\nlet b = 3;\n', 'b.ts': '', 'new.ts': '' });
    expect(judgeChanges(root, { changes: [{ path: 'a.ts', patch }, { path: 'c.ts', patch }] }).strays.sort()).toEqual(['a.ts', 'b.ts', 'c.ts', 'new.ts']);
  });

  it('must still parse, by a parser that is not ours', () => {
    const root = changed('broken', { 'a.ts': 'let a = 1;\n' }, { 'a.ts': 'let a = ;\n' });
    expect(judgeChanges(root, { changes: [{ path: 'a.ts', patch }] }).broken).toEqual(['a.ts']);
    expect(syntaxErrors('a.tsx', 'const a = <p>{b}</p>;')).toBe(0);
  });
});

describe('figures', () => {
  it('are sums, with the reasons of what is left alone', () => {
    expect(sumRows([row(), row({ edits: 0, skipped: { 'no-local-edit': 2, 'stream-handed-on': 9 } })])).toMatchObject({ repositories: 2, changedRepositories: 1, edits: 2, skipped: { 'stream-handed-on': 9, 'no-local-edit': 3 } });
  });

  it('are told on the page, troubles too', () => {
    expect(codemodFigures([row()])).toContain('1 repository of back ends, 10 files read: 2 edits in 1 file of 1 repository (3 lines added, 1 removed), 1 place left alone.');
    expect(codemodFigures([row()])).toContain('a second run changes nothing');
    expect(codemodFigures([row({ secondRun: 2, undone: false })])).toContain('Not as it should be: a second run makes 2 edits, --undo leaves 1 repository changed.');
  });
});

describe('the commands', () => {
  it('run every codemod over a copy of each tree, and keep what came of it', () => {
    const tree = join(folder, 'trees', 'acme+shop');
    mkdirSync(join(tree, 'src'), { recursive: true });
    writeFileSync(join(tree, 'package.json'), PACKAGE);
    writeFileSync(join(tree, 'src/a.ts'), FETCH);
    writeFileSync(join(folder, 'corpus.json'), '[{ "repo": "acme/shop", "head": "0123abc", "loc": 1 }]');
    const kept = join(folder, 'codemods.json');
    const out = run('codemods', '--trees', join(folder, 'trees'), '--corpus', join(folder, 'corpus.json'), '--work', join(folder, 'work'), '--kept', kept);
    expect(out).toContain('acme/shop add-timeouts: 1 edits in 1 of 1 files, +1 -1\n');
    const rows = JSON.parse(readFileSync(kept, 'utf8'));
    expect(rows.find(({ codemod }) => codemod === 'add-timeouts')).toEqual(row({ commit: '0123abc', filesRead: 1, edits: 1, added: 1, skipped: {} }));
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(FETCH);
    expect(git(join(folder, 'work/acme+shop'), 'status', '--porcelain')).toBe('');
    expect(readFileSync(join(folder, 'work/acme+shop.add-timeouts.diff'), 'utf8')).toContain('AbortSignal.timeout(10_000)');
  });

  it('count type errors and run tests before and after, and take all back', () => {
    const root = changed('typed', { 'package.json': PACKAGE, 'a.ts': FETCH }, {});
    const out = run('codemods-typed', root, '--tsc', 'echo "a.ts(1,1): error TS2304: no"', '--flag=--no-config', '--', process.execPath, '-e', "console.log('Tests 3 passed')");
    expect(out).toContain('| type errors | 1 | 1 |\n| tests | Tests 3 passed (exit 0) | Tests 3 passed (exit 0) |');
    expect(out).toContain('| taken back |  | byte for byte |');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});
