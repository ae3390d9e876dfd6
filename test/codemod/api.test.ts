import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CodemodError, codemods, resumeCodemods, runCodemods, undoCodemods, type CodemodRun, type FileChange } from '../../src/codemods.js';
import { tempProject } from '../cli/fixture.js';

const FETCH = "export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n";
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A committed project. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = tempProject({ 'package.json': '{ "name": "orders", "type": "module", "engines": { "node": ">=20" } }', '.gitignore': 'node_modules\n', ...files });
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'x');
  return root;
}

const run = (cwd: string, more: Partial<CodemodRun> = {}) => runCodemods({ codemods: ['add-timeouts'], cwd, ...more });
const textOf = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

describe('the programmatic interface', () => {
  it('tells of every codemod what it does, takes and refuses', () => {
    expect(codemods['add-timeouts']).toMatchObject({ name: 'add-timeouts', rule: 'require-timeout', options: { request: { type: 'ms', default: 10_000 } } });
    for (const { description, refusals } of Object.values(codemods)) {
      expect(description).not.toBe('');
      for (const text of Object.values(refusals)) expect(text).not.toBe('');
    }
  });

  it('shows what would change and writes nothing', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': 'export const b = 1;\n' });
    const changes: FileChange[] = [];
    const report = await run(root, { onChange: (change) => changes.push(change) });
    expect(report).toMatchObject({ dryRun: true, filesRead: 2, written: null, changes: [{ path: 'src/a.ts', package: 'orders', edits: 1 }] });
    expect(changes).toEqual([{ path: join(root, 'src/a.ts'), before: FETCH, after: FETCH.replace('}`)', '}`, { signal: AbortSignal.timeout(10_000) })'), edits: 1 }]);
    expect(textOf(root, 'src/a.ts')).toBe(FETCH);
  });

  it('writes, and takes it back', async () => {
    const root = repository({ 'src/a.ts': FETCH });
    const report = await run(root, { codemods: [{ name: 'add-timeouts', options: { request: 3000 } }], write: true });
    expect(report.written).toEqual(['src/a.ts']);
    expect(textOf(root, 'src/a.ts')).toContain('AbortSignal.timeout(3000)');
    expect(await undoCodemods(root)).toMatchObject({ what: 'add-timeouts', written: [join(root, 'src/a.ts')], failed: [] });
    expect(textOf(root, 'src/a.ts')).toBe(FETCH);
  });

  it('asks about each edit', async () => {
    const root = repository({ 'src/a.ts': FETCH, 'src/b.ts': FETCH, 'src/c.ts': FETCH });
    const asked: string[] = [];
    const report = await run(root, {
      choose: ({ path, line, column, codemod, title }) => {
        asked.push(`${path.slice(root.length + 1)}:${line}:${column} ${codemod}: ${title}`);
        return asked.length === 1 ? 'no' : asked.length === 2 ? 'yes' : 'stop';
      },
    });
    expect(asked).toEqual(['a', 'b', 'c'].map((name) => `src/${name}.ts:1:38 add-timeouts: add \`signal: AbortSignal.timeout(10_000)\``));
    expect(report.changes.map(({ path }) => path)).toEqual(['src/b.ts']);
    expect(report.stopped).toBe(true);
    expect(report.skips.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['src/a.ts declined', 'src/c.ts declined']);
  });

  it('reports in the form of the published schema', async () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(textOf(ROOT, 'docs/schemas/codemod-report.json')) as object);
    const root = repository({
      'tsconfig.json': '{ "compilerOptions": { "lib": ["es2022", "dom"], "types": [], "strict": true }, "include": ["src"] }',
      'src/a.ts': FETCH,
      'src/b.ts': "import { Pool } from 'pg';\nexport const pool = new Pool();\n",
      'src/broken.ts': 'const = fetch(',
    });
    for (const more of [{}, { write: true, acceptWeakGate: true, codemods: ['add-timeouts', 'harden-pools'] }]) {
      const report: unknown = JSON.parse(JSON.stringify(await run(root, more)));
      expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
      expect(report).toMatchObject({ types: [{ package: '.', problem: null }], unread: [{ why: 'syntax' }] });
      expect(validate({ ...(report as object), version: 2 })).toBe(false);
    }
  });

  it.each([
    ['no codemod', { codemods: [] }, /^Name at least one codemod: .*add-timeouts/],
    ['an unknown codemod', { codemods: ['add-timeout'] }, /^There is no codemod "add-timeout"\. There are: /],
    ['an unknown option', { codemods: [{ name: 'add-timeouts', options: { ms: 1 } }] }, /^add-timeouts has no option "ms"; it has /],
    ['a path outside', { paths: ['..'] }, /^\.\. is outside the workspace /],
  ] as const)('refuses %s with what to do', async (_, more, message) => {
    const root = repository({ 'src/a.ts': FETCH });
    const refused = await run(root, more as Partial<CodemodRun>).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CodemodError);
    expect((refused as Error).message).toMatch(message);
  });

  it('refuses to settle where nothing ran', async () => {
    const root = repository({});
    await expect(undoCodemods(root)).rejects.toThrow(/^There is nothing to undo/);
    await expect(resumeCodemods(root)).rejects.toThrow(/^There is nothing to resume/);
  });
});
