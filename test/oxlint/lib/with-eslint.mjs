import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { NOT_PARSED } from './findings.mjs';

const PREFIX = 'resilience/';

/**
 * ESLint over the files of a set-up, with @typescript-eslint/parser and no type program.
 * @param {import('./host-setup.mjs').Setup} setup
 * @returns {ESLint}
 */
export function eslintFor({ root, configs }) {
  return new ESLint({
    cwd: root,
    overrideConfigFile: true,
    ignore: false,
    globInputPaths: false,
    overrideConfig: [
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        // oxlint says nothing of directives that silence nothing, unless it is asked.
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      },
      { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
      ...configs,
    ],
  });
}

/**
 * @param {import('./host-setup.mjs').Setup} setup
 * @returns {Promise<import('./findings.mjs').Finding[]>}
 */
export async function withEslint(setup) {
  const results = await eslintFor(setup).lintFiles([...setup.files]);
  return results.flatMap(({ filePath, messages }) => {
    const file = relative(setup.root, filePath).split(sep).join('/');
    const text = messages.length === 0 ? '' : readFileSync(join(setup.root, file), 'utf8').replace(/^\uFEFF/, '');
    return messages.flatMap((message) => {
      if (message.fatal === true) return [{ file, rule: NOT_PARSED, message: message.message, severity: 'error', start: '1:1', end: '1:1', suggestions: [], fix: null }];
      // A comment may configure rules that are not here: ESLint reports each as unknown.
      if (message.ruleId?.startsWith(PREFIX) !== true) return [];
      return [
        {
          file,
          rule: message.ruleId.slice(PREFIX.length),
          message: message.message,
          severity: message.severity === 2 ? 'error' : 'warning',
          start: `${message.line}:${message.column}`,
          end: `${message.endLine}:${message.endColumn}`,
          suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, text: applied(text, fix) })),
          fix: message.fix === undefined ? null : applied(text, message.fix),
        },
      ];
    });
  });
}

function applied(text, { range, text: insert }) {
  return `${text.slice(0, range[0])}${insert}${text.slice(range[1])}`;
}
