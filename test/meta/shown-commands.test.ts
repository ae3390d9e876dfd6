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
/** For those who work on the plugin: scripts of package.json, some of which take minutes. */
const SCRIPTS_ONLY: ReadonlySet<string> = new Set(['docs/contributing.md', 'docs/faults.md']);

const { scripts } = readJson<{ scripts: Readonly<Record<string, string>> }>('package.json');
const pages = ['README.md', ...filesBelow('docs').filter((path) => path.endsWith('.md') && !path.startsWith('docs/decisions/') && !path.startsWith('docs/rules/'))].filter((path) => shownCommands(path).length > 0);

describe('commands that the documentation shows', () => {
  it('are run by a test that reads the page', () => {
    expect(pages.filter((page) => !SCRIPTS_ONLY.has(page)).sort()).toEqual(Object.keys(RUN_BY).sort());
    for (const [page, test] of Object.entries(RUN_BY)) expect(readText(test), `${test} reads ${page}`).toContain(page.split('/').at(-1));
  });

  it.each([...SCRIPTS_ONLY])('%s: are scripts that are there', (page) => {
    for (const command of shownCommands(page)) {
      const script = /^npm run (\S+)/.exec(command)?.[1];
      if (script !== undefined) expect(Object.keys(scripts), command).toContain(script);
      else expect(command).toMatch(/^npm (?:ci|test)$/);
    }
  });

  it('never call the command by a name that is not ours', () => {
    for (const page of pages) for (const command of shownCommands(page)) expect(command, page).not.toMatch(/npx resilience\b/);
  });
});
