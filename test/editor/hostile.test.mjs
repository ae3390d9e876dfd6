import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEEP, JUDGED, makeHostileWorkspace } from '../integration/hostile-workspace.ts';
import { runNode, writeFiles } from '../integration/support.ts';
import { OXLINT } from '../oxlint/lib/host-setup.mjs';
import { startEslintServer } from './eslint-server.mjs';
import { startOxlintServer } from './oxlint-server.mjs';

const CONFIG = `import resilience from 'eslint-plugin-resilience';
export default [{ languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }, ...resilience.configs.all];
`;

let outer;
let root;
beforeAll(() => {
  ({ outer, root } = makeHostileWorkspace());
  // Links that lead nowhere stop ESLint itself.
  rmSync(join(root, 'packages/b/loop/nowhere.js'));
  rmSync(join(root, 'packages/b/loop/itself.js'));
  writeFiles(root, {
    'eslint.config.js': CONFIG,
    '.oxlintrc.json': JSON.stringify({ plugins: [], categories: { correctness: 'off' }, jsPlugins: ['eslint-plugin-resilience'], rules: { 'resilience/require-timeout': 'error', 'resilience/no-empty-catch': 'error' } }),
  });
});
afterAll(() => rmSync(outer, { recursive: true, force: true }));

const sound = (path) => !path.includes('latin1');

describe.each([
  ['the ESLint server', startEslintServer],
  ['oxlint --lsp', startOxlintServer],
])('hostile input in %s', (_name, start) => {
  it('is followed by findings in the next file', { timeout: 120_000 }, async () => {
    const client = await start(root);
    const shown = async (path) => {
      await client.open(join(root, path), readFileSync(join(root, path), 'utf8'));
      return client.pull(join(root, path));
    };
    try {
      for (const path of ['packages/a/src/two.js', 'packages/b/src/ring.js', 'packages/b/src/empty.js', 'packages/b/src/zeros.js', 'packages/b/src/broken.js', 'packages/a/src/hashbang.js']) await shown(path);
      for (const path of JUDGED.filter(sound)) {
        await client.open(join(root, path), readFileSync(join(root, path), 'utf8'));
        await vi.waitFor(async () => expect((await client.pull(join(root, path))).map(({ code }) => String(code)), path).toContainEqual(expect.stringContaining('require-timeout')), { timeout: 20_000, interval: 100 });
      }
    } finally {
      await wait(100);
      expect(await client.stop()).toEqual({ code: 0, signal: null });
    }
    expect(client.stderr).toBe('');
  });
});

// Ten thousand times `else if` end the server without any plugin: V8 has no stack left to compile an expression of the parser's.
const DEEP_FOR_ESLINT = Object.keys(DEEP).filter((name) => name !== 'else.js');

describe('code nested ten thousand deep', () => {
  it.each(DEEP_FOR_ESLINT)('%s does not end the ESLint server', { timeout: 120_000 }, async (name) => {
    const client = await startEslintServer(root);
    const deep = join(root, 'packages/a/src/deep', name);
    const plain = join(root, 'packages/a/src/plain.js');
    await client.open(deep, readFileSync(deep, 'utf8'));
    await client.pull(deep);
    await client.open(plain, readFileSync(plain, 'utf8'));
    const found = await client.pull(plain);
    expect(found.map(({ code }) => code)).toContain('resilience/require-timeout');
    expect(await client.stop()).toEqual({ code: 0, signal: null });
  });
});

it('hostile input in oxlint is followed by findings in the next file', () => {
  const { stdout } = runNode(root, [OXLINT, '--config', join(root, '.oxlintrc.json'), '--format', 'unix', '--ignore-pattern', '**/deep/**', 'packages']);
  for (const path of JUDGED.filter(sound)) expect(stdout).toContain(path);
});
