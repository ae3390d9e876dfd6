import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forgetDisk } from '../../src/project/disk.js';
import { resolveByName, resolveModule, splitPackage } from '../../src/project/resolve.js';
import { fixture, tempProject } from './paths.js';

const orders = fixture('npm-monorepo/apps/orders/src/index.ts');
const shop = (path: string) => ({ is: 'file', path: fixture('npm-monorepo', path) });

describe('resolveModule', () => {
  it.each([
    ['a sibling', './pool', shop('apps/orders/src/pool.ts')],
    ['a TypeScript file by its output name', './pool.js', shop('apps/orders/src/pool.ts')],
    ['a data file', './rates.json', shop('apps/orders/src/rates.json')],
    ['a file a build would make', '../dist/pool.js', shop('apps/orders/src/pool.ts')],
    ['a workspace package that was not built', '@parcel/http', shop('packages/http/src/index.ts')],
    ['a subpath of its exports', '@parcel/http/retry', shop('packages/http/src/retry.ts')],
    ['a pattern of its exports', '@parcel/http/clients/billing', shop('packages/http/src/clients/billing.ts')],
    ['a package with main in lib', '@parcel/db', shop('packages/db/src/index.ts')],
    ['a subpath without exports', '@parcel/db/migrate', shop('packages/db/src/migrate.ts')],
    ['a subpath into the build', '@parcel/db/lib/migrate.js', shop('packages/db/src/migrate.ts')],
    ['a folder by path', '../../../packages/db', shop('packages/db/src/index.ts')],
    ['a path of tsconfig', '~orders/pool', shop('apps/orders/src/pool.ts')],
    ['an exact path of tsconfig', '~shared', shop('packages/http/src/index.ts')],
    ['a private import', '#config', shop('apps/orders/src/config.ts')],
    ['a private import of a package', '#queue', { is: 'package', name: 'bullmq', subpath: '' }],
    ['a dependency that is a folder', '@parcel/shared-link', shop('packages/linked/index.js')],
    ['an alias of another package', 'requests', { is: 'package', name: 'got', subpath: '' }],
    ['a package that is not installed', 'axios', { is: 'package', name: 'axios', subpath: '' }],
    ['a subpath of a package', '@aws-sdk/client-s3/dist-es/x', { is: 'package', name: '@aws-sdk/client-s3', subpath: 'dist-es/x' }],
    ['a package of a look-alike name', '@parcel/httpx', { is: 'package', name: '@parcel/httpx', subpath: '' }],
    ['a builtin', 'node:fs', { is: 'builtin', name: 'fs' }],
    ['a builtin without scheme', 'fs/promises', { is: 'builtin', name: 'fs/promises' }],
    ['a builtin of Bun', 'bun:sqlite', { is: 'builtin', name: 'bun:sqlite' }],
    ['a package as Deno names it', 'npm:axios@1.7/lib/core', { is: 'package', name: 'axios', subpath: 'lib/core' }],
    ['a URL', 'https://esm.sh/axios', { is: 'unresolved', reason: 'not-found' }],
    ['a missing file', './nothing', { is: 'unresolved', reason: 'not-found' }],
    ['a missing subpath of a workspace package', '@parcel/http/none', { is: 'unresolved', reason: 'not-found' }],
    ['a path out of the root', '../../../../yarn-berry/src/main', { is: 'unresolved', reason: 'outside' }],
    ['a virtual module', 'virtual:routes', { is: 'unresolved', reason: 'not-found' }],
    ['an unmapped alias', '@/pool', { is: 'unresolved', reason: 'not-found' }],
    ['nothing', '', { is: 'unresolved', reason: 'not-found' }],
    ['a query', './pool?raw', { is: 'unresolved', reason: 'not-found' }],
  ])('%s', (_name, specifier, expected) => {
    expect(resolveModule(orders, specifier)).toEqual(expected);
  });

  it('follows a link in node_modules into the workspace, and none out of it', () => {
    const outside = tempProject({ 'package.json': '{"name":"outsider","main":"index.js"}', 'index.js': '', 'secret.ts': '' });
    const root = tempProject({
      'package.json': '{"name":"app","workspaces":[]}',
      'src/a.ts': '',
      'tools/log/package.json': '{"name":"real-name","main":"src/log.ts"}',
      'tools/log/src/log.ts': '',
    });
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(join(root, 'tools/log'), join(root, 'node_modules/log'));
    symlinkSync(outside, join(root, 'node_modules/outsider'));
    symlinkSync(join(outside, 'secret.ts'), join(root, 'src/secret.ts'));
    const from = join(root, 'src/a.ts');
    expect(resolveModule(from, 'log')).toEqual({ is: 'file', path: join(root, 'tools/log/src/log.ts') });
    expect(resolveModule(from, 'outsider')).toEqual({ is: 'package', name: 'outsider', subpath: '' });
    expect(resolveModule(from, './secret')).toEqual({ is: 'unresolved', reason: 'outside' });
  });

  it('sees a file that is added later', () => {
    const root = tempProject({ 'package.json': '{"workspaces":[]}', 'a.ts': '' });
    expect(resolveModule(join(root, 'a.ts'), './b')).toMatchObject({ is: 'unresolved' });
    writeFileSync(join(root, 'b.ts'), '');
    forgetDisk();
    expect(resolveModule(join(root, 'a.ts'), './b')).toMatchObject({ is: 'file' });
  });

  it('prefers a declared dependency to a file below the base URL', () => {
    const root = tempProject({
      'package.json': '{"workspaces":[],"dependencies":{"redis":"4"}}',
      'tsconfig.json': '{"compilerOptions":{"baseUrl":"./src"}}',
      'src/redis/index.ts': '',
      'src/cache/index.ts': '',
    });
    const from = join(root, 'src/a.ts');
    expect(resolveModule(from, 'redis')).toEqual({ is: 'package', name: 'redis', subpath: '' });
    expect(resolveModule(from, 'cache')).toEqual({ is: 'file', path: join(root, 'src/cache/index.ts') });
  });

  it('takes no directory for a file', () => {
    const root = tempProject({ 'package.json': '{"workspaces":[]}', 'd.ts/keep.txt': '' });
    expect(resolveModule(join(root, 'a.ts'), './d')).toEqual({ is: 'unresolved', reason: 'not-found' });
  });
});

describe('resolution by name', () => {
  it('names packages and leaves files unresolved', () => {
    expect(resolveByName('@scope/x/y')).toEqual({ is: 'package', name: '@scope/x', subpath: 'y' });
    expect(resolveByName('./x')).toMatchObject({ is: 'unresolved' });
    expect(splitPackage('@scope')).toBeNull();
  });
});
