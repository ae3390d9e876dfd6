import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFiles } from '../support.js';
import { git, pageText, repository, shell, tools, unbounded } from './support.js';

const SETTING = /^```json\n(\{\n {2}"lint-staged"[\s\S]*?)^```$/m.exec(pageText())![1]!;

let folder: string;
beforeAll(() => {
  folder = repository('staged', { '.lintstagedrc.json': JSON.stringify((JSON.parse(SETTING) as Record<string, unknown>)['lint-staged']), 'src/old.js': unbounded('old') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lintStaged = () => shell(folder, `node ${join(tools(), 'lint-staged/bin/lint-staged.js')}`);

it('a staged file with a finding stops the commit; what is not staged does not', () => {
  writeFiles(folder, { 'src/lager für alle.js': unbounded('stock'), 'src/loose.js': unbounded('loose'), 'test/stock.test.js': unbounded('test') });
  git(folder, 'add', 'src/lager für alle.js', 'test/stock.test.js');
  const stopped = lintStaged();
  expect(stopped.status).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain('src/lager für alle.js');
  expect(stopped.stdout + stopped.stderr).not.toMatch(/loose|old\.js|stock\.test/);

  writeFiles(folder, { 'src/lager für alle.js': 'export const stock = 1;\n' });
  git(folder, 'add', 'src/lager für alle.js');
  const passed = lintStaged();
  expect(passed.status, passed.stderr).toBe(0);
});

