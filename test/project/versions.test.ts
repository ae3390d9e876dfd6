import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredRange, installedVersion } from '../../src/project/versions.js';
import { bunLock, npmLock, pnpmLock, yarnLock } from '../../src/project/lock-files.js';
import { fixture, tempProject } from './paths.js';

describe('installedVersion', () => {
  it.each([
    ["npm: the importer's own copy", 'npm-monorepo/apps/orders/src/index.ts', 'axios', '0.27.2'],
    ['npm: the hoisted copy', 'npm-monorepo/packages/http/src/index.ts', 'axios', '1.6.8'],
    ['npm: declared at the root', 'npm-monorepo/apps/orders/src/index.ts', 'pg', '8.11.5'],
    ['npm: not in the lock file', 'npm-monorepo/apps/orders/src/index.ts', 'undici', null],
    ['pnpm: from a catalog', 'pnpm-catalog/services/api/src/main.ts', 'ioredis', '5.4.1'],
    ['pnpm: another major for another importer', 'pnpm-catalog/services/worker/src/main.ts', 'ioredis', '4.28.5'],
    ['pnpm: with peers', 'pnpm-catalog/services/api/src/main.ts', '@nestjs/axios', '3.0.2'],
    ["pnpm: the root's", 'pnpm-catalog/services/api/src/main.ts', 'undici', '6.19.2'],
    ['pnpm: not declared, but only one in the lock', 'pnpm-catalog/services/api/src/main.ts', 'axios', '1.7.2'],
    ['pnpm: not declared, and two in the lock', 'pnpm-catalog/services/core/src/main.ts', 'ioredis', null],
    ['pnpm: a workspace package', 'pnpm-catalog/services/api/src/main.ts', '@ledger/core', null],
    ['yarn berry: by range', 'yarn-berry/src/main.ts', 'axios', '1.7.7'],
    ['yarn berry: by the range of another package', 'yarn-berry/packages/legacy/index.ts', 'axios', '0.21.4'],
    ['yarn berry: the only one', 'yarn-berry/src/main.ts', 'got', '14.4.2'],
    ['yarn classic: by range', 'yarn-classic/index.js', 'redis', '3.1.2'],
    ['yarn classic: a scoped name', 'yarn-classic/index.js', '@types/redis', '2.8.32'],
  ])('%s', (_name, file, packageName, expected) => {
    expect(installedVersion(fixture(file), packageName)).toBe(expected);
  });

  it('prefers the nearest node_modules to the lock file', () => {
    const root = tempProject({
      'package.json': '{"name":"x","workspaces":[],"dependencies":{"http":"npm:axios@^1"}}',
      'package-lock.json': '{"packages":{"node_modules/pg":{"version":"8.0.0"}}}',
      'node_modules/pg/package.json': '{"name":"pg","version":"8.13.1"}',
      'node_modules/http/package.json': '{"name":"axios","version":"1.2.3"}',
      'node_modules/broken/package.json': '{',
    });
    expect(installedVersion(`${root}/src/a.ts`, 'pg')).toBe('8.13.1');
    expect(installedVersion(`${root}/src/a.ts`, 'axios')).toBe('1.2.3');
    expect(installedVersion(`${root}/src/a.ts`, 'broken')).toBeNull();
  });

  it('follows no link out of the root', () => {
    const store = tempProject({ 'pg/package.json': '{"name":"pg","version":"9.9.9"}' });
    const root = tempProject({ 'package.json': '{"name":"x","workspaces":[]}', 'package-lock.json': '{"packages":{"node_modules/pg":{"version":"8.0.0"}}}', 'node_modules/keep': '' });
    symlinkSync(`${store}/pg`, `${root}/node_modules/pg`);
    expect(installedVersion(`${root}/a.ts`, 'pg')).toBe('8.0.0');
  });

  it.each(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])('answers null for a broken %s', (name) => {
    const root = tempProject({ 'package.json': '{"name":"x","workspaces":[]}', [name]: '<<<<<<< HEAD\nimporters: {\n  "a": [\n=======' });
    expect(installedVersion(`${root}/a.ts`, 'axios')).toBeNull();
  });

  it('gives the declared range', () => {
    expect(declaredRange(fixture('yarn-berry/packages/legacy/index.ts'), 'axios')).toBe('^0.21.0');
    expect(declaredRange(fixture('npm-monorepo/apps/orders/src/index.ts'), 'pg')).toBe('^8.11.0');
    expect(declaredRange(fixture('yarn-classic/index.js'), 'pg')).toBeNull();
  });
});

describe('formats of lock files', () => {
  it('reads nested dependencies of npm 6', () => {
    const lock = npmLock('{"lockfileVersion":1,"dependencies":{"got":{"version":"11.0.0"},"a":{"version":"1.0.0","dependencies":{"got":{"version":"9.0.0"}}}}}')!;
    expect(lock.version('', 'got', null)).toBe('11.0.0');
  });
  it.each([
    ['5', "lockfileVersion: 5.4\nspecifiers:\n  pg: ^8\ndependencies:\n  pg: 8.7.1_pg-native@3.0.0\npackages:\n  /pg/8.7.1:\n    dev: false\n"],
    ['6', "lockfileVersion: '6.0'\ndependencies:\n  pg:\n    specifier: ^8\n    version: 8.7.1(pg-native@3.0.0)\npackages:\n  /pg@8.7.1(pg-native@3.0.0):\n    dev: false\n"],
    ['9', "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      pg:\n        specifier: ^8\n        version: 8.7.1\n"],
    ['9, two documents', "---\nlockfileVersion: '9.0'\nimporters:\n  .:\n    configDependencies: {}\n---\nlockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      pg:\n        specifier: ^8\n        version: 8.7.1\n"],
  ])('reads pnpm %s', (_version, text) => {
    expect(pnpmLock(text)?.version('', 'pg', '^8')).toBe('8.7.1');
  });
  it('does not take a name that only ends alike', () => {
    expect(pnpmLock('packages:\n\n  not-pg@1.0.0:\n    x: 1\n')?.version('', 'pg', null)).toBeNull();
    expect(yarnLock('not-pg@^1.0.0:\n  version "1.0.0"\n')?.version('', 'pg', null)).toBeNull();
  });
  it('reads bun.lock with its comments and commas', () => {
    const lock = bunLock('{ "workspaces": { "": { "name": "x" }, "a": { "name": "@x/a" }, }, "packages": { "pg": ["pg@8.7.1", "", {}], "@x/a/pg": ["pg@7.0.0"], } }')!;
    expect(lock.version('', 'pg', null)).toBe('8.7.1');
    expect(lock.version('a', 'pg', null)).toBe('7.0.0');
  });
});
