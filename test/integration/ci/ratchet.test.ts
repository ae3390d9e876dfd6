import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../../src/cli/commands/check.js';
import { checkIn } from '../../cli/fixture.js';
import { ESLINT, linkPackages, runNode, writeFiles } from '../support.js';
import { installed, pageText, unbounded } from './support.js';

const AS_ERRORS = /^```js\n(\/\/ eslint\.config\.js\n[\s\S]*?)^```$/m.exec(pageText())![1]!;
const STRICT = "import resilience from 'eslint-plugin-resilience';\nexport default resilience.configs.strict;\n";
/** A warning in `strict`, beside the errors. */
const KEYS = "import Redis from 'ioredis';\nconst redis = new Redis();\nexport const all = () => redis.keys('*');\n";

let folder: string;
const eslint = (...args: string[]) => runNode(folder, [ESLINT, '--config', 'eslint.config.js', ...args, 'src']);
const check = (options: Partial<CheckOptions> = {}) => checkIn(folder, { plugin: undefined, preset: 'strict', maxWarnings: 0, paths: ['src'], ...options });
const baseline = 'baseline.json';
const suppressions = (): Record<string, Record<string, { count: number }>> => JSON.parse(readFileSync(join(folder, 'eslint-suppressions.json'), 'utf8')) as Record<string, Record<string, { count: number }>>;

beforeAll(() => {
  folder = installed('ratchet', { 'eslint.config.js': AS_ERRORS, 'src/orders.js': unbounded('order'), 'src/stock.js': unbounded('stock'), 'src/keys.js': KEYS });
  linkPackages(folder, ['ioredis']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ESLint's bulk suppressions", () => {
  it('leave the warnings of the strict preset as they are', () => {
    writeFiles(folder, { 'eslint.config.js': STRICT });
    expect(eslint('--suppress-all').status).toBe(0);
    expect(Object.values(suppressions()).flatMap(Object.keys)).not.toContain('resilience/no-keyspace-scan');
    expect(eslint('--max-warnings', '0').stdout).toContain('resilience/no-keyspace-scan');
    rmSync(join(folder, 'eslint-suppressions.json'));
  });

  it('adopt: with warnings made errors, everything of today is suppressed', async () => {
    writeFiles(folder, { 'eslint.config.js': AS_ERRORS });
    expect(eslint('--suppress-all').status).toBe(0);
    expect(suppressions()['src/keys.js']).toHaveProperty('resilience/no-keyspace-scan', { count: 1 });
    expect(eslint('--max-warnings', '0')).toMatchObject({ status: 0, stdout: '' });
    // `check` reads the same file, whatever its own preset calls a warning.
    expect((await check()).exit).toBe(0);
  });

  it('a new finding fails, and shows the old ones of its file', () => {
    writeFiles(folder, { 'src/orders.js': unbounded('order') + unbounded('second') });
    const { status, stdout } = eslint();
    expect(status).toBe(1);
    expect(stdout.match(/resilience\/require-timeout/g)).toHaveLength(2);
    expect(stdout).not.toContain('stock.js');
  });

  it('a mended finding fails until it is pruned', () => {
    writeFiles(folder, { 'src/orders.js': unbounded('order'), 'src/stock.js': 'export const stock = 1;\n' });
    const unpruned = eslint();
    expect(unpruned.status).toBe(2);
    expect(unpruned.stderr).toContain('--prune-suppressions');
    expect(eslint('--prune-suppressions').status).toBe(0);
    expect(Object.keys(suppressions()).sort()).toEqual(['src/keys.js', 'src/orders.js']);
    expect(eslint().status).toBe(0);
  });

  it('in conflict stop a check with what to do', async () => {
    writeFiles(folder, { 'eslint-suppressions.json': '{\n<<<<<<< HEAD\n  "a": {}\n=======\n  "b": {}\n>>>>>>> topic\n}\n' });
    const { exit, err } = await check();
    expect(exit).toBe(2);
    expect(err).toMatch(/^eslint-suppressions\.json cannot be read: .*take either side, then run "eslint --prune-suppressions"\.$/);
    rmSync(join(folder, 'eslint-suppressions.json'));
  });
});

describe('a baseline', () => {
  it('adopt: everything of today is known, warnings too', async () => {
    writeFiles(folder, { 'src/orders.js': unbounded('order'), 'src/stock.js': unbounded('stock') });
    expect((await check()).exit).toBe(1);
    expect((await check({ baseline, updateBaseline: true })).exit).toBe(0);
    expect(await check({ baseline })).toMatchObject({ exit: 0, err: '' });
  });

  it('a new finding fails, and is shown alone', async () => {
    writeFiles(folder, { 'src/orders.js': `// moved\n${unbounded('second')}${unbounded('order')}` });
    const { exit, out } = await check({ baseline });
    expect(exit).toBe(1);
    expect(out.match(/^ +(\d+):\d+/gm)).toEqual([expect.stringMatching(/ 2:/)]);
  });

  it('a mended finding is told of, and dropped when the file is written anew', async () => {
    writeFiles(folder, { 'src/orders.js': unbounded('order'), 'src/stock.js': 'export const stock = 1;\n' });
    const told = await check({ baseline });
    expect(told.exit).toBe(0);
    expect(told.out).toContain('1 finding of baseline.json is gone: run with --update-baseline.');
    expect((await check({ baseline, updateBaseline: true })).out).toContain('1 that is gone was dropped');
    // From now on it is a new finding again.
    writeFiles(folder, { 'src/stock.js': unbounded('stock') });
    expect((await check({ baseline })).exit).toBe(1);
  });
});
