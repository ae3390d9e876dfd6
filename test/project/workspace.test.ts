import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/project/json.js';
import { tsconfigOf } from '../../src/project/tsconfig.js';
import { nearestPackage, workspaceOf, workspaceRootOf } from '../../src/project/workspace.js';
import { fixture, tempProject } from './paths.js';

describe('workspaceOf', () => {
  it('finds npm workspaces by their tool', () => {
    const workspace = workspaceOf(fixture('npm-monorepo/apps/orders/src/index.ts'));
    expect(workspace.root).toBe(fixture('npm-monorepo'));
    expect([...workspace.packages.keys()].sort()).toEqual(['@parcel/db', '@parcel/http', '@parcel/orders', 'linked-under-another-name', 'parcel-shop']);
  });
  it('finds pnpm workspaces', () => {
    expect(workspaceOf(fixture('pnpm-catalog/services/api/src/main.ts')).packages.get('@ledger/core')).toBe(fixture('pnpm-catalog/services/core'));
  });
  it('falls back on the globs where no tool is recognised', () => {
    const root = tempProject({ 'package.json': '{"workspaces":["./libs/*/"]}', 'libs/a/package.json': '{"name":"a"}', 'libs/b/package.json': '{}' });
    expect([...workspaceOf(root).packages]).toEqual([['a', `${root}/libs/a`]]);
  });
  it("passes over a package's own turbo.json", () => {
    expect(workspaceRootOf(fixture('turbo-app/apps/web/src/page.ts'))).toBe(fixture('turbo-app'));
  });
  it('takes the nearest package.json without any marker', () => {
    const root = tempProject({ 'app/package.json': '{"name":"app"}', 'app/src/main.ts': '' });
    expect(workspaceRootOf(`${root}/app/src/main.ts`)).toBe(`${root}/app`);
  });
  it('survives broken files', () => {
    const root = tempProject({ 'package.json': '{ "workspaces": [', 'pnpm-workspace.yaml': 'packages: [\n - :', 'a.ts': '' });
    expect(workspaceOf(`${root}/a.ts`)).toEqual({ root, packages: new Map() });
    expect(nearestPackage(`${root}/a.ts`)).toBeNull();
  });
  it('answers for a path that does not exist', () => {
    expect(workspaceOf('/no/such/place/file.ts').packages.size).toBe(0);
  });
});

describe('nearestPackage', () => {
  it('passes over a package.json that only sets the module type', () => {
    expect(nearestPackage(fixture('turbo-app/apps/web/src/page.ts'))?.name).toBe('web');
  });
  it('lists dependencies of all kinds, those for running last', () => {
    const root = tempProject({ 'package.json': '{"name":"x","dependencies":{"pg":"8"},"devDependencies":{"pg":"7","vitest":"4"}}' });
    expect([...nearestPackage(`${root}/a.ts`)!.dependencies]).toEqual([['pg', '8'], ['vitest', '4']]);
  });
});

describe('tsconfigOf', () => {
  it('reads comments, trailing commas and several bases, and passes over a missing one', () => {
    const config = tsconfigOf(fixture('npm-monorepo/apps/orders/src/index.ts'))!;
    expect(config.lib).toEqual(['es2022']);
    expect(config.paths.map((entry) => entry.prefix)).toEqual(['~shared', '~orders/legacy/', '~orders/']);
  });
  it('survives a base that extends itself', () => {
    const root = tempProject({ 'package.json': '{}', 'tsconfig.json': '{"extends":"./tsconfig.json","compilerOptions":{"types":["node"]}}' });
    expect(tsconfigOf(`${root}/a.ts`)?.types).toEqual(['node']);
  });
  it('looks into a solution file', () => {
    const root = tempProject({ 'package.json': '{}', 'tsconfig.json': '{"files":[],"references":[{"path":"./tsconfig.app.json"}]}', 'tsconfig.app.json': '{"compilerOptions":{"lib":["DOM"]}}' });
    expect(tsconfigOf(`${root}/a.ts`)?.lib).toEqual(['dom']);
  });
  it.each([
    ['{"compilerOptions":{"strict":true}}', true, null],
    ['{"compilerOptions":{"strict":true,"strictNullChecks":false}}', false, null],
    ['{"extends":"./base.json","compilerOptions":{"noUncheckedIndexedAccess":true}}', true, true],
    ['{"extends":"@acme/missing"}', null, null],
  ])('tells how null is checked: %s', (config, strictNulls, checkedIndex) => {
    const root = tempProject({ 'package.json': '{}', 'base.json': '{"compilerOptions":{"strict":true}}', 'tsconfig.json': config });
    expect(tsconfigOf(`${root}/a.ts`)).toMatchObject({ strictNulls, checkedIndex });
  });
});

describe('parseJson', () => {
  it.each([
    ['a BOM', '\uFEFF{"a":1}', { a: 1 }],
    ['comments', '{ // one\n "a": 1 /* two */ }', { a: 1 }],
    ['trailing commas', '{ "a": [1, 2, ], }', { a: [1, 2] }],
    ['a comma before a comment', '{ "a": 1, // last\n }', { a: 1 }],
    ['text that looks like a comment', '{ "a": "http://x,]", /**/ }', { a: 'http://x,]' }],
    ['something broken', '{ "a": ', undefined],
  ])('%s', (_name, text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });
});
