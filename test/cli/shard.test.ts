import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../src/cli/find-files.js';
import { runCodemod } from '../../src/cli/commands/codemod.js';
import { loadESLint } from '../../src/cli/load-eslint.js';
import { parseShard, takeShare } from '../../src/cli/shard.js';
import { UsageError } from '../../src/cli/usage-error.js';
import type { CodemodReport } from '../../src/cli/codemod-report.js';
import type { JsonReport } from '../../src/cli/render/json.js';
import { checkIn, fakeHost, reportOf, tempProject, writeFiles } from './fixture.js';

/** A workspace; package i has files of about `sizes[i]` bytes in all, with two findings. */
function workspace(sizes: readonly number[], more: Readonly<Record<string, string>> = {}): string {
  const files: Record<string, string> = {};
  for (const [index, size] of sizes.entries()) {
    const folder = `packages/p${index}`;
    files[`${folder}/package.json`] = JSON.stringify({ name: `@shop/p${index}`, engines: { node: '>=20' } });
    files[`${folder}/src/a.ts`] = `bad();\n// ${'x'.repeat(size / 2)}\n`;
    files[`${folder}/src/deep/b.ts`] = `export const b = () => bad();\n// ${'y'.repeat(size / 2)}\n`;
  }
  return tempProject({ 'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }), ...files, ...more });
}

const keysOf = ({ findings }: JsonReport): string[] => findings.map(({ path, line, fingerprint }) => `${path}:${line} ${fingerprint}`);

async function shares(root: string, of: number): Promise<string[][]> {
  const { files } = await findFiles({ cwd: root, paths: [], ignore: [], includeTests: false, loadESLint: () => loadESLint(root).ESLint });
  const paths = files.map(({ path }) => path);
  return Array.from({ length: of }, (_, index) => paths.filter(takeShare({ index: index + 1, of }, root, paths, []).has));
}

describe('--shard', () => {
  it.each(['3/2', '0/2', 'a/b', '1', '1/0', '-1/2', '1/2/3', '1.5/2', ''])('refuses %j in one line', (text) => {
    expect(() => parseShard(text)).toThrow(UsageError);
    expect(() => parseShard(text)).toThrow(`--shard ${text}: write i/n with i from 1 to n: --shard 1/2 and --shard 2/2.`);
  });

  it('is nothing at 1/1', async () => {
    const root = workspace([100, 200]);
    const [without, with1] = [await reportOf(root), await reportOf(root, { shard: '1/1' })];
    const still = (report: JsonReport): unknown => ({ ...report, summary: { ...report.summary, milliseconds: 0 } });
    expect(still(with1.report)).toEqual(still(without.report));
    expect(without.report.shard).toBeNull();
  });

  it.each([2, 3, 7])('of %i find together what one run finds, none twice', async (of) => {
    const root = workspace([900, 40, 3000, 500, 500, 20], { 'scripts.ts': 'bad();\n', 'packages/p0/src/a.test.ts': 'bad();\n', 'packages/p0/nested/package.json': '{ "name": "nested" }', 'packages/p0/nested/src/c.ts': 'bad();\n' });
    const whole = await reportOf(root);
    const parts = [];
    for (let index = 1; index <= of; index++) parts.push((await reportOf(root, { shard: `${index}/${of}` })).report);
    const all = parts.flatMap(keysOf);
    expect(new Set(all).size).toBe(all.length);
    expect(all.sort()).toEqual(keysOf(whole.report).sort());
    expect(parts.reduce((sum, { summary }) => sum + summary.filesRead, 0)).toBe(whole.report.summary.filesRead);
    expect(parts.reduce((sum, { summary }) => sum + summary.leftOut.notProduction, 0)).toBe(1);
    // All of a package in one shard.
    const homes = new Map<string, Set<number>>();
    for (const [index, part] of parts.entries()) for (const finding of part.findings) homes.set(finding.package, (homes.get(finding.package) ?? new Set()).add(index));
    expect([...homes.values()].every(({ size }) => size === 1)).toBe(true);
  });

  it('balances bytes', async () => {
    const root = workspace([64_000, 30_000, 20_000, 10_000, 8000, 6000, 4000, 2000, 1000, 500, 400, 300]);
    for (const of of [2, 3]) {
      const loads = (await shares(root, of)).map((paths) => paths.reduce((sum, path) => sum + readFileSync(path).length, 0));
      const ideal = Math.max(64_000, loads.reduce((sum, load) => sum + load, 0) / of);
      expect(Math.max(...loads)).toBeLessThan(1.25 * ideal);
    }
  });

  it('leaves packages where they are when one file grows a little', async () => {
    const root = workspace(Array.from({ length: 12 }, (_, index) => 1000 + 137 * index));
    const before = await shares(root, 4);
    appendFileSync(join(root, 'packages/p3/src/a.ts'), '// a line more\n');
    expect(await shares(root, 4)).toEqual(before);
  });

  it('says which shard it was, and ends well with nothing to do', async () => {
    const root = workspace([100, 200]);
    expect((await checkIn(root, { shard: '2/2' })).out).toContain('Shard 2 of 2: 1 of 2 packages.');
    const idle = await checkIn(root, { shard: '3/3' });
    expect(idle).toMatchObject({ exit: 0, err: '' });
    expect(idle.out).toContain('Shard 3 of 3 has nothing to do: 2 packages for 3 shards.');
    expect(idle.out).not.toContain('No JavaScript');
  });

  it('leaves failing to the one who merges, with --exit-zero', async () => {
    const root = workspace([100]);
    expect((await checkIn(root)).exit).toBe(1);
    expect((await checkIn(root, { exitZero: true })).exit).toBe(0);
    writeFiles(root, { 'packages/p0/src/c.ts': 'explode();\n' });
    expect((await checkIn(root, { exitZero: true })).exit).toBe(2);
  });

  it('does not write a baseline', async () => {
    const root = workspace([100, 200]);
    await checkIn(root, { baseline: 'known.json', updateBaseline: true });
    const before = readFileSync(join(root, 'known.json'), 'utf8');
    expect(await checkIn(root, { baseline: 'known.json', updateBaseline: true, shard: '1/2' })).toMatchObject({ exit: 2, err: '--update-baseline with --shard: a shard knows the findings of its own packages alone. Update the baseline in a run without --shard.' });
    expect(readFileSync(join(root, 'known.json'), 'utf8')).toBe(before);
  });

  it('counts a finding of a deleted file as gone once', async () => {
    const root = workspace([100, 200]);
    writeFiles(root, { 'known.json': JSON.stringify({ version: 1, findings: [{ rule: 'resilience/no-bad-call', path: 'packages/p0/src/gone.ts', fingerprint: 'x', code: 'bad();' }] }) });
    const gone = [];
    for (const shard of ['1/2', '2/2']) gone.push((await reportOf(root, { baseline: 'known.json', shard })).report.summary.baseline!.gone);
    expect(gone).toEqual([1, 0]);
  });

  it('divides what changed, with --since', async () => {
    const root = workspace([100, 100, 100, 100]);
    const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root, stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'x');
    writeFiles(root, { 'packages/p2/src/a.ts': 'bad(1);\n', 'packages/p3/src/a.ts': 'bad(1);\n' });
    const parts = [];
    for (const shard of ['1/2', '2/2']) parts.push((await reportOf(root, { since: 'main', shard })).report.findings.map(({ path }) => path));
    expect(parts.map((paths) => paths.length)).toEqual([1, 1]);
    expect(parts.flat().sort()).toEqual(['packages/p2/src/a.ts', 'packages/p3/src/a.ts']);
  });
});

describe('codemod --shard', () => {
  const FETCH = 'export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n';
  const files = (name: string): Record<string, string> => ({ [`packages/${name}/package.json`]: JSON.stringify({ name: `@shop/${name}`, type: 'module', engines: { node: '>=20' } }), [`packages/${name}/src/a.ts`]: FETCH, [`packages/${name}/src/b.ts`]: FETCH });
  const shop = (): string => tempProject({ 'package.json': '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }', ...files('mail'), ...files('orders'), ...files('stock') });
  async function run(root: string, options: Partial<Parameters<typeof runCodemod>[0]>): Promise<{ exit: number; out: string }> {
    const host = fakeHost(root);
    return { exit: await runCodemod({ args: ['add-timeouts'], typeGate: false, color: false, ...options }, host), out: host.out() };
  }
  const reported = async (root: string, shard?: string): Promise<CodemodReport> => JSON.parse((await run(root, { json: true, shard })).out) as CodemodReport;

  it('makes together the changes of one run, a package in one shard', async () => {
    const root = shop();
    const whole = await reported(root);
    const parts = [await reported(root, '1/2'), await reported(root, '2/2')];
    expect(whole.shard).toBeNull();
    expect(parts.map(({ shard }) => [shard!.index, shard!.packages, shard!.allPackages])).toEqual([[1, 2, 3], [2, 1, 3]]);
    const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
    expect(parts.flatMap(({ changes }) => changes).sort(byPath)).toEqual([...whole.changes].sort(byPath));
    const homes = parts.map(({ changes }) => new Set(changes.map((change) => change.package)));
    expect([...homes[0]!].some((name) => homes[1]!.has(name))).toBe(false);
  });

  it('takes its numbers from the same settings in every shard', async () => {
    const root = shop();
    writeFiles(root, { 'eslint.config.js': "module.exports = [{ files: ['packages/mail/**'], settings: { resilience: { codemods: { 'add-timeouts': { request: 1234 } } } } }];\n" });
    const chosen = [];
    for (const shard of [undefined, '1/3', '2/3', '3/3']) chosen.push((await reported(root, shard)).codemods[0]!.options['request']);
    expect(chosen).toEqual([1234, 1234, 1234, 1234]);
  });

  it('ends well with nothing to do, and with --check fails for its own packages', async () => {
    const root = shop();
    const idle = await run(root, { shard: '4/4', check: true });
    expect(idle.exit).toBe(0);
    expect(idle.out).toContain('Shard 4 of 4 has nothing to do: 3 packages for 4 shards.');
    expect((await run(root, { shard: '1/4', check: true })).exit).toBe(1);
    await expect(run(root, { shard: '5/4' })).rejects.toThrow('--shard 5/4: write i/n');
  });
});
