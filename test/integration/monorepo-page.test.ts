import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownCommands } from '../support/shown-commands.js';
import { CLI, ROOT, linkPackages, tempFolder, type Ran } from './support.js';

const PAGE = 'docs/monorepo.md';
const FIXTURES = join(ROOT, 'test/fixtures/monorepo');
const PACKAGES = ['gateway', 'mail', 'orders', 'platform'];
/** On a machine that others use, too. */
const TIME = 300_000;
const page = readFileSync(join(ROOT, PAGE), 'utf8');

let workspace: string;
beforeAll(() => {
  workspace = tempFolder('monorepo-page');
  cpSync(join(FIXTURES, 'turbo'), workspace, { recursive: true });
  linkPackages(workspace, ['eslint', 'eslint-plugin-resilience', 'axios']);
  const bin = join(workspace, 'node_modules/.bin/eslint-plugin-resilience');
  mkdirSync(dirname(bin), { recursive: true });
  chmodSync(CLI, 0o755);
  symlinkSync(CLI, bin);
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** Through a shell, since the commands have globs in them; `npx` finds the same file. */
function run(command: string, folder = '.'): Ran {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command.replace(/^npx /, '')], {
    cwd: join(workspace, folder),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', GITHUB_WORKSPACE: '', PATH: `${join(workspace, 'node_modules/.bin')}:${process.env['PATH']}` },
  });
  expect(stderr, command).toBe('');
  return { status, stdout, stderr };
}

const timeless = (text: string): string => text.replace(/read in [\d.]+ m?s/, 'read');
const manifestOf = (name: string): { scripts: Record<string, string> } => JSON.parse(readFileSync(join(FIXTURES, 'turbo/packages', name, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What each command of the page does, by its beginning. */
const KNOWN: readonly (readonly [string, (command: string) => void])[] = [
  // What is linked above; there is no registry behind the sample's lock file.
  ['npm ci', () => expect(existsSync(join(workspace, 'node_modules/eslint'))).toBe(true)],
  // Run by monorepo-tasks.test.ts, which takes them from the page.
  ['npx turbo run ', (command) => expect(command.split(' ').slice(3).sort()).toEqual(Object.keys(manifestOf('orders').scripts).sort())],
  ['npx nx run-many -t ', (command) => expect(command.split(' ').slice(4).sort()).toEqual(Object.keys(manifestOf('orders').scripts).sort())],
  [
    'npx eslint-plugin-resilience check --shard ${{ matrix.shard }}/3 ',
    (command) => {
      expect(page).toContain('shard: [1, 2, 3]');
      for (const shard of ['1', '2', '3']) {
        expect(run(command.replaceAll('${{ matrix.shard }}', shard)).status).toBe(0);
        expect(existsSync(join(workspace, 'reports', `${shard}.json`))).toBe(true);
      }
    },
  ],
  [
    'npx eslint-plugin-resilience merge reports/*.json --format github',
    (command) => {
      const merged = run(command);
      const whole = run('eslint-plugin-resilience check --format github');
      expect({ ...merged, stdout: timeless(merged.stdout) }).toEqual({ ...whole, stdout: timeless(whole.stdout) });
      expect(merged.status).toBe(1);
    },
  ],
  [
    'npx eslint-plugin-resilience merge packages/*/resilience.sarif ',
    (command) => {
      for (const name of PACKAGES) expect(run(manifestOf(name).scripts['resilience:check']!, `packages/${name}`).status).toBe(0);
      expect(run(command).status).toBe(1);
      expect(readFileSync(join(workspace, 'resilience.sarif'), 'utf8')).toBe(run('eslint-plugin-resilience check --format sarif').stdout);
    },
  ],
  ['npx eslint-plugin-resilience codemod add-timeouts --check --no-type-gate --shard 1/3', (command) => expect(run(command)).toMatchObject({ status: 1, stdout: expect.stringContaining('Shard 1 of 3: ') as string })],
  ['npx eslint-plugin-resilience check --cwd packages/orders', (command) => expect(run(command)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 file read') as string })],
  ['npx eslint-plugin-resilience check', (command) => expect(run(command)).toMatchObject({ status: 1, stdout: expect.stringContaining('2 errors in 2 files of 2 packages') as string })],
];

describe(PAGE, () => {
  it.each([...new Set(shownCommands(PAGE))])('%s', { timeout: TIME }, (command) => {
    const known = KNOWN.find(([start]) => command === start || command.startsWith(start));
    expect(known, 'a command that this test does not know').toBeDefined();
    known![1](command);
  });

  it('shows the files of the sample workspaces', () => {
    const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
    const files = ['turbo/turbo.json', 'nx/nx.json', 'nx/packages/orders/project.json'].map((path) => readFileSync(join(FIXTURES, path), 'utf8'));
    expect(blocks.slice(1)).toEqual(files);
    const scripts = JSON.parse(blocks[0]!) as { scripts: Record<string, string> };
    for (const name of PACKAGES) {
      expect(manifestOf(name)).toMatchObject(scripts);
      const { targets } = JSON.parse(readFileSync(join(FIXTURES, 'nx/packages', name, 'project.json'), 'utf8')) as { targets: Record<string, { command: string }> };
      expect(Object.fromEntries(Object.entries(targets).map(([task, { command }]) => [task, command]))).toEqual(scripts.scripts);
    }
  });
});
