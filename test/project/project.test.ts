import { symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findExport } from '../../src/analysis/exports.js';
import { moduleExport } from '../../src/analysis/member.js';
import { forgetDisk } from '../../src/project/disk.js';
import { mayMatter } from '../../src/project/prefilter.js';
import { createProject, projectFor } from '../../src/project/project.js';
import { fixture, tempProject } from './paths.js';

const shop = fixture('npm-monorepo');
const orders = join(shop, 'apps/orders/src/index.ts');

describe('importedModule', () => {
  const project = createProject({ root: shop, interesting: /axios|\bPool\b/ });
  it.each([
    ['a workspace package', '@parcel/http', 'file'],
    ['a package', 'axios', 'package'],
    ['a file without interest', './labels', 'uninteresting'],
    ['a file of constants', './config', 'file'],
    ['a file that does not exist', './none', 'unresolved'],
  ])('%s', (_name, specifier, expected) => {
    expect(project.importedModule(orders, specifier).is).toBe(expected);
  });
  it('says why a file cannot be had', () => {
    expect(project.importedModule(orders, './rates.json')).toEqual({ is: 'unresolved', reason: 'unparsable' });
    expect(createProject({ root: shop }).importedModule(orders, './broken')).toEqual({ is: 'unresolved', reason: 'unparsable' });
    expect(project.importedModule(orders, '../../../../yarn-berry/src/main')).toEqual({ is: 'unresolved', reason: 'outside' });
  });
  it('names builtins as they are written', () => {
    expect(project.importedModule(orders, 'node:http')).toEqual({ is: 'package', name: 'node:http', subpath: '' });
    expect(project.importedModule(orders, 'fs/promises')).toEqual({ is: 'package', name: 'fs', subpath: 'promises' });
  });
  it('reads nothing with cross-file off', () => {
    const off = createProject({ root: shop, crossFile: false, needles: ['axios'] });
    expect(off.importedModule(orders, './pool')).toEqual({ is: 'unresolved', reason: 'off' });
    expect(off.importedModule(orders, 'pg')).toEqual({ is: 'package', name: 'pg', subpath: '' });
    expect(off.filesContaining(orders, ['axios'])).toEqual([]);
  });
  it('hands its files a port to itself', () => {
    const module = project.importedModule(orders, '@parcel/http');
    expect(module.is === 'file' && module.file.project).toBe(project);
  });
});

describe('exports across real files', () => {
  const root = fixture('re-exports');
  const project = createProject({ root });
  const at = (file: string, name: string) => findExport(project.file(join(root, 'src', file))!, name, project);
  it('follows names through folders to where they are made', () => {
    expect(at('index.ts', 'client')).toMatchObject({ is: 'local', file: { path: join(root, 'src/clients/http.ts') } });
    expect(at('index.ts', 'axios')).toMatchObject({ is: 'package', name: 'axios', path: ['default'] });
    expect(at('index.ts', 'limits')).toMatchObject({ is: 'module', file: { path: join(root, 'src/limits.ts') } });
    expect(at('packages.ts', 'retry')).toMatchObject({ is: 'package', name: 'cockatiel', path: ['retry'] });
  });
  it('ends in cycles', () => {
    expect(at('index.ts', 'looped')).toBeNull();
    expect(at('index.ts', 'settled')).toMatchObject({ is: 'local' });
  });
  it('follows CommonJS', () => {
    expect(at('legacy.js', 'LEGACY_MAX')).toMatchObject({ file: { path: join(root, 'src/legacy-limits.js') } });
    expect(at('legacy.js', 'connect')).toMatchObject({ node: { type: 'Identifier' } });
    const linked = createProject({ root: shop });
    const index = linked.file(join(shop, 'packages/linked/index.js'))!;
    expect(findExport(index, 'client', linked)).toMatchObject({ file: { path: join(shop, 'packages/linked/client.js') } });
  });
});

describe('packageFiles', () => {
  it('lists the package, without packages inside it, builds, declarations and vendored files', () => {
    const root = tempProject({
      'package.json': '{"name":"root","workspaces":["packages/*"]}',
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/inner.ts': '',
      'src/b.ts': '', 'src/a.js': '', 'src/types.d.ts': '', 'src/x.min.js': '', 'dist/out.js': '', 'vendor/g.js': '', 'node_modules/p/i.js': '',
    });
    const project = createProject({ root });
    expect(project.packageFiles(join(root, 'src/b.ts')).map((path) => relative(root, path))).toEqual(['src/a.js', 'src/b.ts']);
    expect(project.packageFiles(join(root, 'packages/a/inner.ts')).map((path) => relative(root, path))).toEqual(['packages/a/inner.ts']);
  });
});

describe('links', () => {
  it('are not listed: they may lead out of the root', () => {
    const outside = tempProject({ 'secret.ts': '', 'folder/deep.ts': '' });
    const root = tempProject({ 'package.json': '{"name":"x","workspaces":[]}', 'a.ts': '' });
    symlinkSync(join(outside, 'secret.ts'), join(root, 'secret.ts'));
    symlinkSync(join(outside, 'folder'), join(root, 'folder'));
    expect(createProject({ root }).packageFiles(join(root, 'a.ts'))).toEqual([join(root, 'a.ts')]);
  });
});

describe('filesContaining', () => {
  it('looks into the package and the workspace packages it depends on', () => {
    const project = createProject({ root: shop, needles: ['axios.defaults', 'new Pool('] });
    const found = (needles: string[]) => project.filesContaining(orders, needles).map((file) => relative(shop, file.path));
    expect(found(['axios.defaults'])).toEqual(['packages/http/src/index.ts']);
    expect(found(['new Pool('])).toEqual(['apps/orders/src/pool.ts']);
    expect(found(['new Pool', 'axios.defaults']).sort()).toEqual(['apps/orders/src/pool.ts', 'packages/http/src/index.ts']);
    expect(found([])).toEqual([]);
    expect(project.textsContaining(orders, ['new Pool('])[0]?.text).toContain('max: 10');
  });
  it('finds a needle that is part of another', () => {
    const project = createProject({ root: shop, needles: ['axios', 'axios.defaults.timeout'] });
    expect(project.filesContaining(orders, ['axios.defaults.timeout'])).toHaveLength(1);
    expect(project.filesContaining(orders, ['axios']).length).toBeGreaterThan(1);
  });
  it('sees a changed file', () => {
    const root = tempProject({ 'package.json': '{"name":"x","workspaces":[]}', 'a.ts': 'one' });
    const project = createProject({ root, needles: ['two'] });
    expect(project.textsContaining(join(root, 'a.ts'), ['two'])).toEqual([]);
    writeFileSync(join(root, 'a.ts'), 'one, two');
    forgetDisk();
    const later = Date.now() + 1500;
    while (Date.now() < later) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    expect(project.textsContaining(join(root, 'a.ts'), ['two'])).toHaveLength(1);
  });
});

describe('what rests on another file', () => {
  it('is worked out anew when that file changes', () => {
    const root = tempProject({ 'package.json': '{"name":"x","workspaces":[]}', 'a.ts': "import { limit } from './b.js';\nexport const options = { timeout: limit };", 'b.ts': 'export const limit = 1000;' });
    const project = createProject({ root });
    const timeout = (): unknown => {
      const found = moduleExport(project.file(join(root, 'a.ts'))!, 'options');
      const value = found.kind === 'object' ? found.entries.get('timeout')?.value() : undefined;
      return value?.kind === 'literal' ? value.value : value?.kind;
    };
    expect(timeout()).toBe(1000);
    writeFileSync(join(root, 'b.ts'), 'export const limit = 25000;');
    forgetDisk();
    expect(timeout()).toBe(25_000);
  });
});

describe('projectFor', () => {
  it('gives one project a workspace root and set of options', () => {
    expect(projectFor(orders)).toBe(projectFor(join(shop, 'packages/db/src/index.ts')));
    expect(projectFor(orders)).not.toBe(projectFor(orders, { crossFile: false }));
    expect(projectFor(orders)).not.toBe(projectFor(fixture('yarn-berry/src/main.ts')));
    expect(projectFor(orders, { runtime: 'worker' }).runtimeOf(orders, '').runtime).toBe('worker');
  });
});

describe('mayMatter', () => {
  const words = /axios/;
  it.each([
    ['a word', "import axios from 'axios'", true],
    ['a re-export', "export { a } from './a'", true],
    ['a star', "export * from './a'", true],
    ['a required module', "module.exports = require('./a')", true],
    ['an import that is exported', "import { a } from './a'\nexport { a }", true],
    ['an import that is the default', "import a from './a'\nexport default a", true],
    ['a member of an import', "import a from './a'\nexport const b = a.extend({})", true],
    ['a subclass of an import', "import { A } from './a'\nexport class B extends A {}", true],
    ['a constant', 'export const LIMIT_MS = 0', true],
    ['an object of options', 'export default { retries: 3 }', true],
    ['an import of use only', "import { a } from './a'\nexport function b() { return 1 + a }", false],
    ['text', "export const title = 'x'", false],
    ['types', 'export interface A { b: string }', false],
  ])('%s', (_name, text, expected) => {
    expect(mayMatter(text, words)).toBe(expected);
  });
});
