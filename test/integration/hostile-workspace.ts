import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkPackages, tempFolder, writeFiles } from './support.js';

export const CALL = 'export const order = (id) => fetch(`http://orders.internal/${id}`);\n';
const DEPTH = 10_000;
const nested = (open: string, middle: string, close: string): string => `${open.repeat(DEPTH)}${middle}${close.repeat(DEPTH)}`;
const MANIFEST = (name: string, others = {}): string => JSON.stringify({ name, version: '1.0.0', private: true, type: 'module', engines: { node: '>=20' }, ...others });

export const DEEP: Readonly<Record<string, string>> = {
  'calls.js': `${nested('f(', 'fetch("http://a.internal")', ')')};\n`,
  'functions.js': `${nested('(() => {', 'fetch("http://a.internal");', '})();')}\n`,
  'conditions.js': `export const t = (x) => ${'x ? 1 : '.repeat(DEPTH)}2;\n`,
  'chain.js': `export const c = x${'.then((y) => y)'.repeat(DEPTH)};\n`,
  'else.js': `export function f(x) { ${'if (x) fetch("http://b.internal"); else '.repeat(DEPTH)} return 1; }\n`,
  'types.ts': `export type T = ${nested('Array<', 'string', '>')};\n`,
  'elements.jsx': `export const j = ${nested('<a>', 'x', '</a>')};\n`,
};

function bundle(bytes: number): string {
  const parts = ['import axios from"axios";'];
  for (let size = 0, index = 0; size < bytes; index += 1) {
    const part = `function f${index}(a,b){try{return axios.get("http://x.internal/"+a).then(function(r){return r.data})}catch(e){}return b&&a?f${index + 1}(a):null}`;
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}

/**
 * A workspace of everything that stops tools: code that nests ten thousand deep, a bundle of 5 MB, odd encodings and line
 * ends, files and packages that import each other, links that lead in circles, a member outside the root.
 * @returns the folder that holds the root and the member outside of it, to be removed; and the root
 */
export function makeHostileWorkspace(): { readonly outer: string; readonly root: string } {
  const outer = tempFolder('hostile');
  const root = join(outer, 'root');
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
  link(root, 'node_modules/@shop/a', '../../packages/a');
  link(root, 'node_modules/@shop/b', '../../packages/b');
  link(root, 'packages/b/loop/up', '..');
  link(root, 'packages/b/loop/root', root);
  link(root, 'packages/b/loop/itself.js', 'itself.js');
  link(root, 'packages/b/loop/nowhere.js', '/nowhere/at/all.js');
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  return { outer, root };
}

function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

/** Every sound file of JavaScript with a call, which is judged whatever lies beside it. */
export const JUDGED = ['packages/a/src/bom.js', 'packages/a/src/plain.js', 'packages/a/src/windows.js', 'packages/b/src/after.js', 'packages/b/src/latin1.js'];
