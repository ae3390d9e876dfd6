import { afterAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/analysis/evaluate.js';
import { marked, sourceOf } from '../support/source.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';
import { valueText } from '../support/value-text.js';

afterAll(removeTempProjects);

function valueOf(code: string, path?: string): string {
  const file = sourceOf(code, path);
  return valueText(evaluate(file, marked(file, 'a')));
}

const packages: [sentence: string, code: string, value: string][] = [
  ['a default import', "import axios from 'axios'; /*a*/ axios;", 'axios instance ()'],
  ['a default import under any name', "import http from 'axios'; /*a*/ http.get;", 'axios instance ().get'],
  ['a default import by name', "import { default as http } from 'axios'; /*a*/ http;", 'axios instance ()'],
  ['a namespace import', "import * as axios from 'axios'; /*a*/ axios.default;", 'axios instance ()'],
  ['the default reached through a namespace', "import * as axios from 'axios'; /*a*/ axios.create;", 'axios create'],
  ['a named import', "import { Pool } from 'pg'; /*a*/ Pool;", 'pg Pool'],
  ['a named import under another name', "import { Pool as Database } from 'pg'; /*a*/ Database;", 'pg Pool'],
  ['a named import in quotes', "import { 'Pool' as Database } from 'pg'; /*a*/ Database;", 'pg Pool'],
  ['a named export of a default import', "import pg from 'pg'; /*a*/ pg.Pool;", 'pg default.Pool'],
  ['a destructured default import', "import pg from 'pg'; const { Pool } = pg; /*a*/ Pool;", 'pg default.Pool'],
  ['an import of TypeScript by assignment', "import Redis = require('ioredis'); /*a*/ Redis;", 'export ioredis'],
  ['a require', "const axios = require('axios'); /*a*/ axios.get;", 'axios instance ().get'],
  ['a destructured require', "const { Pool } = require('pg'); /*a*/ Pool;", 'pg Pool'],
  ['a member of a require', "const Pool = require('pg').Pool; /*a*/ Pool;", 'pg Pool'],
  ['the default of a require', "const axios = require('axios').default; /*a*/ axios;", 'axios instance ()'],
  ['a require in a template', 'const { Pool } = require(`pg`); /*a*/ Pool;', 'pg Pool'],
  ['a require of a computed name', 'const { Pool } = require(name); /*a*/ Pool;', '? unresolved-import'],
  ['a require that the file declares itself', "function require(name) { return {}; } const { Pool } = require('pg'); /*a*/ Pool;", 'undefined'],
  ['a dynamic import', "const { default: axios } = await import('axios'); /*a*/ axios;", 'axios instance ()'],
  ['a dynamic import of a computed name', 'const { Pool } = await import(name); /*a*/ Pool;', '? unresolved-import'],
  ['a module of Node', "import https from 'node:https'; /*a*/ https.get;", 'operation node:https get'],
  ['a module of Node without its prefix', "import { request } from 'http'; /*a*/ request;", 'operation http request'],
  ['the global fetch', '/*a*/ fetch;', 'operation fetch'],
  ['the global fetch by its object', '/*a*/ globalThis.fetch;', 'operation fetch'],
  ['fetch that a package brings', "import fetch from 'node-fetch'; /*a*/ fetch;", 'operation node-fetch'],
  ['fetch that the file defines', 'function fetch() {} /*a*/ fetch;', 'function fetch'],
  ['fetch that is a parameter', 'function load(fetch) { /*a*/ fetch; }', 'parameter 0'],
  ['fetch that a local module brings, with no project', "import fetch from './fetch.js'; /*a*/ fetch;", '? other-file-off'],
  ['a package whose name begins alike', "import { Pool } from 'pg-lookalike'; /*a*/ Pool;", 'export pg-lookalike.Pool'],
  ['a package whose name ends alike', "import axios from '@acme/axios'; /*a*/ axios.get;", 'export @acme/axios.default.get'],
  ['a package by a pattern', "import { S3Client } from '@aws-sdk/client-s3'; /*a*/ S3Client;", 'AWS SDK v3 S3Client'],
  ['an export that no model knows', "import { Query } from 'pg'; /*a*/ Query;", 'export pg.Query'],
  ['an import for its type only', "import type { Pool } from 'pg'; /*a*/ Pool;", 'pg Pool'],
];

describe('an import of a package evaluates', () => {
  it.each(packages)('%s', (_sentence, code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});

const CREATE = "import axios from 'axios';\nexport const client = axios.create({ timeout: 5000 });\n";

const files: [sentence: string, files: Record<string, string>, value: string][] = [
  ['a named export', { 'http.ts': CREATE, 'main.ts': "import { client } from './http.js'; /*a*/ client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a named export under another name', { 'http.ts': CREATE, 'main.ts': "import { client as http } from './http.js'; /*a*/ http;" }, 'axios instance ({ timeout: 5000 })'],
  ['a namespace', { 'http.ts': CREATE, 'main.ts': "import * as http from './http.js'; /*a*/ http.client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a default export of an expression', { 'http.ts': "import axios from 'axios'; export default axios.create({ timeout: 1 });", 'main.ts': "import http from './http.js'; /*a*/ http;" }, 'axios instance ({ timeout: 1 })'],
  ['a default export of a name', { 'http.ts': "import axios from 'axios'; const http = axios.create({ timeout: 1 }); export default http;", 'main.ts': "import http from './http.js'; /*a*/ http;" }, 'axios instance ({ timeout: 1 })'],
  ['a default export of a function', { 'http.ts': 'export default function request(url: string) { return fetch(url); }', 'main.ts': "import fetch from './http.js'; /*a*/ fetch;" }, 'function request'],
  ['an export by a list', { 'http.ts': "import axios from 'axios'; const made = axios.create({}); export { made as client };", 'main.ts': "import { client } from './http.js'; /*a*/ client;" }, 'axios instance ({})'],
  ['an export of a pattern', { 'limits.ts': 'export const { timeout } = { timeout: 5000, fetch };', 'main.ts': "import { timeout } from './limits.js'; /*a*/ timeout;" }, '5000'],
  ['a re-export', { 'http.ts': CREATE, 'index.ts': "export { client } from './http.js';", 'main.ts': "import { client } from './index.js'; /*a*/ client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a re-export of all', { 'http.ts': CREATE, 'index.ts': "export * from './http.js';", 'main.ts': "import { client } from './index.js'; /*a*/ client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a re-export of all as a name', { 'http.ts': CREATE, 'index.ts': "export * as http from './http.js';", 'main.ts': "import { http } from './index.js'; /*a*/ http.client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a re-export of a default', { 'http.ts': "import axios from 'axios'; export default axios.create({});", 'index.ts': "export { default as http } from './http.js';", 'main.ts': "import { http } from './index.js'; /*a*/ http;" }, 'axios instance ({})'],
  ['a re-export through three files', { 'a.ts': CREATE, 'b.ts': "export * from './a.js';", 'c.ts': "export * from './b.js';", 'main.ts': "import { client } from './c.js'; /*a*/ client;" }, 'axios instance ({ timeout: 5000 })'],
  ['a re-export of a package', { 'http.ts': "export { default } from 'axios';", 'main.ts': "import http from './http.js'; /*a*/ http.get;" }, 'axios instance ().get'],
  ['a re-export of all of a package', { 'db.ts': "export * from 'pg';", 'main.ts': "import { Pool } from './db.js'; /*a*/ Pool;" }, 'pg Pool'],
  ['an import that is exported again', { 'http.ts': "import axios from 'axios'; export { axios };", 'main.ts': "import { axios } from './http.js'; /*a*/ axios.post;" }, 'axios instance ().post'],
  ['files that export from each other', { 'a.ts': "export * from './b.js';", 'b.ts': "export * from './a.js'; export const fetch = 1;", 'main.ts': "import { client } from './a.js'; /*a*/ client; import axios from 'axios';" }, '? unresolved-import'],
  ['values that depend on each other across files', { 'a.ts': "import { b } from './b.js'; export const a = { ...b, fetch };", 'b.ts': "import { a } from './a.js'; export const b = { ...a, fetch };", 'main.ts': "import { a } from './a.js'; /*a*/ a;" }, '{ fetch: operation fetch, … depth }'],
  ['module.exports of an object', { 'http.cjs': "const axios = require('axios'); module.exports = { client: axios.create({ timeout: 1 }) };", 'main.cjs': "const { client } = require('./http.cjs'); /*a*/ client;" }, 'axios instance ({ timeout: 1 })'],
  ['module.exports of a client', { 'http.cjs': "module.exports = require('axios').create({ timeout: 1 });", 'main.cjs': "const http = require('./http.cjs'); /*a*/ http;" }, 'axios instance ({ timeout: 1 })'],
  ['exports of a name', { 'http.cjs': "exports.client = require('axios').create({ timeout: 1 });", 'main.cjs': "const { client } = require('./http.cjs'); /*a*/ client;" }, 'axios instance ({ timeout: 1 })'],
  ['module.exports by a default import', { 'http.cjs': "module.exports = require('axios').create({ timeout: 1 });", 'main.ts': "import http from './http.cjs'; /*a*/ http;" }, 'axios instance ({ timeout: 1 })'],
  ['a dynamic import of a file', { 'http.ts': CREATE, 'main.ts': "const { client } = await import('./http.js'); /*a*/ client;" }, 'axios instance ({ timeout: 5000 })'],
  ['an enum of another file', { 'limits.ts': 'export enum Limit { Fetch = 1 } export const f = fetch;', 'main.ts': "import { Limit } from './limits.js'; /*a*/ Limit.Fetch;" }, '? syntax'],
  ['an export that is not there', { 'http.ts': CREATE, 'main.ts': "import { missing } from './http.js'; /*a*/ missing;" }, '? unresolved-import'],
  ['a file that is not there', { 'main.ts': "import { client } from './missing.js'; /*a*/ client; fetch;" }, '? unresolved-import'],
  ['a file that cannot be parsed', { 'http.ts': "import axios from 'axios'; export const client = axios.create({", 'main.ts': "import { client } from './http.js'; /*a*/ client;" }, '? unresolved-import'],
  ['a file that names no client', { 'math.ts': 'export function add(a: number, b: number) { return a + b; }', 'main.ts': "import { add } from './math.js'; /*a*/ add; fetch;" }, '? opaque-call'],
];

describe('an import of a project file evaluates', () => {
  it.each(files)('%s', (_sentence, texts, value) => {
    const main = Object.keys(texts).find((path) => path.startsWith('main.'))!;
    const file = tempProject(texts).file(main);
    expect(valueText(evaluate(file, marked(file, 'a')))).toBe(value);
  });

  it('a workspace package', () => {
    const project = tempProject({
      'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }),
      'packages/http/package.json': JSON.stringify({ name: '@shop/http', type: 'module', exports: './src/index.ts' }),
      'packages/http/src/index.ts': CREATE,
      'packages/orders/package.json': JSON.stringify({ name: '@shop/orders', type: 'module', dependencies: { '@shop/http': '*' } }),
      'packages/orders/src/main.ts': "import { client } from '@shop/http'; /*a*/ client;",
    });
    const file = project.file('packages/orders/src/main.ts');
    expect(valueText(evaluate(file, marked(file, 'a')))).toBe('axios instance ({ timeout: 5000 })');
  });

  it('a path of tsconfig', () => {
    const project = tempProject({
      'tsconfig.json': JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '@server/*': ['src/*'] } } }),
      'src/http.ts': CREATE,
      'src/main.ts': "import { client } from '@server/http'; /*a*/ client;",
    });
    const file = project.file('src/main.ts');
    expect(valueText(evaluate(file, marked(file, 'a')))).toBe('axios instance ({ timeout: 5000 })');
  });

  it('a file, with cross-file reading off', () => {
    const project = tempProject({ 'http.ts': CREATE, 'main.ts': "import { client } from './http.js'; /*a*/ client;" }, {}, { crossFile: false });
    const file = project.file('main.ts');
    expect(valueText(evaluate(file, marked(file, 'a')))).toBe('? other-file-off');
  });

  it('the model of the installed version', () => {
    const options = "import Redis from 'redis'; import { createClientPool } from 'redis'; /*a*/ createClientPool;";
    const modern = tempProject({ 'main.ts': options }, { redis: '5.12.1' }).file('main.ts');
    const old = tempProject({ 'main.ts': options }, { redis: '4.7.1' }).file('main.ts');
    expect(valueText(evaluate(modern, marked(modern, 'a')))).toBe('redis createClientPool');
    expect(valueText(evaluate(old, marked(old, 'a')))).toBe('export redis.createClientPool');
  });
});
