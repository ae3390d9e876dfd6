import { resolve } from 'node:path';
import { compareFindings } from './compare.mjs';
import { NOT_PARSED } from './findings.mjs';
import { setUp } from './host-setup.mjs';
import { explain, readKnown } from './known-differences.mjs';
import { withEslint } from './with-eslint.mjs';
import { withOxlint } from './with-oxlint.mjs';

/**
 * @param {string} folder
 * @param {{ preset?: string, settings?: Record<string, unknown>, known?: readonly import('./known-differences.mjs').Known[] }} options
 */
export async function compareFolder(folder, { known = readKnown(), ...options } = {}) {
  const setup = await setUp(folder, options);
  try {
    const eslint = await withEslint(setup);
    const oxlint = await withOxlint(setup);
    const { agreed, differences } = compareFindings(eslint, oxlint);
    const { explained, idle } = explain(known, resolve(folder), differences);
    const found = (findings) => findings.filter(({ rule }) => rule !== NOT_PARSED).length;
    const report = {
      folder,
      files: setup.files.length,
      eslint: found(eslint),
      oxlint: found(oxlint),
      agreed,
      suggestions: eslint.reduce((sum, finding) => sum + finding.suggestions.length, 0),
      fixes: eslint.filter(({ fix }) => fix !== null).length,
      differences: explained,
      idle,
      failed: idle.length > 0 || explained.some(({ why }) => why === null),
    };
    return { ...report, lines: linesOf(report), findings: eslint };
  } finally {
    setup.remove();
  }
}

function linesOf({ folder, files, eslint, oxlint, agreed, suggestions, fixes, differences, idle }) {
  const unexplained = differences.filter(({ why }) => why === null);
  return [
    `${folder}: ${files} files, ${eslint} findings in ESLint, ${oxlint} in oxlint, ${agreed} the same (with ${suggestions} suggestions and ${fixes} fixes in ESLint)`,
    ...differences.map(({ text, why }) => `  ${why === null ? 'UNEXPLAINED' : 'known'}: ${text}${why === null ? '' : `\n    ${why.reason} (${why.source})`}`),
    ...idle.map(({ pattern }) => `  explains nothing here: ${pattern}`),
    `  ${differences.length} differences, ${unexplained.length} of them unexplained`,
  ];
}
