import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, tempFolder, writeFiles } from './support.js';

/** `codemod --interactive` in a real pseudo-terminal, which `script` of util-linux opens. */
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
const MAIN = join(ROOT, 'dist/src/cli/main.js');
const FETCH = "export const order = (id: string) => fetch(`http://orders.internal/${id}`);\n";
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function repository(): string {
  const root = tempFolder('interactive');
  folders.push(root);
  writeFiles(root, { 'package.json': '{ "name": "orders", "type": "module", "engines": { "node": ">=20" } }', '.gitignore': 'node_modules\n', 'src/a.ts': FETCH, 'src/b.ts': FETCH, 'src/c.ts': FETCH });
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'x');
  return root;
}

/** Answers one key to each question, in their order; gives what the terminal showed. */
function session(root: string, keys: readonly string[]): Promise<{ readonly exit: number | null; readonly screen: string; readonly raw: string }> {
  const child = spawn('script', ['--quiet', '--return', '--command', `stty cols 160 rows 50; "${process.execPath}" "${MAIN}" codemod add-timeouts --interactive --no-type-gate`, '/dev/null'], {
    cwd: root,
    env: { ...process.env, TERM: 'xterm-256color', CI: '', NO_COLOR: '' },
    timeout: 40_000,
  });
  let raw = '';
  let answered = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString('utf8');
    const asked = stripVTControlCharacters(raw).split('stop, and write what was wanted so far').length - 1;
    while (answered < asked && answered < keys.length) child.stdin.write(keys[answered++]!);
  });
  return new Promise((done) => child.on('close', (exit) => done({ exit, screen: stripVTControlCharacters(raw), raw })));
}

const mended = (root: string): string[] => ['a', 'b', 'c'].filter((name) => readFileSync(join(root, `src/${name}.ts`), 'utf8') !== FETCH);

describe.skipIf(!hasScript)('codemod --interactive in a terminal', () => {
  it('asks about each edit, and writes those that were wanted', async () => {
    const root = repository();
    const { exit, screen, raw } = await session(root, ['y', 'n', 'y']);
    expect(screen).toContain('src/a.ts:1: add `signal: AbortSignal.timeout(10_000)`?');
    expect(screen).toContain('+export const order = (id: string) => fetch(`http://orders.internal/${id}`, { signal: AbortSignal.timeout(10_000) });');
    expect(raw, 'colours').toContain('\u001b[32m+');
    expect(screen).toMatch(/1 place left alone, declined: you said no\s+src\/b\.ts:1:38/);
    expect(screen).toContain('2 edits in 2 files written; --undo takes them back.');
    expect(exit).toBe(0);
    expect(mended(root)).toEqual(['a', 'c']);
  });

  it('takes "all" for the rest', async () => {
    const root = repository();
    expect((await session(root, ['n', 'a'])).exit).toBe(0);
    expect(mended(root)).toEqual(['b', 'c']);
  });

  it('stops at "quit" with what was wanted until then', async () => {
    const root = repository();
    const { exit, screen } = await session(root, ['y', 'q']);
    expect(exit).toBe(0);
    expect(screen).toContain('1 edit in 1 file written');
    expect(mended(root)).toEqual(['a']);
  });

  it('writes nothing of an answer that never came', async () => {
    const root = repository();
    const { screen } = await session(root, ['y', '\u0003']);
    expect(screen).toContain('1 edit in 1 file written');
    expect(mended(root)).toEqual(['a']);
  });
});
