import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forgetDisk } from '../../src/project/disk.js';
import { FileStore, isFailed } from '../../src/project/store.js';

import { tempProject } from './paths.js';

function change(path: string, text: string): void {
  writeFileSync(path, text);
  // Two writes within one tick of the clock would look alike.
  utimesSync(path, new Date(), new Date(Date.now() + 5000 * Math.random() + 1000));
  forgetDisk();
}

describe('FileStore', () => {
  it('parses a file once while it does not change', () => {
    const path = join(tempProject({ 'a.ts': 'export const a = 1;' }), 'a.ts');
    const store = new FileStore();
    const first = store.get(path);
    expect(store.get(path)).toBe(first);
    expect(store.parses).toBe(1);
    change(path, 'export const a = 22;');
    expect(store.get(path)).not.toBe(first);
    expect(store.parses).toBe(2);
  });
  it('keeps the last good form of a file that no longer parses', () => {
    const path = join(tempProject({ 'a.ts': 'export const a = 1;' }), 'a.ts');
    const store = new FileStore();
    const first = store.get(path);
    change(path, 'export const a = ');
    expect(store.get(path)).toBe(first);
    expect(store.text(path)).toBe('export const a = ');
  });
  it('keeps failures', () => {
    const root = tempProject({ 'broken.ts': 'const = ;', 'flow.js': '// @flow\nconst a: number = 1;', 'data.json': '{}' });
    const store = new FileStore();
    expect(store.get(join(root, 'broken.ts'))).toMatchObject({ failed: 'syntax' });
    store.get(join(root, 'broken.ts'));
    expect(store.parses).toBe(1);
    expect(store.get(join(root, 'flow.js'))).toMatchObject({ failed: 'flow' });
    expect(store.get(join(root, 'data.json'))).toMatchObject({ failed: 'not-code' });
  });
  it('answers null for what is no file', () => {
    const root = tempProject({ 'a.ts': '' });
    mkdirSync(join(root, 'folder.ts'));
    const store = new FileStore();
    expect(store.get(join(root, 'folder.ts'))).toBeNull();
    expect(store.get(join(root, 'none.ts'))).toBeNull();
    expect(store.text(join(root, 'none.ts'))).toBeNull();
    expect(isFailed(store.get(join(root, 'a.ts')))).toBe(false);
    rmSync(join(root, 'a.ts'));
    forgetDisk();
    expect(store.get(join(root, 'a.ts'))).toBeNull();
  });
  it('skips large files', () => {
    const path = join(tempProject({ 'a.ts': `// ${'x'.repeat(200)}` }), 'a.ts');
    expect(new FileStore({ maxFileBytes: 100 }).get(path)).toMatchObject({ failed: 'too-large' });
  });
  it('drops what is used least when it is full', () => {
    const text = `export const a = '${'x'.repeat(2000)}';`;
    const root = tempProject({ 'a.ts': text, 'b.ts': text, 'c.ts': text });
    const store = new FileStore({ maxText: 5000 });
    for (const name of ['a.ts', 'b.ts', 'c.ts', 'c.ts', 'a.ts']) expect(isFailed(store.get(join(root, name)))).toBe(false);
    expect(store.parses).toBe(4);
  });
});
