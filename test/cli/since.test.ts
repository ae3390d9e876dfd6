import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('branches without a common commit', async () => {
    const root = repository({ 'a.ts': 'good();' });
    git(root, 'checkout', '-q', '--orphan', 'other');
    commit(root, 'no parent');
    expect(await checkIn(root, { since: 'main' })).toMatchObject({ exit: 2, err: expect.stringContaining('shares no commit') });
  });
});
