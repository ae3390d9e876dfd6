import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ESLINT, ROOT, linkPackages, runNode, tempFolder, writeFiles, type Files, type Ran } from '../support.js';
import { link, tools } from './support.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Files): string {
  const folder = tempFolder('cached');
  folders.push(folder);
  writeFiles(folder, files);
  linkPackages(folder, ['eslint', 'eslint-plugin-resilience']);
  return folder;
}

const config = (strategy: string): string => `import resilience, { withProject } from 'eslint-plugin-resilience';\nexport default withProject(resilience.configs.recommended, { cacheStrategy: '${strategy}' });\n`;
const client = (name: string, options: string): string => `import axios from 'axios';\nexport const ${name} = axios.create({ baseURL: 'http://${name}.internal'${options} });\n`;
const use = (from: string, name: string): string => `import { ${name} } from '${from}';\nexport const read = (id) => ${name}.get(\`/\${id}\`);\n`;

/** Lints with a cache, and says how many files were judged and not taken from it. */
function cached(folder: string, strategy: string, what: string): Ran & { readonly judged: number; readonly messages: readonly string[] } {
  const ran = runNode(folder, [ESLINT, '--cache', '--cache-strategy', strategy, '--format', 'json', what], { DEBUG: 'eslint:lint-result-cache' });
  const results = JSON.parse(ran.stdout) as { messages: { message: string }[] }[];
  return { ...ran, judged: ran.stderr.match(/Cache entry not found or no longer valid/g)?.length ?? 0, messages: results.flatMap(({ messages }) => messages.map(({ message }) => message)) };
}

describe('eslint --cache with withProject', () => {
  it('by content: judges nothing anew without a change that matters, everything with one', () => {
    const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
    const root = project({
      'package.json': '{ "name": "shop", "type": "module" }',
      'package-lock.json': '{}',
      'eslint.config.js': config('content'),
      'README.md': '',
      ...Object.fromEntries(names.map((name) => [`src/${name}.js`, client(name, '')])),
    });
    const lint = (): number => cached(root, 'content', 'src').judged;
    expect(lint()).toBe(12);

    // A checkout gives every file a new time.
    for (const name of readdirSync(join(root, 'src'))) utimesSync(join(root, 'src', name), 1, 1);
    writeFiles(root, { 'README.md': 'More.', 'src/locales/de.json': '{}', 'dist/src/s0.js': '' });
    expect(lint()).toBe(0);

    appendFileSync(join(root, 'src/s0.js'), '// more\n');
    expect(lint()).toBe(12);

    // ESLint's keys are absolute paths.
    const other = tempFolder('elsewhere');
    folders.push(other);
    cpSync(root, other, { recursive: true, verbatimSymlinks: true });
    expect(cached(other, 'content', 'src').judged).toBe(12);
  });

  it('keeps no verdict for which another package, compiler paths or a version has changed', () => {
    const root = project({
      'package.json': '{ "name": "shop", "type": "module", "private": true, "workspaces": ["packages/*"] }',
      'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
      'eslint.config.js': config('metadata'),
      'packages/clients/package.json': '{ "name": "@shop/clients", "type": "module", "exports": "./src/orders.js" }',
      'packages/clients/src/orders.js': client('orders', ''),
      'packages/clients/src/bounded.js': client('orders', ', timeout: 2000'),
      'packages/api/package.json': '{ "name": "@shop/api", "type": "module", "dependencies": { "@shop/clients": "*", "axios": "^1.0.0" } }',
      'packages/api/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
      'tsconfig.base.json': '{ "compilerOptions": { "paths": { "~orders": ["./packages/clients/src/orders.js"] } } }',
      'packages/api/src/by-name.js': use('@shop/clients', 'orders'),
      'packages/api/src/by-path.js': use('~orders', 'orders'),
    });
    mkdirSync(join(root, 'node_modules/@shop'), { recursive: true });
    link(join(root, 'node_modules/@shop/clients'), join(root, 'packages/clients'));
    const verdicts = (): readonly string[] => cached(root, 'metadata', 'packages/api/src').messages;
    expect(verdicts()).toEqual([expect.stringContaining('version not found'), expect.stringContaining('version not found')]);

    writeFiles(root, { 'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": { "node_modules/axios": { "version": "1.7.2" } } }' });
    expect(verdicts()).toEqual([expect.not.stringContaining('version not found'), expect.not.stringContaining('version not found')]);

    writeFiles(root, { 'tsconfig.base.json': '{ "compilerOptions": { "paths": { "~orders": ["./packages/clients/src/bounded.js"] } } }' });
    expect(verdicts()).toHaveLength(1);

    writeFiles(root, { 'packages/clients/src/orders.js': client('orders', ', timeout: 2000') });
    expect(verdicts()).toEqual([]);
  });
});

describe('eslint --concurrency', () => {
  const files: Files = {
    'package.json': '{ "name": "shop", "type": "module" }',
    'package-lock.json': '{}',
    'eslint.config.js': config('metadata'),
    'src/clients/bounded.js': client('bounded', ', timeout: 2000'),
    'src/clients/loose.js': client('loose', ''),
    ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`src/use/u${i}.js`, i % 2 === 0 ? use('../clients/loose.js', 'loose') : use('../clients/bounded.js', 'bounded')])),
  };
  let lowest: string;
  beforeAll(() => {
    lowest = join(tools(), 'eslint-lowest');
  });

  it.each([
    ['the lowest ESLint that has it', () => lowest, ['2']],
    ['ESLint 10', () => join(ROOT, 'node_modules/eslint'), ['2', 'auto']],
  ])('finds the same over files in %s', (_name, eslint, ways) => {
    const root = project(files);
    rmSync(join(root, 'node_modules/eslint'));
    link(join(root, 'node_modules/eslint'), eslint());
    const lint = (way: string): unknown => {
      const { stdout } = runNode(root, [join(eslint(), 'bin/eslint.js'), '--concurrency', way, '--format', 'json', 'src']);
      return (JSON.parse(stdout) as { filePath: string; messages: unknown[] }[]).map(({ filePath, messages }) => [filePath, messages]);
    };
    const alone = lint('off');
    expect(JSON.stringify(alone).match(/resilience\/require-timeout/g)).toHaveLength(8);
    for (const way of ways) expect(lint(way)).toEqual(alone);
  });
});
