import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('what require-timeout reports is unbounded on the map, and nothing else is', () => {
  const projects = join(root, 'test/fixtures/projects');
  const folders = [join(root, 'docs/examples/shop'), ...readdirSync(projects).map((name) => join(projects, name))];
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(new URL('agreement.mjs', import.meta.url)), ...folders], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/shop: 7 findings, 7 of 33 calls unbounded, 0 findings not in the map, 0 unbounded calls not reported/);
  expect(status, stdout).toBe(0);
}, 60_000);
