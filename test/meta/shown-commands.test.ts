import { describe, expect, it } from 'vitest';
import { shownCommands } from '../support/shown-commands.js';
import { filesBelow, readJson, readText } from './support.js';

/** Which test runs the commands that a page shows. */
const RUN_BY: Readonly<Record<string, string>> = {
  'README.md': 'test/integration/docs-commands.test.ts',
  'docs/ci.md': 'test/integration/ci/support.ts',
  'docs/codemods/README.md': 'test/integration/docs-commands.test.ts',
  'docs/compatibility.md': 'test/matrix/page.test.mjs',
  'docs/editor.md': 'test/editor/page.test.mjs',
  'docs/examples/shop/README.md': 'test/integration/docs-commands.test.ts',
  'docs/failure-map.md': 'test/map/page.test.ts',
  'docs/faq.md': 'test/integration/faq-page.test.ts',
  'docs/getting-started.md': 'test/integration/docs-commands.test.ts',
  'docs/guides/harden-a-monorepo.md': 'test/integration/docs-commands.test.ts',
  'docs/models.md': 'test/integration/docs-commands.test.ts',
  'docs/monorepo.md': 'test/integration/monorepo-page.test.ts',
  'docs/oxlint.md': 'test/oxlint/page.test.mjs',
};
/**
 * For those who work on the plugin: `npm run` of a script, with folders of theirs. Which test, or which step of CI, runs
 * that script with these words, and what of it says so.
 */
const SCRIPTS: readonly (readonly [command: string, runBy: string, says: string])[] = [
  ['npm ci', '.ci/run', 'npm ci'],
  ['npm test', '.ci/run', 'vitest run'],
  ['npm run build', '.ci/run', 'npm run --silent build'],
  ['npm run demo', '.ci/run', 'npm run --silent demo'],
  ['npm run new:rule -- ', 'test/integration/scaffolds.test.ts', "['new-rule.mjs'"],
  ['npm run new:client -- ', 'test/integration/scaffolds.test.ts', "['new-client.mjs'"],
  ['npm run new:codemod -- ', 'test/integration/scaffolds.test.ts', "['new-codemod.mjs'"],
  ['npm run ecosystem -- check got@', 'test/ecosystem/published.test.mjs', "'check', 'got@"],
  ['npm run ecosystem -- check ', 'test/ecosystem/harness.test.mjs', "run('check', tree"],
  ['npm run ecosystem -- fixpairs --pairs ', 'test/ecosystem/fixpairs.test.mjs', "command('--pairs'"],
  ['npm run ecosystem -- mutate --rule ', 'test/ecosystem/mutate.test.mjs', "'mutate', ...args, '--rule', 'require-timeout'"],
  ['npm run ecosystem -- codemods --trees ', 'test/ecosystem/codemods.test.mjs', "run('codemods', '--trees'"],
  ['npm run ecosystem -- codemods-typed ', 'test/ecosystem/codemods.test.mjs', "run('codemods-typed', root"],
  ['npm run faults', 'test/integration/faults.test.mjs', './faults/run.mjs'],
];
const FOR_CONTRIBUTORS: ReadonlySet<string> = new Set(['docs/contributing.md', 'docs/faults.md']);

const { scripts } = readJson<{ scripts: Readonly<Record<string, string>> }>('package.json');
const pages = ['README.md', ...filesBelow('docs').filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/') && !path.startsWith('docs/rules/'))].filter((path) => shownCommands(path).length > 0);

describe('commands that the documentation shows', () => {
  it('are run by a test that reads the page', () => {
    expect(pages.filter((page) => !FOR_CONTRIBUTORS.has(page)).sort()).toEqual(Object.keys(RUN_BY).sort());
    for (const [page, test] of Object.entries(RUN_BY)) expect(readText(test), `${test} reads ${page}`).toContain(page.split('/').at(-1));
  });

  it.each([...FOR_CONTRIBUTORS])('%s: are run by a test or by CI', (page) => {
    for (const command of shownCommands(page)) {
      const known = SCRIPTS.find(([start]) => command.startsWith(start));
      expect(known, `${page} shows ${command}, which nothing runs`).toBeDefined();
      const [, runBy, says] = known!;
      expect(readText(runBy), `${runBy} runs ${command}`).toContain(says);
      const script = /^npm run (\S+)/.exec(command)?.[1];
      if (script !== undefined) expect(Object.keys(scripts), command).toContain(script);
    }
  });

  it('never call the command by a name that is not ours', () => {
    for (const page of pages) for (const command of shownCommands(page)) expect(command, page).not.toMatch(/npx resilience\b/);
  });
});
