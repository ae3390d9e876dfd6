import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI, ESLINT, linkPackages, runNode, tempFolder, writeFiles, type Ran } from '../integration/support.js';

/** A machine on which the native part of the parser is missing, and one that keeps packages in archives. */
const MISSING = "const { Module } = require('node:module');\nconst load = Module._load;\nModule._load = function (request, ...rest) {\n  if (request === 'oxc-parser') throw new Error('no binding');\n  return load.call(this, request, ...rest);\n};\n";

let root: string;
beforeAll(() => {
  root = tempFolder('without-parser');
  linkPackages(root, ['eslint', 'eslint-plugin-resilience']);
  writeFiles(root, {
    'package.json': '{ "name": "orders", "type": "module", "engines": { "node": ">=20" } }',
    'eslint.config.js': "import resilience from 'eslint-plugin-resilience';\nexport default [...resilience.configs.recommended];\n",
    'src/orders.js': 'export const order = (id) => fetch(`http://orders.internal/${id}`);\n',
    'missing.cjs': MISSING,
    'archives.cjs': `${MISSING}Object.defineProperty(process, 'versions', { value: { ...process.versions, pnp: '3' } });\n`,
  });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const withPreload = (preload: string, ...args: string[]): Ran => runNode(root, ['--require', join(root, preload), ...args]);

describe.each([['check'], ['map'], ['explain', 'src/orders.js:1'], ['codemod', 'add-timeouts']])('%s without a parser', (...words) => {
  it('says so and what to do, and finds nothing to be well', () => {
    const { status, stdout, stderr } = withPreload('missing.cjs', CLI, ...words);
    expect(stdout).toBe('');
    expect(stderr).toContain('oxc-parser has no native binding here');
    expect(status).toBe(2);
  });

  it("names the setting of Plug'n'Play", () => {
    const { status, stderr } = withPreload('archives.cjs', CLI, ...words);
    expect(stderr).toContain('"dependenciesMeta": { "oxc-parser": { "unplugged": true } }');
    expect(status).toBe(2);
  });
});

it('the rules need it for other files alone', () => {
  const { stdout, status } = withPreload('missing.cjs', ESLINT, 'src');
  expect(stdout).toContain('resilience/require-timeout');
  expect(status).toBe(1);
});
