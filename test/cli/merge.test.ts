import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../src/cli/commands/check.js';
import { runMerge, type MergeOptions } from '../../src/cli/commands/merge.js';
import { runCli } from '../../src/cli/program.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { checkIn, fakeHost, tempProject, tinyPlugin, writeFiles } from './fixture.js';

/** Everything that a report can hold: two rules, files that cannot be parsed, a rule that throws, broken configurations, tests, generated files, comments. */
const RICH: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }),
  'packages/a/package.json': '{ "name": "@shop/a" }',
  'packages/a/eslint.config.js': 'throw new Error("no");\n',
  'packages/a/src/one.ts': 'weak(); bad(); bad();\nbad();\n',
  'packages/a/src/flow.js': '// @flow\nbad();\n',
  'packages/a/src/made.ts': '// @generated\nbad();\n',
  'packages/b/package.json': '{ "name": "@shop/b" }',
  'packages/b/src/two.ts': 'good(); maybe(); bad(); // eslint-disable-line resilience/no-bad-call\nbad(1);\n',
  'packages/b/src/broken.ts': 'const = ;\n',
  'packages/b/src/three.test.ts': 'bad();\n',
  'packages/c/package.json': '{ "name": "@shop/c" }',
  'packages/c/eslint.config.js': 'throw new Error("no");\n',
  'packages/c/src/first file.ts': 'weak();\nbad();\n',
  'packages/c/src/broken.ts': 'const x = (;\n',
  'packages/d/package.json': '{ "name": "@shop/d" }',
  'packages/d/src/last.ts': 'bad();\n',
  'zz.ts': 'bad();\n',
};

async function mergeIn(root: string, reports: readonly string[], options: Partial<MergeOptions> = {}): Promise<{ exit: number; out: string; err: string }> {
  const host = fakeHost(root);
  try {
    return { exit: await runMerge({ reports, plugin: tinyPlugin, ...options }, host), out: host.out(), err: host.err() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message };
  }
}

/** Reports of all shards, with their names. */
async function shardsOf(root: string, of: number, format: 'json' | 'sarif', options: Partial<CheckOptions> = {}): Promise<string[]> {
  const names = [];
  for (let index = 1; index <= of; index++) {
    const outputFile = `reports/${index}.${format}`;
    await checkIn(root, { format, outputFile, shard: `${index}/${of}`, ...options });
    names.push(outputFile);
  }
  return names;
}

/** Without the time that the run took. */
const timeless = (text: string): string => text.replace(/"milliseconds": \d+/, '"milliseconds": 0').replace(/read in [\d.]+ (?:ms|s)/, 'read in 0 ms');

describe('merge', () => {
  const runs: readonly (readonly [string, Partial<CheckOptions>])[] = [
    ['plain', {}],
    ['strict with figures', { preset: 'strict', stats: true }],
    ['a baseline', { baseline: 'known.json' }],
    ['a limit of warnings', { preset: 'strict', maxWarnings: 1, paths: ['packages/a', 'packages/c'] }],
    ['strict parsing', { strictParse: true }],
  ];

  it.each(runs)('of JSON gives the bytes of one run in every format: %s', async (_name, options) => {
    const root = tempProject(RICH);
    await checkIn(root, { paths: ['packages/b'], baseline: 'known.json', updateBaseline: true });
    const names = await shardsOf(root, 3, 'json', options);
    for (const format of ['json', 'sarif', 'stylish', 'github'] as const) {
      const whole = await checkIn(root, { ...options, format });
      const merged = await mergeIn(root, [names[2]!, names[0]!, names[1]!], { format });
      expect(timeless(merged.out), format).toBe(timeless(whole.out));
      expect(merged.exit, format).toBe(whole.exit);
      expect(merged.err).toBe(whole.err);
    }
  });

  it.each(runs)('of SARIF gives the bytes of one run: %s', async (_name, options) => {
    const root = tempProject({ ...RICH, 'packages/d/src/explosive.ts': 'explode();\nbad();\n' });
    await checkIn(root, { paths: ['packages/b'], baseline: 'known.json', updateBaseline: true });
    const names = await shardsOf(root, 3, 'sarif', options);
    const whole = await checkIn(root, { ...options, format: 'sarif' });
    const merged = await mergeIn(root, names.reverse());
    expect(merged.out).toBe(whole.out);
    expect(merged.exit).toBe(whole.exit);
    const { runs: found } = JSON.parse(merged.out) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[] };
    expect(found).toHaveLength(1);
    for (const { ruleId, ruleIndex } of found[0]!.results) expect(found[0]!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  it('gives indices of its own where the tables of rules differ', async () => {
    const root = tempProject(RICH);
    const names = await shardsOf(root, 2, 'sarif', { preset: 'strict' });
    const whole = await checkIn(root, { format: 'sarif', preset: 'strict' });
    // Only the rules that reported, in another order, as a tool that shortens reports leaves them.
    const log = JSON.parse(readFileSync(join(root, names[0]!), 'utf8')) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[] };
    const [run] = log.runs;
    run!.tool.driver.rules.reverse();
    for (const result of run!.results) result.ruleIndex = run!.tool.driver.rules.findIndex(({ id }) => id === result.ruleId);
    writeFiles(root, { [names[0]!]: JSON.stringify(log) });
    expect((await mergeIn(root, names)).out).toBe(whole.out);
  });

  it('has the exit code of the union', async () => {
    const root = tempProject(RICH);
    // One warning a shard passes; two do not.
    const limited = await shardsOf(root, 4, 'json', { preset: 'retries', paths: ['packages/a', 'packages/c'], maxWarnings: 1 });
    expect((await mergeIn(root, limited)).exit).toBe(1);
    expect((await mergeIn(root, limited, { maxWarnings: 2 })).exit).toBe(0);
    const parsing = await shardsOf(root, 2, 'json', { strictParse: true, preset: 'retries' });
    expect((await mergeIn(root, parsing)).exit).toBe(2);
    writeFiles(root, { 'packages/a/src/explosive.ts': 'explode();\n' });
    for (const format of ['json', 'sarif'] as const) expect((await mergeIn(root, await shardsOf(root, 2, format))).exit).toBe(2);
  });

  it('lists errors only with --quiet, and writes a file', async () => {
    const root = tempProject(RICH);
    for (const format of ['json', 'sarif'] as const) {
      const names = await shardsOf(root, 2, format, { preset: 'strict' });
      await mergeIn(root, names, { format, quiet: true, outputFile: `all/merged.${format}` });
      const whole = await checkIn(root, { format, preset: 'strict', quiet: true });
      expect(timeless(readFileSync(join(root, `all/merged.${format}`), 'utf8'))).toBe(timeless(whole.out));
    }
  });

  it('finds the folder again in another checkout', async () => {
    const root = tempProject(RICH);
    const names = await shardsOf(root, 2, 'json', { cwd: 'packages', outputFile: undefined });
    expect(names).toHaveLength(2);
    for (const shard of ['1/2', '2/2']) await checkIn(root, { format: 'json', shard, cwd: 'packages', outputFile: `../reports/${shard[0]}.json` });
    const other = tempProject({ ...RICH, 'reports/x': '' });
    for (const name of ['1.json', '2.json']) writeFiles(other, { [`reports/${name}`]: readFileSync(join(root, 'reports', name), 'utf8') });
    for (const format of ['json', 'sarif', 'stylish'] as const) {
      const whole = await checkIn(other, { format, cwd: 'packages' });
      expect(timeless((await mergeIn(other, ['reports/1.json', 'reports/2.json'], { format })).out)).toBe(timeless(whole.out));
    }
  });

  it.each(['json', 'sarif'] as const)('joins reports of packages, each made in its folder: %s', async (format) => {
    const root = tempProject(Object.fromEntries(Object.entries(RICH).filter(([path]) => path !== 'zz.ts' && !path.endsWith('eslint.config.js'))));
    const names = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      await checkIn(root, { format, cwd: `packages/${name}`, outputFile: `resilience.${format}` });
      names.push(`packages/${name}/resilience.${format}`);
    }
    const whole = await checkIn(root, { format });
    const merged = await mergeIn(root, names, { format });
    expect(timeless(merged.out)).toBe(timeless(whole.out));
    expect(merged.exit).toBe(1);
  });

  describe('refuses', () => {
    const errorOf = async (root: string, reports: readonly string[], options?: Partial<MergeOptions>): Promise<string> => {
      const { exit, out, err } = await mergeIn(root, reports, { outputFile: 'merged', ...options });
      expect(exit).toBe(2);
      expect(out).toBe('');
      expect(existsSync(join(root, 'merged'))).toBe(false);
      expect(err).not.toContain('\n');
      return err;
    };

    it('sets that are not whole', async () => {
      const root = tempProject(RICH);
      const names = await shardsOf(root, 3, 'json');
      expect(await errorOf(root, [names[0]!, names[2]!])).toBe('2 of 3 shards given: 2/3 is missing.');
      expect(await errorOf(root, [names[1]!])).toBe('1 of 3 shards given: 1/3, 3/3 are missing.');
      expect(await errorOf(root, [...names, names[0]!])).toBe('reports/1.json and reports/1.json are both shard 1/3: give each once.');
      await checkIn(root, { format: 'json', outputFile: 'reports/all.json' });
      expect(await errorOf(root, [...names, 'reports/all.json'])).toBe('reports/all.json is no shard, and reports/1.json is one: merge shards with shards.');
    });

    it('runs that are not the same', async () => {
      const root = tempProject(RICH);
      const names = await shardsOf(root, 2, 'sarif');
      renameSync(join(root, names[0]!), join(root, 'kept.sarif'));
      await shardsOf(root, 2, 'sarif', { preset: 'strict', ignore: ['x/**'] });
      expect(await errorOf(root, ['kept.sarif', names[1]!])).toBe('kept.sarif was made with --preset recommended and reports/2.sarif with --preset strict: give all shards the same options.');
      await shardsOf(root, 2, 'sarif', { crossFile: false });
      expect(await errorOf(root, ['kept.sarif', names[1]!])).toBe('kept.sarif was made with no --cross-file and reports/2.sarif with --no-cross-file: give all shards the same options.');
      await shardsOf(root, 3, 'sarif');
      expect(await errorOf(root, ['kept.sarif', names[1]!])).toBe('kept.sarif is shard 1/2 and reports/2.sarif is shard 2/3: they are of different runs.');
      writeFiles(root, { 'packages/e/package.json': '{ "name": "e" }', 'packages/e/a.ts': 'bad();\n' });
      await shardsOf(root, 2, 'sarif');
      expect(await errorOf(root, ['kept.sarif', names[1]!])).toBe('kept.sarif and reports/2.sarif divide the workspace differently: the shards did not see the same files. Check one state of it in all.');
    });

    it('other commits and versions', async () => {
      const root = tempProject({ ...RICH, '.gitignore': 'reports\n' });
      const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
      git('init', '-q');
      git('add', '-A');
      git('commit', '-qm', 'x');
      const [first, second] = await shardsOf(root, 2, 'json');
      const text = readFileSync(join(root, first!), 'utf8');
      const before = git('rev-parse', '--short=12', 'HEAD').trim();
      git('commit', '--allow-empty', '-qm', 'y');
      await shardsOf(root, 2, 'json');
      writeFiles(root, { [first!]: text });
      expect(await errorOf(root, [first!, second!])).toBe(`reports/1.json is of commit ${before} and reports/2.json of ${git('rev-parse', '--short=12', 'HEAD').trim()}: check one commit in all shards.`);
      writeFiles(root, { [first!]: text.replace(/"version": "[^"]+"/, '"version": "0.0.9"') });
      expect(await errorOf(root, [first!, second!])).toMatch(/^reports\/1\.json was made by version 0\.0\.9 of eslint-plugin-resilience and reports\/2\.json by .+: run all with one version\.$/);
    });

    it('files that are no reports', async () => {
      const root = tempProject({ 'half.json': '{ "schemaVersion": 1,', 'other.json': '{ "schemaVersion": 1, "tool": { "name": "eslint" } }', 'other.sarif': '{ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "CodeQL" } } }] }', 'list.json': '[]' });
      expect(await errorOf(root, ['none.json'])).toMatch(/^none\.json cannot be read: ENOENT/);
      expect(await errorOf(root, ['half.json'])).toMatch(/^half\.json is no report: .*JSON.* Write it with check --format json --output-file half\.json\.$/);
      expect(await errorOf(root, ['other.json'])).toBe('other.json is no report of eslint-plugin-resilience: at tool.name, "eslint-plugin-resilience" is expected and "eslint" was found.');
      expect(await errorOf(root, ['other.sarif'])).toBe('other.sarif is no report of eslint-plugin-resilience: at runs.0.tool.driver.name, "eslint-plugin-resilience" is expected and "CodeQL" was found.');
      expect(await errorOf(root, ['list.json'])).toMatch(/^list\.json is no report of eslint-plugin-resilience: at schemaVersion/);
    });

    it('what would lose something', async () => {
      const root = tempProject(RICH);
      const quiet = await shardsOf(root, 2, 'sarif', { quiet: true, preset: 'strict' });
      expect(await errorOf(root, quiet)).toBe('The shards were run with --quiet, so their warnings are not there. Run them without it and give --quiet to merge.');
      const sarif = await shardsOf(root, 2, 'sarif');
      const json = await shardsOf(root, 2, 'json');
      expect(await errorOf(root, sarif, { format: 'github' })).toBe('--format github wants JSON reports: SARIF holds less than it prints. Run check with --format json.');
      expect(await errorOf(root, [sarif[0]!, json[1]!])).toBe('reports/2.json is JSON and reports/1.sarif is SARIF: merge reports of one format.');
      for (const format of ['json', 'sarif'] as const) {
        await checkIn(root, { format, outputFile: `all.${format}` });
        await checkIn(root, { format, paths: ['packages/a'], outputFile: `a.${format}` });
        expect(await errorOf(root, [`all.${format}`, `a.${format}`])).toBe(`all.${format} and a.${format} both judge packages/a/src/one.ts: merge reports that share no file.`);
      }
    });
  });

  it('is a command', async () => {
    const host = fakeHost(tempProject({}));
    expect(await runCli(['merge'], host)).toBe(2);
    expect(host.err()).toContain("missing required argument 'reports'");
    expect(await runCli(['merge', 'none.json'], host)).toBe(2);
  });
});
