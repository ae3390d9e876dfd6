import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import { forgetDisk } from '../../src/project/disk.js';
import { fakeHost, tempProject } from '../cli/fixture.js';
import { CLI, runNode } from '../integration/support.js';
import { shownCommands } from '../support/shown-commands.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = 'docs/failure-map.md';
const PROGRAM = 'npx eslint-plugin-resilience ';

/** Exit codes in the shop, where calls without an end are. */
const EXPECTED: Readonly<Record<string, number>> = {
  map: 0,
  'map services/orders packages/platform': 0,
  'map --fail-on unprotected --baseline map-baseline.json --update-baseline': 0,
  'map --fail-on unprotected --baseline map-baseline.json': 0,
  'map --format json --output-file failure-map.json': 0,
  'map --fail-on unbounded': 1,
  'map --format html --output-file failure-map.html': 0,
  'map --format mermaid --output-file failure-map.mmd': 0,
};

it('every command of the page runs in the shop, and its sample is what is printed', async () => {
  const shop = tempProject({});
  cpSync(join(root, 'docs/examples/shop'), shop, { recursive: true });
  forgetDisk();
  const shown = shownCommands(page);
  expect(shown).toHaveLength(Object.keys(EXPECTED).length);
  let first: string | null = null;
  for (const command of shown) {
    const line = command.slice(PROGRAM.length);
    expect(command.startsWith(PROGRAM) && Object.hasOwn(EXPECTED, line), command).toBe(true);
    if (line.includes('--format html')) {
      // The page takes in its compiled script, which the build alone has.
      expect(runNode(shop, [CLI, ...line.split(' ')]).status, command).toBe(EXPECTED[line]);
      continue;
    }
    const host = fakeHost(shop);
    expect(await runCli(line.split(' '), host), `${command}\n${host.err()}`).toBe(EXPECTED[line]);
    first ??= host.out();
  }
  const sample = /<!-- sample -->\n```text\n([\s\S]*?)```/.exec(readFileSync(join(root, page), 'utf8'))![1]!;
  expect(sample).toBe(first);
  expect(['json', 'html', 'mmd'].every((form) => existsSync(join(shop, `failure-map.${form}`))) && existsSync(join(shop, 'map-baseline.json'))).toBe(true);
}, 60_000);
