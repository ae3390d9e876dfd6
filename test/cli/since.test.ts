import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { stretchesOf } from '../../src/cli/changed-files.js';
import { checkIn, reportOf, tempProject, writeFiles } from './fixture.js';

function git(root: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function repository(files: Record<string, string>): string {
  const root = tempProject(files);
  git(root, 'init', '-q', '-b', 'main');
  commit(root, 'first');
  return root;
}

function commit(root: string, message: string): void {
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', message);
}

/** What GitHub checks out for a pull request: the branch merged into a main that moved on. */
function pullRequest(): string {
  const root = repository({ 'a.ts': 'bad();\n' });
  git(root, 'checkout', '-q', '-b', 'topic');
  writeFiles(root, { 'topic.ts': 'bad();\n' });
  commit(root, 'topic');
  git(root, 'checkout', '-q', 'main');
  writeFiles(root, { 'main.ts': 'bad();\n' });
  commit(root, 'main moves on');
  git(root, 'checkout', '-q', '--detach', 'main');
  git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic');
  return root;
}

const paths = async (root: string, options: Parameters<typeof reportOf>[1]): Promise<string[]> => (await reportOf(root, options)).report.findings.map((finding) => `${finding.path}:${finding.line}`);

describe('--since', () => {
  it('takes committed, staged, unstaged and untracked files', async () => {
    const root = repository({ 'old.ts': 'bad();', 'staged.ts': 'bad();', 'unstaged.ts': 'bad();', 'gone.ts': 'bad();' });
    git(root, 'checkout', '-q', '-b', 'topic');
    writeFiles(root, { 'committed.ts': 'bad();' });
    commit(root, 'second');
    writeFiles(root, { 'staged.ts': 'bad(1);' });
    git(root, 'add', 'staged.ts');
    writeFiles(root, { 'unstaged.ts': 'bad(1);', 'new folder/untracked é.ts': 'bad();' });
    rmSync(join(root, 'gone.ts'));
    const { report } = await reportOf(root, { since: 'main' });
    expect(report.findings.map((finding) => finding.path)).toEqual(['committed.ts', 'new folder/untracked é.ts', 'staged.ts', 'unstaged.ts']);
    expect(report.summary).toMatchObject({ filesRead: 4, since: { ref: 'main', changedFiles: 4 } });
  });

  it('compares with the merge base, not with the branch', async () => {
    const root = repository({ 'a.ts': 'bad();', 'b.ts': 'bad();' });
    git(root, 'checkout', '-q', '-b', 'topic');
    writeFiles(root, { 'b.ts': 'bad(1);' });
    commit(root, 'topic');
    git(root, 'checkout', '-q', 'main');
    writeFiles(root, { 'a.ts': 'bad(1);' });
    commit(root, 'main moves on');
    git(root, 'checkout', '-q', 'topic');
    expect(await paths(root, { since: 'main' })).toEqual(['b.ts:1']);
  });

  it('works below the top of the repository', async () => {
    const root = repository({ 'app/a.ts': 'bad();', 'lib/b.ts': 'bad();' });
    writeFiles(root, { 'app/a.ts': 'bad(1);', 'lib/b.ts': 'bad(1);' });
    expect(await paths(join(root, 'app'), { since: 'HEAD' })).toEqual(['a.ts:1']);
  });

  it('takes a renamed file by its new name, and no deleted one', async () => {
    const root = repository({ 'src/old.ts': 'bad();\n', 'src/gone.ts': 'bad();\n', 'other.ts': 'bad();\n' });
    git(root, 'mv', 'src/old.ts', 'src/späte bücher.ts');
    git(root, 'rm', '-q', 'src/gone.ts');
    commit(root, 'second');
    expect(await paths(root, { since: 'HEAD~1' })).toEqual(['src/späte bücher.ts:1']);
    // From a sub-folder, and with a name that git puts in quotes.
    expect(await paths(join(root, 'src'), { since: 'HEAD~1' })).toEqual(['späte bücher.ts:1']);
  });

  it('takes what a pull request adds from its merge into the base', async () => {
    const root = pullRequest();
    // The base moved on after the branch began, in a file of its own.
    expect(await paths(root, { since: 'HEAD^1' })).toEqual(['topic.ts:1']);
    expect(await paths(root, { since: 'main' })).toEqual(['topic.ts:1']);
  });

  it('works in a second work tree', async () => {
    const root = repository({ 'a.ts': 'bad();\n', 'b.ts': 'bad();\n' });
    const other = join(tempProject({}), 'tree');
    git(root, 'worktree', 'add', '-q', '-b', 'topic', other);
    writeFiles(root, { 'b.ts': 'bad(1);' });
    writeFiles(other, { 'a.ts': 'bad(1);', 'new.ts': 'bad();' });
    expect(await paths(other, { since: 'main' })).toEqual(['a.ts:1', 'new.ts:1']);
  });

  it('finds nothing where nothing changed', async () => {
    const root = repository({ 'a.ts': 'bad();' });
    expect(await checkIn(root, { since: 'HEAD' })).toMatchObject({ exit: 0, out: expect.stringContaining('0 files read') });
  });
});

describe('--since-lines', () => {
  it('takes findings on changed lines only', async () => {
    const root = repository({ 'a.ts': 'bad(1);\n\n\nbad(2);\n\n\nbad(3);\n' });
    writeFiles(root, { 'a.ts': '// new\nbad(1);\n\n\nbad(2, 2);\n\n\nbad(3);\n', 'new.ts': 'good();\nbad();' });
    expect(await paths(root, { since: 'HEAD' })).toHaveLength(4);
    expect(await paths(root, { since: 'HEAD', sinceLines: true })).toEqual(['a.ts:5', 'new.ts:2']);
  });

  it('counts no line as changed that only moved with its file', async () => {
    const rest = Array.from({ length: 20 }, (_, i) => `good(${i});\n`).join('');
    const root = repository({ 'old.ts': `bad(1);\n${rest}` });
    git(root, 'mv', 'old.ts', 'new.ts');
    expect(await paths(root, { since: 'HEAD' })).toEqual(['new.ts:1']);
    expect(await paths(root, { since: 'HEAD', sinceLines: true })).toEqual([]);
    writeFiles(root, { 'new.ts': `bad(1);\n${rest}bad(2);\n` });
    git(root, 'add', '-A');
    expect(await paths(root, { since: 'HEAD', sinceLines: true })).toEqual(['new.ts:22']);
  });

  it('needs --since', async () => {
    expect(await checkIn(tempProject({}), { sinceLines: true })).toMatchObject({ exit: 2, err: expect.stringContaining('needs --since <ref>') });
  });

  it('reads a diff', () => {
    const diff = ['diff --git a/x.ts b/x.ts', '--- a/x.ts', '+++ b/x.ts', '@@ -1 +1,2 @@', '-old', '+++ b/not-a-file.ts', '+new', '@@ -9,2 +9,0 @@', '--- a/neither', '-b', 'diff --git a/y b/y', '--- a/y', '+++ "b/t\\303\\251\\tz.ts"', '@@ -0,0 +1,3 @@', '+1', '+2', '+3'].join('\n');
    expect([...stretchesOf(diff)]).toEqual([
      ['x.ts', [[1, 2], [9, 10]]],
      ['té\tz.ts', [[1, 3]]],
    ]);
  });
});

describe('what git cannot answer', () => {
  it('a reference that does not exist', async () => {
    const root = repository({ 'a.ts': 'good();' });
    expect(await checkIn(root, { since: 'origin/mian' })).toMatchObject({ exit: 2, err: expect.stringMatching(/--since origin\/mian: git knows no commit.*git fetch origin mian/) });
  });

  it('a reference that is an option', async () => {
    const root = repository({ 'a.ts': 'good();' });
    expect((await checkIn(root, { since: '--upload-pack=touch x' })).exit).toBe(2);
  });

  it('a folder that is no repository', async () => {
    expect(await checkIn(tempProject({ 'a.ts': 'good();' }), { since: 'main' })).toMatchObject({ exit: 2, err: expect.stringContaining('--since needs a git repository') });
  });

  it('a shallow clone', async () => {
    const root = repository({ 'a.ts': 'good();' });
    writeFiles(root, { 'a.ts': 'good(1);' });
    commit(root, 'second');
    const clone = tempProject({});
    mkdirSync(join(clone, 'in'));
    git(join(clone, 'in'), 'clone', '-q', '--depth', '1', `file://${root}`, 'copy');
    expect(await checkIn(join(clone, 'in/copy'), { since: 'HEAD~1' })).toMatchObject({ exit: 2, err: expect.stringContaining('git fetch --unshallow') });
  });

  it('the base of a pull request in a clone of one commit; with two it can', async () => {
    const root = pullRequest();
    const clone = (depth: number): string => {
      const folder = tempProject({});
      // As actions/checkout does.
      git(folder, 'init', '-q');
      git(folder, 'fetch', '-q', '--no-tags', `--depth=${depth}`, `file://${root}`, '+HEAD:refs/remotes/pull/1/merge');
      git(folder, 'checkout', '-q', '--detach', 'refs/remotes/pull/1/merge');
      return folder;
    };
    const { exit, err } = await checkIn(clone(1), { since: 'HEAD^1' });
    expect(exit).toBe(2);
    expect(err).toContain('This is a shallow clone: run "git fetch --unshallow" first, or check out with full history');
    expect(err).not.toContain('git fetch origin HEAD');
    expect(await paths(clone(2), { since: 'HEAD^1' })).toEqual(['topic.ts:1']);
  });

  it('a checkout of another user', async () => {
    const root = repository({ 'a.ts': 'good();' });
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const bin = tempProject({ git: `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null exec ${real} "$@"\n` });
    chmodSync(join(bin, 'git'), 0o755);
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
    try {
      expect(await checkIn(root, { since: 'main' })).toMatchObject({ exit: 2, err: expect.stringContaining(`Run "git config --global --add safe.directory ${root}" first.`) });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('branches without a common commit', async () => {
    const root = repository({ 'a.ts': 'good();' });
    git(root, 'checkout', '-q', '--orphan', 'other');
    commit(root, 'no parent');
    expect(await checkIn(root, { since: 'main' })).toMatchObject({ exit: 2, err: expect.stringContaining('shares no commit') });
  });
});
