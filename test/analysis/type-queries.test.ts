import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseForESLint } from '@typescript-eslint/parser';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { operationOf } from '../../src/analysis/operation.js';
import { createSourceFile, type SourceFile } from '../../src/analysis/source-file.js';
import { createTypeQueries, packageOf } from '../../src/analysis/type-queries.js';
import type { TypeQueries } from '../../src/analysis/types.js';
import { marked } from '../support/source.js';

let root = '';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "orders", "type": "module" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", "lib": ["es2022", "dom"], "types": ["clock"], "noEmit": true }, "include": ["src"] }',
  'loose/tsconfig.json': '{ "compilerOptions": { "strict": false, "module": "nodenext", "target": "es2022", "types": [], "noEmit": true }, "include": ["."] }',
  'node_modules/pg/package.json': '{ "name": "pg", "version": "8.16.0", "type": "module", "types": "index.d.ts" }',
  'node_modules/pg/index.d.ts':
    'export class Pool { constructor(options?: object); query(text: string): Promise<{ rows: unknown[] }>; }' +
    'declare class ClientImpl { query(text: string): Promise<void>; } export { ClientImpl as Client };' +
    'export interface Result<Row> { rows: Row[]; } export type Shape = { a: number }; export default class Main { run(): void; }',
  'node_modules/pg-lookalike/package.json': '{ "name": "pg-lookalike", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/pg-lookalike/index.d.ts': 'export class Pool { query(text: string): Promise<void>; }',
  'node_modules/@types/scope__store/package.json': '{ "name": "@types/scope__store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/@types/scope__store/index.d.ts': 'export interface Store { get(key: string): string | null; }',
  'node_modules/@types/clock/package.json': '{ "name": "@types/clock", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/@types/clock/index.d.ts': 'declare module "clock" { export class Clock { now(): number; } }',
  'packages/own/package.json': '{ "name": "own", "version": "1.0.0", "types": "index.d.ts" }',
  'packages/own/index.d.ts': 'export class Pool { query(text: string): Promise<void>; }',
};

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-types-')));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(root, 'packages/own'), join(root, 'node_modules/own'), 'dir');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

/** A file of the project, parsed with types. */
function typed(code: string, folder = 'src'): SourceFile & { readonly types: TypeQueries } {
  const path = join(root, folder, `file${count++}.ts`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  const { ast, services, scopeManager } = parseForESLint(code, { filePath: path, projectService: true, tsconfigRootDir: root, range: true, comment: true, sourceType: 'module' });
  const file = createSourceFile({
    path,
    text: code,
    program: ast as unknown as TSESTree.Program,
    comments: [],
    scopes: () => scopeManager as unknown as ScopeManager,
    types: () => createTypeQueries(services),
  });
  if (file.types === null) throw new Error('no types');
  return file as SourceFile & { readonly types: TypeQueries };
}

const declared = (code: string): string | null => {
  const file = typed(code);
  const found = file.types.declaredIn(marked(file, 'a', 'Identifier'));
  return found === null ? null : `${found.package} ${found.name}`;
};

describe('where the class of an expression is declared', () => {
  it.each([
    ['an instance', "import { Pool } from 'pg'; const pool = new Pool(); /*a*/ pool;", 'pg Pool'],
    ['a property of a parameter', "import type { Pool } from 'pg'; function f(ctx: { db: Pool }) { const { db } = ctx; /*a*/ db; }", 'pg Pool'],
    ['an inferred callback parameter', "import { Pool } from 'pg'; [new Pool()].map((pool) => /*a*/ pool);", 'pg Pool'],
    ['one that may be null', "import type { Pool } from 'pg'; declare const pool: Pool | null | undefined; /*a*/ pool;", 'pg Pool'],
    ['a class exported under another name', "import { Client } from 'pg'; const client = new Client(); /*a*/ client;", 'pg Client'],
    ['a class imported under another name', "import { Pool as P } from 'pg'; const pool = new P(); /*a*/ pool;", 'pg Pool'],
    ['a default export', "import Main from 'pg'; const main = new Main(); /*a*/ main;", 'pg Main'],
    ['a generic interface', "import type { Result } from 'pg'; declare const r: Result<string>; /*a*/ r;", 'pg Result'],
    ['an alias of an object type', "import type { Shape } from 'pg'; declare const s: Shape; /*a*/ s;", 'pg Shape'],
    ['an alias of the project', "import type { Pool } from 'pg'; type Db = Pool; declare const db: Db; /*a*/ db;", 'pg Pool'],
    ['a constrained type parameter', "import type { Pool } from 'pg'; function f<P extends Pool>(pool: P) { /*a*/ pool; }", 'pg Pool'],
    ['a package of types for a scoped package', "import type { Store } from '@scope/store'; declare const store: Store; /*a*/ store;", '@scope/store Store'],
    ['an ambient module', "import { Clock } from 'clock'; const clock = new Clock(); /*a*/ clock;", 'clock Clock'],
    ['a package with a similar name', "import { Pool } from 'pg-lookalike'; const pool = new Pool(); /*a*/ pool;", 'pg-lookalike Pool'],
    ['a package of the workspace', "import { Pool } from 'own'; const pool = new Pool(); /*a*/ pool;", null],
    ['a class of the project', 'class Pool {} const pool = new Pool(); /*a*/ pool;', null],
    ['the class itself, not an object of it', "import { Pool } from 'pg'; /*a*/ Pool;", null],
    ['a type of the language', 'const list = new Map(); /*a*/ list;', null],
    ['either of two packages', "import type { Pool } from 'pg'; import type { Pool as Other } from 'pg-lookalike'; declare const pool: Pool | Other; /*a*/ pool;", null],
    ['any', 'declare const pool: any; /*a*/ pool;', null],
    ['a package that is not there', "import { Pool } from 'gone'; const pool = new Pool(); /*a*/ pool;", null],
    ['a number', 'const n = 5; /*a*/ n;', null],
  ])('%s', (_sentence, code, expected) => expect(declared(code)).toBe(expected));
});

describe('can it be null or undefined', () => {
  const nullish = (code: string, folder?: string): boolean | null => {
    const file = typed(code, folder);
    return file.types.canBeNullish(marked(file, 'a', 'Identifier'));
  };
  it.each([
    ['string', 'declare const x: string; /*a*/ x;', false],
    ['string or null', 'declare const x: string | null; /*a*/ x;', true],
    ['an optional parameter', 'function f(x?: number) { /*a*/ x; }', true],
    ['after a test', 'function f(x?: number) { if (x === undefined) return; /*a*/ x; }', false],
    ['nothing', 'declare function f(): void; const x = f(); /*a*/ x;', true],
    ['any', 'declare const x: any; /*a*/ x;', null],
    ['unknown', 'declare const x: unknown; /*a*/ x;', null],
    ['a free type parameter', 'function f<T>(x: T) { /*a*/ x; }', null],
    ['a member by a free key', 'function f<T, K extends keyof T>(x: T[K]) { /*a*/ x; }', null],
    ['an object', 'declare const x: { a: 1 } | Date; /*a*/ x;', false],
    ['a type parameter that is an object', 'function f<T extends object>(x: T) { /*a*/ x; }', false],
  ])('%s', (_sentence, code, expected) => expect(nullish(code)).toBe(expected));
  it('does not tell without strict null checks', () => expect(nullish('declare const x: string; /*a*/ x;', 'loose')).toBeNull());
});

describe('is it an array', () => {
  it.each([
    ['a list', 'declare const x: string[]; /*a*/ x;', true],
    ['a read-only list or nothing', 'declare const x: readonly string[] | undefined; /*a*/ x;', true],
    ['a tuple', 'declare const x: [string, number]; /*a*/ x;', true],
    ['a list or a text', 'declare const x: string[] | string; /*a*/ x;', null],
    ['a text', 'declare const x: string; /*a*/ x;', false],
    ['any', 'declare const x: any; /*a*/ x;', null],
  ])('%s', (_sentence, code, expected) => {
    const file = typed(code);
    expect(file.types.isArray(marked(file, 'a', 'Identifier'))).toBe(expected);
  });
});

describe('without a type program', () => {
  it.each([['nothing', undefined], ['null', null], ['services of another parser', {}], ['no program', { program: null }], ['services of a plain parse', parseForESLint('x;').services], ['a program without a map', { program: {} }]])('%s', (_sentence, services) => {
    expect(createTypeQueries(services)).toBeNull();
  });
  it('takes a failing compiler for one that does not tell', () => {
    const fails = (): never => {
      throw new Error('Debug Failure');
    };
    const nodes = { get: () => ({}) };
    expect(createTypeQueries({ program: { getTypeChecker: fails }, esTreeNodeToTSNodeMap: nodes })).toBeNull();
    const plain = { flags: 1, isUnion: () => false, isClassOrInterface: () => false };
    const kinds = { getNullType: () => plain, getUndefinedType: () => plain, getVoidType: () => plain, getAnyType: () => plain };
    const queries = createTypeQueries({ program: { getTypeChecker: () => ({ ...kinds, getTypeAtLocation: fails }), getCompilerOptions: () => ({ strict: true }) }, esTreeNodeToTSNodeMap: nodes });
    const node = { type: 'Identifier' } as unknown as TSESTree.Node;
    expect([queries?.declaredIn(node), queries?.canBeNullish(node), queries?.isArray(node)]).toEqual([null, null, null]);
  });
});

it.each([
  ['/a/node_modules/pg/lib/index.d.ts', 'pg'],
  ['C:\\a\\node_modules\\@aws-sdk\\client-s3\\index.d.ts', '@aws-sdk/client-s3'],
  ['/a/node_modules/.pnpm/pg@8.16.0/node_modules/pg/index.d.ts', 'pg'],
  ['/a/node_modules/@types/pg/index.d.ts', 'pg'],
  ['/a/node_modules/@types/hapi__hapi/index.d.ts', '@hapi/hapi'],
  ['/a/packages/own/index.d.ts', null],
])('takes %s for a file of %s', (path, name) => expect(packageOf(path)).toBe(name));

describe('in the evaluator', () => {
  const operation = (file: SourceFile): string | null => {
    const call = marked(file, 'a', 'CallExpression');
    return call.type === 'CallExpression' ? (operationOf(evaluate(file, call.callee))?.name ?? null) : null;
  };
  it.each([
    ['a callback parameter whose type is inferred', "import { Pool } from 'pg'; [new Pool()].map((pool) => /*a*/ pool.query('x'));", 'pg Pool .query'],
    ['a part of a context', "import type { Pool } from 'pg'; declare function context(): { db: Pool }; const ctx = context(); /*a*/ ctx.db.query('x');", 'pg Pool .query'],
    ['a look-alike is no client', "import type { Pool } from 'pg-lookalike'; declare function get(): Pool; const pool = get(); /*a*/ pool.query('x');", null],
  ])('%s', (_sentence, code, expected) => expect(operation(typed(code))).toBe(expected));

  it('asks types about receivers only', () => {
    const asked: string[] = [];
    const code = "function f(pool, x) { pool.query(x); x; g(x); x.y; }";
    const { ast, scopeManager } = parseForESLint(code, { range: true, sourceType: 'module' });
    const file = createSourceFile({
      path: '/project/file.ts', text: code, program: ast as unknown as TSESTree.Program, comments: [], scopes: () => scopeManager as unknown as ScopeManager,
      types: () => ({ declaredIn: (node) => (asked.push(code.slice(...node.range)), null), canBeNullish: () => null, isArray: () => null }),
    });
    for (const call of file.index.calls) {
      for (const node of [call.callee, ...call.arguments]) evaluate(file, node);
      for (const node of [call.callee, ...call.arguments]) evaluate(file, node);
    }
    for (const member of file.index.members) evaluate(file, member);
    expect(asked).toEqual(['pool']);
  });
});
