import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import * as espree from 'espree';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import { ROOT, runNode, tempFolder } from './support.js';

/**
 * The same findings from every host. The expected ones stand in a file, which
 * `UPDATE_HOSTS=1 npx vitest run test/integration/hosts.test.ts` writes from the
 * @typescript-eslint/parser run; read the difference before committing it.
 */
const FIXTURES = join(ROOT, 'test/fixtures/hosts');
const EXPECTED = join(FIXTURES, 'expected.txt');
const RULES: Linter.RulesRecord = {
  'resilience/require-timeout': ['error', { kinds: ['http', 'rpc', 'db', 'cache'] }],
  'resilience/no-empty-catch': 'error',
  'resilience/no-swallowed-error': 'error',
};

let folder: string;
beforeAll(() => {
  // Copied out of `test/`, so that nothing takes the files for test code.
  folder = tempFolder('hosts');
  cpSync(join(FIXTURES, 'package.json'), join(folder, 'package.json'));
  cpSync(join(FIXTURES, 'src'), join(folder, 'src'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (path: string, at: { line?: number; column?: number }, message: string): string => `${path}:${at.line}:${at.column} ${message}`;

/** Findings of the built plugin inside ESLint, as sorted lines. */
async function withParser(parser: unknown, files = '**/*.{js,cjs,ts}'): Promise<string[]> {
  const { default: plugin } = (await import(new URL(`file://${join(ROOT, 'dist/src/index.js')}`).href)) as { default: ESLint.Plugin };
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    ignore: false,
    overrideConfig: [
      { files: ['**/*.{js,cjs,ts}'], plugins: { resilience: plugin }, rules: RULES, languageOptions: { parser: parser as Linter.Parser } },
      { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
    ],
  });
  const results = await eslint.lintFiles([`src/${files}`]);
  return results
    .flatMap((result) => result.messages.map((message) => line(result.filePath.slice(folder.length + 1).replaceAll('\\', '/'), message, message.message)))
    .sort();
}

const expected = (): string[] => readFileSync(EXPECTED, 'utf8').split('\n').filter((text) => text !== '' && !text.startsWith('#'));
const onlyJavaScript = (lines: readonly string[]): string[] => lines.filter((text) => /^\S+\.c?js:/.test(text));

describe('findings are the same', () => {
  it('with @typescript-eslint/parser', async () => {
    const found = await withParser(typescriptParser);
    if (process.env['UPDATE_HOSTS'] === '1') writeFileSync(EXPECTED, `# Findings in src, the same in every host. See test/integration/hosts.test.ts.\n${found.join('\n')}\n`);
    expect(existsSync(EXPECTED)).toBe(true);
    expect(found).toEqual(expected());
    expect(found.length).toBeGreaterThan(10);
  });

  it('with espree, on JavaScript', async () => {
    expect(await withParser(espree, '**/*.{js,cjs}')).toEqual(onlyJavaScript(expected()));
  });

  it('with the oxc parser', async () => {
    expect(await withParser(oxcParser)).toEqual(expected());
  });

  it('inside oxlint', () => {
    writeFileSync(
      join(folder, '.oxlintrc.json'),
      JSON.stringify({ categories: { correctness: 'off' }, plugins: [], jsPlugins: [join(ROOT, 'dist/src/index.js')], rules: RULES }),
    );
    const bin = createRequire(import.meta.url).resolve('oxlint/package.json').replace(/package\.json$/, 'bin/oxlint');
    const { stdout, stderr } = runNode(folder, [bin, '--format', 'json', 'src']);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as { diagnostics: { message: string; filename: string; labels: { span: { line: number; column: number } }[] }[] };
    const found = report.diagnostics.map(({ message, filename, labels }) => line(filename.replaceAll('\\', '/').replace(`${folder}/`, ''), labels[0]!.span, message)).sort();
    expect(found).toEqual(expected());
  });
});
