import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from './hosts.mjs';
import { compileTypes } from './types.mjs';

const EXPECTED = fileURLToPath(new URL('../fixtures/matrix/expected.txt', import.meta.url));

/** Runs a script by a Node of this version. */
export function run(version, cwd, args) {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(nodeBinary(version), args, { cwd, encoding: 'utf8', env: { ...env, NO_COLOR: '1' }, timeout: 120_000 });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

const binOf = (folder, name, bin) => join(createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`), '..', bin);
export const eslintOf = (folder) => binOf(folder, 'eslint', 'bin/eslint.js');
export const cliOf = (folder) => binOf(folder, 'eslint-plugin-resilience', 'dist/src/cli/main.js');

const typedOptions = (typed) => (typed ? "{ projectService: true, tsconfigRootDir: __dirname }" : '{}');

/** The configuration of a project, in the form of its kind. */
const CONFIGURATIONS = {
  esm: (typed) => [
    'eslint.config.js',
    `import parser from '@typescript-eslint/parser';
import resilience from 'eslint-plugin-resilience';

const __dirname = import.meta.dirname;
export default [...resilience.configs.all, { files: ['**/*.ts'], languageOptions: { parser, parserOptions: ${typedOptions(typed)} } }];
`,
  ],
  cjs: (typed) => [
    'eslint.config.cjs',
    `const parser = require('@typescript-eslint/parser');
const resilience = require('eslint-plugin-resilience');

if ('default' in resilience || resilience.meta.name !== 'eslint-plugin-resilience') throw new Error('require() did not give the plugin itself');
module.exports = [...resilience.configs.all, { files: ['**/*.ts'], languageOptions: { parser, parserOptions: ${typedOptions(typed)} } }];
`,
  ],
  ts: (typed) => [
    'eslint.config.ts',
    `import parser from '@typescript-eslint/parser';
import { defineConfig } from 'eslint/config';
import resilience, { type ResilienceSettings } from 'eslint-plugin-resilience';

const __dirname: string = import.meta.dirname;
const settings: ResilienceSettings = { crossFile: true };
export default defineConfig([resilience.configs.all, { files: ['**/*.ts'], languageOptions: { parser, parserOptions: ${typedOptions(typed)} } }, { settings: { resilience: settings } }]);
`,
  ],
};

/** Findings of ESLint's JSON, one a line, with the suggested edits. */
function linesOf(folder, stdout) {
  return JSON.parse(stdout).flatMap(({ filePath, messages }) =>
    messages.flatMap(({ line, column, ruleId, message, suggestions = [] }) => [
      `${relative(folder, filePath).replaceAll('\\', '/')}:${line}:${column} ${ruleId} ${message}`,
      ...suggestions.map(({ desc, fix }) => `  ${desc} ${JSON.stringify(fix.text)}`),
    ]),
  );
}

/** What is expected; a line with \`typed\` before it only where there is a type program. */
function expectedLines(typed) {
  return readFileSync(EXPECTED, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && (typed || !line.startsWith('typed ')))
    .map((line) => line.replace(/^typed /, ''));
}

function lint(hosts, { eslint, node, typescript, typed, config }) {
  const folder = hosts.typescript(eslint, typescript);
  const [name, text] = CONFIGURATIONS[config](typed);
  writeFileSync(join(folder, name), text);
  try {
    const { status, stdout, stderr } = run(node, folder, [eslintOf(folder), '--format', 'json', 'src']);
    strictEqual(stderr, '');
    deepStrictEqual(linesOf(folder, stdout), expectedLines(typed));
    strictEqual(status, 1);
  } finally {
    rmSync(join(folder, name));
  }
}

const COMMANDS = {
  check: { args: ['check'], status: 1, prints: [/src\/orders\.js/, /src\/report\.ts/, /require-timeout/] },
  explain: { args: ['explain', 'src/report.ts:4'], status: 0, prints: [/require-timeout/, /src\/send\.ts/] },
  codemod: { args: ['codemod', 'add-timeouts'], status: 0, prints: [/src\/orders\.js/, /AbortSignal\.timeout/] },
};

function command(hosts, cell) {
  const folder = hosts.plain(cell.eslint, 'plain');
  const { args, status, prints } = COMMANDS[cell.command];
  const files = ['src/orders.js', 'src/report.ts', 'src/send.ts'];
  const contents = () => files.map((path) => readFileSync(join(folder, path), 'utf8'));
  const before = contents();
  const ran = run(cell.node, folder, [cliOf(folder), ...args]);
  strictEqual(ran.stderr, '');
  for (const pattern of prints) match(ran.stdout, pattern);
  strictEqual(ran.status, status);
  deepStrictEqual(contents(), before);
}

/** @throws AssertionError where the cell does not hold */
export async function runCell(hosts, cell) {
  if (cell.kind === 'lint') lint(hosts, cell);
  else if (cell.kind === 'command') command(hosts, cell);
  else await compileTypes(hosts, cell);
}
