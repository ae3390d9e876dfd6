import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { shownCommands } from '../support/shown-commands.ts';
import { allCells, cornerCells, nameOf } from './cells.mjs';
import { samplesOf } from './types.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = 'docs/compatibility.md';
const text = readFileSync(new URL(`../../${PAGE}`, import.meta.url), 'utf8');

// A whole run takes minutes; that the words of the page start it is seen by the list of its cells.
const STARTS = { 'npm run matrix': allCells(), 'npm run matrix -- --corners': cornerCells() };

it.each(shownCommands(PAGE))('%s', (shown) => {
  const cells = STARTS[shown];
  expect(cells, `no test runs ${shown}`).toBeDefined();
  const words = shown.replace(/^npm /, '').split(' ');
  const args = words.includes('--') ? [...words, '--list'] : [...words, '--', '--list'];
  const { status, stdout } = spawnSync('npm', ['--silent', ...args], { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  expect(stdout.trim().split('\n')).toEqual(cells.map(nameOf));
  expect(status).toBe(0);
});

it('picks cells by their names, and knows when there are none', () => {
  const run = (...args) => spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), '--list', ...args], { encoding: 'utf8' });
  const picked = /--only "([^"]+)"/.exec(text)?.[1];
  expect(run('--only', picked).stdout.trim().split('\n')).toEqual(allCells().map(nameOf).filter((name) => name.includes(picked)));
  const none = run('--only', 'eslint 7');
  expect(none.stderr).toBe('no cell has "eslint 7" in its name; --list shows them\n');
  expect(none.status).toBe(2);
});

it.each([['linting', 'lint'], ['commands', 'command'], ['types', 'types']])('the page says how many cells there are for %s', (word, kind) => {
  expect(text).toContain(`| ${word} | ${allCells().filter((cell) => cell.kind === kind).length} |`);
});

it('no cell is there twice, and every corner is one of them', () => {
  const all = allCells().map(nameOf);
  expect(new Set(all).size).toBe(all.length);
  expect(cornerCells().map(nameOf).filter((name) => !all.includes(name))).toEqual([]);
});

it('the page has samples that the cells compile', () => {
  expect(samplesOf(text).map(({ name }) => name)).toEqual(['eslint.config.ts', 'eslint.strict.config.ts']);
});
