import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Linter, type ESLint } from 'eslint';
import { oxcParser } from '../../src/eslint/oxc-eslint-parser.js';
import plugin from '../../src/index.js';

export interface ProjectMessage {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What rules said of one file. */
export interface FileMessages {
  readonly file: string;
  readonly messages: readonly Linter.LintMessage[];
}

/** Writes files into a folder of their own, lints them with one rule on, and gives what it said. */
export function lintProject(rule: string, files: Readonly<Record<string, string>>, parser: unknown = oxcParser): ProjectMessage[] {
  return lintWith({ [`resilience/${rule}`]: 'error' }, files, parser).flatMap(({ file, messages }) =>
    messages.map((message) => ({ file, line: message.line, text: `${message.fatal === true ? 'FATAL ' : ''}${message.message}` })),
  );
}

/** Writes files into a folder of their own and lints the code among them with these rules. */
export function lintWith(rules: Linter.RulesRecord, files: Readonly<Record<string, string>>, parser: unknown = oxcParser): FileMessages[] {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sample-')));
  try {
    // A back-end package of today, unless the project says something else.
    const all = { 'package.json': JSON.stringify({ name: 'sample', private: true, type: 'module', engines: { node: '>=20' } }), ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const linter = new Linter({ configType: 'flat', cwd: root });
    const config: Linter.Config[] = [
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        plugins: { resilience: plugin as ESLint.Plugin },
        languageOptions: { parser: parser as Linter.Parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        rules,
      },
    ];
    return Object.keys(files)
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
      .map((path) => ({ file: path, messages: linter.verify(files[path]!, config, { filename: join(root, path) }) }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
