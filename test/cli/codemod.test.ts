import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import { runCodemod, type CodemodOptions } from '../../src/cli/commands/codemod.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { disk } from '../../src/codemod/fs-port.js';
import { fakeHost, tempProject, writeFiles } from './fixture.js';

const FETCH = "export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n";
const MENDED = FETCH.replace('}`)', '}`, { signal: AbortSignal.timeout(10_000) })');
const PACKAGE = JSON.stringify({ name: 'orders', private: true, type: 'module', engines: { node: '>=20' } });

/** A committed project. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = tempProject({ 'package.json': PACKAGE, '.gitignore': 'node_modules\n', ...files });
  git(root, 'init', '-q');
  commit(root);
  return root;
}

function git(root: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: root, encoding: 'utf8' });
}

function commit(root: string): void {
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'x');
}

/** TypeScript's own declarations, so that the type gate knows `fetch`. */
/** Declarations of Node, which the module needs. */
const TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));

const TYPED = {
  'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler', strict: true, types: [], noEmit: true }, include: ['src'] }),
};

const byPackage = (name: string): Readonly<Record<string, string>> => ({ [`packages/${name}/package.json`]: JSON.stringify({ name: `@shop/${name}`, engines: { node: '>=20' } }), [`packages/${name}/src/a.ts`]: FETCH });

async function codemod(root: string, args: readonly string[], options: Partial<CodemodOptions> = {}): Promise<{ exit: number; out: string; err: string }> {
  const host = fakeHost(root);
  try {
    const exit = await runCodemod({ args, color: false, ...options }, host);
    return { exit, out: host.out(), err: host.err() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exit: 2, out: host.out(), err: error.message };
  }
}

const textOf = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

describe('codemod', () => {
  it('shows the change and writes nothing', async () => {
    const root = repository({ ...TYPED, 'src/a.ts': FETCH });
    const { exit, out } = await codemod(root, ['add-timeouts']);
    expect(exit).toBe(0);
    expect(out).toContain('--- a/src/a.ts');
    expect(out).toContain('+export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(10_000) });');
    expect(out).toContain('add-timeouts: kinds http,rpc · request 10,000 ms · transfer 120,000 ms · generation 120,000 ms · whole-clients false');
    expect(out).toContain('types of .: 0 errors before, 0 after');
    expect(out).toMatch(/1 edit in 1 file to make; nothing was written \(--write does\)\. 1 file read in/);
    expect(textOf(root, 'src/a.ts')).toBe(FETCH);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('writes, has nothing left to do, and takes it back byte for byte', async () => {
    const root = repository({ ...TYPED, 'src/a.ts': FETCH });
    expect((await codemod(root, ['add-timeouts'], { write: true })).exit).toBe(0);
    expect(textOf(root, 'src/a.ts')).toBe(MENDED);
    commit(root);
    const again = await codemod(root, ['add-timeouts'], { write: true });
    expect(again.out).toContain('Nothing to change.');
    // The run that changed nothing has not taken the place of the one that did.
    expect((await codemod(root, [], { undo: true })).out).toBe('add-timeouts: 1 file put back, 0 were so already.\n');
    expect(textOf(root, 'src/a.ts')).toBe(FETCH);
  });

  it('refuses a tree with changes that are not committed', async () => {
    const root = repository({ 'src/a.ts': FETCH });
    writeFiles(root, { 'src/a.ts': `${FETCH}// mine\n` });
    const { exit, err } = await codemod(root, ['add-timeouts'], { write: true });
    expect(exit).toBe(2);
    expect(err).toBe("1 tracked files have changes that are not committed (src/a.ts). Commit or stash them, so that the codemod's changes can be told from yours, or say --allow-dirty.");
    expect((await codemod(root, ['add-timeouts'], { write: true, allowDirty: true })).exit).toBe(0);
    expect(textOf(root, 'src/a.ts')).toBe(`${MENDED}// mine\n`);
  });

  it('refuses to write where there is no git, unless told to', async () => {
    const root = tempProject({ 'package.json': PACKAGE, 'src/a.ts': FETCH });
    const { exit, err } = await codemod(root, ['add-timeouts'], { write: true });
    expect(exit).toBe(2);
    expect(err).toMatch(/is in no git repository, so the changes could be reviewed and taken back by --undo alone/);
    expect((await codemod(root, ['add-timeouts'])).exit).toBe(0);
  });

  it('leaves alone what a comment or the bulk suppressions let pass', async () => {
    const root = repository({
      'src/a.ts': `// eslint-disable-next-line resilience/require-timeout -- the caller does\n${FETCH}`,
      'src/b.ts': `/* oxlint-disable resilience/require-timeout */\n${FETCH}`,
      'src/c.ts': FETCH,
      'src/d.ts': `// eslint-disable-next-line no-console\n${FETCH}`,
      'eslint-suppressions.json': JSON.stringify({ 'src/c.ts': { 'resilience/require-timeout': { count: 1 } } }),
    });
    const { out } = await codemod(root, ['add-timeouts'], { write: true });
    expect(out).toContain('2 places left alone, disabled-by-comment: a comment switches the rule off here');
    expect(out).toContain('1 place left alone, suppressed-in-bulk: eslint-suppressions.json lets this file pass');
    expect(git(root, 'status', '--porcelain')).toBe(' M src/d.ts\n');
  });

  it('asks of each place for the rules that it mends, where several are paired', async () => {
    const endless = 'export async function load(url: string) {\n  /* note */\n  while (true) {\n    try {\n      return await fetch(url);\n    } catch (error) {\n      console.error(error);\n    }\n  }\n}\n';
    const counted = endless.replace('while (true)', 'for (let i = 0; i < 3; i++)');
    const off = (code: string, rule: string): string => code.replace('/* note */', `// eslint-disable-next-line resilience/${rule}`);
    const root = repository({
      'src/a.ts': off(endless, 'require-retry-limit'),
      'src/b.ts': off(endless, 'require-retry-backoff'),
      'src/c.ts': off(counted, 'require-retry-limit'),
      'src/d.ts': off(counted, 'require-retry-backoff'),
      'src/e.ts': endless,
      'eslint-suppressions.json': JSON.stringify({ 'src/e.ts': { 'resilience/require-retry-limit': { count: 1 } } }),
    });
    const { out } = await codemod(root, ['harden-retries']);
    expect(out).toContain('3 places left alone, disabled-by-comment');
    expect(out).toContain('1 place left alone, suppressed-in-bulk');
    expect(out).toContain('+++ b/src/c.ts');
    expect(out).not.toMatch(/\+\+\+ b\/src\/[abde]\.ts/);
  });

  it('puts back a file that would gain a type error, and keeps the others', async () => {
    const old = { 'tsconfig.json': TYPED['tsconfig.json'].replace('"dom"', '"es2022"') };
    const declared = 'declare function fetch(url: string, init?: { signal?: string }): Promise<unknown>;\ndeclare class AbortSignal { static timeout(ms: number): AbortSignal; }\n';
    const root = repository({ ...old, 'src/globals.d.ts': declared, 'src/a.ts': FETCH, 'src/b.ts': "import axios from 'axios';\nexport const order = () => axios.get('http://orders.internal');\n", 'src/axios.d.ts': "declare module 'axios' { const axios: { get(url: string, config?: { timeout?: number }): Promise<unknown> }; export default axios; }\n" });
    const { out, exit } = await codemod(root, ['add-timeouts'], { write: true });
    expect(exit).toBe(0);
    expect(out).toMatch(/1 place left alone, type-error: the file would gain a type error\n {2}src\/a\.ts:1:38 {2}TS\d+: /);
    expect(out).toContain('types of .: 0 errors before, 0 after, 1 of 1 imports found');
    expect(git(root, 'status', '--porcelain')).toBe(' M src/b.ts\n');
  });

  it('leaves out the edit in which a type error would stand, and makes the others of its file', async () => {
    const node = { 'tsconfig.json': TYPED['tsconfig.json'].replace('"types":[]', `"skipLibCheck":true,"typeRoots":[${JSON.stringify(TYPES)}],"types":["node"]`) };
    const root = repository({ ...node, 'src/a.ts': `export const one = () => fetch('http://orders.internal/1');\nexport async function two() {\n  let path: string | null = await Promise.resolve('/3');\n  if (path === null) path = '/4';\n  const response = await fetch('http://orders.internal' + path.trim());\n  path = null;\n  return { response, path };\n}\n` });
    const { out, exit } = await codemod(root, ['wrap-clients'], { write: true });
    expect(exit).toBe(0);
    expect(out).toMatch(/type-error: the file would gain a type error\n {2}src\/a\.ts:\d+:\d+ {2}TS\d+: /);
    const text = readFileSync(join(root, 'src/a.ts'), 'utf8');
    expect(text).toContain("orders.retry((signal) => fetch('http://orders.internal/1', { signal }))");
    expect(text).toContain("await fetch('http://orders.internal' + path.trim())");
    expect(git(root, 'status', '--porcelain')).toBe(' M package.json\n M src/a.ts\n?? src/resilience.ts\n');
    expect(out).toContain('New for callers: BrokenCircuitError, BulkheadRejectedError, AttemptTimeoutError and DeadlineExceededError may reach them.\nA dependency was added to 1 package.json: install it before the next build.\n');
  });

  it('leaves nothing to be committed where node_modules is not ignored', async () => {
    const root = repository({ ...TYPED, '.gitignore': '', 'src/a.ts': FETCH });
    await codemod(root, ['add-timeouts'], { write: true });
    expect(git(root, 'status', '--porcelain')).toBe(' M src/a.ts\n');
  });

  it('checks a file by the nearest tsconfig.json that holds it', async () => {
    const root = repository({
      ...TYPED,
      'server/tsconfig.json': TYPED['tsconfig.json'].replace('"dom"', '"es2022"').replace('["src"]', '["."]'),
      'server/globals.d.ts': 'declare function fetch(url: string): Promise<unknown>;\ndeclare class AbortSignal { static timeout(ms: number): AbortSignal; }\n',
      'server/a.ts': FETCH,
      'src/a.ts': FETCH,
    });
    const { out } = await codemod(root, ['add-timeouts'], { write: true });
    expect(out).toMatch(/type-error: the file would gain a type error\n {2}server\/a\.ts:1:38 {2}TS\d+: /);
    expect(out).not.toContain('in no tsconfig.json');
    expect(git(root, 'status', '--porcelain')).toBe(' M src/a.ts\n');
  });

  it('checks a test by the tsconfig.*.json that holds it', async () => {
    const narrow = TYPED['tsconfig.json'].replace('"dom"', '"es2022"');
    const root = repository({
      ...TYPED,
      'tsconfig.broken.json': '{ "compilerOptions": { "target": "es1" } }',
      'tsconfig.test.json': narrow.replace('["src"]', '["test"]'),
      'test/globals.d.ts': 'declare function fetch(url: string): Promise<unknown>;\ndeclare class AbortSignal { static timeout(ms: number): AbortSignal; }\n',
      'test/a.ts': FETCH,
    });
    const { out } = await codemod(root, ['add-timeouts'], { includeTests: true });
    expect(out).toMatch(/type-error: the file would gain a type error\n {2}test\/a\.ts:1:38 {2}TS\d+: /);
  });

  it('writes nothing while most imports are not found, unless told to', async () => {
    const root = repository({ ...TYPED, 'src/a.ts': `import { a } from 'not-installed';\nexport { a };\n${FETCH}` });
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true });
    expect(exit).toBe(2);
    expect(out).toContain('0 of 1 imports found');
    expect(out).toContain('Nothing was written: too few types could be checked. Install the dependencies, or say --accept-weak-gate.');
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect((await codemod(root, ['add-timeouts'], { write: true, acceptWeakGate: true })).exit).toBe(0);
    expect(git(root, 'status', '--porcelain')).toBe(' M src/a.ts\n');
  });

  it('says what of a broken tsconfig.json it cannot use', async () => {
    const root = repository({ 'tsconfig.json': '{ "compilerOptions": { "target": "es1" } }', 'src/a.ts': FETCH });
    expect((await codemod(root, ['add-timeouts'])).out).toMatch(/types of \. were not checked: .*tsconfig\.json: TS6046: /);
  });

  it('writes nothing under a broken tsconfig.json, unless told to', async () => {
    const root = repository({ 'tsconfig.json': '{ "compilerOptions": { "target": "es1" } }', 'src/a.ts': FETCH });
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true });
    expect(exit).toBe(2);
    expect(out).toContain('Nothing was written: a tsconfig.json cannot be used, so types could not be checked. Mend it, or say --accept-weak-gate.');
    expect(textOf(root, 'src/a.ts')).toBe(FETCH);
    expect((await codemod(root, ['add-timeouts'], { write: true, acceptWeakGate: true })).exit).toBe(0);
    expect(textOf(root, 'src/a.ts')).toBe(MENDED);
  });

  it('does not call a package unchecked of which one file was checked and put back', async () => {
    const declared = 'declare function fetch(url: string, init?: { signal?: string }): Promise<unknown>;\ndeclare class AbortSignal { static timeout(ms: number): AbortSignal; }\n';
    const root = repository({ ...TYPED, 'tsconfig.json': TYPED['tsconfig.json'].replace('"dom"', '"es2022"'), 'src/globals.d.ts': declared, 'src/a.ts': FETCH, 'lib/b.ts': FETCH });
    const { out } = await codemod(root, ['add-timeouts']);
    expect(out).toContain('types of .: 0 errors before, 0 after, 1 file in no tsconfig.json');
    expect(out).toContain('1 place left alone, type-error');
  });

  it('exits with 1 in --check when something is to be done', async () => {
    const root = repository({ 'src/a.ts': FETCH });
    expect((await codemod(root, ['add-timeouts'], { check: true })).exit).toBe(1);
    writeFiles(root, { 'src/a.ts': MENDED });
    expect((await codemod(root, ['add-timeouts'], { check: true })).exit).toBe(0);
  });

  it('takes options from the command line', async () => {
    const root = repository({ 'src/a.ts': FETCH });
    expect((await codemod(root, ['add-timeouts'], { option: ['request=3000'] })).out).toContain('AbortSignal.timeout(3000)');
    expect((await codemod(root, ['add-timeouts'], { option: ['add-timeouts.request=4000'] })).out).toContain('AbortSignal.timeout(4000)');
    expect((await codemod(root, ['add-timeouts'], { option: ['request=soon'] })).err).toBe('add-timeouts: request is a whole number of milliseconds from 1 to 2147483647, not "soon".');
    expect((await codemod(root, ['add-timeouts'], { option: ['request'] })).err).toBe('--option request: write key=value, or add-timeouts.key=value.');
  });

  it('reads its defaults from settings.resilience.codemods; flags win', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'eslint.config.js': "export default [{ files: ['**/*.ts'], settings: { resilience: { codemods: { 'add-timeouts': { request: 5000 } } } } }];\n" });
    expect((await codemod(root, ['add-timeouts'])).out).toContain('AbortSignal.timeout(5000)');
    expect((await codemod(root, ['add-timeouts'], { option: ['request=6000'] })).out).toContain('AbortSignal.timeout(6000)');
    expect((await codemod(root, ['add-timeouts'], { config: false })).out).toContain('AbortSignal.timeout(10_000)');
  });

  it('prints a report for machines', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': "import { Pool } from 'pg';\nexport const pool = new Pool();\n", 'src/broken.ts': 'const = fetch(' });
    const { out } = await codemod(root, ['add-timeouts'], { json: true, option: ['kinds=http,db'] });
    expect(JSON.parse(out)).toMatchObject({
      version: 1, dryRun: true, filesRead: 3, written: null,
      changes: [{ path: 'src/a.ts', package: 'orders', edits: 1, patch: expect.stringContaining('@@') as string }],
      skips: [{ path: 'src/b.ts', line: 2, column: 21, codemod: 'add-timeouts', reason: 'whole-client', detail: 'pg Pool' }],
      unread: [{ path: 'src/broken.ts', why: 'syntax' }],
    });
  });

  it('reads only the packages that are asked for', async () => {
    const member = (name: string) => ({ [`packages/${name}/package.json`]: JSON.stringify({ name: `@shop/${name}`, engines: { node: '>=20' } }), [`packages/${name}/a.ts`]: FETCH });
    const root = repository({ 'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }), ...member('orders'), ...member('mail') });
    expect((await codemod(root, ['add-timeouts'], { package: ['@shop/m*'] })).out).toContain('1 edit in 1 file');
    expect((await codemod(root, ['add-timeouts'], { package: ['packages/orders'] })).out).toContain('packages/orders/a.ts');
    expect((await codemod(root, ['add-timeouts'], { package: ['nobody'] })).err).toMatch(/--package nobody: no package with code matches\. There are: @shop\//);
  });

  describe.each<[string, Readonly<Record<string, string>>, (name: string) => Readonly<Record<string, string>>]>([
    ['npm', { 'package.json': '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }', 'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }' }, byPackage],
    ['yarn', { 'package.json': '{ "name": "shop", "private": true, "workspaces": { "packages": ["packages/*"] } }', 'yarn.lock': '' }, byPackage],
    ['pnpm', { 'package.json': '{ "name": "shop", "private": true }', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }, byPackage],
    ['turbo', { 'package.json': '{ "name": "shop", "private": true, "workspaces": ["packages/*"], "packageManager": "npm@10.0.0" }', 'turbo.json': '{ "tasks": { "build": {} } }' }, (name) => ({ ...byPackage(name), [`packages/${name}/turbo.json`]: '{ "extends": ["//"] }' })],
    ['nx with packages', { 'package.json': '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }', 'nx.json': '{}' }, byPackage],
    ['nx with projects', { 'package.json': '{ "name": "shop", "private": true, "engines": { "node": ">=20" } }', 'nx.json': '{}' }, (name) => ({ [`packages/${name}/project.json`]: JSON.stringify({ name: `@shop/${name}`, targets: {} }), [`packages/${name}/src/a.ts`]: FETCH })],
  ])('in a workspace of %s', (_tool, root, member) => {
    it('runs from within a member, stays in it, and names the members', async () => {
      const workspace = repository({ ...root, ...member('orders'), ...member('mail') });
      const all = await codemod(workspace, ['add-timeouts']);
      expect(all.out).toMatch(/@shop\/mail +1 +1 +0\n@shop\/orders +1 +1 +0\n/);
      expect((await codemod(workspace, ['add-timeouts'], { package: ['@shop/mail'] })).out).toContain('1 edit in 1 file');
      expect((await codemod(join(workspace, 'packages/orders'), ['add-timeouts'], { write: true })).out).toContain('1 edit in 1 file written');
      expect(git(workspace, 'status', '--porcelain')).toBe(' M packages/orders/src/a.ts\n');
      expect((await codemod(workspace, [], { undo: true })).exit).toBe(0);
      expect(git(workspace, 'status', '--porcelain')).toBe('');
    });
  });

  it.each([
    ['no name', [], {}, /^Name a codemod: .*add-timeouts/],
    ['an unknown name', ['add-timeout'], {}, /^There is no codemod "add-timeout"\. Did you mean add-timeouts\? There are: /],
    ['a path that is not there', ['add-timeouts', 'nowhere'], {}, /^nowhere: no such file or directory/],
    ['a path outside', ['add-timeouts', '..'], {}, /^\.\. is outside the workspace .*: a codemod stays inside it\. Run it there\.$/],
    ['two ways at once', ['add-timeouts'], { write: true, check: true }, /^--check changes nothing and --write writes: say one of them\.$/],
    ['questions without a terminal', ['add-timeouts'], { interactive: true }, /^--interactive asks at a terminal, and this is none/],
    ['nothing to undo', [], { undo: true }, /^There is nothing to undo: no run has written here\.$/],
    ['nothing to resume', [], { resume: true }, /^There is nothing to resume: no run was interrupted here\.$/],
  ] as const)('%s is refused with what to do', async (_, args, options, message) => {
    const { exit, err } = await codemod(repository({ 'src/a.ts': FETCH }), args, options);
    expect(err).toMatch(message);
    expect(exit).toBe(2);
  });

  it('does not follow a link out of the workspace', async () => {
    const outside = tempProject({ 'a.ts': FETCH });
    const root = repository({ 'src/a.ts': FETCH });
    symlinkSync(outside, join(root, 'src/linked'));
    expect((await codemod(root, ['add-timeouts', 'src/linked'])).err).toMatch(/^src\/linked is outside the workspace/);
    expect((await codemod(root, ['add-timeouts'])).out).toContain('1 edit in 1 file');
  });

  it.each(['EACCES', 'EROFS', 'ENOSPC'])('%s: says so, exits with 3, and leaves every file whole', async (code) => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': FETCH });
    const failing = {
      ...disk,
      replace: (path: string, text: string) => (path.endsWith('b.ts') ? Promise.reject(Object.assign(new Error(code), { code })) : disk.replace(path, text)),
    };
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true, fs: failing });
    expect(exit).toBe(3);
    expect(out).toMatch(new RegExp(`src/b\\.ts: .*\\(${code}\\)`));
    expect([textOf(root, 'src/a.ts'), textOf(root, 'src/b.ts')]).toEqual([MENDED, FETCH]);
    if (code !== 'EACCES') expect((await codemod(root, [], { resume: true })).out).toBe('add-timeouts: 1 file written, 1 was so already.\n');
    expect((await codemod(root, [], { undo: true })).exit).toBe(0);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  it('leaves a file alone that is marked as read-only, and says so', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': FETCH });
    chmodSync(join(root, 'src/a.ts'), 0o444);
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true });
    expect(out).toContain('src/a.ts: it is marked as read-only');
    expect(exit).toBe(3);
    expect([textOf(root, 'src/a.ts'), textOf(root, 'src/b.ts')]).toEqual([FETCH, MENDED]);
  });

  it('leaves a file alone whose bytes it could not give back', async () => {
    const root = repository({ 'src/a.ts': FETCH });
    // An e with an accent as Latin-1 has it.
    const bytes = Buffer.concat([Buffer.from('// Caf'), Buffer.from([0xe9]), Buffer.from(`\n${FETCH}`)]);
    writeFileSync(join(root, 'src/b.ts'), bytes);
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true, allowDirty: true });
    expect(out).toContain('src/b.ts: it is not in UTF-8; save it as UTF-8 first');
    expect(exit).toBe(3);
    expect(readFileSync(join(root, 'src/b.ts')).equals(bytes)).toBe(true);
    expect(textOf(root, 'src/a.ts')).toBe(MENDED);
  });

  it('goes on without a file that goes away meanwhile', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': FETCH });
    const gone = {
      ...disk,
      readText: (path: string) => (path.endsWith('a.ts') ? Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' })) : disk.readText(path)),
    };
    const { exit, out } = await codemod(root, ['add-timeouts'], { write: true, fs: gone });
    expect(out).toContain('src/a.ts: it is no longer there (ENOENT)');
    expect(exit).toBe(3);
    expect(textOf(root, 'src/b.ts')).toBe(MENDED);
  });

  it('lists the codemods and helps with examples', async () => {
    const host = fakeHost(tempProject({}));
    expect(await runCli(['codemod', '--list'], host)).toBe(0);
    expect(host.out()).toMatch(/^add-timeouts +\S/m);
    const help = fakeHost(tempProject({}));
    expect(await runCli(['codemod', '--help'], help)).toBe(0);
    expect(help.out()).toContain('codemod add-timeouts packages/orders --write');
  });
});

