import { describe, expect, it } from 'vitest';
import { exportsOf, findExport } from '../../src/analysis/exports.js';
import type { ImportedModule, ProjectPort, SourceFile } from '../../src/analysis/source-file.js';
import { SHIPPED_MODELS } from '../../src/models/model-set.js';
import { sourceOf } from '../support/source.js';

/** The exports of a text in one line each, for comparison. */
function table(code: string, path?: string): Record<string, string> {
  const file = sourceOf(code, path);
  const exported = exportsOf(file);
  const rows: Record<string, string> = {};
  for (const [name, entry] of exported.entries) {
    rows[name] = entry.is === 'local' ? `${entry.node.type} ${file.text.slice(...entry.node.range)}` : `-> ${entry.specifier} ${entry.name}`;
  }
  for (const star of exported.stars) rows[`* ${star}`] = 'star';
  if (exported.open) rows['?'] = 'open';
  return rows;
}

describe('exportsOf: ESM', () => {
  it.each([
    ['a constant', 'export const client = make();', { client: 'Identifier client' }],
    ['a destructured constant', 'export const { a, b: [c], ...rest } = config;', { a: 'Identifier a', c: 'Identifier c', rest: 'Identifier rest' }],
    ['a default of a pattern', 'export const { port = 80 } = config;', { port: 'Identifier port' }],
    ['a function', 'export function send() {}', { send: 'FunctionDeclaration export'.replace('export', 'function send() {}') }],
    ['a class', 'export class Store {}', { Store: 'ClassDeclaration class Store {}' }],
    ['a default expression', 'export default make();', { default: 'CallExpression make()' }],
    ['a default function', 'export default function () {}', { default: 'FunctionDeclaration function () {}' }],
    ['a local under another name', 'const a = 1; export { a as limit };', { limit: 'Identifier a' }],
    ['a string as name', "const a = 1; export { a as 'max-age' };", { 'max-age': 'Identifier a' }],
    ['a re-export', "export { get as fetchOne, default } from './http';", { fetchOne: '-> ./http get', default: '-> ./http default' }],
    ['a star', "export * from './http';", { '* ./http': 'star' }],
    ['a namespace', "export * as http from './http';", { http: '-> ./http *' }],
    ['an import that is exported', "import http, { get as g } from './http'; export { http, g };", { http: '-> ./http default', g: '-> ./http get' }],
    ['an imported namespace', "import * as http from './http'; export { http };", { http: '-> ./http *' }],
    ['an import as default', "import { client } from './http'; export default client;", { default: '-> ./http client' }],
    ['an enum', 'export enum Level { Low }', { Level: 'TSEnumDeclaration enum Level { Low }' }],
    ['types only', "export type A = 1; export interface B {} export type { C } from './c'; export { type D } from './d'; export type * from './e';", {}],
    ['an assignment of TypeScript', 'const x = 1; export = x;', { 'module.exports': 'Identifier x' }],
    ['an import by require that is exported', "export import http = require('./http');", { http: '-> ./http module.exports' }],
    ['nothing', 'const hidden = 1;', {}],
  ])('%s', (_name, code, expected) => {
    expect(table(code)).toEqual(expected);
  });
});

describe('exportsOf: CommonJS', () => {
  const js = (code: string): Record<string, string> => table(code, '/project/file.js');
  it.each([
    ['one value', 'module.exports = connect();', { 'module.exports': 'CallExpression connect()' }],
    ['names on exports', 'exports.a = 1; exports["b"] = 2;', { a: 'Literal 1', b: 'Literal 2' }],
    ['names on module.exports', 'module.exports.a = () => 1;', { a: 'ArrowFunctionExpression () => 1' }],
    ['a chain', 'exports = module.exports = make;', { 'module.exports': 'Identifier make' }],
    ['a chain of names', 'exports.a = exports.b = make;', { a: 'Identifier make', b: 'Identifier make' }],
    ['another module', "module.exports = require('./client');", { 'module.exports': '-> ./client module.exports' }],
    ['a member of another module', "exports.get = require('./client').get;", { get: '-> ./client get' }],
    ['a required name', "const { get } = require('./client'); exports.get = get;", { get: '-> ./client get' }],
    ['announced names', 'exports.a = void 0; exports.a = 1;', { a: 'Literal 1' }],
    ['a marker of compilers', 'Object.defineProperty(exports, "__esModule", { value: true });', {}],
    ['a defined value', 'Object.defineProperty(exports, "a", { value: 1 });', { a: 'Literal 1' }],
    ['a defined getter', 'Object.defineProperty(exports, "a", { get: () => b });', { '?': 'open' }],
    ['a helper of TypeScript', "__exportStar(require('./http'), exports);", { '* ./http': 'star' }],
    ['assigned objects', 'Object.assign(module.exports, { a: 1 }, rest);', { a: 'Literal 1', '?': 'open' }],
    ['a computed name', 'exports[name] = 1;', { '?': 'open' }],
    ['two values for one name', 'if (dev) { exports.a = 1; } else { exports.a = 2; }', { '?': 'open' }],
    ['a local object named exports', 'function f(exports) { exports.a = 1; }', {}],
    ['a look-alike', 'other.exports.a = 1;', {}],
  ])('%s', (_name, code, expected) => {
    expect(js(code)).toEqual(expected);
  });

  it('lists an object literal', () => {
    expect(js("module.exports = { a, b: make(), 'c-d': 1, ...require('./more'), ...rest };")).toMatchObject({
      a: 'Identifier a',
      b: 'CallExpression make()',
      'c-d': 'Literal 1',
      '* ./more': 'star',
      '?': 'open',
    });
  });
});

/** A port over texts in memory. */
function portOf(files: Readonly<Record<string, string>>): { port: ProjectPort; file: (path: string) => SourceFile } {
  const made = new Map<string, SourceFile>();
  const file = (path: string): SourceFile => {
    let found = made.get(path);
    if (found === undefined) made.set(path, (found = sourceOf(files[path]!, path)));
    return found;
  };
  const port: ProjectPort = {
    crossFile: true,
    models: SHIPPED_MODELS,
    installedVersion: () => null,
    mayLeadToClient: () => true,
    declaredRange: () => null,
    filesContaining: () => [],
    typesNamed: () => ({ declaredIn: [], namedIn: [] }),
    file: () => null,
    textsContaining: () => [],
    importedModule(_from, specifier): ImportedModule {
      if (specifier in files) return { is: 'file', file: file(specifier) };
      return specifier.startsWith('/') ? { is: 'unresolved', reason: 'not-found' } : { is: 'package', name: specifier, subpath: '' };
    },
  };
  return { port, file };
}

describe('findExport', () => {
  const { port, file } = portOf({
    '/index.ts': "export { http as client } from '/clients.ts'; export * from '/limits.ts'; export * as limits from '/limits.ts'; export { gone } from '/gone.ts';",
    '/clients.ts': "import http from '/http.ts'; export { http }; export { default as axios } from 'axios'; export * from '/loop.ts';",
    '/http.ts': 'export default make();',
    '/limits.ts': 'export const MAX = 3;',
    '/loop.ts': "export * from '/clients.ts'; export { turn } from '/loop2.ts';",
    '/loop2.ts': "export { turn } from '/loop.ts';",
    '/packages.ts': "export * from 'cockatiel'; export * from '/limits.ts';",
    '/many.ts': "export * from 'cockatiel'; export * from 'p-retry';",
    '/whole.js': "module.exports = require('/named.js');",
    '/named.js': 'exports.get = fetchOne;',
    '/function.js': 'module.exports = connect;',
    '/ns.ts': "import * as ns from 'ioredis'; export { ns };",
  });
  const at = (path: string, name: string): unknown => {
    const found = findExport(file(path), name, port);
    if (found === null || found === 'unknown') return found;
    if (found.is === 'local') return `${found.file.path} ${found.file.text.slice(...found.node.range)}`;
    return found.is === 'module' ? `module ${found.file.path}` : `${found.name} ${found.path.join('.')} from ${found.from.path}`;
  };
  it.each([
    ['through two files', '/index.ts', 'client', '/http.ts make()'],
    ['through a star', '/index.ts', 'MAX', '/limits.ts MAX'],
    ['a namespace', '/index.ts', 'limits', 'module /limits.ts'],
    ['the module itself', '/limits.ts', '*', 'module /limits.ts'],
    ['into a package', '/clients.ts', 'axios', 'axios default from /clients.ts'],
    ['a namespace of a package', '/ns.ts', 'ns', 'ioredis  from /ns.ts'],
    ['a package by star', '/packages.ts', 'retry', 'cockatiel retry from /packages.ts'],
    ['a file before a package', '/packages.ts', 'MAX', '/limits.ts MAX'],
    ['one of two packages', '/many.ts', 'retry', 'unknown'],
    ['a file that is missing', '/index.ts', 'gone', 'unknown'],
    ['a name that nobody exports', '/limits.ts', 'MIN', null],
    ['no default through a star', '/packages.ts', 'default', null],
    ['a cycle of stars', '/clients.ts', 'nothing', null],
    ['a cycle of names', '/loop.ts', 'turn', null],
    ['through module.exports', '/whole.js', 'get', '/named.js fetchOne'],
    ['a default import of CommonJS', '/function.js', 'default', '/function.js connect'],
    ['require of CommonJS', '/function.js', 'module.exports', '/function.js connect'],
    ['a member of an exported value', '/function.js', 'get', null],
    ['require of ESM', '/limits.ts', 'module.exports', 'module /limits.ts'],
  ])('%s', (_name, path, name, expected) => {
    expect(at(path, name)).toBe(expected);
  });

  it('gives up on a very long chain', () => {
    const files: Record<string, string> = { '/f40.ts': 'export const x = 1;' };
    for (let i = 0; i < 40; i++) files[`/f${i}.ts`] = `export { x } from '/f${i + 1}.ts';`;
    const long = portOf(files);
    expect(findExport(long.file('/f0.ts'), 'x', long.port)).toBe('unknown');
    expect(findExport(long.file('/f30.ts'), 'x', long.port)).not.toBe('unknown');
  });
});
