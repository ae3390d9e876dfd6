import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codemods, runCodemods, undoCodemods, type CodemodReport } from '../../src/codemods.js';
import { ROOT, tempFolder } from './support.js';

/** Every codemod over the example, which has each failure beside its sound form. */
let shop: string;
const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: shop, encoding: 'utf8' });
const run = (name: string, write: boolean): Promise<CodemodReport> => runCodemods({ codemods: [name], cwd: shop, write, typeGate: false, config: false });

beforeAll(() => {
  shop = tempFolder('shop');
  cpSync(join(ROOT, 'docs/examples/shop'), shop, { recursive: true });
  git('init', '-q');
  git('add', '-A', '-f');
  git('commit', '-qm', 'shop');
});
afterAll(() => rmSync(shop, { recursive: true, force: true }));

describe.each(Object.keys(codemods))('%s over docs/examples/shop', (name) => {
  it('has nothing left to do in a second run, and takes all of it back', async () => {
    const first = await run(name, true);
    expect(first.failed).toEqual([]);
    expect(git('status', '--porcelain').split('\n').filter((line) => line !== '').length).toBe(first.changes.length);
    expect((await run(name, false)).changes).toEqual([]);
    if (first.changes.length > 0) expect((await undoCodemods(shop)).failed).toEqual([]);
    expect(git('status', '--porcelain')).toBe('');
  });
});

it('there is something for add-timeouts to do in it', async () => {
  expect((await run('add-timeouts', false)).changes.length).toBeGreaterThan(0);
});
