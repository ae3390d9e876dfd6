import { appendFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { withProject } from '../../src/with-project.js';
import { ESLINT, linkPackages, runNode, tempFolder, writeFiles, type Files } from './support.js';

const folders: string[] = [];
function project(files: Files): string {
  const folder = tempFolder('with-project');
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function fingerprintOf(root: string, cacheStrategy: 'metadata' | 'content' = 'metadata'): string {
  const settings = withProject([], { root, cacheStrategy }).at(-1)?.settings as { resilience: { workspaceFingerprint: string } };
  return settings.resilience.workspaceFingerprint;
}

const BASE: Files = {
  'package.json': '{ "name": "shop", "type": "module" }',
  'package-lock.json': '{}',
  'src/client.js': "import axios from 'axios';\nexport const orders = axios.create({ baseURL: 'http://orders.internal' });\n",
  'src/use.js': "import { orders } from './client.js';\nexport const read = (id) => orders.get(`/orders/${id}`);\n",
};

describe('the fingerprint', () => {
  it('is stable while nothing changes', () => {
    const root = project(BASE);
    expect(fingerprintOf(root)).toBe(fingerprintOf(root));
    expect(fingerprintOf(root)).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['a source is edited', (root: string) => appendFileSync(join(root, 'src/client.js'), '// more\n')],
    ['a source is touched', (root: string) => utimesSync(join(root, 'src/client.js'), 1, 1)],
    ['a source appears', (root: string) => writeFileSync(join(root, 'src/new.mts'), '')],
    ['a source goes away', (root: string) => rmSync(join(root, 'src/use.js'))],
    ['a manifest changes', (root: string) => appendFileSync(join(root, 'package.json'), '\n')],
    ['a lock file changes', (root: string) => appendFileSync(join(root, 'package-lock.json'), '\n')],
    ['an install is made', (root: string) => writeFiles(root, { 'node_modules/.package-lock.json': '{}' })],
    ['an install is made in a package', (root: string) => writeFiles(root, { 'packages/api/node_modules/.package-lock.json': '{}' })],
    ['compiler paths change', (root: string) => writeFiles(root, { 'tsconfig.base.json': '{}' })],
    ['a shared compiler configuration changes', (root: string) => writeFiles(root, { 'packages/typescript-config/node.json': '{}' })],
    ['code moves to workers', (root: string) => writeFiles(root, { 'wrangler.toml': '' })],
  ])('changes when %s', (_title, change) => {
    const root = project(BASE);
    const before = fingerprintOf(root);
    change(root);
    expect(fingerprintOf(root)).not.toBe(before);
  });

  it.each([
    ['an installed package changes', (root: string) => writeFiles(root, { 'node_modules/axios/index.js': 'x' })],
    ['a build is made', (root: string) => writeFiles(root, { 'dist/client.js': 'x', 'coverage/a.js': '', '.git/hooks/a.js': '' })],
    ['a text file changes', (root: string) => writeFiles(root, { 'README.md': 'x' })],
    ['data changes', (root: string) => writeFiles(root, { 'src/locales/de.json': '{}' })],
  ])('stays when %s', (_title, change) => {
    const root = project(BASE);
    const before = fingerprintOf(root);
    change(root);
    expect(fingerprintOf(root)).toBe(before);
  });

  it('follows no symbolic link', () => {
    const outside = project({ 'secret.js': 'x' });
    const root = project(BASE);
    const before = fingerprintOf(root);
    symlinkSync(outside, join(root, 'src/linked'), 'junction');
    expect(fingerprintOf(root)).toBe(before);
    symlinkSync(root, join(root, 'src/loop'), 'junction');
    expect(fingerprintOf(root)).toBe(before);
  });

  it('by content does not care about times', () => {
    const root = project(BASE);
    const before = fingerprintOf(root, 'content');
    utimesSync(join(root, 'src/client.js'), 1, 1);
    expect(fingerprintOf(root, 'content')).toBe(before);
    appendFileSync(join(root, 'src/client.js'), '\n');
    expect(fingerprintOf(root, 'content')).not.toBe(before);
  });

  it('by content is the same in another checkout, whenever its packages were installed', () => {
    const installed = (at: string): Files => ({ ...BASE, 'node_modules/.modules.yaml': `prunedAt: ${at}`, 'node_modules/.pnpm/lock.yaml': "lockfileVersion: '9.0'\n" });
    const one = project(installed('Monday'));
    expect(fingerprintOf(project(installed('Tuesday')), 'content')).toBe(fingerprintOf(one, 'content'));
    const other = project({ ...installed('Monday'), 'node_modules/.pnpm/lock.yaml': "lockfileVersion: '6.0'\n" });
    expect(fingerprintOf(other, 'content')).not.toBe(fingerprintOf(one, 'content'));
  });

  it('is made of a folder that does not exist', () => {
    expect(fingerprintOf(join(project({}), 'gone'))).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('withProject', () => {
  it('keeps the given configs, nested ones too, and adds one', () => {
    const root = project(BASE);
    const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    expect(withProject([a, [b, c]], { root }).map((config) => config.name)).toEqual(['a', 'b', 'c', 'resilience/with-project']);
    expect(withProject(a, { root })[0]).toBe(a);
  });

  it('finds the top of the workspace from a package inside it', () => {
    const root = project({ ...BASE, 'packages/api/package.json': '{ "name": "api" }' });
    const before = process.cwd();
    try {
      process.chdir(join(root, 'packages/api'));
      expect(withProject([]).at(-1)).toEqual(withProject([], { root }).at(-1));
    } finally {
      process.chdir(before);
    }
  });
});

describe('eslint --cache', () => {
  const config = (wrap: boolean): string => `import resilience, { withProject } from 'eslint-plugin-resilience';
const configs = [...resilience.configs.timeouts];
export default ${wrap ? 'withProject(configs)' : 'configs'};
`;

  /** Lints twice with a cache; in between, the other file gains its timeout. */
  function secondVerdict(wrap: boolean): { readonly first: string; readonly second: string } {
    const root = project({ ...BASE, 'eslint.config.js': config(wrap) });
    linkPackages(root, ['eslint', 'eslint-plugin-resilience']);
    const lint = (): string => runNode(root, [ESLINT, '--cache', '--format', 'json', 'src/use.js']).stdout;
    const first = lint();
    writeFiles(root, { 'src/client.js': BASE['src/client.js']!.replace("internal' }", "internal', timeout: 2000 }") });
    return { first, second: lint() };
  }

  it('keeps a stale verdict without it', () => {
    const { first, second } = secondVerdict(false);
    expect(first).toContain('resilience/require-timeout');
    expect(second).toContain('resilience/require-timeout');
  });

  it('judges anew with it', () => {
    const { first, second } = secondVerdict(true);
    expect(first).toContain('resilience/require-timeout');
    expect(second).not.toContain('resilience/require-timeout');
    expect(JSON.parse(second)).toMatchObject([{ messages: [] }]);
  });
});
