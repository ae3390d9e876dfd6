import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI, ESLINT, linkPackages, runNode, tempFolder, writeFiles, type Ran } from './support.js';

/**
 * A workspace of everything that stops tools: code that nests ten thousand deep, a bundle of 5 MB, odd encodings and line
 * ends, files and packages that import each other, links that lead in circles, a member outside the root.
 */
const CALL = 'export const order = (id) => fetch(`http://orders.internal/${id}`);\n';
const DEPTH = 10_000;
const nested = (open: string, middle: string, close: string): string => `${open.repeat(DEPTH)}${middle}${close.repeat(DEPTH)}`;
const MANIFEST = (name: string, others = {}): string => JSON.stringify({ name, version: '1.0.0', private: true, type: 'module', engines: { node: '>=20' }, ...others });

const DEEP: Readonly<Record<string, string>> = {
  'calls.js': `${nested('f(', 'fetch("http://a.internal")', ')')};\n`,
  'functions.js': `${nested('(() => {', 'fetch("http://a.internal");', '})();')}\n`,
  'conditions.js': `export const t = (x) => ${'x ? 1 : '.repeat(DEPTH)}2;\n`,
  'chain.js': `export const c = x${'.then((y) => y)'.repeat(DEPTH)};\n`,
  'else.js': `export function f(x) { ${'if (x) fetch("http://b.internal"); else '.repeat(DEPTH)} return 1; }\n`,
  'types.ts': `export type T = ${nested('Array<', 'string', '>')};\n`,
  'elements.jsx': `export const j = ${nested('<a>', 'x', '</a>')};\n`,
};

let outer: string;
let root: string;

function bundle(bytes: number): string {
  const parts = ['import axios from"axios";'];
  for (let size = 0, index = 0; size < bytes; index += 1) {
    const part = `function f${index}(a,b){try{return axios.get("http://x.internal/"+a).then(function(r){return r.data})}catch(e){}return b&&a?f${index + 1}(a):null}`;
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}

beforeAll(() => {
  outer = tempFolder('hostile');
  root = join(outer, 'root');
  writeFiles(root, {
    'package.json': MANIFEST('root', { workspaces: ['packages/*', '../outside'] }),
    '.gitignore': 'node_modules\n',
    'packages/a/package.json': MANIFEST('@shop/a', { dependencies: { '@shop/b': '1.0.0' } }),
    'packages/b/package.json': MANIFEST('@shop/b', { dependencies: { '@shop/a': '1.0.0' } }),
    'packages/a/src/plain.js': CALL,
    'packages/a/src/bom.js': `\uFEFF${CALL}`,
    'packages/a/src/windows.js': CALL.replaceAll('\n', '\r\n'),
    'packages/a/src/hashbang.js': `#!/usr/bin/env node\n${CALL}`,
    'packages/a/src/one.js': "import { two } from './two.js';\nimport { b } from '@shop/b/src/ring.js';\nexport const one = (u) => two(u) ?? b(u);\n",
    'packages/a/src/two.js': "import { one } from './one.js';\nexport * from './one.js';\nexport const two = (u) => one(u) || fetch(u);\n",
    'packages/b/src/ring.js': "import { one } from '@shop/a/src/one.js';\nexport * from '@shop/a/src/two.js';\nexport const b = (u) => one(u);\n",
    'packages/b/src/empty.js': '',
    'packages/b/src/zeros.js': `\0\0\0${CALL}`,
    'packages/b/src/broken.js': `export const = ;\n${CALL}`,
    'packages/b/src/after.js': CALL,
    'packages/b/src/bundle.js': bundle(5_000_000),
    '../outside/package.json': MANIFEST('@shop/outside'),
    '../outside/src/o.js': CALL,
  });
  for (const [name, text] of Object.entries(DEEP)) writeFiles(root, { [`packages/a/src/deep/${name}`]: `${text.includes('string') ? '' : CALL}${text}` });
  writeFileSync(join(root, 'packages/b/src/latin1.js'), Buffer.from(`// caf\xe9\n${CALL}`, 'latin1'));
  linkPackages(root, ['eslint', 'eslint-plugin-resilience']);
  link('node_modules/@shop/a', '../../packages/a');
  link('node_modules/@shop/b', '../../packages/b');
  link('packages/b/loop/up', '..');
  link('packages/b/loop/root', root);
  link('packages/b/loop/itself.js', 'itself.js');
  link('packages/b/loop/nowhere.js', '/nowhere/at/all.js');
  execFileSync('git', ['init', '--quiet'], { cwd: root });
});
afterAll(() => rmSync(outer, { recursive: true, force: true }));

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

const cli = (...args: string[]): Ran => runNode(root, [CLI, ...args]);
/** Every sound file with a call is judged, whatever lies beside it. */
const JUDGED = ['packages/a/src/bom.js', 'packages/a/src/plain.js', 'packages/a/src/windows.js', 'packages/b/src/after.js', 'packages/b/src/latin1.js'];

describe('hostile input', () => {
  it('does not stop `check`', () => {
    const { status, stdout, stderr } = cli('check', '--preset', 'all', '--format', 'json');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as { findings: { path: string }[]; unparsed: { relativePath: string }[]; internalErrors: unknown[] };
    expect(report.internalErrors).toEqual([]);
    expect([...new Set(report.findings.map(({ path }) => path))].sort()).toEqual(JUDGED);
    const unread = report.unparsed.map(({ relativePath }) => relativePath);
    for (const name of Object.keys(DEEP)) expect(unread).toContain(`packages/a/src/deep/${name}`);
    expect(unread).toContain('packages/b/src/broken.js');
  });

  it('does not stop `explain`', () => {
    expect(cli('explain', 'packages/a/src/windows.js:1').stdout).toContain('fetch');
    expect(cli('explain', 'packages/a/src/two.js:3').status).toBe(0);
    const deep = cli('explain', 'packages/a/src/deep/calls.js:1');
    expect(deep.status).toBe(2);
    expect(deep.stderr).toContain('nested too deep');
  });

  it('does not stop `map`', () => {
    const { status, stdout, stderr } = cli('map');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/@shop\/a .*uses @shop\/b/);
    expect(stdout).toMatch(/fetch +orders\.internal +unbounded/);
    expect(stdout).toContain('not read: packages/b/src/broken.js');
  });

  it('does not stop `codemod`, which keeps line ends and byte order marks', () => {
    const { status, stdout, stderr } = cli('codemod', 'add-timeouts', '--write', '--allow-dirty', '--json');
    expect(stderr).not.toMatch(/internal error|stack/i);
    // Files that cannot be read are told, and the others mended all the same.
    expect(status, stderr).toBe(3);
    expect(stdout).toContain('packages/b/src/broken.js');
    expect(stdout).toContain('packages/a/src/bom.js');
    expect(readFileSync(join(root, 'packages/a/src/bom.js'), 'utf8')).toMatch(/^\uFEFFexport.*AbortSignal\.timeout/);
    expect(readFileSync(join(root, 'packages/a/src/windows.js'), 'utf8')).toMatch(/AbortSignal\.timeout.*\r\n$/);
    expect(readFileSync(join(outer, 'outside/src/o.js'), 'utf8')).toBe(CALL);
    expect(readFileSync(join(root, 'packages/b/src/broken.js'), 'utf8')).toContain('export const = ;');
  });

  it('does not stop the rules inside ESLint', () => {
    // ESLint itself stops at links that lead nowhere and at long chains, and parses a bundle for minutes.
    rmSync(join(root, 'packages/b/loop'), { recursive: true });
    writeFiles(root, { 'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default [{ ignores: ['**/bundle.js', '**/deep/chain.js'] }, { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }, ...resilience.configs.all];\n" });
    const { status, stdout, stderr } = runNode(root, [ESLINT, 'packages', '--format', 'json']);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string | null; fatal?: boolean; message: string }[] }[];
    const messages = results.flatMap((result) => result.messages);
    expect(messages.filter((message) => message.ruleId === null && message.fatal !== true)).toEqual([]);
    expect(messages.some((message) => message.ruleId === 'resilience/require-timeout')).toBe(true);
  });
});
